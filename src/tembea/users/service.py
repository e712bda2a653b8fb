"""Making accounts, and their passwords."""

from uuid import UUID

from tembea.audit import record
from tembea.kernel.context import PLATFORM_TENANT_ID, Context, Role, platform_context, system_context
from tembea.kernel.db import Db, Tx
from tembea.kernel.errors import NotFound
from tembea.kernel.ids import new_id
from tembea.kernel.passwords import hash_password
from tembea.providers.identity import IdentityProvider, KnownAccount
from tembea.tenants import Tenant
from tembea.users import session_store, store
from tembea.users.model import InvalidCredentials, check_password_strength

PLATFORM_SLUG = "platform"


async def create_user(
    tx: Tx, *, email: str, name: str, role: Role, password: str | None = None, phone: str = ""
) -> UUID:
    """Make an account in the tenant of `tx`, or give an existing one this password. Returns its id."""
    hashed = hash_password(password) if password else None
    user_id = new_id()
    if await store.insert_user(tx, user_id, email=email, name=name, role=role.value, password_hash=hashed, phone=phone):
        after = {"email": email, "role": role.value}
        await record(tx, "user.created", subject_kind="user", subject_id=str(user_id), after=after)
        return user_id
    existing = await store.find_user_by_email(tx, email)
    if existing is None:
        raise NotFound
    if hashed:
        await store.set_password(tx, existing.id, hashed)
    return existing.id


async def ensure_platform_tenant(db: Db) -> None:
    """Make the tenant row that operators and what they do belong to, where it is not there yet."""
    async with db.tx(platform_context()) as tx:
        await store.ensure_platform_tenant(tx, PLATFORM_TENANT_ID)


async def create_operator(db: Db, *, email: str, name: str, password: str) -> UUID:
    """Make an account of the platform itself, or give an existing one this password."""
    await ensure_platform_tenant(db)
    async with db.tx(system_context(PLATFORM_TENANT_ID, PLATFORM_SLUG)) as tx:
        return await create_user(tx, email=email, name=name, role=Role.OPERATOR, password=password)


async def ensure_people(tx: Tx, tenant: Tenant) -> None:
    """Make the accounts of the people whom the tenant's configuration names; existing ones stay as they are."""
    for person in tenant.config.consultants:
        await create_user(
            tx, email=person.email, name=person.name, role=Role(person.role), password=None, phone=person.phone
        )


async def change_password(
    db: Db, ctx: Context, identity: IdentityProvider, user_id: UUID, *, present: str, wanted: str, session_id: UUID
) -> None:
    """Give somebody another password; every session but `session_id` ends.

    Raises `InvalidCredentials` where `present` is wrong, and `WeakPassword`.
    """
    async with db.read(ctx) as read:
        user = await store.get_user(read, user_id)
        kept = await store.find_password_hash(read, user_id)
    check_password_strength(wanted, email=user.email)
    check = await identity.verify_password(KnownAccount(user.email, kept), present)
    if not check.right:
        raise InvalidCredentials
    keep = await identity.set_password(user.email, wanted)
    async with db.tx(ctx) as tx:
        await take_password(tx, user_id, keep, but=session_id)


async def take_password(tx: Tx, user_id: UUID, keep: str | None, *, but: UUID | None = None) -> None:
    """Store a new password and end the sessions of the one before, except `but`."""
    await store.set_password(tx, user_id, keep)
    await session_store.revoke_sessions_of(tx, user_id, but=but)
    await record(tx, "user.password_changed", subject_kind="user", subject_id=str(user_id))
