"""Mail for nobody over HTTP, for operators: look at it, give it to an agency, or throw it away."""

import asyncio
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field, StringConstraints

from tembea.audit import note_access
from tembea.inbox import (
    QuarantinedMail,
    QuarantineFilter,
    assign_quarantined,
    discard_quarantined,
    get_quarantined,
    get_quarantined_raw,
    list_headers,
    list_quarantined,
    parse_message,
)
from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.errors import Conflict, FieldError, Invalid
from tembea.kernel.paging import decode_cursor, encode_cursor
from tembea.kernel.web import LIMIT_DEFAULT, NO_NUL, Cursor, DbDep, Limit, Operator, Page, ReadDep, TxDep, Wire
from tembea.tenants import TenantKey, find_tenant_by_slug

router = APIRouter(prefix="/api/v1/operator/quarantine", tags=["operator"])

HEADERS_SHOWN = 200
TEXT_SHOWN_CHARS = 100_000

_Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,62}$")]


class UnknownTenant(Invalid):
    """The agency to which a message shall go does not exist."""

    code = "unknown_tenant"
    title = "There is no such agency"


class TenantSuspended(Conflict):
    """The agency to which a message shall go is suspended."""

    code = "tenant_suspended"
    title = "This agency is suspended"


class QuarantinedOut(Wire):
    """A message for nobody we know. `from` is the envelope's sender, empty for bounces; sizes are in bytes."""

    id: UUID
    recipient: str
    sender: Annotated[str, Field(alias="from")]
    subject: str
    source: Literal["smtp", "webhook", "api", "imap"]
    reason: Literal["unknown_recipient", "tenant_suspended"]
    size: int
    received_at: datetime


class HeaderOut(Wire):
    """One header of a message, decoded."""

    name: str
    value: str


class QuarantinedFileOut(Wire):
    """What hangs on a message; `size` is in bytes."""

    filename: str
    content_type: str
    size: int


class QuarantinedDetailOut(QuarantinedOut):
    """A message with its first headers, what it says, and what hangs on it."""

    headers: list[HeaderOut]
    text: str
    attachments: list[QuarantinedFileOut]


class AssignIn(Wire):
    """The slug of the agency to which the message shall go."""

    tenant_id: _Slug


class AssignedOut(Wire):
    """What became of the message at the agency; `duplicate` where it had it already."""

    outcome: Literal["stored", "duplicate", "own_mail"]
    tenant_id: str
    enquiry_id: UUID | None


@router.get("")
async def list_messages(
    _: Operator,
    read: ReadDep,
    q: Annotated[str | None, Query(max_length=200, pattern=NO_NUL)] = None,
    reason: Literal["unknown_recipient", "tenant_suspended"] | None = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
) -> Page[QuarantinedOut]:
    """Mail for nobody, newest first; `q` is looked for in recipient, sender and subject."""
    before = _position(cursor) if cursor else None
    found = await list_quarantined(read, QuarantineFilter(q, reason), before, limit + 1)
    page = found[:limit]
    more = encode_cursor([page[-1].received_at.isoformat(), str(page[-1].id)]) if len(found) > limit else None
    return Page(items=[QuarantinedOut.model_validate(_wire(mail)) for mail in page], next_cursor=more)


@router.get("/{message_id}")
async def get_message(ctx: Operator, db: DbDep, message_id: UUID) -> QuarantinedDetailOut:
    """One message, taken apart. Long texts are cut; the download has all of it. Who looked is noted."""
    async with db.tx(ctx) as tx:
        mail = await get_quarantined(tx, message_id)
        raw = await get_quarantined_raw(tx, message_id)
        await note_access(tx, "quarantine.read", subject_kind="quarantined", subject_id=str(message_id))
    return await asyncio.to_thread(_detail, mail, raw)


@router.get("/{message_id}/raw", response_class=Response, responses={200: {"content": {"message/rfc822": {}}}})
async def get_raw(_: Operator, tx: TxDep, message_id: UUID) -> Response:
    """The whole message, byte for byte. Who took it is noted."""
    raw = await get_quarantined_raw(tx, message_id)
    await note_access(tx, "quarantine.read", subject_kind="quarantined", subject_id=str(message_id))
    headers = {"Content-Disposition": f'attachment; filename="{message_id}.eml"'}
    return Response(raw, media_type="message/rfc822", headers=headers)


@router.post("/{message_id}/assign")
async def assign(ctx: Operator, db: DbDep, message_id: UUID, body: AssignIn) -> AssignedOut:
    """Give the message to an agency, where it is read as if it had just come in."""
    tenant = await _get_active_tenant(db, ctx, body.tenant_id)
    receipt = await assign_quarantined(db, ctx, message_id, tenant)
    return AssignedOut.model_validate(
        {"outcome": receipt.outcome.value, "tenant_id": tenant.tenant, "enquiry_id": receipt.enquiry_id}
    )


@router.delete("/{message_id}", status_code=204)
async def discard(_: Operator, tx: TxDep, message_id: UUID) -> None:
    """Throw the message away."""
    await discard_quarantined(tx, message_id)


async def _get_active_tenant(db: Db, ctx: Context, slug: str) -> TenantKey:
    async with db.read(ctx) as read:
        tenant = await find_tenant_by_slug(read, slug)
    if tenant is None:
        problem = FieldError("body.tenant_id", "Use the short name of an agency.")
        raise UnknownTenant(f"There is no agency “{slug}”.", errors=[problem])
    if tenant.status != "active":
        raise TenantSuspended(f"The agency “{slug}” is suspended and gets no mail. Reactivate it first.")
    return tenant


def _wire(mail: QuarantinedMail) -> dict[str, object]:
    return {
        "id": mail.id,
        "recipient": mail.recipient,
        "from": mail.envelope_from,
        "subject": mail.subject,
        "source": mail.source,
        "reason": mail.reason,
        "size": mail.size_bytes,
        "received_at": mail.received_at,
    }


def _detail(mail: QuarantinedMail, raw: bytes) -> QuarantinedDetailOut:
    message = parse_message(raw, envelope_from=mail.envelope_from)
    return QuarantinedDetailOut.model_validate(
        {
            **_wire(mail),
            "headers": [{"name": name, "value": value} for name, value in list_headers(raw, HEADERS_SHOWN)],
            "text": message.text[:TEXT_SHOWN_CHARS],
            "attachments": [
                {"filename": file.filename, "content_type": file.content_type, "size": file.size_bytes}
                for file in message.attachments
            ],
        }
    )


def _position(cursor: str) -> tuple[datetime, UUID]:
    received_at, message_id = decode_cursor(cursor, parts=2)
    try:
        return datetime.fromisoformat(received_at), UUID(message_id)
    except ValueError as error:
        raise Invalid(
            "This cursor is not one of ours.", errors=[FieldError("query.cursor", "Start without one.")]
        ) from error
