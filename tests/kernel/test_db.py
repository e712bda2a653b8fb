"""The handles: what a transaction sets, keeps and leaves behind."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import psycopg
import pytest

from tembea.kernel.context import system_context
from tembea.kernel.db import DatabaseUnavailable, Db, DbLimits, open_pool
from tembea.kernel.embedded import Dsns
from tests.conftest import TestServer

OURS, THEIRS = system_context(uuid4(), "ours"), system_context(uuid4(), "theirs")


@pytest.fixture(params=[False, True], ids=["plain", "prepared"])
async def db(database: Dsns, request: pytest.FixtureRequest, anyio_backend: str) -> AsyncIterator[Db]:
    limits = DbLimits(min_size=1, max_size=1, acquire_timeout_s=5, prepare=request.param)
    pool = await open_pool(database.app, limits)
    yield Db(pool)
    await pool.close()


async def test_one_connection_serves_tenants_in_turn_and_keeps_nothing_of_them(db: Db) -> None:
    for number in range(20):
        ctx = (OURS, THEIRS)[number % 2]
        async with db.tx(ctx) as tx:
            assert await tx.value(str, "select current_setting('app.tenant_id')") == str(ctx.tenant_id)
            assert await tx.value(str, "select current_user::text") == "tembea_app"
        async with db.pool.connection() as connection:
            row = await (await connection.execute("select current_setting('app.tenant_id', true)")).fetchone()
        assert row in ((None,), ("",))


async def test_a_read_changes_nothing(db: Db) -> None:
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        async with db.read(OURS) as read:
            await read.rows("delete from usage_counters returning 1")


async def test_an_error_rolls_back_and_leaves_the_connection_usable(db: Db) -> None:
    for _ in range(10):
        with pytest.raises(ZeroDivisionError):
            async with db.tx(OURS):
                raise ZeroDivisionError
        async with db.tx(OURS) as tx:
            assert await tx.value(int, "select 1") == 1


async def test_a_connection_that_the_server_dropped_is_replaced_before_anything_is_lost(
    db: Db, postgres: TestServer
) -> None:
    async with db.tx(OURS) as tx:
        name = await tx.value(str, "select current_database()::text")
    with psycopg.connect(postgres.dsn_superuser("postgres"), autocommit=True) as root:
        root.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])

    async with db.tx(OURS) as tx:
        assert await tx.value(int, "select 1") == 1


async def test_a_database_that_refuses_is_one_clear_error(anyio_backend: str) -> None:
    pool = await open_pool("postgresql://nobody@127.0.0.1:9/none", DbLimits(acquire_timeout_s=0.1))
    with pytest.raises(DatabaseUnavailable):
        async with Db(pool).read(OURS):
            pass
    await pool.close()


async def test_a_transaction_that_was_idle_for_too_long_is_told_that_nothing_was_changed(database: Dsns) -> None:
    pool = await open_pool(database.app, DbLimits(max_size=1, acquire_timeout_s=10, idle_in_transaction_timeout_ms=50))
    db = Db(pool)
    with pytest.raises(DatabaseUnavailable):
        async with db.read(OURS) as read:
            await asyncio.sleep(1)
            await read.value(int, "select 1")
    async with db.read(OURS) as read:
        assert await read.value(int, "select 1") == 1
    await pool.close()
