"""Reminding customers of quotes that they have not answered, as the agency's policy has it.

A reminder goes out on the agency's working days, in its office hours, in the quote's own conversation and language. It
stops with any word of the customer, with the quote's end, and with a newer version.
"""

from datetime import UTC, datetime
from uuid import UUID

from tembea import audit
from tembea.crm import record_event
from tembea.kernel.context import Context
from tembea.kernel.days import start_of
from tembea.kernel.db import Db, Tx
from tembea.notifications import MailKind, NewMail, queue_mail
from tembea.quotes import reminder_store, store
from tembea.quotes.letter import reminder_mail
from tembea.quotes.presentation import consultant_of, load_agency
from tembea.tenants import QuotaExceeded, Tenant, get_tenant, is_working_day, working_days_ago

OFFICE_HOURS = range(8, 17)
"""Hours of the agency's day in which reminders leave."""


async def remind_customers(ctx: Context, db: Db, *, now: datetime | None = None) -> int:
    """Remind whoever is due; how many that were. Safe to run again at any point."""
    local = now or datetime.now(UTC)
    async with db.read(ctx) as read:
        tenant = await get_tenant(read)
        before = _due_before(tenant, local)
        times = tenant.config.inbox.reminders.times
        due = await reminder_store.list_silent(read, before=before, times=times) if before and times else []
    reminded = 0
    for one in due:
        try:
            async with db.tx(ctx) as tx:
                reminded += await _remind(tx, tenant, one.quote_id, before or local)
        except QuotaExceeded:  # no mail is left for today; the next round looks again
            break
    return reminded


def _due_before(tenant: Tenant, now: datetime) -> datetime | None:
    """Quotes sent before this moment are due; None outside of working days and office hours."""
    local = now.astimezone(tenant.config.zone)
    if not is_working_day(tenant.config.working, local.date()) or local.hour not in OFFICE_HOURS:
        return None
    day = working_days_ago(tenant.config.working, local.date(), tenant.config.inbox.reminders.after_days)
    return start_of(day, tenant.config.zone)


async def _remind(tx: Tx, tenant: Tenant, quote_id: UUID, before: datetime) -> bool:
    quote = await store.lock_quote(tx, quote_id)
    times = tenant.config.inbox.reminders.times
    silent = await reminder_store.find_silent(tx, quote_id, before=before, times=times)
    if silent is None or quote.customer_email is None:
        return False
    letter = reminder_mail(
        await load_agency(tx, tenant),
        consultant_of(tenant, quote),
        customer_name=quote.customer_name,
        language=quote.language,
        number=quote.number,
        destination=quote.destination,
        valid_until=quote.valid_until,
        reply_subject=silent.subject,
    )
    mail = NewMail(
        kind=MailKind.REMINDER,
        to_address=quote.customer_email,
        to_name=quote.customer_name,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        inline_images=letter.images,
        in_reply_to=silent.message_id,
        references=(silent.message_id,) if silent.message_id else (),
        enquiry_id=quote.enquiry_id,
        quote_id=quote.id,
        client_id=quote.client_id,
        language=letter.language,
    )
    await queue_mail(tx, tenant, mail)
    await reminder_store.mark_reminded(tx, quote_id)
    await audit.record(tx, "quote.reminded", subject_kind="quote", subject_id=str(quote_id))
    title = f"Reminded of quote {quote.number}"
    await record_event(tx, quote.client_id, kind="quote.reminded", title=title, link=f"/quotes/{quote.id}")
    return True
