"""The dashboard over HTTP: all sections in one answer, and the same sections singly."""

from datetime import UTC, datetime
from typing import Annotated, cast

from fastapi import APIRouter, Query, Request, Response

from tembea.dashboard import sections, service
from tembea.dashboard.model import (
    Activity,
    CallAnalytics,
    InvoiceAnalytics,
    PipelineAnalytics,
    QuoteAnalytics,
    SectionError,
    Stats,
    Usage,
)
from tembea.dashboard.period import Period
from tembea.dashboard.service import DashboardCache
from tembea.kernel.cache import CacheStatus
from tembea.kernel.web import DashboardRead, DbDep, Staff, Wire, db_of
from tembea.providers import Providers
from tembea.settings import Settings
from tembea.tenants.limits import RequestLimits

router = APIRouter(prefix="/api/v1", tags=["dashboard"])


class CacheOut(Wire):
    """Where the answer came from and how old it is."""

    status: CacheStatus
    age_ms: int


class DashboardOut(Wire):
    """Everything at once; a section that failed is null and says why under `errors`."""

    period: Period
    generated_at: datetime
    cache: CacheOut
    stats: Stats | None
    activity: tuple[Activity, ...] | None
    quotes: QuoteAnalytics | None
    invoices: InvoiceAnalytics | None
    calls: CallAnalytics | None
    pipeline: PipelineAnalytics | None
    usage: Usage | None
    errors: dict[str, SectionError]


PeriodQuery = Annotated[
    Period, Query(description="Ends today in the agency's time zone; 7d is today and the six before")
]


@router.get("/dashboard/all", response_model=DashboardOut)
async def get_dashboard_all(request: Request, ctx: DashboardRead, period: PeriodQuery = Period.MONTH) -> Response:
    """All sections, at most half a minute old unless the installation says otherwise."""
    settings = cast("Settings", request.app.state.settings)
    cache = cast("DashboardCache", request.app.state.dashboard_cache)
    ttl_s = settings.dashboard_cache_s
    cached = await service.get_dashboard_all(ctx, db_of(request), cache, period=period, ttl_s=ttl_s)
    came_from = f'{{"cache":{{"status":"{cached.status}","age_ms":{cached.age_ms}}},'
    return Response(came_from.encode() + cached.value.content[1:], media_type="application/json")


@router.get("/dashboard/stats")
async def get_stats(ctx: DashboardRead, db: DbDep, period: PeriodQuery = Period.MONTH) -> Stats:
    """The headline figures."""
    return await service.get_section(ctx, db, sections.read_stats, period=period)


@router.get("/dashboard/activity")
async def get_activity(ctx: Staff, db: DbDep, period: PeriodQuery = Period.MONTH) -> tuple[Activity, ...]:
    """The newest twenty things that happened."""
    return await service.get_section(ctx, db, sections.read_activity, period=period)


@router.get("/analytics/quotes")
async def get_quotes(ctx: DashboardRead, db: DbDep, period: PeriodQuery = Period.MONTH) -> QuoteAnalytics:
    """Quotes of the period."""
    return await service.get_section(ctx, db, sections.read_quotes, period=period)


@router.get("/analytics/invoices")
async def get_invoices(ctx: DashboardRead, db: DbDep, period: PeriodQuery = Period.MONTH) -> InvoiceAnalytics:
    """Invoices of the period, and the open ones by age."""
    return await service.get_section(ctx, db, sections.read_invoices, period=period)


@router.get("/analytics/calls")
async def get_calls(ctx: DashboardRead, db: DbDep, period: PeriodQuery = Period.MONTH) -> CallAnalytics:
    """Calls of the period, and the queue."""
    return await service.get_section(ctx, db, sections.read_calls, period=period)


@router.get("/analytics/pipeline")
async def get_pipeline(ctx: DashboardRead, db: DbDep, period: PeriodQuery = Period.MONTH) -> PipelineAnalytics:
    """Clients by stage, and how far the period's new ones came."""
    return await service.get_section(ctx, db, sections.read_pipeline, period=period)


@router.get("/usage/limits")
async def get_usage(request: Request, ctx: Staff, db: DbDep) -> Usage:
    """The agency's rate limits, daily quotas and, where there is a language model, its daily budgets, and what is left
    of them; this request is among those counted."""
    providers = cast("Providers", request.app.state.providers)
    section = sections.read_usage_with_model if providers.llm.is_on else sections.read_usage
    daily = await service.get_section(ctx, db, section, period=Period.WEEK)
    gate = cast("RequestLimits", request.app.state.gate)
    return sections.with_windows(daily, await gate.look(ctx), datetime.now(UTC))
