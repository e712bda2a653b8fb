"""Gathers the sections of the dashboard: side by side, each with its own transaction and deadline."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import psycopg
import structlog

from tembea.dashboard import sections
from tembea.dashboard.model import SectionError, SectionFailed, Sections, SectionTooSlow
from tembea.dashboard.period import Period
from tembea.dashboard.sections import View
from tembea.kernel.cache import Cache, Cached
from tembea.kernel.context import Context
from tembea.kernel.db import Db, Read
from tembea.kernel.errors import AppError
from tembea.tenants import get_tenant

CACHE_STALE_S = 300.0
CACHE_ENTRIES = 2_000
SECTION_DEADLINE_S = 1.5

T = TypeVar("T")
DashboardCache = Cache[Sections]
Section = Callable[[Read, View], Awaitable[T]]
log = structlog.stdlib.get_logger("tembea.dashboard")


def new_cache() -> DashboardCache:
    """The dashboard's cache of one process."""
    return Cache(max_entries=CACHE_ENTRIES, stale_s=CACHE_STALE_S)


async def get_dashboard_all(
    ctx: Context, db: Db, cache: DashboardCache, *, period: Period, ttl_s: float
) -> Cached[Sections]:
    """All sections at once, at most `ttl_s` old, worked out once however many of the agency ask.

    A section whose source fails is None and says why under `errors`; such an answer is not kept, so that the next
    one tries again.
    """

    async def load() -> Sections:
        return await gather_sections(ctx, db, period=period, now=datetime.now(UTC))

    key = (ctx.tenant_uuid, period, ctx.role)
    return await cache.get_or_load(key, ttl_s, load, keep=lambda whole: not whole.errors)


async def gather_sections(ctx: Context, db: Db, *, period: Period, now: datetime) -> Sections:
    """Work all sections out side by side as of `now`."""
    parts = _Parts(ctx, db, await _view(ctx, db, period, now))
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

    def __init__(self, ctx: Context, db: Db, view: View) -> None:
        self.errors: dict[str, SectionError] = {}
        self._ctx, self._db, self._view = ctx, db, view

    async def read(self, name: str, section: Section[T]) -> T | None:
        try:
            return await _bounded(self._ctx, self._db, section, self._view)
        except AppError as error:
            log.warning("section_failed", section=name, code=error.code)
            self.errors[name] = SectionError(error.code, error.detail)
            return None


async def get_section(ctx: Context, db: Db, section: Section[T], *, period: Period) -> T:
    """One section by itself, worked out now; raises why it cannot be."""
    return await _bounded(ctx, db, section, await _view(ctx, db, period, datetime.now(UTC)))


async def _view(ctx: Context, db: Db, period: Period, now: datetime) -> View:
    async with db.read(ctx) as read:
        return View(await get_tenant(read), period, now)


async def _bounded(ctx: Context, db: Db, section: Section[T], view: View) -> T:
    try:
        async with asyncio.timeout(SECTION_DEADLINE_S), db.read(ctx) as read:
            return await section(read, view)
    except TimeoutError as error:
        raise SectionTooSlow("This part took too long to work out. Try again in a moment.") from error
    except psycopg.Error as error:
        log.exception("section_query_failed")
        raise SectionFailed("This part could not be read. Try again in a moment.") from error
