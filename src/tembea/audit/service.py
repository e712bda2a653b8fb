"""Writing the audit trail, reading it, and forgetting people in it."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tembea.audit import store
from tembea.audit.model import Entry, StoredEntry, Values, seal, unseal
from tembea.audit.store import EntryFilter, NewEntry
from tembea.kernel.context import PLATFORM_TENANT_ID
from tembea.kernel.db import Read, Tx
from tembea.kernel.ids import new_id

SEARCHED_AT_ONCE = 20_000
"""Entries that one page looks through for words; the next page goes on behind them."""

_KEY_BYTES = 32


async def record(
    tx: Tx,
    action: str,
    *,
    subject_kind: str,
    subject_id: str,
    before: Values | None = None,
    after: Values | None = None,
    person_id: UUID | None = None,
) -> None:
    """Note a change in the transaction that makes it. `action` is a verb of the trade, such as "quote.sent".

    `person_id` is the client whose values `before` and `after` are, or what stands for somebody who is none: their
    enquiry, mail or suppression. They are then kept sealed. What an operator does outside of any agency is noted under
    the platform's own tenant.
    """
    entry_id = new_id()
    entry = NewEntry(entry_id, action, subject_kind, subject_id, before, after, person_id)
    if person_id is not None:
        key = await _key_of(tx, person_id)
        entry = NewEntry(
            entry_id, action, subject_kind, subject_id, person_id=person_id, sealed=seal(key, entry_id, before, after)
        )
    await store.insert_entry(tx, tenant_of(tx), entry)


async def note_access(tx: Tx, action: str, *, subject_kind: str, subject_id: str) -> None:
    """Note that somebody reads personal data, in the transaction that reads it: no trace, no answer.

    Once an hour for the same person, place and thing, so that a page that is looked at all day costs one row.
    """
    await store.insert_access(tx, tenant_of(tx), NewEntry(new_id(), action, subject_kind, subject_id))


async def forget_people(tx: Tx, person_ids: Sequence[UUID]) -> int:
    """Destroy the keys of these people: what the trail says about them stays, their own values are gone for good."""
    return await store.delete_keys(tx, person_ids)


async def list_entries(
    read: Read, wanted: EntryFilter, *, after: tuple[datetime, UUID] | None, limit: int
) -> tuple[list[Entry], tuple[datetime, UUID] | None]:
    """A page of the trail, newest first, and where the next one starts, if there is more to look through.

    A page that searches for words ends after `SEARCHED_AT_ONCE` entries, and may have few hits or none.
    """
    tenant_id = tenant_of(read)
    found = await store.list_entries(read, tenant_id, wanted, after, limit + 1, SEARCHED_AT_ONCE)
    following = (found[limit - 1].at, found[limit - 1].id) if len(found) > limit else None
    if following is None and wanted.q is not None:
        following = await store.find_end_of_search(read, tenant_id, wanted, after, SEARCHED_AT_ONCE)
    return await _opened(read, found[:limit]), following


def tenant_of(read: Read) -> UUID:
    """Under whose name the caller's trail stands."""
    return PLATFORM_TENANT_ID if read.ctx.is_platform else read.ctx.tenant_uuid


async def _opened(read: Read, stored: Sequence[StoredEntry]) -> list[Entry]:
    people = {one.person_id for one in stored if one.sealed is not None and one.person_id is not None}
    keys = {one.person_id: one.key for one in await store.list_keys(read, sorted(people))} if people else {}
    return [unseal(one, keys.get(one.person_id) if one.person_id else None) for one in stored]


async def _key_of(tx: Tx, person_id: UUID) -> bytes:
    """The person's key, made when it is first needed; of two transactions that make it at once, one's is kept."""
    return await store.ensure_key(tx, person_id, secrets.token_bytes(_KEY_BYTES))
