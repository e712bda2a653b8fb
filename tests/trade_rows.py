"""Rows of quotes, invoices and calls as their features leave them, for tests of what only reads them."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID

from tembea.kernel.db import Tx
from tembea.kernel.ids import new_id

_numbers = count(1)


@dataclass(frozen=True)
class Option:
    """One alternative of a quote."""

    total: str
    currency: str = "ZAR"
    hotel: str = "Mwezi Bay Hotel"


@dataclass(frozen=True)
class Quote:
    """A quote; `selected` is the position of the chosen option."""

    status: str = "sent"
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    destination: str = "Zanzibar"
    options: tuple[Option, ...] = (Option("1000.00"),)
    selected: int | None = None
    number: str | None = None
    version: int = 1


async def add_client(
    tx: Tx, *, name: str = "Ann", stage: str = "NEW", source: str = "email", created_at: datetime | None = None
) -> UUID:
    """A client without addresses."""
    client_id = new_id()
    await tx.execute(
        "insert into clients (tenant_id, id, name, stage, source, created_at) values (%s, %s, %s, %s, %s, %s)",
        [tx.ctx.tenant_uuid, client_id, name, stage, source, created_at or datetime.now(UTC)],
    )
    return client_id


async def add_hotel(tx: Tx, name: str) -> UUID:
    """The hotel of this name, made when new."""
    found = await tx.value(UUID, "select id from hotels where tenant_id = %s and name = %s", [tx.ctx.tenant_uuid, name])
    if found is not None:
        return found
    hotel_id = new_id()
    await tx.execute(
        """
        insert into hotels (tenant_id, id, name, name_key, destination, country, time_zone)
        values (%s, %s, %s, %s, 'Zanzibar', 'TZ', 'Africa/Dar_es_Salaam')
        """,
        [tx.ctx.tenant_uuid, hotel_id, name, name.lower()],
    )
    return hotel_id


async def add_quote(tx: Tx, client_id: UUID, quote: Quote | None = None) -> UUID:
    """A quote with its options; returns its id."""
    made, quote_id = quote or Quote(), new_id()
    option_ids = [new_id() for _ in made.options]
    check_in = made.created_at.date() + timedelta(days=90)
    await tx.execute(
        """
        insert into quotes (tenant_id, id, number, version, status, client_id, customer_name, destination, check_in,
                            check_out, nights, adults, selected_option_id, valid_until, snapshot, snapshot_sha256,
                            public_token_sha256, created_at)
        values (%s, %s, %s, %s, %s, %s, 'Ann', %s, %s, %s, 7, 2, %s, %s, '{}', '', %s, %s)
        """,
        [
            tx.ctx.tenant_uuid,
            quote_id,
            made.number or f"QT-20260101-{next(_numbers):04}",
            made.version,
            made.status,
            client_id,
            made.destination,
            check_in,
            check_in + timedelta(days=7),
            None if made.selected is None else option_ids[made.selected],
            check_in,
            quote_id.bytes,
            made.created_at,
        ],
    )
    for position, (option_id, option) in enumerate(zip(option_ids, made.options, strict=True)):
        await _add_option(tx, quote_id, option_id, position, option, made.destination)
    return quote_id


async def _add_option(tx: Tx, quote_id: UUID, option_id: UUID, position: int, option: Option, destination: str) -> None:
    await tx.execute(
        """
        insert into quote_options (tenant_id, id, quote_id, position, hotel_id, hotel_name, destination, board, rooms,
                                   lines, currency, total, cost_currency, cost_total, cost_lines)
        values (%s, %s, %s, %s, %s, %s, %s, 'BB', '[]', '[]', %s, %s, %s, 0, '[]')
        """,
        [
            tx.ctx.tenant_uuid,
            option_id,
            quote_id,
            position,
            await add_hotel(tx, option.hotel),
            option.hotel,
            destination,
            option.currency,
            Decimal(option.total),
            option.currency,
        ],
    )


async def add_invoice(
    tx: Tx,
    client_id: UUID,
    *,
    total: str,
    due: date,
    issued: date | None = None,
    status: str = "sent",
    currency: str = "ZAR",
    payments: tuple[tuple[str, date], ...] = (),
) -> UUID:
    """An invoice and what was paid on it: pairs of amount and day."""
    invoice_id = new_id()
    paid = sum((Decimal(amount) for amount, _ in payments), Decimal(0))
    await tx.execute(
        """
        insert into invoices (tenant_id, id, number, status, client_id, currency, subtotal, total, paid, due_date,
                              issued_on)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            tx.ctx.tenant_uuid,
            invoice_id,
            f"INV-2026-{next(_numbers):05}",
            status,
            client_id,
            currency,
            Decimal(total),
            Decimal(total),
            paid,
            due,
            issued or due,
        ],
    )
    for amount, day in payments:
        await tx.execute(
            """
            insert into invoice_payments (tenant_id, id, invoice_id, amount, currency, method, received_on)
            values (%s, %s, %s, %s, %s, 'transfer', %s)
            """,
            [tx.ctx.tenant_uuid, new_id(), invoice_id, Decimal(amount), currency, day],
        )
    return invoice_id


async def add_call(
    tx: Tx,
    *,
    status: str = "completed",
    outcome: str | None = None,
    duration_s: int | None = None,
    created_at: datetime | None = None,
    scheduled_at: datetime | None = None,
) -> None:
    """A call to somebody unknown."""
    await tx.execute(
        """
        insert into call_records (tenant_id, id, status, direction, phone, outcome, duration_s, created_at,
                                  scheduled_at, transcript)
        values (%s, %s, %s, 'outbound', '+27825550100', %s, %s, %s, %s, %s)
        """,
        [
            tx.ctx.tenant_uuid,
            new_id(),
            status,
            outcome,
            duration_s,
            created_at or datetime.now(UTC),
            scheduled_at,
            json.dumps([]),
        ],
    )
