"""Bringing a quote to its customer: the PDF is set outside of any transaction, then everything happens in one."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tembea import audit
from tembea.crm import Stage, advance_stage, record_event
from tembea.kernel.context import Context
from tembea.kernel.db import Db, Tx
from tembea.kernel.jobs import enqueue
from tembea.notifications import (
    Attachment,
    MailKind,
    NewMail,
    find_held_mail,
    get_mail,
    hold_mail,
    queue_mail_now,
    release_mail,
)
from tembea.providers.llm import LanguageModel, NoModel
from tembea.quotes import store
from tembea.quotes.cover import awaits_cover, write_cover
from tembea.quotes.document import QuoteDocument
from tembea.quotes.letter import quote_file_name, quote_mail
from tembea.quotes.model import Quote, QuoteStatus
from tembea.quotes.pdf import render_quote_pdf
from tembea.quotes.presentation import load_document
from tembea.quotes.revising import close_revised
from tembea.quotes.service import DELIVER_JOB, RESENDABLE
from tembea.tenants import QuotaExceeded, Tenant, get_tenant

RELEASE_JOB = "quotes.release"
LOOK_AGAIN_S = 1.0
"""How soon a delivery looks again whether another worker has the cover text."""


class QuoteChangedMeanwhile(Exception):
    """Somebody changed the draft while its PDF was being set; the job sets it again."""


@dataclass(frozen=True, slots=True)
class CoverWriter:
    """Who is asked for a cover text that is still to be written, and for how long a mail waits for it."""

    llm: LanguageModel
    wait_s: float


_NOBODY = CoverWriter(NoModel(), 0)


async def deliver_quote(ctx: Context, db: Db, *, quote_id: UUID, delivery: int, writer: CoverWriter = _NOBODY) -> None:
    """Send a quote for the `delivery`-th time, once however often this runs.

    A quote that was cancelled, delivered or called back meanwhile is left alone. Over the day's quota of mails the
    delivery is promised again for the agency's next day, and for a moment later while another worker has its cover text
    written.
    """
    async with db.read(ctx) as read:
        quote = await store.get_quote(read, quote_id)
        if not _is_due(quote, delivery):
            return
        tenant = await get_tenant(read)
        is_awaiting = awaits_cover(tenant, quote)
        document = None if is_awaiting else await load_document(read, tenant, quote)
    if document is None:
        if await write_cover(ctx, db, writer.llm, tenant, quote_id, wait_s=writer.wait_s):
            await deliver_quote(ctx, db, quote_id=quote_id, delivery=delivery, writer=writer)
        else:
            await _promise_again(ctx, db, quote_id, delivery, wait_s=LOOK_AGAIN_S)
        return
    mail = await asyncio.to_thread(_compose, quote, document)
    try:
        async with db.tx(ctx) as tx:
            await _deliver(tx, tenant, quote, mail, delivery)
    except QuotaExceeded as exceeded:
        wait_s = int(exceeded.headers.get("Retry-After", "3600"))
        await _promise_again(ctx, db, quote_id, delivery, wait_s=wait_s)


async def _promise_again(ctx: Context, db: Db, quote_id: UUID, delivery: int, *, wait_s: float) -> None:
    async with db.tx(ctx) as tx:
        at = datetime.now(UTC) + timedelta(seconds=wait_s)
        await enqueue(tx, DELIVER_JOB, at=at, quote_id=str(quote_id), delivery=delivery)


def _is_due(quote: Quote, delivery: int) -> bool:
    ready = QuoteStatus.DRAFT, *RESENDABLE
    wanted = quote.send_requested_at is not None and quote.deliveries < delivery
    return wanted and quote.status in ready and bool(quote.customer_email)


def _compose(quote: Quote, document: QuoteDocument) -> NewMail:
    letter = quote_mail(document, reply_subject=quote.reply_subject)
    pdf = Attachment(quote_file_name(document), "application/pdf", render_quote_pdf(document))
    return NewMail(
        kind=MailKind.QUOTE,
        to_address=quote.customer_email or "",
        to_name=quote.customer_name,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        attachments=(pdf,),
        inline_images=letter.images,
        in_reply_to=quote.in_reply_to,
        references=tuple(quote.mail_references),
        enquiry_id=quote.enquiry_id,
        quote_id=quote.id,
        client_id=quote.client_id,
        language=letter.language,
    )


async def _deliver(tx: Tx, tenant: Tenant, seen: Quote, mail: NewMail, delivery: int) -> None:
    quote = await store.lock_quote(tx, seen.id)
    if not _is_due(quote, delivery) or await find_held_mail(tx, quote.id) is not None:
        return
    if quote.updated_at != seen.updated_at:
        raise QuoteChangedMeanwhile(f"quote {seen.id}")
    if quote.leaves_at is not None:
        await hold_mail(tx, tenant, mail, until=quote.leaves_at, release_job=RELEASE_JOB)
        return
    await queue_mail_now(tx, tenant, mail)
    await _mark_sent(tx, quote, delivery)


async def release_quote(ctx: Context, db: Db, *, mail_id: UUID) -> None:
    """Let a held quote mail go and mark its quote sent, unless it was taken back."""
    async with db.tx(ctx) as tx:
        mail = await get_mail(tx, mail_id)
        if mail.quote_id is None:
            return
        quote = await store.lock_quote(tx, mail.quote_id)
        if await release_mail(tx, mail_id):
            await _mark_sent(tx, quote, quote.deliveries + 1)


async def _mark_sent(tx: Tx, quote: Quote, delivery: int) -> None:
    """The quote's mail leaves now: what everybody sees follows in the same transaction."""
    await store.mark_delivered(tx, quote.id, delivery)
    if quote.revises_id is not None and delivery == 1:
        await close_revised(tx, quote.revises_id)
    await advance_stage(tx, quote.client_id, Stage.QUOTED, reason=f"Quote {quote.number} was sent")
    title = f"Quote {quote.number} sent" + ("" if delivery == 1 else " again")
    await record_event(
        tx,
        quote.client_id,
        kind="quote.sent",
        title=title,
        detail=f"{quote.destination}, {quote.main_option.price}",
        link=f"/quotes/{quote.id}",
    )
    await audit.record(
        tx,
        "quote.sent",
        subject_kind="quote",
        subject_id=str(quote.id),
        before={"status": quote.status.value},
        after={"status": QuoteStatus.SENT.value if delivery == 1 else quote.status.value, "delivery": delivery},
    )
