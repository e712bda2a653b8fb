"""The worked examples of the pricing specification, as data."""

from collections.abc import Mapping, Sequence
from typing import cast

import pytest

from tembea.pricing import Priced
from tests.pricing.pricing_factories import baobab, examples, outcome, stay


@pytest.mark.parametrize("example", examples(), ids=lambda example: str(example["id"]))
def test_example_prices_as_the_specification_says(example: Mapping[str, object]) -> None:
    contract = baobab(cast("Mapping[str, object]", example["patch"]))
    asked = cast("Mapping[str, object]", example["request"])
    expected = cast("Mapping[str, object]", example["expect"])
    request = stay(
        str(asked["check_in"]),
        str(asked["check_out"]),
        cast("int", asked["adults"]),
        cast("Sequence[int]", asked["children_ages"]),
        born=cast("Sequence[str]", asked.get("child_birth_dates", [])),
        rooms=cast("int | None", asked.get("rooms")),
        board=str(asked["board"]),
        booked=str(asked["booking_date"]),
    )

    result = outcome(contract, request)

    if isinstance(result, Priced):
        said: dict[str, object] = {
            "cost_total": str(result.cost_total.amount),
            "offers_applied": list(result.offers_applied),
        }
    else:
        said = {
            "code": str(result.code),
            "date": str(result.date),
            "reasons": [str(reason) for reason in result.reasons],
        }
    assert {key: said.get(key) for key in expected} == expected
