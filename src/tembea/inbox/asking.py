"""The question for what is missing: one mail that asks for that and for nothing else."""

from collections.abc import Sequence

from tembea.inbox.model import Enquiry
from tembea.inbox.quoting import is_for_somebody_else, reply_thread
from tembea.kernel.db import Read, Tx
from tembea.notifications import MailKind, NewMail, list_mails_of_enquiry, queue_mail
from tembea.quotes import clarification_mail, load_agency
from tembea.quotes.document import Consultant
from tembea.quotes.trip import Missing, trip_request_from_json
from tembea.tenants import QuotaExceeded, Tenant
from tembea.users import find_consultant, get_user

DESTINATIONS_OFFERED = 12
"""Places named in the question for a destination; a longer list is no help."""


async def ask_for_missing(tx: Tx, tenant: Tenant, enquiry: Enquiry, missing: Sequence[Missing]) -> None:
    """Write the question; it goes by itself where the agency wants that, and otherwise waits for a person."""
    mail = await _question(tx, tenant, enquiry, missing)
    if not await _may_go(tx, tenant, enquiry):
        await queue_mail(tx, tenant, mail, draft=True)
        return
    try:
        await queue_mail(tx, tenant, mail)
    except QuotaExceeded:  # over the day's mails it waits for a person like any draft
        await queue_mail(tx, tenant, mail, draft=True)


async def _may_go(read: Read, tenant: Tenant, enquiry: Enquiry) -> bool:
    """Within the bounds of a quote that goes by itself, and only while nothing was asked in this conversation."""
    quotes = tenant.config.quotes
    if not (tenant.config.inbox.ask_by_mail and quotes.auto_send):
        return False
    address = trip_request_from_json(enquiry.trip_request or {}).customer_email or ""
    if (enquiry.confidence or 0) < quotes.auto_send_confidence or is_for_somebody_else(enquiry, address):
        return False
    return all(mail.kind != MailKind.CLARIFICATION for mail in await list_mails_of_enquiry(read, enquiry.id))


async def _question(tx: Tx, tenant: Tenant, enquiry: Enquiry, missing: Sequence[Missing]) -> NewMail:
    trip = trip_request_from_json(enquiry.trip_request or {})
    person = await get_user(tx, enquiry.assignee_id) if enquiry.assignee_id else await find_consultant(tx)
    name = tenant.config.company.name
    letter = clarification_mail(
        await load_agency(tx, tenant),
        Consultant(person.name, person.email, person.phone or "") if person else Consultant(name),
        customer_name=trip.customer_name or "",
        language=enquiry.language or tenant.config.languages[0],
        missing=[item.value for item in missing],
        destinations=[place.name for place in tenant.config.destinations[:DESTINATIONS_OFFERED]],
        reply_subject=enquiry.subject or None,
    )
    answers = await reply_thread(tx, enquiry)
    return NewMail(
        kind=MailKind.CLARIFICATION,
        to_address=trip.customer_email or "",
        to_name=trip.customer_name or "",
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        inline_images=letter.images,
        in_reply_to=answers and answers.message_id,
        references=answers.references if answers else (),
        enquiry_id=enquiry.id,
        client_id=enquiry.client_id,
        language=letter.language,
    )
