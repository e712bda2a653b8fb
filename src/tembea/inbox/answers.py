"""A customer's word on a quote: a yes accepts it, a change makes its next version, anything else goes to a person.

What acts without a person does so for the quote's own customer alone, in answer to a mail of ours, and as far as the
agency's policy lets it. A sender's address can be forged; the Message-ID of our mail is known to whoever received it.
"""

from dataclasses import replace
from datetime import date

from tembea.crm import Stage, advance_stage, record_event
from tembea.inbox.choice import chosen_option
from tembea.inbox.decide import missing_for_a_quote, with_answer
from tembea.inbox.model import Enquiry, EnquiryStatus
from tembea.inbox.reading import ReadMessage
from tembea.inbox.understand import new_text
from tembea.kernel.db import Tx
from tembea.kernel.errors import AppError
from tembea.notifications import find_correspondence
from tembea.quotes import Quote, QuoteStatus, accept_quote, find_newest_version, get_quote, may_be_revised
from tembea.quotes.trip import (
    Evidence,
    Kind,
    TripRequest,
    evidence_to_json,
    trip_request_from_json,
    trip_request_to_json,
)
from tembea.tenants import Tenant

_CHANGES = (Kind.CHANGE_REQUEST, Kind.NEW_ENQUIRY)
_SAID = {
    Kind.BOOKING_QUESTION: "The customer asks about the booking.",
    Kind.INVOICE_QUESTION: "The customer asks about an invoice or a payment.",
    Kind.COMPLAINT: "The customer complains.",
}


async def take_answer(tx: Tx, tenant: Tenant, enquiry: Enquiry, quote: Quote, message: ReadMessage) -> Enquiry:
    """The enquiry after a message on its quote. `quote` is the newest version; the enquiry is locked by `tx`."""
    kind = message.trip.kind
    if kind is Kind.REPLY_ACCEPT:
        return await _accepted(tx, tenant, enquiry, quote, message)
    if kind in _CHANGES:
        return await _changed(tx, tenant, enquiry, quote, message)
    return await _for_a_person(tx, enquiry, kind, _SAID.get(kind, "The customer answered the quote."))


async def _accepted(tx: Tx, tenant: Tenant, enquiry: Enquiry, quote: Quote, message: ReadMessage) -> Enquiry:
    kind = Kind.REPLY_ACCEPT
    doubt = await _doubt(tx, quote, message)
    if not tenant.config.inbox.accept_by_mail:
        doubt = "Accept it by hand."
    said = new_text(message.text)
    chosen = chosen_option(said, [option.hotel_name for option in quote.options])
    if chosen is None:
        doubt = doubt or "It does not say to which option."
    if _differs(message.trip, quote):
        doubt = doubt or "It names other dates or guests than the quote."
    if doubt or chosen is None:
        return await _for_a_person(tx, enquiry, kind, f"The customer says yes to the quote. {doubt}")
    option = quote.options[chosen]
    try:
        await accept_quote(tx, quote.id, option.id, said_by=f"mail from {message.sender}")
    except AppError as error:
        return await _for_a_person(tx, enquiry, kind, f"The customer says yes to the quote. {error.detail}")
    reason = f"Accepted by mail: option {chosen + 1}, {option.hotel_name}."
    asks = "?" in said
    reasons = [reason, "The customer also asks something: please answer it."] if asks else [reason]
    status = EnquiryStatus.NEEDS_REVIEW if asks else EnquiryStatus.QUOTED
    return replace(enquiry, status=status.value, kind=kind.value, quote_id=quote.id, reasons=reasons)


async def _changed(tx: Tx, tenant: Tenant, enquiry: Enquiry, quote: Quote, message: ReadMessage) -> Enquiry:
    wants = "The customer wants a change."
    if enquiry.client_id is not None:
        await advance_stage(tx, enquiry.client_id, Stage.NEGOTIATING, reason=wants)
    before = trip_request_from_json(enquiry.trip_request) if enquiry.trip_request else trip_of(quote)
    after = with_answer(replace(before, kind=Kind.NEW_ENQUIRY), message.trip)
    doubt = await _doubt(tx, quote, message) or _keeps_from_revising(tenant, quote, before, after)
    if doubt is not None:
        return await _for_a_person(tx, enquiry, Kind.CHANGE_REQUEST, f"{wants} {doubt}".strip())
    await _note(tx, enquiry, wants)
    return replace(
        with_words(enquiry, before, after, message),
        status=EnquiryStatus.PARSED.value,
        kind=Kind.CHANGE_REQUEST.value,
        quote_id=quote.id,
        missing=[],
        reasons=[wants],
    )


