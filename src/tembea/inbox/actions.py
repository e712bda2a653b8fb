"""What people do with an enquiry: make its quote, answer, correct what was read, or put it aside."""

from dataclasses import replace
from uuid import UUID

from tembea import audit
from tembea.inbox import store
from tembea.inbox.decide import completed, missing_for_a_quote
from tembea.inbox.handling import with_client
from tembea.inbox.model import Enquiry, EnquiryIncomplete, EnquiryStatus, InvalidTransition, NoAddress, NothingToSend
from tembea.inbox.quoting import quote_enquiry, reply_thread
from tembea.inbox.work_store import insert_correction
from tembea.kernel.db import Tx
from tembea.kernel.errors import FieldError, Invalid
from tembea.kernel.ids import new_id
from tembea.notifications import (
    MailKind,
    MailStatus,
    NewMail,
    discard_drafts,
    list_mails_of_enquiry,
    queue_mail,
    release_draft,
)
from tembea.quotes.trip import Kind, TripRequest, trip_request_from_json, trip_request_to_json
from tembea.tenants import Tenant


async def accept_enquiry(tx: Tx, tenant: Tenant, enquiry_id: UUID, *, signing_key: bytes) -> Enquiry:
    """Make the quote, or of a corrected change its next version; any other that has a quote keeps it.

    Raises as `quote_enquiry`.
    """
    enquiry = await store.lock_enquiry(tx, enquiry_id)
    if enquiry.quote_id is not None and enquiry.status != EnquiryStatus.PARSED:
        return enquiry
    if enquiry.trip_request is None:
        raise EnquiryIncomplete("This was not understood as a trip. Correct the trip request first.")
    if enquiry.client_id is None:
        enquiry = await with_client(tx, enquiry)
    await discard_drafts(tx, enquiry_id)
    quoted = await quote_enquiry(tx, tenant, enquiry, signing_key=signing_key)
    await _audit(tx, "enquiry.accepted", enquiry, quoted)
    return quoted


async def dismiss_enquiry(tx: Tx, enquiry_id: UUID) -> Enquiry:
    """Put an enquiry aside: it gets no answer, and what was drafted is dropped. Raises `InvalidTransition`."""
    enquiry = await store.lock_enquiry(tx, enquiry_id)
    if enquiry.quote_id is not None:
        raise InvalidTransition("This enquiry has a quote. Cancel the quote instead.")
    await discard_drafts(tx, enquiry_id)
    dismissed = replace(enquiry, status=EnquiryStatus.IGNORED.value, reasons=[], snoozed_until=None)
    await store.save_enquiry(tx, dismissed)
    await _audit(tx, "enquiry.dismissed", enquiry, dismissed)
    return dismissed


async def correct_enquiry(tx: Tx, enquiry_id: UUID, trip: TripRequest) -> Enquiry:
    """Replace what was read by what a person knows, and work out what follows. It sends nothing. Raises `Invalid`."""
    enquiry = await store.lock_enquiry(tx, enquiry_id)
    if trip.check_in and trip.check_out and trip.check_out <= trip.check_in:
        problem = FieldError("body.trip_request.check_out", "Give a day after the first one.")
        raise Invalid("The trip ends before it begins.", errors=[problem])
    trip = completed(replace(trip, missing=()))
    missing = missing_for_a_quote(trip)
    status = enquiry.status
    if enquiry.quote_id is None:
        status = (EnquiryStatus.NEEDS_REVIEW if missing else EnquiryStatus.PARSED).value
        await discard_drafts(tx, enquiry_id)
    elif enquiry.status == EnquiryStatus.NEEDS_REVIEW and not missing and _differs(enquiry, trip):
        status = EnquiryStatus.PARSED.value
    corrected = replace(
        enquiry,
        status=status,
        kind=trip.kind.value,
        trip_request=trip_request_to_json(trip),
        missing=[name.value for name in missing],
        reasons=[],
        confidence=1.0,
    )
    await store.save_enquiry(tx, corrected)
    await insert_correction(tx, new_id(), enquiry.id, enquiry.trip_request, trip_request_to_json(trip))
    await _audit(tx, "enquiry.corrected", enquiry, corrected)
    return corrected


def _differs(enquiry: Enquiry, trip: TripRequest) -> bool:
    before = trip_request_from_json(enquiry.trip_request) if enquiry.trip_request else None
    return before is None or replace(before, kind=trip.kind, missing=trip.missing) != trip


async def reply_to_enquiry(tx: Tx, tenant: Tenant, enquiry_id: UUID, *, text: str, subject: str) -> Enquiry:
    """Write to the customer, or, without a text, let the drafted question go. It waits for the customer then.

    Raises `NoAddress`, `NothingToSend`, `QuotaExceeded`.
    """
    enquiry = await store.lock_enquiry(tx, enquiry_id)
    if text:
        await discard_drafts(tx, enquiry_id)
        await queue_mail(tx, tenant, await _reply(tx, enquiry, text, subject))
    else:
        await release_draft(tx, tenant, await _draft(tx, enquiry_id))
    status = enquiry.status if enquiry.quote_id else EnquiryStatus.WAITING_FOR_CUSTOMER.value
    replied = replace(enquiry, status=status, reasons=[])
    await store.save_enquiry(tx, replied)
    await _audit(tx, "enquiry.replied", enquiry, replied)
    return replied


async def _draft(tx: Tx, enquiry_id: UUID) -> UUID:
    for mail in reversed(await list_mails_of_enquiry(tx, enquiry_id)):
        if mail.status == MailStatus.DRAFT:
            return mail.id
    raise NothingToSend("Nothing is drafted for this enquiry. Write a text.")


async def _reply(tx: Tx, enquiry: Enquiry, text: str, subject: str) -> NewMail:
    trip = trip_request_from_json(enquiry.trip_request) if enquiry.trip_request else TripRequest(Kind.OTHER)
    address = trip.customer_email or enquiry.from_email
    if not address:
        raise NoAddress("No e-mail address of this customer is known. Correct the trip request, or call them.")
    answers = await reply_thread(tx, enquiry)
    own = subject or enquiry.subject or f"Your enquiry to {tx.ctx.tenant_slug}"
    return NewMail(
        kind=MailKind.REPLY,
        to_address=address,
        to_name=trip.customer_name or enquiry.from_name or "",
        subject=own if own.lower().startswith("re:") or not answers else f"Re: {own}",
        text=text,
        in_reply_to=answers and answers.message_id,
        references=answers.references if answers else (),
        enquiry_id=enquiry.id,
        client_id=enquiry.client_id,
        automatic=False,
    )


async def _audit(tx: Tx, action: str, before: Enquiry, after: Enquiry) -> None:
    await audit.record(
        tx,
        action,
        subject_kind="enquiry",
        subject_id=str(after.id),
        before=_audited(before),
        after=_audited(after),
        person_id=after.client_id or after.id,
    )


def _audited(enquiry: Enquiry) -> dict[str, object]:
    return {
        "status": enquiry.status,
        "kind": enquiry.kind,
        "trip_request": enquiry.trip_request,
        "quote_id": str(enquiry.quote_id) if enquiry.quote_id else None,
    }
