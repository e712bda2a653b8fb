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

TREND_DAYS_MAX = 400
"""A trend has a point for each day, and one for each month where `all` reaches back further than this."""


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
    def is_endless(self) -> bool:
        """Whether it reaches back to the first row there is."""
        return self.first == _BEGINNING

    def is_by_month(self, earliest: date | None) -> bool:
        """Whether a trend of things since `earliest` has a point a month, not a day."""
        start = (earliest or self.last).replace(day=1)
        return self.is_endless and (self.last - start).days >= TREND_DAYS_MAX

    def points(self, earliest: date | None) -> list[date]:
        """Every day of the span, from `earliest` on where the span is endless; or every month, by its first day."""
        start = min(earliest or self.last, self.last) if self.is_endless else self.first
        if self.is_by_month(earliest):
            months = range(start.year * 12 + start.month - 1, self.last.year * 12 + self.last.month)
            return [date(month // 12, month % 12 + 1, 1) for month in months]
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
