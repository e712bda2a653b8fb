"""The embedded outbox over HTTP, for the operator of an installation that has no mail server."""

from datetime import datetime
from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from tembea.audit import note_access
from tembea.kernel.errors import FieldError, Invalid, NotFound
from tembea.kernel.paging import decode_cursor, encode_cursor
from tembea.kernel.web import LIMIT_DEFAULT, Cursor, Limit, Operator, Page, TxDep, Wire
from tembea.notifications import OutboxMail, get_outbox_raw, list_outbox
from tembea.providers import Providers

OUTBOX_PATH = "/api/v1/operator/outbox"


def embedded_only(request: Request) -> None:
    """Raises `NotFound` where mail leaves by a real server."""
    if cast("Providers", request.app.state.providers).mail.transport != "embedded":
        raise NotFound("Mail leaves by a mail server here; there is no embedded outbox.")


router = APIRouter(prefix=OUTBOX_PATH, tags=["operator"], dependencies=[Depends(embedded_only)])


class OutboxAttachmentOut(Wire):
    """A file that went with a mail; `size` is in bytes."""

    filename: str
    content_type: str
    size: int


class OutboxMailOut(Wire):
    """A mail that was sent. `tenant_id` is the agency's slug."""

    id: UUID
    tenant_id: str
    sender: Annotated[str, Field(alias="from")]
    to: str
    subject: str
    sent_at: datetime
    message_id: str
    in_reply_to: str | None
    attachments: list[OutboxAttachmentOut]
    text: str
    html: str

    @classmethod
    def of(cls, mail: OutboxMail) -> "OutboxMailOut":
        """The wire form of a stored mail."""
        return cls.model_validate(
            {
                "id": mail.id,
                "tenant_id": mail.tenant,
                "from": mail.from_address,
                "to": mail.to_address,
                "subject": mail.subject,
                "sent_at": mail.sent_at,
                "message_id": mail.message_id,
                "in_reply_to": mail.in_reply_to,
                "attachments": mail.attachments,
                "text": mail.body_text,
                "html": mail.body_html,
            }
        )


@router.get("")
async def list_sent(_: Operator, tx: TxDep, limit: Limit = LIMIT_DEFAULT, cursor: Cursor = None) -> Page[OutboxMailOut]:
    """What was sent, newest first. Who looked is noted in the audit trail."""
    await note_access(tx, "outbox.read", subject_kind="outbox", subject_id="")
    mails = await list_outbox(tx, _position(cursor) if cursor else None, limit + 1)
    page = mails[:limit]
    more = encode_cursor([page[-1].sent_at.isoformat(), str(page[-1].id)]) if len(mails) > limit else None
    return Page(items=[OutboxMailOut.of(mail) for mail in page], next_cursor=more)


@router.get("/{mail_id}/raw", response_class=Response, responses={200: {"content": {"message/rfc822": {}}}})
async def get_raw(_: Operator, tx: TxDep, mail_id: UUID) -> Response:
    """The whole message, byte for byte. Who took it is noted."""
    raw = await get_outbox_raw(tx, mail_id)
    await note_access(tx, "outbox.read", subject_kind="mail", subject_id=str(mail_id))
    headers = {"Content-Disposition": f'attachment; filename="{mail_id}.eml"'}
    return Response(raw, media_type="message/rfc822", headers=headers)


def _position(cursor: str) -> tuple[datetime, UUID]:
    sent_at, mail_id = decode_cursor(cursor, parts=2)
    try:
        return datetime.fromisoformat(sent_at), UUID(mail_id)
    except ValueError as error:
        raise Invalid(
            "This cursor is not one of ours.", errors=[FieldError("query.cursor", "Start without one.")]
        ) from error
