"""Which other origins may ask the API from a browser: the installation's own, save for the agencies' web forms."""

from fastapi.middleware.cors import CORSMiddleware
from starlette.types import Receive, Scope, Send

AGENCIES_FORMS = "/f/"
"""Each agency names the pages that may ask here, and the route itself answers them."""


class PagesCors(CORSMiddleware):
    """As the installation is configured (Fetch, CORS protocol)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, its origin answered."""
        if scope["type"] == "http" and scope["path"].startswith(AGENCIES_FORMS):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
