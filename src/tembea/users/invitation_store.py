"""The questions asked of invitations and of links for a new password."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tembea.kernel.db import Read, Tx
from tembea.users.model import INVITATION_LIFETIME, RESET_LIFETIME


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody who was asked to join; `status` is open, accepted, revoked or expired."""

    id: UUID
    email: str
    name: str
    role: str
    invited_by: str
    created_at: datetime
    sent_at: datetime | None
    expires_at: datetime
    status: str


async def insert_invitation(tx: Tx, invitation_id: UUID, *, email: str, name: str, role: str) -> bool:
    """Ask somebody to join; false where an open invitation for the address is there already."""
    added = await tx.execute(
        """
        insert into invitations (tenant_id, id, email, name, role, invited_by, expires_at)
        values (%s, %s, %s, %s, %s, %s, now() + %s)
        on conflict (tenant_id, email) where accepted_at is null and revoked_at is null do nothing
        """,
        [tx.ctx.tenant_uuid, invitation_id, email, name, role, tx.ctx.actor_name, INVITATION_LIFETIME],
    )
    return added > 0


async def withdraw_expired(tx: Tx, email: str) -> None:
    """Make room for a new invitation where the one before was never answered."""
    await tx.execute(
        """
        update invitations set revoked_at = now()
        where tenant_id = %s and email = %s::citext and accepted_at is null and revoked_at is null
          and expires_at < now()
        """,
        [tx.ctx.tenant_uuid, email],
    )


async def get_invitation(read: Read, invitation_id: UUID) -> Invitation:
    """One invitation; raises `NotFound`."""
    return await read.get(
        Invitation,
        """
        select id, email::text as email, name, role, invited_by, created_at, sent_at, expires_at,
               case when accepted_at is not null then 'accepted' when revoked_at is not null then 'revoked'
                    when expires_at < now() then 'expired' else 'open' end as status
        from invitations where tenant_id = %s and id = %s
        """,
        [read.ctx.tenant_uuid, invitation_id],
    )


async def list_invitations(read: Read, after: tuple[datetime, UUID] | None, limit: int) -> list[Invitation]:
    """Everybody who was asked, newest first."""
    made, invitation_id = after or (None, None)
    return await read.list(
        Invitation,
        """
        select id, email::text as email, name, role, invited_by, created_at, sent_at, expires_at,
               case when accepted_at is not null then 'accepted' when revoked_at is not null then 'revoked'
                    when expires_at < now() then 'expired' else 'open' end as status
        from invitations
        where tenant_id = %(tenant_id)s
          and (%(made)s::timestamptz is null or (created_at, id) < (%(made)s::timestamptz, %(id)s::uuid))
        order by created_at desc, id desc limit %(limit)s
        """,
        {"tenant_id": read.ctx.tenant_uuid, "made": made, "id": invitation_id, "limit": limit},
    )


async def set_invitation_token(tx: Tx, invitation_id: UUID, token_hash: bytes) -> Invitation | None:
    """Give an open invitation a new link, which counts from now; the one before stops. None: it is not open."""
    changed = await tx.execute(
        """
        update invitations set token_hash = %s, sent_at = now(), expires_at = now() + %s
        where tenant_id = %s and id = %s and accepted_at is null and revoked_at is null
        """,
        [token_hash, INVITATION_LIFETIME, tx.ctx.tenant_uuid, invitation_id],
    )
    return await get_invitation(tx, invitation_id) if changed else None


async def revoke_invitation(tx: Tx, invitation_id: UUID) -> bool:
    """Withdraw an invitation; false where it was answered or withdrawn before."""
    revoked = await tx.execute(
        """
        update invitations set revoked_at = now(), token_hash = null
        where tenant_id = %s and id = %s and accepted_at is null and revoked_at is null
        """,
        [tx.ctx.tenant_uuid, invitation_id],
    )
    return revoked > 0


async def find_open_invitation(read: Read, invitation_id: UUID, token_hash: bytes) -> Invitation | None:
    """The invitation whose link this is, while it counts."""
    return await read.find(
        Invitation,
        """
        select id, email::text as email, name, role, invited_by, created_at, sent_at, expires_at, 'open' as status
        from invitations
        where tenant_id = %s and id = %s and token_hash = %s and accepted_at is null and revoked_at is null
          and expires_at > now()
        """,
        [read.ctx.tenant_uuid, invitation_id, token_hash],
    )


async def use_invitation(tx: Tx, invitation_id: UUID, token_hash: bytes) -> bool:
    """Use a link up; true for one of however many who come at once."""
    used = await tx.execute(
        """
        update invitations set accepted_at = now(), token_hash = null
        where tenant_id = %s and id = %s and token_hash = %s and accepted_at is null and revoked_at is null
          and expires_at > now()
        """,
        [tx.ctx.tenant_uuid, invitation_id, token_hash],
    )
    return used > 0


async def count_recent_resets(read: Read, user_id: UUID) -> int:
    """How many links for a new password somebody asked for within an hour."""
    found = await read.value(
        int,
        "select count(*) from password_resets"
        " where tenant_id = %s and user_id = %s and created_at > now() - interval '1 hour'",
        [read.ctx.tenant_uuid, user_id],
    )
    return found or 0


async def insert_reset(tx: Tx, reset_id: UUID, user_id: UUID) -> None:
    """Note that somebody forgot their password; the link is made when its mail is written."""
    await tx.execute(
        "insert into password_resets (tenant_id, id, user_id, expires_at) values (%s, %s, %s, now() + %s)",
        [tx.ctx.tenant_uuid, reset_id, user_id, RESET_LIFETIME],
    )


async def set_reset_token(tx: Tx, reset_id: UUID, token_hash: bytes) -> UUID | None:
    """Give a wish for a new password its link; whose it is, or None where it does not count any more."""
    return await tx.value(
        UUID,
        """
        update password_resets set token_hash = %s
        where tenant_id = %s and id = %s and used_at is null and expires_at > now() returning user_id
        """,
        [token_hash, tx.ctx.tenant_uuid, reset_id],
    )


async def find_open_reset(read: Read, reset_id: UUID, token_hash: bytes) -> UUID | None:
    """Whose link this is, while it counts and they may still come in."""
    return await read.value(
        UUID,
        """
        select r.user_id from password_resets r join users u on u.tenant_id = r.tenant_id and u.id = r.user_id
        where r.tenant_id = %s and r.id = %s and r.token_hash = %s and r.used_at is null and r.expires_at > now()
          and u.active
        """,
        [read.ctx.tenant_uuid, reset_id, token_hash],
    )


async def use_resets(tx: Tx, reset_id: UUID, user_id: UUID, token_hash: bytes) -> bool:
    """Use a link up, and every other one of the same person; true for one of however many who come at once."""
    used = await tx.execute(
        """
        update password_resets set used_at = now()
        where tenant_id = %s and id = %s and token_hash = %s and used_at is null and expires_at > now()
        """,
        [tx.ctx.tenant_uuid, reset_id, token_hash],
    )
    if used:
        await tx.execute(
            "update password_resets set used_at = now() where tenant_id = %s and user_id = %s and used_at is null",
            [tx.ctx.tenant_uuid, user_id],
        )
    return used > 0
