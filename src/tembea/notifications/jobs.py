"""The doors of the queue into notifications."""

from uuid import UUID

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.jobs import job
from tembea.notifications import holding, service
from tembea.providers import Providers


@job(holding.SEND_JOB, attempts=service.MAX_HAND_OVERS + 8, first_s=2)
async def send_mail(ctx: Context, db: Db, providers: Providers, *, mail_id: str) -> None:
    """Hand one stored mail over; a temporary failure comes back to the queue."""
    await service.send_mail(ctx, db, providers, UUID(mail_id))


@job(holding.RELEASE_JOB)
async def release_mail(ctx: Context, db: Db, providers: Providers, *, mail_id: str) -> None:
    """Let a held mail go whose time has come."""
    del providers
    async with db.tx(ctx) as tx:
        await holding.release_mail(tx, UUID(mail_id))
