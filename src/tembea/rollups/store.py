"""Reads the rollups. Every query is put together of a kind's own parts, each written once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import LiteralString, cast

from tembea.kernel.db import Read
from tembea.rollups.asks import Grain, Piece, Sum
from tembea.rollups.kinds_store import KINDS, Kind

WAITING_MAX = 2_000
"""So many marked things of a kind at most are worked out while somebody waits for the answer."""

LAYOUT = 2
"""Raised whenever what is stored of the same rows changes: rollups of another layout are built anew, not read."""


@dataclass(frozen=True, slots=True)
class State:
    """For which zone a tenant's rollups stand, when they were compared last, and which kinds have marks."""

    time_zone: str
    built_at: datetime
    reconciled_at: datetime | None
    marked: list[str]


async def find_state(read: Read) -> State | None:
    """The state of the tenant's rollups; None where they were never built, or in another layout."""
    return await read.find(
        State,
        """
        select s.time_zone, s.built_at, s.reconciled_at, array(
          select k.kind from unnest(%(kinds)s::text[]) as k (kind)
          where exists (select from rollup_marks m where m.tenant_id = s.tenant_id and m.kind = k.kind)) as marked
        from rollup_states s where s.tenant_id = %(tenant_id)s and s.layout = %(layout)s
        """,
        {"tenant_id": read.ctx.tenant_uuid, "layout": LAYOUT, "kinds": [kind.name for kind in KINDS]},
    )


async def list_sums(read: Read, wanted: Sequence[Piece]) -> list[Sum]:
    """The stored sums of each ask by key and currency, looked up a piece at a time by index."""
    return await read.list(
        Sum,
        """
        select p.ask, r.key, r.currency, sum(r.count)::bigint as count, sum(r.amount) as amount
        from unnest(%(asks)s::int[], %(dimensions)s::text[], %(grains)s::text[], %(firsts)s::date[], %(lasts)s::date[])
             as p (ask, dimension, grain, first, last)
        cross join lateral (
          select key, currency, count, amount from rollups
          where tenant_id = %(tenant_id)s and dimension = p.dimension and grain = p.grain
            and day between p.first and p.last
        ) r
        group by 1, 2, 3
        """,
        {
            "tenant_id": read.ctx.tenant_uuid,
            "asks": [piece.ask for piece in wanted],
            "dimensions": [piece.dimension for piece in wanted],
            "grains": [piece.grain for piece in wanted],
            "firsts": [piece.first for piece in wanted],
            "lasts": [piece.last for piece in wanted],
        },
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """What one dimension has under a key, a currency and a day; `day` is None for what is about now."""

    dimension: str
    key: str
    currency: str
    day: date | None
    count: int
    amount: Decimal


DaySum = tuple[date, str, str, int, Decimal]
"""A day's sum, or a month's: day, key, currency, count, amount. An answer has many: a plain tuple is made fastest."""


async def list_series(read: Read, dimension: str, grain: Grain, first: date, last: date) -> list[DaySum]:
    """The stored sums of one dimension, one after the other of one grain; those of nothing are left out."""
    async with read.connection.cursor() as cursor:
        await cursor.execute(
            """
            select day, key, currency, count, amount from rollups
            where tenant_id = %s and dimension = %s and grain = %s and day between %s and %s
              and (count <> 0 or amount <> 0)
            order by day, currency, key
            """,
            [read.ctx.tenant_uuid, dimension, grain, first, last],
        )
        return cast("list[DaySum]", await cursor.fetchall())


def changes(kind: Kind) -> LiteralString:
    """From the ids `wanted`: their facts now, what was counted of them, and the entries by which the two differ."""
    return f"""
      now as materialized (select id, {kind.columns} from ({kind.facts}) facts),
      counted as materialized (
        select l.* from wanted w cross join lateral (
          select id, {kind.columns} from {kind.table} where tenant_id = %(tenant_id)s and id = w.id offset 0) l
      ), changes as materialized (
        select 1 as sign, come.* from (select * from now except select * from counted) come
        union all
        select -1, gone.* from (select * from counted except select * from now) gone
      ), entries as (
        select e.dimension, e.key, e.currency, e.day, sum(f.sign * e.count)::bigint as count,
               sum(f.sign * e.amount) as amount
        from changes f cross join lateral ({kind.entries}) e
        group by 1, 2, 3, 4 having sum(f.sign * e.count) <> 0 or sum(f.sign * e.amount) <> 0
      )"""


def marked(kind: Kind) -> LiteralString:
    """The ids that marks speak of, a bounded number."""
    also: LiteralString = f" union ({kind.also})" if kind.also else ""
    return f"""
      marked_quotes as materialized (
        select distinct entity_id from rollup_marks where tenant_id = %(tenant_id)s and kind = 'quote' limit %(most)s
      ), marked as materialized (
        select distinct entity_id as id from rollup_marks
        where tenant_id = %(tenant_id)s and kind = '{kind.name}' limit %(most)s
      ), wanted as materialized (select id from marked{also})"""


async def list_waiting(read: Read, kind: Kind, zone: str) -> list[Entry]:
    """What the rollups lack of one kind: the difference that folding the marked things would make."""
    return await read.list(
        Entry,
        f"with {marked(kind)}, {changes(kind)} select dimension, key, currency, day, count, amount from entries",
        {"tenant_id": read.ctx.tenant_uuid, "zone": zone, "most": WAITING_MAX},
    )
