"""What the dashboard shows: its sections, in the form in which they are answered.

The sections are results, written once and read as they are, so that these classes are also their wire form; money in
them is a list with one entry a currency, never a sum of two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import PlainSerializer, WithJsonSchema

from tembea.dashboard.period import Period
from tembea.kernel.errors import Unavailable
from tembea.kernel.money import Money, round_half_up


def _wire(money: Money) -> dict[str, str]:
    return {"amount": str(round_half_up(money.amount, money.currency)), "currency": money.currency}


_MONEY_SCHEMA = {
    "type": "object",
    "properties": {"amount": {"type": "string", "examples": ["1460.00"]}, "currency": {"type": "string"}},
    "required": ["amount", "currency"],
}
WireMoney = Annotated[Money, PlainSerializer(_wire, return_type=dict[str, str]), WithJsonSchema(_MONEY_SCHEMA)]
Sums = tuple[WireMoney, ...]


def sums(amounts: Mapping[str, Decimal]) -> Sums:
    """Money in the order of the currency codes."""
    return tuple(Money(amount, currency) for currency, amount in sorted(amounts.items()))


def sums_or_zero(amounts: Mapping[str, Decimal], currency: str) -> Sums:
    """Like `sums`; where there is nothing, a zero in the tenant's own currency, so that a headline has a figure."""
    return sums(amounts) or (Money(Decimal(0), currency),)


def share(part: int, whole: int) -> float:
    """A rate between 0 and 1 with four decimals; 0 where there is nothing to divide."""
    return round(part / whole, 4) if whole else 0.0


class Bucket(StrEnum):
    """How long an open invoice is past due, in days."""

    CURRENT = "current"
    DAYS_1_30 = "days_1_30"
    DAYS_31_60 = "days_31_60"
    DAYS_61_90 = "days_61_90"
    DAYS_OVER_90 = "days_over_90"


@dataclass(frozen=True, slots=True)
class QuoteStats:
    """Quotes ever sent, the accepted or converted among them, and those still sent or viewed."""

    total: int
    accepted: int
    pending: int
    conversion_rate: float


@dataclass(frozen=True, slots=True)
class RevenueStats:
    """Invoiced and collected within the period; outstanding and overdue as they stood at its end."""

    invoiced: Sums
    collected: Sums
    outstanding: Sums
    overdue: Sums


@dataclass(frozen=True, slots=True)
class ClientStats:
    """All clients at the end of the period, the new ones in it, and those with something on their timeline in it."""

    total: int
    new: int
    active: int


@dataclass(frozen=True, slots=True)
class CallStats:
    """Calls made out for the period: completed, waiting or under way, and still to come."""

    completed: int
    pending: int
    scheduled: int


@dataclass(frozen=True, slots=True)
class PeriodStats:
    """The headline figures of one period."""

    quotes: QuoteStats
    revenue: RevenueStats
    clients: ClientStats
    calls: CallStats


