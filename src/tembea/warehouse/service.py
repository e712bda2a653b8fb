"""Feeding the warehouse from the outbox, and asking it with an honest word when it does not answer."""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain, islice
from typing import TypeVar
from uuid import UUID

import structlog
from pydantic import TypeAdapter, ValidationError

from tembea.kernel.context import Context, system_context
from tembea.kernel.db import Db, Read
from tembea.kernel.jobs import enqueue
from tembea.providers import Warehouse
from tembea.providers.warehouse import NothingLoaded, Statement, Values, WarehouseError, WarehouseRefused
from tembea.rates import DocumentRefused, fold, load_values
from tembea.warehouse import store
from tembea.warehouse.metrics import QUESTIONS, measure_backlog
from tembea.warehouse.model import (
    RATE_ROWS_MAX,
    PriceHistory,
    QuotedPrice,
    RateHistory,
    RateNight,
    Standing,
    StoredVersion,
    package_rows,
    price_row,
    rate_rows,
)
from tembea.warehouse.tables_store import PRICE_HISTORY, PRICES, RATE_ROWS, RATES_OF_A_NIGHT

T = TypeVar("T")

LOAD_JOB = "warehouse.load"
THINGS_AT_ONCE = 200
"""Quotes and versions that one round takes out of the outbox."""
ROWS_AT_ONCE = 500
"""Rows of one load, some 200 kB."""
ROUNDS_MAX = 20
"""Rounds of one job; what is left then is the next one's, so that agencies take turns."""

log = structlog.stdlib.get_logger("tembea.warehouse")
_PRICES = TypeAdapter(list[QuotedPrice])
_RATES = TypeAdapter(list[RateNight])


@dataclass(frozen=True, slots=True)
class PriceFilter:
    """Which prices are wanted: quoted from `since` until before `until` (aware), of one hotel, in places."""

    since: datetime
    until: datetime
    hotel_id: UUID | None = None
    places: Sequence[str] = ()
    after: tuple[datetime, UUID] | None = None

    @property
    def values(self) -> Values:
        """As the statement takes them."""
        since, until = (moment.astimezone(UTC).replace(tzinfo=None) for moment in (self.since, self.until))
        after_at, after_id = self.after or (None, None)
        return {
            "first_day": since.date(),
            "last_day": until.date(),
            "since": since,
            "until": until,
            "hotel_id": None if self.hotel_id is None else str(self.hotel_id),
            "places": [fold(place) for place in self.places],
            "after_at": after_at and after_at.astimezone(UTC).replace(tzinfo=None),
            "after_id": None if after_id is None else str(after_id),
        }


async def find_prices(ctx: Context, db: Db, warehouse: Warehouse, wanted: PriceFilter) -> PriceHistory:
    """What was quoted, the newest first; never raises because the warehouse does not answer."""
    rows, standing = await _ask(ctx, db, warehouse, PRICES, wanted.values, _PRICES)
    return PriceHistory(standing, rows)


async def find_rates(ctx: Context, db: Db, warehouse: Warehouse, *, hotel_id: UUID, night: date) -> RateHistory:
    """What each version of a hotel's contract charges for a night; never raises because the warehouse is away."""
    values: Values = {"hotel_id": str(hotel_id), "night": night}
    rows, standing = await _ask(ctx, db, warehouse, RATES_OF_A_NIGHT, values, _RATES)
    return RateHistory(standing, rows)


async def _ask(
    ctx: Context, db: Db, warehouse: Warehouse, statement: Statement, values: Values, rows: TypeAdapter[list[T]]
) -> tuple[list[T] | None, Standing]:
    async with db.read(ctx) as read:
        outstanding = await store.get_outstanding(read)
    waiting = outstanding.waiting
    try:
        found = await _answered(ctx, warehouse, statement, values, rows)
    except NothingLoaded as error:
        if outstanding.anything and not waiting:  # all of it was loaded once, and is not there
            QUESTIONS.labels(warehouse.kind, error.reason).inc()
            return None, Standing("unavailable", warehouse.kind, error.reason, waiting)
        found = []
    except WarehouseError as error:
        QUESTIONS.labels(warehouse.kind, error.reason).inc()
        log.warning("warehouse_question_failed", reason=error.reason, detail=str(error))
        return None, Standing("unavailable", warehouse.kind, error.reason, waiting)
    QUESTIONS.labels(warehouse.kind, "answered").inc()
    return found, Standing("behind" if waiting else "complete", warehouse.kind, None, waiting)


