"""Rollups say what the rows say, whatever was written, by whom, in which order, and folded or not."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tembea.dashboard.period import Period
from tembea.kernel.context import platform_context
from tembea.kernel.db import DatabaseUnavailable, Db, DbLimits, Tx, open_pool
from tembea.kernel.embedded import Dsns
from tembea.rollups import Differences, build, check, fold, list_unbuilt, reconcile
from tembea.rollups.jobs import build_missing, fold_marked
from tembea.rollups.kinds_store import KINDS
from tembea.tenants import sync_tenant
from tests.app_fixtures import Agency, Platform, agency_config
from tests.dashboard.histories import CONFLICTS, NOW, History
from tests.dashboard.sources import answer, from_the_rows, same_from_every_source
from tests.trade_rows import Quote, add_client, add_invoice, add_quote

STEPS, WRITERS = 30, 3


@asynccontextmanager
async def owner_tx(database: Dsns, agency: Agency) -> AsyncGenerator[Tx]:
    """A transaction of the tables' owner, inside the agency."""
    async with await psycopg.AsyncConnection.connect(database.owner) as connection:
        await connection.execute("select set_config('app.tenant_id', %s, true)", [str(agency.key.tenant_id)])
        yield Tx(agency.ctx, connection)


async def write(db: Db, database: Dsns, agency: Agency, seed: int) -> None:
    """One writer: transactions of one to four steps, some of which are undone."""
    history = History(seed)
    for _ in range(STEPS):
        by_owner = history.random.random() < 0.3
        opened = owner_tx(database, agency) if by_owner else db.tx(agency.ctx)
        try:
            async with opened as tx:
                for _ in range(history.random.randrange(1, 5)):
                    await history.random.choice(history.owner_steps if by_owner else history.steps)(tx)
                if history.random.random() < 0.1:
                    raise psycopg.errors.DeadlockDetected("as if")
        except (*CONFLICTS, DatabaseUnavailable):
            continue


async def analyze(database: Dsns) -> None:
    """What autovacuum does elsewhere; it is off on the tests' server."""
    async with await psycopg.AsyncConnection.connect(database.owner, autocommit=True) as owner:
        await owner.execute("analyze quotes, quote_options, clients, client_events, invoices, invoice_payments")


async def fold_until(done: asyncio.Event, db: Db, agency: Agency) -> None:
    while not done.is_set():
        await fold(agency.ctx, db)
        await asyncio.sleep(0.02)


@pytest.fixture
async def writers_db(database: Dsns) -> AsyncIterator[Db]:
    pool = await open_pool(database.app, DbLimits(max_size=8, acquire_timeout_s=20))
    yield Db(pool)
    await pool.close()


@pytest.mark.parametrize("seed", [1, 2])
async def test_rollups_are_the_rows_after_any_history(
    platform: Platform, agency: Agency, database: Dsns, writers_db: Db, seed: int
) -> None:
    await build(agency.ctx, platform.db, anew=True)
    for round_number in range(2):
        done = asyncio.Event()
        folding = asyncio.create_task(fold_until(done, writers_db, agency))
        seeds = [seed * 100 + round_number * 10 + writer for writer in range(WRITERS)]
        await asyncio.gather(*(write(writers_db, database, agency, one) for one in seeds))
        done.set()
        await folding
        await write(writers_db, database, agency, seed + 7)  # what nobody has folded yet
        await analyze(database)
        for period in Period:
            waiting = await answer(platform.db, agency.ctx, period, NOW)
            assert waiting == await from_the_rows(platform.db, agency.ctx, period, NOW), period
        for period in Period:
            await same_from_every_source(platform.db, agency.ctx, period, NOW)


async def test_what_was_counted_wrong_is_found_and_mended(platform: Platform, agency: Agency, database: Dsns) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        for _ in range(5):
            await add_quote(tx, client_id, Quote(created_at=NOW - timedelta(days=2)))
    await build(agency.ctx, platform.db, anew=True)
    async with owner_tx(database, agency) as tx:
        await tx.execute("alter table quotes disable trigger user")
        await tx.execute("update quotes set status = 'accepted' where id = (select min(id::text)::uuid from quotes)")
        await tx.execute("alter table quotes enable trigger user")
        await tx.execute("update rollups set count = count + 3 where dimension = 'quotes.value' and grain = 'month'")

    found = await check(agency.ctx, platform.db)
    mended = await reconcile(agency.ctx, platform.db)

    assert found is not None
    assert mended is not None
    assert found.things["quote"] == mended.things["quote"] == 1
    assert found.sums == mended.sums == 1
    await same_from_every_source(platform.db, agency.ctx, Period.YEAR, NOW)


async def test_a_write_that_waits_to_be_folded_is_no_difference(platform: Platform, agency: Agency) -> None:
    await build(agency.ctx, platform.db, anew=True)
    async with platform.db.tx(agency.ctx) as tx:
        await add_quote(tx, await add_client(tx))

    found = await check(agency.ctx, platform.db)

    assert found is not None
    assert found.total == 0


