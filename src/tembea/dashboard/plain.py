"""Figures from every single row: right by construction, and slower the more rows there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tembea import crm
from tembea.dashboard import contact_store, store
from tembea.dashboard.figures import CallRows, InvoiceRows, PeriodRows, PipelineRows, QuoteRows
from tembea.dashboard.period import Span
from tembea.kernel.db import Read


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
        return QuoteRows(
            counts=await store.count_quotes(self.read, span),
            statuses=await store.count_quotes_by_status(self.read, span),
            groups=groups,
            trend=sorted(
                (g.day, "", g.currency or "", g.count, g.total or Decimal(0)) for g in groups if g.day is not None
            ),
            earliest=min((group.day for group in groups if group.day is not None), default=None),
        )

    async def invoices(self, span: Span) -> InvoiceRows:
        """Invoices issued in the span, and all open ones as of its last day."""
        days = await store.sum_invoices_by_day(self.read, span)
        return InvoiceRows(
            revenue=await store.sum_revenue(self.read, span),
            statuses=await store.count_invoices_by_status(self.read, span),
            ageing=await store.sum_ageing(self.read, span.last),
            trend=sorted((day.day, "", day.currency, day.count, day.total) for day in days),
            earliest=min((row.day for row in days), default=None),
        )

    async def calls(self, span: Span) -> CallRows:
        """Calls of the span."""
        days = await contact_store.count_calls_by_day(self.read, span)
        return CallRows(
            statuses=await contact_store.count_calls_by_status(self.read, span),
            outcomes=await contact_store.count_calls_by_outcome(self.read, span),
            average_s=await contact_store.average_call_s(self.read, span),
            queue=await contact_store.read_call_queue(self.read),
            days=days,
            earliest=min((row.day for row in days), default=None),
        )

    async def pipeline(self, span: Span) -> PipelineRows:
        """Clients by stage, and the span's new ones."""
        return PipelineRows(
            stages=await crm.read_pipeline(self.read),
            funnel=await contact_store.count_new_clients_by_stage(self.read, span),
            sources=await contact_store.count_new_clients_by_source(self.read, span),
        )
