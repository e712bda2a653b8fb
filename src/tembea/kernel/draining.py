"""The HTTP server, which leaves in order: readiness first, then no new connections, then what is under way ends."""

import time
from collections.abc import Callable
from socket import socket
from types import FrameType

import uvicorn


class DrainingServer(uvicorn.Server):
    """On SIGTERM or SIGINT `drain` is called at once, and for `delay_s` everything is still served.

    That is the time in which load balancers notice that this process is not ready any more. Then nothing new is
    accepted, `close` is called (long answers must end), and what is under way has the configuration's
    `timeout_graceful_shutdown` to finish. A second signal skips the delay.
    """

    def __init__(
        self, config: uvicorn.Config, *, drain: Callable[[], None], close: Callable[[], None], delay_s: float
    ) -> None:
        super().__init__(config)
        self._drain = drain
        self._close = close
        self._delay_s = delay_s
        self._leave_at: float | None = None
        self._signal = 0

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal came."""
        if self._leave_at is not None or not self._delay_s:
            self._drain()
            super().handle_exit(sig, frame)
            return
        self._drain()
        self._signal = sig
        self._leave_at = time.monotonic() + self._delay_s

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: is it time to leave?"""
        if self._leave_at is not None and time.monotonic() >= self._leave_at and not self.should_exit:
            super().handle_exit(self._signal, None)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Leave: streams end, what is under way finishes."""
        self._close()
        await super().shutdown(sockets)
