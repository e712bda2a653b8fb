"""What deciding limits costs beside PING on the same connection, and how far each strategy lets a window overflow.

The first table is medians of sequential calls on one connection, as ratios: a limiter call for one and for three limits
against PING. The second is the most that any window of the limit's length held, as a multiple of the limit, on traces
made to find that out: ours, and the stock strategies of the package `limits`.

Usage: python benchmarks/rate_limits.py [CALLS]
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from unittest.mock import patch

from limits import RateLimitItemPerMinute, storage, strategies
from redis.asyncio import Redis

from tembea.kernel.limits import Limit, Limiter, LocalWindows
from tembea.kernel.redis import RedisLink, open_redis
from tests.kernel.limit_traces import edge, flood, poisson, worst_window
from tests.redis_servers import running_redis

LIMIT = 60
EPOCH_S = 4e9
"""When the traces begin: later than now, or the package's own housekeeping would drop its windows early."""
TRACES: dict[str, Callable[[int], list[float]]] = {"edge": edge, "flood": flood, "Poisson": poisson}
STOCK: dict[str, type[strategies.RateLimiter]] = {
    "fixed window": strategies.FixedWindowRateLimiter,
    "sliding counter": strategies.SlidingWindowCounterRateLimiter,
    "moving window": strategies.MovingWindowRateLimiter,
}


async def costs(url: str, calls: int) -> None:
    link = open_redis(url, timeout_s=5, max_connections=1)
    assert link is not None
    limiter, client = Limiter(link), await _client_of(link)
    limits = [Limit(name, 10**9, 60, "a tenant", 1) for name in ("api", "user", "quote_generation")]

    async def ping() -> None:
        await client.ping()  # pyright: ignore[reportUnknownMemberType, reportGeneralTypeIssues] - untyped in redis-py

    async def decide(count: int) -> None:
        await limiter.decide(limits[:count], kind="bench")

    asked: list[Callable[[], Awaitable[None]]] = [ping, lambda: decide(1), lambda: decide(3)]
    base, one, three = await _medians(asked, calls)
    print(f"PING                {base * 1e6:7.0f} us")
    print(f"one limit           {one * 1e6:7.0f} us  {one / base:.2f} x PING")
    print(f"three limits        {three * 1e6:7.0f} us  {three / base:.2f} x PING")
    await link.close()


async def _client_of(link: RedisLink) -> Redis:
    async def itself(client: Redis) -> Redis:
        return client

    found = await link.run("bench", itself)
    assert isinstance(found, Redis)
    return found


async def _medians(asked: Sequence[Callable[[], Awaitable[None]]], calls: int) -> list[float]:
    """Taken in turns, so that what else the machine does meets them all alike."""
    took: list[list[float]] = [[] for _ in asked]
    for _ in range(calls):
        for call, times in zip(asked, took, strict=True):
            started = time.perf_counter()
            await call()
            times.append(time.perf_counter() - started)
    return [statistics.median(times) for times in took]


class Clock:
    """A clock that a trace winds."""

    def __init__(self) -> None:
        self.now_s = EPOCH_S

    def __call__(self) -> float:
        return self.now_s


def admitted(moments: Sequence[float], ask: Callable[[], bool], clock: Clock) -> list[float]:
    """The moments at which `ask` let a request in."""
    let_in: list[float] = []
    for at in moments:
        clock.now_s = EPOCH_S + at
        if ask():
            let_in.append(at)
    return let_in


def ours(clock: Clock) -> Callable[[], bool]:
    windows, limit = LocalWindows(clock=clock), Limit("api", LIMIT, 60, "a tenant", LIMIT)
    return lambda: windows.decide([limit], take=True).admitted


def stock(kind: type[strategies.RateLimiter], clock: Clock) -> Callable[[], bool]:
    limiter, item = kind(storage.MemoryStorage()), RateLimitItemPerMinute(LIMIT)

    def ask() -> bool:
        with patch("time.time", clock):
            return limiter.hit(item, "a tenant")

    return ask


def worst() -> None:
    print(f"\n{'worst window, x limit':22}" + "".join(f"{name:>9}" for name in TRACES))
    strategies_of: dict[str, Callable[[Clock], Callable[[], bool]]] = {
        "ours": ours,
        **{name: partial(stock, kind) for name, kind in STOCK.items()},
    }
    for name, make in strategies_of.items():
        factors: list[float] = []
        for trace in TRACES.values():
            clock = Clock()
            factors.append(worst_window(admitted(trace(LIMIT), make(clock), clock)) / LIMIT)
        print(f"{name:22}" + "".join(f"{factor:9.2f}" for factor in factors))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, running_redis(Path(folder)) as server:
        asyncio.run(costs(server.url, int(sys.argv[1]) if len(sys.argv) > 1 else 5_000))
    worst()
