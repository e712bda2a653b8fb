"""Requests without sense: each is refused by name, in a fixed order, before anything is priced."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tembea.pricing import (
    Child,
    Priced,
    PricingRequest,
    RequestFault,
    RequestRefused,
    SellPolicy,
    children_of,
    parse_board,
    price_stay,
    today_at,
)
from tests.pricing.pricing_factories import PLAIN, baobab, day, outcome, priced, stay


def refusal(request: PricingRequest) -> RequestFault:
    with pytest.raises(RequestRefused) as refused:
        outcome(baobab(), request)
    assert refused.value.detail
    assert refused.value.field
    return refused.value.code


def test_check_out_must_follow_check_in() -> None:
    assert refusal(stay("2027-04-03", "2027-04-03")) is RequestFault.BAD_DATES
    assert refusal(stay("2027-04-03", "2027-04-01")) is RequestFault.BAD_DATES


def test_a_stay_of_400_nights_is_refused() -> None:
    request = stay("2027-04-01", "2027-04-02")
    assert refusal(replace(request, check_out=day("2028-05-05"))) is RequestFault.BAD_DATES


def test_a_stay_before_its_booking_date_is_past() -> None:
    assert refusal(stay("2027-04-01", "2027-04-02", booked="2027-04-02")) is RequestFault.PAST_DATE


def test_a_stay_from_its_booking_date_is_not_past() -> None:
    assert isinstance(outcome(baobab(PLAIN), stay("2027-04-01", "2027-04-02", booked="2027-04-01")), Priced)


@pytest.mark.parametrize("age", [None, -1, 18, 200])
def test_a_child_needs_an_age_of_0_to_17(age: int | None) -> None:
    assert refusal(stay("2027-04-01", "2027-04-02", ages=[age])) is RequestFault.MISSING_AGES


@pytest.mark.parametrize("age", [0, 17])
def test_the_youngest_and_oldest_children_are_priced(age: int) -> None:
    assert isinstance(outcome(baobab(PLAIN), stay("2027-04-01", "2027-04-02", ages=[age])), Priced)


def test_a_child_born_after_check_in_is_refused() -> None:
    assert refusal(stay("2027-04-01", "2027-04-05", born=["2027-04-02"])) is RequestFault.MISSING_AGES


def test_faults_are_named_in_order() -> None:
    everything = stay("2027-04-03", "2027-04-01", ages=[None], booked="2027-05-01", currency="XXQ")
    assert refusal(everything) is RequestFault.BAD_DATES
    assert refusal(replace(everything, check_out=day("2027-04-09"))) is RequestFault.PAST_DATE
    assert refusal(stay("2027-04-01", "2027-04-02", ages=[None], currency="XXQ")) is RequestFault.MISSING_AGES


def test_a_stay_needs_a_guest_and_no_more_than_the_bound() -> None:
    assert refusal(stay("2027-04-01", "2027-04-02", adults=0)) is RequestFault.BAD_PARTY
    assert refusal(stay("2027-04-01", "2027-04-02", adults=-1, ages=[3, 4])) is RequestFault.BAD_PARTY
    assert refusal(stay("2027-04-01", "2027-04-02", adults=61)) is RequestFault.BAD_PARTY


def test_no_rooms_are_refused() -> None:
    assert refusal(stay("2027-04-01", "2027-04-02", rooms=0)) is RequestFault.BAD_ROOMS


def test_an_unknown_currency_is_refused() -> None:
    assert refusal(stay("2027-04-01", "2027-04-02", currency="XXQ")) is RequestFault.UNKNOWN_CURRENCY


def test_an_unknown_board_is_refused_and_case_does_not_matter() -> None:
    assert parse_board(" hb ") == "HB"
    with pytest.raises(RequestRefused) as refused:
        parse_board("ZZ")
    assert refused.value.code is RequestFault.UNKNOWN_BOARD


def test_ages_and_birth_dates_of_one_length_are_the_same_children() -> None:
    assert children_of([9], [day("2018-01-01")]) == (Child(9, day("2018-01-01")),)
    assert children_of([], [day("2018-01-01"), None]) == (Child(None, day("2018-01-01")), Child())
    with pytest.raises(RequestRefused) as refused:
        children_of([9, 4], [day("2018-01-01")])
    assert refused.value.code is RequestFault.MISSING_AGES


def test_a_booking_date_left_out_is_today_at_the_hotel() -> None:
    contract = baobab(
        hotel={
            "name": "Line Islands",
            "destination": "Kiritimati",
            "country": "KI",
            "time_zone": "Pacific/Kiritimati",
        },
        restrictions=[{"kind": "release", "days": 14}],
    )
    request = replace(stay("2027-04-15", "2027-04-17"), booking_date=None)
    before_midnight_there = datetime(2027, 4, 1, 9, 59, tzinfo=UTC)
    after_midnight_there = datetime(2027, 4, 1, 10, 1, tzinfo=UTC)
    assert today_at(contract.hotel, after_midnight_there) == day("2027-04-02")
    assert isinstance(price_stay(contract, request, policy=SellPolicy(), now=before_midnight_there), Priced)
    assert not isinstance(price_stay(contract, request, policy=SellPolicy(), now=after_midnight_there), Priced)


def test_a_board_left_out_is_the_plan_s_own() -> None:
    assert priced(baobab(PLAIN), stay("2027-04-01", "2027-04-02", board=None)).board == "BB"
