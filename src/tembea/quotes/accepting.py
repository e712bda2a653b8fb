"""A customer's yes: the quote is accepted with one of its options, and the client has booked."""

from uuid import UUID

from tembea import audit
from tembea.crm import Stage, advance_stage, record_event
from tembea.kernel.db import Tx
from tembea.kernel.errors import FieldError, Invalid
from tembea.quotes import store
from tembea.quotes.model import Quote, QuoteStatus, check_transition
from tembea.tenants import get_tenant, local_today


class QuoteEnded(Invalid):
    """The quote's prices are held no longer."""

    code = "quote_ended"


async def accept_quote(tx: Tx, quote_id: UUID, option_id: UUID, *, said_by: str) -> Quote:
    """Accept a quote that went out, with one of its options; once more with the same option changes nothing.

    `said_by` is who said yes and where, for the audit trail. Raises `NotFound`, `InvalidTransition`, `QuoteEnded`, and
    `Invalid` for an option of another quote.
    """
    quote = await store.lock_quote(tx, quote_id)
    if quote.status is QuoteStatus.ACCEPTED and quote.selected_option_id == option_id:
        return quote
    check_transition(quote.status, QuoteStatus.ACCEPTED)
    option = next((one for one in quote.options if one.id == option_id), None)
    if option is None:
        message = "This is not an option of the quote. Choose one of its options."
        raise Invalid(message, errors=[FieldError("body.option_id", message)])
    if quote.valid_until < local_today(await get_tenant(tx)):
        raise QuoteEnded(f"This quote was valid until {quote.valid_until}. Revise it to hold its prices anew.")
    await store.mark_accepted(tx, quote_id, option_id)
    await audit.record(
        tx,
        "quote.accepted",
        subject_kind="quote",
        subject_id=str(quote_id),
        before={"status": quote.status.value},
        after={"status": QuoteStatus.ACCEPTED.value, "option_id": str(option_id), "said_by": said_by},
        person_id=quote.client_id,
    )
    title = f"Quote {quote.number} accepted: {option.hotel_name}"
    await record_event(
        tx,
        quote.client_id,
        kind="quote.accepted",
        title=title[:200],
        detail=str(option.price),
        link=f"/quotes/{quote.id}",
    )
    await advance_stage(tx, quote.client_id, Stage.BOOKED, reason=f"Quote {quote.number} was accepted")
    return await store.get_quote(tx, quote_id)
