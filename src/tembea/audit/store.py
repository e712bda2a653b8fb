"""The audit trail's rows: added to and read, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from tembea.audit.model import StoredEntry, Values
from tembea.kernel.db import Read, Tx


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be noted; whose doing it is stands in the context."""

    id: UUID
    action: str
    subject_kind: str
    subject_id: str
    before: Values | None = None
    after: Values | None = None
    person_id: UUID | None = None
    sealed: str | None = None


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries. `action` is a whole one or what stands before its dot; `actor` and `q` are parts of words."""

    q: str | None = None
    actor: str | None = None
    action: str | None = None
    kind: Literal["change", "access"] | None = None
    subject_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PersonalKey:
    """The key that a person's values in the trail are sealed with."""

    person_id: UUID
    key: bytes


async def insert_entry(tx: Tx, tenant_id: UUID, entry: NewEntry) -> None:
    """Add an entry about a change."""
    await tx.execute(_INSERT, _params(tx, tenant_id, entry, access=False))


async def insert_access(tx: Tx, tenant_id: UUID, entry: NewEntry) -> None:
    """Add an entry about a reading, unless the same one was added within the last hour."""
    await tx.execute(_INSERT, _params(tx, tenant_id, entry, access=True))


def _params(tx: Tx, tenant_id: UUID, entry: NewEntry, *, access: bool) -> dict[str, object]:
    return {
        "tenant_id": tenant_id,
        "id": entry.id,
        "actor_id": tx.ctx.actor_id,
        "actor_name": tx.ctx.actor_name,
        "action": entry.action,
        "access": access,
        "subject_kind": entry.subject_kind,
        "subject_id": entry.subject_id,
        "before": None if entry.before is None else Jsonb(dict(entry.before)),
        "after": None if entry.after is None else Jsonb(dict(entry.after)),
        "person_id": entry.person_id,
        "sealed": entry.sealed,
        "address": tx.ctx.address,
        "request_id": tx.ctx.request_id,
    }


async def list_entries(
    read: Read, tenant_id: UUID, wanted: EntryFilter, after: tuple[datetime, UUID] | None, limit: int, searched: int
) -> list[StoredEntry]:
    """Entries, newest first; words are looked for in the first `searched` that the other filters let through."""
    looked_through = limit if wanted.q is None else searched
    params = _list_params(tenant_id, wanted, after) | {"looked_through": looked_through, "skipped": 0, "limit": limit}
    return await read.list(StoredEntry, _LIST, params)


async def find_end_of_search(
    read: Read, tenant_id: UUID, wanted: EntryFilter, after: tuple[datetime, UUID] | None, searched: int
) -> tuple[datetime, UUID] | None:
    """The last entry that a search looked through; None where it came to the end of the trail."""
    without_words = _list_params(tenant_id, replace(wanted, q=None), after)
    params = without_words | {"looked_through": searched, "skipped": searched - 1, "limit": 1}
    found = await read.find(StoredEntry, _LIST, params)
    return found and (found.at, found.id)


def _list_params(tenant_id: UUID, wanted: EntryFilter, after: tuple[datetime, UUID] | None) -> dict[str, object]:
    return {
        "tenant_id": tenant_id,
        "q": wanted.q,
        "actor": wanted.actor,
        "action": wanted.action,
        "access": None if wanted.kind is None else wanted.kind == "access",
        "subject_id": wanted.subject_id,
        "since": wanted.since,
        "until": wanted.until,
        "after_at": after and after[0],
        "after_id": after and after[1],
    }


async def list_keys(read: Read, person_ids: Sequence[UUID]) -> list[PersonalKey]:
    """The keys of these people, as far as they have any."""
    query = "select person_id, key from personal_keys where tenant_id = %s and person_id = any(%s)"
    return await read.list(PersonalKey, query, [read.ctx.tenant_uuid, list(person_ids)])


async def ensure_key(tx: Tx, person_id: UUID, fresh: bytes) -> bytes:
    """The person's key; `fresh` becomes it where there is none."""
    params = {"tenant_id": tx.ctx.tenant_uuid, "person_id": person_id, "key": fresh}
    kept = await tx.value(bytes, _ENSURE_KEY, params)
    # Empty where another transaction made it between the two halves: it shows to the next statement.
    return kept or await tx.value(bytes, _ENSURE_KEY, params) or fresh


async def delete_keys(tx: Tx, person_ids: Sequence[UUID]) -> int:
    """Destroy the keys of these people; how many there were."""
    query = "delete from personal_keys where tenant_id = %s and person_id = any(%s)"
    return await tx.execute(query, [tx.ctx.tenant_uuid, list(person_ids)])


_INSERT: LiteralString = """
    insert into audit_entries (tenant_id, id, actor_id, actor_name, action, access, subject_kind, subject_id, before,
                               after, person_id, sealed, address, request_id)
    select %(tenant_id)s::uuid, %(id)s::uuid, %(actor_id)s::uuid, %(actor_name)s, %(action)s, %(access)s::boolean,
           %(subject_kind)s, %(subject_id)s, %(before)s::jsonb, %(after)s::jsonb, %(person_id)s::uuid,
           %(sealed)s::text, %(address)s, %(request_id)s
    where not (%(access)s::boolean and exists (
      select from audit_entries
      where tenant_id = %(tenant_id)s::uuid and access and subject_id = %(subject_id)s
        and at > now() - interval '1 hour' and action = %(action)s and address = %(address)s
        and actor_id is not distinct from %(actor_id)s::uuid and actor_name = %(actor_name)s
    ))
"""
_ENSURE_KEY: LiteralString = """
    with known as (
      select key from personal_keys where tenant_id = %(tenant_id)s and person_id = %(person_id)s
    ), made as (
      insert into personal_keys (tenant_id, person_id, key)
      select %(tenant_id)s, %(person_id)s, %(key)s where not exists (select from known)
      on conflict do nothing
      returning key
    )
    select key from known union all select key from made
"""
# Words are compared by position(), in which no character has a meaning of its own.
_LIST: LiteralString = """
    with looked_through as (
      select * from audit_entries
      where tenant_id = %(tenant_id)s
        and (%(actor)s::text is null or position(lower(%(actor)s) in lower(actor_name)) > 0)
        and (%(action)s::text is null or action = %(action)s or starts_with(action, %(action)s || '.'))
        and (%(access)s::boolean is null or access = %(access)s)
        and (%(subject_id)s::text is null or subject_id = %(subject_id)s)
        and (%(since)s::timestamptz is null or at >= %(since)s)
        and (%(until)s::timestamptz is null or at < %(until)s)
        and (%(after_at)s::timestamptz is null or (at, id) < (%(after_at)s, %(after_id)s::uuid))
      order by at desc, id desc
      limit %(looked_through)s
    )
    select id, at, actor_id, actor_name, action, access, subject_kind, subject_id, before, after, person_id, sealed,
           address, request_id
    from looked_through
    where %(q)s::text is null or position(
      lower(%(q)s) in
      lower(concat_ws(' ', actor_name, action, subject_kind, subject_id, address, request_id, before, after))
    ) > 0
    order by at desc, id desc
    offset %(skipped)s limit %(limit)s
"""
