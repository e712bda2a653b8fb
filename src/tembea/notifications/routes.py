"""The agency's outgoing mail over HTTP: each mail's life, from the draft to what came back about it."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from tembea.audit import note_access
from tembea.kernel.cursors import newest_first_position
from tembea.kernel.paging import encode_cursor
from tembea.kernel.web import LIMIT_DEFAULT, NO_NUL, Cursor, Limit, Page, ReadDep, Staff, TxDep, Wire
from tembea.notifications import life_store, store, suppression_routes
from tembea.notifications.model import DeliveryState, MailKind, MailLife, MailStatus

router = APIRouter()
router.include_router(suppression_routes.router)
mails = APIRouter(prefix="/api/v1/mail", tags=["mail"])


class MailAttachmentOut(Wire):
    """A file that goes with a mail; `size` is in bytes."""

    filename: str
    content_type: str
    size: int


class MailOut(Wire):
    """A mail and how far it has come.

    `status` is what was done here, `delivery_state` what others reported afterwards. `attempts` counts hand-overs to a
    mail server that were begun, `last_error` says why the last one failed or why there was none. A `held` mail can be
    taken back until `leaves_at`.
    """

    id: UUID
    kind: MailKind
    status: MailStatus
    delivery_state: DeliveryState | None
    delivery_detail: str | None
    sender: Annotated[str, Field(alias="from")]
    to: str
    subject: str
    message_id: str
    in_reply_to: str | None
    attachments: list[MailAttachmentOut]
    enquiry_id: UUID | None
    quote_id: UUID | None
    client_id: UUID | None
    transport: str | None
    attempts: int
    last_error: str | None
    created_at: datetime
    queued_at: datetime | None
    leaves_at: datetime | None
    undone_at: datetime | None
    sending_since: datetime | None
    sent_at: datetime | None
    delivery_at: datetime | None

    @classmethod
    def of(cls, mail: MailLife, **more: object) -> Self:
        """The wire form; `more` are the fields that a subclass adds."""
        same = (name for name in cls.model_fields if hasattr(mail, name))
        return cls.model_validate(
            {
                **{name: getattr(mail, name) for name in same},
                "from": mail.from_address,
                "to": mail.to_address,
                "sending_since": mail.claimed_at,
                **more,
            }
        )


class MailReportOut(Wire):
    """What a mail server or a mail service reported; `permanent`: another try would not help."""

    kind: str = Field(examples=["delivered", "deferred", "bounced", "complained", "unsubscribed"])
    permanent: bool
    detail: str
    occurred_at: datetime


class MailDetailOut(MailOut):
    """A mail with its words and every report about it, oldest first."""

    text: str
    html: str
    reports: list[MailReportOut]


@mails.get("")
async def list_mails(
    _: Staff,
    read: ReadDep,
    status: MailStatus | None = None,
    delivery_state: DeliveryState | None = None,
    quote_id: UUID | None = None,
    enquiry_id: UUID | None = None,
    q: Annotated[str | None, Query(max_length=200, pattern=NO_NUL)] = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
) -> Page[MailOut]:
    """Outgoing mail, newest first; `q` is looked for in subject and recipient."""
    wanted = life_store.MailFilter(status, delivery_state, quote_id, enquiry_id, (q or "").strip() or None)
    found = await life_store.list_mails(read, wanted, newest_first_position(cursor), limit + 1)
    page = found[:limit]
    more = encode_cursor([page[-1].created_at.isoformat(), str(page[-1].id)]) if len(found) > limit else None
    return Page(items=[MailOut.of(mail) for mail in page], next_cursor=more)


@mails.get("/{mail_id}")
async def read_mail(_: Staff, tx: TxDep, mail_id: UUID) -> MailDetailOut:
    """One mail with its words and what was reported about it. Who looked is noted in the audit trail."""
    life = await life_store.get_life(tx, mail_id)
    words = await store.get_mail(tx, mail_id)
    reports = [
        MailReportOut(kind=one.kind, permanent=one.permanent, detail=one.detail, occurred_at=one.occurred_at)
        for one in await life_store.list_reports(tx, mail_id)
    ]
    await note_access(tx, "mail.read", subject_kind="mail", subject_id=str(mail_id))
    if life.kind == MailKind.ACCOUNT:  # the link in it is its recipient's alone
        return MailDetailOut.of(life, text="", html="", reports=reports)
    return MailDetailOut.of(life, text=words.body_text, html=words.body_html, reports=reports)


router.include_router(mails)
