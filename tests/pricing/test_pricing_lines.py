"""Every line explains itself: what it is for, who owes it and when, by which rule, from which cell of the contract."""

from collections.abc import Mapping, Sequence

from tembea.pricing import Code, CostLine, ServiceWanted
from tests.pricing.pricing_factories import PLAIN, baobab, day, priced, rejected, stay

TRIPLE = {"code": "standard", "name": "Standard room", "base_adults": 2, "max_adults": 3, "max_children": 2}
EXTRA_ADULT = {"kind": "extra_adult", "percent": "70", "cell": "X1"}
PACKAGE: Mapping[str, object] = {
    "code": "P7",
    "board": "BB",
    "room": "standard",
    "nights": 7,
    "valid": {"from": "2027-01-01", "to": "2027-12-31"},
    "sharing": "700.00",
    "single": "900.00",
    "child": "350.00",
    "child_band": "child",
    "infant": "70.00",
    "row": 7,
    "cells": {"sharing": "C7", "single": "D7"},
}


def told(lines: Sequence[CostLine]) -> list[str]:
    """Each line in words: when and who, what and how much, under which name, why, and where that stands."""
    return [
        f"{line.date or 'stay'} {line.guest or 'room'}: {line.kind} {line.component} {line.amount.amount}, "
        f"{line.description} ({line.rule}) {line.source_ref.cell or line.source_ref.row}"
        for line in lines
    ]


def test_a_night_s_rate_offer_and_commission_stand_side_by_side_for_each_guest() -> None:
    contract = baobab(
        PLAIN,
        rate_kind="commissionable",
        commission_pct="10",
        offers=[{"code": "EB", "name": "Early bird", "kind": "fixed", "percent": "10", "cell": "F1"}],
        supplements=[{"kind": "single", "percent": "35", "cell": "S1"}],
        child_rules=[{"band": "infant", "amount": "5", "cell": "K1"}],
    )
    adult, infant = "Standard room, adult sharing", "Standard room, infant"
    assert told(priced(contract, stay("2027-02-01", "2027-02-02", 1, [1])).cost_lines) == [
        f"2027-02-01 Adult 1: charge adult 120.00, {adult} (rate bb/standard/LOW: 120.00 per adult sharing) C12",
        f"2027-02-01 Adult 1: offer adult -12.00, Early bird: {adult} (offer EB: 10 % off) F1",
        f"2027-02-01 Adult 1: commission adult -10.80, Commission: {adult} (commission: 10 % of 108.00) C12",
        f"2027-02-01 Child 1 (1): charge infant 5.00, {infant} (child rule infant: 5 a night) K1",
        f"2027-02-01 Child 1 (1): offer infant -0.50, Early bird: {infant} (offer EB: 10 % off) F1",
        f"2027-02-01 Child 1 (1): commission infant -0.45, Commission: {infant} (commission: 10 % of 4.50) K1",
        "2027-02-01 Adult 1: charge single 42.00, Single supplement "
        "(single supplement: 35 % of 120.00 per person_night) S1",
        "2027-02-01 Adult 1: offer single -4.20, Early bird: Single supplement (offer EB: 10 % off) F1",
        "2027-02-01 Adult 1: commission single -3.78, Commission: Single supplement (commission: 10 % of 37.80) S1",
    ]


def test_board_events_and_room_supplements_say_for_whom_and_for_which_band() -> None:
    supplements = [
        {"kind": "board", "board": "HB", "amounts": {"adult": "28.50", "child": "14.25"}, "cell": "S2"},
        {"kind": "event", "name": "Gala", "amount": "95", "bands": ["adult"], "dates": ["2027-02-02"], "cell": "S3"},
        {"kind": "room", "name": "Sea view", "per": "room_stay", "amount": "20", "cell": "S4"},
    ]
    result = priced(baobab(PLAIN, supplements=supplements), stay("2027-02-01", "2027-02-03", 1, [9], board="HB"))
    assert [line for line in told(result.cost_lines) if "Standard room" not in line] == [
        "2027-02-01 Adult 1: charge board 28.50, HB supplement (board supplement: 28.50 (adult) per person_night) S2",
        "2027-02-01 Child 1 (9): charge board 14.25, HB supplement "
        "(board supplement: 14.25 (child) per person_night) S2",
        "2027-02-02 Adult 1: charge board 28.50, HB supplement (board supplement: 28.50 (adult) per person_night) S2",
        "2027-02-02 Child 1 (9): charge board 14.25, HB supplement "
        "(board supplement: 14.25 (child) per person_night) S2",
        "2027-02-02 Adult 1: charge event 95.00, Gala (event supplement: 95 per person_night) S3",
        "2027-02-01 room: charge room_supplement 20.00, Sea view (room supplement: 20 per room_stay) S4",
    ]


