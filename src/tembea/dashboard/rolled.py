"""Figures from rollups: the same whatever the number of rows behind them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from tembea import crm
from tembea.dashboard import contact_store
from tembea.dashboard.contact_store import CallDayRow, FunnelRow, OutcomeCount, QueueRow, SourceRow
from tembea.dashboard.figures import CallRows, InvoiceRows, PeriodRows, PipelineRows, QuoteRows
from tembea.dashboard.model import Bucket, ClientStats
from tembea.dashboard.period import Span
from tembea.dashboard.store import AgeingRow, QuoteCounts, QuoteGroup, RevenueRow, StatusCount
from tembea.kernel.db import Read
from tembea.rollups import ACTIVE_WINDOWS_DAYS, FOREVER, Ask, DaySum, Rollups, Sum

KEYS_MAX = 50
"""So many outcomes and ways to find the agency are shown, the most frequent."""


@dataclass(frozen=True, slots=True)
class RolledFigures:
    """The rollups of one transaction."""

    read: Read
    rollups: Rollups

    async def periods(self, spans: Sequence[Span]) -> list[PeriodRows]:
        """The headline figures of each span, in one query for all."""
        asks = [ask for span in spans for ask in _period_asks(span)]
        sums = await self.rollups.sums(asks)
        width = len(asks) // len(spans)
        return [_period_rows(sums[start : start + width]) for start in range(0, len(sums), width)]

    async def quotes(self, span: Span) -> QuoteRows:
        """Quotes made in the span."""
        statuses, in_all, destinations, hotels = await self.rollups.sums(
            [
                _within("quotes.status", span),
                _within("quotes.value", span),
                _within("quotes.destination", span),
                _within("quotes.hotel", span),
            ]
        )
        trend = await self._trend("quotes.value", span)
        groups = [*_groups("all", in_all), *_groups("destination", destinations), *_groups("hotel", hotels)]
        return QuoteRows(_quote_counts(statuses), _status_counts(statuses), groups, trend, _earliest(trend))

    async def invoices(self, span: Span) -> InvoiceRows:
        """Invoices issued in the span, and all open ones as of its last day."""
        ages = _ageing_asks(span.last)
        sums = await self.rollups.sums(
            [*_revenue_asks(span), _within("invoices.status", span), *(ask for _, ask in ages)]
        )
        revenue, statuses, open_ones = sums[:4], sums[4], sums[5:]
        trend = await self._trend("invoices.issued", span)
        ageing = [
            AgeingRow(bucket.value, one.currency, one.count, one.amount)
            for (bucket, _), found in zip(ages, open_ones, strict=True)
            for one in found
        ]
        return InvoiceRows(
            revenue=_revenue_rows(revenue),
            statuses=_status_counts(statuses),
            ageing=ageing,
            trend=trend,
            earliest=_earliest(trend),
        )

    async def calls(self, span: Span) -> CallRows:
        """Calls of the span."""
        statuses, outcomes, durations, now = await self.rollups.sums(
            [
                _within("calls.status", span),
                _within("calls.outcome", span),
                _within("calls.duration", span),
                Ask("calls.now"),
            ]
        )
        trend = await self._trend("calls.status", span)
        waiting = {one.key: one.count for one in now}
        return CallRows(
            statuses=_status_counts(statuses),
            outcomes=[OutcomeCount(one.key, one.count) for one in _most_frequent(outcomes)],
            average_s=_average(durations),
            queue=QueueRow(
                waiting.get("queued", 0),
                waiting.get("in_progress", 0),
                waiting.get("scheduled", 0),
                await contact_store.find_next_call(self.read),
            ),
            trend=_call_trend(trend),
            earliest=_earliest(trend),
        )

    async def _trend(self, dimension: str, span: Span) -> list[DaySum]:
        """The sums by day, or by month; an endless span is asked for its months first, which are few."""
        first = span.first
        if span.is_endless:
            months = await self.rollups.months(dimension, span.last)
            first = _earliest(months) or span.last
            if span.is_by_month(first):
                return months
        return await self.rollups.days(dimension, first, span.last)

    async def pipeline(self, span: Span) -> PipelineRows:
        """Clients by stage, and the span's new ones."""
        stages, sources, booked = await self.rollups.sums(
            [_within("clients.stage", span), _within("clients.source", span), _within("clients.booked", span)]
        )
        booked_by = {one.key: one.count for one in booked}
        funnel = [(*one.key.partition(":"), one.count) for one in stages]
        return PipelineRows(
            stages=await crm.sum_stages(self.rollups),
            funnel=[FunnelRow(stage, quoted == "quoted", count) for stage, _, quoted, count in funnel],
            sources=[SourceRow(one.key, one.count, booked_by.get(one.key, 0)) for one in _most_frequent(sources)],
        )


