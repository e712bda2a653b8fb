"""Quotes over HTTP."""

import asyncio
from datetime import date, datetime
from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, status

from tembea.audit import note_access
from tembea.crm import find_or_create_client
from tembea.crm.model import normal_phone
from tembea.kernel.days import end_of, start_of
from tembea.kernel.errors import Invalid
from tembea.kernel.idempotency import KeyedRoute, KeyedTx
from tembea.kernel.ids import find_uuid
from tembea.kernel.paging import decode_cursor, encode_cursor
from tembea.kernel.turns import IN_TURN
from tembea.kernel.web import (
    LIMIT_DEFAULT,
    NO_NUL,
    Cursor,
    DbDep,
    Limit,
    Page,
    QuotesRead,
    QuotesWrite,
    ReadDep,
    Staff,
    TxDep,
)
from tembea.pricing import ENGINE_VERSION
from tembea.providers import Providers
from tembea.quotes import revising, service, store, undo
from tembea.quotes.agent import get_quote_agent
from tembea.quotes.explanation import explain
from tembea.quotes.explanation_wire import ExplanationOut, OptionExplainedOut
from tembea.quotes.letter import quote_file_name
from tembea.quotes.model import Customer, QuoteStatus
from tembea.quotes.pdf import render_quote_pdf
from tembea.quotes.presentation import load_document
from tembea.quotes.wire import (
    CustomerIn,
    GenerateIn,
    QuoteChangeIn,
    QuoteOut,
)
from tembea.rates import end_of_stay, place_names
from tembea.tenants import Tenant, check_quota, get_tenant

router = APIRouter(prefix="/api/v1/quotes", tags=["quotes"], route_class=KeyedRoute)


@router.post("/generate", status_code=status.HTTP_201_CREATED, dependencies=[IN_TURN])
async def generate_quote(_: QuotesWrite, request: Request, tx: KeyedTx, body: GenerateIn) -> QuoteOut:
    """Price a trip, make its quote, and send it where that is wanted.

    Nothing fits: 422 with every hotel's reasons and the nearest stay that fits, which `nearest` quotes instead.
    """
    tenant = await get_tenant(tx)
    await check_quota(tx, tenant, "daily_quotes")  # before a trip is priced for nothing; taken for good with the quote
    trip = body.trip(end_of_stay(body.check_in, body.check_out, body.nights))
    services = [one.parsed() for one in body.services]
    offer = await get_quote_agent(tenant).offer_nearest(tx, trip, services=services)
    if not body.nearest:
        offer.check_as_asked()
    offer.check_any()
    customer, language = _customer(body.customer, tenant), body.language or tenant.config.languages[0]
    client = await find_or_create_client(
        tx, name=customer.name, email=customer.email, phone=customer.phone, language=language, source="staff"
    )
    quote = await service.create_quote(
        tx,
        tenant,
        customer=customer,
        client_id=client.id,
        enquiry_id=None,
        trip=trip,
        offer=offer,
        cover_text=body.message.strip(),
        language=language,
        signing_key=_signing_key(request),
    )
    by_itself = tenant.config.quotes.auto_send and customer.email is not None
    if by_itself if body.send is None else body.send:
        quote = await service.send_quote(tx, quote.id)
    return QuoteOut.of(quote)


def _customer(given: CustomerIn, tenant: Tenant) -> Customer:
    phone = given.phone and normal_phone(given.phone, tenant.config.country)
    return Customer(given.name.strip(), given.email, phone)


def _signing_key(request: Request) -> bytes:
    return cast("Providers", request.app.state.providers).settings.installation_secret