def test_a_supplement_without_an_amount_for_a_guests_band_has_no_rate_from_that_guests_first_night_on() -> None:
    board = {"kind": "board", "board": "HB", "amounts": {"adult": "28.50"}, "cell": "S2"}
    result = rejected(baobab(PLAIN, supplements=[board]), stay("2027-02-01", "2027-02-03", 1, [9], board="HB"))
    assert (result.code, str(result.date)) == (Code.NO_RATE, "2027-02-01")
    assert result.detail == "The supplement HB supplement has no amount for band child."


def test_only_supplements_that_pay_commission_have_it_taken_off() -> None:
    gala = {"kind": "event", "name": "Gala", "amount": "95", "per": "room_stay", "cell": "S3"}
    supplements = [{**gala, "commissionable": True}, {**gala, "name": "Concert"}]
    contract = baobab(PLAIN, rate_kind="commissionable", commission_pct="10", supplements=supplements)
    lines = told(priced(contract, stay("2027-02-01", "2027-02-02")).cost_lines)
    assert [line for line in lines if "Gala" in line or "Concert" in line] == [
        "2027-02-01 room: charge event 95.00, Gala (event supplement: 95 per room_stay) S3",
        "2027-02-01 room: commission event -9.50, Commission: Gala (commission: 10 % of 95.00) S3",
        "2027-02-01 room: charge event 95.00, Concert (event supplement: 95 per room_stay) S3",
    ]


def test_a_rate_per_room_is_one_line_and_shares_of_it_are_named() -> None:
    plans = [{"code": "bb", "board": "BB", "basis": "per_room_night"}]
    contract = baobab(PLAIN, plans=plans, rooms=[TRIPLE], supplements=[EXTRA_ADULT])
    assert told(priced(contract, stay("2027-02-01", "2027-02-02", 3, [9])).cost_lines) == [
        "2027-02-01 room: charge room 120.00, Standard room, room (rate bb/standard/LOW: 120.00 per room) C12",
        "2027-02-01 Child 1 (9): charge child 30.00, Standard room, child (child rule child: 50 % of 60.00 (LOW)) C12",
        "2027-02-01 Adult 3: charge extra_adult 42.00, Extra adult "
        "(extra_adult supplement: 70 % of 60.00 per person_night) X1",
    ]


def test_a_package_s_lines_name_the_price_taken_and_its_cell() -> None:
    race = {"kind": "event", "name": "Race week", "percent": "10", "dates": ["2027-02-02"], "cell": "S5"}
    contract = baobab(PLAIN, plans=[], rates=[], packages=[PACKAGE], rooms=[TRIPLE], supplements=[EXTRA_ADULT, race])
    lines = told(priced(contract, stay("2027-02-01", "2027-02-08", 3, [9, 1])).cost_lines)
    assert lines[:5] == [
        "stay Adult 1: charge adult 700.00, Package P7, 7 nights, sharing (package P7: 700.00 per person sharing) C7",
        "stay Adult 2: charge adult 700.00, Package P7, 7 nights, sharing (package P7: 700.00 per person sharing) C7",
        "2027-02-01 Adult 3: charge extra_adult 490.00, Extra adult "
        "(extra_adult supplement: 70 % of 700.00 per person_night) X1",
        "stay Child 1 (9): charge child 350.00, Package P7, 7 nights, child (package P7: 350.00 per person child) 7",
        "stay Child 2 (1): charge infant 70.00, Package P7, 7 nights, infant (package P7: 70.00 per person infant) 7",
    ]
    # a percentage on one night is taken of a seventh of the total
    assert lines[5] == (
        "2027-02-02 Adult 1: charge event 10.00, Race week (event supplement: 10 % of 100.00 per person_night) S5"
    )
    single = told(priced(contract, stay("2027-03-01", "2027-03-08", 1)).cost_lines)
    assert single == [
        "stay Adult 1: charge single 900.00, Package P7, 7 nights, single (package P7: 900.00 per person single) D7"
    ]


def test_extra_adults_in_a_package_pay_an_amount_a_night_each_night() -> None:
    extra = {"kind": "extra_adult", "amount": "50", "cell": "X1"}
    contract = baobab(PLAIN, plans=[], rates=[], packages=[PACKAGE], rooms=[TRIPLE], supplements=[extra])
    lines = told(priced(contract, stay("2027-02-01", "2027-02-08", 3)).cost_lines)
    assert lines[2:] == [
        f"2027-02-0{night} Adult 3: charge extra_adult 50.00, Extra adult "
        "(extra_adult supplement: 50 per person_night) X1"
        for night in range(1, 8)
    ]


