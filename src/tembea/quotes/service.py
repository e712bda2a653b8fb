"""What is done with quotes: making one with its number, changing a draft, sending, cancelling."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from psycopg.types.json import Jsonb

from tembea import audit
from tembea.crm import record_event
from tembea.kernel.context import Role
from tembea.kernel.db import Tx
from tembea.kernel.errors import FieldError, Invalid
from tembea.kernel.ids import new_id
from tembea.kernel.jobs import enqueue
from tembea.pricing import ENGINE_VERSION, CostLine, sha256_of
from tembea.quotes import store
from tembea.quotes.cover import awaits_cover, changed_cover
from tembea.quotes.model import (
    Customer,
    InvalidTransition,
    NoAddress,
    Offer,
    Quote,
    QuoteChange,
    QuoteOption,
    QuoteStatus,
    RankedOption,
    ReplyThread,
    StoredCostLine,
    StoredLine,
    StoredRoom,
    StoredSource,
    check_transition,
)
from tembea.quotes.nearest import nearest_to_json
from tembea.quotes.pins import pin
from tembea.quotes.tokens import public_token, token_sha256
from tembea.quotes.trip import TripRequest, trip_request_to_json
from tembea.quotes.undo import stop_sending
from tembea.rates import place_names
from tembea.tenants import Tenant, TenantConfig, get_tenant, local_today, take_quota
from tembea.users import find_consultant

COVER_JOB = "quotes.cover"
DELIVER_JOB = "quotes.deliver"


async def create_quote(
    tx: Tx,
    tenant: Tenant,
    *,
    customer: Customer,
    client_id: UUID,
    enquiry_id: UUID | None,
    trip: TripRequest,
    offer: Offer,
    cover_text: str,
    language: str,
    signing_key: bytes,
    answers: ReplyThread | None = None,
    revises: Quote | None = None,
    consultant_id: UUID | None = None,
) -> Quote:
    """Make a draft of an offer, with the next number of the tenant's day; all of it or nothing, in this transaction.

    An empty `cover_text` thanks in the customer's language, unless a model is to write it: the job asks. `signing_key`
    is the installation's secret, of which the customer's link is made; `answers` is the mail that the quote will
    answer; with `revises`, locked by `tx`, it is that quote's next version; without a `consultant_id` whoever makes it
    looks after it. Raises `CannotPrice` without an option and `QuotaExceeded`.
    """
    offer.check_any()
    quote_id, today = new_id(), local_today(tenant)
    options = [_stored(ranked, quote_id, place, tenant.config) for place, ranked in enumerate(offer.options, start=1)]
    request, snapshot = offer.options[0].priced.request, _snapshot(tenant, trip, offer)
    digest, consultant_id = version_digest(snapshot, options), consultant_id or await _consultant_id(tx)
    # From here to the commit every other quote of the agency's day waits, so whatever can be done before is done.
    await take_quota(tx, tenant, "daily_quotes")
    number, version = await _place(tx, today, revises)
    row = store.QuoteRow(
        id=quote_id,
        number=number,
        version=version,
        revises_id=revises and revises.id,
        client_id=client_id,
        enquiry_id=enquiry_id,
        consultant_id=consultant_id,
        customer_name=customer.name,
        customer_email=customer.email,
        customer_phone=customer.phone,
        language=language,
        destination=options[0].destination,
        check_in=request.check_in,
        check_out=request.check_out,
        nights=len(request.nights),
        adults=request.adults,
        children_ages=sorted(trip.children_ages),
        cover_text=cover_text,
        valid_until=_valid_until(tenant, today, request.check_in),
        snapshot=Jsonb(snapshot),
        snapshot_sha256=digest,
        public_token_sha256=token_sha256(public_token(signing_key, quote_id)),
        reply_subject=answers and answers.subject,
        in_reply_to=answers and answers.message_id,
        mail_references=list(answers.references) if answers else [],
    )
    return await _kept(tx, tenant, row, options)


async def _place(tx: Tx, today: date, revises: Quote | None) -> tuple[str, int]:
    """Number and version: the day's next number, or the next version of the number that is revised."""
    if revises is not None:
        return revises.number, await store.next_version(tx, revises.number)
    return f"QT-{today:%Y%m%d}-{await store.take_number(tx, today):04d}", 1


async def _kept(tx: Tx, tenant: Tenant, row: store.QuoteRow, options: Sequence[QuoteOption]) -> Quote:
    await store.insert_quote(tx, row)
    await store.insert_options(tx, options)
    quote = await store.get_quote(tx, row.id)
    await _note_creation(tx, quote)
    if awaits_cover(tenant, quote):
        await enqueue(tx, COVER_JOB, quote_id=str(quote.id))
    return quote


