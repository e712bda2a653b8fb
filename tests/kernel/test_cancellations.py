"""Requests that are cut off in the middle leave nothing of theirs in the connections that they used."""

import asyncio
import random
from uuid import UUID, uuid4

import psycopg
import pytest

from tembea.kernel.context import anonymous_context, system_context
from tembea.kernel.db import DatabaseUnavailable, Db, DbLimits, open_pool
from tembea.kernel.embedded import Dsns

LIMITS = DbLimits(min_size=4, max_size=4, acquire_timeout_s=5)


async def test_two_hundred_cancellations_leave_nothing_behind(database: Dsns, anyio_backend: str) -> None:
    await cancel(database, 200)


@pytest.mark.prove
async def test_ten_thousand_cancellations_leave_nothing_behind(database: Dsns, anyio_backend: str) -> None:
    await cancel(database, 10_000)


async def cancel(database: Dsns, times: int) -> None:
    chance = random.Random(times)
    tenants = [uuid4() for _ in range(5)]
    plant(database, tenants)
    pool = await open_pool(database.app, LIMITS)
    db = Db(pool)
    cut_off = 0
    for start in range(0, times, 20):
        tasks = [asyncio.create_task(work(db, tenants[number % 5])) for number in range(start, start + 20)]
        for task in tasks:
            await asyncio.sleep(chance.random() * 0.002)
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        cut_off += sum(isinstance(one, asyncio.CancelledError) for one in ended)
        unexpected = [one for one in ended if not isinstance(one, asyncio.CancelledError | DatabaseUnavailable | None)]
        assert unexpected == []
    assert cut_off > times / 3, "hardly anything was cancelled"
    await inspect(db, tenants)
    await pool.close()


async def work(db: Db, tenant: UUID) -> None:
    """Reads and writes of one tenant, with pauses in which it may be cut off."""
    async with db.tx(system_context(tenant, "someone")) as tx:
        assert await tx.value(UUID, "select tenant_id from usage_counters") == tenant
        await tx.execute("update usage_counters set used = used + 1")
        await tx.rows("select pg_sleep(0.001)")
        assert await tx.value(UUID, "select tenant_id from usage_counters") == tenant


def plant(database: Dsns, tenants: list[UUID]) -> None:
    with psycopg.connect(database.app) as app:
        for number, tenant in enumerate(tenants):
            app.execute("select set_config('role', 'tembea_operator', true)")
            app.execute("insert into tenants (id, slug, name) values (%s, %s, 'x')", [tenant, f"tenant-{number}"])
            app.execute(
                "select set_config('role', 'tembea_app', true), set_config('app.tenant_id', %s, true)", [str(tenant)]
            )
            app.execute(
                "insert into usage_counters (tenant_id, name, day, used) values (%s, 'x', current_date, 0)", [tenant]
            )


async def inspect(db: Db, tenants: list[UUID]) -> None:
    """Every connection is idle and nobody's, and each tenant still sees its own row alone."""
    connections = [await db.pool.getconn(timeout=10) for _ in range(LIMITS.max_size)]
    for connection in connections:
        assert connection.info.transaction_status is psycopg.pq.TransactionStatus.IDLE
        found = await connection.execute("select current_setting('app.tenant_id', true), current_setting('role')")
        assert await found.fetchone() in ((None, "none"), ("", "none"))
        await db.pool.putconn(connection)
    async with db.read(anonymous_context("x")) as read:
        assert await read.rows("select * from usage_counters") == []
    for tenant in tenants:
        await work(db, tenant)
