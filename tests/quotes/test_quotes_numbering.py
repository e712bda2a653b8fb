"""Numbers count per tenant and day without a gap, however many transactions ask at once and whatever fails."""

import asyncio
from datetime import date
from uuid import UUID

import psycopg
import pytest

from tembea.kernel.db import Db, DbLimits, Tx, open_pool
from tembea.quotes import Customer, Quote, create_quote, get_quote_agent
from tembea.quotes.service import version_digest
from tembea.quotes.store import get_whole_quote, take_number
from tembea.quotes.trip import Kind, TripRequest
from tembea.tenants import QuotaExceeded, get_tenant, local_today
from tests.app_fixtures import Agency, Platform, agency_config
from tests.quotes.quotes_factories import ARRIVAL, generated, three_hotels

TRIP = TripRequest(
    kind=Kind.NEW_ENQUIRY, destinations=("Victoria Falls",), check_in=ARRIVAL, nights=3, adults=2, customer_name="Ana"
)


class GivenUpError(Exception):
    pass


async def quoted(tx: Tx, client_id: str, *, signing_key: bytes = b"secret") -> Quote:
    tenant = await get_tenant(tx)
    return await create_quote(
        tx,
        tenant,
        customer=Customer("Ana", "ana@example.com"),
        client_id=UUID(client_id),
        enquiry_id=None,
        trip=TRIP,
        offer=await get_quote_agent(tenant).offer(tx, TRIP),
        cover_text="",
        language="en",
        signing_key=signing_key,
    )


async def client_of(agency: Agency) -> str:
    answer = await agency.consultant.post("/api/v1/crm/clients", json={"name": "Ana", "emails": ["ana@example.com"]})
    return str(answer.json()["id"])


async def test_fifty_at_once_of_which_every_third_fails_leave_no_gap(platform: Platform, agency: Agency) -> None:
    await three_hotels(agency)
    client_id = await client_of(agency)
    # Fifty wait for one row here; on a busy machine the last of them wait longer than the product lets anybody.
    patient = DbLimits(
        max_size=50,
        acquire_timeout_s=60,
        statement_timeout_ms=60_000,
        idle_in_transaction_timeout_ms=60_000,
        lock_timeout_ms=60_000,
    )
    pool = await open_pool(platform.settings.app_dsn, patient)
    db = Db(pool)

    async def attempt(place: int) -> str | None:
        try:
            async with db.tx(agency.ctx) as tx:
                quote = await quoted(tx, client_id)
                if place % 3 == 0:
                    raise GivenUpError
        except GivenUpError:
            return None
        return quote.number

    try:
        numbers = [number for number in await asyncio.gather(*map(attempt, range(50))) if number is not None]
    finally:
        await pool.close()

    async with platform.db.read(agency.ctx) as read:
        today = local_today(await get_tenant(read))
    assert len(numbers) == 33
    assert sorted(numbers) == [f"QT-{today:%Y%m%d}-{place:04d}" for place in range(1, 34)]


async def test_every_agency_and_every_day_counts_for_itself(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    async def numbers(owner: Agency, day: date) -> list[int]:
        async with platform.db.tx(owner.ctx) as tx:
            return [await take_number(tx, day) for _ in range(2)]

    assert await numbers(agency, date(2027, 1, 1)) == [1, 2]
    assert await numbers(other_agency, date(2027, 1, 1)) == [1, 2]
    assert await numbers(agency, date(2027, 1, 2)) == [1, 2]
    assert await numbers(agency, date(2027, 1, 1)) == [3, 4]


async def test_a_quote_over_the_days_quota_is_refused_and_takes_no_number(platform: Platform) -> None:
    config = agency_config("small-desk")
    agency = await platform.new_agency(
        "small-desk", config.model_copy(update={"limits": config.limits.model_copy(update={"daily_quotes": 2})})
    )
    await three_hotels(agency)
    client_id = await client_of(agency)

    for _ in range(2):
        async with platform.db.tx(agency.ctx) as tx:
            await quoted(tx, client_id)
    with pytest.raises(QuotaExceeded):
        async with platform.db.tx(agency.ctx) as tx:
            await quoted(tx, client_id)

    async with platform.db.tx(agency.ctx) as tx:
        assert await take_number(tx, local_today(await get_tenant(tx))) == 3


async def test_a_version_cannot_be_rewritten_by_the_app(platform: Platform, agency: Agency) -> None:
    await three_hotels(agency)
    quote = await generated(agency)

    for statement in (
        "update quotes set snapshot = '{}' where tenant_id = %s",
        "update quotes set number = 'QT-1' where tenant_id = %s",
        "delete from quotes where tenant_id = %s",
        "update quote_options set total = 1 where tenant_id = %s",
        "delete from quote_options where tenant_id = %s",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with platform.db.tx(agency.ctx) as tx:
                await tx.execute(statement, [agency.key.tenant_id])
    assert quote["number"]


async def test_the_digest_vouches_for_what_is_stored(platform: Platform, agency: Agency) -> None:
    await three_hotels(agency)
    client_id = await client_of(agency)
    async with platform.db.tx(agency.ctx) as tx:
        quote_id = (await quoted(tx, client_id)).id

    async with platform.db.read(agency.ctx) as read:
        stored = await get_whole_quote(read, quote_id)

    assert version_digest(stored.snapshot, stored.options) == stored.snapshot_sha256
    assert version_digest(stored.snapshot, stored.options[:1]) != stored.snapshot_sha256
