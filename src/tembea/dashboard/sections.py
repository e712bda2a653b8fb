"""The sections of the dashboard, each worked out of what the store answers, inside one read transaction."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tembea import crm
from tembea.crm import Stage
from tembea.dashboard import contact_store, store
from tembea.dashboard.figures import Figures, PeriodRows
from tembea.dashboard.model import (
    Activity,
    Ageing,
    AgeingBucket,
    Bucket,
    CallAnalytics,
    CallDay,
    CallQueue,
    CallsSummary,
    CallStats,
    DayPoint,
    DestinationValue,
    FunnelStep,
    HotelValue,
    InvoiceAnalytics,
    InvoicesSummary,
    PeriodStats,
    PipelineAnalytics,
    QuoteAnalytics,
    QuotesSummary,
    QuoteStats,
    RevenueStats,
    SourceCount,
    StageValue,
    Stats,
    Sums,
    Usage,
    UsedLimit,
    add_up,
    share,
    sums,
    sums_or_zero,
)
from tembea.dashboard.period import Period, Span, span_before, span_of
from tembea.dashboard.plain import PlainFigures
from tembea.dashboard.rolled import RolledFigures
from tembea.kernel.db import Read
from tembea.kernel.limits import Decision
from tembea.kernel.money import Money, round_half_up
from tembea.rollups import DaySum, open_rollups
from tembea.tenants import QuotaName, Tenant, daily_usage, local_today, model_usage, quota_limit

ACTIVITY_ITEMS = 20
TOP_HOTELS = 50


@dataclass(frozen=True, slots=True)
class View:
    """What a section is worked out for: an agency, a period, and the instant that counts as now."""

    tenant: Tenant
    period: Period
    now: datetime

    @property
    def span(self) -> Span:
        """The days of the period."""
        return span_of(self.period, local_today(self.tenant, self.now), self.tenant.config.zone)

    @property
    def span_before(self) -> Span | None:
        """The days of the period before."""
        return span_before(self.period, local_today(self.tenant, self.now), self.tenant.config.zone)


async def _figures(read: Read, view: View, *kinds: str) -> Figures:
    """The rollups, exact in these kinds of things; the rows themselves while there are none for the agency's zone."""
    rollups = await open_rollups(read, view.tenant.config.time_zone, kinds)
    return PlainFigures(read) if rollups is None else RolledFigures(read, rollups)


async def read_stats(read: Read, view: View) -> Stats:
    """The headline figures and those of the period before."""
    figures = await _figures(read, view, "quote", "invoice", "client", "activity", "call")
    before = view.span_before
    rows = await figures.periods([view.span, before] if before else [view.span])
    now, *previous = (_period_stats(one, view.tenant.config.currency) for one in rows)
    return Stats(
        quotes=now.quotes,
        revenue=now.revenue,
        clients=now.clients,
        calls=now.calls,
        previous=previous[0] if previous else None,
    )


def _period_stats(rows: PeriodRows, currency: str) -> PeriodStats:
    quotes, calls = rows.quotes, _by_status(rows.calls)
    return PeriodStats(
        quotes=QuoteStats(quotes.total, quotes.accepted, quotes.pending, share(quotes.accepted, quotes.total)),
        revenue=_revenue(rows.revenue, currency),
        clients=rows.clients,
        calls=CallStats(
            completed=calls.get("completed", 0),
            pending=calls.get("queued", 0) + calls.get("in_progress", 0),
            scheduled=calls.get("scheduled", 0),
        ),
    )


def _revenue(rows: Sequence[store.RevenueRow], currency: str) -> RevenueStats:
    return RevenueStats(
        invoiced=sums_or_zero(add_up((row.currency, row.invoiced) for row in rows), currency),
        collected=sums_or_zero(add_up((row.currency, row.collected) for row in rows), currency),
        outstanding=sums_or_zero(add_up((row.currency, row.outstanding) for row in rows), currency),
        overdue=sums_or_zero(add_up((row.currency, row.overdue) for row in rows), currency),
    )


def _by_status(counts: Iterable[store.StatusCount]) -> dict[str, int]:
    return {row.status: row.count for row in counts}


async def read_activity(read: Read, _: View) -> tuple[Activity, ...]:
    """The newest things that happened."""
    return tuple(_activity(row) for row in await contact_store.list_activity(read, ACTIVITY_ITEMS))


