"""Who belongs to an agency: invitations, roles, leaving, and new passwords by mail.

The secret of a mailed link is made when its mail is written, in the same transaction, and stands nowhere but in the
mail. Whoever writes mails lies above this feature, so that a wish for one travels up as a job.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from tembea.audit import record
from tembea.kernel.context import Context, Role
from tembea.kernel.db import Db, Tx
from tembea.kernel.errors import Conflict
from tembea.kernel.ids import new_id
from tembea.kernel.jobs import enqueue
from tembea.providers.identity import IdentityProvider
from tembea.users import invitation_store, session_store, store
from tembea.users.invitation_store import Invitation
from tembea.users.model import LinkClosed, User, check_password_strength, new_link, parse_link
from tembea.users.service import take_password

INVITED_JOB = "users.invited"
PASSWORD_FORGOTTEN_JOB = "users.password_forgotten"  # noqa: S105 - the name of a job
RESETS_AN_HOUR = 3
"""Mails about a new password that one account gets within an hour, whoever asks for them."""


class AlreadyMember(Conflict):
    """The address has an account in the agency."""

    code = "already_member"
    title = "This person is here already"


class AlreadyInvited(Conflict):
    """The address has an open invitation."""

    code = "already_invited"
    title = "This person is invited already"


class LastAdministrator(Conflict):
    """Nobody could look after the agency any more."""

    code = "last_administrator"
    title = "Your agency needs an administrator"

    def __init__(self) -> None:
        super().__init__("This is the last administrator. Make somebody else one first.")


@dataclass(frozen=True, slots=True)
class MailedLink:
    """Where a mail goes, and the token in its link."""

    email: str
    name: str
    token: str
    invited_by: str = ""


async def invite(tx: Tx, *, email: str, name: str, role: Role) -> Invitation:
    """Ask somebody to join; raises `AlreadyMember` or `AlreadyInvited`."""
    member = await store.find_user_by_email(tx, email)
    if member is not None and (not member.active or await store.find_password_hash(tx, member.id) is not None):
        raise AlreadyMember("There is an account with this address. Look for it under Users and roles.")
    await invitation_store.withdraw_expired(tx, email)
    invitation_id = new_id()
    if not await invitation_store.insert_invitation(tx, invitation_id, email=email, name=name, role=role.value):
        raise AlreadyInvited("An invitation to this address is open. Send it again, or withdraw it first.")
    after = {"email": email, "role": role.value}
    await record(tx, "user.invited", subject_kind="invitation", subject_id=str(invitation_id), after=after)
    await enqueue(tx, INVITED_JOB, invitation_id=str(invitation_id))
    return await invitation_store.get_invitation(tx, invitation_id)


async def resend_invitation(tx: Tx, invitation_id: UUID) -> Invitation:
    """Send it once more, with a new link; raises `NotFound`, or `LinkClosed` where it was answered or withdrawn."""
    invitation = await invitation_store.get_invitation(tx, invitation_id)
    if invitation.status not in ("open", "expired"):
        raise LinkClosed
    await enqueue(tx, INVITED_JOB, invitation_id=str(invitation_id))
    return invitation


async def revoke_invitation(tx: Tx, invitation_id: UUID) -> None:
    """Withdraw it; raises `NotFound`, or `LinkClosed` where it was accepted. Once more is no error."""
    invitation = await invitation_store.get_invitation(tx, invitation_id)
    if invitation.status == "accepted":
        raise LinkClosed
    if await invitation_store.revoke_invitation(tx, invitation_id):
        await record(tx, "invitation.revoked", subject_kind="invitation", subject_id=str(invitation_id))


async def accept_invitation(
    db: Db, ctx: Context, identity: IdentityProvider, *, token: str, name: str, password: str
) -> User:
    """Make the account that an invitation is for; raises `LinkClosed` or `WeakPassword`.

    Of however many who come with one link at once, one gets the account.
    """
    link = parse_link(token)
    own = ctx.acting_for(link.tenant_id, "")
    async with db.read(own) as read:
        invitation = await invitation_store.find_open_invitation(read, link.row_id, link.hash)
        if invitation is None or await store.find_tenant_slug(read) is None:
            raise LinkClosed
    check_password_strength(password, email=invitation.email)
    keep = await identity.set_password(invitation.email, password)
    async with db.tx(replace(own, actor_name=name)) as tx:
        if not await invitation_store.use_invitation(tx, link.row_id, link.hash):
            raise LinkClosed
        return await _join(tx, invitation, name, keep)


async def _join(tx: Tx, invitation: Invitation, name: str, keep: str | None) -> User:
    """The account, new or made before without a password by the agency's file."""
    email, role = invitation.email, invitation.role
    user_id = new_id()
    if not await store.insert_user(tx, user_id, email=email, name=name, role=role, password_hash=keep, phone=""):
        joined = await store.take_over_account(tx, email=email, name=name, role=role, password_hash=keep or "")
        if joined is None:
            raise LinkClosed
        user_id = joined
    after = {"email": email, "role": role}
    await record(tx, "user.joined", subject_kind="user", subject_id=str(user_id), after=after)
    return await store.get_user(tx, user_id)


