"""Restrictions: every reason is listed, in one order, and never hides another."""

from collections.abc import Sequence

import pytest

from tembea.pricing import Code, Priced
from tests.pricing.pricing_factories import PLAIN, baobab, outcome, rejected, stay

TWO_NIGHTS = ("2027-02-10", "2027-02-12")


def reasons(restrictions: Sequence[object], check_in: str, check_out: str, booked: str = "2027-01-01") -> list[str]:
    result = outcome(baobab(PLAIN, restrictions=restrictions), stay(check_in, check_out, booked=booked))
    return [] if isinstance(result, Priced) else [str(reason) for reason in result.reasons]


@pytest.mark.parametrize(
    ("restriction", "code"),
    [
        ({"kind": "release", "days": 41}, "RELEASE"),
        ({"kind": "stop_sale", "dates": ["2027-02-11"]}, "STOP_SALE"),
        ({"kind": "stop_sale", "from": "2027-02-11", "to": "2027-02-20"}, "STOP_SALE"),
        ({"kind": "closed_to_arrival", "dates": ["2027-02-10"]}, "CTA"),
        ({"kind": "closed_to_departure", "dates": ["2027-02-12"]}, "CTD"),
        ({"kind": "max_stay", "nights": 1, "mode": "arrival"}, "MAX_STAY"),
        ({"kind": "max_stay", "nights": 1, "mode": "through"}, "MAX_STAY"),
        ({"kind": "min_stay", "nights": 3, "mode": "through"}, "MIN_STAY_THROUGH"),
        ({"kind": "min_stay", "nights": 3, "mode": "arrival"}, "MIN_STAY_ARRIVAL"),
    ],
)
def test_a_broken_restriction_is_named(restriction: object, code: str) -> None:
    assert reasons([restriction], *TWO_NIGHTS) == [code]


@pytest.mark.parametrize(
    "restriction",
    [
        {"kind": "release", "days": 40},
        {"kind": "stop_sale", "dates": ["2027-02-12"]},
        {"kind": "stop_sale", "seasons": ["HIGH"]},
        {"kind": "closed_to_arrival", "dates": ["2027-02-11", "2027-02-12"]},
        {"kind": "closed_to_departure", "dates": ["2027-02-10", "2027-02-11"]},
        {"kind": "max_stay", "nights": 2, "mode": "through"},
        {"kind": "min_stay", "nights": 2, "mode": "arrival"},
        {"kind": "min_stay", "nights": 5, "mode": "arrival", "dates": ["2027-02-11"]},
    ],
)
def test_a_restriction_that_the_stay_keeps_is_silent(restriction: object) -> None:
    assert reasons([restriction], *TWO_NIGHTS) == []


def test_the_check_out_day_is_never_restricted_but_by_ctd() -> None:
    leaving = ["2027-02-12"]
    others = [
        {"kind": "stop_sale", "dates": leaving},
        {"kind": "closed_to_arrival", "dates": leaving},
        {"kind": "min_stay", "mode": "through", "nights": 9, "dates": leaving},
    ]
    assert reasons(others, *TWO_NIGHTS) == []
    assert reasons([*others, {"kind": "closed_to_departure", "dates": leaving}], *TWO_NIGHTS) == ["CTD"]


def test_minimum_stay_through_is_the_maximum_over_all_nights() -> None:
    rows = [
        {"kind": "min_stay", "mode": "through", "nights": 2, "seasons": ["LOW"]},
        {"kind": "min_stay", "mode": "through", "nights": 4, "seasons": ["HIGH"]},
    ]
    assert reasons(rows, "2027-03-30", "2027-04-02") == ["MIN_STAY_THROUGH"]
    assert reasons(rows, "2027-03-29", "2027-04-02") == []
    assert reasons(rows, "2027-03-29", "2027-04-01") == []


def test_minimum_stay_on_arrival_is_the_arrival_night_s_alone() -> None:
    rows = [{"kind": "min_stay", "mode": "arrival", "nights": 4, "seasons": ["HIGH"]}]
    assert reasons(rows, "2027-03-30", "2027-04-02") == []
    assert reasons(rows, "2027-04-01", "2027-04-03") == ["MIN_STAY_ARRIVAL"]


def test_all_reasons_are_listed_in_order() -> None:
    rows = [
        {"kind": "min_stay", "mode": "arrival", "nights": 30},
        {"kind": "min_stay", "mode": "through", "nights": 30},
        {"kind": "max_stay", "mode": "arrival", "nights": 1},
        {"kind": "closed_to_departure", "dates": ["2028-01-08"]},
        {"kind": "closed_to_arrival", "dates": ["2028-01-04"]},
        {"kind": "stop_sale", "dates": ["2028-01-05"]},
        {"kind": "release", "days": 14},
    ]
    request = stay("2028-01-04", "2028-01-08", adults=3, rooms=1, booked="2028-01-01")
    result = rejected(baobab(PLAIN, restrictions=rows), request)
    assert list(result.reasons) == [code for code in Code if "FX" not in code]
    assert result.code is Code.CAPACITY


