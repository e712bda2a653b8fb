"""Requests without sense: each is refused by name, in a fixed order, before anything is priced."""

from collections.abc import Sequence
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
    ServiceWanted,
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


@pytest.mark.parametrize(
    ("request_", "field", "detail"),
    [
        (
            stay("2027-04-03", "2027-04-03"),
            "check_out",
            "Check-out 2027-04-03 is not after check-in 2027-04-03. Give a later check-out.",
        ),
        (
            stay("2027-04-01", "2027-04-02", ages=[5, None]),
            "children_ages",
            "Child 2 has neither an age nor a birth date. Ask for one of them.",
        ),
        (
            stay("2027-04-01", "2027-04-02", adults=0),
            "adults",
            "A stay needs at least one guest. Give the number of adults.",
        ),
        (
            stay("2027-04-01", "2027-04-02", adults=61),
            "adults",
            "61 guests are more than the 60 that one request may have. Split the group.",
        ),
        (
            stay("2027-04-01", "2027-04-02", rooms=31),
            "rooms",
            "31 rooms were asked for. Ask for 1 to 30, or leave the number out.",
        ),
        (
            stay("2027-04-01", "2027-04-02", currency="XXQ"),
            "currency",
            "'XXQ' is not a currency of ISO 4217. Use a code such as USD or ZAR.",
        ),
        (
            stay("2027-04-01", "2027-04-02", services=[ServiceWanted("Cruise")] * 51),
            "services",
            "51 services are more than the 50 that one stay may have.",
        ),
        (
            stay("2027-04-01", "2027-04-02", services=[ServiceWanted("Cruise", times=51)]),
            "services",
            "Cruise was asked for 51 times. Ask for it 1 to 50 times.",
        ),
        (
            stay("2027-04-01", "2027-04-02", services=[ServiceWanted("Cruise", day("2027-03-31"))]),
            "services",
            "Cruise was asked for on 2027-03-31, outside the stay. Give a day of the stay.",
        ),
    ],
)
def test_a_refusal_names_the_field_and_says_what_to_send(request_: PricingRequest, field: str, detail: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        outcome(baobab(), request_)
    assert (refused.value.field, refused.value.detail, str(refused.value)) == (field, detail, detail)


@pytest.mark.parametrize(
    "request_",
    [
        stay("2027-04-01", "2027-04-02", adults=60),
        stay("2027-04-01", "2027-04-02", rooms=30),
        stay("2027-01-15", "2028-01-15"),
        stay("2027-04-01", "2027-04-02", services=[ServiceWanted("Cruise", times=50)] * 50),
    ],
)
def test_the_largest_request_that_makes_sense_is_answered(request_: PricingRequest) -> None:
    assert outcome(baobab(PLAIN), request_).hash


def test_the_order_of_guests_changes_no_hash_and_another_guest_does() -> None:
    def mark(*ages: int, born: Sequence[str] = ()) -> str:
        return outcome(baobab(PLAIN), stay("2027-04-01", "2027-04-02", ages=ages, born=born)).hash

    assert mark(5, 9) == mark(9, 5)
    assert mark(born=["2018-01-01", "2020-01-01"]) == mark(born=["2020-01-01", "2018-01-01"])
    assert len({mark(5, 9), mark(5, 8), mark(5), mark(born=["2018-01-01"])}) == 4


def test_a_rejection_has_a_hash_of_its_inputs_too() -> None:
    one = outcome(baobab(PLAIN), stay("2027-04-01", "2027-04-02", board="RO"))
    other = outcome(baobab(PLAIN), stay("2027-04-01", "2027-04-03", board="RO"))
    assert not isinstance(one, Priced)
    assert not isinstance(other, Priced)
    assert len(one.hash) == 64
    assert one.hash != other.hash


@pytest.mark.parametrize(
    ("request_", "field", "detail"),
    [
        (
            stay("2027-01-15", "2028-01-16"),
            "check_out",
            "366 nights are more than the 365 that one stay may have. Split the stay.",
        ),
        (
            stay("2027-04-01", "2027-04-02", trip_start="2027-04-02"),
            "trip_start",
            "The trip starts on 2027-04-02, after check-in 2027-04-01. Give an earlier start.",
        ),
        (
            stay("2027-04-01", "2027-04-02", booked="2027-04-02"),
            "check_in",
            "Check-in 2027-04-01 is before the booking date 2027-04-02. Give a later check-in.",
        ),
        (
            stay("2027-04-01", "2027-04-02", born=["2027-04-02"]),
            "child_birth_dates",
            "Child 1 is born on 2027-04-02, after the stay begins. Check the birth date.",
        ),
        (
            stay("2027-04-01", "2027-04-02", ages=[18]),
            "children_ages",
            "Child 1 is 18: a child's age is 0 to 17. Older guests are adults.",
        ),
    ],
)
def test_dates_and_ages_that_make_no_sense_say_what_to_send(request_: PricingRequest, field: str, detail: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        outcome(baobab(), request_)
    assert (refused.value.field, refused.value.detail) == (field, detail)
