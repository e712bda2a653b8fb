"""Signing in, going on, signing out; and making accounts."""

from datetime import UTC, datetime
from uuid import UUID

from tembea.audit import record
from tembea.kernel.context import PLATFORM_TENANT_ID, Context, Role, platform_context, system_context
from tembea.kernel.db import Db, Tx
from tembea.kernel.ids import new_id
from tembea.kernel.passwords import hash_password, verify_password
from tembea.kernel.tokens import Claims, TokenSigner
from tembea.tenants import Tenant
from tembea.users import store
from tembea.users.model import (
    SESSION_LIFETIME,
    InvalidCredentials,
    Login,
    RefreshToken,
    SessionEnded,
    SignedInUser,
    TenantRequired,
    new_refresh_token,
    parse_refresh_token,
)

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
        raise SessionEnded
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


async def sign_in(
    db: Db, ctx: Context, signer: TokenSigner, *, email: str, password: str, tenant: str | None, user_agent: str
) -> SignedInUser:
    """Check the password and start a session; raises `InvalidCredentials` or `TenantRequired`.

    `ctx` is anonymous: which tenants know the address is a look-up, and nothing else is read before the password fits.
    """
    async with db.read(ctx) as read:
        logins = await store.find_logins(read, email)
    candidates = [login for login in logins if tenant is None or login.tenant == tenant]
    matching = [login for login in candidates if await verify_password(password, login.password_hash)]
    if not candidates:
        await verify_password(password, None)
    if not matching:
        raise InvalidCredentials
    if len(matching) > 1:
        raise TenantRequired([(login.tenant, login.tenant_name) for login in matching])
    return await _start_session(db, ctx, signer, matching[0], user_agent)


async def _start_session(db: Db, ctx: Context, signer: TokenSigner, login: Login, user_agent: str) -> SignedInUser:
    token = new_refresh_token(login.tenant_id, new_id())
    async with db.tx(ctx.acting_for(login.tenant_id, login.tenant)) as tx:
        await store.insert_session(
            tx,
            token.session_id,
            user_id=login.user_id,
            token_hash=token.hash,
            expires_at=datetime.now(UTC) + SESSION_LIFETIME,
            user_agent=user_agent,
        )
    role = Role(login.role)
    claims = _claims(login.user_id, login.name, role, token.session_id, login.tenant_id, login.tenant)
    return SignedInUser(login.user_id, login.email, login.name, role, claims.tenant, signer.sign(claims), str(token))


def _claims(user_id: UUID, name: str, role: Role, session_id: UUID, tenant_id: UUID, tenant: str) -> Claims:
    """An operator's token names no tenant, so that no tenant's row is ever in reach of it."""
    if role is Role.OPERATOR:
        return Claims(user_id, name, role, session_id, None, None)
    return Claims(user_id, name, role, session_id, tenant_id, tenant)


async def refresh(db: Db, ctx: Context, signer: TokenSigner, *, refresh_token: str) -> SignedInUser:
    """Exchange a refresh token for new tokens; raises `SessionEnded`. A token that was used before ends its session."""
    token = parse_refresh_token(refresh_token)
    async with db.tx(ctx.acting_for(token.tenant_id, "")) as tx:
        renewed = await _renew(tx, signer, token)
    # Raised outside the block: a revocation in there must be committed, not rolled back.
    if renewed is None:
        raise SessionEnded
    return renewed


async def _renew(tx: Tx, signer: TokenSigner, token: RefreshToken) -> SignedInUser | None:
    session = await store.lock_session(tx, token.session_id)
    if session is None:
        return None
    slug = await store.find_tenant_slug(tx)
    if slug is None or not session.live or session.token_hash != token.hash:
        await store.revoke_session(tx, session.id)
        return None
    following = new_refresh_token(token.tenant_id, token.session_id)
    await store.rotate_session(tx, session.id, following.hash)
    user = await store.get_user(tx, session.user_id)
    role = Role(user.role)
    claims = _claims(user.id, user.name, role, session.id, token.tenant_id, slug)
    return SignedInUser(user.id, user.email, user.name, role, claims.tenant, signer.sign(claims), str(following))


async def sign_out(db: Db, ctx: Context, *, refresh_token: str) -> None:
    """End the session of a refresh token; one that is unknown is no error."""
    try:
        token = parse_refresh_token(refresh_token)
    except SessionEnded:
        return
    async with db.tx(ctx.acting_for(token.tenant_id, "")) as tx:
        session = await store.lock_session(tx, token.session_id)
        if session is not None and session.token_hash == token.hash:
            await store.revoke_session(tx, session.id)
