"""What is made for measurements costs the warehouse nothing until somebody asks for it."""

from datetime import UTC, datetime

import pytest

from tembea.demo.scale import Scale, seed_scale
from tembea.kernel.context import anonymous_context, platform_context, system_context
from tembea.kernel.db import Db, DbLimits, open_pool
from tembea.kernel.embedded import Dsns
from tembea.tenants import find_tenant_by_slug
from tembea.warehouse import reload_everything

BACKLOG = "select count(tenant_id)::int from warehouse_outbox"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
async def test_the_warehouse_is_told_only_when_it_is_to_be(database: Dsns) -> None:
    pool = await open_pool(database.app, DbLimits(max_size=2, acquire_timeout_s=30, statement_timeout_ms=60_000))
    db = Db(pool)
    await seed_scale(db, Scale(quotes=30, tenants=2), say=lambda _: None, now=datetime(2026, 11, 3, 9, tzinfo=UTC))
    async with db.read(platform_context()) as read:
        assert await read.value(int, BACKLOG) == 0
    async with db.read(anonymous_context("test")) as read:
        key = await find_tenant_by_slug(read, "scale-0001")
    assert key is not None

    assert await reload_everything(system_context(key.tenant_id, key.tenant), db) == 30
    async with db.read(platform_context()) as read:
        assert await read.value(int, BACKLOG) == 30
    await pool.close()
