"""Importing contracts and pricing stays, through the routes."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID, uuid4

import pytest

from tembea.rates import add_hotel_image
from tests.app_fixtures import Agency, Platform, agency_config
from tests.pricing.pricing_factories import EXAMPLES, examples
from tests.rates.rates_factories import document, imported, nightly, send_contract

SOON = (datetime.now(UTC) + timedelta(days=60)).date()


def stay(**asked: object) -> dict[str, object]:
    return {"check_in": SOON.isoformat(), "nights": 5, "adults": 2, "children_ages": [], **asked}


async def test_the_worked_examples_come_out_over_http(agency: Agency) -> None:
    wrong: dict[str, object] = {}
    for example in examples():
        patch = cast("Mapping[str, object]", example["patch"])
        hotel_id = await imported(agency, document(patch=patch))
        asked = {**cast("Mapping[str, object]", example["request"]), "hotel_ids": [hotel_id]}
        answer = (await agency.consultant.post("/api/v1/pricing/price", json=asked)).json()
        expected = dict(cast("Mapping[str, object]", example["expect"]))
        said = dict((answer["options"] or answer["rejected"])[0])
        said["cost_total"] = said.get("cost_total", {}).get("amount")
        if any(said.get(key) != value for key, value in expected.items()):
            wrong[str(example["id"])] = {key: said.get(key) for key in expected}
    assert wrong == {}


async def test_every_cost_line_names_its_source_and_they_sum_to_the_cost(agency: Agency) -> None:
    await imported(agency, nightly("Baobab Lodge", "100.33"))

    answer = (await agency.consultant.post("/api/v1/pricing/price", json=stay(children_ages=[5], board="HB"))).json()

    option = answer["options"][0]
    cents = [int(line["amount"]["amount"].replace(".", "")) for line in option["cost_lines"]]
    assert sum(cents) == int(option["cost_total"]["amount"].replace(".", ""))
    assert all(line["source_ref"]["document"] and line["rule"] for line in option["cost_lines"])
    assert {line["source_ref"]["cell"] for line in option["cost_lines"]} >= {"B2"}
    assert answer["engine_version"]
    assert answer["fx"] == []
    assert len(answer["hash"]) == 64


async def test_the_agencys_markup_tax_and_rounding_stand_in_the_total(platform: Platform) -> None:
    config = agency_config("marked-up").model_dump(mode="json")
    config["quotes"] |= {
        "markup": {"kind": "markup_on_cost", "percent": "12.5"},
        "sales_tax": {"name": "VAT", "percent": "15", "base": "markup"},
        "rounding": {"to": "10", "mode": "up"},
    }
    agency = await platform.new_agency("marked-up", type(agency_config("x")).model_validate(config))
    await imported(agency, nightly("Baobab Lodge", "100.00"))

    option = (await agency.consultant.post("/api/v1/pricing/price", json=stay(nights=1))).json()["options"][0]

    assert [(line["kind"], line["amount"]["amount"]) for line in option["lines"]] == [
        ("accommodation", "225.00"),
        ("sales_tax", "3.75"),
        ("rounding", "1.25"),
    ]
    assert option["total"] == {"amount": "230.00", "currency": "ZAR"}
    assert option["cost_total"] == {"amount": "200.00", "currency": "ZAR"}


async def test_without_an_exchange_rate_no_amount_is_made_up(agency: Agency) -> None:
    await imported(agency, nightly("Baobab Lodge", "100.00", currency="USD"))

    own = (await agency.consultant.post("/api/v1/pricing/price", json=stay())).json()
    other = (await agency.consultant.post("/api/v1/pricing/price", json=stay(currency="ZAR"))).json()

    assert own["options"][0]["total"] == {"amount": "1000.00", "currency": "USD"}
    assert other["options"] == []
    assert other["rejected"][0]["code"] == "NO_FX"


async def test_a_service_of_the_contract_is_a_line_of_its_own(agency: Agency) -> None:
    transfer = {"kind": "transfer", "name": "Airport transfer", "per": "vehicle", "amount": "450.00", "cell": "H2"}
    await imported(agency, nightly("Baobab Lodge", "100.00", services=[transfer]))
    asked = stay(services=[{"name": "Airport transfer", "times": 2}])

    option = (await agency.consultant.post("/api/v1/pricing/price", json=asked)).json()["options"][0]

    assert [(line["kind"], line["quantity"], line["amount"]["amount"]) for line in option["lines"]] == [
        ("accommodation", 1, "1000.00"),
        ("transfer", 2, "900.00"),
    ]
    assert option["cost_total"]["amount"] == "1900.00"


async def test_a_destination_goes_by_its_aliases_and_else_by_the_hotels_own_word(agency: Agency) -> None:
    await imported(agency, nightly("Baobab Lodge", "100.00"))
    await imported(agency, nightly("Dune Camp", "90.00", destination="Sossusvlei"))

    async def found(destination: str) -> list[str]:
        answer = await agency.consultant.post("/api/v1/pricing/price", json=stay(destination=destination))
        assert answer.status_code == 200, answer.text
        return [option["hotel"]["name"] for option in answer.json()["options"]]

    assert await found("vic falls") == ["Baobab Lodge"]
    assert await found("VICTORIA FALLS") == ["Baobab Lodge"]
    assert await found("sossusvlei") == ["Dune Camp"]
    assert await found("Atlantis") == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"nights": 0}, "BAD_DATES"),
        ({"nights": None}, "BAD_DATES"),
        ({"nights": 9_999_999}, "BAD_DATES"),
        ({"nights": 5, "check_out": "2029-01-01"}, "BAD_DATES"),
        ({"check_in": "2020-01-01", "children_ages": [None]}, "PAST_DATE"),
        ({"check_in": "2020-01-01", "nights": 0, "children_ages": [None]}, "BAD_DATES"),
        ({"children_ages": [None]}, "MISSING_AGES"),
        ({"children_ages": [4, 5], "child_birth_dates": ["2020-01-01"]}, "MISSING_AGES"),
        ({"check_in": "2027-02-29"}, "BAD_DATES"),
        ({"check_in": "someday", "children_ages": [-1]}, "BAD_DATES"),
        ({"nights": 400}, "BAD_DATES"),
        ({"nights": -1, "board": "XX"}, "BAD_DATES"),
        ({"check_in": "2020-01-01", "board": "XX"}, "PAST_DATE"),
        ({"children_ages": [-1]}, "MISSING_AGES"),
        ({"children_ages": [18], "board": "XX"}, "MISSING_AGES"),
        ({"children_ages": [200]}, "MISSING_AGES"),
        ({"board": "XX"}, "UNKNOWN_BOARD"),
        ({"adults": 0}, "BAD_PARTY"),
        ({"adults": -1, "children_ages": [5]}, "BAD_PARTY"),
        ({"adults": 61}, "BAD_PARTY"),
        ({"rooms": 0}, "BAD_ROOMS"),
        ({"currency": "ZZZ"}, "UNKNOWN_CURRENCY"),
        ({"currency": "US\x00D"}, "UNKNOWN_CURRENCY"),
        ({"check_in": 1801440000}, "BAD_DATES"),
        ({"check_in": "1801440000"}, "BAD_DATES"),
        ({"check_in": "2027-02-01T00:00:00Z"}, "BAD_DATES"),
        ({"check_in": "２０２７-02-01"}, "BAD_DATES"),
        ({"check_in": None}, "BAD_DATES"),
        ({"adults": True}, "invalid"),
        ({"children_ages": [True]}, "invalid"),
        ({"services": [{"name": "Spa", "times": 0}]}, "BAD_SERVICES"),
    ],
)
async def test_a_request_without_sense_says_which_sense_is_missing(
    agency: Agency, asked: Mapping[str, object], code: str
) -> None:
    await imported(agency, nightly("Baobab Lodge", "100.00"))

    answer = await agency.consultant.post("/api/v1/pricing/price", json=stay(**asked))

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert all(error["loc"].startswith("body.") for error in answer.json()["errors"])


async def test_many_hotels_are_read_a_few_at_a_time_and_priced_together(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Baobab Lodge", "Dune Camp", "Reef House"):
        await imported(agency, nightly(name, "100.00"))
    monkeypatch.setattr("tembea.rates.routes.HOTELS_AT_ONCE", 1)

    answer = (await agency.consultant.post("/api/v1/pricing/price", json=stay())).json()

    assert [option["hotel"]["name"] for option in answer["options"]] == ["Baobab Lodge", "Dune Camp", "Reef House"]


async def test_pricing_that_takes_longer_than_a_request_may_is_given_up(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    await imported(agency, nightly("Baobab Lodge", "100.00"))
    monkeypatch.setattr("tembea.rates.routes.LONGEST_S", -1.0)

    answer = await agency.consultant.post("/api/v1/pricing/price", json=stay())

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_stay")
    assert "fewer hotels" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("asked", "loc"),
    [
        ({"check_in": "2027-02-29"}, "body.check_in"),
        ({"nights": None}, "body.check_out"),
        ({"nights": 9_999_999}, "body.nights"),
        ({"nights": 5, "check_out": "2029-01-01"}, "body.nights"),
        ({"booking_date": "2027-02-30"}, "body.booking_date"),
        ({"services": [{"name": "Spa", "on": "2027-02-30"}]}, "body.services"),
    ],
)
async def test_a_date_that_makes_no_sense_is_named_by_its_field(
    agency: Agency, asked: Mapping[str, object], loc: str
) -> None:
    answer = await agency.consultant.post("/api/v1/pricing/price", json=stay(**asked))

    assert [error["loc"] for error in answer.json()["errors"]] == [loc]


async def test_a_version_retires_the_one_before_and_the_same_document_is_the_same_version(agency: Agency) -> None:
    first = (await send_contract(agency, nightly("Baobab Lodge", "100.00"))).json()
    again = (await send_contract(agency, nightly("Baobab Lodge", "100.00"))).json()
    second = (await send_contract(agency, nightly("BAOBAB  lodge", "110.00"))).json()

    listed = (await agency.consultant.get("/api/v1/rates/contracts")).json()["items"]

    assert again["contract_ids"] == first["contract_ids"]
    assert second["hotel_ids"] == first["hotel_ids"]
    assert [(item["version"], item["status"]) for item in listed] == [(2, "live"), (1, "retired")]
    prices = (await agency.consultant.post("/api/v1/pricing/price", json=stay(nights=1))).json()["options"]
    assert [option["total"]["amount"] for option in prices] == ["220.00"]


async def test_a_draft_is_kept_and_not_sold(agency: Agency) -> None:
    answer = await send_contract(agency, nightly("Baobab Lodge", "100.00"), draft="true")
    contract_id = answer.json()["contract_ids"][0]

    shown = (await agency.consultant.get(f"/api/v1/rates/contracts/{contract_id}")).json()
    price = (await agency.consultant.post("/api/v1/pricing/price", json=stay())).json()

    assert (shown["status"], shown["document"]["hotel"]["name"]) == ("draft", "Baobab Lodge")
    assert price["options"] == []
    assert price["rejected"][0]["code"] == "NO_RATE"


async def test_a_dry_run_stores_nothing(agency: Agency) -> None:
    answer = await send_contract(agency, nightly("Baobab Lodge", "100.00"), dry_run="true")

    said = answer.json()
    assert (said["accepted"], said["rejected"], said["errors"]) == (1, 0, [])
    assert (said["contract_ids"], said["hotel_ids"], said["created"]) == ([], [], 0)
    assert (await agency.consultant.get("/api/v1/rates/hotels")).json()["items"] == []


@pytest.mark.parametrize("dry_run", ["false", "true"])
async def test_a_fault_is_named_with_its_line_and_key_and_nothing_is_stored(agency: Agency, dry_run: str) -> None:
    text = (EXAMPLES / "baobab.contract.yaml").read_text("utf-8").replace('"120.00"', "120.5", 1)
    line = 1 + text[: text.index("120.5")].count("\n")
    answer = await agency.consultant.post(
        "/api/v1/rates/import",
        files={"file": ("baobab.yaml", text.encode(), "application/yaml")},
        params={"dry_run": dry_run},
    )

    body = answer.json()
    assert answer.status_code == (200 if dry_run == "true" else 422)
    assert (body["accepted"], body["rejected"], body["contract_ids"]) == (0, 1, [])
    assert (body["errors"][0]["row"], body["errors"][0]["column"]) == (line, "rates[0].amount")
    assert body["errors"][0]["message"]
    assert (await agency.consultant.get("/api/v1/rates/hotels")).json()["items"] == []


async def test_other_tables_are_refused_with_what_is_read_instead(agency: Agency) -> None:
    answer = await agency.consultant.post("/api/v1/rates/import", files={"file": ("rates.xls", b"\xd0\xcf\x11\xe0")})

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_file")
    assert "XLSX" in answer.json()["detail"]


async def test_hotels_come_by_name_in_pages_with_their_places(agency: Agency) -> None:
    for name, place in (("Zebra Inn", "Zanzibar"), ("Àsara House", "Stone Town"), ("Mango Court", "Sossusvlei")):
        await imported(agency, nightly(name, "80.00", destination=place))

    first = (await agency.consultant.get("/api/v1/rates/hotels", params={"limit": 2})).json()
    rest = await agency.consultant.get("/api/v1/rates/hotels", params={"limit": 2, "cursor": first["next_cursor"]})
    places = (await agency.consultant.get("/api/v1/rates/destinations")).json()["items"]

    assert [hotel["name"] for hotel in first["items"]] == ["Àsara House", "Mango Court"]
    assert [hotel["name"] for hotel in rest.json()["items"]] == ["Zebra Inn"]
    assert rest.json()["next_cursor"] is None
    assert {place["name"]: place["hotels"] for place in places} == {
        "Zanzibar": 2,
        "Victoria Falls": 0,
        "Cape Town": 0,
        "Sossusvlei": 1,
    }


async def test_a_hotels_picture_is_for_its_own_agency(platform: Platform, agency: Agency, other_agency: Agency) -> None:
    hotel_id = await imported(agency, nightly("Baobab Lodge", "100.00"))
    async with platform.db.tx(agency.ctx) as tx:
        await add_hotel_image(tx, UUID(hotel_id), b"\x89PNG\r\npicture", "image/png")

    mine = await agency.consultant.get(f"/api/v1/rates/hotels/{hotel_id}/image")
    theirs = await other_agency.consultant.get(f"/api/v1/rates/hotels/{hotel_id}/image")

    assert (mine.content, mine.headers["content-type"]) == (b"\x89PNG\r\npicture", "image/png")
    assert "private" in mine.headers["cache-control"]
    assert theirs.status_code == 404


async def test_another_agencys_hotel_is_as_unknown_as_any(agency: Agency, other_agency: Agency) -> None:
    hotel_id = await imported(agency, nightly("Baobab Lodge", "100.00"))
    contract_id = (await agency.consultant.get("/api/v1/rates/contracts")).json()["items"][0]["id"]

    price = "/api/v1/pricing/price"
    theirs = await other_agency.consultant.post(price, json=stay(hotel_ids=[hotel_id]))
    nobodys = await other_agency.consultant.post(price, json=stay(hotel_ids=[str(uuid4())]))
    contract = await other_agency.consultant.get(f"/api/v1/rates/contracts/{contract_id}")

    assert theirs.status_code == nobodys.status_code == contract.status_code == 404
    assert {**theirs.json(), "request_id": ""} == {**nobodys.json(), "request_id": ""}


async def test_prices_are_for_staff_and_the_schema_for_everybody(platform: Platform) -> None:
    price = await platform.anonymous.post("/api/v1/pricing/price", json=stay())
    schema = await platform.anonymous.get("/api/v1/rates/contract.schema.json")

    assert price.status_code == 401
    assert "hotel" in schema.json()["properties"]
