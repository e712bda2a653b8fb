"""The doors of the queue into notifications."""

from uuid import UUID

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.jobs import job
from tembea.notifications import account_letters, holding, service
from tembea.providers import Providers
from tembea.users import INVITED_JOB, PASSWORD_FORGOTTEN_JOB


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


@job(INVITED_JOB)
async def mail_invitation(ctx: Context, db: Db, providers: Providers, *, invitation_id: str) -> None:
    """Write to whoever was invited."""
    await account_letters.mail_invitation(ctx, db, providers.settings.base_url, UUID(invitation_id))


@job(PASSWORD_FORGOTTEN_JOB)
async def mail_reset(ctx: Context, db: Db, providers: Providers, *, reset_id: str) -> None:
    """Write to whoever forgot their password."""
    await account_letters.mail_reset(ctx, db, providers.settings.base_url, UUID(reset_id))
