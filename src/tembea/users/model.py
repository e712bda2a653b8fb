"""People and the rules of signing in."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from tembea.kernel.context import Role
from tembea.kernel.errors import Conflict, FieldError, Invalid, RateLimited, Unauthorized

SESSION_LIFETIME = timedelta(days=30)
"""After this a person signs in again, however busy they were."""

IDLE_LIFETIME = timedelta(days=14)
"""After this without a renewal, too."""

INVITATION_LIFETIME = timedelta(days=7)
RESET_LIFETIME = timedelta(hours=1)

PASSWORD_MIN, PASSWORD_MAX = 10, 200
"""Length is what makes a password strong; no kinds of characters are asked for (NIST SP 800-63B, 5.1.1.2)."""


class InvalidCredentials(Unauthorized):
    """Wrong password or unknown address: one answer for both."""

    code = "invalid_credentials"
    title = "That did not match"

    def __init__(self) -> None:
        super().__init__("The e-mail address or the password is not right. Check both and try again.")


class CodeRequired(Unauthorized):
    """The password is right; the account also asks for a code of the second factor."""

    code = "second_factor_code_required"
    title = "One more step"

    def __init__(self) -> None:
        super().__init__("Enter the code from your authenticator app, or one of your recovery codes.")


class InvalidCode(Unauthorized):
    """The code is wrong, too old, or was used before."""

    code = "invalid_code"
    title = "That code did not work"

    def __init__(self) -> None:
        super().__init__("This code is not right, or was used before. Wait for the next one and try again.")


class TooManyAttempts(RateLimited):
    """Too many failed log-ins; a person who was signed in here before still gets in."""

    limit = "failed_sign_ins"
    title = "Too many attempts"

    def __init__(self, wait_s: int) -> None:
        super().__init__(
            "There were too many failed attempts. Wait a while, or sign in where you have been signed in before.",
            headers={"Retry-After": str(wait_s)},
        )


class TenantRequired(Conflict):
    """The same address and password open several agencies; the caller names one."""

    code = "tenant_required"
    title = "Choose an agency"

    def __init__(self, tenants: Sequence[tuple[str, str]]) -> None:
        super().__init__("These details open more than one agency. Choose one and sign in again.")
        self.tenants = tenants

    def extra(self) -> dict[str, object]:
        """The agencies to choose from."""
        return {"tenants": [{"tenant_id": slug, "name": name} for slug, name in self.tenants]}


class SessionEnded(Unauthorized):
    """The refresh token is unknown, used, revoked or expired."""

    code = "session_ended"
    title = "Your session has ended"

    def __init__(self) -> None:
        super().__init__("Your session has ended. Please sign in again.")


class WeakPassword(Invalid):
    """A new password that is too short, too common, or the address itself."""

    code = "weak_password"
    title = "Choose another password"

    def __init__(self, msg: str) -> None:
        super().__init__(msg, errors=[FieldError("body.password", msg)])


class LinkClosed(Conflict):
    """The link of an invitation or a new password was used, withdrawn, replaced, or has expired."""

    code = "link_closed"
    title = "This link does not work any more"

    def __init__(self) -> None:
        super().__init__("This link was used before, or has expired. Ask for a new one.")


@dataclass(frozen=True, slots=True)
class User:
    """A person of one tenant. `role` is admin, consultant or operator."""

    id: UUID
    email: str
    name: str
    role: str
    phone: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A person of an agency as its administrators see them; `last_seen_at` is when a session was renewed last."""

    id: UUID
    email: str
    name: str
    role: str
    phone: str | None
    active: bool
    created_at: datetime
    can_sign_in: bool
    second_factor: bool
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Login:
    """One account behind an e-mail address, as the look-up before a tenant is known answers it."""

    tenant_id: UUID
    tenant: str
    tenant_name: str
    platform: bool
    user_id: UUID
    email: str
    name: str
    role: str
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that can be renewed. Only the hash of its current refresh token is stored."""

    id: UUID
    user_id: UUID
    token_hash: bytes
    live: bool


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A sign-in as its owner sees it: where from, with what, since when, and when it was last renewed."""

    id: UUID
    user_agent: str
    address: str
    created_at: datetime
    rotated_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand with a session now. `live`: it, its person and their agency are all in order."""

    user_id: UUID
    name: str
    role: str
    live: bool
    must_enrol: bool


@dataclass(frozen=True, slots=True)
class SignedInUser:
    """Who is signed in, with the tokens to go on with. `tenant` is None for an operator."""

    user_id: UUID
    email: str
    name: str
    role: Role
    tenant: str | None
    access_token: str
    refresh_token: str


@dataclass(frozen=True, slots=True)
class SecretLink:
    """A token that names its row and proves itself: tenant, id, and 256 secret bits of which the hash is stored.

    Refresh tokens, invitations and links for a new password are all of this form.
    """

    tenant_id: UUID
    row_id: UUID
    secret: str

    def __str__(self) -> str:
        return f"{self.tenant_id.hex}.{self.row_id.hex}.{self.secret}"

    @property
    def hash(self) -> bytes:
        """What is stored. The secret is random and long, so a plain SHA-256 is enough."""
        return hashlib.sha256(self.secret.encode()).digest()


def new_link(tenant_id: UUID, row_id: UUID) -> SecretLink:
    """A fresh token for a row."""
    return SecretLink(tenant_id, row_id, secrets.token_urlsafe(32))


def find_link(text: str) -> SecretLink | None:
    """Read a token; None for anything that is not one."""
    try:
        tenant, row, secret = text.split(".")
        return SecretLink(UUID(hex=tenant), UUID(hex=row), secret)
    except ValueError:
        return None


def parse_link(text: str) -> SecretLink:
    """Read the token of a mailed link; raises `LinkClosed` for anything that is not one."""
    link = find_link(text)
    if link is None:
        raise LinkClosed
    return link


def check_password_strength(password: str, *, email: str) -> None:
    """Raises `WeakPassword` for what is guessed first: too short, very common, or made of the address."""
    if len(password) < PASSWORD_MIN:
        raise WeakPassword(f"Use at least {PASSWORD_MIN} characters. A few words in a row are easy to remember.")
    if len(password) > PASSWORD_MAX:
        raise WeakPassword(f"Use at most {PASSWORD_MAX} characters.")
    plain = password.casefold()
    local = email.casefold().partition("@")[0]
    if len(set(plain)) < 4 or plain in _COMMON or (len(local) > 3 and plain.startswith(local) and len(plain) < 16):
        raise WeakPassword(
            "This password is easy to guess. A few words in a row are easy to remember and hard to guess."
        )


# The head of the published lists of leaked passwords, as far as it is long enough to pass otherwise.
_COMMON = frozenset((Path(__file__).parent / "common_passwords.txt").read_text().split())
