"""Users and invitations over HTTP: administrators decide who belongs to their agency."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import EmailStr, Field

from tembea.kernel.context import Role
from tembea.kernel.cursors import newest_first_position
from tembea.kernel.idempotency import KeyedRoute, KeyedTx
from tembea.kernel.paging import encode_cursor
from tembea.kernel.web import LIMIT_DEFAULT, ONE_LINE, Admin, Cursor, Limit, Page, ReadDep, TxDep, Wire
from tembea.users import invitation_store, people, second_factor, store
from tembea.users.invitation_store import Invitation
from tembea.users.model import Member

router = APIRouter(prefix="/api/v1/users", tags=["users"], route_class=KeyedRoute)

_Name = Annotated[str, Field(min_length=1, max_length=200, pattern=ONE_LINE)]
_Phone = Annotated[str, Field(max_length=40, pattern=ONE_LINE)]
_TenantRole = Literal["admin", "consultant"]


class MemberOut(Wire):
    """A person of the agency. `can_sign_in`: they have chosen a password; `active`: they are let in."""

    id: UUID
    email: str
    name: str
    role: str
    phone: str | None
    active: bool
    can_sign_in: bool
    second_factor: bool
    created_at: datetime
    last_seen_at: datetime | None

    @classmethod
    def of(cls, member: Member) -> "MemberOut":
        """The wire form."""
        return cls.model_validate({name: getattr(member, name) for name in cls.model_fields})


class MemberChange(Wire):
    """What shall be different; `active: false` lets them in no more, an empty `phone` is none."""

    name: _Name | None = None
    phone: _Phone | None = None
    role: _TenantRole | None = None
    active: bool | None = None


class InvitationIn(Wire):
    """Whom to ask, and as what."""

    email: EmailStr
    name: Annotated[str, Field(max_length=200, pattern=ONE_LINE)] = ""
    role: _TenantRole = "consultant"


class InvitationOut(Wire):
    """Somebody who was asked to join. `sent_at` is when the mail with the present link was written."""

    id: UUID
    email: str
    name: str
    role: str
    status: Literal["open", "accepted", "revoked", "expired"]
    invited_by: str
    created_at: datetime
    sent_at: datetime | None
    expires_at: datetime

    @classmethod
    def of(cls, invitation: Invitation) -> "InvitationOut":
        """The wire form."""
        return cls.model_validate({name: getattr(invitation, name) for name in cls.model_fields})


@router.get("")
async def list_users(_: Admin, read: ReadDep, limit: Limit = LIMIT_DEFAULT, cursor: Cursor = None) -> Page[MemberOut]:
    """The people of the agency, who was here first coming first; those who left too."""
    found = await store.list_users(read, newest_first_position(cursor), limit + 1)
    page = found[:limit]
    more = encode_cursor([page[-1].created_at.isoformat(), str(page[-1].id)]) if len(found) > limit else None
    return Page(items=[MemberOut.of(one) for one in page], next_cursor=more)


@router.get("/invitations")
async def list_invitations(
    _: Admin, read: ReadDep, limit: Limit = LIMIT_DEFAULT, cursor: Cursor = None
) -> Page[InvitationOut]:
    """Everybody who was asked to join, newest first."""
    found = await invitation_store.list_invitations(read, newest_first_position(cursor), limit + 1)
    page = found[:limit]
    more = encode_cursor([page[-1].created_at.isoformat(), str(page[-1].id)]) if len(found) > limit else None
    return Page(items=[InvitationOut.of(one) for one in page], next_cursor=more)


@router.post("/invitations", status_code=201)
async def invite(_: Admin, tx: KeyedTx, body: InvitationIn) -> InvitationOut:
    """Ask somebody to join; they get a mail with a link that counts for a week and once."""
    return InvitationOut.of(await people.invite(tx, email=body.email, name=body.name, role=Role(body.role)))


@router.post("/invitations/{invitation_id}/resend", status_code=202)
async def resend_invitation(_: Admin, tx: KeyedTx, invitation_id: UUID) -> InvitationOut:
    """Send it again, with a new link; the one before stops counting."""
    return InvitationOut.of(await people.resend_invitation(tx, invitation_id))


@router.delete("/invitations/{invitation_id}", status_code=204)
async def revoke_invitation(_: Admin, tx: TxDep, invitation_id: UUID) -> None:
    """Withdraw it: its link stops counting at once."""
    await people.revoke_invitation(tx, invitation_id)


@router.get("/{user_id}")
async def read_user(_: Admin, read: ReadDep, user_id: UUID) -> MemberOut:
    """One person of the agency."""
    return MemberOut.of(await store.get_member(read, user_id))


@router.patch("/{user_id}")
async def change_user(_: Admin, tx: TxDep, user_id: UUID, body: MemberChange) -> MemberOut:
    """Change name, phone or role, or let somebody in no more; the last administrator stays one."""
    if body.active is False:
        await people.deactivate_user(tx, user_id)
    if body.active is True:
        await people.activate_user(tx, user_id)
    role = Role(body.role) if body.role else None
    if body.name is not None or body.phone is not None or role is not None:
        await people.change_user(tx, user_id, name=body.name, phone=body.phone, role=role)
    return MemberOut.of(await store.get_member(tx, user_id))


@router.post("/{user_id}/deactivate")
async def deactivate_user(_: Admin, tx: TxDep, user_id: UUID) -> MemberOut:
    """Let somebody in no more; they are signed out everywhere within seconds."""
    await people.deactivate_user(tx, user_id)
    return MemberOut.of(await store.get_member(tx, user_id))


@router.delete("/{user_id}/second-factor", status_code=204)
async def remove_second_factor(_: Admin, tx: TxDep, user_id: UUID) -> None:
    """Take the second factor off the account of somebody who lost phone and recovery codes."""
    await store.get_member(tx, user_id)
    await second_factor.remove(tx, user_id)
