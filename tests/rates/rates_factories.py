"""Contract documents for tests over HTTP: the reference contract of the pricing specification, moved and renamed."""

import json
from collections.abc import Mapping
from typing import cast

from httpx import Response

from tests.app_fixtures import Agency
from tests.pricing.pricing_factories import BAOBAB

Json = dict[str, object]

NIGHTLY: Mapping[str, object] = {
    "offers": [],
    "restrictions": [],
    "seasons": [{"code": "ALL", "from": "2026-01-01", "to": "2032-12-31"}],
    "rates": [{"plan": "bb", "room": "standard", "season": "ALL", "amount": "100.00", "cell": "B2"}],
    "supplements": [
        {"kind": "single", "percent": "50", "discountable": True},
        {
            "kind": "board",
            "board": "HB",
            "per": "person_night",
            "amounts": {"adult": "20.00", "teen": "20.00", "child": "10.00", "infant": "0.00"},
        },
    ],
}
"""One rate for years to come, so that a stay that is booked today can be priced."""


def document(
    name: str = "Baobab Lodge",
    *,
    destination: str = "Victoria Falls",
    stars: int | None = 4,
    patch: Mapping[str, object] | None = None,
) -> Json:
    """The reference contract with top-level keys replaced by `patch`, for a hotel of this name and place."""
    hotel = cast("Mapping[str, object]", BAOBAB["hotel"])
    named = {**hotel, "name": name, "destination": destination} | ({} if stars is None else {"stars": stars})
    return {**BAOBAB, **(patch or {}), "hotel": named}


def nightly(
    name: str,
    amount: str,
    *,
    destination: str = "Victoria Falls",
    currency: str = "ZAR",
    stars: int = 4,
    **patch: object,
) -> Json:
    """A contract with one rate per person and night for years to come, and half board for 20.00 more."""
    rates = [{"plan": "bb", "room": "standard", "season": "ALL", "amount": amount, "cell": "B2"}]
    return document(
        name,
        destination=destination,
        stars=stars,
        patch={**NIGHTLY, "rates": rates, "currency": currency, **patch},
    )


async def send_contract(agency: Agency, content: Mapping[str, object], **params: str) -> Response:
    files = {"file": ("contract.json", json.dumps(content).encode(), "application/json")}
    return await agency.consultant.post("/api/v1/rates/import", files=files, params=params)


async def imported(agency: Agency, content: Mapping[str, object]) -> str:
    """The id of the hotel whose contract is live now."""
    answer = await send_contract(agency, content)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["hotel_ids"][0])
