"""The settings of rate limits by address, a part of `tembea.settings`."""

from typing import Annotated

from pydantic import Field

from tembea.model_settings import ModelSettings

_PerMinute = Annotated[int, Field(ge=1, le=1_000_000)]


class LimitSettings(ModelSettings):
    """How much strangers may ask; agencies have limits of their own."""

    address_limit: _PerMinute = 3_000
    """Requests a minute from one address by those who are not signed in; those below are beside it or in its place."""
    site_limit: _PerMinute = 6_000
    public_link_limit: _PerMinute = 600
    webhook_limit: _PerMinute = 6_000
    sign_in_limit: _PerMinute = 120
    sign_in_limit_without_redis: _PerMinute = 20
    form_limit: _PerMinute = 10
    tenant_form_limit: _PerMinute = 30
    """Web forms a minute that one address sends, and that one agency takes from all addresses together."""
