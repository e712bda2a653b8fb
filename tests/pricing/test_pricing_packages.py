"""Packages: totals per person for exactly so many nights."""

from collections.abc import Sequence

import pytest

from tembea.pricing import ENGINE_VERSION, Code, Contract
from tests.pricing.pricing_factories import PLAIN, baobab, cost, priced, rejected, stay

SEVEN = ("2027-05-01", "2027-05-08")


def zanzibar(**changes: object) -> Contract:
    package = {
        "code": "ZNZ7",
        "board": "BB",
        "room": "standard",
        "nights": 7,
        "valid": {"from": "2027-01-01", "to": "2027-12-31"},
        "sharing": "40000.00",
        "single": "55000.00",
        "child": "20000.00",
        "child_band": "child",
        "infant": "1000.00",
        "row": 7,
    }
    empty: dict[str, object] = {key: [] for key in ("plans", "seasons", "rates", "child_rules", "supplements")}
    return baobab(PLAIN, empty, currency="ZAR", packages=[{**package, **changes}])


@pytest.mark.parametrize(
    ("adults", "ages", "rooms", "total"),
    [
        (2, [], None, "80000.00"),
        (1, [], None, "55000.00"),
        (3, [], None, "135000.00"),
        (4, [], 2, "160000.00"),
        (2, [9, 5], None, "120000.00"),
        (2, [1], None, "81000.00"),
        (1, [9], None, "75000.00"),
        (1, [16], None, "80000.00"),
    ],
)
def test_a_package_prices_sharing_single_child_and_infant(
    adults: int, ages: Sequence[int], rooms: int | None, total: str
) -> None:
    assert cost(zanzibar(), stay(*SEVEN, adults, ages, rooms=rooms)) == total


def test_a_missing_single_price_is_no_rate_for_a_lone_adult_and_not_sharing() -> None:
    contract = zanzibar(single=None)
    assert rejected(contract, stay(*SEVEN, 1)).code is Code.NO_RATE
    assert rejected(contract, stay(*SEVEN, 3)).code is Code.NO_RATE
    assert cost(contract, stay(*SEVEN, 2)) == "80000.00"


@pytest.mark.parametrize(("ages", "missing"), [([13], {}), ([1], {"infant": None}), ([9], {"child": None})])
def test_a_child_for_whom_there_is_no_price_is_no_rate(ages: Sequence[int], missing: dict[str, object]) -> None:
    assert rejected(zanzibar(**missing), stay(*SEVEN, 2, ages)).code is Code.NO_RATE


@pytest.mark.parametrize("check_out", ["2027-05-07", "2027-05-09"])
def test_only_the_exact_number_of_nights_is_sold(check_out: str) -> None:
    result = rejected(zanzibar(), stay("2027-05-01", check_out))
    assert (result.code, result.reasons, str(result.date)) == (Code.NO_RATE, (Code.NO_RATE,), "2027-05-01")
    assert result.engine_version == ENGINE_VERSION


def test_every_night_must_be_valid_and_the_check_out_day_need_not() -> None:
    assert cost(zanzibar(), stay("2027-12-25", "2028-01-01")) == "80000.00"
    result = rejected(zanzibar(), stay("2027-12-26", "2028-01-02"))
    assert (result.code, str(result.date)) == (Code.NO_RATE, "2028-01-01")


def test_a_package_line_names_its_row_in_the_source() -> None:
    line = priced(zanzibar(), stay(*SEVEN)).cost_lines[0]
    assert (line.source_ref.row, line.source_ref.sheet, line.date) == (7, "Rates", None)


def test_a_package_and_nightly_rates_in_one_contract_give_the_cheaper() -> None:
    package = {
        "code": "P7",
        "board": "BB",
        "room": "standard",
        "nights": 7,
        "valid": {"from": "2027-01-01", "to": "2027-12-31"},
        "sharing": "700.00",
    }
    contract = baobab(PLAIN, packages=[package])
    assert cost(contract, stay("2027-02-01", "2027-02-08")) == "1400.00"  # nightly 1680.00
    assert cost(contract, stay("2027-02-01", "2027-02-07")) == "1440.00"


