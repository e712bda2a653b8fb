"""Enquiries over HTTP: taking them in, listing and reading them, and what staff do with one."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import AwareDatetime, EmailStr, Field, StringConstraints

from tembea.audit import note_access
from tembea.inbox import actions, events, setting_up_routes, store, undo_routes, web_form_routes, webhook, work_routes
from tembea.inbox.model import Channel, Enquiry, EnquiryStatus, NewEnquiry
from tembea.inbox.reading import profile_of, read_words
from tembea.inbox.second_reading import Words, open_questions, read_words_again
from tembea.inbox.service import TEXT_MAX_CHARS, add_enquiry
from tembea.inbox.store import EnquiryFilter
from tembea.inbox.thread import list_thread
from tembea.inbox.wire import EnquiryOut, ParsedOut, TripRequestChange
from tembea.kernel.errors import FieldError, Invalid
from tembea.kernel.idempotency import KeyedRoute, KeyedTx
from tembea.kernel.paging import decode_cursor, encode_cursor
from tembea.kernel.turns import IN_TURN
from tembea.kernel.web import (
    LIMIT_DEFAULT,
    NO_NUL,
    Cursor,
    DbDep,
    EnquiriesRead,
    EnquiriesWrite,
    Limit,
    Page,
    ReadDep,
    Staff,
    TxDep,
    Wire,
)
from tembea.providers import Providers
from tembea.quotes.trip import Kind, evidence_to_json
from tembea.rates import list_hotels
from tembea.settings import Settings
from tembea.tenants import get_tenant

router = APIRouter()
router.include_router(webhook.router)
router.include_router(events.router)
router.include_router(undo_routes.router)
router.include_router(work_routes.router)
router.include_router(web_form_routes.router)
router.include_router(setting_up_routes.router)
enquiries = APIRouter(prefix="/api/v1/enquiries", tags=["enquiries"], route_class=KeyedRoute)

MODEL_SHARE = 0.6
"""Of the time for a request that a language model may take of it."""

_Line = Annotated[str, StringConstraints(max_length=998, pattern=r"^[^\x00-\x1f\x7f]*$", strip_whitespace=True)]
_Text = Annotated[str, StringConstraints(max_length=TEXT_MAX_CHARS, pattern=NO_NUL)]


class EnquiryIn(Wire):
    """An enquiry that was typed in, or comes from the agency's own form or chat."""

    channel: Channel
    from_name: Annotated[_Line, Field(max_length=200)] | None = None
    from_email: EmailStr | None = None
    phone: Annotated[_Line, Field(max_length=40)] | None = None
    subject: _Line = ""
    text: Annotated[_Text, Field(min_length=1)]


class AcceptedOut(Wire):
    """The enquiry is stored and will be read in a moment."""

    id: UUID
    status: EnquiryStatus


class ParseIn(Wire):
    """Words to be read as if they had come by mail."""

    received_at: AwareDatetime | None = None
    sender: Annotated[_Line, Field(alias="from")] = ""
    to: _Line = ""
    subject: _Line = ""
    text: _Text


class ReplyIn(Wire):
    """What to write to the customer; without a text the drafted question goes out as it stands."""

    text: _Text = ""
    subject: _Line = ""


@enquiries.post("", status_code=202)
async def create_enquiry(_: EnquiriesWrite, tx: KeyedTx, body: EnquiryIn) -> AcceptedOut:
    """Take an enquiry in; it is read the same way as a mail."""
    new = NewEnquiry(body.channel, body.text, body.from_name, body.from_email, body.phone, body.subject)
    return AcceptedOut(id=await add_enquiry(tx, new), status=EnquiryStatus.RECEIVED)


@enquiries.post("/parse")
async def parse(ctx: Staff, request: Request, db: DbDep, body: ParseIn) -> ParsedOut:
    """Show what would be understood, with the words for each field and what is in doubt. Nothing is stored."""
    settings: Settings = request.app.state.settings
    async with db.read(ctx) as read:
        tenant = await get_tenant(read)
        hotels = await list_hotels(read, tenant.config)
    profile = profile_of(tenant, hotels, inbound_domain=settings.inbound_domain)
    received_at = body.received_at or datetime.now(UTC)
    found = await asyncio.to_thread(read_words, body.text, body.subject, body.sender, received_at, profile)
    llm = cast("Providers", request.app.state.providers).llm
    words = Words(body.subject, body.text, received_at)
    try:
        async with asyncio.timeout(settings.request_timeout_s * MODEL_SHARE):
            again = await read_words_again(ctx, db, llm, tenant, profile, words, found)
    except TimeoutError:  # the rules' reading is an answer; none at all is not
        again = None
    read, doubts = again or (found, ())
    return ParsedOut.of(read, (*doubts, *open_questions(evidence_to_json(read.evidence))))


