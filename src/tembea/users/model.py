"""People and the rules of signing in."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tembea.kernel.context import Role
from tembea.kernel.errors import Conflict, Unauthorized

SESSION_LIFETIME = timedelta(days=30)


class InvalidCredentials(Unauthorized):
    """Wrong password or unknown address: one answer for both."""

    code = "invalid_credentials"
    title = "That did not match"

    def __init__(self) -> None:
        super().__init__("The e-mail address or the password is not right. Check both and try again.")


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
class RefreshToken:
    """The parts of a refresh token: where its session stands, and 256 secret bits."""

    tenant_id: UUID
    session_id: UUID
    secret: str

    def __str__(self) -> str:
        return f"{self.tenant_id.hex}.{self.session_id.hex}.{self.secret}"

    @property
    def hash(self) -> bytes:
        """What is stored. The secret is random and long, so a plain SHA-256 is enough."""
        return hashlib.sha256(self.secret.encode()).digest()


def new_refresh_token(tenant_id: UUID, session_id: UUID) -> RefreshToken:
    """A fresh token of a session."""
    return RefreshToken(tenant_id, session_id, secrets.token_urlsafe(32))


def parse_refresh_token(text: str) -> RefreshToken:
    """Read a token; raises `SessionEnded` for anything that is not one."""
    parts = text.split(".")
    try:
        tenant, session, secret = parts
        return RefreshToken(UUID(hex=tenant), UUID(hex=session), secret)
    except ValueError as error:
        raise SessionEnded from error
