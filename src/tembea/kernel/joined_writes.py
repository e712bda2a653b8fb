"""The server's way to a socket: an answer's head and the short body right behind it leave in one write.

uvicorn writes them apart and uvloop writes at once: two system calls and two packets, the first of which wakes a client
that can do nothing with it. For a short answer that is a tenth of what it costs.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

JOINED_BYTES = 65_536
"""A longer piece is written as it is: copying it behind the one before it would cost more than a write."""

Data = bytes | bytearray | memoryview


class JoinedWrites(asyncio.Transport):
    """Keeps a piece back until the next one comes, or until the event loop comes round; never more than one.

    It has of a transport what uvicorn asks for.
    """

    def __init__(self, inner: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._inner = inner
        self._loop = loop
        self._kept: Data | None = None

    def write(self, data: Data) -> None:
        """As asyncio's."""
        kept, self._kept = self._kept, None
        if kept is None:
            self._kept = data
            self._loop.call_soon(self._let_go)
        elif len(data) > JOINED_BYTES:
            self._inner.write(kept)
            self._inner.write(data)
        else:
            self._inner.write(b"".join((kept, data)))

    def _let_go(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None and not self._inner.is_closing():
            self._inner.write(kept)

    def close(self) -> None:
        """As asyncio's: what was written before still leaves."""
        self._let_go()
        self._inner.close()

    def is_closing(self) -> bool:
        """As asyncio's."""
        return self._inner.is_closing()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """As asyncio's."""
        self._inner.set_protocol(protocol)

    def get_extra_info(self, name: str, default: object = None) -> object:
        """As asyncio's."""
        return self._inner.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """As asyncio's."""
        self._inner.pause_reading()

    def resume_reading(self) -> None:
        """As asyncio's."""
        self._inner.resume_reading()


class JoiningProtocol(HttpToolsProtocol):
    """uvicorn's protocol over `JoinedWrites`."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """A client is there."""
        super().connection_made(JoinedWrites(transport, self.loop))
