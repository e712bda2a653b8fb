"""What is done with outgoing mail: queue it, let a draft go or drop it, and hand it over exactly once."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import structlog
from prometheus_client import Counter

from tembea import audit
from tembea.kernel.context import Context
from tembea.kernel.db import Db, Tx
from tembea.kernel.errors import AppError
from tembea.kernel.jobs import enqueue
from tembea.notifications import store
from tembea.notifications.holding import SEND_JOB, hold_draft, hold_mail, keep_mail, undo_window
from tembea.notifications.model import MailKind, MailStatus, MailToSend, NewMail, NotADraft
from tembea.notifications.suppressions import withhold_suppressed
from tembea.providers import Providers
from tembea.providers.mail import DeliveryDeferred, DeliveryError, DeliveryRefused
from tembea.tenants import Tenant, take_quota

MAX_HAND_OVERS = 20
"""Hand-overs that are begun before a mail is given up; with the job's waiting that is about two hours."""

CLAIM_LASTS_S = 10.0
"""How long a hand-over belongs to whoever began it, after that one was last heard of. Less than it takes to find out
that a worker died (12 s at least): whoever then gets its job can go on at once."""

CLAIM_RENEWED_S = 3.0

UNCERTAIN = Counter("tembea_mail_uncertain_total", "Hand-overs of which nobody knows whether they arrived", ["then"])
HAND_OVERS = Counter("tembea_mails_total", "Hand-overs of outgoing mails by what came of them", ["outcome"])
"""`sent`, `withheld` (the recipient is suppressed), `deferred` (tried again), `uncertain`, `parked`, `failed`."""

log = structlog.stdlib.get_logger("tembea.mail")


class StillSending(Exception):
    """Another worker began to hand this mail over a moment ago."""


async def queue_mail(tx: Tx, tenant: Tenant, mail: NewMail, *, draft: bool = False) -> UUID:
    """Compose and store a mail, and promise its sending in the same transaction; returns its id.

    A draft waits for a person and takes nothing of the daily quota yet. Where the agency has an undo window, the mail
    is held for as long. Raises `QuotaExceeded`.
    """
    if draft:
        return await keep_mail(tx, tenant, mail, MailStatus.DRAFT)
    wait = undo_window(tenant, mail.kind)
    if wait:
        return await hold_mail(tx, tenant, mail, until=datetime.now(UTC) + wait)
    return await queue_mail_now(tx, tenant, mail)


async def queue_mail_now(tx: Tx, tenant: Tenant, mail: NewMail) -> UUID:
    """Like `queue_mail`, for what waited before, or must not wait. Raises `QuotaExceeded`."""
    await take_quota(tx, tenant, "daily_emails")
    mail_id = await keep_mail(tx, tenant, mail, MailStatus.QUEUED)
    await enqueue(tx, SEND_JOB, mail_id=str(mail_id))
    return mail_id


async def release_draft(tx: Tx, tenant: Tenant, mail_id: UUID) -> None:
    """Let a draft go, after the agency's undo window, or a parked mail at once; raises `NotADraft`, `QuotaExceeded`."""
    wait = undo_window(tenant, MailKind.REPLY)
    if not (wait and await hold_draft(tx, tenant, mail_id, wait=wait)):
        await take_quota(tx, tenant, "daily_emails")
        if not await store.move(tx, mail_id, MailStatus.QUEUED, out_of=[MailStatus.DRAFT, MailStatus.PARKED]):
            raise NotADraft("This mail was sent or discarded before. Look at the conversation, and write a new one.")
        await enqueue(tx, SEND_JOB, mail_id=str(mail_id))
    await audit.record(tx, "mail.released", subject_kind="mail", subject_id=str(mail_id))


async def discard_drafts(tx: Tx, enquiry_id: UUID) -> int:
    """Drop what was drafted for an enquiry and not sent; how many mails that were."""
    return await store.discard_drafts(tx, enquiry_id)


