"""Seasons, boards, events and supplements: one rate row a night, then what comes beside it."""

from collections.abc import Sequence

import pytest

from tembea.pricing import Code
from tests.pricing.pricing_factories import PLAIN, baobab, cost, priced, rejected, stay

PEAK_STAY = ("2027-12-28", "2028-01-02")


def season(code: str, first: str, last: str, **more: object) -> dict[str, object]:
    return {"code": code, "from": first, "to": last, **more}


def rates(**amounts: str) -> list[dict[str, object]]:
    return [
        {"plan": "bb", "room": "standard", "season": code, "amount": amount, "cell": "C1"}
        for code, amount in amounts.items()
    ]


def simple(seasons: Sequence[object], rows: Sequence[object], **more: object) -> dict[str, object]:
    return {**PLAIN, "seasons": seasons, "rates": rows, "supplements": [], **more}


def test_the_higher_priority_owns_the_night() -> None:
    seasons = [season("A", "2027-02-01", "2027-02-28"), season("FEST", "2027-02-10", "2027-02-11", priority=5)]
    contract = baobab(simple(seasons, rates(A="100", FEST="300")))
    assert cost(contract, stay("2027-02-09", "2027-02-13")) == "1600.00"  # 200 + 600 + 600 + 200


def test_a_weekday_mask_limits_a_season_to_its_nights() -> None:
    seasons = [
        season("A", "2027-02-01", "2027-02-28"),
        season("WEEKEND", "2027-02-01", "2027-02-28", priority=1, weekdays=["fri", "sat"]),
    ]
    contract = baobab(simple(seasons, rates(A="100", WEEKEND="150")))
    assert cost(contract, stay("2027-02-04", "2027-02-08")) == "1000.00"  # Thu 200, Fri 300, Sat 300, Sun 200


def test_a_hole_in_a_season_is_no_rate_and_never_another_season_s_price() -> None:
    seasons = [season("A", "2027-02-01", "2027-02-28"), season("FEST", "2027-02-10", "2027-02-11", priority=5)]
    result = rejected(baobab(simple(seasons, rates(A="100"))), stay("2027-02-09", "2027-02-13"))
    assert (result.code, str(result.date)) == (Code.NO_RATE, "2027-02-10")


def test_half_board_is_charged_by_band() -> None:
    # 240 + 60 + 90 + 0, and HB 2 x 28.50 + 14.25 + 28.50 + 0
    contract = baobab(PLAIN)
    result = priced(contract, stay("2027-02-01", "2027-02-02", 2, [9, 13, 1], board="HB"))
    assert str(result.cost_total.amount) == "489.75"
    assert result.board == "HB"


@pytest.mark.parametrize("board", ["RO", "FB", "AI"])
def test_a_board_that_no_supplement_reaches_is_no_rate(board: str) -> None:
    result = rejected(baobab(PLAIN), stay("2027-02-01", "2027-02-02", board=board))
    assert (result.code, str(result.date)) == (Code.NO_RATE, "2027-02-01")
    assert board in result.detail


def test_a_plan_of_the_very_board_comes_before_a_supplement() -> None:
    plans = [
        {"code": "bb", "board": "BB", "basis": "per_person_night"},
        {"code": "hb", "board": "HB", "basis": "per_person_night"},
    ]
    rows = [*rates(LOW="120"), {"plan": "hb", "room": "standard", "season": "LOW", "amount": "160", "cell": "D1"}]
    contract = baobab(PLAIN, plans=plans, rates=rows)
    assert cost(contract, stay("2027-02-01", "2027-02-02", board="HB")) == "320.00"
    assert cost(contract, stay("2027-02-01", "2027-02-02", board="BB")) == "240.00"
    assert cost(contract, stay("2027-02-01", "2027-02-02", board=None)) == "240.00"


def test_a_mandatory_event_is_charged_to_whoever_sleeps_there_that_night() -> None:
    contract = baobab(PLAIN)
    # 5 nights x 2 x 260 + child 5 x 130, gala 95 + 95 + 47.50
    assert cost(contract, stay(*PEAK_STAY, 2, [9])) == "3487.50"
    assert cost(contract, stay("2027-12-26", "2027-12-31")) == "2600.00"  # checks out on the day of the gala


def test_an_optional_event_is_not_charged() -> None:
    gala = {"kind": "event", "name": "Gala", "dates": ["2027-02-01"], "amount": "95", "mandatory": False}
    assert cost(baobab(PLAIN, supplements=[gala]), stay("2027-02-01", "2027-02-02")) == "240.00"


@pytest.mark.parametrize(
    ("per", "total"),
    [("person_night", "738.00"), ("room_night", "726.00"), ("person_stay", "726.00"), ("room_stay", "722.00")],
)
def test_a_supplement_is_charged_per_person_or_room_and_night_or_stay(per: str, total: str) -> None:
    extra = {"kind": "room", "name": "Sea view", "per": per, "amount": "2.00", "mandatory": True}
    # three nights of 240 for two adults and an infant, plus 2.00 nine, three, three times and once
    assert cost(baobab(PLAIN, supplements=[extra]), stay("2027-02-01", "2027-02-04", 2, [1])) == total


def test_a_percentage_supplement_is_taken_of_each_guest_s_own_rate() -> None:
    extra = {"kind": "event", "name": "Race week", "percent": "10", "mandatory": True, "dates": ["2027-02-01"]}
    # 240 + 60 on the night of the race, plus 12 + 12 + 6
    assert cost(baobab(PLAIN, supplements=[extra]), stay("2027-02-01", "2027-02-02", 2, [9])) == "330.00"


def test_bands_limit_who_pays_a_supplement() -> None:
    extra = {"kind": "event", "name": "Park fee", "amount": "40", "bands": ["adult", "teen"], "mandatory": True}
    assert cost(baobab(PLAIN, supplements=[extra]), stay("2027-02-01", "2027-02-02", 2, [9])) == "380.00"


def test_a_band_without_an_amount_is_refused_and_never_free() -> None:
    board = {"kind": "board", "board": "HB", "amounts": {"adult": "28.50"}}
    contract = baobab(PLAIN, supplements=[board])
    assert cost(contract, stay("2027-02-01", "2027-02-02", board="HB")) == "297.00"
    assert rejected(contract, stay("2027-02-01", "2027-02-02", 2, [9], board="HB")).code is Code.NO_RATE


def test_the_narrower_of_two_single_supplements_counts() -> None:
    rows = [
        {"kind": "single", "percent": "35"},
        {"kind": "single", "percent": "50", "dates": ["2027-02-02"]},
    ]
    assert cost(baobab(PLAIN, supplements=rows), stay("2027-02-01", "2027-02-03", 1)) == "342.00"  # 162 + 180


def test_a_pay_local_supplement_stands_outside_the_cost() -> None:
    fee = {"kind": "event", "name": "Park fee", "amount": "15", "mandatory": True, "pay_local": True}
    result = priced(baobab(PLAIN, supplements=[fee]), stay("2027-02-01", "2027-02-03"))
    assert str(result.cost_total.amount) == "480.00"
    assert str(result.pay_local_total.amount) == "60.00"
