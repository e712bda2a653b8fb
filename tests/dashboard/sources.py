"""The dashboard worked out from every source there is: rollups with marks, folded rollups, and the rows themselves."""

from datetime import datetime
from unittest.mock import patch

from tembea.dashboard import service
from tembea.dashboard.model import Sections
from tembea.dashboard.period import Period
from tembea.dashboard.service import gather_sections
from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.rollups import check, fold
from tembea.rollups.store import LAYOUT


async def same_from_every_source(db: Db, ctx: Context, period: Period, now: datetime) -> Sections:
    """The sections, once they proved to be the same from all sources; the rollups stand folded afterwards."""
    waiting = await answer(db, ctx, period, now)
    await fold(ctx, db)
    folded = await answer(db, ctx, period, now)
    plain = await from_the_rows(db, ctx, period, now)
    assert waiting == plain
    assert folded == plain
    found = await check(ctx, db)
    assert found is not None
    assert found.total == 0
    return plain


async def answer(db: Db, ctx: Context, period: Period, now: datetime) -> Sections:
    # What is asked here is what the figures are, not how soon a busy machine has them.
    with patch.multiple(service, SECTION_DEADLINE_S=20.0, VIEW_DEADLINE_S=20.0):
        sections = await gather_sections(ctx, db, period=period, now=now)
    assert sections.errors == {}
    return sections


async def from_the_rows(db: Db, ctx: Context, period: Period, now: datetime) -> Sections:
    """What plain SQL says: without a state nobody reads rollups. It is put back afterwards."""
    async with db.tx(ctx) as tx:
        await tx.execute("delete from rollup_states where tenant_id = %s", [ctx.tenant_uuid])
    plain = await answer(db, ctx, period, now)
    async with db.tx(ctx) as tx:
        await tx.execute(
            """
            insert into rollup_states (tenant_id, time_zone, layout)
            select id, settings ->> 'time_zone', %s from tenants where id = %s
            """,
            [LAYOUT, ctx.tenant_uuid],
        )
    return plain