async def send_mail(ctx: Context, db: Db, providers: Providers, mail_id: UUID) -> None:
    """Hand one mail over. Safe to run again at any point.

    The embedded outbox is the stored row itself, so marking it is the delivery and happens exactly once. Over SMTP
    `sending` is committed first: whoever finds it later knows that the mail may have arrived, and sends it again under
    the same Message-ID or parks it for a person, as configured. A recipient on the suppression list gets nothing.
    """
    if providers.mail.transport == "embedded":
        async with db.tx(ctx) as tx:
            withheld = await withhold_suppressed(tx, mail_id)
            is_done = withheld or await _mark_sent(tx, mail_id, "embedded")
        if is_done:
            HAND_OVERS.labels("withheld" if withheld else "sent").inc()
        return
    mail = await _claim(ctx, db, mail_id, park=providers.settings.mail_when_uncertain == "park")
    if mail is None:
        return
    try:
        async with _claim_kept(ctx, db, mail):
            delivery = await providers.mail.send(
                envelope_from=mail.from_address, to=mail.to_address, raw=mail.raw, message_id=mail.message_id
            )
    except DeliveryError as error:
        await _not_delivered(ctx, db, mail, error)
    else:
        async with db.tx(ctx) as tx:
            is_sent = await _mark_sent(tx, mail_id, delivery.transport)
        if is_sent:
            HAND_OVERS.labels("sent").inc()


async def _claim(ctx: Context, db: Db, mail_id: UUID, *, park: bool) -> MailToSend | None:
    async with db.tx(ctx) as tx:
        mail = await store.lock_mail(tx, mail_id, CLAIM_LASTS_S)
        if mail.status not in (MailStatus.QUEUED, MailStatus.SENDING):
            return None
        if mail.claimed_recently:
            raise StillSending(f"mail {mail_id} is being handed over")
        if await withhold_suppressed(tx, mail_id):
            HAND_OVERS.labels("withheld").inc()
            return None
        if mail.status == MailStatus.SENDING:
            await _note_uncertain(tx, mail_id, then="parked" if park else "sent_again")
            if park:
                why = "It may have arrived already; please check."
                await store.mark_unsent(tx, mail_id, MailStatus.PARKED, why, hand_over=mail.attempts)
                HAND_OVERS.labels("parked").inc()
                return None
        await store.claim(tx, mail_id)
    return mail


@asynccontextmanager
async def _claim_kept(ctx: Context, db: Db, mail: MailToSend) -> AsyncGenerator[None]:
    """Show every few seconds that whoever hands this mail over lives, so that nobody else takes it for dead."""
    ended = asyncio.Event()
    renewing = asyncio.create_task(_renew_until(ended, ctx, db, mail))
    try:
        yield
    finally:
        ended.set()
        await renewing


async def _renew_until(ended: asyncio.Event, ctx: Context, db: Db, mail: MailToSend) -> None:
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), CLAIM_RENEWED_S)
            return
        try:
            async with db.tx(ctx) as tx:
                await store.renew_claim(tx, mail.id, hand_over=mail.attempts + 1)
        except (AppError, psycopg.Error):  # nobody else can claim it either while the database is away
            log.warning("claim_not_renewed", mail_id=str(mail.id), exc_info=True)


async def _note_uncertain(tx: Tx, mail_id: UUID, *, then: str) -> None:
    """Count it, and keep it: the counter ends with the process, and it is such ends that leave mails behind."""
    await audit.record(tx, "mail.uncertain", subject_kind="mail", subject_id=str(mail_id), after={"then": then})
    UNCERTAIN.labels(then=then).inc()
    log.warning("mail_uncertain", mail_id=str(mail_id), then=then)


async def _not_delivered(ctx: Context, db: Db, mail: MailToSend, error: DeliveryError) -> None:
    """Note what happened and what may follow; raises the error again where another try is due."""
    last = mail.attempts + 1 >= MAX_HAND_OVERS
    if isinstance(error, DeliveryRefused) or last:
        status = MailStatus.FAILED
    elif isinstance(error, DeliveryDeferred):
        status = MailStatus.QUEUED
    else:
        status = MailStatus.SENDING
    async with db.tx(ctx) as tx:
        await store.mark_unsent(tx, mail.id, status, str(error), hand_over=mail.attempts + 1)
        if status is MailStatus.FAILED:
            after = {"error": str(error)}
            await audit.record(
                tx, "mail.failed", subject_kind="mail", subject_id=str(mail.id), after=after, person_id=mail.id
            )
    HAND_OVERS.labels(_OUTCOMES[status]).inc()
    log.warning("mail_not_delivered", mail_id=str(mail.id), status=status.value, error=str(error))
    if status is not MailStatus.FAILED:
        raise error


_OUTCOMES = {MailStatus.FAILED: "failed", MailStatus.QUEUED: "deferred", MailStatus.SENDING: "uncertain"}


async def _mark_sent(tx: Tx, mail_id: UUID, transport: str) -> bool:
    """Whether that was news."""
    is_news = await store.mark_sent(tx, mail_id, transport)
    if is_news:
        await audit.record(
            tx, "mail.sent", subject_kind="mail", subject_id=str(mail_id), after={"transport": transport}
        )
    return is_news
