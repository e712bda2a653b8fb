"""The questions asked of `mail_reports`, and of the mails that reports speak of."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tembea.kernel.db import Read, Tx
from tembea.notifications.model import DeliveryReport, DeliveryState, MailKey, ReportedMail


@dataclass(frozen=True, slots=True)
class _IdRow:
    id: UUID


async def find_mails(read: Read, message_ids: Sequence[str]) -> list[MailKey]:
    """Whose mails these Message-IDs name; an anonymous context is enough."""
    return await read.list(
        MailKey,
        """
        select wanted.message_id, found.tenant_id, found.tenant, found.mail_id
        from unnest(%s::text[]) as wanted (message_id)
        cross join lateral find_mail_by_message_id(wanted.message_id) as found
        """,
        [list(message_ids)],
    )


async def find_mail(read: Read, message_ids: Sequence[str]) -> UUID | None:
    """The tenant's own newest mail among these Message-IDs."""
    row = await read.find(
        _IdRow,
        """
        select id from outgoing_mails where tenant_id = %s and message_id = any(%s)
        order by created_at desc, id desc limit 1
        """,
        [read.ctx.tenant_uuid, list(message_ids)],
    )
    return row and row.id


async def lock_reported(tx: Tx, mail_id: UUID) -> ReportedMail:
    """The mail that a report speaks of, locked until the commit; raises `NotFound`."""
    return await tx.get(
        ReportedMail,
        """
        select id, to_address::text as to_address, subject, delivery_state, enquiry_id, quote_id, client_id
        from outgoing_mails where tenant_id = %s and id = %s for no key update
        """,
        [tx.ctx.tenant_uuid, mail_id],
    )


async def insert_report(tx: Tx, mail_id: UUID, report: DeliveryReport) -> bool:
    """Keep a report; false where it was reported before."""
    kept = await tx.execute(
        """
        insert into mail_reports (tenant_id, event_id, mail_id, kind, permanent, detail, occurred_at)
        values (%s, %s, %s, %s, %s, %s, %s)
        on conflict (tenant_id, event_id) do nothing
        """,
        [
            tx.ctx.tenant_uuid,
            report.event_id,
            mail_id,
            report.kind.value,
            report.permanent,
            report.detail,
            report.occurred_at,
        ],
    )
    return kept > 0


async def set_delivery(tx: Tx, mail_id: UUID, state: DeliveryState, report: DeliveryReport) -> None:
    """What is known about the mail's delivery from now on."""
    await tx.execute(
        """
        update outgoing_mails set delivery_state = %s, delivery_detail = %s, delivery_at = %s
        where tenant_id = %s and id = %s
        """,
        [state.value, report.detail, report.occurred_at, tx.ctx.tenant_uuid, mail_id],
    )
