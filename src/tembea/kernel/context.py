"""Who asks, for which tenant, and until when: an explicit value, never an ambient one."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from tembea.kernel.ids import new_request_id

PLATFORM_TENANT_ID = UUID("00000000-0000-7000-8000-000000000001")
"""The tenant row that holds the platform's own people (operators). No agency data ever stands under it."""


class Role(StrEnum):
    """What an actor may do. `SYSTEM` is the platform acting for a tenant (jobs, mail intake), never a log-in.

    `API_KEY` is a program of the agency, which may do what its key's scopes say.
    """

    ADMIN = "admin"
    CONSULTANT = "consultant"
    OPERATOR = "operator"
    API_KEY = "api_key"
    SYSTEM = "system"


class NoTenantError(RuntimeError):
    """Code that needs a tenant was called without one: a programming error, never a user's."""


@dataclass(frozen=True, slots=True)
class Context:
    """Passed first to whatever reads or changes data.

    `tenant_id` is the key of the tenant's rows and `tenant` its slug; both are None for operators and before a tenant
    is known, and then no tenant row is visible. `deadline` is a `time.monotonic()` instant in seconds; `address` is
    where the request comes from, empty for what no request asked for.
    """

    tenant_id: UUID | None
    tenant: str | None
    actor_id: UUID | None
    actor_name: str
    role: Role
    request_id: str
    deadline: float | None = None
    address: str = ""

    @property
    def tenant_uuid(self) -> UUID:
        """The tenant's key; raises `NoTenantError` where there is none."""
        if self.tenant_id is None:
            raise NoTenantError
        return self.tenant_id

    @property
    def tenant_slug(self) -> str:
        """The tenant's slug; raises `NoTenantError` where there is none."""
        if self.tenant is None:
            raise NoTenantError
        return self.tenant

    @property
    def is_platform(self) -> bool:
        """Whether this is the platform's operator side, which sees no tenant's rows."""
        return self.role is Role.OPERATOR and self.tenant_id is None

    def acting_for(self, tenant_id: UUID, tenant: str) -> "Context":
        """The platform itself acting inside one tenant, in the same request."""
        return replace(self, tenant_id=tenant_id, tenant=tenant, actor_id=None, actor_name="Tembea", role=Role.SYSTEM)


def system_context(tenant_id: UUID, tenant: str, *, request_id: str | None = None) -> Context:
    """The platform acting for a tenant outside a request: jobs, mail intake, the command line."""
    return Context(tenant_id, tenant, None, "Tembea", Role.SYSTEM, request_id or new_request_id())


def platform_context(*, request_id: str | None = None) -> Context:
    """The platform's operator side: may see tenants, the quarantine and jobs, and no tenant's rows."""
    return Context(None, None, None, "Tembea", Role.OPERATOR, request_id or new_request_id())


def anonymous_context(request_id: str, address: str = "") -> Context:
    """Before anybody is known: sees no rows at all; only the few look-up functions answer."""
    return Context(None, None, None, "anonymous", Role.SYSTEM, request_id, address=address)
