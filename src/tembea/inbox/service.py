"""The door: whichever way a message comes, it is stored before anybody is told that it was accepted."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from uuid import UUID

import structlog
from prometheus_client import Counter

from tembea.inbox import quarantine_store, store
from tembea.inbox.deliveries import note_notice
from tembea.inbox.headers import (
    ADDRESS_MAX_CHARS,
    NAME_MAX_CHARS,
    SUBJECT_MAX_CHARS,
    dedupe_key,
    one_line,
    read_headers,
    storable,
)
from tembea.inbox.model import Channel, EnquiryStatus, NewEnquiry, Outcome, QuarantineLimits, Receipt, Source
from tembea.inbox.notices import DeliveryNotice, read_notice
from tembea.inbox.store import Arrival
from tembea.kernel.context import anonymous_context, platform_context
from tembea.kernel.db import Db, Read, Tx
from tembea.kernel.ids import new_id
from tembea.kernel.jobs import enqueue
from tembea.notifications import Correspondence, ReportedMail, ReportKind, find_correspondence, is_ours
from tembea.quotes import find_newest_version, get_quote
from tembea.tenants import TenantKey, find_tenant_by_address, find_tenant_by_slug

UNDERSTAND_JOB = "inbox.understand"
RECIPIENTS_MAX = 100
TEXT_MAX_CHARS = 100_000
_QUARANTINE = QuarantineLimits()
QUARANTINED = Counter("tembea_quarantine_messages", "Messages for nobody that were kept", ["reason"])
EVICTED = Counter("tembea_quarantine_evicted", "Quarantined messages that made room for newer ones")
_PLATFORM_ADDRESS = re.compile(r"quotes\+([a-z0-9][a-z0-9-]{1,62})@(.+)")
_QUOTE_NUMBER = re.compile(r"\bQT-\d{8}-\d{4,9}\b", re.ASCII)
NUMBERS_MAX = 5
"""Quote numbers that are looked up of one subject."""
_NOTHING = Correspondence(None, None, None)
log = structlog.stdlib.get_logger("tembea.inbox")


async def receive(
    db: Db,
    *,
    raw: bytes,
    recipient: str,
    envelope_from: str,
    source: Source,
    inbound_domain: str,
    request_id: str | None = None,
    quarantine: QuarantineLimits = _QUARANTINE,
) -> Receipt:
    """Store one message for one envelope recipient, once, and promise its reading in the same transaction.

    The recipient alone decides whose it is: an exact address of an agency, else `quotes+<tenant>@<inbound_domain>`.
    Nothing inside the message has a say. What is addressed to nobody goes to the operator's quarantine. Raises
    `DatabaseUnavailable`, and then the sender must keep the message and come back.
    """
    arrival = await asyncio.to_thread(prepare_arrival, raw, recipient, envelope_from, source)
    anonymous = anonymous_context(request_id or str(new_id()))
    async with db.read(anonymous) as read:
        tenant = await _find_tenant(read, arrival.recipient, inbound_domain)
    if tenant is None or tenant.status != "active":
        reason = "unknown_recipient" if tenant is None else "tenant_suspended"
        await _quarantine(db, arrival, reason, quarantine, anonymous.request_id)
        return Receipt(Outcome.QUARANTINED)
    async with db.tx(anonymous.acting_for(tenant.tenant_id, tenant.tenant)) as tx:
        receipt = await store_arrival(tx, arrival)
    log.info("mail_received", tenant=tenant.tenant, outcome=receipt.outcome.value, source=source, size_bytes=len(raw))
    return receipt


async def receive_for_all(
    db: Db,
    *,
    raw: bytes,
    recipients: Sequence[str],
    envelope_from: str,
    source: Source,
    inbound_domain: str,
    quarantine: QuarantineLimits = _QUARANTINE,
) -> list[Receipt]:
    """Store one message for each of its recipients. When one fails, the sender repeats all, and nothing doubles."""
    return [
        await receive(
            db,
            raw=raw,
            recipient=recipient,
            envelope_from=envelope_from,
            source=source,
            inbound_domain=inbound_domain,
            quarantine=quarantine,
        )
        for recipient in dict.fromkeys(recipients)
    ]


async def is_known_recipient(db: Db, recipient: str, inbound_domain: str) -> bool:
    """Whether this is an address of an agency."""
    async with db.read(anonymous_context(str(new_id()))) as read:
        return await _find_tenant(read, recipient, inbound_domain) is not None


async def add_enquiry(tx: Tx, new: NewEnquiry) -> UUID:
    """Take what somebody typed the same way as a mail, as a stored message; returns the id of its enquiry."""
    message_id = new_id()
    arrival = _typed_arrival(new, f"<{message_id}@form.tembea.invalid>")
    await store.insert_message(tx, message_id, arrival)
    return await _open_enquiry(tx, arrival, message_id, channel=new.channel, phone=new.phone)


async def add_enquiry_once(tx: Tx, new: NewEnquiry, *, message_id: str, dedupe_key: str) -> UUID | None:
    """As `add_enquiry`; None where a message with this Message-ID or this key is stored already."""
    if await store.find_enquiry_of_messages(tx, [message_id]) is not None:
        return None
    arrival, row_id = replace(_typed_arrival(new, message_id), dedupe_key=dedupe_key), new_id()
    if not await store.insert_message(tx, row_id, arrival):
        return None
    return await _open_enquiry(tx, arrival, row_id, channel=new.channel, phone=new.phone)


def _typed_arrival(new: NewEnquiry, message_id: str) -> Arrival:
    arrival = prepare_arrival(_as_message(new, message_id), new.channel, new.from_email or "-", "api")
    return replace(arrival, headers=replace(arrival.headers, from_name=new.from_name))


def prepare_arrival(raw: bytes, recipient: str, envelope_from: str, source: Source) -> Arrival:
    """A message at the door, as of now, its headers read; never raises on its content."""
    headers = read_headers(raw, envelope_from=envelope_from)
    return Arrival(
        dedupe_key=dedupe_key(headers, raw),
        headers=headers,
        source=source,
        recipient=one_line(recipient.strip().strip("<>").lower(), ADDRESS_MAX_CHARS),
        envelope_from=one_line(envelope_from, ADDRESS_MAX_CHARS),
        raw=raw,
        received_at=datetime.now(UTC),
        notice=read_notice(raw),
    )


async def store_arrival(tx: Tx, arrival: Arrival) -> Receipt:
    """Keep a message for the transaction's tenant: once, in its thread, with the job that reads it."""
    message_id = new_id()
    if not await store.insert_message(tx, message_id, arrival):
        known = await store.find_message(tx, arrival.dedupe_key)
        return Receipt(Outcome.DUPLICATE, tx.ctx.tenant, known.enquiry_id if known else None)
    if arrival.headers.message_id and await is_ours(tx, arrival.headers.message_id):
        return Receipt(Outcome.OWN_MAIL, tx.ctx.tenant)
    if arrival.notice and (mail := await note_notice(tx, arrival, arrival.notice)):
        await _keep_notice(tx, message_id, arrival.notice, mail)
        return Receipt(Outcome.STORED, tx.ctx.tenant, mail.enquiry_id)
    known = await _find_conversation(tx, arrival)
    if known.enquiry_id is None:
        enquiry_id = await _open_enquiry(tx, arrival, message_id, channel="email", phone=None)
        if known.quote_id is not None:
            await store.link_quote(tx, enquiry_id, known.quote_id, known.client_id)
    else:
        enquiry_id = known.enquiry_id
        await _continue(tx, message_id, enquiry_id)
    return Receipt(Outcome.STORED, tx.ctx.tenant, enquiry_id)


