"""Random histories of an agency: everything that may be written to what the dashboard counts, in any order."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

import psycopg

from tembea.kernel.db import Tx
from tembea.kernel.ids import new_id
from tests.trade_rows import Option, Quote, add_call, add_client, add_invoice, add_quote

NOW = datetime(2026, 11, 3, 0, 40, tzinfo=UTC)
QUOTE_STATUSES = ["draft", "sent", "viewed", "accepted", "converted", "declined", "expired", "cancelled", "revised"]
INVOICE_STATUSES = ["draft", "sent", "viewed", "partially_paid", "paid", "overdue", "void"]
CALL_STATUSES = ["scheduled", "queued", "in_progress", "completed", "failed", "cancelled"]
STAGES = ["NEW", "QUOTED", "NEGOTIATING", "BOOKED", "PAID", "TRAVELLED", "LOST"]
CURRENCIES = ["ZAR", "EUR", "JPY"]
AGES_DAYS = [0, 0, 1, 2, 6, 7, 8, 29, 30, 31, 60, 61, 89, 90, 91, 180, 364, 365, 366, 729, 730, 1_900]


class History:
    """Writes one step after the other, as the app or, where the app's role may not, as the owner of the tables."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.steps: list[Callable[[Tx], Awaitable[object]]] = [
            self.client, self.client, self.quote, self.quote, self.quote, self.quote_status, self.quote_status,
            self.select_option, self.move_quote, self.revise, self.invoice, self.invoice, self.pay, self.pay,
            self.invoice_status, self.stage, self.event, self.event, self.call, self.call_status,
        ]  # fmt: skip
        self.owner_steps: list[Callable[[Tx], Awaitable[object]]] = [
            self.delete_quote, self.backdate_quote, self.reprice, self.drop_option, self.refund, self.redate_client,
            self.move_event, self.drop_event, self.drop_call, self.drop_invoice,
        ]  # fmt: skip

    def moment(self) -> datetime:
        """Around the ends of periods, and around midnights."""
        minutes = self.random.choice([0, -1, 30, -30, 60, -60, self.random.randrange(-720, 720)])
        return NOW - timedelta(days=self.random.choice(AGES_DAYS), minutes=max(minutes, 0) or -minutes)

    def day(self) -> date:
        return self.moment().date()

    async def one(self, tx: Tx, table: str) -> UUID | None:
        rows = await tx.rows(f"select id from {table} where tenant_id = %s order by id", [tx.ctx.tenant_uuid])  # pyright: ignore[reportArgumentType] - named here
        found = self.random.choice(rows)["id"] if rows else None
        assert found is None or isinstance(found, UUID)
        return found

    async def change(self, tx: Tx, table: str, values: str, *params: object) -> None:
        row = await self.one(tx, table)
        await tx.execute(
            f"update {table} set {values} where tenant_id = %s and id = %s",  # pyright: ignore[reportArgumentType] - named here
            [*params, tx.ctx.tenant_uuid, row],
        )

    async def client(self, tx: Tx) -> UUID:
        source = self.random.choice(["email", "web", "phone"])
        return await add_client(tx, stage=self.random.choice(STAGES), source=source, created_at=self.moment())

    async def quote(self, tx: Tx) -> None:
        client_id = await self.one(tx, "clients") or await self.client(tx)
        options = tuple(
            Option(str(self.random.randrange(0, 5_000)), self.random.choice(CURRENCIES), self.random.choice("ABC"))
            for _ in range(self.random.randrange(4))
        )
        selected = self.random.randrange(len(options)) if options and self.random.random() < 0.5 else None
        destination = self.random.choice(["Zanzibar", "Kenya"])
        made = Quote(self.random.choice(QUOTE_STATUSES), self.moment(), destination, options, selected, str(new_id()))
        await add_quote(tx, client_id, made)

    async def quote_status(self, tx: Tx) -> None:
        await self.change(tx, "quotes", "status = %s", self.random.choice(QUOTE_STATUSES))

    async def select_option(self, tx: Tx) -> None:
        option = await self.one(tx, "quote_options")
        await tx.execute(
            "update quotes q set selected_option_id = o.id from quote_options o"
            " where o.tenant_id = q.tenant_id and o.quote_id = q.id and o.tenant_id = %s and o.id = %s",
            [tx.ctx.tenant_uuid, option],
        )

    async def move_quote(self, tx: Tx) -> None:
        client_id = await self.one(tx, "clients")
        if client_id is not None:
            await self.change(tx, "quotes", "client_id = %s", client_id)

    async def revise(self, tx: Tx) -> None:
        await self.change(tx, "quotes", "status = %s", "revised")
        await self.quote(tx)

    async def invoice(self, tx: Tx) -> None:
        client_id, issued = await self.one(tx, "clients") or await self.client(tx), self.day()
        await add_invoice(
            tx,
            client_id,
            total=str(self.random.randrange(1, 9_000)),
            due=issued + timedelta(days=self.random.choice([-40, 0, 1, 30, 45, 120])),
            issued=issued,
            status=self.random.choice(INVOICE_STATUSES),
            currency=self.random.choice(CURRENCIES),
        )

    async def pay(self, tx: Tx) -> None:
        rows = await tx.rows(
            "select id, currency, total - paid as open from invoices where tenant_id = %s and paid < total"
            " order by id for update",
            [tx.ctx.tenant_uuid],
        )
        if not rows:
            return
        row = self.random.choice(rows)
        left = row["open"]
        assert isinstance(left, Decimal)
        amount = left if self.random.random() < 0.4 else max(Decimal(1), left // 3)
        await tx.execute(
            "insert into invoice_payments (tenant_id, id, invoice_id, amount, currency, method, received_on)"
            " values (%s, %s, %s, %s, %s, 'transfer', %s)",
            [tx.ctx.tenant_uuid, new_id(), row["id"], amount, row["currency"], self.day()],
        )
        await tx.execute("update invoices set paid = paid + %s where id = %s", [amount, row["id"]])

    async def invoice_status(self, tx: Tx) -> None:
        await self.change(tx, "invoices", "status = %s", self.random.choice(INVOICE_STATUSES))

    async def stage(self, tx: Tx) -> None:
        await self.change(tx, "clients", "stage = %s", self.random.choice(STAGES))

    async def event(self, tx: Tx) -> None:
        client_id = await self.one(tx, "clients") or await self.client(tx)
        await tx.execute(
            "insert into client_events (tenant_id, id, client_id, kind, title, actor_name, occurred_at)"
            " values (%s, %s, %s, 'note.added', 'Note', 'Ann', %s)",
            [tx.ctx.tenant_uuid, new_id(), client_id, self.moment()],
        )

    async def call(self, tx: Tx) -> None:
        outcome = self.random.choice([None, "booked", "no_answer"])
        duration_s = self.random.choice([None, 30, 61, 300])
        status = self.random.choice(CALL_STATUSES)
        await add_call(tx, status=status, outcome=outcome, duration_s=duration_s, created_at=self.moment())

    async def call_status(self, tx: Tx) -> None:
        status = self.random.choice(CALL_STATUSES)
        await self.change(tx, "call_records", "status = %s, duration_s = %s", status, self.random.randrange(500))

    async def delete_quote(self, tx: Tx) -> None:
        quote_id = await self.one(tx, "quotes")
        await tx.execute("delete from quote_options where quote_id = %s", [quote_id])
        await tx.execute("delete from quotes where id = %s", [quote_id])

    async def backdate_quote(self, tx: Tx) -> None:
        await self.change(tx, "quotes", "created_at = %s, destination = %s", self.moment(), "Kenya")

    async def reprice(self, tx: Tx) -> None:
        await self.change(tx, "quote_options", "total = %s, hotel_name = %s", self.random.randrange(9_000), "D")

    async def drop_option(self, tx: Tx) -> None:
        await tx.execute("delete from quote_options where id = %s", [await self.one(tx, "quote_options")])

    async def refund(self, tx: Tx) -> None:
        payment = await self.one(tx, "invoice_payments")
        await tx.execute(
            "update invoices i set paid = i.paid - p.amount from invoice_payments p"
            " where p.id = %s and i.id = p.invoice_id",
            [payment],
        )
        await tx.execute("delete from invoice_payments where id = %s", [payment])

    async def redate_client(self, tx: Tx) -> None:
        await self.change(tx, "clients", "created_at = %s, source = %s", self.moment(), "web")

    async def move_event(self, tx: Tx) -> None:
        client_id = await self.one(tx, "clients")
        if client_id is not None:
            await self.change(tx, "client_events", "client_id = %s, occurred_at = %s", client_id, self.moment())

    async def drop_event(self, tx: Tx) -> None:
        await tx.execute("delete from client_events where id = %s", [await self.one(tx, "client_events")])

    async def drop_call(self, tx: Tx) -> None:
        await tx.execute("delete from call_records where id = %s", [await self.one(tx, "call_records")])

    async def drop_invoice(self, tx: Tx) -> None:
        invoice = await self.one(tx, "invoices")
        await tx.execute("delete from invoice_payments where invoice_id = %s", [invoice])
        await tx.execute("delete from invoices where id = %s", [invoice])


CONFLICTS = (psycopg.errors.DeadlockDetected, psycopg.errors.LockNotAvailable, psycopg.IntegrityError)
"""What writers that meet may run into; their transaction is undone, and that is part of a history."""
