"""How long somebody waits for work that may hang, such as a question to a database that was stopped.

Cancelling a statement takes the driver up to ten seconds where the server does not answer. So the work is left to end
by itself, and only the one who asked goes on.
"""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar, cast

T = TypeVar("T")
_left: set[asyncio.Task[object]] = set()
"""The loop holds tasks only weakly."""


async def wait_for(work: Coroutine[object, object, T], at_most_s: float) -> T:
    """What `work` answers; raises `TimeoutError` when that takes longer, and leaves it running."""
    task = asyncio.create_task(work)
    kept = cast("asyncio.Task[object]", task)
    _left.add(kept)
    kept.add_done_callback(_ended)
    done, _ = await asyncio.wait({task}, timeout=at_most_s)
    if not done:
        raise TimeoutError
    return task.result()


def _ended(task: asyncio.Task[object]) -> None:
    _left.discard(task)
    if not task.cancelled():
        task.exception()  # looked at, so that the loop does not report a failure that nobody waits for
