"""Contract documents: what is read, what is refused, and that every refusal says where and what to do."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import cast

import jsonschema
import pytest

from tembea.pricing.terms import Board
from tembea.rates.document import contract_schema
from tembea.rates.loading import load_document, load_values
from tembea.rates.reading import DocumentFault, DocumentRefused, read_raw
from tests.pricing.pricing_factories import EXAMPLES

BAOBAB_TEXT = (EXAMPLES / "baobab.contract.yaml").read_text("utf-8")
BAOBAB = cast("Mapping[str, object]", read_raw(BAOBAB_TEXT).value)


def patched(**patch: object) -> dict[str, object]:
    return {**BAOBAB, **patch}


def entry(key: str, place: int = 0, keyed: Mapping[str, object] | None = None, **changes: object) -> dict[str, object]:
    """The document with one entry of a list changed; a change to None removes the key."""
    rows = [dict(row) for row in cast("list[Mapping[str, object]]", BAOBAB[key])]
    rows[place] = {
        name: value for name, value in {**rows[place], **(keyed or {}), **changes}.items() if value is not None
    }
    return patched(**{key: rows})


def in_zone(name: str) -> dict[str, object]:
    return patched(hotel={**cast("Mapping[str, object]", BAOBAB["hotel"]), "time_zone": name})


def without(key: str) -> dict[str, object]:
    return {name: value for name, value in BAOBAB.items() if name != key}


def faults(load: Callable[[], object]) -> list[DocumentFault]:
    with pytest.raises(DocumentRefused) as refused:
        load()
    assert all(fault.message.endswith(".") for fault in refused.value.faults)
    return list(refused.value.faults)


def fault_of(document: object) -> tuple[str, str]:
    first = faults(lambda: load_values(document))[0]
    return first.loc, first.code


def test_the_reference_contract_is_read_from_yaml() -> None:
    contract = load_document(BAOBAB_TEXT).contract
    assert (contract.hotel.name, contract.currency, contract.hotel.country) == ("Baobab Lodge", "USD", "ZW")
    assert [rate.source.cell for rate in contract.rates] == ["C12", "C13", "C14", "C15"]
    assert contract.rates[0].source.document == "Baobab Lodge contract 2027"
    assert contract.supplements[2].board is Board.HB


def test_json_and_yaml_give_the_same_contract() -> None:
    from_yaml, from_json = load_document(BAOBAB_TEXT), load_document(json.dumps(BAOBAB))
    assert from_yaml.contract == from_json.contract
    assert from_yaml.contract.digest == from_json.contract.digest


def test_a_document_written_out_again_gives_the_same_contract() -> None:
    loaded = load_document(BAOBAB_TEXT)
    assert load_document(json.dumps(loaded.as_json())).contract == loaded.contract


def test_every_optional_key_of_the_form_is_known() -> None:
    full = patched(
        rate_kind="commissionable",
        commission_pct="12.5",
        booking_window={"from": "2026-01-01", "to": "2027-12-31"},
        allotments=[
            {"room": "standard", "from": "2027-01-11", "to": "2027-03-31", "quantity": 4, "kind": "allotment"},
            {"room": "standard", "from": "2027-04-01", "to": "2027-10-31", "kind": "free_sale"},
        ],
        offers=[
            {
                "code": "LAST",
                "kind": "last_minute",
                "amount": "10.00",
                "lead_days_max": 7,
                "booking": {"from": "2027-01-01"},
                "scope": "whole_stay",
                "boards": ["BB", "HB"],
                "rooms": ["standard"],
            },
            {"code": "LONG", "kind": "long_stay", "percent": "10", "nights_min": 7, "scope": "arrival"},
            {
                "code": "SP",
                "kind": "stay_pay",
                "stay": 7,
                "pay": 6,
                "repeatable": True,
                "max_free": 2,
                "free_night": "average",
            },
            {"code": "SPA", "kind": "value_add", "name": "A massage"},
        ],
        packages=[
            {
                "code": "W",
                "board": "BB",
                "room": "standard",
                "nights": 7,
                "valid": {"from": "2027-01-11", "to": "2027-12-31"},
                "sharing": 700,
                "single": "900.00",
                "child": "350.00",
                "child_band": "child",
                "infant": 0,
                "row": 7,
            }
        ],
        services=[
            {"kind": "transfer", "name": "Airport", "per": "vehicle", "amount": "60.00", "valid": {"to": "2027-12-31"}},
            {"kind": "activity", "name": "Falls", "per": "person", "amount": "30.00", "child_amount": "15.00"},
        ],
    )
    contract = load_values(full).contract
    assert contract.commission_pct == Decimal("12.5")
    assert contract.packages[0].source.row == 7
    assert [offer.code for offer in contract.offers] == ["LAST", "LONG", "SP", "SPA"]


@pytest.mark.parametrize(
    ("text", "loc", "code", "line"),
    [
        ("contract: 1\ncontract: 1\n", "contract", "duplicate_key", 2),
        ("contract: 1\nhotel: {name: A, name: B}\n", "hotel.name", "duplicate_key", 2),
        ('{"contract": 1, "contract": 2}', "contract", "duplicate_key", None),
        ("a: &x [1]\nb: *x\n", "b", "alias", 1),
        ("contract: [1\n", "", "bad_syntax", 2),
        ('{"contract": 1,}', "", "bad_syntax", 1),
        ("- 1\n- 2\n", "", "not_a_mapping", None),
        ("", "", "not_a_mapping", None),
        ("? [a]\n: 1\n", "", "bad_syntax", 1),
        ('{"contract": NaN}', "", "bad_value", None),
        ("a: 1\n---\nb: 2\n", "", "several_documents", None),
        ("a: !!python/object:os.system x\n", "currency", "missing_key", 1),
        ("[" * 4000, "", "too_deep", None),
        ('{"contract": ' + "9" * 5000 + "}", "contract", "bad_value", None),
        ("a: \x00", "", "bad_syntax", None),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_by_name(text: str, loc: str, code: str, line: int | None) -> None:
    found = faults(lambda: load_document(text))
    assert (loc, code, line) in [(fault.loc, fault.code, fault.line) for fault in found]


def test_yaml_s_surprises_stay_text() -> None:
    raw = read_raw("country: NO\nyes: on\nday: 2027-02-29\ncell: 012\nratio: 1:30\nempty:\n").value
    assert raw == {
        "country": "NO",
        "yes": "on",
        "day": "2027-02-29",
        "cell": "012",
        "ratio": "1:30",
        "empty": None,
    }


@pytest.mark.parametrize("text", ["120.00", "1e3", ".5", "120.", "-1.5"])
def test_an_unquoted_amount_is_a_float_and_refused_by_name(text: str) -> None:
    found = faults(lambda: load_document(BAOBAB_TEXT.replace('amount: "120.00"', f"amount: {text}")))
    assert [(fault.loc, fault.code) for fault in found] == [("rates[0].amount", "float_amount")]
    before = BAOBAB_TEXT[: BAOBAB_TEXT.index('amount: "120.00"')]
    assert found[0].line == before.count("\n") + 1
    assert '"28.50"' in found[0].message


def test_a_whole_number_is_an_exact_amount() -> None:
    assert load_values(entry("rates", amount=120)).contract.rates[0].amount == 120


@pytest.mark.parametrize("amount", ["-1.00", "1,200.00", "1 200", "USD 12", "", "1e3", "٣", True, [1], "1234567890123"])
def test_anything_but_a_plain_amount_is_refused(amount: object) -> None:
    assert fault_of(entry("rates", amount=amount)) == ("rates[0].amount", "bad_amount")


@pytest.mark.parametrize(
    ("document", "loc", "code"),
    [
        (patched(colour="red"), "colour", "unknown_key"),
        (entry("rates", colour="red"), "rates[0].colour", "unknown_key"),
        (entry("rates", amount=None), "rates[0].amount", "missing_key"),
        (patched(contract=2), "contract", "bad_value"),
        (patched(currency="XXQ"), "currency", "unknown_currency"),
        (patched(currency="usd"), "currency", "bad_value"),
        (
            in_zone("Mars/Base"),
            "hotel.time_zone",
            "unknown_time_zone",
        ),
        (
            in_zone("../etc"),
            "hotel.time_zone",
            "unknown_time_zone",
        ),
        (entry("seasons", 0, {"from": "2027-02-29"}), "seasons[0].from", "bad_value"),
        (entry("seasons", 0, {"from": "2027-04-01"}), "seasons[0]", "broken_rule"),
        (entry("seasons", to="2027-04-01"), "seasons[1]", "season_overlap"),
        (entry("seasons", code="SUMMER"), "rates[0].season", "unknown_season"),
        (entry("rates", plan="hb"), "rates[0].plan", "unknown_plan"),
        (entry("rates", room="suite"), "rates[0].room", "unknown_room"),
        (entry("rates", 1, season="LOW"), "rates[1]", "duplicate_rate"),
        (entry("age_bands", 1, to=10), "age_bands", "band_hole"),
        (entry("age_bands", 1, to=12), "age_bands[2]", "band_overlap"),
        (entry("age_bands", 3, to=18), "age_bands[3].to", "bad_value"),
        (entry("age_bands", 1, code="teen"), "age_bands[2].code", "duplicate_code"),
        (entry("child_rules", band="toddler"), "child_rules[0].band", "unknown_age_band"),
        (entry("child_rules", 1, band="infant"), "child_rules[1]", "duplicate_child_rule"),
        (entry("child_rules", 3, percent="90"), "child_rules[3]", "broken_rule"),
        (entry("child_rules", amount="1"), "child_rules[0]", "broken_rule"),
        (
            without("lone_adult_rule"),
            "lone_adult_rule",
            "missing_lone_adult_rule",
        ),
        (entry("supplements", 2, board=None), "supplements[2]", "broken_rule"),
        (entry("supplements", 2, board="XX"), "supplements[2].board", "bad_value"),
        (entry("supplements", 2, per="room_night"), "supplements[2]", "broken_rule"),
        (entry("supplements", 0, seasons=["MID"]), "supplements[0].seasons", "unknown_season"),
        (entry("restrictions", 0, days=None), "restrictions[0]", "broken_rule"),
        (entry("restrictions", 1, nights=None), "restrictions[1]", "broken_rule"),
        (entry("restrictions", 0, mode="through"), "restrictions[0]", "broken_rule"),
        (entry("offers", 0, lead_days_min=None), "offers[0]", "broken_rule"),
        (entry("offers", 0, amount="5"), "offers[0]", "broken_rule"),
        (entry("offers", 0, stay=5), "offers[0]", "broken_rule"),
        (entry("offers", 1, pay=5), "offers[1]", "broken_rule"),
        (entry("offers", 1, percent="5"), "offers[1]", "broken_rule"),
        (entry("offers", 0, percent="0"), "offers[0].percent", "bad_value"),
        (entry("taxes", 0, percent="5"), "taxes[0]", "broken_rule"),
        (entry("rooms", base_adults=3), "rooms[0]", "broken_rule"),
        (entry("rooms", min_adults=3), "rooms[0]", "broken_rule"),
        (entry("rooms", max_adults="2"), "rooms[0].max_adults", "bad_value"),
        (entry("rooms", max_adults=True), "rooms[0].max_adults", "bad_value"),
        (patched(rate_kind="commissionable"), "", "broken_rule"),
        (patched(rates={}), "rates", "bad_value"),
        (entry("rooms", name="Sea\x00view"), "rooms[0].name", "bad_value"),
        (entry("rooms", name=" \t "), "rooms[0].name", "bad_value"),
        (entry("offers", 0, code="EB\x0015"), "offers[0].code", "bad_value"),
        (entry("rates", cell="C\x0012"), "rates[0].cell", "bad_value"),
        (patched(hotel=None), "hotel", "bad_value"),
        ([], "", "bad_value"),
    ],
)
def test_a_fault_names_its_place_and_kind(document: object, loc: str, code: str) -> None:
    assert fault_of(document) == (loc, code)


def test_seasons_of_one_priority_may_share_dates_on_different_weekdays() -> None:
    seasons: list[dict[str, object]] = [
        {"code": "WEEK", "from": "2027-01-01", "to": "2027-01-31", "weekdays": ["mon", "tue", "wed", "thu", "sun"]},
        {"code": "END", "from": "2027-01-01", "to": "2027-01-31", "weekdays": ["fri", "sat"]},
        {"code": "FEST", "from": "2027-01-10", "to": "2027-01-12", "priority": 1},
    ]
    plain: dict[str, list[object]] = {"rates": [], "supplements": [], "restrictions": [], "offers": []}
    assert len(load_values(patched(**plain, seasons=seasons)).contract.seasons) == 3
    seasons[1]["weekdays"] = ["thu", "fri"]
    assert fault_of(patched(**plain, seasons=seasons)) == ("seasons[1]", "season_overlap")


def test_an_offer_may_name_offers_that_the_contract_does_not_have() -> None:
    only = [{"code": "SP54", "kind": "stay_pay", "stay": 5, "pay": 4, "combines_with": ["EB15"]}]
    assert load_values(patched(offers=only)).contract.offers[0].combines_with == {"EB15"}


def test_every_fault_is_listed_not_only_the_first() -> None:
    document = entry("rates", amount=1.5, colour="red")
    document["currency"] = "usd"
    assert {fault.loc for fault in faults(lambda: load_values(document))} == {
        "rates[0].amount",
        "rates[0].colour",
        "currency",
    }


def test_packages_name_rooms_and_bands_that_exist() -> None:
    package: dict[str, object] = {
        "code": "W",
        "board": "BB",
        "room": "standard",
        "nights": 7,
        "valid": {"from": "2027-01-11", "to": "2027-12-31"},
        "sharing": "700.00",
    }
    assert fault_of(patched(packages=[{**package, "room": "suite"}])) == ("packages[0].room", "unknown_room")
    assert fault_of(patched(packages=[{**package, "child": "1"}])) == ("packages[0]", "broken_rule")
    wrong_band = {**package, "child": "1", "child_band": "kid"}
    assert fault_of(patched(packages=[wrong_band])) == ("packages[0].child_band", "unknown_age_band")


def test_the_published_schema_accepts_the_reference_contract_and_refuses_floats_and_unknown_keys() -> None:
    schema = cast("dict[str, bool]", contract_schema())
    jsonschema.validate(cast("dict[str, str]", dict(BAOBAB)), schema)
    for wrong in (entry("rates", amount=120.5), patched(colour="red"), entry("rates", amount="-1")):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(cast("dict[str, str]", wrong), schema)


def test_a_text_whose_offers_combine_in_more_ways_than_are_tried_is_refused() -> None:
    codes = [f"O{place}" for place in range(18)]
    friends = [[codes[other] for other in range(18) if other // 3 != place // 3] for place in range(18)]
    rows = [
        {"code": code, "kind": "fixed", "percent": "1", "combines_with": others}
        for code, others in zip(codes, friends, strict=True)
    ]
    text = json.dumps(patched(offers=rows))
    (fault,) = faults(lambda: load_document(text))
    assert (fault.loc, fault.code) == ("offers", "too_many_combinations")
    assert load_document(json.dumps(patched(offers=rows, offer_selection="priority"))).contract.offers