@router.get("")
async def list_quotes(
    _: QuotesRead,
    read: ReadDep,
    statuses: Annotated[list[QuoteStatus] | None, Query(alias="status")] = None,
    client_id: UUID | None = None,
    destination: Annotated[str | None, Query(max_length=200, pattern=NO_NUL)] = None,
    q: Annotated[str | None, Query(max_length=200, pattern=NO_NUL)] = None,
    since: Annotated[date | None, Query(alias="from", description="Made on this day or later")] = None,
    until: Annotated[date | None, Query(alias="to", description="Made on this day or before")] = None,
    expires_from: Annotated[date | None, Query(description="Valid until this day or longer")] = None,
    expires_until: Annotated[date | None, Query(description="Valid until this day at most")] = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
) -> Page[QuoteOut]:
    """Quotes, the newest first; days are the agency's."""
    tenant = await get_tenant(read)
    wanted = store.QuoteFilter(
        statuses=statuses,
        client_id=client_id,
        places=None if destination is None else place_names(tenant.config, destination),
        q=(q or "").strip() or None,
        since=None if since is None else start_of(since, tenant.config.zone),
        until=None if until is None else end_of(until, tenant.config.zone),
        expires_from=expires_from,
        expires_until=expires_until,
    )
    found = await store.list_quotes(read, wanted, after=_after(cursor), limit=limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    following = encode_cursor([last.created_at.isoformat(), str(last.id)]) if last else None
    return Page(items=[QuoteOut.of(quote) for quote in found[:limit]], next_cursor=following)


def _after(cursor: str | None) -> tuple[datetime, UUID] | None:
    if cursor is None:
        return None
    made, row = decode_cursor(cursor, parts=2)
    try:
        moment, quote_id = datetime.fromisoformat(made), find_uuid(row)
    except ValueError as error:
        raise Invalid("This cursor belongs to another list. Start at the beginning.") from error
    if quote_id is None or moment.tzinfo is None:
        raise Invalid("This cursor belongs to another list. Start at the beginning.")
    return moment, quote_id


@router.get("/{quote_id}")
async def read_quote(_: QuotesRead, tx: TxDep, quote_id: UUID) -> QuoteOut:
    """One quote. Who looked is noted in the audit trail."""
    quote = await store.get_quote(tx, quote_id)
    await note_access(tx, "quote.read", subject_kind="quote", subject_id=str(quote_id))
    return QuoteOut.of(quote)


@router.patch("/{quote_id}")
async def change_quote(_: Staff, tx: TxDep, quote_id: UUID, body: QuoteChangeIn) -> QuoteOut:
    """Change a draft's customer, cover text, validity or selected option. Its prices never change."""
    tenant = await get_tenant(tx)
    customer = None if body.customer is None else _customer(body.customer, tenant)
    return QuoteOut.of(await service.change_quote(tx, quote_id, body.parsed(customer)))


@router.delete("/{quote_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_quote(_: Staff, tx: TxDep, quote_id: UUID) -> None:
    """Cancel a draft; its number stays taken."""
    await service.delete_draft(tx, quote_id)


@router.get("/{quote_id}/pdf", responses={200: {"content": {"application/pdf": {}}}}, response_class=Response)
async def read_quote_pdf(ctx: QuotesRead, db: DbDep, quote_id: UUID) -> Response:
    """The quote as its customer receives it, set from the stored version."""
    async with db.tx(ctx) as tx:
        quote = await store.get_quote(tx, quote_id)
        document = await load_document(tx, await get_tenant(tx), quote)
        await note_access(tx, "quote.read", subject_kind="quote", subject_id=str(quote_id))
    pdf = await asyncio.to_thread(render_quote_pdf, document)
    headers = {
        "Content-Disposition": f'inline; filename="{quote_file_name(document)}"',
        "Cache-Control": "private, no-store",
    }
    return Response(pdf, media_type="application/pdf", headers=headers)


@router.get("/{quote_id}/explanation", dependencies=[IN_TURN])
async def explain_quote(_: Staff, tx: TxDep, quote_id: UUID) -> ExplanationOut:
    """How every total comes about, down to the cell of the hotel's document. For staff: it shows costs."""
    quote = await store.get_whole_quote(tx, quote_id)
    await note_access(tx, "quote.explained", subject_kind="quote", subject_id=str(quote_id))
    return ExplanationOut(
        quote_id=quote.id,
        number=quote.number,
        version=quote.version,
        engine_version=str(quote.snapshot.get("engine_version", ENGINE_VERSION)),
        sha256=quote.snapshot_sha256,
        options=[OptionExplainedOut.of(explained) for explained in explain(quote)],
    )


@router.post("/{quote_id}/send", status_code=status.HTTP_202_ACCEPTED)
async def send_quote(_: QuotesWrite, tx: KeyedTx, quote_id: UUID) -> QuoteOut:
    """Send a draft to its customer; it is `sent` as soon as its mail is on the way, after the agency's undo window."""
    return QuoteOut.of(await service.send_quote(tx, quote_id))


@router.post("/{quote_id}/undo-send")
async def undo_send(_: Staff, tx: TxDep, quote_id: UUID) -> QuoteOut:
    """Take the sending of a quote back, until `leaves_at`; it stays what it was. 409 `too_late_to_undo` afterwards."""
    return QuoteOut.of(await undo.undo_send(tx, quote_id))


@router.post("/{quote_id}/resend", status_code=status.HTTP_202_ACCEPTED)
async def resend_quote(_: Staff, tx: KeyedTx, quote_id: UUID) -> QuoteOut:
    """Send a quote that went out to its customer once more."""
    return QuoteOut.of(await service.resend_quote(tx, quote_id))


@router.post("/{quote_id}/revise", status_code=status.HTTP_201_CREATED, dependencies=[IN_TURN])
async def revise_quote(_: Staff, request: Request, tx: KeyedTx, quote_id: UUID) -> QuoteOut:
    """Make the next version of a quote as a draft, of the same trip at today's prices; 409 for one that is accepted."""
    tenant = await get_tenant(tx)
    return QuoteOut.of(await revising.revise_quote(tx, tenant, quote_id, signing_key=_signing_key(request)))


@router.post("/{quote_id}/cancel")
async def cancel_quote(_: QuotesWrite, tx: TxDep, quote_id: UUID) -> QuoteOut:
    """Cancel a quote; its number stays taken."""
    return QuoteOut.of(await service.cancel_quote(tx, quote_id))
