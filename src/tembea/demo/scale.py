"""Agencies by the thousand, one of them with a million quotes: for measurements, not to be looked at.

What is in memory is the keys of one agency's clients and a batch of rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tembea.demo import scale_store as store
from tembea.demo.scale_rows import Trade
from tembea.kernel.context import Context, system_context
from tembea.kernel.db import Db
from tembea.rollups import build
from tembea.tenants import TenantConfig, sync_tenant

FULL_QUOTES, FULL_TENANTS = 1_000_000, 1_000
BATCH = 10_000
SMALL_QUOTES = 20
"""What each of the other agencies has."""
_ZONES = ("Africa/Johannesburg", "Europe/Lisbon", "America/New_York", "Asia/Tokyo")


Loads = Sequence[tuple[store.Load, Sequence[store.Row]]]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much there is to be: quotes of the large agency, and agencies in all."""

    quotes: int
    tenants: int

    @staticmethod
    def of(number: float) -> "Scale":
        """Up to 10 a multiple of a million quotes, beyond that the number of quotes; agencies in proportion."""
        quotes = max(1, round(number * FULL_QUOTES if number <= 10 else number))
        return Scale(quotes, max(1, round(FULL_TENANTS * min(1.0, quotes / FULL_QUOTES))))


async def seed_scale(db: Db, scale: Scale, *, say: Callable[[str], None], now: datetime | None = None) -> None:
    """Make the agencies scale-0001 (the large one) and on, with their rollups; one that has hotels stays as it is.

    The warehouse is told of none of it, see `tembea warehouse reload`.
    """
    for number in range(1, scale.tenants + 1):
        quotes = scale.quotes if number == 1 else min(SMALL_QUOTES, scale.quotes)
        key = await sync_tenant(db, f"scale-{number:04}", _config(number))
        await _seed_agency(system_context(key.tenant_id, key.tenant), db, number, quotes, now or datetime.now(UTC))
        if number == 1 or number % 100 == 0:
            say(f"{number} of {scale.tenants} agencies")


def _config(number: int) -> TenantConfig:
    name = f"Scale {number:04}"
    address = f"quotes@scale-{number:04}.example"
    return TenantConfig.model_validate(
        {
            "company": {"name": name, "email": address},
            "country": "ZA",
            "time_zone": _ZONES[(number - 1) % len(_ZONES)],
            "currency": "ZAR",
            "addresses": [address],
            "mail": {"sender_address": address, "sender_name": name},
        }
    )


async def _seed_agency(ctx: Context, db: Db, number: int, quotes: int, now: datetime) -> None:
    trade, clients, calls = Trade(number, now), max(1, quotes // 10), quotes // 10
    async with db.tx(ctx) as tx:
        if await store.has_hotels(tx):
            return
        await store.bring(tx, store.HOTELS, trade.hotels())

    def make_clients(numbers: range) -> Loads:
        rows, events = trade.clients(numbers, clients)
        return [(store.CLIENTS, rows), (store.EVENTS, events)]

    def make_quotes(numbers: range) -> Loads:
        batch = trade.quotes(numbers, quotes)
        return [
            (store.QUOTES, batch.quotes),
            (store.OPTIONS, batch.options),
            (store.INVOICES, batch.invoices),
            (store.PAYMENTS, batch.payments),
        ]

    def make_calls(numbers: range) -> Loads:
        return [(store.CALLS, list(trade.calls(numbers, calls)))]

    await _in_batches(ctx, db, clients, make_clients)
    await _in_batches(ctx, db, quotes, make_quotes)
    await _in_batches(ctx, db, calls, make_calls)
    await build(ctx, db, anew=True)


async def _in_batches(ctx: Context, db: Db, rows: int, make: Callable[[range], Loads]) -> None:
    """Rows are made before the transaction begins: one that waits for us is one that holds everybody up."""
    for start in range(0, rows, BATCH):
        loads = make(range(start, min(rows, start + BATCH)))
        async with db.tx(ctx) as tx:
            for load, made in loads:
                await store.bring(tx, load, made)
            await store.untell_warehouse(tx)
