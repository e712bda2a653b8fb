"""SQL of the demonstration alone: it puts what the real verbs make onto the days on which it happened in the story.

It may write into tables of other features, which nothing else may; the product itself never does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from psycopg.types.json import Jsonb

from tembea.kernel.db import Read, Tx
from tembea.kernel.ids import new_id


async def is_seeded(read: Read) -> bool:
    """Whether the tenant has hotels, as every seeded one does."""
    found = await read.value(bool, "select exists (select from hotels where tenant_id = %s)", [read.ctx.tenant_uuid])
    return bool(found)


@dataclass(frozen=True, slots=True)
class QuoteDates:
    """When the steps of a quote happened; None for those that did not."""

    quote_id: UUID
    number: str
    version: int
    status: str
    option_id: UUID | None
    consultant_id: UUID
    valid_until: date
    created_at: datetime
    sent_at: datetime | None
    viewed_at: datetime | None
    accepted_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuoteRows:
    """A quote and its options as JSON texts, opaque so that no amount passes through a float."""

    quote: str
    options: str


async def copy_quote(tx: Tx, quote_id: UUID) -> QuoteRows:
    """The rows of a quote that the product has just made."""
    return await tx.get(
        QuoteRows,
        """
        select to_jsonb(q)::text as quote,
               (select jsonb_agg(to_jsonb(o)) from quote_options o
                where o.tenant_id = q.tenant_id and o.quote_id = q.id)::text as options
        from quotes q where q.tenant_id = %s and q.id = %s
        """,
        [tx.ctx.tenant_uuid, quote_id],
    )


async def begin_trial(tx: Tx) -> None:
    """What follows, up to `end_trial`, leaves no trace."""
    await tx.execute("savepoint trial")


async def end_trial(tx: Tx) -> None:
    """Undo everything since `begin_trial`."""
    await tx.execute("rollback to savepoint trial")
    await tx.execute("release savepoint trial")


async def insert_quotes(tx: Tx, quotes: Sequence[tuple[QuoteRows, QuoteDates]]) -> None:
    """Store quotes on their days. A stored quote's number and days cannot be changed, so they go in as they are."""
    await tx.execute_many(
        "insert into quotes select * from jsonb_populate_record(null::quotes, %s::jsonb || %s::jsonb)",
        [[rows.quote, Jsonb(_changes(dates))] for rows, dates in quotes],
    )
    await tx.execute_many(
        "insert into quote_options select * from jsonb_populate_recordset(null::quote_options, %s::jsonb)",
        [[rows.options] for rows, _ in quotes],
    )


def _changes(dates: QuoteDates) -> dict[str, object]:
    steps = (dates.created_at, dates.sent_at, dates.viewed_at, dates.accepted_at, dates.closed_at)
    return {
        "number": dates.number,
        "version": dates.version,
        "status": dates.status,
        "selected_option_id": _text(dates.option_id),
        "consultant_id": str(dates.consultant_id),
        "valid_until": dates.valid_until.isoformat(),
        "created_at": dates.created_at.isoformat(),
        "send_requested_at": _text(dates.sent_at),
        "sent_at": _text(dates.sent_at),
        "deliveries": 1 if dates.sent_at else 0,
        "viewed_at": _text(dates.viewed_at),
        "accepted_at": _text(dates.accepted_at),
        "closed_at": _text(dates.closed_at),
        "updated_at": max(at for at in steps if at is not None).isoformat(),
    }


def _text(value: UUID | datetime | None) -> str | None:
    return None if value is None else str(value)


async def set_numbers_taken(tx: Tx, taken: dict[date, int]) -> None:
    """How many quote numbers each day has given out."""
    await tx.execute_many(
        "insert into quote_numbers (tenant_id, day, last) values (%s, %s, %s)",
        [[tx.ctx.tenant_uuid, day, last] for day, last in sorted(taken.items())],
    )


async def set_quota_used(tx: Tx, day: date, quotes: int) -> None:
    """The quotes of the story's today count against today's quota."""
    await tx.execute(
        "insert into usage_counters (tenant_id, name, day, used) values (%s, 'daily_quotes', %s, %s)",
        [tx.ctx.tenant_uuid, day, quotes],
    )


