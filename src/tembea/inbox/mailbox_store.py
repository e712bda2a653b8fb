"""The questions asked of `mailboxes`: how far each was read, and who looks into it. All need the operator's context."""

from dataclasses import dataclass
from datetime import datetime

from tembea.kernel.db import Tx


@dataclass(frozen=True, slots=True)
class Position:
    """How far a mailbox was read; `uid_validity` is None where it never was."""

    uid_validity: int | None
    next_uid: int
    read_at: datetime | None
    failing: bool


async def take_lease(tx: Tx, mailbox: str, lasts_s: float) -> Position | None:
    """Look into the mailbox alone from now on; None while somebody else does."""
    await tx.execute("insert into mailboxes (mailbox) values (%s) on conflict do nothing", [mailbox])
    return await tx.find(
        Position,
        """
        update mailboxes set leased_until = now() + make_interval(secs => %s)
        where mailbox = %s and (leased_until is null or leased_until <= now())
        returning uid_validity, next_uid, read_at, failing_since is not null as failing
        """,
        [lasts_s, mailbox],
    )


async def keep_lease(tx: Tx, mailbox: str, lasts_s: float) -> None:
    """Whoever looks into the mailbox still works on it."""
    await tx.execute(
        "update mailboxes set leased_until = now() + make_interval(secs => %s) where mailbox = %s", [lasts_s, mailbox]
    )


async def save_position(tx: Tx, mailbox: str, uid_validity: int, next_uid: int) -> None:
    """Everything before `next_uid` is stored."""
    await tx.execute(
        "update mailboxes set uid_validity = %s, next_uid = %s where mailbox = %s", [uid_validity, next_uid, mailbox]
    )


async def end_lease(tx: Tx, mailbox: str, error: str | None) -> None:
    """The look is over: it went well, or why it did not."""
    await tx.execute(
        """
        update mailboxes
        set leased_until = now(), last_error = %(error)s,
            read_at = case when %(error)s::text is null then now() else read_at end,
            failing_since = case when %(error)s::text is null then null else coalesce(failing_since, now()) end
        where mailbox = %(mailbox)s
        """,
        {"error": error, "mailbox": mailbox},
    )
