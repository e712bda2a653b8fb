"""The questions asked of `outgoing_mails`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from tembea.kernel.db import Read, Tx
from tembea.kernel.events import publish
from tembea.notifications.model import (
    ComposedMail,
    Correspondence,
    MailStatus,
    MailToSend,
    NewMail,
    OutboxMail,
    OutgoingMail,
)

THREAD_LIMIT = 200
"""Mails shown of one enquiry, newest kept."""


async def insert_mail(tx: Tx, mail_id: UUID, status: MailStatus, mail: NewMail, composed: ComposedMail) -> None:
    """Store a finished message."""
    files = [{"filename": a.filename, "content_type": a.content_type, "size": len(a.content)} for a in mail.attachments]
    await tx.execute(
        """
        insert into outgoing_mails
          (tenant_id, id, kind, status, message_id, in_reply_to, from_address, to_address, subject, body_text,
           body_html, attachments, raw, enquiry_id, quote_id, client_id, queued_at)
        values
          (%(tenant_id)s, %(id)s, %(kind)s, %(status)s, %(message_id)s, %(in_reply_to)s, %(from_address)s, %(to)s,
           %(subject)s, %(text)s, %(html)s, %(files)s, %(raw)s, %(enquiry_id)s, %(quote_id)s, %(client_id)s,
           case %(status)s when 'queued' then now() end)
        """,
        {
            "tenant_id": tx.ctx.tenant_uuid,
            "id": mail_id,
            "kind": mail.kind.value,
            "status": status.value,
            "message_id": composed.message_id,
            "in_reply_to": mail.in_reply_to,
            "from_address": composed.from_address,
            "to": mail.to_address,
            "subject": mail.subject,
            "text": mail.text,
            "html": mail.html,
            "files": Jsonb(files),
            "raw": composed.raw,
            "enquiry_id": mail.enquiry_id,
            "quote_id": mail.quote_id,
            "client_id": mail.client_id,
        },
    )


async def lock_mail(tx: Tx, mail_id: UUID, claim_lasts_s: float) -> MailToSend:
    """The mail, locked until the commit. `claimed_recently`: whoever sends it was heard of within `claim_lasts_s`."""
    return await tx.get(
        MailToSend,
        """
        select id, status, message_id, from_address, to_address::text as to_address, raw, attempts,
               coalesce(greatest(claimed_at, claim_renewed_at) > now() - make_interval(secs => %(lasts)s), false)
                 as claimed_recently
        from outgoing_mails where tenant_id = %(tenant_id)s and id = %(id)s for update
        """,
        {"tenant_id": tx.ctx.tenant_uuid, "id": mail_id, "lasts": claim_lasts_s},
    )


async def claim(tx: Tx, mail_id: UUID) -> None:
    """Note that a hand-over begins now."""
    await tx.execute(
        """
        update outgoing_mails
        set status = 'sending', attempts = attempts + 1, claimed_at = now(), claim_renewed_at = null
        where tenant_id = %s and id = %s
        """,
        [tx.ctx.tenant_uuid, mail_id],
    )


async def renew_claim(tx: Tx, mail_id: UUID, *, hand_over: int) -> None:
    """Whoever began the `hand_over`-th hand-over still works on it; does nothing once another one began."""
    await tx.execute(
        """
        update outgoing_mails set claim_renewed_at = now()
        where tenant_id = %s and id = %s and status = 'sending' and attempts = %s
        """,
        [tx.ctx.tenant_uuid, mail_id, hand_over],
    )


async def mark_sent(tx: Tx, mail_id: UUID, transport: str) -> bool:
    """The mail has left; false where that was known already. One that was parked meanwhile need not wait any more."""
    marked = await tx.execute(
        """
        update outgoing_mails
        set status = 'sent', transport = %(transport)s, sent_at = now(), claimed_at = null, claim_renewed_at = null,
            last_error = null
        where tenant_id = %(tenant_id)s and id = %(id)s
          and (status in ('queued', 'sending') or status = 'parked' and %(transport)s = 'smtp')
        """,
        {"tenant_id": tx.ctx.tenant_uuid, "id": mail_id, "transport": transport},
    )
    if marked:
        publish(tx, "mail.status", mail_id=str(mail_id), status=MailStatus.SENT.value)
    return marked > 0


async def mark_unsent(tx: Tx, mail_id: UUID, status: MailStatus, error: str, *, hand_over: int) -> None:
    """The `hand_over`-th hand-over ended without delivery; `status` says what may follow, unless another one began."""
    await tx.execute(
        """
        update outgoing_mails
        set status = %(status)s, last_error = %(error)s, claimed_at = null, claim_renewed_at = null
        where tenant_id = %(tenant_id)s and id = %(id)s and status = 'sending' and attempts = %(hand_over)s
        """,
        {
            "tenant_id": tx.ctx.tenant_uuid,
            "id": mail_id,
            "status": status.value,
            "error": error,
            "hand_over": hand_over,
        },
    )
    publish(tx, "mail.status", mail_id=str(mail_id), status=status.value)


async def withhold(tx: Tx, mail_id: UUID, why: str) -> bool:
    """Fail a mail that is due without handing it over; false where it stands elsewhere."""
    withheld = await tx.execute(
        """
        update outgoing_mails set status = 'failed', last_error = %(why)s, claimed_at = null, claim_renewed_at = null
        where tenant_id = %(tenant_id)s and id = %(id)s and status in ('queued', 'sending')
        """,
        {"tenant_id": tx.ctx.tenant_uuid, "id": mail_id, "why": why},
    )
    if withheld:
        publish(tx, "mail.status", mail_id=str(mail_id), status=MailStatus.FAILED.value)
    return withheld > 0


async def move(tx: Tx, mail_id: UUID, wanted: MailStatus, *, out_of: Sequence[MailStatus]) -> bool:
    """Take one step of the status graph; false where the mail stands elsewhere."""
    moved = await tx.execute(
        """
        update outgoing_mails
        set status = %(wanted)s, queued_at = case %(wanted)s when 'queued' then now() else queued_at end
        where tenant_id = %(tenant_id)s and id = %(id)s and status = any(%(out_of)s)
        """,
        {
            "wanted": wanted.value,
            "tenant_id": tx.ctx.tenant_uuid,
            "id": mail_id,
            "out_of": [status.value for status in out_of],
        },
    )
    if moved:
        publish(tx, "mail.status", mail_id=str(mail_id), status=wanted.value)
    return moved > 0


async def discard_drafts(tx: Tx, enquiry_id: UUID) -> int:
    """Drop the unsent drafts of an enquiry; how many there were."""
    return await tx.execute(
        "update outgoing_mails set status = 'discarded' where tenant_id = %s and enquiry_id = %s and status = 'draft'",
        [tx.ctx.tenant_uuid, enquiry_id],
    )


async def get_mail(read: Read, mail_id: UUID) -> OutgoingMail:
    """One mail; raises `NotFound`."""
    return await read.get(
        OutgoingMail,
        """
        select id, kind, status, message_id, in_reply_to, from_address, to_address::text as to_address, subject,
               body_text, body_html, enquiry_id, quote_id, client_id, last_error, created_at, sent_at, attachments
        from outgoing_mails where tenant_id = %s and id = %s
        """,
        [read.ctx.tenant_uuid, mail_id],
    )


async def list_mails_of_enquiry(read: Read, enquiry_id: UUID) -> list[OutgoingMail]:
    """The mails of an enquiry, oldest first, without those that were discarded."""
    newest = await read.list(
        OutgoingMail,
        """
        select id, kind, status, message_id, in_reply_to, from_address, to_address::text as to_address, subject,
               body_text, body_html, enquiry_id, quote_id, client_id, last_error, created_at, sent_at, attachments
        from outgoing_mails where tenant_id = %s and enquiry_id = %s and status <> 'discarded'
        order by created_at desc, id desc limit %s
        """,
        [read.ctx.tenant_uuid, enquiry_id, THREAD_LIMIT],
    )
    return newest[::-1]


async def find_correspondence(read: Read, message_ids: Sequence[str]) -> Correspondence | None:
    """What our newest mail among these Message-IDs was about."""
    return await read.find(
        Correspondence,
        """
        select enquiry_id, client_id, quote_id from outgoing_mails
        where tenant_id = %s and message_id = any(%s) order by created_at desc, id desc limit 1
        """,
        [read.ctx.tenant_uuid, list(message_ids)],
    )


async def is_ours(read: Read, message_id: str) -> bool:
    """Whether the tenant itself sent a mail of this name."""
    found = await read.value(
        bool,
        "select exists(select from outgoing_mails where tenant_id = %s and message_id = %s)",
        [read.ctx.tenant_uuid, message_id],
    )
    return bool(found)


@dataclass(frozen=True, slots=True)
class _RawRow:
    raw: bytes


async def list_outbox(read: Read, before: tuple[datetime, UUID] | None, limit: int) -> list[OutboxMail]:
    """What the embedded outbox holds, newest first, of all tenants; needs the operator's context."""
    sent_at, mail_id = before or (None, None)
    return await read.list(
        OutboxMail,
        """
        select m.id, t.slug as tenant, m.from_address, m.to_address::text as to_address, m.subject, m.sent_at,
               m.in_reply_to, m.message_id, m.attachments, m.body_text, m.body_html
        from outgoing_mails m join tenants t on t.id = m.tenant_id
        where m.transport = 'embedded' and m.status = 'sent'
          and (%(sent_at)s::timestamptz is null or (m.sent_at, m.id) < (%(sent_at)s::timestamptz, %(id)s::uuid))
        order by m.sent_at desc, m.id desc limit %(limit)s
        """,
        {"sent_at": sent_at, "id": mail_id, "limit": limit},
    )


async def get_outbox_raw(read: Read, mail_id: UUID) -> bytes:
    """The bytes of one mail in the embedded outbox; needs the operator's context; raises `NotFound`."""
    row = await read.get(
        _RawRow,
        "select raw from outgoing_mails where id = %s and transport = 'embedded' and status = 'sent'",
        [mail_id],
    )
    return row.raw
