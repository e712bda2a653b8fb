"""What somebody does by a mailed link, before they can sign in: join, and choose a new password."""

import asyncio
import time
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import EmailStr, Field

from tembea.kernel.web import ONE_LINE, DbDep, Public, Wire, address_of
from tembea.users import people
from tembea.users.doors import front_desk_of

router = APIRouter(prefix="/api/v1/auth", tags=["auth"])

ANSWERS_AFTER_S = 0.3
"""Asking for a new password takes at least this long, whether an account stands behind the address or not."""

_Token = Annotated[str, Field(min_length=1, max_length=500)]
_Password = Annotated[str, Field(min_length=1, max_length=1_000)]


class ForgottenIn(Wire):
    """Whose password is forgotten."""

    email: EmailStr


class ResetIn(Wire):
    """The token of the mailed link, and the new password."""

    token: _Token
    password: _Password


class AcceptIn(Wire):
    """The token of the mailed link, the person's name and password."""

    token: _Token
    name: Annotated[str, Field(min_length=1, max_length=200, pattern=ONE_LINE)]
    password: _Password


class JoinedOut(Wire):
    """The account that was made; now sign in."""

    email: str
    name: str
    role: str


@router.post("/password/forgot", status_code=202)
async def forgot_password(ctx: Public, db: DbDep, request: Request, body: ForgottenIn) -> None:
    """Ask for a mail with a link to choose a new password. The answer is the same whoever asks about whom."""
    started = time.monotonic()
    if front_desk_of(request).throttle.take_mail(address_of(request)):
        await people.password_forgotten(db, ctx, body.email)
    await asyncio.sleep(max(0.0, started + ANSWERS_AFTER_S - time.monotonic()))


@router.post("/password/reset", status_code=204)
async def reset_password(ctx: Public, db: DbDep, request: Request, body: ResetIn) -> None:
    """Choose a new password by a mailed link, which counts for an hour and once; all sessions end."""
    desk = front_desk_of(request)
    async with desk.turn():
        await people.reset_password(db, ctx, desk.identity, token=body.token, password=body.password)


@router.post("/invitations/accept", status_code=201)
async def accept_invitation(ctx: Public, db: DbDep, request: Request, body: AcceptIn) -> JoinedOut:
    """Join an agency by a mailed invitation, which counts for a week and once."""
    desk = front_desk_of(request)
    async with desk.turn():  # whoever comes after the first finds the link closed, and nothing is hashed for them
        user = await people.accept_invitation(
            db, ctx, desk.identity, token=body.token, name=body.name, password=body.password
        )
    return JoinedOut(email=user.email, name=user.name, role=user.role)