def _within(dimension: str, span: Span) -> Ask:
    return Ask(dimension, span.first, span.last)


def _until(dimension: str, span: Span) -> Ask:
    return Ask(dimension, FOREVER[0], span.last)


def _earliest(trend: Sequence[DaySum]) -> date | None:
    return trend[0][0] if trend else None


def _revenue_asks(span: Span) -> list[Ask]:
    return [
        _within("invoices.issued", span),
        _within("invoices.collected", span),
        _until("invoices.outstanding", span),
        _until("invoices.overdue", span),
    ]


def _revenue_rows(sums: Sequence[Sequence[Sum]]) -> list[RevenueRow]:
    issued, collected, outstanding, overdue = ({one.currency: one for one in part} for part in sums)
    return [
        RevenueRow(
            currency=currency,
            issued=issued[currency].count if currency in issued else 0,
            invoiced=_amount(issued.get(currency)),
            collected=_amount(collected.get(currency)),
            outstanding=_amount(outstanding.get(currency)),
            overdue=_amount(overdue.get(currency)),
        )
        for currency in sorted(issued.keys() | collected.keys() | outstanding.keys() | overdue.keys())
    ]


def _amount(found: Sum | None) -> Decimal | None:
    return found.amount if found else None


def _period_asks(span: Span) -> list[Ask]:
    length = (span.last - span.first).days + 1
    window = str(length) if length in ACTIVE_WINDOWS_DAYS else "all"
    return [
        *_revenue_asks(span),
        _within("quotes.status", span),
        _within("calls.status", span),
        _until("clients.new", span),
        _within("clients.new", span),
        _until(f"clients.active.{window}", span),
    ]


def _period_rows(sums: Sequence[Sequence[Sum]]) -> PeriodRows:
    quotes, calls, *clients = sums[4:]
    total, new, active = (sum(one.count for one in part) for part in clients)
    return PeriodRows(
        quotes=_quote_counts(quotes),
        revenue=_revenue_rows(sums[:4]),
        clients=ClientStats(total, new, active),
        calls=_status_counts(calls),
    )


def _status_counts(sums: Iterable[Sum]) -> list[StatusCount]:
    return [StatusCount(one.key, one.count) for one in sums if one.count]


def _quote_counts(statuses: Iterable[Sum]) -> QuoteCounts:
    counts = Counter({one.key: one.count for one in statuses if one.key not in ("draft", "cancelled")})
    return QuoteCounts(
        total=counts.total(),
        accepted=counts["accepted"] + counts["converted"],
        pending=counts["sent"] + counts["viewed"],
    )


def _groups(dimension: Literal["all", "destination", "hotel"], sums: Iterable[Sum]) -> list[QuoteGroup]:
    return [QuoteGroup(dimension, None if dimension == "all" else one.key, None, *_value(one)) for one in sums]


def _value(one: Sum) -> tuple[str | None, int, Decimal | None]:
    """Currency, count and total; a quote without an option has neither a currency nor a value."""
    return one.currency or None, one.count, one.amount if one.currency else None


def _ageing_asks(today: date) -> list[tuple[Bucket, Ask]]:
    def due(first: date, last: date) -> Ask:
        return Ask("invoices.open", first, last)

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    return [
        (Bucket.CURRENT, due(today, FOREVER[1])),
        (Bucket.DAYS_1_30, due(ago(30), ago(1))),
        (Bucket.DAYS_31_60, due(ago(60), ago(31))),
        (Bucket.DAYS_61_90, due(ago(90), ago(61))),
        (Bucket.DAYS_OVER_90, due(FOREVER[0], ago(91))),
    ]


def _average(durations: Sequence[Sum]) -> Decimal:
    total = sum((one.amount for one in durations), Decimal(0))
    count = sum(one.count for one in durations)
    return (total / count).quantize(Decimal("0.1"), ROUND_HALF_UP) if count else Decimal(0)


def _most_frequent(sums: Iterable[Sum]) -> list[Sum]:
    return sorted(sums, key=lambda one: (-one.count, one.key))[:KEYS_MAX]


def _call_trend(trend: Sequence[DaySum]) -> list[CallDayRow]:
    counts, completed = Counter[date](), Counter[date]()
    for day, status, _, count, _ in trend:
        counts[day] += count
        if status == "completed":
            completed[day] += count
    return [CallDayRow(day, count, completed[day]) for day, count in counts.items()]
