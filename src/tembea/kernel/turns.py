"""Turns: heavy work of requests, such as pricing a quote, is done a few at a time, and the rest of them wait.

Whoever waits holds nothing, neither a connection of the pool nor a lock, so a burst of one kind of work is slow for
those who sent it and for nobody else. A route says `dependencies=[IN_TURN]`.
"""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Annotated, cast
from weakref import WeakValueDictionary

from fastapi import Depends, Request

from tembea.kernel.errors import Unavailable
from tembea.kernel.telemetry.metrics import TURN_WAIT_SECONDS
from tembea.kernel.telemetry.work import CURRENT
from tembea.kernel.web import authenticated

WAIT_S = 6.0
"""How long a request waits for its turn: with what comes behind it, less than a request may take."""


class Busy(Unavailable):
    """So many wait already that this request did not have its turn in time; nothing was changed."""

    code = "busy"

    def __init__(self) -> None:
        super().__init__("Too much is asked for at the same time. Send it again.", headers={"Retry-After": "5"})


class Turns:
    """At most `at_once` pieces of work at a time in this process, and `per_tenant` of them one tenant's.

    Those of a tenant come in the order in which they asked.
    """

    def __init__(self, at_once: int, per_tenant: int, *, wait_s: float = WAIT_S) -> None:
        self._everybody = asyncio.Semaphore(at_once)
        self._per_tenant = per_tenant
        self._wait_s = wait_s
        # Kept by those who hold or wait for one, and gone with the last of them.
        self._tenants: WeakValueDictionary[str | None, asyncio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, tenant_id: str | None) -> AsyncGenerator[float]:
        """Wait for a turn and keep it as long as this lasts; yields the seconds that it took to come. Raises `Busy`."""
        own = self._tenants.get(tenant_id)
        if own is None:
            own = self._tenants[tenant_id] = asyncio.Semaphore(self._per_tenant)
        async with AsyncExitStack() as held:
            started = time.perf_counter()
            try:
                async with asyncio.timeout(self._wait_s):
                    await held.enter_async_context(own)
                    await held.enter_async_context(self._everybody)
            except TimeoutError as error:
                raise Busy from error
            finally:
                waited_s = time.perf_counter() - started
                _note_wait(waited_s)
            yield waited_s


def _note_wait(seconds: float) -> None:
    TURN_WAIT_SECONDS.observe(seconds)
    work = CURRENT.get()
    if work is not None:
        work.turn_wait_s += seconds


async def _in_turn(request: Request) -> AsyncGenerator[float]:
    ctx = await authenticated(request)
    turns = cast("Turns", request.app.state.turns)
    async with turns.turn(None if ctx.tenant_id is None else str(ctx.tenant_id)) as waited_s:
        yield waited_s


# scope="function": the turn ends behind the transaction that it was for, and before the answer leaves.
IN_TURN = Depends(_in_turn, scope="function")
InTurn = Annotated[float, IN_TURN]
"""The same for a route that bounds its own time: the seconds that are gone already."""
