"""Which other origins may ask the API from a browser: the installation's own, save for the agencies' web forms.

Two layers, since a page must be able to read what the limits refuse, and what a browser asks beforehand is limited too.
"""

from collections.abc import Sequence

from fastapi.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

AGENCIES_FORMS = "/f/"
"""Each agency names the pages that may ask here, and the route itself answers them."""
_ASKS_BEFOREHAND = frozenset((b"origin", b"access-control-request-method"))


class _Origins(CORSMiddleware):
    """What pages of these origins may send and read. They send their token themselves: no cookie goes with it."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        limits = ("RateLimit", "RateLimit-Policy", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=("GET", "POST", "PUT", "PATCH", "DELETE"),
            allow_headers=(
                "Authorization",
                "Content-Type",
                "Idempotency-Key",
                "Last-Event-ID",
                "X-Client-ID",
                "X-Request-ID",
            ),
            expose_headers=("Idempotency-Replayed", *limits, "Retry-After", "X-Request-ID"),
        )


class PagesCors(_Origins):
    """Around the limits: lets pages of these origins read answers (Fetch, CORS protocol)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, its origin answered."""
        if _is_a_forms(scope) or _is_preflight(scope):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


class PagesPreflights(_Origins):
    """Behind the limits: answers what a browser asks before it sends a page's request."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; only a preflight is answered here."""
        if _is_preflight(scope) and not _is_a_forms(scope):
            await super().__call__(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _is_a_forms(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["path"].startswith(AGENCIES_FORMS)


def _is_preflight(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "OPTIONS":
        return False
    return _ASKS_BEFOREHAND.issubset(name for name, _ in scope["headers"])
