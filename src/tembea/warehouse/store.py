"""The questions asked of PostgreSQL: what waits for the warehouse, and what it is to be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tembea.kernel.db import Read, Tx
from tembea.warehouse.model import StoredPrice, StoredVersion, Waiting

COUNTED_MAX = 10_000
"""As far as it is counted what waits: a question should not cost more the more is missing."""


@dataclass(frozen=True, slots=True)
class WaitingTenant:
    """An agency with something in its outbox, and whether a job already sees to it."""

    tenant_id: UUID
    tenant: str
    served: bool


@dataclass(frozen=True, slots=True)
class Outstanding:
    """How many things of an agency are not loaded yet, up to `COUNTED_MAX`, and whether there is anything at all."""

    waiting: int
    anything: bool


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits in all agencies together, and since when the oldest."""

    things: int
    oldest_s: float


async def list_tenants(read: Read, job: str) -> list[WaitingTenant]:
    """The active agencies that have something waiting, for the platform's own context. One index look-up an agency."""
    return await read.list(
        WaitingTenant,
        """
        with recursive told as (
          (select tenant_id from warehouse_outbox order by tenant_id limit 1)
          union all
          select (select o.tenant_id from warehouse_outbox o where o.tenant_id > told.tenant_id order by 1 limit 1)
          from told where told.tenant_id is not null
        ), open as materialized (
          select tenant_id from procrastinate_jobs where task_name = %s and status in ('todo', 'doing')
        )
        select t.id as tenant_id, t.slug as tenant,
               exists (select from open where open.tenant_id = t.id) as served
        from told join tenants t on t.id = told.tenant_id
        where t.status = 'active'
        """,
        [job],
    )


async def measure_backlog(read: Read) -> Backlog:
    """What waits in all agencies, for the platform's own context."""
    return await read.get(
        Backlog,
        """
        select count(*)::int as things,
               coalesce(extract(epoch from now() - min(waiting_since)), 0)::float8 as oldest_s
        from warehouse_outbox
        """,
    )


async def get_outstanding(read: Read) -> Outstanding:
    """How much of the agency waits."""
    return await read.get(
        Outstanding,
        """
        select (select count(*)::int from (select from warehouse_outbox where tenant_id = %(tenant_id)s
                                           limit %(most)s) counted) as waiting,
               exists (select from quotes where tenant_id = %(tenant_id)s)
               or exists (select from contracts where tenant_id = %(tenant_id)s and status <> 'draft') as anything
        """,
        {"tenant_id": read.ctx.tenant_uuid, "most": COUNTED_MAX},
    )


async def list_waiting(read: Read, limit: int) -> list[Waiting]:
    """What waits: contracts before quotes, the oldest first, since ids are made of time; in the order of the key."""
    return await read.list(
        Waiting,
        """
        select kind, entity_id from warehouse_outbox where tenant_id = %s
        order by kind, entity_id limit %s
        """,
        [read.ctx.tenant_uuid, limit],
    )


async def remove_waiting(tx: Tx, loaded: Sequence[Waiting]) -> None:
    """Take out what the warehouse has."""
    await tx.execute(
        """
        delete from warehouse_outbox o using unnest(%s::text[], %s::uuid[]) as loaded (kind, entity_id)
        where o.tenant_id = %s and o.kind = loaded.kind and o.entity_id = loaded.entity_id
        """,
        [[one.kind for one in loaded], [one.entity_id for one in loaded], tx.ctx.tenant_uuid],
    )


async def add_everything(tx: Tx) -> int:
    """Put every quote and every version that ever sold into the outbox; returns how many were added."""
    return await tx.execute(
        """
        insert into warehouse_outbox (tenant_id, kind, entity_id)
        select tenant_id, 'quote', id from quotes where tenant_id = %(tenant_id)s
        union all
        select tenant_id, 'contract', id from contracts where tenant_id = %(tenant_id)s and status <> 'draft'
        on conflict do nothing
        """,
        {"tenant_id": tx.ctx.tenant_uuid},
    )


async def list_prices(read: Read, quote_ids: Sequence[UUID]) -> list[StoredPrice]:
    """The options of these quotes, with what they are a price for."""
    return await read.list(
        StoredPrice,
        """
        select o.id, q.created_at as quoted_at, q.id as quote_id, o.position, o.hotel_id, o.hotel_name as hotel,
               o.destination, q.check_in, q.nights, q.adults, q.children_ages, o.board, o.total, o.currency,
               coalesce(q.snapshot ->> 'engine_version', '') as engine_version
        from quotes q join quote_options o on o.tenant_id = q.tenant_id and o.quote_id = q.id
        where q.tenant_id = %s and q.id = any(%s) order by q.created_at, o.id
        """,
        [read.ctx.tenant_uuid, list(quote_ids)],
    )


async def find_version(read: Read, contract_id: UUID) -> StoredVersion | None:
    """This version of a contract."""
    return await read.find(
        StoredVersion,
        """
        select c.id, c.hotel_id, h.name as hotel, h.destination, c.version, c.document, c.created_at
        from contracts c join hotels h on h.tenant_id = c.tenant_id and h.id = c.hotel_id
        where c.tenant_id = %s and c.id = %s
        """,
        [read.ctx.tenant_uuid, contract_id],
    )
