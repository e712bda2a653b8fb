"""The questions asked of `enquiries` and `inbound_messages`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from tembea.inbox.headers import MessageHeaders
from tembea.inbox.model import Enquiry, InboundMessage, ReceivedMail
from tembea.inbox.notices import DeliveryNotice
from tembea.kernel.db import Read, Tx
from tembea.kernel.events import publish

MESSAGES_MAX = 50
"""Messages shown of one enquiry, newest kept."""

UNREAD_MAX = 5
"""Messages read at a time: each may have 25 MB, and each has its own job."""

_ENQUIRY: LiteralString = """
  select id, channel, status, kind, from_name, from_email, phone, subject, body_text, language, trip_request, evidence,
         missing, reasons, client_id, quote_id, assignee_id, snoozed_until, confidence, attempts, received_at,
         created_at, updated_at,
         (select u.name from users u where u.tenant_id = enquiries.tenant_id and u.id = assignee_id) as assignee_name
  from enquiries where tenant_id = %(tenant_id)s
"""


@dataclass(frozen=True, slots=True)
class KnownMessage:
    """A message that is stored already, and what it belongs to."""

    id: UUID
    enquiry_id: UUID | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message at the door; `notice` is what it says about a mail of ours."""

    dedupe_key: str
    headers: MessageHeaders
    source: str
    recipient: str
    envelope_from: str
    raw: bytes
    received_at: datetime
    notice: DeliveryNotice | None = None


async def insert_message(tx: Tx, message_id: UUID, arrival: Arrival) -> bool:
    """Keep a message; false where it is kept already. Waits for whoever is storing the same one just now."""
    stored = await tx.execute(
        """
        insert into inbound_messages
          (tenant_id, id, dedupe_key, message_id, source, recipient, envelope_from, raw, size_bytes, from_address,
           subject, received_at)
        values
          (%(tenant_id)s, %(id)s, %(key)s, %(message_id)s, %(source)s, %(recipient)s, %(envelope_from)s, %(raw)s,
           %(size)s, %(from_address)s, %(subject)s, %(received_at)s)
        on conflict (tenant_id, dedupe_key) do nothing
        """,
        {
            "tenant_id": tx.ctx.tenant_uuid,
            "id": message_id,
            "key": arrival.dedupe_key,
            "message_id": arrival.headers.message_id,
            "source": arrival.source,
            "recipient": arrival.recipient,
            "envelope_from": arrival.envelope_from,
            "raw": arrival.raw,
            "size": len(arrival.raw),
            "from_address": arrival.headers.from_address,
            "subject": arrival.headers.subject,
            "received_at": arrival.received_at,
        },
    )
    return stored > 0


async def find_message(read: Read, dedupe_key: str) -> KnownMessage | None:
    """The stored message of this key."""
    return await read.find(
        KnownMessage,
        "select id, enquiry_id from inbound_messages where tenant_id = %s and dedupe_key = %s",
        [read.ctx.tenant_uuid, dedupe_key],
    )


async def count_web_enquiries(read: Read, email: str, since: datetime) -> int:
    """How many web forms named this reply address since then."""
    counted = await read.value(
        int,
        """
        select count(*) from enquiries
        where tenant_id = %s and received_at >= %s and channel = 'web' and lower(from_email) = lower(%s)
        """,
        [read.ctx.tenant_uuid, since, email],
    )
    return counted or 0


async def find_enquiry_of_messages(read: Read, message_ids: Sequence[str]) -> UUID | None:
    """The enquiry of the newest stored message among these Message-IDs."""
    return await read.value(
        UUID,
        """
        select enquiry_id from inbound_messages
        where tenant_id = %s and message_id = any(%s) and enquiry_id is not null
        order by received_at desc, id desc limit 1
        """,
        [read.ctx.tenant_uuid, list(message_ids)],
    )


async def attach_message(tx: Tx, message_id: UUID, enquiry_id: UUID) -> None:
    """The message belongs to this enquiry."""
    await tx.execute(
        "update inbound_messages set enquiry_id = %s where tenant_id = %s and id = %s",
        [enquiry_id, tx.ctx.tenant_uuid, message_id],
    )


