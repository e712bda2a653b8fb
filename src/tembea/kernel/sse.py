"""Server-sent events on the wire (HTML Living Standard, 9.2): messages, and the answer that carries them."""

import asyncio
import json
import random
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from tembea.kernel.snapshots import Cursor

if TYPE_CHECKING:
    from tembea.kernel.events import Event
    from tembea.kernel.streams import Stream

MEDIA_TYPE = "text/event-stream"
RETRY_FROM_MS, RETRY_TO_MS = 1_000, 3_000
"""When a viewer comes back, spread so that a restart is not followed by everybody at once."""

LAST_WORDS_S = 0.5


def message(event: "Event | None", cursor: Cursor, *, kind: str = "", retry: bool = False) -> bytes:
    """An event, or a sign of ours called `kind`, with the id from which a viewer that comes back goes on."""
    data: dict[str, object] = {}
    if event is not None:
        data = {"id": event.id, "type": event.kind, "at": event.occurred_at.isoformat(), **event.payload}
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    pause = f"retry: {_retry_ms()}\n" if retry else ""
    return f"{pause}id: {cursor}\nevent: {event.kind if event else kind}\ndata: {body}\n\n".encode()


def comment(text: str) -> bytes:
    """What viewers ignore and proxies notice."""
    return f": {text}\n\n".encode()


def end_message(reason: str) -> bytes:
    """The last words of a stream, with when to come back."""
    return f'retry: {_retry_ms()}\nevent: end\ndata: {{"reason":"{reason}"}}\n\n'.encode()


class EventStreamResponse(Response):
    """Sends what a stream has until either side ends it, then calls `finish`."""

    media_type = MEDIA_TYPE

    def __init__(self, stream: "Stream", finish: Callable[[], None]) -> None:
        super().__init__(headers={"Cache-Control": "private, no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._stream = stream
        self._finish = finish

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The whole life of the answer."""
        del scope
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await self._serve(receive, send)
        finally:
            self._finish()

    async def _serve(self, receive: Receive, send: Send) -> None:
        gone = asyncio.create_task(_until_gone(receive))
        sending = asyncio.create_task(self._send_all(send))
        loop = asyncio.get_running_loop()
        # A viewer that takes nothing any more gets a moment for the last words, no longer.
        self._stream.when_ended(lambda: loop.call_later(LAST_WORDS_S, sending.cancel))
        try:
            await asyncio.wait({gone, sending}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            sending.cancel()
            await asyncio.gather(gone, sending, return_exceptions=True)

    async def _send_all(self, send: Send) -> None:
        while (content := await self._stream.take()) is not None:
            await send(_body(content, more=True))
        await send(_body(b"", more=False))


async def _until_gone(receive: Receive) -> None:
    with suppress(OSError):
        while (await receive())["type"] != "http.disconnect":
            pass


def _body(content: bytes, *, more: bool) -> Message:
    return {"type": "http.response.body", "body": content, "more_body": more}


def _retry_ms() -> int:
    return random.randint(RETRY_FROM_MS, RETRY_TO_MS)  # noqa: S311 - it spreads, and guards nothing
