"""Keys with which an agency's own programs call: `tmb_`, 43 random characters, and a checksum.

256 random bits in base 62, of which only the SHA-256 is stored; the last six characters are a CRC-32 of the rest, so
that a key that was copied badly is refused without a look into the database, and scanners of source code can tell a
real one. What a key may do is its scopes, inside its tenant.
"""

import hashlib
import secrets
import string
import zlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tembea.audit import record
from tembea.kernel.access import Scope
from tembea.kernel.db import Tx
from tembea.kernel.errors import Conflict, NotFound
from tembea.kernel.ids import new_id
from tembea.users import key_store
from tembea.users.key_store import ApiKey

KEY_PREFIX = "tmb_"
KEYS_MAX = 100
"""Keys in use in one agency."""

_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_RANDOM, _CHECKSUM = 43, 6


class TooManyKeys(Conflict):
    """The agency has as many keys as it may."""

    code = "too_many_keys"

    def __init__(self) -> None:
        super().__init__(f"An agency may have {KEYS_MAX} keys. Revoke one that is not used any more.")


def new_key() -> str:
    """A fresh key."""
    body = KEY_PREFIX + "".join(secrets.choice(_BASE62) for _ in range(_RANDOM))
    return body + _checksum(body)


def is_well_formed(key: str) -> bool:
    """Whether this can be a key at all."""
    body, checksum = key[:-_CHECKSUM], key[-_CHECKSUM:]
    return (
        len(key) == len(KEY_PREFIX) + _RANDOM + _CHECKSUM
        and body.startswith(KEY_PREFIX)
        and all(char in _BASE62 for char in body[len(KEY_PREFIX) :])
        and checksum == _checksum(body)
    )


def key_hash(key: str) -> bytes:
    """What is stored of a key."""
    return hashlib.sha256(key.encode()).digest()


async def make_key(tx: Tx, *, name: str, scopes: Sequence[Scope], expires_at: datetime | None) -> tuple[ApiKey, str]:
    """Make a key; the second value is the key itself, which nobody can show again. Raises `TooManyKeys`."""
    if await key_store.count_open_keys(tx) >= KEYS_MAX:
        raise TooManyKeys
    key, key_id = new_key(), new_id()
    wanted = sorted({scope.value for scope in scopes})
    await key_store.insert_key(
        tx, key_id, name=name, hint=key[-4:], key_hash=key_hash(key), scopes=wanted, expires_at=expires_at
    )
    after = {"name": name, "scopes": wanted}
    await record(tx, "api_key.created", subject_kind="api_key", subject_id=str(key_id), after=after)
    return await key_store.get_key(tx, key_id), key


async def revoke_key(tx: Tx, key_id: UUID) -> None:
    """End a key for good, everywhere within seconds; raises `NotFound`. Once more is no error."""
    key = await key_store.get_key(tx, key_id)
    if key.revoked_at is None:
        if not await key_store.revoke_key(tx, key_id):
            raise NotFound
        await record(tx, "api_key.revoked", subject_kind="api_key", subject_id=str(key_id), after={"name": key.name})


def _checksum(body: str) -> str:
    rest, digits = zlib.crc32(body.encode()), ""
    for _ in range(_CHECKSUM):
        rest, digit = divmod(rest, len(_BASE62))
        digits = _BASE62[digit] + digits
    return digits