async def insert_enquiry(tx: Tx, enquiry_id: UUID, channel: str, phone: str | None, arrival: Arrival) -> None:
    """A new enquiry that nobody has read yet."""
    await tx.execute(
        """
        insert into enquiries (tenant_id, id, channel, status, from_name, from_email, phone, subject, received_at)
        values (%s, %s, %s, 'received', %s, %s, %s, %s, %s)
        """,
        [
            tx.ctx.tenant_uuid,
            enquiry_id,
            channel,
            arrival.headers.from_name,
            arrival.headers.from_address,
            phone,
            arrival.headers.subject,
            arrival.received_at,
        ],
    )
    publish(tx, "enquiry.received", enquiry_id=str(enquiry_id))


async def link_quote(tx: Tx, enquiry_id: UUID, quote_id: UUID, client_id: UUID | None) -> None:
    """The enquiry is about a quote that a person made without one."""
    await tx.execute(
        "update enquiries set quote_id = %s, client_id = %s where tenant_id = %s and id = %s",
        [quote_id, client_id, tx.ctx.tenant_uuid, enquiry_id],
    )


async def get_enquiry(read: Read, enquiry_id: UUID) -> Enquiry:
    """One enquiry; raises `NotFound`."""
    return await read.get(Enquiry, _ENQUIRY + " and id = %(id)s", {"tenant_id": read.ctx.tenant_uuid, "id": enquiry_id})


async def lock_enquiry(tx: Tx, enquiry_id: UUID) -> Enquiry:
    """One enquiry, locked until the commit; raises `NotFound`."""
    return await tx.get(
        Enquiry, _ENQUIRY + " and id = %(id)s for no key update", {"tenant_id": tx.ctx.tenant_uuid, "id": enquiry_id}
    )


@dataclass(frozen=True, slots=True)
class EnquiryFilter:
    """Which enquiries a list shows; None means all. `q` is looked for in subject, sender and text."""

    status: str | None = None
    kind: str | None = None
    q: str | None = None
    assignee_id: UUID | None = None
    snoozed: bool | None = None


async def list_enquiries(
    read: Read, wanted: EnquiryFilter, before: tuple[datetime, UUID] | None, limit: int
) -> list[Enquiry]:
    """Enquiries, newest first, after the keyset `before`."""
    received_at, last_id = before or (None, None)
    return await read.list(
        Enquiry,
        _ENQUIRY
        + """
          and (%(status)s::text is null or status = %(status)s)
          and (%(kind)s::text is null or kind = %(kind)s)
          and (%(pattern)s::text is null or subject ilike %(pattern)s or from_name ilike %(pattern)s
               or from_email ilike %(pattern)s or body_text ilike %(pattern)s)
          and (%(assignee_id)s::uuid is null or assignee_id = %(assignee_id)s)
          and (%(snoozed)s::boolean is null or (snoozed_until is not null) = %(snoozed)s)
          and (%(received_at)s::timestamptz is null
               or (received_at, id) < (%(received_at)s::timestamptz, %(last_id)s::uuid))
        order by received_at desc, id desc limit %(limit)s
        """,
        {
            "tenant_id": read.ctx.tenant_uuid,
            "status": wanted.status,
            "kind": wanted.kind,
            "pattern": contains(wanted.q),
            "assignee_id": wanted.assignee_id,
            "snoozed": wanted.snoozed,
            "received_at": received_at,
            "last_id": last_id,
            "limit": limit,
        },
    )


def contains(words: str | None) -> str | None:
    """The pattern of `ilike` for texts that hold these words; None for no words."""
    if not words:
        return None
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


