"""Who may come through the door: the scopes of programs, and whom the doorkeeper lets in.

The kernel knows no accounts; it asks a `Doorkeeper`, which the feature that owns them provides.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from tembea.kernel.context import Context, Role
from tembea.kernel.errors import Forbidden


class Scope(StrEnum):
    """What an API key may be allowed. A route that keys may use names one; all others refuse keys."""

    ENQUIRIES_WRITE = "enquiries:write"
    ENQUIRIES_READ = "enquiries:read"
    QUOTES_WRITE = "quotes:write"
    QUOTES_READ = "quotes:read"
    CLIENTS_WRITE = "clients:write"
    CLIENTS_READ = "clients:read"
    RATES_WRITE = "rates:write"
    RATES_READ = "rates:read"
    PRICING_READ = "pricing:read"
    DASHBOARD_READ = "dashboard:read"


class ScopeMissing(Forbidden):
    """An API key was used for what it was not made for."""

    code = "scope_missing"
    title = "This key may not do this"

    def __init__(self, scope: Scope | None) -> None:
        super().__init__(
            "API keys cannot be used here. Sign in as a person."
            if scope is None
            else f"This needs a key with the scope “{scope.value}”. Make one under Settings, API keys."
        )


class SecondFactorRequired(Forbidden):
    """The agency asks everybody for a second factor, and this person has none yet."""

    code = "second_factor_required"
    title = "Set up your second factor first"

    def __init__(self) -> None:
        super().__init__("Your agency asks for a second factor. Set it up under Settings, then go on.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom a bearer token or key stands for. `session_id` is None for a key, `scopes` empty for a person.

    `must_enrol`: the agency asks for a second factor that this person does not have yet.
    """

    tenant_id: UUID | None
    tenant: str | None
    user_id: UUID | None
    name: str
    role: Role
    session_id: UUID | None = None
    scopes: frozenset[str] = frozenset()
    must_enrol: bool = False

    def context(self, request_id: str, address: str) -> Context:
        """The context in which this caller's request from `address` runs."""
        return Context(self.tenant_id, self.tenant, self.user_id, self.name, self.role, request_id, address=address)


class Doorkeeper(Protocol):
    """Decides whether a bearer may come in; asked for every request, and again while a stream is open."""

    def is_key(self, bearer: str) -> bool:
        """Whether `bearer` can be a program's key at all, by its form alone: nothing is looked up."""
        ...

    async def admit(self, bearer: str) -> Caller:
        """Whom `bearer` stands for as things are now, at most seconds old; raises `Unauthorized`."""
        ...


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use a route: people of these roles, and keys with this scope, if any."""

    roles: frozenset[Role]
    scope: Scope | None = None
    while_enrolling: bool = False

    def check(self, caller: Caller) -> None:
        """Raises `Forbidden` for whoever may not."""
        if caller.role is Role.API_KEY:
            if self.scope is None or self.scope.value not in caller.scopes:
                raise ScopeMissing(self.scope)
            return
        if caller.role not in self.roles:
            raise Forbidden("Your role does not allow this. Ask an administrator of your agency.")
        if caller.must_enrol and not self.while_enrolling:
            raise SecondFactorRequired
