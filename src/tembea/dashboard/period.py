"""Periods of the dashboard: whole days in the tenant's zone that end today."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Period(StrEnum):
    """How far back the dashboard looks; every period ends today in the tenant's zone."""

    WEEK = "7d"
    MONTH = "30d"
    QUARTER = "90d"
    YEAR = "year"
    ALL = "all"


_DAYS = {Period.WEEK: 7, Period.MONTH: 30, Period.QUARTER: 90, Period.YEAR: 365}
_BEGINNING = date(2000, 1, 1)
"""Older than any row: where the period `all` starts."""

TREND_MAX_DAYS = 1_830
"""A trend has a point for each day; `all` shows at most the latest five years of them."""


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days, both ends inclusive, in one time zone."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def starts_at(self) -> datetime:
        """The instant at which the first day begins."""
        return datetime.combine(self.first, time.min, tzinfo=self.zone).astimezone(UTC)

    @property
    def ends_at(self) -> datetime:
        """The instant at which the day after the last one begins."""
        return datetime.combine(self.last + timedelta(days=1), time.min, tzinfo=self.zone).astimezone(UTC)

    @property
    def trend_first(self) -> date:
        """The first day that a trend may show."""
        return max(self.first, self.last - timedelta(days=TREND_MAX_DAYS - 1))

    def days(self, earliest: date | None) -> list[date]:
        """Every day of the span, from `earliest` on where the span reaches back further than the data."""
        start = self.trend_first
        if self.first == _BEGINNING:
            start = max(start, min(earliest or self.last, self.last))
        return [start + timedelta(days=offset) for offset in range((self.last - start).days + 1)]


def span_of(period: Period, today: date, zone: ZoneInfo) -> Span:
    """The days of a period that ends `today`: `7d` is today and the six days before, `year` 365 days."""
    if period is Period.ALL:
        return Span(_BEGINNING, today, zone)
    return Span(today - timedelta(days=_DAYS[period] - 1), today, zone)


def span_before(period: Period, today: date, zone: ZoneInfo) -> Span | None:
    """As many days again, just before the period; None for `all`."""
    if period is Period.ALL:
        return None
    return span_of(period, today - timedelta(days=_DAYS[period]), zone)