def with_words(enquiry: Enquiry, before: TripRequest, after: TripRequest, message: ReadMessage) -> Enquiry:
    """The enquiry with the trip as a later message leaves it, and the words that changed it."""
    changed = {name for name in message.evidence if getattr(before, name, None) != getattr(after, name, None)}
    # Offsets count in the first message's text; the words of a later one stand for themselves.
    words = {
        name: Evidence(entry.text, None, None, f"answer.{entry.rule}")
        for name, entry in message.evidence.items()
        if name in changed
    }
    return replace(
        enquiry,
        kind=after.kind.value,
        trip_request=trip_request_to_json(after),
        evidence={**enquiry.evidence, **evidence_to_json(words)},
    )


def _keeps_from_revising(tenant: Tenant, quote: Quote, before: TripRequest, after: TripRequest) -> str | None:
    """Why no next version is made; empty where nobody needs to be told why, None where nothing is in the way."""
    if not tenant.config.inbox.revise_by_mail:
        return ""
    if not may_be_revised(quote):
        return f"The quote is {quote.status.value}."
    if after.unmatched_destinations:
        return f"You do not sell this destination: {', '.join(after.unmatched_destinations)}."
    if replace(after, kind=before.kind, missing=before.missing) == before:
        return "It could not be read from the words."
    return "Something is missing for a new price." if missing_for_a_quote(after) else None


async def _doubt(tx: Tx, quote: Quote, message: ReadMessage) -> str | None:
    """Why this may not be the quote's customer; None where it is."""
    customer = (quote.customer_email or "").lower()
    if not message.sender or message.sender != customer:
        return f"It does not come from the quote's customer, but from {message.sender or 'an unknown sender'}."
    if not message.references or await find_correspondence(tx, message.references) is None:
        return "It does not answer a mail of yours."
    if quote.status is QuoteStatus.DRAFT and message.trip.kind is Kind.REPLY_ACCEPT:
        return "A newer version of the quote is still a draft."
    return None


def _differs(said: TripRequest, quote: Quote) -> bool:
    """Whether the words ask for something else than the quote has; what they leave open does not."""
    days: list[tuple[date | int | None, date | int]] = [
        (said.check_in, quote.check_in),
        (said.nights, quote.nights),
        (said.adults, quote.adults),
    ]
    if said.children_ages and sorted(said.children_ages) != quote.children_ages:
        return True
    return any(wanted is not None and wanted != offered for wanted, offered in days)


def trip_of(quote: Quote) -> TripRequest:
    """The trip of a quote that a person made without an enquiry."""
    return TripRequest(
        Kind.NEW_ENQUIRY,
        customer_name=quote.customer_name,
        customer_email=quote.customer_email,
        customer_phone=quote.customer_phone,
        destinations=(quote.destination,),
        check_in=quote.check_in,
        check_out=quote.check_out,
        nights=quote.nights,
        adults=quote.adults,
        children_ages=tuple(quote.children_ages),
        children_count=len(quote.children_ages),
    )


async def _for_a_person(tx: Tx, enquiry: Enquiry, kind: Kind, reason: str) -> Enquiry:
    await _note(tx, enquiry, reason)
    return replace(enquiry, status=EnquiryStatus.NEEDS_REVIEW.value, kind=kind.value, reasons=[reason])


async def _note(tx: Tx, enquiry: Enquiry, title: str) -> None:
    if enquiry.client_id is not None:
        link = f"/inbox/{enquiry.id}"
        await record_event(tx, enquiry.client_id, kind="enquiry.answered", title=title[:200], link=link)


async def newest_quote(tx: Tx, enquiry: Enquiry) -> Quote | None:
    """The quote that an enquiry's answers are about; None where it has none."""
    if enquiry.quote_id is None:
        return None
    quote = await get_quote(tx, enquiry.quote_id)
    newest = await find_newest_version(tx, quote.number)
    return quote if newest in (None, quote.id) else await get_quote(tx, newest)
