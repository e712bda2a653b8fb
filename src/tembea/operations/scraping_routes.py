"""Prometheus reads here what the API counts; no tenant's data is in it, and no limit holds it back."""

import secrets
from dataclasses import dataclass
from typing import cast

from fastapi import APIRouter, Request, Response
from pydantic import SecretStr
from starlette.concurrency import run_in_threadpool

from tembea.kernel.errors import NotFound, Unauthorized
from tembea.kernel.exposition import CONTENT_TYPE, metrics_text
from tembea.kernel.web import Public
from tembea.settings import Settings

router = APIRouter(tags=["health"])

_LOOPBACK = ("127.", "::1", "::ffff:127.")
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


@dataclass(frozen=True, slots=True)
class Scraping:
    """Who may read: whoever has the token; without one, this machine alone; nobody where another port answers."""

    token: bytes | None
    elsewhere: bool

    @classmethod
    def of(cls, token: SecretStr | None, *, elsewhere: bool) -> "Scraping":
        """As the settings have it."""
        return cls(token.get_secret_value().encode() if token else None, elsewhere)

    def check(self, request: Request) -> None:
        """Raises `NotFound` for whom nothing is here, and `Unauthorized` without the token."""
        if self.elsewhere:
            raise NotFound
        if self.token is None:
            if not _is_from_here(request):
                raise NotFound
            return
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secrets.compare_digest(given.strip().encode(), self.token):
            raise Unauthorized("The figures need their own token.", headers={"WWW-Authenticate": "Bearer"})


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def metrics(_: Public, request: Request) -> Response:
    """What all processes of the API counted, as Prometheus' text."""
    settings = cast("Settings", request.app.state.settings)
    Scraping.of(settings.metrics_token, elsewhere=settings.metrics_port is not None).check(request)
    return Response(await run_in_threadpool(metrics_text), headers={"Content-Type": CONTENT_TYPE})


def _is_from_here(request: Request) -> bool:
    """Whether the connection comes from this machine, and from nobody else by way of a proxy on it."""
    host = request.client.host if request.client else ""
    return host.startswith(_LOOPBACK) and not any(name in request.headers for name in _FORWARDED)
