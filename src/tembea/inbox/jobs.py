"""The doors of the queue into the inbox."""

from uuid import UUID

from tembea.inbox import handling, work
from tembea.inbox.service import UNDERSTAND_JOB
from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.jobs import job, periodic
from tembea.providers import Providers


@job(UNDERSTAND_JOB, attempts=handling.MAX_ATTEMPTS)
async def understand(ctx: Context, db: Db, providers: Providers, *, enquiry_id: str) -> None:
    """Read what is new of an enquiry and take the next step."""
    await handling.understand_enquiry(ctx, db, UUID(enquiry_id), providers.settings, llm=providers.llm)


@periodic("inbox.wake", every_s=60)
async def wake(ctx: Context, db: Db, providers: Providers) -> None:
    """Bring back the enquiries that were snoozed until now."""
    del providers
    await work.wake_enquiries(ctx, db)
