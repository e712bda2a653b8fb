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


async def list_last_after(read: Read, after: tuple[str, str], *, until: date, limit: int) -> list[StoredRate]:
    """The last stored rate up to a day of every pair after another, by pair.

    The pairs are found by leaps through the index: years of rates cost no more than a day of them.
    """
    return await read.list(
        StoredRate,
        """
        with recursive pairs as (
          (select base, quote from fx_rates where (base, quote) > (%(base)s, %(quote)s) order by base, quote limit 1)
          union all
          select following.base, following.quote from pairs cross join lateral (
            select base, quote from fx_rates where (base, quote) > (pairs.base, pairs.quote)
            order by base, quote limit 1
          ) following
        )
        select last.* from pairs cross join lateral (
          select id, base, quote, rate, as_of, source, stored_at from fx_rates
          where base = pairs.base and quote = pairs.quote and as_of <= %(until)s
          order by as_of desc, stored_at desc, id desc limit 1
        ) last
        order by last.base, last.quote limit %(limit)s
        """,
        {"base": after[0], "quote": after[1], "until": until, "limit": limit},
    )


async def list_pair(
    read: Read, base: str, quote: str, *, before: tuple[date, datetime, UUID] | None, limit: int
) -> list[StoredRate]:
    """What was stored of one pair, the newest day first and of a day the last stored first."""
    return await read.list(
        StoredRate,
        """
        select id, base, quote, rate, as_of, source, stored_at from fx_rates
        where base = %(base)s and quote = %(quote)s
          and (%(as_of)s::date is null
               or (as_of, stored_at, id) < (%(as_of)s::date, %(stored_at)s::timestamptz, %(id)s::uuid))
        order by as_of desc, stored_at desc, id desc limit %(limit)s
        """,
        {"base": base, "quote": quote, "limit": limit}
        | dict(zip(("as_of", "stored_at", "id"), before or (None, None, None), strict=True)),
    )


async def list_crossed(read: Read) -> list[str]:
    """The currencies into which rates were worked out that no bank publishes: their sources say of what."""
    rows = await read.rows("select distinct quote from fx_rates where source like '%%: %%' order by quote", [])
    return [str(row["quote"]) for row in rows]
