"""Going on and signing out: refresh tokens, each of which works once."""

from uuid import UUID

from tembea.audit import record
from tembea.kernel.context import Context, Role
from tembea.kernel.db import Db, Tx
from tembea.kernel.errors import NotFound
from tembea.kernel.tokens import Claims, TokenSigner
from tembea.users import session_store, store
from tembea.users.model import SecretLink, SessionEnded, SignedInUser, find_link, new_link


def claims_of(user_id: UUID, name: str, role: Role, session_id: UUID, tenant_id: UUID, tenant: str) -> Claims:
    """An operator's token names no tenant, so that no tenant's row is ever in reach of it."""
    if role is Role.OPERATOR:
        return Claims(user_id, name, role, session_id, None, None)
    return Claims(user_id, name, role, session_id, tenant_id, tenant)


async def refresh(db: Db, ctx: Context, signer: TokenSigner, *, refresh_token: str) -> SignedInUser:
    """Exchange a refresh token for new tokens; raises `SessionEnded`.

    A token that was used before ends its session, and with it every token that came of it: of two who hold the same
    token one is a thief, and nobody knows which (RFC 9700, 4.14.2). That holds for two that come at the same moment,
    too: the row's lock lets one of them be first, and the other is a replay.
    """
    token = find_link(refresh_token)
    if token is None:
        raise SessionEnded
    async with db.tx(ctx.acting_for(token.tenant_id, "")) as tx:
        renewed = await _renew(tx, signer, token)
    # Raised outside the block: a revocation in there must be committed, not rolled back.
    if renewed is None:
        raise SessionEnded
    return renewed


async def _renew(tx: Tx, signer: TokenSigner, token: SecretLink) -> SignedInUser | None:
    session = await session_store.lock_session(tx, token.row_id)
    if session is None:
        return None
    slug = await store.find_tenant_slug(tx)
    if slug is None or not session.live or session.token_hash != token.hash:
        if await session_store.revoke_session(tx, session.id) and session.live and slug is not None:
            await record(tx, "session.replayed", subject_kind="user", subject_id=str(session.user_id))
        return None
    following = new_link(token.tenant_id, token.row_id)
    await session_store.rotate_session(tx, session.id, following.hash)
    user = await store.get_user(tx, session.user_id)
    role = Role(user.role)
    claims = claims_of(user.id, user.name, role, session.id, token.tenant_id, slug)
    return SignedInUser(user.id, user.email, user.name, role, claims.tenant, signer.sign(claims), str(following))


async def sign_out(db: Db, ctx: Context, *, refresh_token: str) -> None:
    """End the session of a refresh token; one that is unknown is no error."""
    token = find_link(refresh_token)
    if token is None:
        return
    async with db.tx(ctx.acting_for(token.tenant_id, "")) as tx:
        session = await session_store.lock_session(tx, token.row_id)
        if session is not None and session.token_hash == token.hash:
            await session_store.revoke_session(tx, session.id)


async def end_session(tx: Tx, user_id: UUID, session_id: UUID) -> None:
    """End one of a person's own sessions; raises `NotFound` for any other."""
    if not await session_store.revoke_session(tx, session_id, of_user=user_id):
        raise NotFound
    await record(tx, "session.ended", subject_kind="user", subject_id=str(user_id))
