"""What a tenant is to the rest of the code, and the rules that hold for it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from tembea.kernel.errors import Conflict, RateLimited
from tembea.tenants.config import TenantConfig


@dataclass(frozen=True, slots=True)
class TenantKey:
    """Which tenant somebody means, before its rows may be read. `tenant` is the slug."""

    tenant_id: UUID
    tenant: str
    status: str


@dataclass(frozen=True, slots=True)
class Tenant:
    """An agency with its configuration at one version."""

    id: UUID
    slug: str
    name: str
    config: TenantConfig
    settings_version: int


@dataclass(frozen=True, slots=True)
class Asset:
    """A small file that belongs to the brand."""

    content_type: str
    content: bytes


class QuotaExceeded(RateLimited):
    """A daily quota is used up; it starts anew at midnight in the tenant's zone."""

    title = "The daily quota is used up"

    def __init__(self, detail: str, *, limit: str, wait_s: int) -> None:
        super().__init__(detail, headers={"Retry-After": str(wait_s)})
        self.limit = limit


class ManagedByFile(Conflict):
    """The agency's file sets this part of its configuration, and is where to change it."""

    code = "managed_by_file"
    title = "This is set in the agency’s file"


class AddressTaken(Conflict):
    """An inbound address belongs to another agency."""

    code = "address_taken"


def local_today(tenant: Tenant | TenantConfig, now: datetime | None = None) -> date:
    """Today's date where the agency is."""
    config = tenant.config if isinstance(tenant, Tenant) else tenant
    return (now or datetime.now(UTC)).astimezone(config.zone).date()
