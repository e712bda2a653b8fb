"""How much a request may carry. Counted while it streams, so that a chunked body without a length is bounded too."""

from collections.abc import Awaitable, Mapping

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tembea.kernel.errors import TooLarge
from tembea.kernel.headers import header
from tembea.kernel.nesting import NestingMiddleware
from tembea.kernel.problems import problem

DEFAULT_MAX_BYTES = 1_000_000
_ANNOUNCED_BY = frozenset((b"content-length", b"transfer-encoding"))


class BodyMiddleware:
    """Refuses bodies over the limit of their path with 413, and JSON that nests too deeply.

    `by_path` maps a path's beginning to its bytes. A request without a body (RFC 9112, 6.3) goes by.
    """

    def __init__(self, app: ASGIApp, by_path: Mapping[str, int]) -> None:
        self.app = app
        self.by_path = by_path
        self._nesting = NestingMiddleware(app)

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """One request, its body counted."""
        if scope["type"] != "http" or _ANNOUNCED_BY.isdisjoint([name for name, _ in scope["headers"]]):
            return self.app(scope, receive, send)
        return self._bounded(scope, receive, send)

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit, declared = self._limit_of(scope["path"]), header(scope, b"content-length")
        if declared is not None and declared.isdigit() and int(declared) > limit:
            await problem(Request(scope), _too_large(limit))(scope, receive, send)
            return
        await self._counted(scope, receive, send, limit=limit)

    def _limit_of(self, path: str) -> int:
        for beginning, size in self.by_path.items():
            if path.startswith(beginning):
                return size
        return DEFAULT_MAX_BYTES

    async def _counted(self, scope: Scope, receive: Receive, send: Send, *, limit: int) -> None:
        seen = 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _too_large(limit)
            return message

        answered = False

        async def send_unless_too_large(message: Message) -> None:
            # The framework turns our error into a 400 of its own on the way out; the true answer replaces it.
            nonlocal answered
            if seen <= limit:
                await send(message)
            elif not answered:
                answered = True
                await problem(Request(scope), _too_large(limit))(scope, receive, send)

        try:
            await self._nesting(scope, receive_counted, send_unless_too_large)
        except TooLarge as error:  # where JSON is read before the framework has a say
            if not answered:
                await problem(Request(scope), error)(scope, receive, send)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"This is more than the {limit / 1_000_000:g} MB that this address takes. Send less.")
