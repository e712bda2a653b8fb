"""The jobs of quotes."""

from uuid import UUID

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.jobs import job, periodic
from tembea.providers import Providers
from tembea.quotes import delivery as delivering
from tembea.quotes import reminding
from tembea.quotes.service import DELIVER_JOB


@job(DELIVER_JOB)
async def deliver_quote(ctx: Context, db: Db, providers: Providers, *, quote_id: str, delivery: int) -> None:
    """Bring a quote to its customer by mail, once."""
    del providers
    await delivering.deliver_quote(ctx, db, quote_id=UUID(quote_id), delivery=delivery)


@job(delivering.RELEASE_JOB)
async def release_quote(ctx: Context, db: Db, providers: Providers, *, mail_id: str) -> None:
    """Let a quote's held mail go; the quote is sent with it."""
    del providers
    await delivering.release_quote(ctx, db, mail_id=UUID(mail_id))


@periodic("quotes.remind", every_s=3_600)
async def remind_customers(ctx: Context, db: Db, providers: Providers) -> None:
    """Remind customers of quotes that they have not answered, where the agency wants that."""
    del providers
    await reminding.remind_customers(ctx, db)
