"""Gathers the sections of the dashboard: side by side, each with its own transaction and deadline."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar, cast

import psycopg
import structlog
from prometheus_client import Counter
from pydantic import TypeAdapter

from tembea.dashboard import sections
from tembea.dashboard.model import SectionError, SectionFailed, Sections, SectionTooSlow
from tembea.dashboard.period import Period
from tembea.dashboard.sections import View
from tembea.kernel.cache import Cache, Cached
from tembea.kernel.context import Context
from tembea.kernel.db import Db, Read
from tembea.kernel.errors import AppError
from tembea.kernel.redis import RedisLink
from tembea.kernel.shared_values import Codec, SharedValues
from tembea.tenants import get_tenant

CACHE_STALE_S = 300.0
CACHE_ENTRIES = 2_000
CACHE_LEASE_S = 10.0
DEGRADED_KEEP_S = 5.0
"""How long an answer is kept of which a part failed: long enough to spare the source, short enough to see it mended."""
SECTION_DEADLINE_S = 1.0
VIEW_DEADLINE_S = 0.4
"""How long the agency's settings may take, before the sections have their own time: together below 1.5 s."""
SECTIONS_AT_ONCE = 3
"""So many connections one look at the dashboard holds, out of a pool that others need too."""
TURN_S = 0.25
"""A section that takes longer lets the next one begin beside it: one source that hangs holds nobody up."""

T = TypeVar("T")
Section = Callable[[Read, View], Awaitable[T]]
log = structlog.stdlib.get_logger("tembea.dashboard")
FAILED = Counter(
    "tembea_dashboard_sections_failed_total", "Sections that an answer (200) does without, by why", ["section", "code"]
)


_SECTIONS = TypeAdapter(Sections)


@dataclass(frozen=True, slots=True)
class Page:
    """All sections as they are answered: a JSON object, and for how long it is worth keeping (None: as long as any).

    Kept as bytes: writing them anew for each who asks would cost more than all else that a look into the cache does.
    """

    content: bytes
    keep_s: float | None = None


DashboardCache = Cache[Page]


def new_cache(redis: RedisLink | None) -> DashboardCache:
    """The dashboard's cache of one process, shared by all where there is a Redis."""
    shared = None if redis is None else SharedValues(redis, "dashboard", _codec(), lease_s=CACHE_LEASE_S)
    return Cache("dashboard", max_entries=CACHE_ENTRIES, stale_s=CACHE_STALE_S, shared=shared)


def _codec() -> Codec[Page]:
    shape = json.dumps(_SECTIONS.json_schema(mode="serialization"), sort_keys=True).encode()
    return Codec(hashlib.sha256(shape).hexdigest()[:12], lambda page: page.content, _decoded)


def _decoded(content: bytes) -> Page:
    _SECTIONS.validate_json(content)  # raises ValueError for what is none of ours
    return Page(content)


async def get_dashboard_all(
    ctx: Context, db: Db, cache: DashboardCache, *, period: Period, ttl_s: float
) -> Cached[Page]:
    """All sections at once, at most `ttl_s` old, worked out once however many of the agency ask.

    A section whose source fails is None and says why under `errors`; such an answer is kept for some seconds only.
    """

    async def load() -> Page:
        whole = await gather_sections(ctx, db, period=period, now=datetime.now(UTC))
        return Page(_SECTIONS.dump_json(whole), _keep_s(whole))

    part = f"{period.value}:{ctx.role.value}"
    return await cache.get_or_load(ctx.tenant_uuid, part, ttl_s, load, keep_s=lambda page: page.keep_s)


def _keep_s(whole: Sections) -> float | None:
    """None is as long as any; an answer without a single section is not kept at all."""
    if not whole.errors:
        return None
    parts = (whole.stats, whole.activity, whole.quotes, whole.invoices, whole.calls, whole.pipeline)
    return 0.0 if all(part is None for part in parts) else DEGRADED_KEEP_S


