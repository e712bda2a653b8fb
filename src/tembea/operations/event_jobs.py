"""Keeps the table of events small."""

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.events import prune
from tembea.kernel.jobs import periodic
from tembea.providers import Providers


@periodic("events.prune", every_s=900)
async def prune_events(ctx: Context, db: Db, providers: Providers) -> None:
    """Forget an agency's events that nobody may ask for any more."""
    settings = providers.settings
    async with db.tx(ctx) as tx:
        await prune(tx, keep_s=settings.events_keep_s, keep_events=settings.events_keep_per_tenant)
