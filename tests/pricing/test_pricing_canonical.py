"""Canonical bytes: what is equal has the same bytes, and nothing else does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType

import pytest

from tembea.pricing import Board, canonical_bytes


@dataclass(frozen=True)
class Pair:
    night: date
    amounts: Mapping[str, Decimal]


class Words(Sequence[str]):
    """Not among what has a form: neither a list nor a tuple."""

    def __getitem__(self, place: object) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        raise IndexError(place)

    def __len__(self) -> int:
        return 0


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("120.50"), '"120.5"'),
        (Decimal("120.00"), '"120"'),
        (Decimal("1200"), '"1200"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("0.05"), '"0.05"'),
        (None, "null"),
        (True, "true"),
        (7, "7"),
        ("Málaga", '"Málaga"'),
        (date(2027, 2, 1), '"2027-02-01"'),
        (datetime(2027, 2, 1, 12, tzinfo=UTC), '"2027-02-01T12:00:00+00:00"'),
        (Board.HB, '"HB"'),
        ((1, "a", None), '[1,"a",null]'),
        ([Decimal("1.0")], '["1"]'),
        (frozenset({"b", "a"}), '["a","b"]'),
        ({"b": 1, "a": Decimal("2.0")}, '{"a":"2","b":1}'),
        ({Board.HB: 1}, '{"HB":1}'),
        ({date(2027, 2, 1): 1, 3: 2}, '{"2027-02-01":1,"3":2}'),
        (MappingProxyType({Board.BB: [Board.RO]}), '{"BB":["RO"]}'),
        (Pair(date(2027, 2, 1), {"adult": Decimal("2.50")}), '{"amounts":{"adult":"2.5"},"night":"2027-02-01"}'),
    ],
)
def test_each_kind_of_value_has_one_form(value: object, written: str) -> None:
    assert canonical_bytes(value).decode() == written


@pytest.mark.parametrize("value", [1.5, Words(), Pair, object()])
def test_a_kind_without_a_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=f"{type(value).__name__} has no canonical form"):
        canonical_bytes(value)
