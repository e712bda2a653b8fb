"""The questions asked of people."""

from datetime import datetime
from typing import cast
from uuid import UUID

from tembea.kernel.db import Read, Tx
from tembea.users.model import Login, Member, User


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


async def set_password(tx: Tx, user_id: UUID, password_hash: str | None) -> None:
    """Replace a person's password."""
    await tx.execute(
        "update users set password_hash = %s, password_changed_at = now(), updated_at = now()"
        " where tenant_id = %s and id = %s",
        [password_hash, tx.ctx.tenant_uuid, user_id],
    )


async def renew_password_hash(tx: Tx, user_id: UUID, old: str, new: str) -> None:
    """Store the same password under another hash, unless it was changed meanwhile."""
    await tx.execute(
        "update users set password_hash = %s where tenant_id = %s and id = %s and password_hash = %s",
        [new, tx.ctx.tenant_uuid, user_id, old],
    )


async def find_password_hash(read: Read, user_id: UUID) -> str | None:
    """What the identity provider keeps of a person's password."""
    return await read.value(
        str, "select password_hash from users where tenant_id = %s and id = %s", [read.ctx.tenant_uuid, user_id]
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


async def list_users(read: Read, after: tuple[datetime, UUID] | None, limit: int) -> list[Member]:
    """The people of the agency, who was here first coming first; those who left too."""
    since, user_id = after or (None, None)
    return await read.list(
        Member,
        """
        select u.id, u.email::text as email, u.name, u.role, u.phone, u.active, u.created_at,
               u.password_hash is not null as can_sign_in,
               exists (select from second_factors f where f.tenant_id = u.tenant_id and f.user_id = u.id
                       and f.confirmed_at is not null) as second_factor,
               (select max(s.rotated_at) from sessions s
                where s.tenant_id = u.tenant_id and s.user_id = u.id) as last_seen_at
        from users u
        where u.tenant_id = %(tenant_id)s
          and (%(since)s::timestamptz is null or (u.created_at, u.id) > (%(since)s::timestamptz, %(id)s::uuid))
        order by u.created_at, u.id limit %(limit)s
        """,
        {"tenant_id": read.ctx.tenant_uuid, "since": since, "id": user_id, "limit": limit},
    )


async def get_member(read: Read, user_id: UUID) -> Member:
    """One person of the agency; raises `NotFound`."""
    return await read.get(
        Member,
        """
        select u.id, u.email::text as email, u.name, u.role, u.phone, u.active, u.created_at,
               u.password_hash is not null as can_sign_in,
               exists (select from second_factors f where f.tenant_id = u.tenant_id and f.user_id = u.id
                       and f.confirmed_at is not null) as second_factor,
               (select max(s.rotated_at) from sessions s
                where s.tenant_id = u.tenant_id and s.user_id = u.id) as last_seen_at
        from users u where u.tenant_id = %s and u.id = %s
        """,
        [read.ctx.tenant_uuid, user_id],
    )


async def lock_administrators(tx: Tx) -> list[UUID]:
    """The active administrators, in one order, locked until the commit."""
    rows = await tx.rows(
        "select id from users where tenant_id = %s and role = 'admin' and active order by id for update",
        [tx.ctx.tenant_uuid],
    )
    return [cast("UUID", row["id"]) for row in rows]


async def update_user(tx: Tx, user_id: UUID, *, name: str | None, phone: str | None, role: str | None) -> None:
    """Change what is given; an empty phone number is none."""
    await tx.execute(
        """
        update users set name = coalesce(%(name)s, name), role = coalesce(%(role)s, role),
          phone = case when %(phone)s::text is null then phone else nullif(%(phone)s, '') end, updated_at = now()
        where tenant_id = %(tenant_id)s and id = %(id)s
        """,
        {"name": name, "role": role, "phone": phone, "tenant_id": tx.ctx.tenant_uuid, "id": user_id},
    )


async def set_active(tx: Tx, user_id: UUID, *, active: bool) -> None:
    """Whether somebody may sign in."""
    await tx.execute(
        "update users set active = %s, updated_at = now() where tenant_id = %s and id = %s",
        [active, tx.ctx.tenant_uuid, user_id],
    )


async def take_over_account(tx: Tx, *, email: str, name: str, role: str, password_hash: str) -> UUID | None:
    """Give an account that never had a password to whoever was invited; None where it has one."""
    return await tx.value(
        UUID,
        """
        update users set name = %s, role = %s, password_hash = %s, updated_at = now()
        where tenant_id = %s and email = %s::citext and password_hash is null and active returning id
        """,
        [name, role, password_hash, tx.ctx.tenant_uuid, email],
    )
