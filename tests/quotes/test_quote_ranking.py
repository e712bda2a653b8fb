"""Why an option stands where it stands: in words that hold, and with no margin where customers or partners look."""

from typing import Any, cast

import pytest

from tembea.tenants import TenantConfig
from tests.app_fixtures import Agency, Platform, agency_config
from tests.quotes.quotes_factories import generated, three_hotels
from tests.rates.rates_factories import imported, nightly

Answer = dict[str, Any]


async def reasons(agency: Agency, **asked: object) -> list[list[str]]:
    quote = cast("Answer", await generated(agency, **asked))
    return [option["reasons"] for option in quote["options"]]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"hotels": ["marula hotel"]}, "Before Baobab Lodge: the customer asked for it"),
        ({}, "Before Acacia Camp: it has more stars for the money"),
        (
            {"budget": {"amount": "1200", "currency": "ZAR"}},
            "Before Acacia Camp: it has more stars, and both keep to the budget",
        ),
        ({"budget": {"amount": "100", "currency": "ZAR"}}, "Before Acacia Camp: it has more stars for the money"),
    ],
)
async def test_what_puts_the_first_before_the_second_is_told_first(
    agency: Agency, asked: dict[str, object], told: str
) -> None:
    await three_hotels(agency)
    assert (await reasons(agency, **asked))[0][0] == told


async def test_every_reason_of_a_place_is_told(agency: Agency) -> None:
    await three_hotels(agency)
    first, second, third = await reasons(
        agency, hotels=["Acacia"], board="HB", budget={"amount": "1100", "currency": "ZAR"}
    )
    assert first[1:] == [
        "The customer asked for this hotel",
        "Board as asked for",
        "Within the budget of ZAR 1100.00",
        "3 stars",
        "Room for the party: 1 × Standard room",
        "Free to sell: the hotel need not be asked",
        "Total ZAR 1000.00",
    ]
    assert second[1] == "Not the hotel that the customer named"
    assert "Over the budget of ZAR 1100.00 by ZAR 1100.00" in third
    assert not any("margin" in reason.lower() for reason in (*first, *second, *third))


async def test_a_hotel_that_has_to_be_asked_comes_after_one_that_need_not(agency: Agency) -> None:
    asked = [{"room": "standard", "quantity": 9, "kind": "on_request", "from": "2026-01-01", "to": "2032-12-31"}]
    await imported(agency, nightly("Asking House", "50.00", allotments=asked))
    await imported(agency, nightly("Baobab Lodge", "100.00"))

    free, on_request = await reasons(agency)

    assert free[0] == "Before Asking House: the hotel need not be asked first"
    assert "On request: ask the hotel before you promise it" in on_request


async def test_between_hotels_alike_in_all_else_the_margin_decides_and_stands_with_the_costs(
    platform: Platform,
) -> None:
    policy = {"markups": [{"hotel": "Zebra House", "percent": "25"}]}
    config = {**agency_config("alike").model_dump(mode="json"), "quotes": policy}
    agency = await platform.new_agency("alike", TenantConfig.model_validate(config))
    for name, cost in (("Aloe House", "100.00"), ("Zebra House", "80.00")):
        await imported(agency, nightly(name, cost))

    quote = cast("Answer", await generated(agency))
    explained = (await agency.consultant.get(quote["explanation_url"])).json()

    assert [option["hotel"]["name"] for option in quote["options"]] == ["Zebra House", "Aloe House"]
    assert quote["options"][0]["reasons"][0] == "Before Aloe House: all else is equal"
    assert [option["margin"]["amount"] for option in explained["options"]] == ["200.00", "0.00"]