async def _answered(
    ctx: Context, warehouse: Warehouse, statement: Statement, values: Values, rows: TypeAdapter[list[T]]
) -> list[T]:
    try:
        return rows.validate_python(await warehouse.ask(ctx, statement, values))
    except ValidationError as error:
        raise WarehouseRefused(f"rows that cannot be read: {error.error_count()} faults") from error


async def enqueue_waiting(ctx: Context, db: Db) -> None:
    """Promise a load to every agency that has something waiting and no such job yet; `ctx` is the platform's."""
    async with db.read(ctx) as read:
        tenants = await store.list_tenants(read, LOAD_JOB)
        backlog = await store.measure_backlog(read)
    measure_backlog(backlog.things, backlog.oldest_s)
    for one in tenants:
        if not one.served:
            async with db.tx(system_context(one.tenant_id, one.tenant)) as tx:
                await enqueue(tx, LOAD_JOB)


async def load_waiting(ctx: Context, db: Db, warehouse: Warehouse) -> None:
    """Load what the agency has waiting. Raises `WarehouseError`; what was not loaded then stays in the outbox."""
    for _ in range(ROUNDS_MAX):
        async with db.read(ctx) as read:
            waiting = await store.list_waiting(read, THINGS_AT_ONCE)
            prices = await _prices(read, [one.entity_id for one in waiting if one.kind == "quote"])
        if not waiting:
            return
        await _load_prices(ctx, warehouse, prices)
        for one in waiting:
            if one.kind == "contract":  # one by one: a document may be megabytes
                await _load_version(ctx, db, warehouse, one.entity_id)
        async with db.tx(ctx) as tx:
            await store.remove_waiting(tx, waiting)


async def _prices(read: Read, quotes: Sequence[UUID]) -> list[Mapping[str, object]]:
    stored = await store.list_prices(read, quotes) if quotes else []
    return [price_row(price, tenant=read.ctx.tenant_slug, destination_key=fold(price.destination)) for price in stored]


async def _load_prices(ctx: Context, warehouse: Warehouse, prices: Sequence[Mapping[str, object]]) -> None:
    for batch in _batches(prices):
        days = [date.fromisoformat(str(row["quoted_on"])) for row in batch]
        values: Values = {"loaded": json.dumps(batch), "first_day": min(days), "last_day": max(days)}
        await warehouse.load(ctx, PRICE_HISTORY, values)


async def _load_version(ctx: Context, db: Db, warehouse: Warehouse, contract_id: UUID) -> None:
    async with db.read(ctx) as read:
        version = await store.find_version(read, contract_id)
    if version is None:
        return
    try:
        rows = await asyncio.to_thread(_rows_of, version, ctx.tenant_slug)
    except DocumentRefused:
        # Rules may have become stricter since it was imported. It priced what it priced; the others must not wait.
        log.exception("warehouse_contract_left_out", contract_id=str(version.id))
        return
    for batch in _batches(rows):
        await warehouse.load(ctx, RATE_ROWS, {"loaded": json.dumps(batch)})


def _rows_of(version: StoredVersion, tenant: str) -> list[Mapping[str, object]]:
    contract = load_values(version.document).contract
    rows = chain(package_rows(contract, version, tenant=tenant), rate_rows(contract, version, tenant=tenant))
    return list(islice(rows, RATE_ROWS_MAX))


def _batches(rows: Iterable[Mapping[str, object]]) -> Iterable[list[Mapping[str, object]]]:
    left = iter(rows)
    while batch := list(islice(left, ROWS_AT_ONCE)):
        yield batch


async def reload_everything(ctx: Context, db: Db) -> int:
    """Put everything of the agency into the outbox once more, for a warehouse that is new or was lost."""
    async with db.tx(ctx) as tx:
        return await store.add_everything(tx)
