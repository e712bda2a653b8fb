"""Keeps the rollups: folding, building, comparing and mending, of the same parts as reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from tembea.kernel.db import Read, Tx
from tembea.rollups.asks import EVER_DAY
from tembea.rollups.kinds_store import KINDS, Kind
from tembea.rollups.store import LAYOUT, changes, marked


def _by_grain(entries: LiteralString) -> LiteralString:
    return f"""
      select e.dimension, g.grain,
             case g.grain when 'day' then e.day
                          when 'dekad' then date_trunc('month', e.day)::date
                               + 10 * least(2, (extract(day from e.day)::int - 1) / 10)
                          when 'month' then date_trunc('month', e.day)::date
                          when 'year' then date_trunc('year', e.day)::date
                          else %(ever)s::date end as day,
             e.key, e.currency, sum(e.count)::bigint as count, sum(e.amount) as amount
      from {entries} e
      join (values ('day'), ('dekad'), ('month'), ('year'), ('ever')) as g (grain)
        on (g.grain = 'ever') = (e.day is null)
      group by 1, 2, 3, 4, 5"""


def _applying(kind: Kind) -> LiteralString:
    """Writes `changes` down: what is counted now, and the sums that follow."""
    columns = kind.columns
    return f"""
      removed as (
        delete from {kind.table} l using changes c
        where l.tenant_id = %(tenant_id)s and l.id = c.id and c.sign = -1
          and not exists (select from now n where n.id = c.id)
      ), kept as (
        insert into {kind.table} (tenant_id, id, {columns})
        select %(tenant_id)s, id, {columns} from changes where sign = 1
        on conflict (tenant_id, id) do update
        set ({columns}) = (select {", ".join(f"excluded.{column}" for column in columns.split(", "))})
      ), added as (
        insert into rollups (tenant_id, dimension, grain, day, key, currency, count, amount)
        select %(tenant_id)s, s.* from ({_by_grain("entries")}) s
        on conflict (tenant_id, dimension, grain, day, key, currency) do update
        set count = rollups.count + excluded.count, amount = rollups.amount + excluded.amount
      )"""


@dataclass(frozen=True, slots=True)
class Folded:
    """How many marked things were taken, and in how many the facts were not what was counted."""

    taken: int
    changed: int


async def fold_marked(tx: Tx, kind: Kind, zone: str, most: int) -> Folded:
    """Fold at most `most` marks of one kind, all in one statement: marks and facts are of the same snapshot.

    A quote's fold marks its client, whose value follows.
    """
    implied: LiteralString = ""
    if kind.name == "quote":
        implied = """implied as (
            insert into rollup_marks (tenant_id, kind, entity_id)
            select distinct %(tenant_id)s::uuid, 'client', q.client_id from wanted w
            join quotes q on q.tenant_id = %(tenant_id)s and q.id = w.id
          ),"""
    return await tx.get(
        Folded,
        f"""
        with wanted as materialized (
          select distinct entity_id as id from (
            select entity_id from rollup_marks where tenant_id = %(tenant_id)s and kind = '{kind.name}'
            order by seq limit %(most)s) m
        ), unmarked as (
          delete from rollup_marks m using wanted w
          where m.tenant_id = %(tenant_id)s and m.kind = '{kind.name}' and m.entity_id = w.id
        ), {implied} {changes(kind)}, {_applying(kind)}
        select (select count(*) from wanted)::int as taken, (select count(distinct id) from changes)::int as changed
        """,
        _params(tx, zone) | {"most": most},
    )


async def list_ids(read: Read, kind: Kind, after: UUID | None, limit: int) -> list[UUID]:
    """The ids of one kind behind `after`, of what there is and of what was counted."""
    rows = await read.rows(
        f"""
        select id from (
          (select id from ({kind.base}) b where (%(after)s::uuid is null or id > %(after)s) order by id limit %(limit)s)
          union
          (select id from {kind.table} where tenant_id = %(tenant_id)s and (%(after)s::uuid is null or id > %(after)s)
           order by id limit %(limit)s)
        ) ids order by id limit %(limit)s
        """,
        {"tenant_id": read.ctx.tenant_uuid, "after": after, "limit": limit},
    )
    return [row["id"] for row in rows if isinstance(row["id"], UUID)]


_GIVEN: LiteralString = "given as materialized (select unnest(%(ids)s::uuid[]) as id)"


def _unmarked(kind: Kind) -> LiteralString:
    """Of the given ids those of which no mark says that they wait to be folded."""
    return f"""{_GIVEN}, {marked(kind).replace("wanted as", "waiting as")},
      wanted as materialized (select id from given except select id from waiting)"""


async def count_drift(read: Read, kind: Kind, zone: str, ids: Sequence[UUID]) -> int:
    """How many of the things `ids` are counted otherwise than their rows say, without a mark to explain it."""
    found = await read.value(
        int,
        f"with {_unmarked(kind)}, {changes(kind)} select count(distinct id)::int from changes",
        _params(read, zone) | {"ids": list(ids), "most": None},
    )
    return found or 0


async def mend_drift(tx: Tx, kind: Kind, zone: str, ids: Sequence[UUID]) -> int:
    """Like `count_drift`, and count them anew."""
    found = await tx.value(
        int,
        f"with {_unmarked(kind)}, {changes(kind)}, {_applying(kind)} select count(distinct id)::int from changes",
        _params(tx, zone) | {"ids": list(ids), "most": None},
    )
    return found or 0


def _recounted() -> LiteralString:
    """All sums, from what was counted of every single thing: by day first, and the longer grains from the days."""
    counted: LiteralString = " union all ".join(
        f"""select e.dimension, e.key, e.currency, e.day, e.count, e.amount
            from {kind.table} f cross join lateral ({kind.entries}) e where f.tenant_id = %(tenant_id)s"""
        for kind in KINDS
    )
    return _by_grain(
        f"(select dimension, key, currency, day, sum(count) as count, sum(amount) as amount from ({counted}) c"
        " group by 1, 2, 3, 4)"
    )


def _wrong_sums() -> LiteralString:
    return f"""
      wrong as materialized (
        select dimension, grain, day, key, currency, coalesce(s.count, 0) as count, coalesce(s.amount, 0) as amount
        from ({_recounted()}) s
        full join (select dimension, grain, day, key, currency, count as stored, amount as stored_amount
                   from rollups where tenant_id = %(tenant_id)s) r
             using (dimension, grain, day, key, currency)
        where coalesce(s.count, 0) <> coalesce(r.stored, 0) or coalesce(s.amount, 0) <> coalesce(r.stored_amount, 0)
      )"""


async def count_wrong_sums(read: Read, zone: str) -> int:
    """How many sums are not what the counted things add up to."""
    found = await read.value(int, f"with {_wrong_sums()} select count(*)::int from wrong", _params(read, zone))
    return found or 0


async def mend_wrong_sums(tx: Tx, zone: str) -> int:
    """Like `count_wrong_sums`, and write them anew; sums of nothing are removed."""
    found = await tx.value(
        int,
        f"""
        with {_wrong_sums()}, mended as (
          insert into rollups (tenant_id, dimension, grain, day, key, currency, count, amount)
          select %(tenant_id)s, dimension, grain, day, key, currency, count, amount from wrong
          on conflict (tenant_id, dimension, grain, day, key, currency) do update
          set count = excluded.count, amount = excluded.amount
        )
        select count(*)::int from wrong
        """,
        _params(tx, zone),
    )
    await tx.execute("delete from rollups where tenant_id = %s and count = 0 and amount = 0", [tx.ctx.tenant_uuid])
    return found or 0


async def forget_all(tx: Tx) -> None:
    """Remove all that is counted and marked."""
    await tx.execute("delete from rollup_marks where tenant_id = %s", [tx.ctx.tenant_uuid])
    for kind in KINDS:
        await tx.execute(f"delete from {kind.table} where tenant_id = %s", [tx.ctx.tenant_uuid])
    await tx.execute("delete from rollups where tenant_id = %s", [tx.ctx.tenant_uuid])


async def count_all(tx: Tx, zone: str) -> None:
    """Count every single thing, and the sums of them."""
    params = _params(tx, zone)
    for kind in KINDS:
        await tx.execute(
            f"""
            with wanted as materialized ({kind.base})
            insert into {kind.table} (tenant_id, id, {kind.columns})
            select %(tenant_id)s, id, {kind.columns} from ({kind.facts}) facts
            """,
            params,
        )
    await tx.execute(
        f"""
        insert into rollups (tenant_id, dimension, grain, day, key, currency, count, amount)
        select %(tenant_id)s, s.* from ({_recounted()}) s where s.count <> 0 or s.amount <> 0
        """,
        params,
    )


async def put_state(tx: Tx, zone: str) -> None:
    """The rollups stand, for this zone, as of now."""
    await tx.execute(
        """
        insert into rollup_states (tenant_id, time_zone, layout) values (%s, %s, %s)
        on conflict (tenant_id) do update
        set time_zone = excluded.time_zone, layout = excluded.layout, built_at = now(), reconciled_at = null
        """,
        [tx.ctx.tenant_uuid, zone, LAYOUT],
    )


async def put_reconciled(tx: Tx) -> None:
    """Everything was compared just now."""
    await tx.execute("update rollup_states set reconciled_at = now() where tenant_id = %s", [tx.ctx.tenant_uuid])


async def take_time(read: Read) -> None:
    """Let a statement of this transaction take half an hour: it looks at every row of a tenant."""
    await read.value(str, "select set_config('statement_timeout', '1800s', true)")


async def try_lock(tx: Tx) -> bool:
    """Become the one who changes the tenant's sums, until the commit; false while somebody else is."""
    return bool(
        await tx.value(
            bool, "select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"rollups {tx.ctx.tenant_uuid}"]
        )
    )


