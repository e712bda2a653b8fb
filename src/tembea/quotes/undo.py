"""Taking a quote's sending back while it waits to leave."""

from uuid import UUID

from tembea import audit
from tembea.crm import record_event
from tembea.kernel.db import Tx
from tembea.notifications import TooLateToUndo, find_held_mail, take_back_mail
from tembea.quotes import store
from tembea.quotes.model import Quote

_TOO_LATE = "This quote has left, or leaves just now. Send the customer a revised one if something is wrong with it."


async def undo_send(tx: Tx, quote_id: UUID, *, mail_id: UUID | None = None) -> Quote:
    """Take the sending of a quote back, before its mail was made or after; the quote stays as it was before.

    With a `mail_id` only where it is this mail that waits. Raises `NotFound`, and `TooLateToUndo` where nothing waits.
    """
    quote = await store.lock_quote(tx, quote_id)
    held = await find_held_mail(tx, quote_id)
    if quote.leaves_at is None or (mail_id is not None and held != mail_id):
        raise TooLateToUndo(_TOO_LATE)
    await stop_sending(tx, quote)
    await audit.record(tx, "quote.send_undone", subject_kind="quote", subject_id=str(quote_id))
    await record_event(
        tx,
        quote.client_id,
        kind="quote.undone",
        title=f"Sending of quote {quote.number} taken back",
        link=f"/quotes/{quote.id}",
    )
    return await store.get_quote(tx, quote_id)


async def stop_sending(tx: Tx, quote: Quote) -> None:
    """Whatever waits to leave for this quote does not; does nothing where nothing waits. The quote is locked."""
    if quote.leaves_at is None:
        return
    held = await find_held_mail(tx, quote.id)
    if held is not None:
        await take_back_mail(tx, held)
    await store.forget_request(tx, quote.id)