async def _keep_notice(tx: Tx, message_id: UUID, notice: DeliveryNotice, mail: ReportedMail) -> None:
    """The words of a mail server in the conversation of the mail that they are about; a bounce needs a person there."""
    await store.mark_understood(tx, message_id, notice.detail, [])
    if mail.enquiry_id is None:
        return
    await store.attach_message(tx, message_id, mail.enquiry_id)
    if notice.kind is ReportKind.BOUNCED:
        enquiry = await store.lock_enquiry(tx, mail.enquiry_id)
        reason = f"A mail to {mail.to_address} could not be delivered; please check the address."
        await store.save_enquiry(tx, replace(enquiry, status=EnquiryStatus.NEEDS_REVIEW.value, reasons=[reason]))


async def _find_tenant(read: Read, recipient: str, inbound_domain: str) -> TenantKey | None:
    exact = await find_tenant_by_address(read, recipient)
    if exact is not None:
        return exact
    shared = _PLATFORM_ADDRESS.fullmatch(recipient)
    if shared is None or shared[2] != inbound_domain.lower():
        return None
    return await find_tenant_by_slug(read, shared[1])


async def _quarantine(db: Db, arrival: Arrival, reason: str, limits: QuarantineLimits, request_id: str) -> None:
    async with db.tx(platform_context(request_id=request_id)) as tx:
        stored = await quarantine_store.insert_quarantined(tx, arrival, reason)
        evicted = await quarantine_store.make_room(tx, limits) if stored else 0
    if stored:
        QUARANTINED.labels(reason).inc()
    if evicted:
        EVICTED.inc(evicted)
        log.warning("quarantine_full", evicted=evicted)
    log.info("mail_quarantined", reason=reason, source=arrival.source)


