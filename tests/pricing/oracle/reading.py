"""The oracle's view of a contract document and a request: plain mappings, dates and fractions, nothing of the kernel's.

Everything here is as simple as it can be said. What is slow stays slow.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, cached_property
from typing import cast

Row = Mapping[str, object]
BOARDS = ("RO", "BB", "HB", "FB", "AI")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DECIMALS = {"USD": 2, "ZAR": 2, "JPY": 0, "KWD": 3}


@dataclass(frozen=True)
class Ask:
    """A request: children are an age or a birth date."""

    check_in: date
    check_out: date
    adults: int
    children: tuple[int | date, ...] = ()
    rooms: int | None = None
    board: str | None = None
    booked: date = date(2027, 1, 1)
    services: tuple[tuple[str, int], ...] = ()

    @cached_property
    def nights(self) -> list[date]:
        return [self.check_in + timedelta(days=step) for step in range((self.check_out - self.check_in).days)]


@dataclass(frozen=True)
class Person:
    """One guest with a band and an age on every night; an adult's age is None."""

    name: str
    bands: tuple[str, ...]
    ages: tuple[int | None, ...]


def rows(document: Row, key: str) -> list[Row]:
    return list(cast("Sequence[Row]", document.get(key, [])))


def number(value: object) -> Fraction:
    return _parsed(str(value))


@cache
def _parsed(text: str) -> Fraction:
    return Fraction(text)


def texts(row: Row, key: str) -> list[str]:
    return [str(value) for value in cast("Sequence[object]", row.get(key, []))]


def whole(row: Row, key: str, default: int = 0) -> int:
    return cast("int", row.get(key) or default)


def flag(row: Row, key: str, *, default: bool) -> bool:
    value = row.get(key)
    return default if value is None else bool(value)


def half_up(amount: Fraction, currency: str) -> Fraction:
    """The nearest minor unit; a half goes away from zero."""
    scale = 10 ** DECIMALS[currency]
    twice = 2 * scale * abs(amount.numerator) + amount.denominator
    units = twice // (2 * amount.denominator)
    return Fraction(units if amount >= 0 else -units, scale)


def inside(row: Row, day: date, first: str = "from", last: str = "to") -> bool:
    lower, upper = row.get(first), row.get(last)
    return (lower is None or str(lower) <= str(day)) and (upper is None or str(day) <= str(upper))


def season_on(document: Row, day: date) -> str | None:
    best: Row | None = None
    for season in rows(document, "seasons"):
        days = texts(season, "weekdays")
        if not inside(season, day) or (days and WEEKDAYS[day.weekday()] not in days):
            continue
        if best is None or whole(season, "priority") > whole(best, "priority"):
            best = season
    return None if best is None else str(best["code"])


def covers(document: Row, row: Row, day: date) -> bool:
    """Whether a supplement, restriction or offer speaks of the day."""
    seasons = texts(row, "seasons")
    if seasons and season_on(document, day) not in seasons:
        return False
    if "dates" not in row and "from" not in row and "to" not in row:
        return True
    has_span = "from" in row or "to" in row
    return str(day) in texts(row, "dates") or (has_span and inside(row, day))


def for_room(row: Row, room: str) -> bool:
    return not texts(row, "rooms") or room in texts(row, "rooms")


def people(document: Row, ask: Ask) -> list[Person]:
    """Adults, then children from the eldest."""
    found = [
        Person(f"Adult {n + 1}", ("adult",) * len(ask.nights), (None,) * len(ask.nights)) for n in range(ask.adults)
    ]
    per_night = document.get("child_age_basis") == "per_night"
    aged = sorted(
        ([_age(child, night if per_night else ask.check_in) for night in ask.nights] for child in ask.children),
        reverse=True,
    )
    for place, ages in enumerate(aged, start=1):
        bands = tuple(_band(document, age) for age in ages)
        found.append(Person(f"Child {place} ({ages[0]})", bands, tuple(ages)))
    return found


def _age(child: int | date, day: date) -> int:
    if isinstance(child, int):
        return child
    birthdays = [year for year in range(child.year + 1, day.year + 1) if day >= _birthday(child, year)]
    return len(birthdays)


def _birthday(born: date, year: int) -> date:
    try:
        return date(year, born.month, born.day)
    except ValueError:
        return date(year, 3, 1)


def _band(document: Row, age: int) -> str:
    for band in rows(document, "age_bands"):
        if whole(band, "from") <= age <= whole(band, "to"):
            return str(band["code"])
    return "adult"


def narrowest(found: Sequence[Row]) -> Row | None:
    """Of several supplements the narrowest: days before rooms before seasons; then the first listed."""
    best: Row | None = None
    for row in found:
        if best is None or _weight(row) > _weight(best):
            best = row
    return best


def _weight(row: Row) -> int:
    has_days = bool(texts(row, "dates")) or "from" in row or "to" in row
    return 4 * has_days + 2 * bool(texts(row, "rooms")) + bool(texts(row, "seasons"))


def partitions(guests: Sequence[Person]) -> Iterator[list[tuple[Person, ...]]]:
    """Every way to part the guests into groups."""
    if not guests:
        yield []
        return
    first, rest = guests[0], guests[1:]
    for smaller in partitions(rest):
        yield [(first,), *smaller]
        for place, group in enumerate(smaller):
            yield [*smaller[:place], (first, *group), *smaller[place + 1 :]]