def test_offers_leave_package_totals_alone() -> None:
    offers = [{"code": "X", "kind": "fixed", "percent": "10"}]
    package = {
        "code": "P7",
        "board": "BB",
        "room": "standard",
        "nights": 7,
        "valid": {"from": "2027-01-01", "to": "2027-12-31"},
        "sharing": "700.00",
    }
    contract = baobab(PLAIN, plans=[], rates=[], packages=[package], offers=offers)
    result = priced(contract, stay("2027-02-01", "2027-02-08"))
    assert (str(result.cost_total.amount), result.offers_applied) == ("1400.00", ())


def test_board_above_the_package_s_and_extra_adults_are_supplements() -> None:
    supplements = [
        {"kind": "board", "board": "HB", "amount": "10.00"},
        {"kind": "extra_adult", "percent": "70"},
    ]
    triple = {"code": "standard", "base_adults": 2, "max_adults": 3, "max_children": 2}
    package = {
        "code": "P7",
        "board": "BB",
        "room": "standard",
        "nights": 7,
        "valid": {"from": "2027-01-01", "to": "2027-12-31"},
        "sharing": "700.00",
    }
    contract = baobab(PLAIN, plans=[], rates=[], packages=[package], supplements=supplements, rooms=[triple])
    assert cost(contract, stay("2027-02-01", "2027-02-08", 2, board="HB")) == "1540.00"
    assert cost(contract, stay("2027-02-01", "2027-02-08", 3)) == "1890.00"


@pytest.mark.parametrize(
    ("changes", "ages", "price"),
    [
        ({}, [13], "band teen"),
        ({"infant": None}, [1], "infant"),
        ({"child": None}, [9], "child"),
        ({"single": None}, [], "single"),
    ],
)
def test_a_missing_price_is_named_with_the_guest_and_the_arrival(
    changes: dict[str, object], ages: Sequence[int], price: str
) -> None:
    result = rejected(zanzibar(**changes), stay(*SEVEN, 2 if ages else 1, ages))
    guest = f"Child 1 ({ages[0]})" if ages else "Adult 1"
    assert result.detail == f"Package ZNZ7 has no {price} price for {guest}."
    assert str(result.date) == SEVEN[0]


def test_a_package_that_does_not_fit_says_why() -> None:
    assert rejected(zanzibar(), stay("2027-05-01", "2027-05-07")).detail == (
        "Package ZNZ7 is sold for 7 nights, not for 6."
    )
    assert rejected(zanzibar(), stay("2027-12-26", "2028-01-02")).detail == (
        "Package ZNZ7 does not cover the night of 2028-01-01."
    )


def test_thousands_of_packages_for_other_dates_are_passed_over_and_the_first_says_why_none_is_sold() -> None:
    package = {"board": "BB", "room": "standard", "nights": 7, "sharing": "900"}
    others = [
        {
            **package,
            "code": f"P{place}",
            "valid": {"from": f"2027-0{place % 4 + 6}-01", "to": f"2027-0{place % 4 + 6}-28"},
        }
        for place in range(5_000)
    ]
    mine = {**package, "code": "MAY", "valid": {"from": SEVEN[0], "to": SEVEN[1]}, "sharing": "40000"}
    empty: dict[str, object] = {key: [] for key in ("plans", "seasons", "rates", "child_rules", "supplements")}
    contract = baobab(PLAIN, empty, packages=[*others, mine])
    assert cost(contract, stay(*SEVEN)) == "80000.00"
    result = rejected(contract, stay("2027-05-01", "2027-05-07"))
    assert (result.reasons, result.detail) == ((Code.NO_RATE,), "Package P0 is sold for 7 nights, not for 6.")
