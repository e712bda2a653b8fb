"""Writes an agency's trade by the hundred thousand: COPY into a table of this transaction alone, and on from there.

COPY itself is refused on tables with row level security, whoever it is that owns them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import LiteralString

from tembea.kernel.db import Tx

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Load:
    """A kind of rows: the columns that are brought, and where they go with what is the same in all of them."""

    columns: LiteralString
    insert: LiteralString


HOTELS = Load(
    "id uuid, name text, destination text",
    """insert into hotels (tenant_id, id, name, name_key, destination, country, time_zone)
       select %(tenant_id)s, id, name, lower(name), destination, 'TZ', 'Africa/Dar_es_Salaam' from brought""",
)
CLIENTS = Load(
    "id uuid, name text, stage text, source text, created_at timestamptz",
    """insert into clients (tenant_id, id, name, stage, source, created_at, stage_changed_at)
       select %(tenant_id)s, id, name, stage, source, created_at, created_at from brought""",
)
EVENTS = Load(
    "id uuid, client_id uuid, kind text, title text, occurred_at timestamptz",
    """insert into client_events (tenant_id, id, client_id, kind, title, actor_name, occurred_at)
       select %(tenant_id)s, id, client_id, kind, title, 'Tembea', occurred_at from brought""",
)
QUOTES = Load(
    "id uuid, number text, status text, client_id uuid, destination text, nights int, option_id uuid,"
    " created_at timestamptz",
    """insert into quotes (tenant_id, id, number, version, status, client_id, customer_name, destination, check_in,
                           check_out, nights, adults, selected_option_id, valid_until, snapshot, snapshot_sha256,
                           public_token_sha256, created_at, sent_at)
       select %(tenant_id)s, id, number, 1, status, client_id, 'Customer', destination, created_at::date + 60,
              created_at::date + 60 + nights, nights, 2, option_id, created_at::date + 14, '{}', '',
              sha256(id::text::bytea), created_at, case when status <> 'draft' then created_at end from brought""",
)
OPTIONS = Load(
    "id uuid, quote_id uuid, position int, hotel_id uuid, hotel text, destination text, currency text, total numeric",
    """insert into quote_options (tenant_id, id, quote_id, position, hotel_id, hotel_name, destination, board, rooms,
                                  lines, currency, total, cost_currency, cost_total, cost_lines)
       select %(tenant_id)s, id, quote_id, position, hotel_id, hotel, destination, 'BB', '[]', '[]', currency, total,
              currency, round(total * 0.85, 2), '[]' from brought""",
)
INVOICES = Load(
    "id uuid, number text, status text, client_id uuid, quote_id uuid, currency text, total numeric, paid numeric,"
    " issued_on date, due_date date",
    """insert into invoices (tenant_id, id, number, status, client_id, quote_id, currency, subtotal, total, paid,
                             due_date, issued_on, created_at)
       select %(tenant_id)s, id, number, status, client_id, quote_id, currency, total, total, paid, due_date,
              issued_on, issued_on from brought""",
)
PAYMENTS = Load(
    "id uuid, invoice_id uuid, amount numeric, currency text, received_on date",
    """insert into invoice_payments (tenant_id, id, invoice_id, amount, currency, method, received_on)
       select %(tenant_id)s, id, invoice_id, amount, currency, 'transfer', received_on from brought""",
)
CALLS = Load(
    "id uuid, client_id uuid, status text, outcome text, duration_s int, created_at timestamptz,"
    " scheduled_at timestamptz",
    """insert into call_records (tenant_id, id, client_id, status, direction, phone, outcome, duration_s, created_at,
                                 scheduled_at)
       select %(tenant_id)s, id, client_id, status, 'outbound', '+27825550100', outcome, duration_s, created_at,
              scheduled_at from brought""",
)


async def bring(tx: Tx, load: Load, rows: Iterable[Row]) -> None:
    """Store rows of one kind."""
    await tx.execute("create temporary table brought (" + load.columns + ") on commit drop")
    async with tx.connection.cursor() as cursor, cursor.copy("copy brought from stdin") as copy:
        for row in rows:
            await copy.write_row(row)
    await tx.execute(load.insert, {"tenant_id": tx.ctx.tenant_uuid})
    await tx.execute("drop table brought")


async def untell_warehouse(tx: Tx) -> None:
    """Take out again what triggers have put down for the warehouse in this transaction: a million rows are loaded by
    `tembea warehouse reload`, if they are to be."""
    await tx.execute(
        "delete from warehouse_outbox where tenant_id = %s and waiting_since = transaction_timestamp()",
        [tx.ctx.tenant_uuid],
    )


async def has_hotels(tx: Tx) -> bool:
    """Whether this agency was made before."""
    return bool(await tx.value(bool, "select exists (select from hotels where tenant_id = %s)", [tx.ctx.tenant_uuid]))
