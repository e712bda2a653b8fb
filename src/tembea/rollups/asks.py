"""What can be asked of rollups, and how a stretch of days is put together of years, months, dekads and days. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

FOREVER = (date(1, 1, 1), date(9999, 12, 31))
"""Further back and further on than any row."""

Grain = Literal["day", "dekad", "month", "year", "ever"]
"""How much time one stored sum covers. A dekad is a third of a month: its days 1 to 10, 11 to 20, and the rest."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The sums of one dimension from `first` to `last`, both inclusive; without days, of what is about now."""

    dimension: str
    first: date | None = None
    last: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether an entry of this day belongs to the sum."""
        if day is None or self.first is None or self.last is None:
            return day is None and self.first is None
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Sum:
    """One key's sum in one currency; "" stands for none of either. `ask` is the position of its question."""

    ask: int
    key: str
    currency: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of one grain, both ends inclusive; a year, a month and a dekad are known by their first day."""

    ask: int
    dimension: str
    grain: Grain
    first: date
    last: date


EVER_DAY = date(2000, 1, 1)
"""The day under which rows of the grain "ever" stand; it means nothing."""


_GRAINS: tuple[Grain, ...] = ("year", "month", "dekad", "day")
"""The coarsest first; each stretch of one lies within one stretch of the grain before it."""
_DAYS_MAX: dict[Grain, int] = {"year": 366, "month": 31, "dekad": 11}


def pieces(asks: Sequence[Ask]) -> list[Piece]:
    """The rows that answer all `asks`: whole years by year, what is left at both ends by month, dekad and day."""
    return [piece for number, ask in enumerate(asks) for piece in _pieces(number, ask)]


def _pieces(number: int, ask: Ask) -> Iterator[Piece]:
    if ask.first is None or ask.last is None:
        yield Piece(number, ask.dimension, "ever", EVER_DAY, EVER_DAY)
        return
    for grain, first, last in _cut(_GRAINS, ask.first, ask.last):
        yield Piece(number, ask.dimension, grain, first, last)


def _cut(grains: Sequence[Grain], first: date, last: date) -> Iterator[tuple[Grain, date, date]]:
    """The stretch in whole ones of the first of `grains`, and its two ends in those of the finer ones."""
    if first > last:
        return
    grain, *finer = grains
    if not finer:
        yield grain, first, last
        return
    begin, end = _first_whole(grain, first), _last_whole(grain, last)
    if begin > end:
        yield from _cut(finer, first, last)
        return
    yield grain, begin, end
    yield from _cut(finer, first, begin - timedelta(days=1)) if first < begin else ()
    yield from _cut(finer, end + timedelta(days=1), last) if end < last else ()


def start_of(grain: Grain, day: date) -> date:
    """The first day of the year, month or dekad in which `day` lies; the third dekad lasts to the month's end."""
    if grain == "year":
        return day.replace(month=1, day=1)
    if grain == "month":
        return day.replace(day=1)
    return day.replace(day=min((day.day - 1) // 10, 2) * 10 + 1) if grain == "dekad" else day


def _first_whole(grain: Grain, first: date) -> date:
    """The first day of the first stretch that begins no sooner than `first`."""
    start = start_of(grain, first)
    return start if start == first else start_of(grain, start + timedelta(days=_DAYS_MAX[grain]))


def _last_whole(grain: Grain, last: date) -> date:
    """The last day of the last stretch that ends no later than `last`."""
    return last if last == FOREVER[1] else start_of(grain, last + timedelta(days=1)) - timedelta(days=1)
