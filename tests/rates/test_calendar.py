"""The price calendar: every day of a month, priced by the kernel or with what stands against it."""

from collections.abc import Mapping
from typing import cast

from httpx import Response

from tests.app_fixtures import Agency
from tests.rates.rates_factories import imported, nightly
from tests.rates.sheet_factories import csv_of, package, send_sheet

SEASONS = {
    "seasons": [
        {"code": "LOW", "from": "2031-04-01", "to": "2031-04-20"},
        {"code": "HIGH", "from": "2031-04-21", "to": "2031-04-28"},
    ],
    "rates": [
        {"plan": "bb", "room": "standard", "season": "LOW", "amount": "100.00"},
        {"plan": "bb", "room": "standard", "season": "HIGH", "amount": "150.00"},
    ],
    "restrictions": [
        {"kind": "min_stay", "mode": "arrival", "nights": 3, "seasons": ["HIGH"]},
        {"kind": "stop_sale", "dates": ["2031-04-10"]},
    ],
}


async def read(agency: Agency, hotel_id: str, **asked: str) -> Response:
    return await agency.consultant.get(
        f"/api/v1/rates/hotels/{hotel_id}/calendar", params={"month": "2031-04", **asked}
    )


def by_day(answer: Response) -> dict[str, Mapping[str, object]]:
    assert answer.status_code == 200, answer.text
    return {str(day["date"]): day for day in answer.json()["days"]}


def told(day: Mapping[str, object]) -> tuple[object, object]:
    total = cast("Mapping[str, object] | None", day["total"])
    return (day["nights"], total["amount"]) if total else (day["code"], None)


async def test_every_day_has_the_price_of_its_shortest_stay_or_a_reason(agency: Agency) -> None:
    hotel_id = await imported(agency, {**nightly("Baobab Lodge", "1"), **SEASONS})

    days = by_day(await read(agency, hotel_id))
    half_board = by_day(await read(agency, hotel_id, board="HB", adults="1"))

    assert len(days) == 30
    assert told(days["2031-04-01"]) == (1, "200.00")
    assert told(days["2031-04-10"]) == ("STOP_SALE", None)
    assert told(days["2031-04-21"]) == (3, "900.00")
    assert told(days["2031-04-28"])[0] in ("NO_RATE", "MIN_STAY_ARRIVAL")
    assert told(days["2031-04-30"]) == ("NO_RATE", None)
    assert told(half_board["2031-04-01"]) == (1, "170.00")


async def test_a_day_costs_what_the_price_route_says(agency: Agency) -> None:
    hotel_id = await imported(agency, {**nightly("Baobab Lodge", "1"), **SEASONS})
    day = by_day(await read(agency, hotel_id))["2031-04-22"]

    stay = {"hotel_ids": [hotel_id], "check_in": "2031-04-22", "nights": day["nights"], "adults": 2}
    price = (await agency.consultant.post("/api/v1/pricing/price", json=stay)).json()

    assert price["options"][0]["total"] == day["total"]


async def test_packages_are_offered_on_the_days_they_can_begin(agency: Agency) -> None:
    sheet = csv_of(
        package(check_in_date="2031-04-01", check_out_date="2031-04-20"), package(room_type="Deluxe", nights=5)
    )
    hotel_id = (await send_sheet(agency, sheet)).json()["hotel_ids"][0]

    answer = await read(agency, hotel_id, room="standard")
    days = by_day(answer)

    assert [room["code"] for room in answer.json()["rooms"]] == ["standard", "deluxe"]
    assert answer.json()["boards"] == ["AI"]
    assert (told(days["2031-04-13"]), told(days["2031-04-14"])) == ((7, "80000.00"), ("NO_RATE", None))


async def test_days_that_are_gone_and_questions_without_sense_say_so(agency: Agency, other_agency: Agency) -> None:
    hotel_id = await imported(agency, nightly("Baobab Lodge", "1"))

    past = by_day(await read(agency, hotel_id, month="2026-02"))

    assert {told(day) for day in past.values()} == {("PAST_DATE", None)}
    assert (await read(agency, hotel_id, room="palace")).status_code == 422
    assert (await read(agency, hotel_id, month="2031-13")).status_code == 422
    assert (await read(other_agency, hotel_id)).status_code == 404
