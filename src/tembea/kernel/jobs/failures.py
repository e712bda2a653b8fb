"""Why a job failed, kept for the operator: the error's class, where it came from, and a text without anybody's data."""

import traceback

import psycopg
import structlog

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.errors import AppError
from tembea.kernel.telemetry.scrubbing import error_class, error_text

log = structlog.stdlib.get_logger("tembea.jobs")

MESSAGE_LIMIT = 300
_RECORD = """
    insert into job_failures (job_id, tenant_id, error_class, error_message, failed_at)
    select id, tenant_id, %(error_class)s, %(error_message)s, now() from procrastinate_jobs where id = %(job_id)s
    on conflict (job_id) do update
    set error_class = excluded.error_class, error_message = excluded.error_message, failed_at = excluded.failed_at
"""


async def record_failure(db: Db, ctx: Context, job_id: int, error: Exception) -> None:
    """Keep why the job failed. Where that cannot be written, the job still fails, and the log says both."""
    values = {"job_id": job_id, "error_class": error_class(error), "error_message": describe(error)}
    try:
        async with db.tx(ctx) as tx:
            await tx.execute(_RECORD, values)
    except (AppError, psycopg.Error):
        log.warning("job_failure_not_recorded", job_id=job_id, exc_info=True)


def describe(error: BaseException) -> str:
    """One line about an error in which no name, address, number or quoted text is left; the place says the rest."""
    place = f"(at {_place(error)})"
    return f"{error_text(error)[: MESSAGE_LIMIT - len(place) - 1]} {place}".strip()


def _place(error: BaseException) -> str:
    """The innermost line of ours that it passed, as `pricing/stay.py:41`."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "/tembea/" in frame.filename]
    if not ours:
        return "unknown"
    return f"{ours[-1].filename.rpartition('/tembea/')[2]}:{ours[-1].lineno}"