@dataclass(frozen=True, slots=True)
class Stats(PeriodStats):
    """The headline figures, beside those of the period before (None for `all`)."""

    previous: PeriodStats | None


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that happened. `type` is what it is about, `status` what happened; `link` is a path of the web app."""

    type: str
    title: str
    subtitle: str
    status: str
    timestamp: datetime
    link: str


@dataclass(frozen=True, slots=True)
class DayPoint:
    """One day of a trend, or one month, known by its first day, where `all` reaches back further than 400 days."""

    date: date
    count: int
    value: Sums


@dataclass(frozen=True, slots=True)
class QuotesSummary:
    """Quotes ever sent in the period; `average` is the value of one, by currency."""

    total: int
    value: Sums
    average: Sums
    conversion_rate: float


@dataclass(frozen=True, slots=True)
class DestinationValue:
    """Quotes of one destination."""

    destination: str
    count: int
    value: Sums


@dataclass(frozen=True, slots=True)
class HotelValue:
    """Quotes whose selected, or else first, option is one hotel."""

    hotel: str
    count: int
    value: Sums


@dataclass(frozen=True, slots=True)
class QuoteAnalytics:
    """The quotes made in the period. Drafts and cancelled ones count in `by_status` alone, superseded ones nowhere."""

    summary: QuotesSummary
    by_status: dict[str, int]
    by_destination: tuple[DestinationValue, ...]
    by_hotel: tuple[HotelValue, ...]
    trend: tuple[DayPoint, ...]


@dataclass(frozen=True, slots=True)
class InvoicesSummary(RevenueStats):
    """How many invoices were issued in the period, beside its revenue."""

    total: int


@dataclass(frozen=True, slots=True)
class AgeingBucket:
    """Open invoices of one age and what is still to be paid of them."""

    count: int
    value: Sums


@dataclass(frozen=True, slots=True)
class Ageing:
    """Open invoices by days past due, as of today, whatever the period."""

    current: AgeingBucket
    days_1_30: AgeingBucket
    days_31_60: AgeingBucket
    days_61_90: AgeingBucket
    days_over_90: AgeingBucket


@dataclass(frozen=True, slots=True)
class InvoiceAnalytics:
    """The invoices issued in the period (drafts by the day they were made)."""

    summary: InvoicesSummary
    by_status: dict[str, int]
    aging: Ageing
    trend: tuple[DayPoint, ...]


@dataclass(frozen=True, slots=True)
class CallsSummary:
    """The calls of the period; `success_rate` is completed among those that ended."""

    total: int
    completed: int
    failed: int
    average_duration_s: float
    success_rate: float


@dataclass(frozen=True, slots=True)
class CallQueue:
    """What is waiting now, whatever the period."""

    queued: int
    in_progress: int
    scheduled: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallDay:
    """One day of calls."""

    date: date
    count: int
    completed: int


@dataclass(frozen=True, slots=True)
class CallAnalytics:
    """The calls of the period."""

    summary: CallsSummary
    queue: CallQueue
    by_outcome: dict[str, int]
    trend: tuple[CallDay, ...]


@dataclass(frozen=True, slots=True)
class StageValue:
    """The clients at a stage now, and what the newest quote of each is worth."""

    stage: str
    count: int
    value: Sums


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many of the period's new clients came at least this far, and which share of them all."""

    stage: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class SourceCount:
    """The period's new clients by how they found us, and how many of them have booked."""

    source: str
    count: int
    booked: int


@dataclass(frozen=True, slots=True)
class PipelineAnalytics:
    """All clients by stage, and how far the new ones of the period have come."""

    stages: tuple[StageValue, ...]
    funnel: tuple[FunnelStep, ...]
    by_source: tuple[SourceCount, ...]


@dataclass(frozen=True, slots=True)
class UsedLimit:
    """A daily quota and what is left of it; `resets_at` is the next midnight in the tenant's zone."""

    name: str
    limit: int
    window_s: int
    used: int
    remaining: int
    resets_at: datetime


@dataclass(frozen=True, slots=True)
class Usage:
    """The tenant's quotas."""

    tenant_id: str
    limits: tuple[UsedLimit, ...]


@dataclass(frozen=True, slots=True)
class SectionError:
    """Why a section is missing: a stable code and a sentence for the person who looks at it."""

    code: str
    detail: str


class SectionTooSlow(Unavailable):
    """A section's source did not answer before its deadline."""

    code = "section_timeout"
    title = "This part took too long"


class SectionFailed(Unavailable):
    """A section's source answered with an error of its own."""

    code = "section_failed"
    title = "This part is not available for a moment"


@dataclass(frozen=True, slots=True)
class Sections:
    """All sections of one moment; one that failed is None and says why in `errors` under its name."""

    period: Period
    generated_at: datetime
    stats: Stats | None
    activity: tuple[Activity, ...] | None
    quotes: QuoteAnalytics | None
    invoices: InvoiceAnalytics | None
    calls: CallAnalytics | None
    pipeline: PipelineAnalytics | None
    usage: Usage | None
    errors: dict[str, SectionError]


def add_up(amounts: Iterable[tuple[str | None, Decimal | None]]) -> dict[str, Decimal]:
    """Amounts by currency; what has no currency has no value either and is left out."""
    found: dict[str, Decimal] = {}
    for currency, amount in amounts:
        if currency is not None and amount is not None:
            found[currency] = found.get(currency, Decimal(0)) + amount
    return found