def _valid_until(tenant: Tenant, today: date, check_in: date) -> date:
    """As long as the agency holds its prices, but never beyond the arrival."""
    return min(today + timedelta(days=tenant.config.quotes.validity_days), max(check_in, today))


async def _consultant_id(tx: Tx) -> UUID | None:
    """Whoever makes the quote looks after it; one made by the platform goes to the agency's consultant."""
    if tx.ctx.role in (Role.ADMIN, Role.CONSULTANT):
        return tx.ctx.actor_id
    consultant = await find_consultant(tx)
    return consultant and consultant.id


def _snapshot(tenant: Tenant, trip: TripRequest, offer: Offer) -> dict[str, object]:
    """What was asked for and what the prices came from, so that the version can be accounted for and priced again."""
    nearest = {} if offer.nearest is None else {"nearest": nearest_to_json(offer.nearest)}
    return {
        "engine_version": ENGINE_VERSION,
        "hash": offer.hash,
        "trip": trip_request_to_json(trip),
        "contracts": [pin(ranked.priced) for ranked in offer.options],
        "terms": list(tenant.config.quotes.terms),
        **nearest,
    }


def version_digest(snapshot: Mapping[str, object], options: Sequence[QuoteOption]) -> str:
    """SHA-256 over a version's snapshot and all its options: what vouches that nothing was changed afterwards."""
    documents = [
        {
            **store.option_document(option),
            "hotel_id": str(option.hotel_id),
            "hotel": option.hotel_name,
            "board": option.board,
            "total": str(option.price),
            "cost_total": str(option.cost),
        }
        for option in options
    ]
    return sha256_of({"snapshot": snapshot, "options": documents})


def _stored(ranked: RankedOption, quote_id: UUID, position: int, config: TenantConfig) -> QuoteOption:
    hotel, priced = ranked.priced.hotel, ranked.priced.priced
    return QuoteOption(
        id=new_id(),
        quote_id=quote_id,
        position=position,
        hotel_id=hotel.id,
        hotel_name=hotel.name,
        hotel_stars=hotel.stars,
        destination=place_names(config, hotel.destination)[0],
        board=priced.board.value,
        rooms=[StoredRoom(room.room, room.name, list(room.guests)) for room in priced.rooms],
        lines=[
            StoredLine(line.kind.value, line.description, line.quantity, line.amount.amount) for line in priced.lines
        ],
        pay_local=[_stored_cost(line) for line in priced.pay_local],
        currency=priced.total.currency,
        total=priced.total.amount,
        cost_currency=priced.cost_total.currency,
        cost_total=priced.cost_total.amount,
        cost_lines=[_stored_cost(line) for line in priced.cost_lines],
        reasons=list(ranked.reasons),
        has_picture=hotel.images > 0,
    )


def _stored_cost(line: CostLine) -> StoredCostLine:
    source = line.source_ref
    return StoredCostLine(
        kind=line.kind.value,
        component=line.component.value,
        description=line.description,
        amount=line.amount.amount,
        source_ref=StoredSource(source.document, source.sheet, source.page, source.row, source.cell),
        rule=line.rule,
        on=line.date,
        guest=line.guest,
    )


async def _note_creation(tx: Tx, quote: Quote) -> None:
    after = {"number": quote.number, "options": len(quote.options), "total": str(quote.main_option.price)}
    await audit.record(tx, "quote.created", subject_kind="quote", subject_id=str(quote.id), after=after)
    await record_event(
        tx,
        quote.client_id,
        kind="quote.draft",
        title=f"Quote {quote.number}",
        detail=f"{quote.destination}, {quote.main_option.price}",
        link=f"/quotes/{quote.id}",
    )


async def change_quote(tx: Tx, quote_id: UUID, change: QuoteChange) -> Quote:
    """Change what may change of a draft; raises `NotFound`, `InvalidTransition` for a quote that went out."""
    quote = await store.lock_quote(tx, quote_id)
    if quote.status is not QuoteStatus.DRAFT:
        raise InvalidTransition(f"This quote is {quote.status.value}; only a draft can be changed. Revise it instead.")
    if quote.leaves_at is not None:
        raise InvalidTransition("This quote is about to leave. Take its sending back first, then change it.")
    _check_change(quote, change)
    customer = change.customer or Customer(quote.customer_name, quote.customer_email, quote.customer_phone)
    cover = changed_cover(await get_tenant(tx), replace(quote, customer_name=customer.name), change.cover_text)
    await store.update_draft(
        tx,
        quote_id,
        customer=customer,
        cover=cover,
        valid_until=change.valid_until or quote.valid_until,
        selected_option_id=change.selected_option_id or quote.selected_option_id,
    )
    changed = await store.get_quote(tx, quote_id)
    await audit.record(
        tx,
        "quote.changed",
        subject_kind="quote",
        subject_id=str(quote_id),
        before=_audited(quote),
        after=_audited(changed),
        person_id=quote.client_id,
    )
    return changed


