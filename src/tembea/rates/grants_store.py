"""The questions asked of grants between agencies, by operators alone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tembea.kernel.db import Read, Tx


@dataclass(frozen=True, slots=True)
class RateGrant:
    """That one agency sells by another's rates; `revoked_at` is None while it does."""

    id: UUID
    source_id: UUID
    source: str
    grantee_id: UUID
    grantee: str
    granted_by: str
    granted_at: datetime
    revoked_at: datetime | None
    shown: str


@dataclass(frozen=True, slots=True)
class GrantedHotel:
    """A hotel that stands at an agency by a grant."""

    id: UUID
    name_key: str


async def list_grants(read: Read, *, limit: int = 500) -> list[RateGrant]:
    """Grants, active ones first."""
    return await read.list(
        RateGrant,
        """
        select g.id, g.source_id, s.slug as source, g.grantee_id, t.slug as grantee, g.granted_by, g.granted_at,
               g.revoked_at, g.shown
        from rate_grants g join tenants s on s.id = g.source_id join tenants t on t.id = g.grantee_id
        order by g.revoked_at is not null, g.granted_at desc, g.id limit %s
        """,
        [limit],
    )


async def lock_grant(tx: Tx, grant_id: UUID) -> bool:
    """Whether the grant is active; it is locked until the commit."""
    found = await tx.value(
        UUID, "select id from rate_grants where id = %s and revoked_at is null for update", [grant_id]
    )
    return found is not None


async def insert_grant(tx: Tx, grant_id: UUID, source_id: UUID, grantee_id: UUID, granted_by: str) -> bool:
    """Store a grant; False where the two have an active one."""
    added = await tx.execute(
        """
        insert into rate_grants (id, source_id, grantee_id, granted_by) values (%s, %s, %s, %s)
        on conflict (source_id, grantee_id) where revoked_at is null do nothing
        """,
        [grant_id, source_id, grantee_id, granted_by],
    )
    return added == 1


async def set_shown(tx: Tx, grant_id: UUID, shown: str) -> None:
    """Remember which versions the grantee has now."""
    await tx.execute("update rate_grants set shown = %s where id = %s", [shown, grant_id])


async def revoke_grant(tx: Tx, grant_id: UUID) -> None:
    """End the grant."""
    await tx.execute("update rate_grants set revoked_at = now(), shown = '' where id = %s", [grant_id])


async def name_live(read: Read) -> str:
    """A name for the agency's own live versions together: another one as soon as any of them is another."""
    found = await read.value(
        str,
        """
        select coalesce(md5(string_agg(c.id::text, ',' order by c.id)), '')
        from contracts c join hotels h on h.tenant_id = c.tenant_id and h.id = c.hotel_id
        where c.tenant_id = %s and c.status = 'live' and h.granted_from is null
        """,
        [read.ctx.tenant_uuid],
    )
    return found or ""


async def list_granted_hotels(read: Read, source: str) -> list[GrantedHotel]:
    """The hotels that stand here by a grant of `source`."""
    return await read.list(
        GrantedHotel,
        "select id, name_key from hotels where tenant_id = %s and granted_from = %s",
        [read.ctx.tenant_uuid, source],
    )


async def mark_granted(tx: Tx, hotel_ids: list[UUID], source: str | None) -> None:
    """Say of hotels that they stand here by a grant, or (None) no longer."""
    await tx.execute(
        "update hotels set granted_from = %s where tenant_id = %s and id = any(%s)",
        [source, tx.ctx.tenant_uuid, hotel_ids],
    )


async def list_foreign_keys(read: Read, name_keys: list[str], source: str) -> list[str]:
    """Which of these hotels the agency sells already, and not by a grant of `source`."""
    found = await read.rows(
        """
        select h.name_key from hotels h
        where h.tenant_id = %s and h.name_key = any(%s) and h.granted_from is distinct from %s
          and (h.granted_from is not null or exists (
            select from contracts c
            where c.tenant_id = h.tenant_id and c.hotel_id = h.id and c.status in ('live', 'draft')))
        """,
        [read.ctx.tenant_uuid, name_keys, source],
    )
    return [str(row["name_key"]) for row in found]