def test_a_percentage_tax_says_what_it_is_taken_of_and_package_totals_belong_to_no_night() -> None:
    gala = {"kind": "event", "name": "Gala", "amount": "50", "per": "room_night", "dates": ["2027-02-02"], "cell": "S3"}
    vat = {"code": "vat", "name": "VAT", "percent": "15", "settle": "added", "cell": "T1"}

    def taxes(per: str) -> list[str]:
        parts = {"packages": [PACKAGE], "supplements": [gala], "taxes": [{**vat, "per": per}]}
        contract = baobab(PLAIN, parts, plans=[], rates=[])
        lines = told(priced(contract, stay("2027-02-01", "2027-02-08", 2, [9])).cost_lines)
        return [line for line in lines if "VAT" in line]

    assert taxes("room_night") == [
        "stay room: tax tax 262.50, VAT (tax vat: 15 % of 1750.00 per room_night) T1",
        "2027-02-02 room: tax tax 7.50, VAT (tax vat: 15 % of 50.00 per room_night) T1",
    ]
    assert taxes("room_stay") == ["stay room: tax tax 270.00, VAT (tax vat: 15 % of 1800.00 per room_stay) T1"]
    assert taxes("person_stay")[0] == ("stay Adult 1: tax tax 105.00, VAT (tax vat: 15 % of 700.00 per person_stay) T1")


def test_services_say_how_often_for_whom_and_on_which_day() -> None:
    services = [
        {"kind": "transfer", "name": "Airport transfer", "per": "vehicle", "amount": "45.00", "cell": "H4"},
        {"kind": "activity", "name": "Cruise", "per": "person", "amount": "60", "child_amount": "25", "cell": "H5"},
    ]
    wanted = [ServiceWanted("Airport transfer", times=2), ServiceWanted("Cruise", day("2027-02-02"))]
    request = stay("2027-02-01", "2027-02-03", 1, [9], services=wanted)
    lines = told(priced(baobab(PLAIN, services=services), request).cost_lines)
    assert [line for line in lines if "H" in line[-2:]] == [
        "2027-02-01 room: charge transfer 90.00, Airport transfer "
        "(transfer Airport transfer: 2 x 45.00 per vehicle) H4",
        "2027-02-02 Adult 1: charge activity 60.00, Cruise (activity Cruise: 1 x 60 per person) H5",
        "2027-02-02 Child 1 (9): charge activity 25.00, Cruise (activity Cruise: 1 x 25 per person) H5",
    ]


def test_an_amount_that_a_percentage_is_taken_of_is_written_as_money() -> None:
    rates = [{"plan": "bb", "room": "standard", "season": "LOW", "amount": "57.70", "cell": "C1"}]
    lines = told(priced(baobab(PLAIN, rates=rates), stay("2027-02-01", "2027-02-02", 2, [9])).cost_lines)
    assert lines[2] == (
        "2027-02-01 Child 1 (9): charge child 28.85, Standard room, child (child rule child: 50 % of 57.70 (LOW)) C1"
    )


def test_what_is_paid_at_the_hotel_explains_itself_too() -> None:
    fee = {"kind": "event", "name": "Park fee", "amount": "15", "per": "room_night", "pay_local": True, "cell": "S5"}
    levy = {"code": "levy", "name": "Levy", "per": "person_night", "amount": "2.50", "min_age": 12, "cell": "T2"}
    contract = baobab(PLAIN, supplements=[fee], taxes=[{**levy, "settle": "pay_local"}])
    assert told(priced(contract, stay("2027-02-01", "2027-02-02", 1, [9])).pay_local) == [
        "2027-02-01 room: charge event 15.00, Park fee (event supplement: 15 per room_night) S5",
        "2027-02-01 Adult 1: tax tax 2.50, Levy (tax levy: 2.50 per person_night) T2",
    ]


def test_the_customer_reads_nights_board_and_rooms_of_each_type() -> None:
    rooms = [TRIPLE, {"code": "garden", "name": "Garden room", "max_adults": 2}]
    rates = [
        {"plan": "bb", "room": room, "season": "LOW", "amount": amount, "cell": "C1"}
        for room, amount in (("standard", "120"), ("garden", "100"))
    ]
    allotments = [{"room": "garden", "from": "2027-02-01", "to": "2027-02-28", "quantity": 1, "kind": "allotment"}]
    contract = baobab(PLAIN, rooms=rooms, rates=rates, allotments=allotments)
    (line,) = priced(contract, stay("2027-02-01", "2027-02-02", 4)).lines
    assert line.description == "Baobab Lodge, 1 night, BB, 1 x Standard room, 1 x Garden room"
