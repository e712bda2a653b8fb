"""The kernel beside the oracle on a few hundred stays; `python -m tests.prove.oracle` takes more."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import cast

import pytest

from tembea.kernel.money import Money
from tembea.pricing import Priced, SellPolicy, price_stay
from tests.pricing.oracle import Ask, price
from tests.pricing.oracle.comparing import compare_world, differences, request_of
from tests.pricing.pricing_factories import BAOBAB, baobab, day, examples


@pytest.mark.parametrize("seed", range(8))
def test_the_kernel_and_the_oracle_agree_on_random_stays(seed: int) -> None:
    tally = compare_world(1_000_000 + seed, stays=30)
    assert tally.differences == []
    assert tally.stays == 30


@pytest.mark.parametrize("example", examples(), ids=lambda example: str(example["id"]))
def test_the_oracle_knows_the_worked_examples(example: Mapping[str, Mapping[str, object]]) -> None:
    asked, expected = example["request"], example["expect"]
    document = {**BAOBAB, **example["patch"]}
    born = cast("list[str]", asked.get("child_birth_dates", []))
    ages = cast("list[int]", asked["children_ages"])
    answer = price(
        document,
        Ask(
            check_in=day(str(asked["check_in"])),
            check_out=day(str(asked["check_out"])),
            adults=int(str(asked["adults"])),
            children=tuple([day(text) for text in born] or ages),
            rooms=2 if asked.get("rooms") == 2 else None,
            board=str(asked["board"]),
            booked=day(str(asked["booking_date"])),
        ),
    )
    if "cost_total" in expected:
        assert answer.cost == Fraction(str(expected["cost_total"]))
    else:
        assert answer.ordered[0] == expected["code"]


def test_a_cent_more_is_a_difference() -> None:
    ask = Ask(day("2027-02-01"), day("2027-02-03"), 2, board="BB")
    outcome = price_stay(baobab(), request_of(ask), policy=SellPolicy(), now=datetime(2027, 1, 1, tzinfo=UTC))
    assert isinstance(outcome, Priced)
    assert list(differences(baobab(), price(BAOBAB, ask), outcome)) == []
    dearer = replace(outcome, cost_total=outcome.cost_total + Money(Decimal("0.01"), "USD"))
    assert list(differences(baobab(), price(BAOBAB, ask), dearer)) != []
