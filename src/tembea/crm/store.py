"""The questions asked of clients, their addresses and their timeline.

Totals and pipeline values read quotes and invoices, which other features own and write; nothing here changes them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import LiteralString
from uuid import UUID

from tembea.crm.model import ClientRow, Event, LatestTrip, NewClient
from tembea.kernel.db import Read, Tx
from tembea.kernel.events import publish
from tembea.kernel.ids import new_id

_CLIENT: LiteralString = """
  select c.id, c.name, lower(unaccent(c.name)) as name_key,
         array(select e.email::text from client_emails e
               where e.tenant_id = c.tenant_id and e.client_id = c.id order by e.position, e.email) as emails,
         c.phones, c.stage, c.stage_changed_at, c.owner_id, u.name as owner_name, c.tags, c.language, c.source,
         c.created_at, c.last_contact_at
  from clients c left join users u on u.tenant_id = c.tenant_id and u.id = c.owner_id
  where c.tenant_id = %(tenant_id)s
"""

# position() instead of like: what people type needs no escaping.
_MATCHES: LiteralString = """
  and (%(stage)s::text is null or c.stage = %(stage)s)
  and (%(q)s::text is null
       or position(lower(unaccent(%(q)s)) in lower(unaccent(c.name))) > 0
       or exists (select from client_emails e where e.tenant_id = c.tenant_id and e.client_id = c.id
                  and position(lower(%(q)s) in lower(e.email::text)) > 0)
       or (%(digits)s <> '' and position(%(digits)s in array_to_string(c.phones, ' ')) > 0))
"""

_BY_NAME: LiteralString = """
  and (%(name_key)s::text is null or (lower(unaccent(c.name)), c.id) > (%(name_key)s, %(after_id)s::uuid))
  order by lower(unaccent(c.name)), c.id limit %(limit)s
"""

_NEWEST_FIRST: LiteralString = """
  and (%(created_at)s::timestamptz is null or (c.created_at, c.id) < (%(created_at)s, %(after_id)s::uuid))
  order by c.created_at desc, c.id desc limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class ClientFilter:
    """Which clients are wanted; None leaves a filter out. `q` looks in names, addresses and numbers."""

    q: str | None = None
    stage: str | None = None

    def params(self, read: Read) -> dict[str, object]:
        """The filter as bound values."""
        digits = "".join(char for char in self.q or "" if char.isdigit())
        significant = digits if len(digits) >= 3 else ""
        return {"tenant_id": read.ctx.tenant_uuid, "q": self.q, "stage": self.stage, "digits": significant}


async def list_by_name(read: Read, wanted: ClientFilter, after: tuple[str, UUID] | None, limit: int) -> list[ClientRow]:
    """Clients by name, accents and case aside, from behind `after`."""
    name_key, after_id = after or (None, None)
    params = wanted.params(read) | {"name_key": name_key, "after_id": after_id, "limit": limit}
    return await read.list(ClientRow, _CLIENT + _MATCHES + _BY_NAME, params)


async def list_newest(
    read: Read, wanted: ClientFilter, after: tuple[datetime, UUID] | None, limit: int
) -> list[ClientRow]:
    """Clients, the newest first, from behind `after`."""
    created_at, after_id = after or (None, None)
    params = wanted.params(read) | {"created_at": created_at, "after_id": after_id, "limit": limit}
    return await read.list(ClientRow, _CLIENT + _MATCHES + _NEWEST_FIRST, params)


async def get_client(read: Read, client_id: UUID) -> ClientRow:
    """One client; raises `NotFound`."""
    return await read.get(
        ClientRow, _CLIENT + " and c.id = %(id)s", {"tenant_id": read.ctx.tenant_uuid, "id": client_id}
    )


async def find_by_email(read: Read, email: str) -> ClientRow | None:
    """The one client with this address."""
    query: LiteralString = """ and c.id = (select client_id from client_emails
                               where tenant_id = %(tenant_id)s and email = %(email)s::citext)"""
    return await read.find(ClientRow, _CLIENT + query, {"tenant_id": read.ctx.tenant_uuid, "email": email})


async def list_by_phone(read: Read, phone: str) -> list[ClientRow]:
    """Clients with this number, the oldest first; a family or an office may share one."""
    query: LiteralString = " and %(phone)s = any(c.phones) order by c.created_at, c.id limit 10"
    return await read.list(ClientRow, _CLIENT + query, {"tenant_id": read.ctx.tenant_uuid, "phone": phone})


async def lock_phone(tx: Tx, phone: str) -> None:
    """Let only one transaction at a time look for, and then perhaps create, the client with this number."""
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"crm.phone {tx.ctx.tenant_uuid} {phone}"]
    )


