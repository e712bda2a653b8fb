"""What becomes of an enquiry: read it, then quote, ask, show it to a person, or leave it.

Each step is one transaction that begins by looking whether it is done already, so the job may run again at any point.
Reading happens between transactions, because it takes the processor a while.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from tembea import audit
from tembea.crm import find_or_create_client, record_event
from tembea.inbox import store
from tembea.inbox.answers import newest_quote, take_answer, trip_of, with_words
from tembea.inbox.asking import ask_for_missing
from tembea.inbox.assuming import with_assumptions
from tembea.inbox.decide import Decision, Step, decide, with_answer
from tembea.inbox.model import Enquiry, EnquiryStatus, InboundMessage
from tembea.inbox.quoting import quote_enquiry
from tembea.inbox.reading import ReadMessage, profile_of, read_message
from tembea.inbox.second_reading import open_questions, read_again
from tembea.inbox.service import UNDERSTAND_JOB
from tembea.inbox.understand import TenantProfile
from tembea.inbox.work import with_assignee
from tembea.kernel.context import Context
from tembea.kernel.db import Db, Tx
from tembea.kernel.errors import Conflict, Invalid
from tembea.kernel.jobs import enqueue
from tembea.notifications import discard_drafts
from tembea.providers.llm import LanguageModel, NoModel
from tembea.quotes.trip import Kind, evidence_to_json, trip_request_from_json, trip_request_to_json
from tembea.rates import list_hotels
from tembea.settings import Settings
from tembea.tenants import QuotaExceeded, Tenant, get_tenant

MAX_ATTEMPTS = 8
"""How often reading an enquiry is tried before a person has to."""

QUOTA_RETRY_S = 3_600
"""At most this long until an enquiry over the daily quota is tried again: the limit may have been raised."""

_NOBODY = NoModel()
log = structlog.stdlib.get_logger("tembea.inbox")


@dataclass(frozen=True, slots=True)
class _Case:
    """An enquiry with what nobody has read yet."""

    tenant: Tenant
    enquiry: Enquiry
    unread: tuple[InboundMessage, ...]
    profile: TenantProfile


async def understand_enquiry(
    ctx: Context, db: Db, enquiry_id: UUID, settings: Settings, *, llm: LanguageModel = _NOBODY
) -> None:
    """Read what is new of an enquiry and take the next step. Whatever keeps failing becomes visible as `failed`."""
    async with db.tx(ctx) as tx:
        attempts = await store.count_attempt(tx, enquiry_id)
    if attempts > MAX_ATTEMPTS:
        await _give_up(ctx, db, enquiry_id)
        return
    try:
        await _advance(ctx, db, enquiry_id, settings, llm)
    except Exception:
        log.exception("enquiry_failed", enquiry_id=str(enquiry_id), attempts=attempts)
        if attempts == MAX_ATTEMPTS:
            await _give_up(ctx, db, enquiry_id)
        raise


async def _advance(ctx: Context, db: Db, enquiry_id: UUID, settings: Settings, llm: LanguageModel) -> None:
    case = await _open(ctx, db, enquiry_id, settings.inbound_domain)
    enquiry = case.enquiry
    if case.unread:
        news = await asyncio.to_thread(_read_all, case)
        news = await read_again(ctx, db, llm, case.tenant, case.profile, news)
        async with db.tx(ctx) as tx:
            enquiry = await _take_in(tx, case, news)
    if enquiry.status == EnquiryStatus.PARSED:
        await _quote(ctx, db, case.tenant, enquiry_id, settings.installation_secret)


async def _open(ctx: Context, db: Db, enquiry_id: UUID, inbound_domain: str) -> _Case:
    async with db.read(ctx) as read:
        tenant = await get_tenant(read)
        enquiry = await store.get_enquiry(read, enquiry_id)
        messages = await store.list_unread(read, enquiry_id)
        hotels = await list_hotels(read, tenant.config) if messages else []
    return _Case(tenant, enquiry, tuple(messages), profile_of(tenant, hotels, inbound_domain=inbound_domain))


def _read_all(case: _Case) -> list[ReadMessage]:
    return [read_message(message, case.enquiry, case.profile) for message in case.unread]


async def _take_in(tx: Tx, case: _Case, news: Sequence[ReadMessage]) -> Enquiry:
    """Bring what was read into the enquiry, together with all that follows from it but the quote."""
    enquiry = await store.lock_enquiry(tx, case.enquiry.id)
    unread = set(await store.list_unread_ids(tx, enquiry.id))
    for message in news:
        if message.id in unread:
            enquiry = await _with_message(tx, case, enquiry, message)
            await store.mark_understood(tx, message.id, message.text, message.attachments)
    await store.save_enquiry(tx, replace(enquiry, attempts=0))
    return enquiry


async def _with_message(tx: Tx, case: _Case, enquiry: Enquiry, message: ReadMessage) -> Enquiry:
    is_first = enquiry.trip_request is None
    if not is_first and message.trip.kind in (Kind.AUTO_REPLY, Kind.SPAM):
        return _with_machine_mail(enquiry, message)
    quote = await newest_quote(tx, enquiry)
    if quote is not None and message.by_rules is not None:
        message = message.by_rules  # what changes a quote is never a model's
    if is_first:
        enquiry = _with_first(enquiry, message)
    if quote is not None and message.trip.kind not in (Kind.AUTO_REPLY, Kind.SPAM):
        if is_first:  # an answer to a quote that a person made without an enquiry
            enquiry = replace(enquiry, trip_request=trip_request_to_json(trip_of(quote)))
        return await take_answer(tx, case.tenant, enquiry, quote, message)
    return await _decided(tx, case, enquiry if is_first else _with_answer(enquiry, message), message.doubts)


def _with_machine_mail(enquiry: Enquiry, message: ReadMessage) -> Enquiry:
    """An out-of-office note changes nothing; a bounce means that our mail has not arrived."""
    if message.automatic not in ("bounce", "report"):
        return enquiry
    reason = "A mail to the customer could not be delivered; please check the address."
    return replace(enquiry, status=EnquiryStatus.NEEDS_REVIEW.value, reasons=[reason])


def _with_first(enquiry: Enquiry, message: ReadMessage) -> Enquiry:
    return replace(
        enquiry,
        kind=message.trip.kind.value,
        subject=message.subject or enquiry.subject,
        body_text=message.text,
        language=message.language,
        trip_request=trip_request_to_json(message.trip),
        evidence=evidence_to_json(message.evidence),
        confidence=message.confidence,
    )


def _with_answer(enquiry: Enquiry, message: ReadMessage) -> Enquiry:
    before = trip_request_from_json(enquiry.trip_request or {})
    return with_words(enquiry, before, with_answer(before, message.trip), message)


async def _decided(tx: Tx, case: _Case, enquiry: Enquiry, doubts: Sequence[str]) -> Enquiry:
    enquiry = await with_assumptions(tx, case.tenant, enquiry)
    trip = trip_request_from_json(enquiry.trip_request or {})
    decision = _weighed(_checked(case, enquiry, decide(trip)), (*doubts, *open_questions(enquiry.evidence)))
    await discard_drafts(tx, enquiry.id)
    if decision.step is Step.IGNORE:
        return replace(enquiry, status=EnquiryStatus.IGNORED.value, missing=[], reasons=[])
    if trip.kind.is_from_a_customer:
        enquiry = await with_assignee(tx, case.tenant, await with_client(tx, enquiry))
    if decision.step is Step.ASK:
        await ask_for_missing(tx, case.tenant, enquiry, decision.missing)
    return replace(
        enquiry,
        status=_STATUS[decision.step].value,
        missing=[name.value for name in decision.missing],
        reasons=list(decision.reasons),
    )


_STATUS = {
    Step.QUOTE: EnquiryStatus.PARSED,
    Step.ASK: EnquiryStatus.WAITING_FOR_CUSTOMER,
    Step.REVIEW: EnquiryStatus.NEEDS_REVIEW,
}


def _checked(case: _Case, enquiry: Enquiry, decision: Decision) -> Decision:
    """Nothing is asked of nobody, and nothing is sent to the agency itself, which would be a circle."""
    address = trip_request_from_json(enquiry.trip_request or {}).customer_email
    if address and address.lower() in case.profile.own_addresses and decision.step in (Step.ASK, Step.QUOTE):
        return Decision(Step.REVIEW, decision.missing, ("This comes from one of your own addresses.",))
    if decision.step is Step.ASK and not address:
        return Decision(Step.REVIEW, decision.missing, ("There is no e-mail address to ask for what is missing.",))
    return decision


def _weighed(decision: Decision, questions: Sequence[str]) -> Decision:
    """Nothing leaves by itself that a second reading has a question about."""
    if not questions or decision.step is Step.IGNORE:
        return decision
    return Decision(Step.REVIEW, decision.missing, (*decision.reasons, *questions))


async def with_client(tx: Tx, enquiry: Enquiry) -> Enquiry:
    """The enquiry with its client, found or made; the client's timeline says that it came."""
    if enquiry.client_id is not None:
        await _note(tx, enquiry, title="The customer answered", kind="enquiry.answered")
        return enquiry
    trip = trip_request_from_json(enquiry.trip_request or {})
    client = await find_or_create_client(
        tx,
        name=trip.customer_name or enquiry.from_name,
        email=trip.customer_email,
        phone=trip.customer_phone or enquiry.phone,
        language=enquiry.language,
        source=enquiry.channel,
    )
    enquiry = replace(enquiry, client_id=client.id)
    await _note(tx, enquiry, title=f"Enquiry: {enquiry.subject or 'no subject'}", kind="enquiry.received")
    return enquiry


