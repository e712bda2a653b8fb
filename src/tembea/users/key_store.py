"""The questions asked of API keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tembea.kernel.db import Read, Tx


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as people see it; `hint` is its end, by which they tell it from others."""

    id: UUID
    name: str
    hint: str
    scopes: list[str]
    created_by: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownKey:
    """Whose key it is and what it may do, as the look-up before a tenant is known answers it."""

    tenant_id: UUID
    tenant: str
    key_id: UUID
    name: str
    scopes: list[str]


async def find_key(read: Read, key_hash: bytes) -> KnownKey | None:
    """A key that counts now; an anonymous context is enough."""
    return await read.find(KnownKey, "select tenant_id, tenant, key_id, name, scopes from find_api_key(%s)", [key_hash])


async def note_use(tx: Tx, key_id: UUID) -> None:
    """The key was used; written down once a minute at most."""
    await tx.execute(
        """
        update api_keys set last_used_at = now()
        where tenant_id = %s and id = %s and (last_used_at is null or last_used_at < now() - interval '1 minute')
        """,
        [tx.ctx.tenant_uuid, key_id],
    )


async def insert_key(
    tx: Tx,
    key_id: UUID,
    *,
    name: str,
    hint: str,
    key_hash: bytes,
    scopes: Sequence[str],
    expires_at: datetime | None,
) -> None:
    """Store a new key's hash."""
    await tx.execute(
        """
        insert into api_keys (tenant_id, id, name, hint, key_hash, scopes, created_by, expires_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [tx.ctx.tenant_uuid, key_id, name, hint, key_hash, list(scopes), tx.ctx.actor_name, expires_at],
    )


async def get_key(read: Read, key_id: UUID) -> ApiKey:
    """One key; raises `NotFound`."""
    return await read.get(
        ApiKey,
        """
        select id, name, hint, scopes, created_by, created_at, expires_at, last_used_at, revoked_at from api_keys
        where tenant_id = %s and id = %s
        """,
        [read.ctx.tenant_uuid, key_id],
    )


async def list_keys(read: Read, after: tuple[datetime, UUID] | None, limit: int) -> list[ApiKey]:
    """The agency's keys, newest first, revoked ones too."""
    made, key_id = after or (None, None)
    return await read.list(
        ApiKey,
        """
        select id, name, hint, scopes, created_by, created_at, expires_at, last_used_at, revoked_at from api_keys
        where tenant_id = %(tenant_id)s
          and (%(made)s::timestamptz is null or (created_at, id) < (%(made)s::timestamptz, %(key_id)s::uuid))
        order by created_at desc, id desc limit %(limit)s
        """,
        {"tenant_id": read.ctx.tenant_uuid, "made": made, "key_id": key_id, "limit": limit},
    )


async def count_open_keys(read: Read) -> int:
    """How many keys count now."""
    found = await read.value(
        int,
        "select count(*) from api_keys where tenant_id = %s and revoked_at is null",
        [read.ctx.tenant_uuid],
    )
    return found or 0


async def revoke_key(tx: Tx, key_id: UUID) -> bool:
    """End a key; false where it was ended before."""
    revoked = await tx.execute(
        "update api_keys set revoked_at = now() where tenant_id = %s and id = %s and revoked_at is null",
        [tx.ctx.tenant_uuid, key_id],
    )
    await tx.execute("select pg_notify('tembea_access_changed', %s)", [str(tx.ctx.tenant_uuid)])
    return revoked > 0
