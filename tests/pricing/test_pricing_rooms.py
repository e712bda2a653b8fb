"""Rooms: capacity, allocation, and who pays what for sleeping in them."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tembea.pricing import Code, Component, Priced
from tests.pricing.pricing_factories import PLAIN, baobab, cost, priced, rejected, stay

EXTRA_ADULT: Mapping[str, object] = {"kind": "extra_adult", "percent": "70"}
SINGLE: Mapping[str, object] = {"kind": "single", "percent": "35"}


def room(**changes: object) -> dict[str, object]:
    standard: dict[str, object] = {
        "code": "standard",
        "name": "Standard room",
        "base_adults": 2,
        "min_adults": 1,
        "max_adults": 2,
        "max_children": 2,
        "max_guests": 4,
        "infants_count": False,
    }
    return standard | changes


def rate(amount: str, *, code: str = "standard", season: str = "LOW") -> dict[str, object]:
    return {"plan": "bb", "room": code, "season": season, "amount": amount, "cell": "C12"}


def guests_by_room(result: Priced) -> list[tuple[str, int]]:
    return [(one.room, len(one.guests)) for one in result.rooms]


def test_a_third_adult_needs_an_extra_adult_rate_or_a_second_room() -> None:
    triple = [room(max_adults=3)]
    without = priced(baobab(PLAIN, rooms=triple), stay("2027-02-01", "2027-02-02", adults=3))
    assert guests_by_room(without) == [("standard", 2), ("standard", 1)]
    assert str(without.cost_total.amount) == "402.00"  # 2 x 120 + 162

    contract = baobab(PLAIN, rooms=triple, supplements=[SINGLE, EXTRA_ADULT])
    result = priced(contract, stay("2027-02-01", "2027-02-02", adults=3))
    assert guests_by_room(result) == [("standard", 3)]
    assert str(result.cost_total.amount) == "324.00"  # 2 x 120 + 70 % of 120


def test_one_room_for_three_adults_without_an_extra_adult_rate_is_over_capacity() -> None:
    result = rejected(baobab(PLAIN, rooms=[room(max_adults=3)]), stay("2027-02-01", "2027-02-02", adults=3, rooms=1))
    assert (result.code, result.reasons, result.date) == (Code.CAPACITY, (Code.CAPACITY,), None)


def test_an_extra_adult_rate_must_cover_every_night() -> None:
    low_only = [{**EXTRA_ADULT, "seasons": ["LOW"]}]
    contract = baobab(PLAIN, rooms=[room(max_adults=3)], supplements=low_only)
    assert guests_by_room(priced(contract, stay("2027-03-30", "2027-04-01", adults=3))) == [("standard", 3)]
    assert len(priced(contract, stay("2027-03-30", "2027-04-02", adults=3)).rooms) == 2


def test_rooms_asked_for_are_taken_even_where_fewer_would_do() -> None:
    result = priced(baobab(PLAIN), stay("2027-02-01", "2027-02-02", adults=2, rooms=2))
    assert guests_by_room(result) == [("standard", 1), ("standard", 1)]
    assert str(result.cost_total.amount) == "324.00"


@pytest.mark.parametrize(("adults", "ages", "rooms"), [(3, [], 1), (2, [], 3), (1, [5, 6, 7], None), (0, [9], None)])
def test_a_party_that_no_room_holds_is_over_capacity(adults: int, ages: list[int], rooms: int | None) -> None:
    result = rejected(baobab(PLAIN), stay("2027-02-01", "2027-02-02", adults, ages, rooms=rooms))
    assert result.code is Code.CAPACITY


def test_infants_take_no_place_where_the_room_does_not_count_them() -> None:
    party = stay("2027-02-01", "2027-02-02", 2, [5, 9, 1])
    assert len(priced(baobab(PLAIN), party).rooms) == 1
    assert len(priced(baobab(PLAIN, rooms=[room(infants_count=True)]), party).rooms) == 2


def test_among_the_fewest_rooms_the_cheapest_are_taken() -> None:
    rooms = [room(), room(code="garden", name="Garden room"), room(code="family", max_adults=4, base_adults=4)]
    rates = [rate("120.00"), rate("100.00", code="garden"), rate("130.00", code="family")]
    contract = baobab(PLAIN, rooms=rooms, rates=rates)
    assert guests_by_room(priced(contract, stay("2027-02-01", "2027-02-02"))) == [("garden", 2)]
    # one family room at 4 x 130 rather than two garden rooms at 4 x 100: the fewest rooms come first
    assert guests_by_room(priced(contract, stay("2027-02-01", "2027-02-02", adults=4))) == [("family", 4)]
    assert cost(contract, stay("2027-02-01", "2027-02-02", adults=4, rooms=2)) == "400.00"


def test_children_go_where_the_party_pays_least() -> None:
    # two adults in two rooms with one child: child_as_adult spares one single supplement (120 + 120) + 162
    contract = baobab(PLAIN, lone_adult_rule="child_as_adult")
    assert cost(contract, stay("2027-02-01", "2027-02-02", 2, [9], rooms=2)) == "402.00"


@pytest.mark.parametrize(
    ("rule", "total"),
    [("adult_single_plus_child", "222.00"), ("child_as_adult", "240.00"), ("sharing_plus_child", "180.00")],
)
def test_a_lone_adult_with_a_child_follows_the_contract(rule: str, total: str) -> None:
    assert cost(baobab(PLAIN, lone_adult_rule=rule), stay("2027-02-01", "2027-02-02", 1, [9])) == total


def test_child_as_adult_makes_only_the_eldest_child_an_adult() -> None:
    contract = baobab(PLAIN, lone_adult_rule="child_as_adult")
    assert cost(contract, stay("2027-02-01", "2027-02-02", 1, [5, 13])) == "300.00"  # 120 + 120 + 60


@pytest.mark.parametrize("rule", ["adult_single_plus_child", "child_as_adult", "sharing_plus_child"])
def test_an_infant_who_takes_no_place_leaves_the_adult_alone(rule: str) -> None:
    assert cost(baobab(PLAIN, lone_adult_rule=rule), stay("2027-02-01", "2027-02-02", 1, [1])) == "162.00"


def test_a_room_for_one_has_no_single_supplement() -> None:
    contract = baobab(PLAIN, rooms=[room(base_adults=1, max_adults=1, max_children=0)], supplements=[SINGLE])
    assert cost(contract, stay("2027-02-01", "2027-02-02", 1)) == "120.00"


def test_child_rules_by_ordinal_and_adults_are_narrower_than_the_band_s() -> None:
    rules = [
        {"band": "child", "percent": "50"},
        {"band": "child", "percent": "25", "ordinal": 2},
        {"band": "child", "percent": "0", "ordinal": 1, "adults": 2},
        {"band": "teen", "amount": "33.33"},
    ]
    contract = baobab(PLAIN, child_rules=rules)
    assert cost(contract, stay("2027-02-01", "2027-02-02", 2, [5, 9])) == "270.00"  # 240 + 0 + 25 % of 120
    assert cost(contract, stay("2027-02-01", "2027-02-02", 1, [5, 9])) == "252.00"  # 162 + 60 + 30
    assert cost(contract, stay("2027-02-01", "2027-02-02", 2, [13])) == "273.33"


def test_a_child_without_a_rule_is_refused_and_never_free() -> None:
    result = rejected(baobab(PLAIN, child_rules=[]), stay("2027-02-01", "2027-02-02", 2, [9]))
    assert (result.code, str(result.date)) == (Code.NO_RATE, "2027-02-01")


def test_a_room_rate_is_paid_once_and_children_are_charged_on_an_adult_s_share() -> None:
    plan = [{"code": "bb", "board": "BB", "basis": "per_room_night"}]
    contract = baobab(PLAIN, plans=plan, rooms=[room(max_adults=3)], supplements=[SINGLE, EXTRA_ADULT])
    assert cost(contract, stay("2027-02-01", "2027-02-03", 2)) == "240.00"
    assert cost(contract, stay("2027-02-01", "2027-02-03", 1)) == "240.00"
    assert cost(contract, stay("2027-02-01", "2027-02-03", 2, [9])) == "300.00"  # 50 % of 60 a night
    assert cost(contract, stay("2027-02-01", "2027-02-03", 3)) == "324.00"  # 70 % of 60 a night
    lines = priced(contract, stay("2027-02-01", "2027-02-02", 2)).cost_lines
    assert [(line.component, line.guest) for line in lines] == [(Component.ROOM, None)]


def test_a_third_of_a_room_rate_loses_no_half_cent() -> None:
    plan = [{"code": "bb", "board": "BB", "basis": "per_room_night"}]
    rules = [{"band": "child", "percent": "1.5"}]  # of a third of 1.00: half a cent
    contract = baobab(
        PLAIN, plans=plan, rooms=[room(base_adults=3, max_adults=3)], rates=[rate("1")], child_rules=rules
    )
    lines = priced(contract, stay("2027-02-01", "2027-02-02", 3, [9])).cost_lines
    assert [str(line.amount.amount) for line in lines] == ["1.00", "0.01"]
    assert lines[1].rule == "child rule child: 1.5 % of 0.333333 (LOW)"


def test_a_room_type_that_is_not_sold_on_a_night_gives_way_to_one_that_is() -> None:
    rooms = [room(), room(code="garden", name="Garden room")]
    contract = baobab(PLAIN, rooms=rooms, rates=[rate("90.00"), rate("120.00", code="garden")])
    stopped = [{"kind": "stop_sale", "dates": ["2027-02-01"], "rooms": ["standard"]}]
    assert cost(contract, stay("2027-02-01", "2027-02-02")) == "180.00"
    closed = baobab(PLAIN, rooms=rooms, rates=[rate("90.00"), rate("120.00", code="garden")], restrictions=stopped)
    assert cost(closed, stay("2027-02-01", "2027-02-02")) == "240.00"


def test_a_group_too_large_and_mixed_to_house_is_refused_at_once() -> None:
    ages = [1] * 8 + [5] * 8 + [13] * 8
    assert rejected(baobab(PLAIN), stay("2027-02-01", "2027-02-02", 36, ages)).code is Code.CAPACITY


def test_a_stay_that_takes_more_work_than_one_may_cost_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    villa = room(base_adults=20, max_adults=20, max_children=20, max_guests=40)
    ages = [1] * 5 + [5] * 6 + [13] * 6
    assert len(priced(baobab(PLAIN, rooms=[villa]), stay("2027-02-01", "2027-02-02", 12, ages)).rooms) == 1

    monkeypatch.setattr("tembea.pricing.effort.MAX_STEPS", 50_000)
    result = rejected(baobab(PLAIN, rooms=[villa]), stay("2027-02-01", "2027-02-02", 12, ages, rooms=4))
    assert result.reasons == (Code.CAPACITY,)
    assert "too many ways" in result.detail


def test_every_guest_gets_exactly_one_bed() -> None:
    result = priced(baobab(PLAIN), stay("2027-02-01", "2027-02-02", 5, [5, 9, 13, 1]))
    housed = [guest for one in result.rooms for guest in one.guests]
    assert sorted(housed) == sorted(
        [*(f"Adult {place}" for place in range(1, 6)), "Child 1 (13)", "Child 2 (9)", "Child 3 (5)", "Child 4 (1)"]
    )


def test_of_two_children_of_a_band_the_one_who_owes_a_tax_sleeps_where_it_costs_less() -> None:
    rooms = [room(code="garden", name="Garden room", max_children=1), room(max_children=1)]
    levy = {"code": "levy", "name": "Levy", "per": "person_night", "percent": "100", "min_age": 10, "settle": "added"}
    contract = baobab(
        PLAIN,
        rooms=rooms,
        rates=[rate("200.00", code="garden"), rate("120.00")],
        supplements=[],
        taxes=[levy],
        allotments=[
            {"room": code, "from": "2027-02-01", "to": "2027-02-01", "quantity": 1, "kind": "allotment"}
            for code in ("garden", "standard")
        ],
    )
    result = priced(contract, stay("2027-02-01", "2027-02-02", 2, [5, 11], rooms=2))
    assert {one.room: one.guests[1:] for one in result.rooms} == {
        "standard": ("Child 1 (11)",),
        "garden": ("Child 2 (5)",),
    }
    assert str(result.cost_total.amount) == "860.00"  # adults 2 x 320, children 2 x 60 and 100


def test_one_adult_with_children_and_no_rule_for_it_is_no_rate_and_says_what_is_missing() -> None:
    bare = replace(baobab(PLAIN), lone_adult_rule=None)
    result = rejected(bare, stay("2027-02-01", "2027-02-02", 1, [9]))
    assert (result.code, result.date) == (Code.NO_RATE, None)
    assert "lone_adult_rule" in result.detail


def test_a_room_type_without_a_rate_on_the_night_says_which_night() -> None:
    result = rejected(baobab(PLAIN, rates=[rate("120.00")]), stay("2027-03-30", "2027-04-03"))
    assert (result.code, str(result.date)) == (Code.NO_RATE, "2027-04-01")
    assert result.detail == "No rate of plan bb for Standard room on the night of 2027-04-01."


def two_types(garden: str, **parts: object) -> Priced:
    rooms = [room(), room(code="garden", name="Garden room")]
    contract = baobab(PLAIN, rooms=rooms, rates=[rate("120.00"), rate(garden, code="garden")], **parts)
    return priced(contract, stay("2027-02-01", "2027-02-04"))


@pytest.mark.parametrize(
    ("garden", "parts", "taken"),
    [
        ("119.99", {}, "garden"),
        ("120.00", {}, "standard"),
        ("120.01", {}, "standard"),
        ("150.00", {"offers": [{"code": "X", "kind": "fixed", "percent": "25", "rooms": ["garden"]}]}, "garden"),
        ("150.00", {"offers": [{"code": "X", "kind": "fixed", "amount": "200", "rooms": ["garden"]}]}, "garden"),
        (
            "130.00",
            {"supplements": [{"kind": "room", "name": "Heating", "amount": "21", "rooms": ["standard"]}]},
            "garden",
        ),
        (
            "150.00",
            {
                "allotments": [
                    {"room": "standard", "from": "2027-02-02", "to": "2027-02-02", "quantity": 0, "kind": "allotment"}
                ]
            },
            "garden",
        ),
    ],
)
def test_a_dearer_room_type_is_taken_only_where_something_else_makes_it_cheaper(
    garden: str, parts: Mapping[str, object], taken: str
) -> None:
    assert guests_by_room(two_types(garden, **parts)) == [(taken, 2)]


def test_a_dearer_room_type_that_counts_more_adults_as_sharing_may_cost_less() -> None:
    rooms = [room(max_adults=3), room(code="family", max_adults=3, base_adults=3)]
    rates = [rate("120.00"), rate("125.00", code="family")]
    extra = {"kind": "extra_adult", "percent": "130"}
    contract = baobab(PLAIN, rooms=rooms, rates=rates, supplements=[extra])
    # 2 x 120 and 156, or 3 x 125
    assert guests_by_room(priced(contract, stay("2027-02-01", "2027-02-02", 3))) == [("family", 3)]