async def write_invitation(tx: Tx, invitation_id: UUID) -> MailedLink | None:
    """A new link for an open invitation, for its mail; None where there is nothing to send any more."""
    link = new_link(tx.ctx.tenant_uuid, invitation_id)
    invitation = await invitation_store.set_invitation_token(tx, invitation_id, link.hash)
    return invitation and MailedLink(invitation.email, invitation.name, str(link), invitation.invited_by)


async def password_forgotten(db: Db, ctx: Context, email: str) -> None:
    """Promise a mail with a link to every account behind an address; nothing is said about whether there are any."""
    async with db.read(ctx) as read:
        logins = await store.find_logins(read, email)
    for login in logins:
        if login.platform:  # operators have no agency that could write to them; the command line gives passwords
            continue
        async with db.tx(ctx.acting_for(login.tenant_id, login.tenant)) as tx:
            if await invitation_store.count_recent_resets(tx, login.user_id) < RESETS_AN_HOUR:
                reset_id = new_id()
                await invitation_store.insert_reset(tx, reset_id, login.user_id)
                await enqueue(tx, PASSWORD_FORGOTTEN_JOB, reset_id=str(reset_id))


async def write_reset(tx: Tx, reset_id: UUID) -> MailedLink | None:
    """The link for a new password, for its mail; None where it does not count any more."""
    link = new_link(tx.ctx.tenant_uuid, reset_id)
    user_id = await invitation_store.set_reset_token(tx, reset_id, link.hash)
    if user_id is None:
        return None
    user = await store.get_user(tx, user_id)
    return MailedLink(user.email, user.name, str(link))


async def reset_password(db: Db, ctx: Context, identity: IdentityProvider, *, token: str, password: str) -> None:
    """Give an account the password that its owner chose by a mailed link; raises `LinkClosed` or `WeakPassword`."""
    link = parse_link(token)
    own = ctx.acting_for(link.tenant_id, "")
    async with db.read(own) as read:
        user_id = await invitation_store.find_open_reset(read, link.row_id, link.hash)
        if user_id is None:
            raise LinkClosed
        user = await store.get_user(read, user_id)
    check_password_strength(password, email=user.email)
    keep = await identity.set_password(user.email, password)
    async with db.tx(replace(own, actor_id=user.id, actor_name=user.name)) as tx:
        if not await invitation_store.use_resets(tx, link.row_id, user.id, link.hash):
            raise LinkClosed
        await take_password(tx, user.id, keep)


async def change_user(tx: Tx, user_id: UUID, *, name: str | None, phone: str | None, role: Role | None) -> User:
    """Change what an administrator may change of somebody; raises `LastAdministrator`."""
    before = await store.get_user(tx, user_id)
    if role is not None and role.value != before.role:
        await _keep_an_administrator(tx, before)
    await store.update_user(tx, user_id, name=name, phone=phone, role=role and role.value)
    await session_store.note_access_changed(tx)
    after = await store.get_user(tx, user_id)
    await record(
        tx,
        "user.changed",
        subject_kind="user",
        subject_id=str(user_id),
        before={"name": before.name, "role": before.role},
        after={"name": after.name, "role": after.role},
    )
    return after


async def deactivate_user(tx: Tx, user_id: UUID) -> User:
    """Let somebody in no more; their sessions end. Raises `LastAdministrator`."""
    before = await store.get_user(tx, user_id)
    if before.active:
        await _keep_an_administrator(tx, before)
        await store.set_active(tx, user_id, active=False)
        await session_store.revoke_sessions_of(tx, user_id)
        await record(tx, "user.deactivated", subject_kind="user", subject_id=str(user_id))
    return await store.get_user(tx, user_id)


async def activate_user(tx: Tx, user_id: UUID) -> User:
    """Let somebody in again, with the password that they had."""
    before = await store.get_user(tx, user_id)
    if not before.active:
        await store.set_active(tx, user_id, active=True)
        await record(tx, "user.activated", subject_kind="user", subject_id=str(user_id))
    return await store.get_user(tx, user_id)


async def _keep_an_administrator(tx: Tx, leaving: User) -> None:
    """The administrators' rows stay locked until the commit: two who leave at once do not leave nobody."""
    if leaving.role != Role.ADMIN.value or not leaving.active:
        return
    if not [user_id for user_id in await store.lock_administrators(tx) if user_id != leaving.id]:
        raise LastAdministrator
