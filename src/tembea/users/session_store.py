"""The questions asked of sessions."""

from datetime import timedelta
from typing import Literal, cast
from uuid import UUID

from tembea.kernel.db import Read, Tx
from tembea.users.model import IDLE_LIFETIME, SESSION_LIFETIME, OpenSession, Session, Standing

Trust = Literal["address", "token"]
SEEN_HERE = timedelta(days=90)
"""How long an address that somebody signed in from counts as theirs."""


async def insert_session(
    tx: Tx, session_id: UUID, *, user_id: UUID, token_hash: bytes, user_agent: str, address: str
) -> None:
    """Start a session."""
    await tx.execute(
        """
        insert into sessions (tenant_id, id, user_id, token_hash, expires_at, user_agent, address)
        values (%s, %s, %s, %s, now() + %s, %s, %s)
        """,
        [tx.ctx.tenant_uuid, session_id, user_id, token_hash, SESSION_LIFETIME, user_agent[:300], address],
    )


async def lock_session(tx: Tx, session_id: UUID) -> Session | None:
    """A session, locked until the end of the transaction; `live` says whether it may still be renewed."""
    return await tx.find(
        Session,
        """
        select s.id, s.user_id, s.token_hash,
               (s.revoked_at is null and s.expires_at > now() and s.rotated_at > now() - %s and u.active) as live
        from sessions s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
        where s.tenant_id = %s and s.id = %s
        for update of s
        """,
        [IDLE_LIFETIME, tx.ctx.tenant_uuid, session_id],
    )


async def rotate_session(tx: Tx, session_id: UUID, token_hash: bytes) -> None:
    """Give a session its next token."""
    await tx.execute(
        "update sessions set token_hash = %s, rotated_at = now() where tenant_id = %s and id = %s",
        [token_hash, tx.ctx.tenant_uuid, session_id],
    )


async def revoke_session(tx: Tx, session_id: UUID, *, of_user: UUID | None = None) -> bool:
    """End a session for good; false where it was over already, or is not `of_user`'s."""
    ended = await tx.execute(
        """
        update sessions set revoked_at = now()
        where tenant_id = %(tenant_id)s and id = %(id)s and revoked_at is null
          and user_id = coalesce(%(user_id)s, user_id)
        """,
        {"tenant_id": tx.ctx.tenant_uuid, "id": session_id, "user_id": of_user},
    )
    await note_access_changed(tx)
    return ended > 0


async def revoke_sessions_of(tx: Tx, user_id: UUID, *, but: UUID | None = None) -> int:
    """End all sessions of a person, except `but`; how many that were."""
    ended = await tx.execute(
        """
        update sessions set revoked_at = now()
        where tenant_id = %s and user_id = %s and revoked_at is null and id is distinct from %s
        """,
        [tx.ctx.tenant_uuid, user_id, but],
    )
    await note_access_changed(tx)
    return ended


async def list_sessions(read: Read, user_id: UUID) -> list[OpenSession]:
    """A person's sessions that can still be renewed, the last used first; the hundred newest."""
    return await read.list(
        OpenSession,
        """
        select id, user_agent, address, created_at, rotated_at, expires_at from sessions
        where tenant_id = %s and user_id = %s and revoked_at is null and expires_at > now()
          and rotated_at > now() - %s
        order by rotated_at desc, id desc limit 100
        """,
        [read.ctx.tenant_uuid, user_id, IDLE_LIFETIME],
    )


async def find_standing(read: Read, session_id: UUID) -> Standing | None:
    """How things stand with a session: its person's name and role as they are now, and whether all is in order."""
    return await read.find(
        Standing,
        """
        select u.id as user_id, u.name, u.role,
               (s.revoked_at is null and s.expires_at > now() and u.active and t.status = 'active') as live,
               (t.settings #>> '{security,require_second_factor}' is not distinct from 'true' and not exists (
                  select from second_factors f
                  where f.tenant_id = u.tenant_id and f.user_id = u.id and f.confirmed_at is not null)) as must_enrol
        from sessions s
        join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
        join tenants t on t.id = s.tenant_id
        where s.tenant_id = %s and s.id = %s
        """,
        [read.ctx.tenant_uuid, session_id],
    )


async def find_trust(
    read: Read, user_id: UUID, *, address: str, session_id: UUID | None, token_hash: bytes
) -> Trust | None:
    """What speaks for it that this is the person: the token that their session had last, or where they come from."""
    found = await read.value(
        str,
        """
        select case when id = %(session_id)s and token_hash = %(token_hash)s then 'token' else 'address' end as trust
        from sessions where tenant_id = %(tenant_id)s and user_id = %(user_id)s
          and ((address = %(address)s and created_at > now() - %(seen_here)s)
            or (id = %(session_id)s and token_hash = %(token_hash)s))
        order by trust desc limit 1
        """,
        {
            "tenant_id": read.ctx.tenant_uuid,
            "user_id": user_id,
            "address": address,
            "seen_here": SEEN_HERE,
            "session_id": session_id,
            "token_hash": token_hash,
        },
    )
    return cast("Trust | None", found)


async def note_access_changed(tx: Tx) -> None:
    """Tell every process, with the commit, that somebody of this tenant may do less now."""
    await tx.execute("select pg_notify('tembea_access_changed', %s)", [str(tx.ctx.tenant_uuid)])
