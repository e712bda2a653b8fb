"""The questions about mails that wait until they leave."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tembea.kernel.db import Read, Tx
from tembea.notifications.model import HeldMail, MailStatus


@dataclass(frozen=True, slots=True)
class _IdRow:
    id: UUID


async def set_hold(tx: Tx, mail_id: UUID, until: datetime, quota_day: date) -> None:
    """When the mail leaves, and whose day's quota it took."""
    await tx.execute(
        """
        update outgoing_mails set leaves_at = %s, quota_day = %s, queued_at = now(), undone_at = null
        where tenant_id = %s and id = %s
        """,
        [until, quota_day, tx.ctx.tenant_uuid, mail_id],
    )


async def lock_held(tx: Tx, mail_id: UUID) -> HeldMail:
    """The mail, whatever its state, locked until the commit; raises `NotFound`."""
    return await tx.get(
        HeldMail,
        """
        select id, kind, status, to_address::text as to_address, subject, quota_day, enquiry_id, quote_id, client_id
        from outgoing_mails where tenant_id = %s and id = %s for update
        """,
        [tx.ctx.tenant_uuid, mail_id],
    )


async def find_held_mail(read: Read, quote_id: UUID) -> UUID | None:
    """The mail of a quote that waits; there is at most one."""
    row = await read.find(
        _IdRow,
        "select id from outgoing_mails where tenant_id = %s and quote_id = %s and status = 'held'",
        [read.ctx.tenant_uuid, quote_id],
    )
    return row and row.id


async def release(tx: Tx, mail_id: UUID) -> bool:
    """The time of a held mail has come; false where it has not, or the mail stands elsewhere."""
    released = await tx.execute(
        """
        update outgoing_mails set status = 'queued'
        where tenant_id = %s and id = %s and status = 'held' and leaves_at <= clock_timestamp()
        """,
        [tx.ctx.tenant_uuid, mail_id],
    )
    return released > 0


async def take_back(tx: Tx, mail_id: UUID, after: MailStatus) -> None:
    """The mail does not leave; its row is locked by the same transaction."""
    await tx.execute(
        """
        update outgoing_mails
        set status = %s, undone_at = now(), leaves_at = null, queued_at = null, quota_day = null
        where tenant_id = %s and id = %s
        """,
        [after.value, tx.ctx.tenant_uuid, mail_id],
    )
