"""Quotes over HTTP: what is offered, what is kept, what may change."""

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from tembea.rates import add_hotel_image
from tests.app_fixtures import Agency, Platform
from tests.quotes.quotes_factories import ARRIVAL, CUSTOMER, current, generated, step, three_hotels, trip
from tests.rates.rates_factories import imported, nightly

Answer = dict[str, Any]


def hotels(quote: Mapping[str, Any]) -> list[str]:
    return [option["hotel"]["name"] for option in quote["options"]]


async def test_a_quote_has_the_shape_that_the_contract_promises(agency: Agency) -> None:
    await three_hotels(agency)

    quote = cast("Answer", await generated(agency, children_ages=[6]))

    assert quote["number"] == f"QT-{datetime.now(UTC) + timedelta(hours=2):%Y%m%d}-0001"
    assert (quote["version"], quote["status"], quote["currency"]) == (1, "draft", "ZAR")
    assert quote["customer"] == {"name": "Ñandú Õzer", "email": "nandu@example.com", "phone": "+27825550123"}
    assert (quote["check_in"], quote["nights"]) == (ARRIVAL.isoformat(), 5)
    assert quote["check_out"] == (ARRIVAL + timedelta(days=5)).isoformat()
    assert quote["guests"] == {"adults": 2, "children_ages": [6]}
    assert quote["consultant"]["name"] == "Consultant Person"
    assert quote["public_url"] is None
    assert quote["sent_at"] is quote["viewed_at"] is quote["accepted_at"] is None
    option = quote["options"][0]
    assert option["stays"][0]["hotel"] == option["hotel"] == quote["hotel"]
    assert sorted(option["stays"][0]["rooms"][0]["guests"]) == ["Adult 1", "Adult 2", "Child 1 (6)"]
    assert await current(agency, quote) == quote


async def test_an_option_names_its_hotels_picture_where_there_is_one(platform: Platform, agency: Agency) -> None:
    ids = await three_hotels(agency)
    pictured = ids["Marula House"]
    async with platform.db.tx(agency.ctx) as tx:
        await add_hotel_image(tx, UUID(pictured), b"\x89PNG\r\npicture", "image/png")

    quote = cast("Answer", await generated(agency))

    named = {option["hotel"]["id"]: option["hotel"]["image_url"] for option in quote["options"]}
    assert named == {one: f"/api/v1/rates/hotels/{one}/image" if one == pictured else None for one in ids.values()}
    assert await current(agency, quote) == quote
    assert (await agency.consultant.get(named[pictured])).status_code == 200


async def test_the_total_is_the_price_routes_total_option_by_option(agency: Agency) -> None:
    ids = await three_hotels(agency)

    quote = cast("Answer", await generated(agency, board="HB", children_ages=[3]))
    asked = {key: trip(board="HB", children_ages=[3])[key] for key in ("check_in", "nights", "adults", "children_ages")}
    price = await agency.consultant.post(
        "/api/v1/pricing/price", json={**asked, "board": "HB", "hotel_ids": [*ids.values()]}
    )

    priced = {option["hotel"]["id"]: option["total"] for option in price.json()["options"]}
    assert {option["hotel"]["id"]: option["total"] for option in quote["options"]} == priced
    for option in quote["options"]:
        assert sum(Decimal(line["amount"]["amount"]) for line in option["lines"]) == Decimal(option["total"]["amount"])


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ({}, "Baobab Lodge"),
        ({"hotels": ["marula hotel"]}, "Marula House"),
        ({"hotels": ["Accacia"]}, "Acacia Camp"),
        ({"budget": {"amount": "900", "currency": "ZAR"}}, "Acacia Camp"),
        ({"budget": {"amount": "100", "currency": "ZAR", "basis": "per_person_night"}}, "Baobab Lodge"),
        ({"budget": {"amount": "400", "currency": "ZAR", "basis": "per_night"}}, "Marula House"),
        ({"budget": {"amount": "1000", "currency": "ZAR", "basis": "per_person"}}, "Marula House"),
        ({"budget": {"amount": "900", "currency": "USD"}}, "Baobab Lodge"),
    ],
)
async def test_the_best_fit_comes_first(agency: Agency, asked: Mapping[str, object], first: str) -> None:
    """Per person and night: Acacia 80 (3 stars), Baobab 100 (4 stars), Marula 200 (5 stars)."""
    await imported(agency, nightly("Acacia Camp", "80.00", stars=3, lone_adult_rule="child_as_adult"))
    await imported(agency, nightly("Baobab Lodge", "100.00", stars=4))
    await imported(agency, nightly("Marula House", "200.00", stars=5))

    quote = cast("Answer", await generated(agency, **asked))

    assert hotels(quote)[0] == first
    assert all(option["reasons"] for option in quote["options"])