async def gather_sections(ctx: Context, db: Db, *, period: Period, now: datetime) -> Sections:
    """Work all sections out side by side as of `now`, within 1.5 s whatever hangs."""
    parts = _Parts(ctx, db, period, now)
    await parts.prepare()
    (stats, activity, quotes, invoices, calls, pipeline), usage = await asyncio.gather(
        asyncio.gather(
            parts.read("stats", sections.read_stats),
            parts.read("activity", sections.read_activity),
            parts.read("quotes", sections.read_quotes),
            parts.read("invoices", sections.read_invoices),
            parts.read("calls", sections.read_calls),
            parts.read("pipeline", sections.read_pipeline),
        ),
        parts.read("usage", sections.read_usage),
    )
    return Sections(
        period=period,
        generated_at=now,
        stats=stats,
        activity=activity,
        quotes=quotes,
        invoices=invoices,
        calls=calls,
        pipeline=pipeline,
        usage=usage,
        errors=parts.errors,
    )


class _Parts:
    """One gathering: its view, and why some of its sections are missing."""

    def __init__(self, ctx: Context, db: Db, period: Period, now: datetime) -> None:
        self.errors: dict[str, SectionError] = {}
        self._ctx, self._db, self._period, self._now = ctx, db, period, now
        self._view: View | AppError = SectionFailed(_NOT_READ)
        self._turns = asyncio.Semaphore(SECTIONS_AT_ONCE)

    async def prepare(self) -> None:
        """Look up what every section needs; where that fails, each of them will say so."""
        try:
            self._view = await _within(VIEW_DEADLINE_S, _find_view(self._ctx, self._db, self._period, self._now))
        except Exception as error:  # such as a configuration that this version cannot read
            self._view = _why(error)

    async def read(self, name: str, section: Section[T]) -> T | None:
        """One section, or None with the reason under its name in `errors`."""
        try:
            if isinstance(self._view, AppError):
                raise self._view
            return await _within(SECTION_DEADLINE_S, self._in_turn(section, self._view))
        except Exception as error:  # one that has a mistake in it takes none of the others with it
            why = _why(error)
            FAILED.labels(name, why.code).inc()
            log.warning("section_failed", section=name, code=why.code)
            self.errors[name] = SectionError(why.code, why.detail)
            return None

    async def _in_turn(self, section: Section[T], view: View) -> T:
        await self._turns.acquire()
        turn = asyncio.create_task(asyncio.sleep(TURN_S))
        turn.add_done_callback(lambda _: self._turns.release())
        try:
            return await _read(self._ctx, self._db, section, view)
        finally:
            turn.cancel()


async def get_section(ctx: Context, db: Db, section: Section[T], *, period: Period) -> T:
    """One section by itself, worked out now; raises why it cannot be."""

    async def work() -> T:
        return await _read(ctx, db, section, await _find_view(ctx, db, period, datetime.now(UTC)))

    return await _within(VIEW_DEADLINE_S + SECTION_DEADLINE_S, work())


async def _find_view(ctx: Context, db: Db, period: Period, now: datetime) -> View:
    async with db.read(ctx) as read:
        return View(await get_tenant(read), period, now)


async def _read(ctx: Context, db: Db, section: Section[T], view: View) -> T:
    async with db.read(ctx) as read:
        return await section(read, view)


def _why(error: Exception) -> AppError:
    if isinstance(error, AppError):
        return error
    log.error("section_crashed", exc_info=error)
    return SectionFailed(_NOT_READ)


_NOT_READ = "This part could not be read. Try again in a moment."
_abandoned: set[asyncio.Task[object]] = set()


async def _within(deadline_s: float, work: Coroutine[object, object, T]) -> T:
    """What `work` answers before the deadline.

    Later it is cancelled and not waited for: a connection that hangs takes seconds to say that it gave up.
    """
    task = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=deadline_s)
    finally:
        if not task.done():
            _abandon(task)
    if not done:
        raise SectionTooSlow("This part took too long to work out. Try again in a moment.")
    try:
        return task.result()
    except psycopg.Error as error:
        log.exception("section_query_failed")
        raise SectionFailed(_NOT_READ) from error


def _abandon(task: asyncio.Task[T]) -> None:
    """Cancel, and keep the task until it has ended: the loop itself holds tasks only weakly."""
    task.cancel()
    kept = cast("asyncio.Task[object]", task)
    _abandoned.add(kept)
    kept.add_done_callback(_forget)


def _forget(task: asyncio.Task[object]) -> None:
    _abandoned.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        log.info("abandoned_section_ended", error=type(error).__name__)
