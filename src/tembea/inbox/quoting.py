"""The answer that an enquiry can get without a person: its quote, and why that waits."""

from dataclasses import replace
from uuid import UUID

from tembea.inbox import store
from tembea.inbox.decide import missing_for_a_quote
from tembea.inbox.model import Enquiry, EnquiryIncomplete, EnquiryStatus
from tembea.inbox.understand.profile import SHARED_DOMAINS
from tembea.kernel.db import Read, Tx
from tembea.kernel.errors import FieldError
from tembea.kernel.money import Money
from tembea.notifications import list_mails_of_enquiry
from tembea.quotes import (
    Customer,
    Quote,
    ReplyThread,
    create_quote,
    get_quote_agent,
    revise_quote,
    send_quote,
)
from tembea.quotes.trip import Missing, TripRequest, trip_request_from_json
from tembea.tenants import Tenant

_SAY_WHAT = {
    Missing.DESTINATION: "Say where the trip goes.",
    Missing.DATES: "Give the first day and the number of nights.",
    Missing.ADULTS: "Say how many adults travel.",
    Missing.CHILDREN_AGES: "Give the age of every child.",
}


async def quote_enquiry(tx: Tx, tenant: Tenant, enquiry: Enquiry, *, signing_key: bytes) -> Enquiry:
    """Make the quote of an enquiry that has a client, and send it where the agency wants that.

    The enquiry is locked by `tx`. Raises `EnquiryIncomplete`, `CannotPrice` and what else makes a trip impossible (all
    of them `Invalid`), and `QuotaExceeded`.
    """
    trip = trip_request_from_json(enquiry.trip_request or {})
    check_complete(trip)
    if enquiry.client_id is None:
        raise EnquiryIncomplete("Nobody is known whom this quote would be for. Correct the customer first.")
    if enquiry.quote_id is not None:
        answers = await reply_thread(tx, enquiry)
        quote = await revise_quote(tx, tenant, enquiry.quote_id, trip=trip, answers=answers, signing_key=signing_key)
    else:
        quote = await _first_quote(tx, tenant, enquiry, enquiry.client_id, trip, signing_key)
    reasons = why_it_waits(tenant, enquiry, trip, quote)
    if not reasons:
        await send_quote(tx, quote.id)
    quoted = replace(
        enquiry, status=EnquiryStatus.QUOTED.value, quote_id=quote.id, missing=[], reasons=reasons, attempts=0
    )
    await store.save_enquiry(tx, quoted)
    return quoted


async def _first_quote(
    tx: Tx, tenant: Tenant, enquiry: Enquiry, client_id: UUID, trip: TripRequest, signing_key: bytes
) -> Quote:
    return await create_quote(
        tx,
        tenant,
        customer=_customer(enquiry, trip),
        client_id=client_id,
        enquiry_id=enquiry.id,
        trip=trip,
        offer=await get_quote_agent(tenant).offer_by_policy(tx, trip),
        cover_text="",
        language=enquiry.language or tenant.config.languages[0],
        signing_key=signing_key,
        answers=await reply_thread(tx, enquiry),
        consultant_id=enquiry.assignee_id,
    )


def check_complete(trip: TripRequest) -> None:
    """Raise `EnquiryIncomplete`, naming each field, where a price cannot be made yet."""
    missing = missing_for_a_quote(trip)
    if missing:
        fields = [FieldError(f"trip_request.{name.value}", _SAY_WHAT[name]) for name in missing]
        raise EnquiryIncomplete(" ".join(field.msg for field in fields), errors=fields)


_NEAREST = "Nothing fits as asked for; the nearest stay is offered."


def why_it_waits(tenant: Tenant, enquiry: Enquiry, trip: TripRequest, quote: Quote) -> list[str]:
    """Why a quote stays a draft; empty where it goes out by itself."""
    policy = tenant.config.quotes
    if not quote.customer_email:
        return ["There is no e-mail address to send the quote to."]
    near = [] if quote.nearest is None else [f"{_NEAREST} {quote.nearest.detail}"]
    if not policy.auto_send:
        return ["The quote waits for your approval.", *near]
    if is_for_somebody_else(enquiry, quote.customer_email):
        return [f"The mail asks for an answer to {quote.customer_email}, not to where it came from. Check the address."]
    if near and policy.nearest != "send":
        return near
    if (enquiry.confidence or 0) < policy.auto_send_confidence:
        return ["The enquiry was not understood surely enough to send the quote by itself."]
    if policy.auto_send_up_to is not None and any(
        option.currency != tenant.config.currency or option.total > policy.auto_send_up_to for option in quote.options
    ):
        bound = Money(policy.auto_send_up_to, tenant.config.currency)
        return [f"An option costs more than {bound}, up to which quotes are sent by themselves."]
    if len(trip.destinations) > 1:
        return ["The customer names several places: check whether they are alternatives or one journey."]
    return []


def is_for_somebody_else(enquiry: Enquiry, address: str) -> bool:
    """Whether the words of a mail alone say where the quote goes: a stranger's text moves no answer by itself.

    The headers may (`From`, `Reply-To`), a person who corrects may, and so may a form that a website relays: that comes
    from the website's own domain, not from a service that anybody writes from.
    """
    told = enquiry.evidence.get("customer_email")
    if enquiry.channel != "email" or not isinstance(told, dict) or str(told.get("text")).lower() != address.lower():
        return False
    sender, rule = (enquiry.from_email or "").lower(), str(told.get("rule"))
    if sender == address.lower():
        return False
    return rule.endswith("contact.reply_to") or (rule == "form.email" and sender.rpartition("@")[2] in SHARED_DOMAINS)


def _customer(enquiry: Enquiry, trip: TripRequest) -> Customer:
    name = trip.customer_name or enquiry.from_name or trip.customer_email or "Guest"
    return Customer(name, trip.customer_email, trip.customer_phone or enquiry.phone)


async def reply_thread(read: Read, enquiry: Enquiry) -> ReplyThread | None:
    """The customer's latest mail, which an answer threads to; None for what came by no mail."""
    if enquiry.channel != "email":
        return None
    received = [(mail.received_at, mail.message_id) for mail in await store.list_received(read, enquiry.id)]
    sent = [(mail.sent_at, mail.message_id) for mail in await list_mails_of_enquiry(read, enquiry.id) if mail.sent_at]
    named = [(at, name) for at, name in received if name]
    if not named:
        return None
    latest = named[-1][1]
    earlier = tuple(name for _, name in sorted([*named, *sent]) if name != latest)
    return ReplyThread(enquiry.subject, latest, earlier)
