"""Why a job failed, kept for the operator: the error's class, where it came from, and a text without anybody's data."""

import re
import traceback

import psycopg
import structlog

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.errors import AppError

log = structlog.stdlib.get_logger("tembea.jobs")

MESSAGE_LIMIT = 300
_HIDDEN = "…"
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|‘[^’]*’|'[^']*'|\([^)]*\)|<[^>]*>|\[[^\]]*\]|\{[^}]*\}")
# What may stay: words in small letters, and numbers of up to three digits, such as the codes of SMTP and HTTP.
_PLAIN = re.compile(r"[a-z]+([-_'][a-z]+)*[.,:;]?|\d{1,3}[.,:;]?|[-–/=]")
_RECORD = """
    insert into job_failures (job_id, tenant_id, error_class, error_message, failed_at)
    select id, tenant_id, %(error_class)s, %(error_message)s, now() from procrastinate_jobs where id = %(job_id)s
    on conflict (job_id) do update
    set error_class = excluded.error_class, error_message = excluded.error_message, failed_at = excluded.failed_at
"""


async def record_failure(db: Db, ctx: Context, job_id: int, error: Exception) -> None:
    """Keep why the job failed. Where that cannot be written, the job still fails, and the log says both."""
    values = {"job_id": job_id, "error_class": _class(error), "error_message": describe(error)}
    try:
        async with db.tx(ctx) as tx:
            await tx.execute(_RECORD, values)
    except (AppError, psycopg.Error):
        log.warning("job_failure_not_recorded", job_id=job_id, exc_info=True)


def describe(error: BaseException) -> str:
    """One line about an error in which no name, address, number or quoted text is left.

    Whoever raised it may have put a customer's data into the message, and PostgreSQL's details quote whole rows: only
    plain small words and short codes stay, and the place in our code says the rest.
    """
    text = error.diag.message_primary or "" if isinstance(error, psycopg.Error) else str(error)
    first, *others = _QUOTED.sub(f" {_HIDDEN} ", text.partition("\n")[0])[: MESSAGE_LIMIT * 2].split() or [""]
    words = [_plain(first.lower() if first.istitle() else first), *map(_plain, others)]
    said = re.sub(rf"{_HIDDEN}(\s+{_HIDDEN})+", _HIDDEN, " ".join(words))
    return f"{said} (at {_place(error)})"[:MESSAGE_LIMIT].strip()


def _plain(word: str) -> str:
    return word if _PLAIN.fullmatch(word) or word == _HIDDEN else _HIDDEN


def _class(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _place(error: BaseException) -> str:
    """The innermost line of ours that it passed, as `pricing/stay.py:41`."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "/tembea/" in frame.filename]
    if not ours:
        return "unknown"
    return f"{ours[-1].filename.rpartition('/tembea/')[2]}:{ours[-1].lineno}"
