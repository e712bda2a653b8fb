"""What can be asked of rollups, and how a stretch of days is put together of whole months and single days. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

FOREVER = (date(1, 1, 1), date(9999, 12, 31))
"""Further back and further on than any row."""

Grain = Literal["day", "month", "ever"]


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
    """Rows of one grain, both ends inclusive; a month is known by its first day."""

    ask: int
    dimension: str
    grain: Grain
    first: date
    last: date


EVER_DAY = date(2000, 1, 1)
"""The day under which rows of the grain "ever" stand; it means nothing."""


def pieces(asks: Sequence[Ask]) -> list[Piece]:
    """The rows that answer all `asks`: whole months by month, what is left at both ends by day."""
    return [piece for number, ask in enumerate(asks) for piece in _pieces(number, ask)]


def _pieces(number: int, ask: Ask) -> Iterator[Piece]:
    if ask.first is None or ask.last is None:
        yield Piece(number, ask.dimension, "ever", EVER_DAY, EVER_DAY)
        return
    endless = ask.last == FOREVER[1]
    begin = _first_of_month_from(ask.first)
    end = FOREVER[1] if endless else (ask.last + timedelta(days=1)).replace(day=1)
    if begin >= end:
        yield Piece(number, ask.dimension, "day", ask.first, ask.last)
        return
    yield Piece(number, ask.dimension, "month", begin, end if endless else end - timedelta(days=1))
    if ask.first < begin:
        yield Piece(number, ask.dimension, "day", ask.first, begin - timedelta(days=1))
    if end <= ask.last and not endless:
        yield Piece(number, ask.dimension, "day", end, ask.last)


def _first_of_month_from(day: date) -> date:
    """The first day of a month that is not before `day`."""
    if day.day == 1:
        return day
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