def _activity(row: contact_store.ActivityRow) -> Activity:
    topic, _, happened = row.kind.partition(".")
    return Activity(topic, row.title, row.subtitle, happened, row.occurred_at, row.link)


_QUOTE_STATUSES = ("draft", "sent", "viewed", "accepted", "converted", "declined", "expired", "cancelled")


async def read_quotes(read: Read, view: View) -> QuoteAnalytics:
    """Quotes made in the period."""
    rows = await (await _figures(read, view, "quote")).quotes(view.span)
    counts = rows.counts
    in_all = [group for group in rows.groups if group.dimension == "all"]
    value = add_up((group.currency, group.total) for group in in_all)
    average = {
        group.currency: round_half_up(group.total / group.count, group.currency)
        for group in in_all
        if group.currency is not None and group.total is not None
    }
    currency = view.tenant.config.currency
    return QuoteAnalytics(
        summary=QuotesSummary(
            total=counts.total,
            value=sums_or_zero(value, currency),
            average=sums_or_zero(average, currency),
            conversion_rate=share(counts.accepted, counts.total),
        ),
        by_status=dict.fromkeys(_QUOTE_STATUSES, 0) | _by_status(rows.statuses),
        by_destination=tuple(DestinationValue(*group) for group in _named(rows.groups, "destination")),
        by_hotel=tuple(HotelValue(*group) for group in _named(rows.groups, "hotel")[:TOP_HOTELS]),
        trend=_trend(view.span, rows.trend, rows.earliest),
    )


def _named(groups: Sequence[store.QuoteGroup], dimension: str) -> list[tuple[str, int, Sums]]:
    """Name, count and value of each group in a dimension, the most frequent first."""
    by_name: defaultdict[str, list[store.QuoteGroup]] = defaultdict(list)
    for group in groups:
        if group.dimension == dimension and group.name is not None:
            by_name[group.name].append(group)
    found = [
        (name, sum(group.count for group in own), sums(add_up((group.currency, group.total) for group in own)))
        for name, own in by_name.items()
    ]
    return sorted(found, key=lambda group: (-group[1], group[0]))


def _trend(span: Span, rows: Iterable[DaySum], earliest: date | None) -> tuple[DayPoint, ...]:
    """A point for each day (or month), those without anything too."""
    by_day: defaultdict[date, list[DaySum]] = defaultdict(list)
    for row in rows:
        by_day[row[0]].append(row)
    return tuple(_point(day, by_day.get(day, ())) for day in span.points(earliest))


def _point(day: date, rows: Sequence[DaySum]) -> DayPoint:
    """Each currency has one row of a day at most; what has no value has no currency."""
    value = tuple(Money(amount, currency) for _, _, currency, _, amount in rows if currency)
    return DayPoint(day, sum(count for _, _, _, count, _ in rows), value)


_INVOICE_STATUSES = ("draft", "sent", "viewed", "partially_paid", "paid", "overdue", "void")


async def read_invoices(read: Read, view: View) -> InvoiceAnalytics:
    """Invoices of the period, and all open ones by age."""
    rows = await (await _figures(read, view, "invoice")).invoices(view.span)
    revenue = _revenue(rows.revenue, view.tenant.config.currency)
    return InvoiceAnalytics(
        summary=InvoicesSummary(
            invoiced=revenue.invoiced,
            collected=revenue.collected,
            outstanding=revenue.outstanding,
            overdue=revenue.overdue,
            total=sum(row.issued for row in rows.revenue),
        ),
        by_status=dict.fromkeys(_INVOICE_STATUSES, 0) | _by_status(rows.statuses),
        aging=_ageing(rows.ageing),
        trend=_trend(view.span, rows.trend, rows.earliest),
    )


def _ageing(rows: Sequence[store.AgeingRow]) -> Ageing:
    def bucket(name: Bucket) -> AgeingBucket:
        own = [row for row in rows if row.bucket == name.value]
        return AgeingBucket(sum(row.count for row in own), sums(add_up((row.currency, row.balance) for row in own)))

    return Ageing(
        current=bucket(Bucket.CURRENT),
        days_1_30=bucket(Bucket.DAYS_1_30),
        days_31_60=bucket(Bucket.DAYS_31_60),
        days_61_90=bucket(Bucket.DAYS_61_90),
        days_over_90=bucket(Bucket.DAYS_OVER_90),
    )