async def test_at_most_as_many_options_as_the_agency_wants(agency: Agency) -> None:
    for number in range(5):
        await imported(agency, nightly(f"Camp Number{number}", f"{100 + number}.00"))

    quote = cast("Answer", await generated(agency))

    assert hotels(quote) == ["Camp Number0", "Camp Number1", "Camp Number2"]


async def test_a_hotel_offers_no_less_than_the_board_asked_for(agency: Agency) -> None:
    full = [{"code": "fb", "board": "FB", "basis": "per_person_night"}]
    rates = [{"plan": "fb", "room": "standard", "season": "ALL", "amount": "150.00", "cell": "D4"}]
    await imported(agency, nightly("Full Board House", "1.00", plans=full, rates=rates, supplements=[]))
    await imported(agency, nightly("Breakfast Only", "90.00", supplements=[]))
    await imported(agency, nightly("Half Board Lodge", "100.00"))

    quote = cast("Answer", await generated(agency, board="HB"))

    assert [(option["hotel"]["name"], option["board"]) for option in quote["options"]] == [
        ("Half Board Lodge", "HB"),
        ("Full Board House", "FB"),
    ]


async def test_currencies_stand_side_by_side_and_are_never_added(agency: Agency) -> None:
    await imported(agency, nightly("Dollar Lodge", "10.00", currency="USD"))
    await imported(agency, nightly("Rand Lodge", "100.00"))

    quote = cast("Answer", await generated(agency))

    assert [option["total"] for option in quote["options"]] == [
        {"amount": "1000.00", "currency": "ZAR"},
        {"amount": "100.00", "currency": "USD"},
    ]
    assert quote["total"] == {"amount": "1000.00", "currency": "ZAR"}


async def test_where_nothing_fits_every_hotel_says_why_and_nothing_is_kept(agency: Agency) -> None:
    await imported(agency, nightly("Baobab Lodge", "100.00"))

    answer = await agency.consultant.post("/api/v1/quotes/generate", json=trip(check_in="2040-01-01"))

    body = answer.json()
    assert (answer.status_code, body["code"]) == (422, "cannot_price")
    assert [(one["hotel"]["name"], one["code"]) for one in body["rejected"]] == [("Baobab Lodge", "NO_RATE")]
    assert (await agency.consultant.get("/api/v1/quotes")).json()["items"] == []
    assert (await agency.consultant.get("/api/v1/crm/clients")).json()["items"] == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"nights": 0, "check_in": "2020-01-01", "children_ages": [None]}, "BAD_DATES"),
        ({"check_in": "2027-02-29"}, "BAD_DATES"),
        ({"check_in": "2020-01-01", "children_ages": [None]}, "PAST_DATE"),
        ({"children_ages": [None]}, "MISSING_AGES"),
        ({"adults": True}, "invalid"),
        ({"nights": 400}, "BAD_DATES"),
        ({"board": "XX"}, "UNKNOWN_BOARD"),
        ({"budget": {"amount": "900", "currency": "ZAR,USD"}}, "UNKNOWN_CURRENCY"),
        ({"destination": "Atlantis"}, "cannot_price"),
        ({"customer": {"name": "No Address"}, "send": True}, "no_email_address"),
    ],
)
async def test_a_trip_without_sense_is_refused(agency: Agency, asked: Mapping[str, object], code: str) -> None:
    await imported(agency, nightly("Baobab Lodge", "100.00"))

    answer = await agency.consultant.post("/api/v1/quotes/generate", json=trip(**asked))

    body = answer.json()
    assert (answer.status_code, body["code"]) == (422, code)
    named = {one["loc"].split(".")[1] for one in body.get("errors", [])}
    assert named <= set(asked)
    assert named or code in ("cannot_price", "no_email_address")
    assert (await agency.consultant.get("/api/v1/quotes")).json()["items"] == []


