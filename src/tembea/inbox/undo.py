"""Taking a mail back before it leaves, with whatever said that it was on its way."""

from dataclasses import replace
from uuid import UUID

from tembea.crm import record_event
from tembea.inbox import store
from tembea.inbox.model import EnquiryStatus
from tembea.kernel.db import Tx
from tembea.notifications import HeldMail, MailKind, OutgoingMail, get_mail, take_back_mail
from tembea.quotes import undo_send


async def undo_mail(tx: Tx, mail_id: UUID) -> OutgoingMail:
    """Take a held mail back, and its quote or enquiry with it. Raises `NotFound` and `TooLateToUndo`.

    A quote is a draft as before; a reply becomes a draft, and the enquiry stands before a person again.
    """
    mail = await get_mail(tx, mail_id)
    if mail.quote_id is not None and mail.kind == MailKind.QUOTE:
        await undo_send(tx, mail.quote_id, mail_id=mail_id)
    else:
        await _undo_words(tx, mail)
    return await get_mail(tx, mail_id)


async def _undo_words(tx: Tx, mail: OutgoingMail) -> None:
    enquiry = None if mail.enquiry_id is None else await store.lock_enquiry(tx, mail.enquiry_id)
    taken = await take_back_mail(tx, mail.id)
    waits = EnquiryStatus.WAITING_FOR_CUSTOMER.value
    if enquiry is not None and taken.kind == MailKind.REPLY and enquiry.status == waits:
        reason = "Your reply was taken back before it left. It waits as a draft."
        await store.save_enquiry(tx, replace(enquiry, status=EnquiryStatus.NEEDS_REVIEW.value, reasons=[reason]))
    await _note(tx, taken)


async def _note(tx: Tx, mail: HeldMail) -> None:
    if mail.client_id is not None:
        await record_event(
            tx,
            mail.client_id,
            kind="mail.undone",
            title=f"A mail to {mail.to_address} was taken back before it left"[:200],
            detail=mail.subject,
            link=f"/inbox/{mail.enquiry_id}" if mail.enquiry_id else "",
        )