async def read_calls(read: Read, view: View) -> CallAnalytics:
    """Calls of the period, and those that wait now."""
    rows = await (await _figures(read, view, "call")).calls(view.span)
    statuses, days, queue = _by_status(rows.statuses), {row.day: row for row in rows.trend}, rows.queue
    completed, failed = statuses.get("completed", 0), statuses.get("failed", 0)
    return CallAnalytics(
        summary=CallsSummary(
            total=sum(statuses.values()),
            completed=completed,
            failed=failed,
            average_duration_s=float(rows.average_s),
            success_rate=share(completed, completed + failed),
        ),
        queue=CallQueue(queue.queued, queue.in_progress, queue.scheduled, queue.next_at),
        by_outcome={row.outcome: row.count for row in rows.outcomes},
        trend=tuple(_call_day(day, days.get(day)) for day in view.span.points(rows.earliest)),
    )


def _call_day(day: date, row: contact_store.CallDayRow | None) -> CallDay:
    return CallDay(day, row.count, row.completed) if row else CallDay(day, 0, 0)


async def read_pipeline(read: Read, view: View) -> PipelineAnalytics:
    """All clients by stage, and how far the new ones of the period have come."""
    rows = await (await _figures(read, view, "client")).pipeline(view.span)
    return PipelineAnalytics(
        stages=tuple(StageValue(total.stage.value, total.count, total.value) for total in rows.stages),
        funnel=_funnel(rows.funnel),
        by_source=tuple(SourceCount(row.source, row.count, row.booked) for row in rows.sources),
    )


def _funnel(rows: Sequence[contact_store.FunnelRow]) -> tuple[FunnelStep, ...]:
    """Each step counts those who came at least so far; whoever is lost came as far as being quoted, or only asked."""
    everybody = sum(row.count for row in rows)
    reached = [(_furthest(row), row.count) for row in rows]
    steps: list[FunnelStep] = []
    for position, stage in enumerate(crm.ON_THE_WAY):
        count = sum(clients for furthest, clients in reached if furthest >= position)
        steps.append(FunnelStep(stage.value, count, share(count, everybody)))
    return tuple(steps)


def _furthest(row: contact_store.FunnelRow) -> int:
    if row.stage == Stage.LOST.value:
        return 1 if row.quoted else 0
    return crm.ON_THE_WAY.index(Stage(row.stage))


_DAY_S = 86_400
_QUOTAS: tuple[QuotaName, ...] = ("daily_quotes", "daily_emails")


async def read_usage(read: Read, view: View) -> Usage:
    """The daily quotas and what is left of them."""
    limits: list[UsedLimit] = []
    for name in _QUOTAS:
        limit, used = quota_limit(view.tenant, name), await daily_usage(read, view.tenant, name)
        limits.append(UsedLimit(name, limit, _DAY_S, used, max(0, limit - used), _midnight(view)))
    return Usage(view.tenant.slug, tuple(limits))


async def read_usage_with_model(read: Read, view: View) -> Usage:
    """The same with the daily budgets of the language model, for installations that have one."""
    usage, midnight = await read_usage(read, view), _midnight(view)
    budgets = (
        UsedLimit(one.name, one.limit, _DAY_S, one.used, max(0, one.limit - one.used), midnight)
        for one in await model_usage(read, view.tenant)
    )
    return Usage(usage.tenant_id, (*usage.limits, *budgets))


def _midnight(view: View) -> datetime:
    """When the agency's next day starts."""
    tomorrow = local_today(view.tenant, view.now) + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=view.tenant.config.zone).astimezone(UTC)


def with_windows(usage: Usage, decision: Decision, now: datetime) -> Usage:
    """The rate limits before the daily quotas; one resets when the oldest of what is used leaves its window."""
    windows = (
        UsedLimit(
            standing.limit.name,
            standing.limit.limit,
            standing.limit.window_s,
            standing.used,
            standing.remaining,
            now + timedelta(seconds=standing.frees_in_s),
        )
        for standing in decision.standings
    )
    return Usage(usage.tenant_id, (*windows, *usage.limits))
