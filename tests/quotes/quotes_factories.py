"""Quotes for tests: trips that can be booked from today, at hotels whose prices are easy to work out."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from httpx import Response

from tests.app_fixtures import Agency
from tests.rates.rates_factories import imported, nightly

Json = dict[str, object]
ARRIVAL = (datetime.now(UTC) + timedelta(days=60)).date()
CUSTOMER: Mapping[str, str] = {"name": "Ñandú Õzer", "email": "nandu@example.com", "phone": "082 555 0123"}


async def three_hotels(agency: Agency) -> dict[str, str]:
    """Baobab (4 stars, 100 a person and night), Acacia (3 stars, 80) and Marula (5 stars, 200) at Victoria Falls."""
    prices = {"Baobab Lodge": ("100.00", 4), "Acacia Camp": ("80.00", 3), "Marula House": ("200.00", 5)}
    return {
        name: await imported(agency, nightly(name, amount, stars=stars)) for name, (amount, stars) in prices.items()
    }


def trip(**asked: object) -> Json:
    """Five nights for two adults at Victoria Falls, kept as a draft."""
    return {
        "customer": dict(CUSTOMER),
        "destination": "Victoria Falls",
        "check_in": ARRIVAL.isoformat(),
        "nights": 5,
        "adults": 2,
        "children_ages": [],
        "send": False,
        **asked,
    }


async def generated(agency: Agency, **asked: object) -> dict[str, object]:
    answer = await agency.consultant.post("/api/v1/quotes/generate", json=trip(**asked))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def step(agency: Agency, quote: Mapping[str, object], verb: str) -> Response:
    return await agency.consultant.post(f"/api/v1/quotes/{quote['id']}/{verb}")


async def current(agency: Agency, quote: Mapping[str, object]) -> dict[str, object]:
    answer = await agency.consultant.get(f"/api/v1/quotes/{quote['id']}")
    assert answer.status_code == 200, answer.text
    return answer.json()
