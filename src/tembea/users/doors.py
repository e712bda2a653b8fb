"""What the routes of this feature share: the front desk, and whose account a request is about."""

from dataclasses import replace
from typing import cast
from uuid import UUID

from fastapi import Request

from tembea.kernel.context import PLATFORM_TENANT_ID, Context
from tembea.kernel.errors import Unauthorized
from tembea.kernel.web import caller_of
from tembea.users.front_desk import FrontDesk
from tembea.users.service import PLATFORM_SLUG


def front_desk_of(request: Request) -> FrontDesk:
    """The process's front desk."""
    return cast("FrontDesk", request.app.state.front_desk)


def own_context(ctx: Context) -> Context:
    """The context in which somebody's own account is: an operator's stands under the platform's tenant."""
    return replace(ctx, tenant_id=PLATFORM_TENANT_ID, tenant=PLATFORM_SLUG) if ctx.is_platform else ctx


def person_of(ctx: Context) -> UUID:
    """The person who asks; only behind a route for people."""
    if ctx.actor_id is None:
        raise Unauthorized("Please sign in.")
    return ctx.actor_id


def session_of(request: Request) -> UUID:
    """The session of the access token; only behind a route for people."""
    session_id = caller_of(request).session_id
    if session_id is None:
        raise Unauthorized("Please sign in.")
    return session_id
