"""The doors of the queue into rates."""

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.jobs import periodic
from tembea.providers import Providers
from tembea.rates import fx


@periodic("rates.fetch_fx", every_s=86_400, scope="platform")
async def fetch_fx(ctx: Context, db: Db, providers: Providers) -> None:
    """Store the exchange rates that are published now, where an address is set."""
    published = await providers.fx.fetch()
    async with db.tx(ctx) as tx:
        await fx.refresh_rates(tx, published)