@dataclass(frozen=True, slots=True)
class ClientDates:
    """Where a client stands, whose it is, and since when."""

    client_id: UUID
    stage: str
    stage_changed_at: datetime
    owner_id: UUID
    tags: list[str]
    created_at: datetime
    last_contact_at: datetime


async def date_clients(tx: Tx, clients: Sequence[ClientDates]) -> None:
    """Put clients where the story leaves them."""
    await tx.execute_many(
        """
        update clients set stage = %s, stage_changed_at = %s, owner_id = %s, tags = %s, created_at = %s,
                           last_contact_at = %s
        where tenant_id = %s and id = %s
        """,
        [
            [
                client.stage,
                client.stage_changed_at,
                client.owner_id,
                client.tags,
                client.created_at,
                client.last_contact_at,
                tx.ctx.tenant_uuid,
                client.client_id,
            ]
            for client in clients
        ],
    )


@dataclass(frozen=True, slots=True)
class EventRow:
    """One entry of a timeline, on its day."""

    client_id: UUID
    kind: str
    title: str
    detail: str
    link: str
    actor_name: str
    occurred_at: datetime


async def replace_events(tx: Tx, events: Sequence[EventRow]) -> None:
    """Write the timelines of the story in place of what making its rows today had noted."""
    await tx.execute("delete from client_events where tenant_id = %s", [tx.ctx.tenant_uuid])
    await tx.execute_many(
        """
        insert into client_events (tenant_id, id, client_id, kind, title, detail, link, actor_name, occurred_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            [
                tx.ctx.tenant_uuid,
                new_id(),
                event.client_id,
                event.kind,
                event.title,
                event.detail,
                event.link,
                event.actor_name,
                event.occurred_at,
            ]
            for event in events
        ],
    )


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice with what was paid on it: pairs of amount and day."""

    id: UUID
    number: str
    status: str
    client_id: UUID
    quote_id: UUID
    currency: str
    lines: list[dict[str, object]]
    total: Decimal
    due_date: date
    issued_on: date
    created_at: datetime
    payments: list[tuple[Decimal, date]]


async def insert_invoices(tx: Tx, invoices: Sequence[InvoiceRow]) -> None:
    """Invoices and their payments."""
    tenant_id = tx.ctx.tenant_uuid
    await tx.execute_many(
        """
        insert into invoices (tenant_id, id, number, status, client_id, quote_id, currency, lines, subtotal, total,
                              paid, due_date, issued_on, created_at, updated_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            [
                tenant_id,
                invoice.id,
                invoice.number,
                invoice.status,
                invoice.client_id,
                invoice.quote_id,
                invoice.currency,
                Jsonb(invoice.lines),
                invoice.total,
                invoice.total,
                sum((amount for amount, _ in invoice.payments), Decimal(0)),
                invoice.due_date,
                None if invoice.status == "draft" else invoice.issued_on,
                invoice.created_at,
                invoice.created_at,
            ]
            for invoice in invoices
        ],
    )
    await tx.execute_many(
        """
        insert into invoice_payments (tenant_id, id, invoice_id, amount, currency, method, reference, received_on)
        values (%s, %s, %s, %s, %s, 'transfer', %s, %s)
        """,
        [
            [tenant_id, new_id(), invoice.id, amount, invoice.currency, invoice.number, day]
            for invoice in invoices
            for amount, day in invoice.payments
        ],
    )


@dataclass(frozen=True, slots=True)
class CallRow:
    """A telephone call with what was said."""

    status: str
    direction: str
    phone: str
    client_id: UUID
    scheduled_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    duration_s: int | None
    ended_reason: str | None
    outcome: str | None
    summary: str
    transcript: list[dict[str, object]]
    created_at: datetime


async def insert_calls(tx: Tx, calls: Sequence[CallRow]) -> None:
    """Calls, as the telephone would have left them."""
    await tx.execute_many(
        """
        insert into call_records (tenant_id, id, status, direction, phone, client_id, scheduled_at, started_at,
                                  ended_at, duration_s, ended_reason, outcome, summary, transcript, created_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            [
                tx.ctx.tenant_uuid,
                new_id(),
                call.status,
                call.direction,
                call.phone,
                call.client_id,
                call.scheduled_at,
                call.started_at,
                call.ended_at,
                call.duration_s,
                call.ended_reason,
                call.outcome,
                call.summary,
                Jsonb(call.transcript),
                call.created_at,
            ]
            for call in calls
        ],
    )
