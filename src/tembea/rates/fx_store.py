"""The questions asked of exchange rates, which belong to the platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from tembea.kernel.db import Read, Tx
from tembea.kernel.ids import new_id
from tembea.providers.fx import ReferenceRate


@dataclass(frozen=True, slots=True)
class StoredRate:
    """A rate as it is stored."""

    id: UUID
    base: str
    quote: str
    rate: Decimal
    as_of: date
    source: str
    stored_at: datetime


async def insert_rates(tx: Tx, rates: Sequence[ReferenceRate]) -> int:
    """Store rates, those that are there already aside; returns how many are new."""
    stored = await tx.rows(
        """
        insert into fx_rates (id, base, quote, rate, as_of, source)
        select * from unnest(%s::uuid[], %s::text[], %s::text[], %s::numeric[], %s::date[], %s::text[])
        on conflict (base, quote, as_of, source, rate) do nothing returning id
        """,
        [
            [new_id() for _ in rates],
            [rate.base for rate in rates],
            [rate.quote for rate in rates],
            [rate.rate for rate in rates],
            [rate.as_of for rate in rates],
            [rate.source for rate in rates],
        ],
    )
    return len(stored)


async def list_last(
    read: Read, *, bases: Sequence[str] | None, quotes: Sequence[str] | None, until: date
) -> list[StoredRate]:
    """The last stored rate up to a day of every pair of these currencies (None: of all), by pair."""
    return await read.list(
        StoredRate,
        """
        select distinct on (base, quote) id, base, quote, rate, as_of, source, stored_at from fx_rates
        where (%(bases)s::text[] is null or base = any(%(bases)s))
          and (%(quotes)s::text[] is null or quote = any(%(quotes)s)) and as_of <= %(until)s
        order by base, quote, as_of desc, stored_at desc, id desc
        """,
        {
            "bases": None if bases is None else list(bases),
            "quotes": None if quotes is None else list(quotes),
            "until": until,
        },
    )


async def list_crossed(read: Read) -> list[str]:
    """The currencies into which rates were worked out that no bank publishes: their sources say of what."""
    rows = await read.rows("select distinct quote from fx_rates where source like '%%: %%' order by quote", [])
    return [str(row["quote"]) for row in rows]
