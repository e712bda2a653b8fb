"""The figures of each section as rows: what sections are made of, wherever the rows come from.

Two sources answer: the rollups, and plain SQL over every row, which stands in while rollups are not built and which
the tests hold them against.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from tembea.crm import StageSum
from tembea.dashboard.contact_store import CallDayRow, FunnelRow, OutcomeCount, QueueRow, SourceRow
from tembea.dashboard.model import ClientStats
from tembea.dashboard.period import Span
from tembea.dashboard.store import AgeingRow, QuoteCounts, QuoteGroup, RevenueRow, StatusCount
from tembea.rollups import DaySum


@dataclass(frozen=True, slots=True)
class PeriodRows:
    """What the headline figures of one span are made of."""

    quotes: QuoteCounts
    revenue: Sequence[RevenueRow]
    clients: ClientStats
    calls: Sequence[StatusCount]


@dataclass(frozen=True, slots=True)
class QuoteRows:
    """The quotes of a span; `earliest` is the first day that has any, or the first of its month.

    A trend is by day, or by month where the span says so of `earliest`, in the order of days and currencies.
    """

    counts: QuoteCounts
    statuses: Sequence[StatusCount]
    groups: Sequence[QuoteGroup]
    trend: Sequence[DaySum]
    earliest: date | None


@dataclass(frozen=True, slots=True)
class InvoiceRows:
    """The invoices of a span, and the open ones by age; trend and `earliest` as in `QuoteRows`."""

    revenue: Sequence[RevenueRow]
    statuses: Sequence[StatusCount]
    ageing: Sequence[AgeingRow]
    trend: Sequence[DaySum]
    earliest: date | None


@dataclass(frozen=True, slots=True)
class CallRows:
    """The calls of a span, and those that wait now; trend and `earliest` as in `QuoteRows`."""

    statuses: Sequence[StatusCount]
    outcomes: Sequence[OutcomeCount]
    average_s: Decimal
    queue: QueueRow
    trend: Sequence[CallDayRow]
    earliest: date | None


@dataclass(frozen=True, slots=True)
class PipelineRows:
    """All clients by stage, and the new ones of a span by how far they came and where from."""

    stages: Sequence[StageSum]
    funnel: Sequence[FunnelRow]
    sources: Sequence[SourceRow]


class Figures(Protocol):
    """A source of figures, inside one read transaction."""

    async def periods(self, spans: Sequence[Span]) -> list[PeriodRows]:
        """The headline figures of each span."""
        ...

    async def quotes(self, span: Span) -> QuoteRows:
        """Quotes made in the span."""
        ...

    async def invoices(self, span: Span) -> InvoiceRows:
        """Invoices issued in the span, and all open ones as of its last day."""
        ...

    async def calls(self, span: Span) -> CallRows:
        """Calls of the span."""
        ...

    async def pipeline(self, span: Span) -> PipelineRows:
        """Clients by stage, and the span's new ones."""
        ...
