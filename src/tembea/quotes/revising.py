"""The next version of a quote: the same number at today's prices; the old version ends when the new one leaves."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from pydantic import JsonValue

from tembea import audit
from tembea.kernel.db import Tx
from tembea.quotes import store
from tembea.quotes.agent import get_quote_agent
from tembea.quotes.model import TRANSITIONS, Customer, InvalidTransition, Quote, QuoteStatus, ReplyThread
from tembea.quotes.service import cancel_quote, create_quote
from tembea.quotes.trip import TripRequest, trip_request_from_json
from tembea.quotes.undo import stop_sending
from tembea.tenants import Tenant


async def revise_quote(
    tx: Tx,
    tenant: Tenant,
    quote_id: UUID,
    *,
    signing_key: bytes,
    trip: TripRequest | None = None,
    answers: ReplyThread | None = None,
) -> Quote:
    """Make the next version as a draft, of another trip or of the same at today's prices.

    A version that nobody has seen is cancelled for it; one that went out ends when the new one is sent. Where nothing
    fits another trip, the nearest stay is offered, if the agency wants that; a quote for the nearest stay asks again
    for what was asked for. Raises `NotFound`, `InvalidTransition` for a quote that is accepted or past, and what
    `create_quote` and an offer raise.
    """
    quote = await store.lock_quote(tx, quote_id)
    if not may_be_revised(quote):
        raise InvalidTransition(f"This quote is {quote.status.value} and cannot be revised. Make a new one.")
    await _check_newest(tx, quote)
    wanted = trip or trip_request_from_json(cast("Mapping[str, JsonValue]", quote.snapshot["trip"]))
    agent = get_quote_agent(tenant)
    may_move = trip is not None or quote.nearest is not None
    offer = await (agent.offer_by_policy(tx, wanted) if may_move else agent.offer(tx, wanted))
    offer.check_any()
    replaced = quote
    if quote.status is QuoteStatus.DRAFT:
        await cancel_quote(tx, quote.id)
        replaced = quote if quote.revises_id is None else await store.lock_quote(tx, quote.revises_id)
    revision = await create_quote(
        tx,
        tenant,
        customer=Customer(quote.customer_name, quote.customer_email, quote.customer_phone),
        client_id=quote.client_id,
        enquiry_id=quote.enquiry_id,
        trip=wanted,
        offer=offer,
        cover_text="",
        language=quote.language,
        signing_key=signing_key,
        answers=answers,
        revises=replaced,
        consultant_id=quote.consultant_id,
    )
    after = {"version": revision.version, "revises_id": str(replaced.id)}
    await audit.record(tx, "quote.revision_drafted", subject_kind="quote", subject_id=str(revision.id), after=after)
    return revision


def may_be_revised(quote: Quote) -> bool:
    """Whether a quote can have a next version: nobody has said yes to it, and it was not called off."""
    return quote.status is QuoteStatus.DRAFT or QuoteStatus.REVISED in TRANSITIONS[quote.status]


async def _check_newest(tx: Tx, quote: Quote) -> None:
    newest = await store.find_newest_version(tx, quote.number)
    if newest != quote.id:
        raise InvalidTransition("This quote has a newer version. Open that one and revise it.")


async def close_revised(tx: Tx, quote_id: UUID) -> None:
    """The version's successor leaves: it ends, unless it has ended already or the customer has said yes to it."""
    quote = await store.lock_quote(tx, quote_id)
    if QuoteStatus.REVISED not in TRANSITIONS[quote.status]:
        return
    await stop_sending(tx, quote)
    await store.close(tx, quote_id, QuoteStatus.REVISED)
    await audit.record(tx, "quote.revised", subject_kind="quote", subject_id=str(quote_id))