def _check_change(quote: Quote, change: QuoteChange) -> None:
    wanted = change.selected_option_id
    if wanted is not None and wanted not in [option.id for option in quote.options]:
        message = "This is not an option of the quote. Choose one of its options."
        raise Invalid(message, errors=[FieldError("body.selected_option_id", message)])
    if change.valid_until is not None and change.valid_until < quote.created_at.date():
        message = "A quote cannot have ended before it was made. Give a later day."
        raise Invalid(message, errors=[FieldError("body.valid_until", message)])


def _audited(quote: Quote) -> dict[str, object]:
    return {
        "customer": [quote.customer_name, quote.customer_email, quote.customer_phone],
        "cover_text": quote.cover_text,
        "valid_until": quote.valid_until.isoformat(),
        "selected_option_id": None if quote.selected_option_id is None else str(quote.selected_option_id),
    }


async def send_quote(tx: Tx, quote_id: UUID) -> Quote:
    """Promise the first delivery of a draft; the job sends it. Asking twice sends once.

    Raises `NotFound`, `NoAddress`, `InvalidTransition`.
    """
    quote = await store.lock_quote(tx, quote_id)
    check_transition(quote.status, QuoteStatus.SENT)
    return await _promise_delivery(tx, quote)


RESENDABLE = (QuoteStatus.SENT, QuoteStatus.VIEWED, QuoteStatus.ACCEPTED)


async def resend_quote(tx: Tx, quote_id: UUID) -> Quote:
    """Promise one more delivery of a quote that went out; asking again before it is sent adds none."""
    quote = await store.lock_quote(tx, quote_id)
    if quote.status not in RESENDABLE:
        allowed = ", ".join(status.value for status in RESENDABLE)
        raise InvalidTransition(f"This quote is {quote.status.value}; it is sent again only while it is {allowed}.")
    return await _promise_delivery(tx, quote)


async def _promise_delivery(tx: Tx, quote: Quote) -> Quote:
    if not quote.customer_email:
        raise NoAddress("The customer has no e-mail address. Add one to the quote, then send it.")
    now = datetime.now(UTC)
    if quote.leaves_at is not None and quote.leaves_at > now:
        return quote
    window_s = (await get_tenant(tx)).config.mail.undo_window_s
    leaves_at = now + timedelta(seconds=window_s) if window_s else None
    await store.mark_requested(tx, quote.id, leaves_at)
    await enqueue(tx, DELIVER_JOB, quote_id=str(quote.id), delivery=quote.deliveries + 1)
    await audit.record(tx, "quote.send_requested", subject_kind="quote", subject_id=str(quote.id))
    return replace(quote, send_requested_at=now, leaves_at=leaves_at)


async def delete_draft(tx: Tx, quote_id: UUID) -> None:
    """Cancel a draft; raises `NotFound`, and `InvalidTransition` for a quote that went out."""
    quote = await store.lock_quote(tx, quote_id)
    if quote.status is not QuoteStatus.DRAFT:
        raise InvalidTransition(f"This quote is {quote.status.value}; only a draft is deleted. Cancel it instead.")
    await _cancel(tx, quote)


async def cancel_quote(tx: Tx, quote_id: UUID) -> Quote:
    """Cancel a quote; its number stays taken. Raises `NotFound`, `InvalidTransition`."""
    quote = await store.lock_quote(tx, quote_id)
    await _cancel(tx, quote)
    return await store.get_quote(tx, quote_id)


async def _cancel(tx: Tx, quote: Quote) -> None:
    check_transition(quote.status, QuoteStatus.CANCELLED)
    await stop_sending(tx, quote)
    await store.close(tx, quote.id, QuoteStatus.CANCELLED)
    await audit.record(
        tx,
        "quote.cancelled",
        subject_kind="quote",
        subject_id=str(quote.id),
        before={"status": quote.status.value},
        after={"status": QuoteStatus.CANCELLED.value},
    )
    title = f"Quote {quote.number} cancelled"
    await record_event(tx, quote.client_id, kind="quote.cancelled", title=title, link=f"/quotes/{quote.id}")
