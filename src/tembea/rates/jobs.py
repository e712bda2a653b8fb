"""The doors of the queue into rates."""

import psycopg
import structlog

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.errors import AppError
from tembea.kernel.jobs import periodic
from tembea.providers import Providers
from tembea.rates import fx, grants

KEEP_UP_EVERY_S = 30

log = structlog.stdlib.get_logger("tembea.rates")


@periodic("rates.fetch_fx", every_s=86_400, scope="platform")
async def fetch_fx(ctx: Context, db: Db, providers: Providers) -> None:
    """Store the exchange rates that are published now, where an address is set."""
    published = await providers.fx.fetch()
    async with db.tx(ctx) as tx:
        await fx.refresh_rates(tx, published)


@periodic("rates.keep_up_grants", every_s=KEEP_UP_EVERY_S, scope="platform")
async def keep_up_grants(ctx: Context, db: Db, providers: Providers) -> None:
    """Bring over what changed of granted rates, each grant in a transaction of its own: one's failure is its own."""
    del providers
    async with db.read(ctx) as read:
        listed = await grants.list_grants(read)
    for grant in listed:
        if grant.revoked_at is not None:
            continue
        try:
            async with db.tx(ctx) as tx:
                await grants.keep_up(tx, grant)
        except (AppError, psycopg.Error):
            log.exception("grant_not_kept_up", source=grant.source, grantee=grant.grantee)
