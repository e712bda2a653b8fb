"""The jobs of quotes."""

from uuid import UUID

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.jobs import job
from tembea.providers import Providers
from tembea.quotes import delivery as delivering
from tembea.quotes.service import DELIVER_JOB


@job(DELIVER_JOB)
async def deliver_quote(ctx: Context, db: Db, providers: Providers, *, quote_id: str, delivery: int) -> None:
    """Bring a quote to its customer by mail, once."""
    del providers
    await delivering.deliver_quote(ctx, db, quote_id=UUID(quote_id), delivery=delivery)
