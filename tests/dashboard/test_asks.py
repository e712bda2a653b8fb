"""A stretch of days is cut into stored sums so that each of its days is counted once, and in few of them."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tembea.rollups import FOREVER, Ask
from tembea.rollups.asks import Piece, pieces, start_of

DAYS = st.dates(date(1999, 1, 1), date(2036, 12, 31))


def days_of(piece: Piece) -> list[date]:
    """Every day that the rows of a piece speak of: those whose stretch has its first day within the piece."""
    around = [piece.first + timedelta(days=n) for n in range(-1, (piece.last - piece.first).days + 400)]
    return [day for day in around if piece.first <= start_of(piece.grain, day) <= piece.last]


@given(DAYS, DAYS)
@example(date(2024, 2, 29), date(2024, 2, 29))
@example(date(2023, 12, 31), date(2025, 1, 1))
@example(date(2024, 2, 21), date(2024, 3, 31))
def test_each_day_is_counted_once(one: date, other: date) -> None:
    first, last = sorted((one, other))

    found = sorted(day for piece in pieces([Ask("quotes.value", first, last)]) for day in days_of(piece))

    assert found == [first + timedelta(days=n) for n in range((last - first).days + 1)]


@given(DAYS, DAYS)
def test_a_stretch_is_few_sums(one: date, other: date) -> None:
    first, last = sorted((one, other))
    rows = {
        (piece.grain, start_of(piece.grain, day))
        for piece in pieces([Ask("quotes.value", first, last)])
        for day in days_of(piece)
    }

    assert len(rows) <= 2 * (10 + 2 + 11) + (last.year - first.year)


@pytest.mark.parametrize(("first", "last"), [(FOREVER[0], date(2026, 11, 27)), (date(2026, 11, 27), FOREVER[1])])
def test_a_stretch_without_an_end_is_cut_too(first: date, last: date) -> None:
    found = pieces([Ask("invoices.open", first, last)])

    assert min(piece.first for piece in found) == first
    assert max(piece.last for piece in found) == last
    assert sum((piece.last - piece.first).days + 1 for piece in found) == (last - first).days + 1


def test_what_is_about_now_has_no_days() -> None:
    assert [piece.grain for piece in pieces([Ask("calls.now")])] == ["ever"]
