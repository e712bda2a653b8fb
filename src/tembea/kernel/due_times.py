"""When whatever is under way must be over: one timer of the event loop for all of it.

Setting a timer for each request and taking it back costs more than the shortest of them.
"""

import asyncio
from typing import Self

LOOKS_EVERY_S = 0.1
"""How often overdue work is looked for: by so much it may be cut off late."""


class UnderWay:
    """A block of code that is over by a time, or is cut off; entered once, by the task that runs it.

    Cut off, it raises `TimeoutError` in place of the task's `CancelledError`, as `asyncio.timeout` does, and
    `was_cut_off` says so. Somebody else's cancelling passes through.
    """

    __slots__ = ("_at", "_before", "_task", "loop", "was_cut_off")

    def __init__(self, loop: asyncio.AbstractEventLoop, at: "dict[UnderWay, float]") -> None:
        self.loop = loop
        self.was_cut_off = False
        self._at = at

    def __enter__(self) -> Self:
        task = asyncio.current_task(self.loop)
        if task is None:
            raise RuntimeError("only a task can be cut off")
        self._task, self._before = task, task.cancelling()
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: object) -> None:
        self._at.pop(self, None)
        if self.was_cut_off and self._task.uncancel() <= self._before and isinstance(error, asyncio.CancelledError):
            raise TimeoutError from error

    def cut_off(self) -> None:
        """Cancel what still runs."""
        self.was_cut_off = True
        self._task.cancel()


class DueTimes:
    """What is under way in this process, and when each is over (seconds of the loop's clock)."""

    def __init__(self) -> None:
        self._at: dict[UnderWay, float] = {}
        self._looking: asyncio.AbstractEventLoop | None = None

    def under_way(self, loop: asyncio.AbstractEventLoop) -> UnderWay:
        """A block, in the running `loop`, that nothing limits until `set` does."""
        return UnderWay(loop, self._at)

    def set(self, work: UnderWay, at: float | None) -> None:
        """Have `work` be over by `at`, or whenever it ends; call it inside its block."""
        if at is None or work.was_cut_off:
            self._at.pop(work, None)
            return
        self._at[work] = at
        if self._looking is not work.loop:  # nobody looks yet, or in a loop that is gone
            self._looking = work.loop
            work.loop.call_later(LOOKS_EVERY_S, self._look, work.loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for work in [work for work, at in self._at.items() if at <= now]:
            del self._at[work]
            work.cut_off()
        if self._at:
            loop.call_later(LOOKS_EVERY_S, self._look, loop)
        else:
            self._looking = None