async def _note(tx: Tx, enquiry: Enquiry, *, title: str, kind: str) -> None:
    if enquiry.client_id is not None:
        await record_event(tx, enquiry.client_id, kind=kind, title=title[:200], link=f"/inbox/{enquiry.id}")


async def _quote(ctx: Context, db: Db, tenant: Tenant, enquiry_id: UUID, signing_key: bytes) -> None:
    try:
        async with db.tx(ctx) as tx:
            enquiry = await store.lock_enquiry(tx, enquiry_id)
            if enquiry.status == EnquiryStatus.PARSED:
                await quote_enquiry(tx, tenant, enquiry, signing_key=signing_key)
    except QuotaExceeded as error:
        await _come_back(ctx, db, enquiry_id, error)
    except (Invalid, Conflict) as error:
        # A trip that no hotel can take is an answer, not a failure.
        async with db.tx(ctx) as tx:
            enquiry = await store.lock_enquiry(tx, enquiry_id)
            status = EnquiryStatus.NEEDS_REVIEW.value
            await store.save_enquiry(tx, replace(enquiry, status=status, reasons=[error.detail], attempts=0))


async def _come_back(ctx: Context, db: Db, enquiry_id: UUID, error: QuotaExceeded) -> None:
    wait_s = min(QUOTA_RETRY_S, int(error.headers.get("Retry-After", QUOTA_RETRY_S)))
    async with db.tx(ctx) as tx:
        enquiry = await store.lock_enquiry(tx, enquiry_id)
        await store.save_enquiry(tx, replace(enquiry, reasons=[error.detail], attempts=0))
        await enqueue(tx, UNDERSTAND_JOB, at=datetime.now(UTC) + timedelta(seconds=wait_s), enquiry_id=str(enquiry_id))


async def _give_up(ctx: Context, db: Db, enquiry_id: UUID) -> None:
    async with db.tx(ctx) as tx:
        enquiry = await store.lock_enquiry(tx, enquiry_id)
        reason = f"We could not work on this after {MAX_ATTEMPTS} tries. Please read the message yourself."
        await store.save_enquiry(tx, replace(enquiry, status=EnquiryStatus.FAILED.value, reasons=[reason]))
        await audit.record(tx, "enquiry.failed", subject_kind="enquiry", subject_id=str(enquiry_id))