async def test_the_same_customer_is_the_same_client(agency: Agency) -> None:
    await three_hotels(agency)

    first = await generated(agency)
    second = await generated(agency, customer={**CUSTOMER, "email": "NANDU@example.com"})

    assert first["client_id"] == second["client_id"]
    assert (first["number"], second["number"])[1] > first["number"]  # type: ignore[operator] - both are texts


async def test_the_pdf_has_two_pages_and_the_total(agency: Agency) -> None:
    await three_hotels(agency)
    quote = cast("Answer", await generated(agency))

    answer = await agency.consultant.get(quote["pdf_url"])

    reader = PdfReader(io.BytesIO(answer.content))
    text = "".join(page.extract_text() for page in reader.pages).replace("\xa0", " ")
    assert (answer.headers["content-type"], len(reader.pages)) == ("application/pdf", 2)
    assert quote["number"] in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "private, no-store"
    assert quote["number"] in text
    assert "Ñandú Õzer" in text
    for option in quote["options"]:
        assert f"R {Decimal(option['total']['amount']):,.2f}" in text


async def test_every_total_can_be_added_up_from_its_leaves(agency: Agency) -> None:
    await three_hotels(agency)
    quote = cast("Answer", await generated(agency, board="HB", children_ages=[7, 13]))

    explained = (await agency.consultant.get(quote["explanation_url"])).json()

    def leaves(node: Answer) -> list[Answer]:
        return [leaf for child in node["children"] for leaf in leaves(child)] if node["children"] else [node]

    for option, told in zip(quote["options"], explained["options"], strict=True):
        found = [leaf for line in told["lines"] for leaf in leaves(line)]
        assert sum(Decimal(leaf["amount"]["amount"]) for leaf in found) == Decimal(option["total"]["amount"])
        assert all(leaf["rule"] for leaf in found)
        assert all(leaf["source_ref"]["document"] for leaf in found if leaf["kind"] == "charge")


async def test_a_draft_changes_in_its_words_and_never_in_its_prices(agency: Agency) -> None:
    await three_hotels(agency)
    quote = cast("Answer", await generated(agency))
    chosen = quote["options"][1]["id"]
    change = {
        "cover_text": "As discussed on the phone.",
        "valid_until": (ARRIVAL - timedelta(days=3)).isoformat(),
        "selected_option_id": chosen,
        "customer": {"name": "Łukasz", "email": "lukasz@example.com"},
    }

    answer = await agency.consultant.patch(f"/api/v1/quotes/{quote['id']}", json=change)

    changed = answer.json()
    assert answer.status_code == 200, answer.text
    assert changed["customer"] == {"name": "Łukasz", "email": "lukasz@example.com", "phone": None}
    assert changed["cover_text"] == "As discussed on the phone."
    assert changed["selected_option_id"] == chosen
    assert changed["total"] == quote["options"][1]["total"]
    assert changed["options"] == quote["options"]


async def test_an_option_of_another_quote_cannot_be_selected(agency: Agency) -> None:
    await three_hotels(agency)
    quote, other = cast("Answer", await generated(agency)), cast("Answer", await generated(agency))

    wanted = {"selected_option_id": other["options"][0]["id"]}
    answer = await agency.consultant.patch(f"/api/v1/quotes/{quote['id']}", json=wanted)

    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, "body.selected_option_id")


async def test_a_version_does_not_follow_a_contract_that_changes(agency: Agency) -> None:
    await imported(agency, nightly("Baobab Lodge", "100.00"))
    quote = await generated(agency)
    before = (await agency.consultant.get(cast("str", quote["explanation_url"]))).json()

    await imported(agency, nightly("Baobab Lodge", "999.00"))

    assert await current(agency, quote) == quote
    assert (await agency.consultant.get(cast("str", quote["explanation_url"]))).json() == before


async def test_deleting_a_draft_cancels_it_and_its_number_stays_taken(agency: Agency) -> None:
    await three_hotels(agency)
    first = await generated(agency)

    deleted = await agency.consultant.delete(f"/api/v1/quotes/{first['id']}")
    again = await agency.consultant.delete(f"/api/v1/quotes/{first['id']}")
    second = await generated(agency)

    assert (deleted.status_code, again.status_code) == (204, 409)
    assert (await current(agency, first))["status"] == "cancelled"
    assert str(second["number"]).endswith("-0002")


