"""Figures from every single row: right by construction, and slower the more rows there are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tembea import crm
from tembea.dashboard import contact_store, store
from tembea.dashboard.contact_store import CallDayRow
from tembea.dashboard.figures import CallRows, InvoiceRows, PeriodRows, PipelineRows, QuoteRows
from tembea.dashboard.period import Span
from tembea.kernel.db import Read
from tembea.rollups import DaySum


@dataclass(frozen=True, slots=True)
class PlainFigures:
    """The rows themselves, asked in one transaction."""

    read: Read

    async def periods(self, spans: Sequence[Span]) -> list[PeriodRows]:
        """The headline figures of each span."""
        return [await self._period(span) for span in spans]

    async def _period(self, span: Span) -> PeriodRows:
        return PeriodRows(
            quotes=await store.count_quotes(self.read, span),
            revenue=await store.sum_revenue(self.read, span),
            clients=await contact_store.count_clients(self.read, span),
            calls=await contact_store.count_calls_by_status(self.read, span),
        )

    async def quotes(self, span: Span) -> QuoteRows:
        """Quotes made in the span."""
        groups = await store.group_quotes(self.read, span)
        days = sorted(
            (g.day, "", g.currency or "", g.count, g.total or Decimal(0)) for g in groups if g.day is not None
        )
        earliest = days[0][0] if days else None
        return QuoteRows(
            counts=await store.count_quotes(self.read, span),
            statuses=await store.count_quotes_by_status(self.read, span),
            groups=groups,
            trend=_by_month(days) if span.is_by_month(earliest) else days,
            earliest=earliest,
        )

    async def invoices(self, span: Span) -> InvoiceRows:
        """Invoices issued in the span, and all open ones as of its last day."""
        rows = await store.sum_invoices_by_day(self.read, span)
        days = sorted((row.day, "", row.currency, row.count, row.total) for row in rows)
        earliest = days[0][0] if days else None
        return InvoiceRows(
            revenue=await store.sum_revenue(self.read, span),
            statuses=await store.count_invoices_by_status(self.read, span),
            ageing=await store.sum_ageing(self.read, span.last),
            trend=_by_month(days) if span.is_by_month(earliest) else days,
            earliest=earliest,
        )

    async def calls(self, span: Span) -> CallRows:
        """Calls of the span."""
        days = await contact_store.count_calls_by_day(self.read, span)
        earliest = min((row.day for row in days), default=None)
        return CallRows(
            statuses=await contact_store.count_calls_by_status(self.read, span),
            outcomes=await contact_store.count_calls_by_outcome(self.read, span),
            average_s=await contact_store.average_call_s(self.read, span),
            queue=await contact_store.read_call_queue(self.read),
            trend=_calls_by_month(days) if span.is_by_month(earliest) else days,
            earliest=earliest,
        )

    async def pipeline(self, span: Span) -> PipelineRows:
        """Clients by stage, and the span's new ones."""
        return PipelineRows(
            stages=await crm.read_pipeline(self.read),
            funnel=await contact_store.count_new_clients_by_stage(self.read, span),
            sources=await contact_store.count_new_clients_by_source(self.read, span),
        )


def _by_month(days: Iterable[DaySum]) -> list[DaySum]:
    months: dict[tuple[date, str], tuple[int, Decimal]] = {}
    for day, _, currency, count, amount in days:
        known = months.get(place := (day.replace(day=1), currency), (0, Decimal(0)))
        months[place] = (known[0] + count, known[1] + amount)
    return [(month, "", currency, count, amount) for (month, currency), (count, amount) in sorted(months.items())]


def _calls_by_month(days: Iterable[CallDayRow]) -> list[CallDayRow]:
    counts, completed = Counter[date](), Counter[date]()
    for row in days:
        counts[row.day.replace(day=1)] += row.count
        completed[row.day.replace(day=1)] += row.completed
    return [CallDayRow(month, count, completed[month]) for month, count in counts.items()]
