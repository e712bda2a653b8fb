"""How much a request may carry. Counted while it streams, so that a chunked body without a length is bounded too."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tembea.kernel.errors import TooLarge
from tembea.kernel.problems import problem

DEFAULT_MAX_BYTES = 1_000_000


class BodyLimitMiddleware:
    """Refuses bodies over the limit of their path with 413. `by_path` maps a path's beginning to its bytes."""

    def __init__(self, app: ASGIApp, by_path: Mapping[str, int]) -> None:
        self.app = app
        self.by_path = by_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, its body counted."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = next((size for path, size in self.by_path.items() if scope["path"].startswith(path)), DEFAULT_MAX_BYTES)
        error = TooLarge(f"This is more than the {limit / 1_000_000:g} MB that this address takes. Send less.")
        if _declared(scope) > limit:
            await problem(Request(scope), error)(scope, receive, send)
            return
        await self._counted(scope, receive, send, limit=limit, error=error)

    async def _counted(self, scope: Scope, receive: Receive, send: Send, *, limit: int, error: TooLarge) -> None:
        seen = 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise error
            return message

        answered = False

        async def send_unless_too_large(message: Message) -> None:
            # The framework turns our error into a 400 of its own on the way out; the true answer replaces it.
            nonlocal answered
            if seen <= limit:
                await send(message)
            elif not answered:
                answered = True
                await problem(Request(scope), error)(scope, receive, send)

        await self.app(scope, receive_counted, send_unless_too_large)


def _declared(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
