"""The process's one Redis, which may be away: every call is bounded, and one that fails spares the others the wait.

Whoever calls says what for (`purpose`) and gets the value or an `Away`, and then does without. A call has one deadline
for everything, connecting included; the time in which this process itself came too late does not count, or a busy
process would take Redis for dead. The first failure opens the circuit: from then on calls are answered `Away` at
once, while a probe in the background tries to write until that works again, at least twice a second. Nothing here is
retried, and nothing raises for a Redis that refuses, hangs, is slow, is read-only or talks nonsense.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from contextvars import Context
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Literal, TypeVar

import structlog
from prometheus_client import Counter, Gauge

from tembea.kernel.background import end

if TYPE_CHECKING:
    from redis.asyncio import Redis

T = TypeVar("T")
Reason = Literal["not_configured", "circuit_open", "timeout", "unreachable", "read_only", "refused", "garbage"]
log = structlog.stdlib.get_logger("tembea.redis")

FAILURES = Counter("tembea_redis_failures_total", "Calls that Redis did not answer as it should", ["purpose", "reason"])
SKIPPED = Counter("tembea_redis_skipped_total", "Calls spared because Redis was known to be away", ["purpose"])
UP = Gauge("tembea_redis_up", "Whether Redis is used: 1, or 0 while it is away; absent without REDIS_URL", ["server"])

PROBE_KEY = "tembea:probe"
PROBE_FIRST_S, PROBE_LONGEST_S = 0.05, 0.5
"""How long after a failure it is tried again, and up to what that doubles; a recovery is seen no later."""
PROBE_WITHIN_S = 0.25
"""What a probe may take at least: it connects first, and nobody waits for it."""
PATIENCE_S = 0.75
"""The longest that anything takes, however late this process is."""
TICK_S = 0.01
STEADY_S = 10.0
"""One that fails again sooner than this after coming back is tried as rarely as before."""


@dataclass(frozen=True, slots=True)
class Away:
    """Redis did not do it: what was asked may or may not have happened there. `reason` is for counters and logs."""

    reason: Reason


class RedisLink:
    """Redis as this process sees it. Made by `open_redis` inside the running event loop; `close` it at the end."""

    def __init__(self, client: "Redis", *, timeout_s: float, max_connections: int) -> None:
        self._client = client
        self._timeout_s = timeout_s
        # Waiting for a turn says nothing of Redis: the deadline starts with the turn, and who waits hears of a failure.
        self._turns = asyncio.Semaphore(max_connections)
        self._probing: asyncio.Task[None] | None = None
        self._wait_s = PROBE_FIRST_S
        self._closed_at = 0.0
        UP.labels("main").set(1)

    @property
    def is_away(self) -> bool:
        """Whether calls are answered `Away` without being tried."""
        return self._probing is not None

    async def run(self, purpose: str, call: "Callable[[Redis], Awaitable[T]]") -> T | Away:
        """What `call` answers, or `Away`. `call` sends one command or a few, and checks the shape of what comes back.

        An error reply to one command (a wrong type, a script's own error) is `Away("refused")` for that call alone; any
        other exception, a check that failed included, means that Redis cannot be used now.
        """
        if self._probing is None:
            async with self._turns:
                if self._probing is None:
                    return await self._attempt(purpose, call)
        SKIPPED.labels(purpose).inc()
        return Away("circuit_open")

    async def close(self) -> None:
        """Stop probing and let go of the connections."""
        if self._probing is not None:
            await end(self._probing)
        await self._client.aclose()

    async def _attempt(self, purpose: str, call: "Callable[[Redis], Awaitable[T]]") -> T | Away:
        try:
            async with _Deadline(self._timeout_s):
                return await call(self._client)
        except Exception as error:  # whatever it throws means that it cannot be used
            reason = _reason(error)
            FAILURES.labels(purpose, reason).inc()
            if reason == "refused":
                log.warning("redis_refused", purpose=purpose, exc_info=True)
            else:
                self._open(purpose, reason, error)
            return Away(reason)

    def _open(self, purpose: str, reason: Reason, error: Exception) -> None:
        if self._probing is not None:
            return
        UP.labels("main").set(0)
        if time.monotonic() - self._closed_at > STEADY_S:
            self._wait_s = PROBE_FIRST_S
        log.warning("redis_away", purpose=purpose, reason=reason, error=type(error).__name__)
        # In a context of its own: what it logs belongs to no request.
        self._probing = asyncio.create_task(self._probe_until_it_answers(), context=Context())

    async def _probe_until_it_answers(self) -> None:
        while True:
            # Connections from before may be dead without knowing: each would cost a deadline after the recovery.
            await self._client.connection_pool.disconnect(inuse_connections=False)
            await asyncio.sleep(self._wait_s)
            self._wait_s = min(2 * self._wait_s, PROBE_LONGEST_S)
            if await self._answers():
                break
        self._closed_at = time.monotonic()
        self._probing = None
        UP.labels("main").set(1)
        log.warning("redis_back")

    async def _answers(self) -> bool:
        """Whether a write works: a replica that lost its primary still answers PING."""
        try:
            async with _Deadline(max(self._timeout_s, PROBE_WITHIN_S)):
                return await self._client.set(PROBE_KEY, b"1", px=5_000) is True
        except Exception as error:  # whatever it throws means that it is still away
            FAILURES.labels("probe", _reason(error)).inc()
            return False


class _Deadline:
    """A timeout that grows by what the event loop is late, up to `PATIENCE_S`: that says nothing of Redis."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout = asyncio.timeout(timeout_s)
        self._loop = asyncio.get_running_loop()
        self._latest = self._loop.time() + max(timeout_s, PATIENCE_S)

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()
        self._plan()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tick.cancel()
        await self._timeout.__aexit__(kind, error, trace)

    def _plan(self) -> None:
        self._due = time.monotonic() + TICK_S
        self._tick = self._loop.call_later(TICK_S, self._ticked)

    def _ticked(self) -> None:
        """Nearly never called: a call is answered sooner."""
        when, late_s = self._timeout.when(), time.monotonic() - self._due
        if when is None or self._timeout.expired():
            return
        if late_s > 0:
            self._timeout.reschedule(max(when, min(when + late_s, self._latest)))
        self._plan()


async def call_redis(link: RedisLink | None, purpose: str, call: "Callable[[Redis], Awaitable[T]]") -> T | Away:
    """`link.run`, or `Away("not_configured")` where there is no Redis."""
    return Away("not_configured") if link is None else await link.run(purpose, call)


def open_redis(url: str | None, *, timeout_s: float, max_connections: int) -> RedisLink | None:
    """The link to the Redis at `url`, or None without one. Connects with the first call: Redis may be down."""
    if url is None:
        return None
    from redis.asyncio import BlockingConnectionPool, Redis  # 24 MB that an installation without Redis need not hold
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff

    patience_s = max(timeout_s, PATIENCE_S)
    pool = BlockingConnectionPool.from_url(  # pyright: ignore[reportUnknownMemberType] - untyped keyword arguments
        url,
        max_connections=max_connections,
        timeout=patience_s,
        socket_timeout=patience_s,  # the link has a deadline of its own
        socket_connect_timeout=patience_s,
        retry=Retry(NoBackoff(), 0),  # the default costs a refused port 4.7 s a call
        protocol=2,  # one form of reply from Redis 6.2 on, and no HELLO to wait for
        driver_info=None,
    )
    client = Redis.from_pool(pool)
    return RedisLink(client, timeout_s=timeout_s, max_connections=max_connections)


# Redis 6.2 says what stopped a script in the middle of a sentence about the script; not all of them have a class.
_TAKES_NO_WRITES = re.compile(r"(?:^|-)(?:READONLY|OOM|NOREPLICAS|MISCONF|CLUSTERDOWN) ")


def _reason(error: Exception) -> Reason:
    from redis import exceptions

    serves_nobody = (exceptions.ReadOnlyError, exceptions.ClusterDownError, exceptions.OutOfMemoryError)
    if isinstance(error, TimeoutError | exceptions.TimeoutError):
        return "timeout"
    if isinstance(error, serves_nobody):
        return "read_only"
    if isinstance(error, exceptions.ResponseError):
        return "read_only" if _TAKES_NO_WRITES.search(str(error)) else "refused"
    if isinstance(error, exceptions.ConnectionError | OSError):
        return "unreachable"
    return "garbage"