async def lock(tx: Tx) -> None:
    """Like `try_lock`, but wait, and take whatever time the work of this transaction needs."""
    await take_time(tx)
    await tx.execute("select set_config('lock_timeout', '300s', true)")
    await tx.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"rollups {tx.ctx.tenant_uuid}"])


@dataclass(frozen=True, slots=True)
class TenantZone:
    """A tenant and the zone of its days."""

    tenant_id: UUID
    tenant: str
    time_zone: str


async def list_marked(read: Read) -> list[TenantZone]:
    """The tenants that have something to fold, for the platform's own context. One index look-up a tenant."""
    return await read.list(
        TenantZone,
        """
        with recursive marked as (
          (select tenant_id from rollup_marks order by tenant_id limit 1)
          union all
          select (select m.tenant_id from rollup_marks m where m.tenant_id > marked.tenant_id order by 1 limit 1)
          from marked where marked.tenant_id is not null
        )
        select t.id as tenant_id, t.slug as tenant, s.time_zone
        from marked join rollup_states s using (tenant_id) join tenants t on t.id = tenant_id
        where t.status = 'active' and s.layout = %s
        """,
        [LAYOUT],
    )


async def list_unbuilt(read: Read) -> list[TenantZone]:
    """The active tenants whose rollups were never built, or otherwise; for the platform's own context."""
    return await read.list(
        TenantZone,
        """
        select t.id as tenant_id, t.slug as tenant, t.settings ->> 'time_zone' as time_zone
        from tenants t left join rollup_states s on s.tenant_id = t.id
        where t.status = 'active' and not t.platform and t.settings ? 'time_zone'
          and (s.time_zone, s.layout) is distinct from (t.settings ->> 'time_zone', %s)
        order by t.id limit 10000
        """,
        [LAYOUT],
    )


def _params(read: Read, zone: str) -> dict[str, object]:
    return {"tenant_id": read.ctx.tenant_uuid, "zone": zone, "ever": EVER_DAY}