async def save_enquiry(tx: Tx, enquiry: Enquiry) -> None:
    """Write everything of an enquiry that can change. Its row is locked by the same transaction."""
    await tx.execute(
        """
        update enquiries
        set status = %(status)s, kind = %(kind)s, from_name = %(from_name)s, from_email = %(from_email)s,
            phone = %(phone)s, subject = %(subject)s, body_text = %(body_text)s, language = %(language)s,
            trip_request = %(trip_request)s, evidence = %(evidence)s, missing = %(missing)s, reasons = %(reasons)s,
            client_id = %(client_id)s, quote_id = %(quote_id)s, assignee_id = %(assignee_id)s,
            snoozed_until = %(snoozed_until)s, confidence = %(confidence)s, attempts = %(attempts)s, updated_at = now()
        where tenant_id = %(tenant_id)s and id = %(id)s
        """,
        {
            "tenant_id": tx.ctx.tenant_uuid,
            "id": enquiry.id,
            "status": enquiry.status,
            "kind": enquiry.kind,
            "from_name": enquiry.from_name,
            "from_email": enquiry.from_email,
            "phone": enquiry.phone,
            "subject": enquiry.subject,
            "body_text": enquiry.body_text,
            "language": enquiry.language,
            "trip_request": None if enquiry.trip_request is None else Jsonb(enquiry.trip_request),
            "evidence": Jsonb(enquiry.evidence),
            "missing": enquiry.missing,
            "reasons": enquiry.reasons,
            "client_id": enquiry.client_id,
            "quote_id": enquiry.quote_id,
            "assignee_id": enquiry.assignee_id,
            "snoozed_until": enquiry.snoozed_until,
            "confidence": enquiry.confidence,
            "attempts": enquiry.attempts,
        },
    )
    publish(tx, "enquiry.changed", enquiry_id=str(enquiry.id), status=enquiry.status)


async def count_attempt(tx: Tx, enquiry_id: UUID) -> int:
    """Note that somebody begins to work on an enquiry; how often that has happened since it last went well."""
    attempts = await tx.value(
        int,
        "update enquiries set attempts = attempts + 1 where tenant_id = %s and id = %s returning attempts",
        [tx.ctx.tenant_uuid, enquiry_id],
    )
    return attempts or 0


async def forget_attempts(tx: Tx, enquiry_id: UUID) -> None:
    """Something new came in: earlier failures count no more, and nobody waits to look."""
    await tx.execute(
        "update enquiries set attempts = 0, snoozed_until = null, updated_at = now() where tenant_id = %s and id = %s",
        [tx.ctx.tenant_uuid, enquiry_id],
    )


async def list_unread(read: Read, enquiry_id: UUID) -> list[InboundMessage]:
    """The messages of an enquiry that nobody has understood yet, oldest first."""
    return await read.list(
        InboundMessage,
        """
        select id, raw, envelope_from, received_at
        from inbound_messages where tenant_id = %s and enquiry_id = %s and understood_at is null
        order by received_at, id limit %s
        """,
        [read.ctx.tenant_uuid, enquiry_id, UNREAD_MAX],
    )


async def list_unread_ids(read: Read, enquiry_id: UUID) -> list[UUID]:
    """Which messages of an enquiry nobody has understood yet."""
    rows = await read.list(
        KnownMessage,
        """
        select id, enquiry_id from inbound_messages
        where tenant_id = %s and enquiry_id = %s and understood_at is null order by received_at, id limit %s
        """,
        [read.ctx.tenant_uuid, enquiry_id, UNREAD_MAX],
    )
    return [row.id for row in rows]


async def list_received(read: Read, enquiry_id: UUID) -> list[ReceivedMail]:
    """The messages of an enquiry as people see them, oldest first."""
    newest = await read.list(
        ReceivedMail,
        """
        select id, message_id, from_address, recipient, subject, body_text, received_at, attachments
        from inbound_messages where tenant_id = %s and enquiry_id = %s
        order by received_at desc, id desc limit %s
        """,
        [read.ctx.tenant_uuid, enquiry_id, MESSAGES_MAX],
    )
    return newest[::-1]


async def mark_understood(
    tx: Tx, message_id: UUID, body_text: str, attachments: Sequence[Mapping[str, object]]
) -> None:
    """The message was read; its text and what hangs on it are kept beside the raw bytes."""
    await tx.execute(
        """
        update inbound_messages set body_text = %s, attachments = %s, understood_at = now()
        where tenant_id = %s and id = %s
        """,
        [body_text, Jsonb([dict(item) for item in attachments]), tx.ctx.tenant_uuid, message_id],
    )