async def _find_conversation(tx: Tx, arrival: Arrival) -> Correspondence:
    """What a message answers: by our own mails first, then by what the customer wrote before, then by the number of a
    quote in the subject, which anybody may write: it counts from the quote's customer alone."""
    references = arrival.headers.references
    ours = await find_correspondence(tx, references) if references else None
    if ours is not None and (ours.enquiry_id is not None or ours.quote_id is not None):
        return ours
    enquiry_id = await store.find_enquiry_of_messages(tx, references) if references else None
    if enquiry_id is not None:
        return Correspondence(enquiry_id, None, None)
    return await _find_by_number(tx, arrival) or _NOTHING


async def _find_by_number(tx: Tx, arrival: Arrival) -> Correspondence | None:
    for number in dict.fromkeys(_QUOTE_NUMBER.findall(arrival.headers.subject.upper())[:NUMBERS_MAX]):
        quote_id = await find_newest_version(tx, number)
        quote = None if quote_id is None else await get_quote(tx, quote_id)
        sender = (arrival.headers.from_address or "").lower()
        if quote is not None and sender and sender == (quote.customer_email or "").lower():
            return Correspondence(quote.enquiry_id, quote.client_id, quote.id)
    return None


async def _open_enquiry(tx: Tx, arrival: Arrival, message_id: UUID, *, channel: Channel, phone: str | None) -> UUID:
    enquiry_id = new_id()
    await store.insert_enquiry(tx, enquiry_id, channel, phone, arrival)
    await _continue(tx, message_id, enquiry_id)
    return enquiry_id


async def _continue(tx: Tx, message_id: UUID, enquiry_id: UUID) -> None:
    await store.attach_message(tx, message_id, enquiry_id)
    await store.forget_attempts(tx, enquiry_id)
    await enqueue(tx, UNDERSTAND_JOB, enquiry_id=str(enquiry_id))


def _as_message(new: NewEnquiry, message_id: str) -> bytes:
    """The typed words as a message (RFC 5322), so that everything after the door is one way."""
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = message_id
    message["Date"] = format_datetime(datetime.now(UTC))
    if new.from_email:
        message["From"] = formataddr((one_line(new.from_name or "", NAME_MAX_CHARS), new.from_email))
    message["Subject"] = one_line(new.subject, SUBJECT_MAX_CHARS)
    message.set_content(storable(new.text, TEXT_MAX_CHARS))
    return message.as_bytes()
