"""Three options out of five hundred hotels of one destination, at a hundred thousand rate rows in the agency.

Fills a database of its own, then asks `QuoteAgent` for random trips, as a quote does: floors in SQL, the few hotels
that can be among the best priced by the kernel. Prints p50, p95 and the longest of all of it, the floors alone, and
what pricing every hotel takes. `cold` is the first trip of a process, which has parsed no contract yet; as in the API's
processes, what was loaded before it is set aside.

Usage: python benchmarks/candidates.py [TRIPS]
"""

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from tembea.kernel.context import Context, system_context
from tembea.kernel.db import Db, DbLimits, open_pool
from tembea.kernel.embedded import EmbeddedPostgres
from tembea.kernel.lasting import set_aside
from tembea.kernel.migrations import migrate
from tembea.quotes.agent import QuoteAgent, pricing_request
from tembea.quotes.trip import Kind, TripRequest
from tembea.rates import (
    FxBook,
    find_floors,
    import_contract,
    list_hotels,
    list_live_contracts,
    load_values,
    price_hotels,
)
from tembea.tenants import TenantConfig, sync_tenant
from tests.app_fixtures import agency_config
from tests.conftest import MIGRATIONS

HOTELS, ROOMS, SEASONS = 500, 10, 20
FIRST = date(2031, 1, 1)


def document(number: int, random: Random) -> dict[str, object]:
    """A hotel with 200 rate rows: ten room types in twenty seasons; some with offers and supplements."""
    base = random.randint(60, 900)
    rooms = [{"code": f"r{room}", "max_adults": 2 + room % 2, "max_children": 2} for room in range(ROOMS)]
    days = [FIRST + timedelta(days=18 * season) for season in range(SEASONS)]
    seasons = [{"code": f"s{at}", "from": str(day), "to": str(day + timedelta(days=17))} for at, day in enumerate(days)]
    rates = [
        {
            "plan": "bb",
            "room": f"r{room}",
            "season": f"s{season}",
            "amount": str(base + 25 * room + random.randint(0, 90)),
        }
        for room in range(ROOMS)
        for season in range(SEASONS)
    ]
    offers = [{"code": "EB", "kind": "early_bird", "percent": "10", "lead_days_min": 60}] if number % 4 == 0 else []
    return {
        "contract": 1,
        "hotel": {
            "name": f"Hotel {number:03}",
            "destination": "Zanzibar",
            "country": "TZ",
            "stars": 2 + number % 4,
            "time_zone": "Africa/Dar_es_Salaam",
        },
        "currency": "ZAR",
        "source": {"document": f"hotel-{number}.xlsx"},
        "age_bands": [{"code": "child", "from": 0, "to": 11}, {"code": "adult", "from": 12, "to": 17}],
        "lone_adult_rule": "adult_single_plus_child",
        "rooms": rooms,
        "plans": [{"code": "bb", "board": "BB", "basis": "per_person_night"}],
        "seasons": seasons,
        "rates": rates,
        "child_rules": [{"band": "child", "percent": "50"}],
        "supplements": [{"kind": "single", "percent": "40"}, {"kind": "extra_adult", "percent": "70"}],
        "offers": offers,
    }


def trip_of(random: Random) -> TripRequest:
    """Two people for a week, more or less."""
    check_in = FIRST + timedelta(days=random.randint(0, 340))
    nights = random.randint(3, 10)
    return TripRequest(
        kind=Kind.NEW_ENQUIRY,
        destinations=("Zanzibar",),
        check_in=check_in,
        check_out=check_in + timedelta(days=nights),
        nights=nights,
        adults=random.choice((1, 2, 2, 2, 3, 4)),
        children_ages=random.choice(((), (), (5,), (4, 9))),
    )


async def fill(db: Db, ctx: Context) -> None:
    """Five hundred hotels, in transactions of twenty."""
    random = Random(1)
    for start in range(0, HOTELS, 20):
        async with db.tx(ctx) as tx:
            for number in range(start, start + 20):
                await import_contract(tx, load_values(document(number, random)))
    async with db.tx(ctx) as tx:
        rows = await tx.value(int, "select count(*)::int from contract_rates")
    print(f"{HOTELS} hotels, {rows} rate rows")


async def offer(db: Db, ctx: Context, agent: QuoteAgent, trip: TripRequest) -> float:
    """Milliseconds of one offer."""
    began = time.perf_counter()
    async with db.read(ctx) as read:
        made = await agent.offer(read, trip)
    assert len(made.options) == 3
    return (time.perf_counter() - began) * 1000


async def everything(db: Db, ctx: Context, config: TenantConfig, trip: TripRequest) -> float:
    """Milliseconds of pricing every hotel for one trip, contracts parsed before."""
    async with db.read(ctx) as read:
        hotels = await list_hotels(read, config, destination="Zanzibar")
        live = await list_live_contracts(read, hotels)
    began = time.perf_counter()
    price_hotels(hotels, live, pricing_request(trip), config, datetime.now(UTC), FxBook(datetime.now(UTC).date()))
    return (time.perf_counter() - began) * 1000


async def floors(db: Db, ctx: Context, config: TenantConfig, trip: TripRequest) -> float:
    """Milliseconds of the floors of all hotels alone."""
    async with db.read(ctx) as read:
        hotels = await list_hotels(read, config, destination="Zanzibar")
        began = time.perf_counter()
        await find_floors(read, hotels, pricing_request(trip), booked=datetime.now(UTC).date())
    return (time.perf_counter() - began) * 1000


async def main(trips: int) -> None:
    """Fill, warm up, ask."""
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder) / "postgres")
        server.start()
        try:
            migrate(server.dsn_owner, MIGRATIONS)
            pool = await open_pool(server.dsn_app, DbLimits(acquire_timeout_s=5.0))
            await measure(Db(pool), trips)
            await pool.close()
        finally:
            server.stop()


async def measure(db: Db, trips: int) -> None:
    """Print what the trips took."""
    config = agency_config("bench")
    key = await sync_tenant(db, "bench", config)
    ctx, agent, random = system_context(key.tenant_id, key.tenant), QuoteAgent(config), Random(2)
    await fill(db, ctx)
    asked = [trip_of(random) for _ in range(trips)]
    set_aside()
    cold = await offer(db, ctx, agent, asked[0])
    taken = sorted([await offer(db, ctx, agent, trip) for trip in asked])
    bounds = [await floors(db, ctx, config, trip) for trip in asked]
    p50, p95 = statistics.median(taken), taken[int(len(taken) * 0.95)]
    print(f"three of {HOTELS}: p50 {p50:.0f} ms, p95 {p95:.0f} ms, longest {taken[-1]:.0f} ms")
    print(f"cold: {cold:.0f} ms; the floors alone: {statistics.median(bounds):.0f} ms")
    print(f"pricing all of them, parsed before: {await everything(db, ctx, config, asked[0]):.0f} ms")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
