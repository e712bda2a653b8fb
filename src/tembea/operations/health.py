"""Is this process able to serve? Several checks at once, each with its deadline, remembered for a second.

Only the database, pending migrations and draining make the answer "not ready": everything else can be down while
enquiries still become quotes, and restarting this process would not mend it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import structlog

from tembea.kernel.context import anonymous_context, platform_context
from tembea.kernel.db import Db
from tembea.kernel.migrations import APPLIED, read_migrations
from tembea.kernel.redis import PROBE_KEY, Away, RedisLink
from tembea.providers import Warehouse

Status = Literal["healthy", "degraded", "unhealthy", "not_configured"]
log = structlog.stdlib.get_logger("tembea.health")

REMEMBERED_S = 1.0
WAREHOUSE_REMEMBERED_S = 15.0
_WORKER_SILENT_S = 30.0
_MAILBOX_FORGOTTEN_S = 2 * 3_600.0
_OPTIONAL = ("bigquery", "jobs", "mailboxes", "redis")


@dataclass(frozen=True, slots=True)
class Check:
    """How one dependency is. `latency_ms` is how long it took to say so; `essential` ones decide readiness."""

    status: Status
    latency_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """All checks by name, and whether this process should get traffic."""

    ready: bool
    checks: dict[str, Check]


class Health:
    """The readiness of one process. Probes cannot overload it: an answer serves everybody for a second."""

    def __init__(
        self, db: Db, *, migrations_dir: Path, redis: RedisLink | None, warehouse: Warehouse, deadline_s: float
    ) -> None:
        self._db = db
        self._warehouse = warehouse
        self._warehouse_was: tuple[float, Check] | None = None
        self._expected = {file.name for file in read_migrations(migrations_dir)}
        self._redis = redis
        self._deadline_s = deadline_s
        self._remembered: tuple[float, Readiness] | None = None
        self._looking: asyncio.Task[Readiness] | None = None
        self._asking: dict[str, asyncio.Task[Status | Check]] = {}
        self.draining = False

    async def check_readiness(self) -> Readiness:
        """The state now, or of a moment ago: however many ask, one looks."""
        if self._remembered is not None and time.monotonic() - self._remembered[0] <= REMEMBERED_S:
            readiness = self._remembered[1]
        else:
            if self._looking is None or self._looking.done():
                self._looking = asyncio.create_task(self._look())
            readiness = await asyncio.shield(self._looking)
        return Readiness(readiness.ready and not self.draining, readiness.checks)

    async def _look(self) -> Readiness:
        names = ("database", "bigquery", "redis", "migrations", "jobs", "mailboxes")
        asked: list[Callable[[], Awaitable[Status | Check]]] = [
            self._database,
            self._warehouse_answers,
            self._redis_answers,
            self._migrations,
            self._jobs,
            self._mailboxes,
        ]
        found = await asyncio.gather(*(self._timed(name, ask) for name, ask in zip(names, asked, strict=True)))
        checks: dict[str, Check] = dict(zip(names, found, strict=True))
        ready = all(checks[name].status == "healthy" for name in ("database", "migrations"))
        readiness = Readiness(ready, checks)
        self._remembered = (time.monotonic(), readiness)
        return readiness

    async def _timed(self, name: str, ask: Callable[[], Awaitable[Status | Check]]) -> Check:
        """One check within its deadline. One that hangs is left to itself: to be cut off may take it longer yet."""
        started = time.perf_counter()
        status = await self._answer_in_time(name, ask) or ("degraded" if name in _OPTIONAL else "unhealthy")
        if isinstance(status, Check) or status == "not_configured":
            return status if isinstance(status, Check) else Check(status)
        return Check(status, round((time.perf_counter() - started) * 1_000, 1))

    async def _answer_in_time(self, name: str, ask: Callable[[], Awaitable[Status | Check]]) -> Status | Check | None:
        before = self._asking.get(name)
        if before is not None and not before.done():
            return None
        asking = self._asking[name] = asyncio.create_task(_said(name, ask))
        await asyncio.wait({asking}, timeout=self._deadline_s)
        if asking.done():
            return asking.result()
        asking.cancel()
        log.warning("health_check_hangs", check=name)
        return None

    async def _database(self) -> Status:
        async with self._db.read(anonymous_context("health")) as read:
            await read.value(int, "select 1")
        return "healthy"

    async def _migrations(self) -> Status:
        async with self._db.read(anonymous_context("health")) as read:
            applied = {str(row["migration_id"]) for row in await read.rows(APPLIED)}
        return "healthy" if self._expected <= applied else "unhealthy"

    async def _jobs(self) -> Status:
        async with self._db.read(anonymous_context("health")) as read:
            heard = await read.value(
                bool,
                "select exists (select from procrastinate_workers"
                " where last_heartbeat > now() - make_interval(secs => %s))",
                [_WORKER_SILENT_S],
            )
        return "healthy" if heard else "degraded"

    async def _mailboxes(self) -> Status:
        """Those that were looked into lately; one that nobody reads any more says nothing."""
        async with self._db.read(platform_context()) as read:
            failing = await read.value(
                bool,
                "select bool_or(failing_since is not null) from mailboxes"
                " where leased_until > now() - make_interval(secs => %s)",
                [_MAILBOX_FORGOTTEN_S],
            )
        if failing is None:
            return "not_configured"
        return "degraded" if failing else "healthy"

    async def _redis_answers(self) -> Status:
        if self._redis is None:
            return "not_configured"
        # A write: a replica that lost its primary, or a full memory, still answers whatever only reads.
        answer = await self._redis.run("health", lambda client: client.set(PROBE_KEY, b"1", px=5_000))
        return "degraded" if isinstance(answer, Away) else "healthy"

    async def _warehouse_answers(self) -> Check:
        """A real query, remembered for longer than other checks: BigQuery counts what it is asked."""
        if self._warehouse_was is not None and time.monotonic() - self._warehouse_was[0] <= WAREHOUSE_REMEMBERED_S:
            return self._warehouse_was[1]
        started, answers = time.perf_counter(), False  # which it stays when this is cut off
        try:
            answers = await self._warehouse.check()
        finally:
            took_ms = round((time.perf_counter() - started) * 1_000, 1)
            found = Check("not_configured") if answers is None else Check("healthy" if answers else "degraded", took_ms)
            self._warehouse_was = (time.monotonic(), found)
        return found


async def _said(name: str, ask: Callable[[], Awaitable[Status | Check]]) -> Status | Check:
    try:
        return await ask()
    except Exception:  # whatever it throws means that it is down
        log.warning("health_check_failed", check=name, exc_info=True)
        return "degraded" if name in _OPTIONAL else "unhealthy"
