"""The jobs of the warehouse."""

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.jobs import job, periodic
from tembea.providers import Providers
from tembea.warehouse import service

FEED_EVERY_S = 30
LOAD_ATTEMPTS = 60
"""Ten minutes apart after the first ones: a warehouse may be away for ten hours before its loads are dead letters."""


@periodic("warehouse.feed", every_s=FEED_EVERY_S, scope="platform")
async def feed_warehouse(ctx: Context, db: Db, providers: Providers) -> None:
    """Promise a load to every agency that has something waiting."""
    del providers
    await service.enqueue_waiting(ctx, db)


@job(service.LOAD_JOB, attempts=LOAD_ATTEMPTS, timeout_s=1_800.0)
async def load_warehouse(ctx: Context, db: Db, providers: Providers) -> None:
    """Load what an agency has waiting."""
    await service.load_waiting(ctx, db, providers.warehouse)