def test_the_first_reason_gives_the_date() -> None:
    rows = [{"kind": "stop_sale", "dates": ["2028-01-05"]}]
    result = rejected(baobab(PLAIN, restrictions=rows), stay("2028-01-04", "2028-01-08"))
    assert (result.reasons, str(result.date)) == ((Code.STOP_SALE, Code.NO_RATE), "2028-01-05")


def test_outside_the_contract_s_booking_window_there_is_no_rate() -> None:
    contract = baobab(PLAIN, booking_window={"from": "2027-01-05", "to": "2027-01-31"})
    assert rejected(contract, stay(*TWO_NIGHTS, booked="2027-01-04")).reasons == (Code.NO_RATE,)
    assert isinstance(outcome(contract, stay(*TWO_NIGHTS, booked="2027-01-31")), Priced)
    early = baobab(PLAIN, booking_window={"from": "2027-01-05"})
    detail = rejected(early, stay(*TWO_NIGHTS, booked="2027-01-04")).detail
    assert detail == "The contract is booked from 2027-01-05 to any day; the booking date is 2027-01-04."


def test_restrictions_also_reach_packages() -> None:
    package = {
        "code": "P7",
        "board": "BB",
        "room": "standard",
        "nights": 7,
        "valid": {"from": "2027-01-01", "to": "2027-12-31"},
        "sharing": "700",
    }
    contract = baobab(PLAIN, plans=[], rates=[], packages=[package], restrictions=[{"kind": "release", "days": 60}])
    assert rejected(contract, stay("2027-02-01", "2027-02-08")).reasons == (Code.RELEASE,)
    assert rejected(contract, stay("2027-02-01", "2027-02-07")).reasons == (Code.RELEASE, Code.NO_RATE)


def test_a_board_that_is_not_sold_does_not_hide_what_closes_the_rooms() -> None:
    rows = [{"kind": "stop_sale", "dates": ["2027-02-11"], "rooms": ["standard"]}]
    result = rejected(baobab(PLAIN, restrictions=rows), stay(*TWO_NIGHTS, board="RO"))
    assert result.reasons == (Code.STOP_SALE, Code.NO_RATE)


@pytest.mark.parametrize(
    ("restriction", "detail"),
    [
        ({"kind": "release", "days": 41}, "Booked 40 days before arrival; the release period is 41 days."),
        ({"kind": "stop_sale", "dates": ["2027-02-11"]}, "Sales are stopped on 2027-02-11."),
        ({"kind": "closed_to_arrival"}, "Arrival is closed on 2027-02-10."),
        ({"kind": "closed_to_departure"}, "Departure is closed on 2027-02-12."),
        ({"kind": "max_stay", "nights": 1, "mode": "arrival"}, "2 nights are more than the maximum of 1."),
        ({"kind": "min_stay", "nights": 3, "mode": "arrival"}, "2 nights are fewer than the minimum of 3."),
    ],
)
def test_a_reason_says_in_words_what_would_have_been_sold(restriction: object, detail: str) -> None:
    result = rejected(baobab(PLAIN, restrictions=[restriction]), stay(*TWO_NIGHTS))
    assert result.detail == detail
    assert str(result.date) in {detail[-11:-1], TWO_NIGHTS[0]}


def test_the_strictest_of_several_maximum_stays_counts() -> None:
    rows = [{"kind": "max_stay", "nights": nights, "mode": "arrival"} for nights in (4, 1)]
    assert reasons(rows, *TWO_NIGHTS) == ["MAX_STAY"]
    through = [
        {"kind": "max_stay", "nights": 1, "mode": "through", "dates": ["2027-02-10"]},
        {"kind": "max_stay", "nights": 2, "mode": "through", "dates": ["2027-02-11"]},
    ]
    assert reasons(through, *TWO_NIGHTS) == []  # the maximum over all nights
    assert reasons([*rows, *through], *TWO_NIGHTS) == ["MAX_STAY"]


def test_of_several_stopped_nights_the_first_is_told() -> None:
    rows = [{"kind": "stop_sale", "dates": [night]} for night in ("2027-02-11", "2027-02-10")]
    assert str(rejected(baobab(PLAIN, restrictions=rows), stay(*TWO_NIGHTS)).date) == "2027-02-10"