@enquiries.get("")
async def list_enquiries(
    _: EnquiriesRead,
    read: ReadDep,
    status: EnquiryStatus | None = None,
    kind: Kind | None = None,
    q: Annotated[str | None, Query(max_length=200, pattern=NO_NUL)] = None,
    assignee_id: UUID | None = None,
    snoozed: Annotated[bool | None, Query(description="Only those out of sight, or only those in sight")] = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
) -> Page[EnquiryOut]:
    """The inbox, newest first; `q` is looked for in subject, sender and text."""
    wanted = EnquiryFilter(status, kind, q, assignee_id, snoozed)
    found = await store.list_enquiries(read, wanted, _position(cursor) if cursor else None, limit + 1)
    page = found[:limit]
    more = encode_cursor([page[-1].received_at.isoformat(), str(page[-1].id)]) if len(found) > limit else None
    return Page(items=[EnquiryOut.of(enquiry) for enquiry in page], next_cursor=more)


@enquiries.get("/{enquiry_id}")
async def get_enquiry(_: EnquiriesRead, tx: TxDep, enquiry_id: UUID) -> EnquiryOut:
    """One enquiry with its conversation, oldest first. Who looked is noted in the audit trail."""
    enquiry = await store.get_enquiry(tx, enquiry_id)
    await note_access(tx, "enquiry.read", subject_kind="enquiry", subject_id=str(enquiry_id))
    return EnquiryOut.of(enquiry, await list_thread(tx, enquiry_id))


@enquiries.post("/{enquiry_id}/accept", dependencies=[IN_TURN])
async def accept(_: Staff, request: Request, tx: KeyedTx, enquiry_id: UUID) -> EnquiryOut:
    """Make the quote of an enquiry; one that has a quote keeps it. Nothing fits: 422 `cannot_price`."""
    settings: Settings = request.app.state.settings
    tenant = await get_tenant(tx)
    return await _shown(
        tx, await actions.accept_enquiry(tx, tenant, enquiry_id, signing_key=settings.installation_secret)
    )


@enquiries.post("/{enquiry_id}/dismiss")
async def dismiss(_: Staff, tx: TxDep, enquiry_id: UUID) -> EnquiryOut:
    """Put an enquiry aside without an answer."""
    return await _shown(tx, await actions.dismiss_enquiry(tx, enquiry_id))


@enquiries.post("/{enquiry_id}/reply", status_code=202)
async def reply(_: Staff, tx: KeyedTx, enquiry_id: UUID, body: ReplyIn) -> EnquiryOut:
    """Write to the customer in the conversation, or let the drafted question go."""
    tenant = await get_tenant(tx)
    text, subject = body.text.strip(), body.subject
    return await _shown(tx, await actions.reply_to_enquiry(tx, tenant, enquiry_id, text=text, subject=subject))


@enquiries.patch("/{enquiry_id}")
async def correct(_: Staff, tx: TxDep, enquiry_id: UUID, body: TripRequestChange) -> EnquiryOut:
    """Correct what was read; fields that are left out stay as they were."""
    enquiry = await store.get_enquiry(tx, enquiry_id)
    return await _shown(tx, await actions.correct_enquiry(tx, enquiry_id, body.applied_to(enquiry.trip_request)))


async def _shown(tx: TxDep, enquiry: Enquiry) -> EnquiryOut:
    return EnquiryOut.of(await store.get_enquiry(tx, enquiry.id), await list_thread(tx, enquiry.id))


def _position(cursor: str) -> tuple[datetime, UUID]:
    received_at, enquiry_id = decode_cursor(cursor, parts=2)
    try:
        return datetime.fromisoformat(received_at), UUID(enquiry_id)
    except ValueError as error:
        problem = FieldError("query.cursor", "Leave it out to start at the beginning.")
        raise Invalid("This cursor is not one of ours.", errors=[problem]) from error


router.include_router(enquiries)
