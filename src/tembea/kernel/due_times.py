"""When whatever is under way must be over: one timer of the event loop for all of it.

Setting a timer for each request and taking it back costs more than the shortest of them.
"""

import asyncio

LOOKS_EVERY_S = 0.1
"""How often overdue work is looked for: by so much a timeout may be late."""


class DueTimes:
    """The timeouts of this process that are under way, and when each is over (seconds of the loop's clock)."""

    def __init__(self) -> None:
        self._at: dict[asyncio.Timeout, float] = {}
        self._looking: asyncio.AbstractEventLoop | None = None

    def set(self, timeout: asyncio.Timeout, at: float | None) -> None:
        """Have `timeout` expire at `at`, or not any more; call it inside its block alone, and with None at its end."""
        if at is None:
            self._at.pop(timeout, None)
            return
        self._at[timeout] = at
        loop = asyncio.get_running_loop()
        if self._looking is not loop:  # nobody looks yet, or in a loop that is gone
            self._looking = loop
            loop.call_later(LOOKS_EVERY_S, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for timeout in [timeout for timeout, at in self._at.items() if at <= now]:
            del self._at[timeout]
            if not timeout.expired():
                timeout.reschedule(now)
        if self._at:
            loop.call_later(LOOKS_EVERY_S, self._look, loop)
        else:
            self._looking = None
