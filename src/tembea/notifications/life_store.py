"""The questions about a mail's life: what was written, what was sent, and what came back about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from tembea.kernel.db import Read
from tembea.notifications.model import DeliveryState, MailLife, MailReport, MailStatus

REPORTS_MAX = 100
"""Reports shown of one mail, oldest first."""


@dataclass(frozen=True, slots=True)
class MailFilter:
    """Which mails are wanted; None asks for no restriction. `q` is looked for in subject and recipient."""

    status: MailStatus | None = None
    delivery_state: DeliveryState | None = None
    quote_id: UUID | None = None
    enquiry_id: UUID | None = None
    q: str | None = None


_LIFE: LiteralString = """
  select id, kind, status, from_address, to_address::text as to_address, subject, message_id,
         in_reply_to, attachments, enquiry_id, quote_id, client_id, transport,
         attempts, last_error, created_at, queued_at, leaves_at, undone_at, claimed_at, sent_at,
         delivery_state, delivery_detail, delivery_at
  from outgoing_mails where tenant_id = %(tenant_id)s
"""


async def list_mails(
    read: Read, wanted: MailFilter, before: tuple[datetime, UUID] | None, limit: int
) -> list[MailLife]:
    """The agency's mails, newest first."""
    created_at, mail_id = before or (None, None)
    return await read.list(
        MailLife,
        _LIFE
        + """
          and (%(status)s::text is null or status = %(status)s)
          and (%(delivery_state)s::text is null or delivery_state = %(delivery_state)s)
          and (%(quote_id)s::uuid is null or quote_id = %(quote_id)s)
          and (%(enquiry_id)s::uuid is null or enquiry_id = %(enquiry_id)s)
          and (%(q)s::text is null or position(lower(%(q)s) in lower(subject || ' ' || to_address::text)) > 0)
          and (%(created_at)s::timestamptz is null or (created_at, id) < (%(created_at)s, %(id)s::uuid))
        order by created_at desc, id desc limit %(limit)s
        """,
        {
            "tenant_id": read.ctx.tenant_uuid,
            "status": wanted.status and wanted.status.value,
            "delivery_state": wanted.delivery_state and wanted.delivery_state.value,
            "quote_id": wanted.quote_id,
            "enquiry_id": wanted.enquiry_id,
            "q": wanted.q,
            "created_at": created_at,
            "id": mail_id,
            "limit": limit,
        },
    )


async def get_life(read: Read, mail_id: UUID) -> MailLife:
    """One mail's life; raises `NotFound`."""
    return await read.get(MailLife, _LIFE + " and id = %(id)s", {"tenant_id": read.ctx.tenant_uuid, "id": mail_id})


async def list_reports(read: Read, mail_id: UUID) -> list[MailReport]:
    """What others reported about a mail, oldest first."""
    return await read.list(
        MailReport,
        """
        select kind, permanent, detail, occurred_at from mail_reports
        where tenant_id = %s and mail_id = %s order by occurred_at, event_id limit %s
        """,
        [read.ctx.tenant_uuid, mail_id, REPORTS_MAX],
    )
