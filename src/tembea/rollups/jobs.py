"""The jobs of rollups."""

from collections.abc import Awaitable, Callable

import psycopg
import structlog

from tembea.kernel.context import Context, system_context
from tembea.kernel.db import Db
from tembea.kernel.errors import AppError
from tembea.kernel.jobs import periodic
from tembea.providers import Providers
from tembea.rollups import keeping, keeping_store

FOLD_EVERY_S = 15
NIGHTLY_S = 86_400
BUILD_TIMEOUT_S = 3_600.0

log = structlog.stdlib.get_logger("tembea.rollups")


@periodic("rollups.fold", every_s=FOLD_EVERY_S, scope="platform")
async def fold_marked(ctx: Context, db: Db, providers: Providers) -> None:
    """Fold what agencies have written since the last round, those alone that have written something."""
    del providers
    async with db.read(ctx) as read:
        tenants = await keeping_store.list_marked(read)
    for one in tenants:
        await _for_one(keeping.fold, one, db)


@periodic("rollups.build", every_s=FOLD_EVERY_S, scope="platform", timeout_s=BUILD_TIMEOUT_S)
async def build_missing(ctx: Context, db: Db, providers: Providers) -> None:
    """Build the rollups of new agencies, and anew those of agencies that moved to another time zone."""
    del providers
    async with db.read(ctx) as read:
        tenants = await keeping_store.list_unbuilt(read)
    for one in tenants:
        await _for_one(keeping.build, one, db)


@periodic("rollups.reconcile", every_s=NIGHTLY_S, timeout_s=BUILD_TIMEOUT_S)
async def reconcile(ctx: Context, db: Db, providers: Providers) -> None:
    """Compare an agency's rollups with its rows once a day, each agency at its own time, and mend them."""
    del providers
    await keeping.reconcile(ctx, db)


async def _for_one(work: Callable[[Context, Db], Awaitable[object]], one: keeping_store.TenantZone, db: Db) -> None:
    """One agency's failure is its own: it is logged, and tried again in the next round."""
    ctx = system_context(one.tenant_id, one.tenant)
    try:
        await work(ctx, db)
    except (AppError, psycopg.Error):
        log.exception("rollups_failed", tenant=one.tenant)
