"""Mail that waits before it leaves: held for a while, then let go or taken back, exactly one of the two."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from tembea import audit
from tembea.kernel.db import Tx
from tembea.kernel.ids import new_id
from tembea.kernel.jobs import enqueue
from tembea.notifications import held_store, store
from tembea.notifications.compose import compose_mail
from tembea.notifications.model import HeldMail, MailKind, MailStatus, NewMail, TooLateToUndo
from tembea.tenants import Tenant, get_asset, return_quota, take_quota

SEND_JOB = "mail.send"
RELEASE_JOB = "mail.release"


_WAITING_KINDS = (MailKind.QUOTE, MailKind.CLARIFICATION, MailKind.REPLY, MailKind.REMINDER)


def undo_window(tenant: Tenant, kind: MailKind) -> timedelta:
    """How long a mail of this kind can be taken back. Account mail never waits: somebody sits before a log-in page."""
    return timedelta(seconds=tenant.config.mail.undo_window_s if kind in _WAITING_KINDS else 0)


async def keep_mail(tx: Tx, tenant: Tenant, mail: NewMail, status: MailStatus) -> UUID:
    """Compose and store a mail; returns its id."""
    mail_id = new_id()
    composed = compose_mail(tenant, mail, mail_id=mail_id, logo=await get_asset(tx, "logo"))
    await store.insert_mail(tx, mail_id, status, mail, composed)
    return mail_id


async def hold_mail(tx: Tx, tenant: Tenant, mail: NewMail, *, until: datetime, release_job: str = RELEASE_JOB) -> UUID:
    """Store a mail that leaves at `until`, and promise its release in the same transaction; returns its id.

    `release_job` gets the `mail_id` and calls `release_mail`: a feature above names its own where more follows from
    the mail's leaving. Raises `QuotaExceeded`.
    """
    day = await take_quota(tx, tenant, "daily_emails")
    mail_id = await keep_mail(tx, tenant, mail, MailStatus.HELD)
    await held_store.set_hold(tx, mail_id, until, day)
    await enqueue(tx, release_job, at=until, mail_id=str(mail_id))
    return mail_id


async def hold_draft(tx: Tx, tenant: Tenant, mail_id: UUID, *, wait: timedelta) -> bool:
    """Let a draft go after a while; false where it is none. Raises `QuotaExceeded`."""
    if not await store.move(tx, mail_id, MailStatus.HELD, out_of=[MailStatus.DRAFT]):
        return False
    day = await take_quota(tx, tenant, "daily_emails")
    until = datetime.now(UTC) + wait
    await held_store.set_hold(tx, mail_id, until, day)
    await enqueue(tx, RELEASE_JOB, at=until, mail_id=str(mail_id))
    return True


async def release_mail(tx: Tx, mail_id: UUID) -> bool:
    """Let a held mail go; false where it was let go or taken back before, or its time has not come."""
    if not await held_store.release(tx, mail_id):
        return False
    await enqueue(tx, SEND_JOB, mail_id=str(mail_id))
    return True


async def take_back_mail(tx: Tx, mail_id: UUID) -> HeldMail:
    """Take a held mail back: a quote's is discarded, what a person may want to say again becomes a draft.

    Its share of the quota returns. Raises `NotFound`, and `TooLateToUndo` where it was let go.
    """
    mail = await held_store.lock_held(tx, mail_id)
    if mail.status != MailStatus.HELD:
        raise TooLateToUndo(_why_not(MailStatus(mail.status)))
    after = MailStatus.DISCARDED if mail.kind == MailKind.QUOTE else MailStatus.DRAFT
    await held_store.take_back(tx, mail_id, after)
    if mail.quota_day is not None:
        await return_quota(tx, "daily_emails", mail.quota_day)
    await audit.record(
        tx,
        "mail.undone",
        subject_kind="mail",
        subject_id=str(mail_id),
        before={"status": MailStatus.HELD.value},
        after={"status": after.value, "to": mail.to_address},
        person_id=mail_id,
    )
    return mail


def _why_not(status: MailStatus) -> str:
    if status in (MailStatus.DRAFT, MailStatus.DISCARDED):
        return "This mail is not on its way: it was taken back or discarded before."
    return "This mail has left, or leaves just now. Write to the customer again if something is wrong with it."