async def insert_client(tx: Tx, client_id: UUID, new: NewClient) -> None:
    """A new client without addresses."""
    await tx.execute(
        """
        insert into clients (tenant_id, id, name, phones, tags, language, source, owner_id)
        values (%s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            tx.ctx.tenant_uuid,
            client_id,
            new.name,
            list(new.phones),
            list(new.tags),
            new.language,
            new.source,
            new.owner_id,
        ],
    )
    publish(tx, "client.changed", client_id=str(client_id))


async def claim_email(tx: Tx, client_id: UUID, email: str, position: int) -> bool:
    """Give the client an address; false when another client has it.

    A concurrent claim of the same address waits here for the other transaction and then answers by its outcome.
    """
    inserted = await tx.execute(
        """
        insert into client_emails (tenant_id, client_id, email, position) values (%s, %s, %s, %s)
        on conflict (tenant_id, email) do nothing
        """,
        [tx.ctx.tenant_uuid, client_id, email, position],
    )
    return inserted > 0


async def delete_emails(tx: Tx, client_id: UUID) -> None:
    """Take all addresses from a client."""
    await tx.execute(
        "delete from client_emails where tenant_id = %s and client_id = %s", [tx.ctx.tenant_uuid, client_id]
    )


async def delete_client(tx: Tx, client_id: UUID) -> None:
    """Remove a client that was made in this transaction and lost the race for its address."""
    await tx.execute("delete from clients where tenant_id = %s and id = %s", [tx.ctx.tenant_uuid, client_id])


async def update_client(tx: Tx, client_id: UUID, new: NewClient) -> None:
    """Write what staff may change of a client; its source stays."""
    await tx.execute(
        """
        update clients set name = %(name)s, phones = %(phones)s, tags = %(tags)s, language = %(language)s,
                           owner_id = %(owner_id)s, updated_at = now()
        where tenant_id = %(tenant_id)s and id = %(id)s
        """,
        {
            "tenant_id": tx.ctx.tenant_uuid,
            "id": client_id,
            "name": new.name,
            "phones": list(new.phones),
            "tags": list(new.tags),
            "language": new.language,
            "owner_id": new.owner_id,
        },
    )
    publish(tx, "client.changed", client_id=str(client_id))


async def add_phone(tx: Tx, client_id: UUID, phone: str) -> None:
    """Remember one more number of a client, once, and at most twenty."""
    await tx.execute(
        """
        update clients set phones = array_append(phones, %(phone)s), updated_at = now()
        where tenant_id = %(tenant_id)s and id = %(id)s and not (%(phone)s = any(phones)) and cardinality(phones) < 20
        """,
        {"tenant_id": tx.ctx.tenant_uuid, "id": client_id, "phone": phone},
    )


async def lock_stage(tx: Tx, client_id: UUID) -> str | None:
    """The client's stage, its row locked until the commit; None for an unknown client."""
    return await tx.value(
        str, "select stage from clients where tenant_id = %s and id = %s for update", [tx.ctx.tenant_uuid, client_id]
    )


async def set_stage(tx: Tx, client_id: UUID, stage: str) -> None:
    """Move a client."""
    await tx.execute(
        "update clients set stage = %s, stage_changed_at = now(), updated_at = now() where tenant_id = %s and id = %s",
        [stage, tx.ctx.tenant_uuid, client_id],
    )
    publish(tx, "client.changed", client_id=str(client_id))


async def touch_contact(tx: Tx, client_id: UUID) -> None:
    """Note that there was contact now."""
    await tx.execute(
        "update clients set last_contact_at = now() where tenant_id = %s and id = %s", [tx.ctx.tenant_uuid, client_id]
    )


async def insert_event(tx: Tx, client_id: UUID, *, kind: str, title: str, detail: str, link: str) -> UUID:
    """One more entry of the timeline, now, by the actor of `tx`."""
    event_id = new_id()
    await tx.execute(
        """
        insert into client_events (tenant_id, id, client_id, kind, title, detail, link, actor_name, occurred_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, clock_timestamp())
        """,
        [tx.ctx.tenant_uuid, event_id, client_id, kind, title, detail, link, tx.ctx.actor_name],
    )
    publish(tx, "client.changed", client_id=str(client_id))
    return event_id


async def list_events(
    read: Read, client_id: UUID, kind: str | None, after: tuple[datetime, UUID] | None, limit: int
) -> list[Event]:
    """A client's timeline, the newest first; `kind` narrows it to one kind."""
    occurred_at, after_id = after or (None, None)
    return await read.list(
        Event,
        """
        select id, client_id, kind, title, detail, link, actor_name, occurred_at
        from client_events
        where tenant_id = %(tenant_id)s and client_id = %(client_id)s
          and (%(kind)s::text is null or kind = %(kind)s)
          and (%(occurred_at)s::timestamptz is null or (occurred_at, id) < (%(occurred_at)s, %(after_id)s::uuid))
        order by occurred_at desc, id desc limit %(limit)s
        """,
        {
            "tenant_id": read.ctx.tenant_uuid,
            "client_id": client_id,
            "kind": kind,
            "occurred_at": occurred_at,
            "after_id": after_id,
            "limit": limit,
        },
    )


async def get_event(read: Read, event_id: UUID) -> Event:
    """One entry of a timeline; raises `NotFound`."""
    return await read.get(
        Event,
        """
        select id, client_id, kind, title, detail, link, actor_name, occurred_at
        from client_events where tenant_id = %s and id = %s
        """,
        [read.ctx.tenant_uuid, event_id],
    )


@dataclass(frozen=True, slots=True)
class QuoteSum:
    """One client's quotes in one currency."""

    client_id: UUID
    currency: str
    quotes: int
    quoted: Decimal
    booked: Decimal


async def list_quote_sums(read: Read, client_ids: Sequence[UUID]) -> list[QuoteSum]:
    """What the quotes of these clients come to: drafts, cancelled and superseded versions aside."""
    return await read.list(
        QuoteSum,
        """
        select q.client_id, v.currency, count(*)::int as quotes, sum(v.total) as quoted,
               coalesce(sum(v.total) filter (where q.status in ('accepted', 'converted')), 0) as booked
        from quotes q join quote_values v on v.tenant_id = q.tenant_id and v.quote_id = q.id
        where q.tenant_id = %(tenant_id)s and q.client_id = any(%(ids)s)
          and q.status not in ('draft', 'cancelled', 'revised')
        group by q.client_id, v.currency
        """,
        {"tenant_id": read.ctx.tenant_uuid, "ids": list(client_ids)},
    )


@dataclass(frozen=True, slots=True)
class InvoiceSum:
    """One client's invoices in one currency."""

    client_id: UUID
    currency: str
    invoiced: Decimal
    paid: Decimal


async def list_invoice_sums(read: Read, client_ids: Sequence[UUID]) -> list[InvoiceSum]:
    """What the invoices of these clients come to: drafts and voided ones aside."""
    return await read.list(
        InvoiceSum,
        """
        select client_id, currency, sum(total) as invoiced, sum(paid) as paid
        from invoices
        where tenant_id = %(tenant_id)s and client_id = any(%(ids)s) and status not in ('draft', 'void')
        group by client_id, currency
        """,
        {"tenant_id": read.ctx.tenant_uuid, "ids": list(client_ids)},
    )


async def list_latest_trips(read: Read, client_ids: Sequence[UUID]) -> list[LatestTrip]:
    """For each of these clients the trip of the newest quote that is neither cancelled nor superseded."""
    return await read.list(
        LatestTrip,
        """
        select distinct on (q.client_id)
               q.client_id, q.id as quote_id, q.number, q.status, q.destination, q.check_in, q.check_out,
               v.total, v.currency
        from quotes q join quote_values v on v.tenant_id = q.tenant_id and v.quote_id = q.id
        where q.tenant_id = %(tenant_id)s and q.client_id = any(%(ids)s) and q.status not in ('cancelled', 'revised')
        order by q.client_id, q.created_at desc, q.id desc
        """,
        {"tenant_id": read.ctx.tenant_uuid, "ids": list(client_ids)},
    )


@dataclass(frozen=True, slots=True)
class StageRow:
    """The clients of one stage whose latest quote is in one currency, or who have none yet."""

    stage: str
    currency: str | None
    clients: int
    value: Decimal | None


async def list_stages(read: Read) -> list[StageRow]:
    """How many clients stand at each stage, and what the newest quote of each is worth, by currency."""
    return await read.list(
        StageRow,
        """
        with latest as (
          select distinct on (client_id) client_id, id
          from quotes where tenant_id = %(tenant_id)s and status not in ('draft', 'cancelled', 'revised')
          order by client_id, created_at desc, id desc
        )
        select c.stage, v.currency, count(*)::int as clients, sum(v.total) as value
        from clients c
        left join latest l on l.client_id = c.id
        left join quote_values v on v.tenant_id = c.tenant_id and v.quote_id = l.id
        where c.tenant_id = %(tenant_id)s
        group by c.stage, v.currency
        """,
        {"tenant_id": read.ctx.tenant_uuid},
    )
