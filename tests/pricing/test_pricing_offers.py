"""Offers: conditions, order, combination, free nights, and the lines they leave."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from tembea.pricing import LineKind
from tembea.pricing.offers import combinations_of
from tests.pricing.pricing_factories import PLAIN, baobab, cost, priced, rejected, stay

FIVE_NIGHTS = ("2027-06-10", "2027-06-15")  # two adults: 5 x 370 = 1850.00
ACROSS = ("2027-03-28", "2027-04-02")  # 4 x 240 + 370 = 1330.00


def offer(code: str, kind: str, **more: object) -> dict[str, object]:
    return {"code": code, "kind": kind, **more}


def total(offers: Sequence[object], dates: tuple[str, str] = FIVE_NIGHTS) -> str:
    return cost(baobab(PLAIN, offers=offers), stay(*dates))


@pytest.mark.parametrize(
    ("conditions", "applies"),
    [
        ({"kind": "early_bird", "lead_days_min": 160}, True),
        ({"kind": "early_bird", "lead_days_min": 161}, False),
        ({"kind": "last_minute", "lead_days_max": 160}, True),
        ({"kind": "last_minute", "lead_days_max": 159}, False),
        ({"kind": "long_stay", "nights_min": 5}, True),
        ({"kind": "long_stay", "nights_min": 6}, False),
        ({"kind": "fixed", "booking": {"from": "2027-01-01", "to": "2027-01-01"}}, True),
        ({"kind": "fixed", "booking": {"from": "2027-01-02"}}, False),
        ({"kind": "fixed", "boards": ["BB"]}, True),
        ({"kind": "fixed", "boards": ["HB"]}, False),
        ({"kind": "fixed", "rooms": ["standard"]}, True),
        ({"kind": "fixed", "seasons": ["LOW"]}, False),
    ],
)
def test_an_offer_applies_when_its_conditions_hold(conditions: dict[str, object], applies: bool) -> None:
    offers = [{"code": "X", "percent": "10", **conditions}]
    assert total(offers) == ("1665.00" if applies else "1850.00")


@pytest.mark.parametrize(
    ("scope", "dates", "expected"),
    [
        ("night", ACROSS, "1293.00"),  # one HIGH night of 370 at 10 % off
        ("arrival", ACROSS, "1330.00"),
        ("whole_stay", ACROSS, "1330.00"),
        ("night", ("2027-10-30", "2027-11-02"), "926.00"),  # 2 x 370 less 10 %, and 260
        ("arrival", ("2027-10-30", "2027-11-02"), "900.00"),
        ("whole_stay", ("2027-10-30", "2027-11-02"), "1000.00"),
        ("whole_stay", FIVE_NIGHTS, "1665.00"),
    ],
)
def test_the_scope_says_which_nights_an_offer_reaches(scope: str, dates: tuple[str, str], expected: str) -> None:
    assert total([offer("X", "fixed", percent="10", seasons=["HIGH"], scope=scope)], dates) == expected


def test_board_and_events_are_not_discounted_but_a_discountable_single_supplement_is() -> None:
    contract = baobab(PLAIN, offers=[offer("X", "fixed", percent="10")])
    assert cost(contract, stay("2027-06-10", "2027-06-11", 1, board="HB")) == "253.28"  # 166.50 + 58.28 + 28.50


def test_a_reduced_line_is_the_half_up_rounding_of_the_reduced_amount() -> None:
    rows = [{"plan": "bb", "room": "standard", "season": "LOW", "amount": "57.73", "cell": "C12"}]
    contract = baobab(PLAIN, rates=rows, offers=[offer("X", "fixed", percent="15")])
    lines = priced(contract, stay("2027-02-01", "2027-02-02", 2, [5])).cost_lines
    child = [line for line in lines if line.guest == "Child 1 (5)"]
    # 28.865 rounds to 28.87; 28.865 less 15 % is 24.53525
    assert [(line.kind, str(line.amount.amount)) for line in child] == [
        (LineKind.CHARGE, "28.87"),
        (LineKind.OFFER, "-4.33"),
    ]


def test_two_percentages_chain_without_rounding_between_them() -> None:
    rows = [{"plan": "bb", "room": "standard", "season": "LOW", "amount": "57.73", "cell": "C12"}]
    pair = [
        offer("A", "fixed", percent="15", combines_with=["B"]),
        offer("B", "fixed", percent="7", combines_with=["A"]),
    ]
    contract = baobab(PLAIN, rates=rows, offers=pair)
    # 57.73 x 0.85 x 0.93 = 45.635565 for each of two adults
    assert cost(contract, stay("2027-02-01", "2027-02-02")) == "91.28"


def test_combination_must_be_said_by_both_sides() -> None:
    pair = [offer("A", "fixed", percent="10", combines_with=["B"]), offer("B", "fixed", percent="20")]
    result = priced(baobab(PLAIN, offers=pair), stay(*FIVE_NIGHTS))
    assert str(result.cost_total.amount) == "1480.00"
    assert result.offers_applied == ("B",)
    assert [(loss.code, str(loss.total.amount)) for loss in result.offers_rejected] == [("A", "1665.00")]


def test_priority_takes_the_first_of_the_list_and_what_goes_with_it() -> None:
    three = [
        offer("A", "fixed", percent="10", combines_with=["C"]),
        offer("B", "fixed", percent="20", combines_with=["C"]),
        offer("C", "fixed", percent="5", combines_with=["A", "B"]),
    ]
    lowest = priced(baobab(PLAIN, offers=three), stay(*FIVE_NIGHTS))
    first = priced(baobab(PLAIN, offers=three, offer_selection="priority"), stay(*FIVE_NIGHTS))
    assert (lowest.offers_applied, str(lowest.cost_total.amount)) == (("B", "C"), "1406.00")
    assert (first.offers_applied, str(first.cost_total.amount)) == (("A", "C"), "1581.80")
    assert [(loss.code, str(loss.total.amount)) for loss in first.offers_rejected] == [("B", "1480.00")]


def test_an_offer_without_effect_does_not_stand_in_the_way() -> None:
    pair = [offer("A", "fixed", percent="10", rooms=["other"]), offer("B", "fixed", percent="20")]
    other = {"code": "other", "max_adults": 1}
    standard = {"code": "standard", "max_adults": 2, "max_children": 2}
    contract = baobab(PLAIN, offers=pair, offer_selection="priority", rooms=[standard, other])
    result = priced(contract, stay(*FIVE_NIGHTS))
    assert (result.offers_applied, result.offers_rejected) == (("B",), ())


def test_an_amount_is_taken_off_the_room_each_night_but_never_more_than_it_costs() -> None:
    assert total([offer("X", "fixed", amount="20.01")]) == "1749.95"
    assert total([offer("X", "fixed", amount="500")]) == "0.00"


def test_a_night_that_costs_nothing_does_not_keep_an_amount_from_the_nights_behind_it() -> None:
    pair = [
        offer("LOW", "fixed", percent="100", seasons=["LOW"], scope="night", combines_with=["X"]),
        offer("X", "fixed", amount="20", combines_with=["LOW"]),
    ]
    assert total(pair, ACROSS) == "350.00"  # four nights for nothing, then 370 - 20


def test_a_value_add_is_listed_and_costs_nothing() -> None:
    result = priced(baobab(PLAIN, offers=[offer("SPA", "value_add", name="Massage")]), stay(*FIVE_NIGHTS))
    assert (result.offers_applied, str(result.cost_total.amount)) == (("SPA",), "1850.00")


@pytest.mark.parametrize(
    ("free_night", "expected"),
    [("first", "2570.00"), ("cheapest", "2570.00"), ("last", "2440.00"), ("average", "2544.00")],
)
def test_a_repeatable_free_night_looks_within_each_block(free_night: str, expected: str) -> None:
    # ten nights: 4 x 240 + 370 = 1330, then 5 x 370 = 1850; the second block frees 370 whichever night it is
    sp = offer("SP", "stay_pay", stay=5, pay=4, repeatable=True, free_night=free_night)
    assert total([sp], ("2027-03-28", "2027-04-07")) == expected


def test_free_nights_are_capped_and_need_a_whole_block() -> None:
    sp = offer("SP", "stay_pay", stay=2, pay=1, repeatable=True, max_free=2, free_night="first")
    assert total([sp], ("2027-06-10", "2027-06-17")) == "1850.00"  # seven nights, two of them free
    once = offer("SP", "stay_pay", stay=4, pay=2, free_night="last")
    assert total([once], ("2027-06-10", "2027-06-13")) == "1110.00"
    assert total([once], ("2027-06-10", "2027-06-19")) == "2590.00"  # nine nights, one block, two free


def test_a_free_night_frees_the_single_supplement_but_never_board() -> None:
    sp = offer("SP", "stay_pay", stay=2, pay=1, free_night="first")
    contract = baobab(PLAIN, offers=[sp])
    assert cost(contract, stay("2027-06-10", "2027-06-12", 1, board="HB")) == "306.75"  # 249.75 + 2 x 28.50


def test_an_average_free_night_is_rounded_once_and_shared_exactly() -> None:
    rows = [{"plan": "bb", "room": "standard", "season": "LOW", "amount": "100.01", "cell": "C12"}]
    sp = offer("SP", "stay_pay", stay=3, pay=2, free_night="average")
    result = priced(baobab(PLAIN, rates=rows, offers=[sp]), stay("2027-02-01", "2027-02-04"))
    credited = [line.amount.amount for line in result.cost_lines if line.kind is LineKind.OFFER]
    assert sum(credited) == Decimal("-200.02")
    assert len(credited) == 6


def test_offer_lines_name_the_offer_s_source() -> None:
    row = offer("X", "fixed", percent="10", cell="F40")
    lines = priced(baobab(PLAIN, offers=[row]), stay(*FIVE_NIGHTS)).cost_lines
    assert {line.source_ref.cell for line in lines if line.kind is LineKind.OFFER} == {"F40"}


def test_an_offer_by_arrival_reaches_the_whole_stay_when_the_first_night_alone_is_covered() -> None:
    high = offer("X", "fixed", percent="10", seasons=["HIGH"], scope="arrival")
    assert total([high], ("2027-10-31", "2027-11-02")) == "567.00"  # 370 + 260, less 10 %


def test_percentages_decide_which_night_is_the_cheapest_one() -> None:
    pair = [
        offer("SP", "stay_pay", stay=5, pay=4, free_night="cheapest", combines_with=["HALF"]),
        offer("HALF", "fixed", percent="50", seasons=["HIGH"], combines_with=["SP"]),
    ]
    # 4 x 240 and 370: half of 370 is 185, which is then the cheapest night and free
    assert total(pair, ACROSS) == "960.00"


def test_the_nights_after_the_last_free_one_are_paid_whichever_nights_are_free() -> None:
    last = offer("SP", "stay_pay", stay=2, pay=1, repeatable=True, max_free=1, free_night="last")
    assert total([last], ("2027-06-10", "2027-06-14")) == "1110.00"  # four nights, one of them free


def test_an_average_night_of_less_than_one_is_free_too() -> None:
    rows = [{"plan": "bb", "room": "standard", "season": "LOW", "amount": "0.90", "cell": "C12"}]
    contract = baobab(PLAIN, rates=rows, offers=[offer("SP", "stay_pay", stay=3, pay=2, free_night="average")])
    assert cost(contract, stay("2027-02-01", "2027-02-04")) == "3.60"  # 5.40 less a third


def test_an_offer_that_changes_no_cent_leaves_the_earlier_offer_s_line_and_the_chain() -> None:
    rows = [{"plan": "bb", "room": "standard", "season": "LOW", "amount": "1.00", "cell": "C12"}]
    chain = [
        offer("A", "fixed", percent="50", combines_with=["B", "C"], name="Half"),
        offer("B", "fixed", percent="0.8", combines_with=["A", "C"], name="A little"),
        offer("C", "fixed", percent="0.8", combines_with=["A", "B"], name="A little more"),
    ]
    result = priced(baobab(PLAIN, rates=rows, offers=chain), stay("2027-02-01", "2027-02-02", 1))
    rooms = [line for line in result.cost_lines if line.component == "adult"]
    # 1.00, half of it off; 0.50 less 0.8 % is 0.496 and still 0.50; less another 0.8 % it is 0.492, so 0.49
    assert [(line.description.split(":")[0], str(line.amount.amount)) for line in rooms] == [
        ("Standard room, adult sharing", "1.00"),
        ("Half", "-0.50"),
        ("A little more", "-0.01"),
    ]
    assert {str(line.date) for line in rooms} == {"2027-02-01"}


def test_a_free_night_takes_children_s_charges_with_it() -> None:
    sp = offer("SP", "stay_pay", stay=2, pay=1, free_night="first")
    assert cost(baobab(PLAIN, offers=[sp]), stay("2027-06-10", "2027-06-12", 2, [9])) == "462.50"


def test_every_set_of_offers_that_may_stand_together_is_tried_whole_and_every_offer_alone() -> None:
    def sets(**together: Sequence[str]) -> list[str]:
        rows = [offer(code, "fixed", percent="1", combines_with=list(others)) for code, others in together.items()]
        return ["".join(one.code for one in chosen) for chosen in combinations_of(baobab(PLAIN, offers=rows).offers)]

    assert sets(A="BC", B="AC", C="AB") == ["ABC", "A", "B", "C"]
    assert sets(A="B", B="AC", C="B") == ["AB", "BC", "A", "B", "C"]
    assert sets(A="", B="") == ["A", "B"]
    assert sets() == []


def test_offers_that_all_go_with_one_another_are_one_set_however_many() -> None:
    codes = [f"O{place}" for place in range(40)]
    rows = [offer(code, "fixed", percent="1", combines_with=codes) for code in codes]
    assert [len(chosen) for chosen in combinations_of(baobab(PLAIN, offers=rows).offers)] == [40] + [1] * 40


def test_offers_that_combine_in_more_ways_than_are_tried_leave_the_stay_without_a_price() -> None:
    def threes(groups: int) -> list[dict[str, object]]:
        places = range(3 * groups)
        friends = [[f"O{other}" for other in places if other // 3 != place // 3] for place in places]
        return [offer(f"O{place}", "fixed", percent="1", combines_with=friends[place]) for place in places]

    assert total(threes(5)) == "1759.30"
    answer = rejected(baobab(PLAIN, offers=threes(20)), stay(*FIVE_NIGHTS))
    assert answer.reasons == ("NO_RATE",)
    assert "more than 256 ways" in answer.detail
