"""Exchange rates from the table to the price: what is used, what is named, and when there is no price at all."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from tembea.kernel.context import platform_context
from tembea.kernel.db import Db
from tembea.providers.fx import ReferenceRate
from tembea.rates import store_rates
from tembea.tenants import TenantConfig
from tests.app_fixtures import Agency, Platform, agency_config
from tests.rates.rates_factories import imported, nightly

# The agency's day, which begins two hours before the machine's.
TODAY = datetime.now(ZoneInfo("Africa/Johannesburg")).date()
SOON = TODAY + timedelta(days=60)


def published(rate: str, *, quote: str = "ZAR", days_ago: int = 0, base: str = "EUR") -> ReferenceRate:
    return ReferenceRate(base, quote, Decimal(rate), TODAY - timedelta(days=days_ago), "European Central Bank")


async def store(db: Db, *rates: ReferenceRate, cross: tuple[str, ...] = ()) -> int:
    async with db.tx(platform_context()) as tx:
        return await store_rates(tx, rates, cross=cross)


def exchanging(slug: str, **policy: object) -> TenantConfig:
    config = agency_config(slug).model_dump(mode="json")
    config["quotes"]["fx"] |= policy
    return TenantConfig.model_validate(config)


Answer = dict[str, Any]


async def price(agency: Agency, **asked: object) -> Answer:
    body: dict[str, object] = {"check_in": SOON.isoformat(), "nights": 1, "adults": 2, "children_ages": [], **asked}
    answer = await agency.consultant.post("/api/v1/pricing/price", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def total(answer: Answer) -> object:
    if answer["options"]:
        return answer["options"][0]["total"]
    return [one["code"] for one in answer["rejected"]]


async def test_a_price_in_another_currency_names_the_last_rate_and_holds_the_buffer(platform: Platform) -> None:
    agency = await platform.new_agency("buffered", exchanging("buffered", buffer_percent="2.5"))
    await imported(agency, nightly("Baobab Lodge", "100.01", currency="EUR"))
    await store(
        platform.db, published("19.5", days_ago=3), published("19.6188", days_ago=1), published("7", quote="DKK")
    )

    answer = await price(agency, currency="ZAR")

    # 200.02 x 19.6188 x 1.025, rounded once
    assert total(answer) == {"amount": "4022.26", "currency": "ZAR"}
    fx = answer["fx"]
    assert {key: fx[0][key] for key in ("base", "quote", "rate", "buffer_percent", "as_of", "source")} == {
        "base": "EUR",
        "quote": "ZAR",
        "rate": "19.6188",
        "buffer_percent": "2.5",
        "as_of": (TODAY - timedelta(days=1)).isoformat(),
        "source": "European Central Bank",
    }
    assert len(fx[0]["rate_id"]) == 36


async def test_neither_an_inverse_nor_a_cross_is_used_unless_it_was_asked_for(platform: Platform) -> None:
    agency = await platform.new_agency("crossing", exchanging("crossing"))
    await imported(agency, nightly("Baobab Lodge", "100.00", currency="USD"))
    rates = (published("20"), published("1.25", quote="USD"))
    await store(platform.db, *rates)

    assert total(await price(agency, currency="EUR")) == ["NO_FX"]
    assert total(await price(agency, currency="ZAR")) == ["NO_FX"]

    assert await store(platform.db, *rates, cross=("ZAR", "EUR")) == 3
    assert total(await price(agency, currency="EUR")) == {"amount": "160.00", "currency": "EUR"}
    crossed = await price(agency, currency="ZAR")
    assert total(crossed) == {"amount": "3200.00", "currency": "ZAR"}
    fx = crossed["fx"]
    assert fx[0]["source"] == "European Central Bank: EUR/ZAR 20 over EUR/USD 1.25"


async def test_a_rate_older_than_the_agency_allows_is_no_rate(platform: Platform) -> None:
    agency = await platform.new_agency("ageing", exchanging("ageing", max_age_days=7))
    await imported(agency, nightly("Baobab Lodge", "50.00", currency="EUR"))
    await store(platform.db, published("20", days_ago=8))

    answer = await price(agency, currency="ZAR")

    assert total(answer) == ["FX_STALE"]
    assert (TODAY - timedelta(days=8)).isoformat() in answer["rejected"][0]["detail"]
    await store(platform.db, published("20", days_ago=7))
    assert total(await price(agency, currency="ZAR")) == {"amount": "2000.00", "currency": "ZAR"}


async def test_the_day_of_the_booking_counts_where_the_agency_has_it_so(platform: Platform) -> None:
    config = exchanging("booked", policy="booking_date", max_age_days=2)
    booked = await platform.new_agency("booked", config)
    quoted = await platform.new_agency("quoted", exchanging("quoted", max_age_days=2))
    for agency in (booked, quoted):
        await imported(agency, nightly("Baobab Lodge", "50.00", currency="EUR"))
    await store(platform.db, published("10", days_ago=21), published("20"))
    earlier = (TODAY - timedelta(days=20)).isoformat()

    assert total(await price(booked, currency="ZAR", booking_date=earlier)) == {"amount": "1000.00", "currency": "ZAR"}
    assert total(await price(quoted, currency="ZAR", booking_date=earlier)) == {"amount": "2000.00", "currency": "ZAR"}


async def test_an_agency_that_sells_in_its_own_currency_is_never_quoted_in_another(platform: Platform) -> None:
    agency = await platform.new_agency("own", exchanging("own", sell_in="own"))
    await imported(agency, nightly("Baobab Lodge", "50.00", currency="EUR"))

    assert total(await price(agency)) == ["NO_FX"]
    await store(platform.db, published("20"))
    assert total(await price(agency)) == {"amount": "2000.00", "currency": "ZAR"}


async def test_a_correction_counts_from_then_on_and_nothing_is_stored_twice(platform: Platform) -> None:
    agency = await platform.new_agency("corrected", exchanging("corrected"))
    await imported(agency, nightly("Baobab Lodge", "50.00", currency="EUR"))
    assert await store(platform.db, published("20")) == 1
    assert await store(platform.db, published("20")) == 0
    assert await store(platform.db, published("21")) == 1

    assert total(await price(agency, currency="ZAR")) == {"amount": "2100.00", "currency": "ZAR"}


async def test_the_worker_reads_the_feed_and_goes_on_with_the_crosses(platform: Platform) -> None:
    from tembea.rates.fx import list_fx, refresh_rates

    await store(platform.db, published("20", days_ago=40), published("1.25", quote="USD", days_ago=40), cross=("ZAR",))
    async with platform.db.tx(platform_context()) as tx:
        await refresh_rates(tx, [published("21"), published("1.2", quote="USD"), published("9", days_ago=31)])
        last = {(one.base, one.quote): (str(one.rate), one.as_of) for one in await list_fx(tx, TODAY)}
    assert last["USD", "ZAR"] == ("17.50000000", TODAY)
    assert last["EUR", "ZAR"] == ("21.00000000", TODAY)


async def test_an_agency_reads_rates_and_stores_none(platform: Platform) -> None:
    agency = await platform.new_agency("reading", exchanging("reading"))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with platform.db.tx(agency.ctx) as tx:
            await store_rates(tx, [published("20")])