@pytest.mark.parametrize("verb", ["send", "resend", "cancel"])
async def test_a_step_that_the_status_forbids_is_a_conflict(agency: Agency, verb: str) -> None:
    await three_hotels(agency)
    quote = await generated(agency)
    assert (await step(agency, quote, "cancel")).json()["status"] == "cancelled"

    answer = await step(agency, quote, verb)
    change = await agency.consultant.patch(f"/api/v1/quotes/{quote['id']}", json={"cover_text": "Hello"})

    assert (answer.status_code, answer.json()["code"]) == (409, "invalid_transition")
    assert (change.status_code, change.json()["code"]) == (409, "invalid_transition")


async def test_lists_filter_and_page_from_the_newest(agency: Agency) -> None:
    await three_hotels(agency)
    await imported(agency, nightly("Spice House", "70.00", destination="Nungwi"))
    falls = [await generated(agency) for _ in range(3)]
    island = await generated(agency, destination="Zanzibar", customer={"name": "Thandi Dlamini"})
    await step(agency, falls[0], "cancel")

    async def numbers(**params: str) -> list[str]:
        answer = await agency.consultant.get("/api/v1/quotes", params=params)
        assert answer.status_code == 200, answer.text
        return [item["number"][-4:] for item in answer.json()["items"]]

    today = datetime.now(UTC) + timedelta(hours=2)
    assert await numbers() == ["0004", "0003", "0002", "0001"]
    assert await numbers(status="cancelled") == ["0001"]
    assert await numbers(destination="stone town") == ["0004"]
    assert await numbers(client_id=str(island["client_id"])) == ["0004"]
    assert await numbers(q="thandi") == ["0004"]
    assert await numbers(q="nandu") == ["0003", "0002", "0001"]
    assert await numbers(q=str(falls[1]["number"])) == ["0002"]
    assert await numbers(q="spice") == ["0004"]
    assert await numbers(**{"from": f"{today:%Y-%m-%d}", "to": f"{today:%Y-%m-%d}"}) == ["0004", "0003", "0002", "0001"]
    assert await numbers(to=f"{today - timedelta(days=1):%Y-%m-%d}") == []
    assert await numbers(**{"from": "0001-01-01", "to": "9999-12-31"}) == ["0004", "0003", "0002", "0001"]
    last_day = date.fromisoformat(str(falls[2]["valid_until"]))
    soon = last_day - timedelta(days=1)
    await agency.consultant.patch(f"/api/v1/quotes/{falls[2]['id']}", json={"valid_until": soon.isoformat()})
    assert await numbers(expires_from=soon.isoformat(), expires_until=soon.isoformat()) == ["0003"]
    assert await numbers(expires_from=last_day.isoformat()) == ["0004", "0002", "0001"]
    page = (await agency.consultant.get("/api/v1/quotes", params={"limit": 3})).json()
    assert await numbers(limit="3", cursor=page["next_cursor"]) == ["0001"]


async def test_another_agencys_quote_is_as_unknown_as_any(agency: Agency, other_agency: Agency) -> None:
    await three_hotels(agency)
    quote = await generated(agency)
    reaches = [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/pdf"), ("GET", "/explanation")]
    reaches += [("POST", "/send"), ("POST", "/resend"), ("POST", "/cancel")]

    for method, path in reaches:
        body = {"cover_text": "x"} if method == "PATCH" else None
        asked = [
            await other_agency.consultant.request(method, f"/api/v1/quotes/{quote_id}{path}", json=body)
            for quote_id in (quote["id"], uuid4())
        ]
        theirs, nobodys = [{**answer.json(), "request_id": ""} for answer in asked]
        assert [answer.status_code for answer in asked] == [404, 404], (method, path)
        assert theirs == nobodys
    assert (await current(agency, quote))["status"] == "draft"
    assert (await other_agency.consultant.get("/api/v1/quotes")).json()["items"] == []


async def test_nobody_quotes_without_signing_in(platform: Platform) -> None:
    answer = await platform.anonymous.post("/api/v1/quotes/generate", json=trip())

    assert answer.status_code == 401
