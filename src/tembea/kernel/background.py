"""Work that runs beside other work, and ends when it is told to."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager

ASK_AGAIN_S = 0.1


async def end(*tasks: asyncio.Task[None]) -> None:
    """Cancel `tasks`, and return when all of them are over. What they raise is not raised here.

    Asked more than once: up to Python 3.11 `asyncio.wait_for`, which the connection pool waits in, takes a cancellation
    for an ordinary end when it comes in the moment in which the wait is over anyway (python/cpython#86296), and a
    loop that reads the database would then go on for ever.
    """
    going = set(tasks)
    while going:
        for task in going:
            task.cancel()
        _, going = await asyncio.wait(going, timeout=ASK_AGAIN_S)
    await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def running_beside(*work: Coroutine[object, object, None]) -> AsyncGenerator[None]:
    """Run `work` beside the block, and end it with the block."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        yield
    finally:
        await end(*tasks)
