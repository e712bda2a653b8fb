"""An entry of the audit trail."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from tembea.kernel.secret_box import SecretBox

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as stored; `sealed` holds `before` and `after` where they are a person's own."""

    id: UUID
    at: datetime
    actor_id: UUID | None
    actor_name: str
    action: str
    access: bool
    subject_kind: str
    subject_id: str
    before: Values | None
    after: Values | None
    person_id: UUID | None
    sealed: str | None
    address: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is read. `forgotten`: it had values of a person whose key is destroyed."""

    stored: StoredEntry
    before: Values | None
    after: Values | None
    forgotten: bool = False


def seal(key: bytes, entry_id: UUID, before: Values | None, after: Values | None) -> str | None:
    """Both sides of a change under a person's key, bound to their entry; None where there is nothing to seal."""
    if before is None and after is None:
        return None
    return SecretBox(key).seal(json.dumps([before, after]), owner=str(entry_id))


def unseal(stored: StoredEntry, key: bytes | None) -> Entry:
    """The entry with its values, as far as the key of its person is still there."""
    if stored.sealed is None:
        return Entry(stored, stored.before, stored.after)
    opened = None if key is None else SecretBox(key).open(stored.sealed, owner=str(stored.id))
    if opened is None:
        return Entry(stored, None, None, forgotten=True)
    before, after = cast("tuple[Values | None, Values | None]", json.loads(opened))
    return Entry(stored, before, after)