async def test_the_worker_builds_what_is_missing_and_folds_what_was_written(platform: Platform, agency: Agency) -> None:
    assert await check(agency.ctx, platform.db) is None
    await build_missing.run(platform_context(), platform.db, None)
    async with platform.db.tx(agency.ctx) as tx:
        await add_quote(tx, await add_client(tx))
    await fold_marked.run(platform_context(), platform.db, None)

    async with platform.db.read(agency.ctx) as read:
        assert await read.value(int, "select count(*)::int from rollup_marks") == 0
        assert await read.value(int, "select count(*)::int from counted_quotes") == 1
    assert await check(agency.ctx, platform.db) is not None


async def test_sums_of_another_layout_are_not_read_and_built_anew(
    platform: Platform, agency: Agency, database: Dsns
) -> None:
    await build(agency.ctx, platform.db, anew=True)
    async with platform.db.tx(agency.ctx) as tx:
        await add_quote(tx, await add_client(tx))
        await tx.execute("update rollup_states set layout = 1")
        await tx.execute("delete from rollups where grain in ('dekad', 'year')")

    seen = await answer(platform.db, agency.ctx, Period.YEAR, datetime.now(UTC))
    await build_missing.run(platform_context(), platform.db, None)

    assert seen.stats is not None
    assert seen.stats.quotes.total == 1
    assert await check(agency.ctx, platform.db) == Differences({kind.name: 0 for kind in KINDS}, 0)


async def test_another_time_zone_moves_every_row_to_its_days(platform: Platform, agency: Agency) -> None:
    """23:30 in Lisbon is the next day in Johannesburg, in winter."""
    async with platform.db.tx(agency.ctx) as tx:
        moment = datetime(2026, 1, 14, 23, 30, tzinfo=UTC)
        await add_quote(tx, await add_client(tx), Quote(created_at=moment))
    now = datetime(2026, 1, 15, 12, tzinfo=UTC)
    await build(agency.ctx, platform.db)
    before = await same_from_every_source(platform.db, agency.ctx, Period.WEEK, now)

    moved = agency_config("savanna-trails").model_copy(update={"time_zone": "Europe/Lisbon"})
    await sync_tenant(platform.db, "savanna-trails", moved)
    async with platform.db.read(platform_context()) as read:
        assert [one.tenant for one in await list_unbuilt(read)] == ["savanna-trails"]
    at_once = await answer(platform.db, agency.ctx, Period.WEEK, now)
    await build_missing.run(platform_context(), platform.db, None)
    after = await same_from_every_source(platform.db, agency.ctx, Period.WEEK, now)

    assert before.quotes is not None
    assert after.quotes is not None
    assert [point.date for point in before.quotes.trend if point.count] == [date(2026, 1, 15)]
    assert [point.date for point in after.quotes.trend if point.count] == [date(2026, 1, 14)]
    assert at_once == after


# Clocks in Lisbon go forward on 2026-03-29 and back on 2026-10-25, both at 01:00 UTC: midnight is 00:00 UTC in
# winter and 23:00 UTC in summer, and the first day has 23 hours, the second 25.
@pytest.mark.parametrize(
    ("midnight", "local_day"),
    [
        (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
async def test_days_begin_at_local_midnight_when_clocks_change(
    platform: Platform, midnight: datetime, local_day: date
) -> None:
    config = agency_config("lisbon-tours").model_copy(update={"time_zone": "Europe/Lisbon"})
    agency = await platform.new_agency("lisbon-tours", config)
    await build(agency.ctx, platform.db)
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        for moment in (midnight - timedelta(seconds=1), midnight, midnight + timedelta(hours=2)):
            await add_quote(tx, client_id, Quote(created_at=moment))
        for age in (0, 1, 30, 31, 60, 61, 90, 91):
            await add_invoice(tx, client_id, total="10.00", due=local_day - timedelta(days=age))

    async def at(now: datetime) -> Any:
        return await same_from_every_source(platform.db, agency.ctx, Period.WEEK, now)

    last_moment, first_moment = await at(midnight - timedelta(seconds=1)), await at(midnight)
    later = await at(midnight + timedelta(hours=2))

    assert last_moment.quotes.trend[-1].date == local_day - timedelta(days=1)
    assert (last_moment.quotes.trend[-1].count, last_moment.stats.quotes.total) == (1, 1)
    assert [point.count for point in later.quotes.trend[-2:]] == [1, 2]
    assert later.quotes.trend[-1].date == local_day
    assert ages(last_moment) == [2, 2, 2, 2, 0]
    assert ages(first_moment) == [1, 2, 2, 2, 1]


def ages(sections: Any) -> list[int]:
    ageing = sections.invoices.aging
    buckets = (ageing.current, ageing.days_1_30, ageing.days_31_60, ageing.days_61_90, ageing.days_over_90)
    return [bucket.count for bucket in buckets]
