"""The plan of the demonstration: who asked for what, when, and what came of it. Pure, and the same on every day.

Only distances in days stand here, so that a demo started today looks as lively as one started next year.
"""

from collections.abc import Iterator, Sequence

from tembea.demo.model import InvoicePlan, QuotePlan

_AGES: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("draft", (0, 0, 1, 2)),
    ("sent", (0, 0, 1, 1, 2, 3, 4, 6, 8)),
    ("viewed", (0, 1, 2, 3, 4, 5, 7, 9, 9)),
    ("accepted", (2, 4, 6, 8, 11)),
    ("converted", (9, 12, 15, 18, 21, 25, 28, 33, 37, 41, 46, 52, 58, 64, 71, 79, 86, 104, 112, 127, 148)),
    ("declined", (6, 13, 29, 38, 55, 101)),
    ("expired", (17, 19, 24, 36, 61, 82, 120)),
    ("cancelled", (5, 27)),
)
"""How many days ago the quotes of each status were made; the newest two months are the fullest."""

_REVISED_AT = {("viewed", 5), ("converted", 41)}
"""The quotes that have a first version behind them."""

_PARTIES: tuple[tuple[int, tuple[int, ...]], ...] = (
    (2, ()),
    (2, (7,)),
    (2, ()),
    (1, ()),
    (2, (4, 9)),
    (4, ()),
    (2, ()),
    (2, (1,)),
    (3, ()),
    (2, (13, 15)),
)
_NIGHTS = (7, 5, 10, 4, 7, 8, 6, 3, 12)
_BOARDS = (None, "HB", None, "BB", "AI", None, "FB")
_LEADS = (64, 38, 120, 27, 85, 151, 46, 96, 33)
_QUIET_PEOPLE = 6
"""Customers at the end of the list who wrote lately and have no quote yet."""


def plan_quotes(destinations: Sequence[str], people: int) -> list[QuotePlan]:
    """All quotes, the oldest first."""
    ages = sorted(((days, status) for status, all_days in _AGES for days in all_days), reverse=True)
    return [
        _quote(number, status, days, destinations, people - _QUIET_PEOPLE) for number, (days, status) in enumerate(ages)
    ]


def _quote(number: int, status: str, days_ago: int, destinations: Sequence[str], people: int) -> QuotePlan:
    adults, children = _PARTIES[number % len(_PARTIES)]
    chosen = status in ("accepted", "converted")
    return QuotePlan(
        person=(number * 7) % people,
        status=status,
        days_ago=days_ago,
        # Favourites sell more: every second quote is for one of the first three places.
        destination=destinations[number // 2 % 3] if number % 2 else destinations[number // 2 % len(destinations)],
        lead_days=_lead(number, status, days_ago),
        nights=_NIGHTS[number % len(_NIGHTS)],
        adults=adults,
        children_ages=children,
        board=_BOARDS[number % len(_BOARDS)],
        option=number % 3 if chosen else None,
        revised=(status, days_ago) in _REVISED_AT,
    )


def _lead(number: int, status: str, days_ago: int) -> int:
    """Days from the quote to the trip. What was sold two months ago was travelled; what is unpaid lies ahead still."""
    if status == "converted" and 50 <= days_ago < 79:
        return 27
    if status == "converted" and days_ago > 40:
        return days_ago + 25 + number
    return _LEADS[number % len(_LEADS)]


_OVERDUE = (103, 74, 45, 27, 12, 4)
"""Days past due of the invoices that were not paid in time."""


def plan_invoices(count: int) -> Iterator[InvoicePlan]:
    """The invoices of `count` converted quotes, the oldest first; every status and every age is there."""
    for late in _OVERDUE:
        part = late in (74, 27)
        yield InvoicePlan("overdue", -late, (30,) if part else ())
    rest = (
        [InvoicePlan("paid", -days, (30, 70)) for days in (60, 52, 44, 36, 30, 20)]
        + [InvoicePlan("void", -20, ())]
        + [InvoicePlan("partially_paid", days, (30,)) for days in (5, 11, 19, 33)]
        + [InvoicePlan("viewed", 14, ()), InvoicePlan("sent", 21, ()), InvoicePlan("sent", 7, ())]
        + [InvoicePlan("draft", 28, ())]
    )
    yield from rest[: count - len(_OVERDUE)]
