"""The questions asked of people and sessions."""

from datetime import datetime
from uuid import UUID

from tembea.kernel.db import Read, Tx
from tembea.users.model import Login, Session, User


async def find_logins(read: Read, email: str) -> list[Login]:
    """The active accounts behind an address, in every tenant; an anonymous context is enough."""
    return await read.list(
        Login,
        "select tenant_id, tenant, tenant_name, platform, user_id, email, name, role, password_hash"
        " from find_logins(%s::citext)",
        [email],
    )


async def get_user(read: Read, user_id: UUID) -> User:
    """A person of the tenant; raises `NotFound`."""
    return await read.get(
        User,
        "select id, email::text as email, name, role, phone, active from users where tenant_id = %s and id = %s",
        [read.ctx.tenant_uuid, user_id],
    )


async def find_user_by_email(read: Read, email: str) -> User | None:
    """A person of the tenant by address."""
    return await read.find(
        User,
        "select id, email::text as email, name, role, phone, active from users"
        " where tenant_id = %s and email = %s::citext",
        [read.ctx.tenant_uuid, email],
    )


async def find_consultant(read: Read) -> User | None:
    """Who looks after what nobody has taken yet: the longest-serving active consultant, else an administrator."""
    return await read.find(
        User,
        """
        select id, email::text as email, name, role, phone, active from users
        where tenant_id = %s and active and role in ('admin', 'consultant')
        order by (role = 'consultant') desc, created_at, id
        limit 1
        """,
        [read.ctx.tenant_uuid],
    )


async def insert_user(
    tx: Tx, user_id: UUID, *, email: str, name: str, role: str, password_hash: str | None, phone: str
) -> bool:
    """Add a person; false where the address exists in the tenant already, which then stays as it is."""
    added = await tx.execute(
        """
        insert into users (tenant_id, id, email, name, role, password_hash, phone) values (%s, %s, %s, %s, %s, %s, %s)
        on conflict (tenant_id, email) do nothing
        """,
        [tx.ctx.tenant_uuid, user_id, email, name, role, password_hash, phone or None],
    )
    return added > 0


async def set_password(tx: Tx, user_id: UUID, password_hash: str) -> None:
    """Replace a person's password."""
    await tx.execute(
        "update users set password_hash = %s, updated_at = now() where tenant_id = %s and id = %s",
        [password_hash, tx.ctx.tenant_uuid, user_id],
    )


async def insert_session(
    tx: Tx, session_id: UUID, *, user_id: UUID, token_hash: bytes, expires_at: datetime, user_agent: str
) -> None:
    """Start a session."""
    await tx.execute(
        "insert into sessions (tenant_id, id, user_id, token_hash, expires_at, user_agent)"
        " values (%s, %s, %s, %s, %s, %s)",
        [tx.ctx.tenant_uuid, session_id, user_id, token_hash, expires_at, user_agent[:300]],
    )


async def lock_session(tx: Tx, session_id: UUID) -> Session | None:
    """A session, locked until the end of the transaction; `live` says whether it may still be renewed."""
    return await tx.find(
        Session,
        """
        select s.id, s.user_id, s.token_hash, (s.revoked_at is null and s.expires_at > now() and u.active) as live
        from sessions s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
        where s.tenant_id = %s and s.id = %s
        for update of s
        """,
        [tx.ctx.tenant_uuid, session_id],
    )


async def rotate_session(tx: Tx, session_id: UUID, token_hash: bytes) -> None:
    """Give a session its next token."""
    await tx.execute(
        "update sessions set token_hash = %s, rotated_at = now() where tenant_id = %s and id = %s",
        [token_hash, tx.ctx.tenant_uuid, session_id],
    )


async def revoke_session(tx: Tx, session_id: UUID) -> None:
    """End a session for good."""
    await tx.execute(
        "update sessions set revoked_at = coalesce(revoked_at, now()) where tenant_id = %s and id = %s",
        [tx.ctx.tenant_uuid, session_id],
    )


async def find_tenant_slug(read: Read) -> str | None:
    """The slug of an active tenant; None for a suspended one."""
    return await read.value(str, "select slug from tenants where id = %s and status = 'active'", [read.ctx.tenant_uuid])


async def ensure_platform_tenant(tx: Tx, tenant_id: UUID) -> None:
    """The row under which the operators' accounts stand."""
    await tx.execute(
        "insert into tenants (id, slug, name, platform) values (%s, 'platform', 'Tembea', true) on conflict do nothing",
        [tenant_id],
    )
