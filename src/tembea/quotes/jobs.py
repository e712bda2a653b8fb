"""The jobs of quotes."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.jobs import enqueue, job, periodic
from tembea.providers import Providers
from tembea.quotes import cover, reminding
from tembea.quotes import delivery as delivering
from tembea.quotes.service import COVER_JOB, DELIVER_JOB
from tembea.tenants import get_tenant


@job(DELIVER_JOB)
async def deliver_quote(ctx: Context, db: Db, providers: Providers, *, quote_id: str, delivery: int) -> None:
    """Bring a quote to its customer by mail, once."""
    writer = delivering.CoverWriter(providers.llm, providers.settings.llm_cover_timeout_s)
    await delivering.deliver_quote(ctx, db, quote_id=UUID(quote_id), delivery=delivery, writer=writer)


@job(COVER_JOB)
async def write_cover(ctx: Context, db: Db, providers: Providers, *, quote_id: str) -> None:
    """Have a quote's cover text written by a model, once; look again later while another worker is at it."""
    wait_s = providers.settings.llm_cover_timeout_s
    async with db.read(ctx) as read:
        tenant = await get_tenant(read)
    if not await cover.write_cover(ctx, db, providers.llm, tenant, UUID(quote_id), wait_s=wait_s):
        at = datetime.now(UTC) + timedelta(seconds=wait_s + cover.GRACE_S)
        async with db.tx(ctx) as tx:
            await enqueue(tx, COVER_JOB, at=at, quote_id=quote_id)


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
