"""No request takes for ever: one that has no answer in time is cut off, its transaction rolled back, and told so."""

import asyncio
from collections.abc import Mapping

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tembea.kernel.due_times import DueTimes
from tembea.kernel.errors import AppError
from tembea.kernel.head import head_of
from tembea.kernel.headers import header, is_stream_of_events
from tembea.kernel.problems import problem

TRANSFER_S = 120.0
"""For the whole of a body on its way to us, and for an answer on its way to a slow reader."""
TAKEN_AT_ONCE_BYTES = 32_768
"""Half of what uvicorn lets wait in a connection before it makes us wait."""

log = structlog.stdlib.get_logger("tembea.request")


class RequestTimedOut(AppError):
    """504: the answer took too long."""

    status = 504
    code = "timeout"
    title = "This took too long"


class RequestTimeoutMiddleware:
    """Answers 504 where nothing was answered within `timeout_s` of the last piece of the request's body.

    `by_path` gives paths that begin so a time of their own, such as the import of a large file. Streams of events last
    as long as somebody looks; other answers that have begun get `TRANSFER_S` to arrive.
    """

    def __init__(self, app: ASGIApp, timeout_s: float, by_path: Mapping[str, float] | None = None) -> None:
        self.app = app
        self.timeout_s = timeout_s
        self.by_path = by_path or {}
        self._due = DueTimes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, its time bounded."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head, send = head_of(send)
        timeout_s = self._timeout_of(scope["path"])
        loop, due = asyncio.get_running_loop(), self._due
        now = loop.time()
        latest = now + TRANSFER_S + timeout_s
        work = due.under_way(loop)

        async def receive_in_time() -> Message:
            message = await receive()
            if message["type"] == "http.request" and not head.has_begun:
                due.set(work, min(loop.time() + timeout_s, latest))
            return message

        def allow_transfer(start: Message) -> None:
            if not _is_sent_at_once(start):
                due.set(work, None if is_stream_of_events(start) else loop.time() + TRANSFER_S)

        head.when_it_begins(allow_transfer)
        try:
            with work:
                due.set(work, now + timeout_s)
                await self.app(scope, receive_in_time, send)
        except TimeoutError:
            if head.has_begun or not work.was_cut_off:
                raise
            log.error("request_timed_out", route=getattr(scope.get("route"), "path", None))
            error = RequestTimedOut("We could not answer in time. Look whether it was done before you try again.")
            await problem(Request(scope), error)(scope, receive, send)

    def _timeout_of(self, path: str) -> float:
        for beginning, own in self.by_path.items():
            if path.startswith(beginning):
                return own
        return self.timeout_s


def _is_sent_at_once(start: Message) -> bool:
    """Whether the whole answer fits into what the server takes off our hands: no reader holds it up."""
    length = header(start, b"content-length")
    return length is not None and int(length) <= TAKEN_AT_ONCE_BYTES
