"""The questions asked of the tenants' tables."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg.types.json import Jsonb

from tembea.kernel.db import Read, Tx
from tembea.kernel.errors import NotFound
from tembea.kernel.events import SETTINGS_CHANGED, publish
from tembea.tenants.config import TenantConfig
from tembea.tenants.model import Asset, Tenant, TenantKey


@dataclass(frozen=True, slots=True)
class _TenantRow:
    id: UUID
    slug: str
    name: str
    settings: dict[str, object]
    settings_version: int


CONFIGS_KEPT = 1_000
_checked: OrderedDict[tuple[UUID, int], TenantConfig] = OrderedDict()


async def get_tenant(read: Read) -> Tenant:
    """The tenant of `read.ctx`; raises `NotFound` where it has no configuration yet."""
    row = await read.find(
        _TenantRow,
        "select id, slug, name, settings, settings_version from tenants where id = %s and not platform",
        [read.ctx.tenant_uuid],
    )
    if row is None:
        raise NotFound
    return Tenant(row.id, row.slug, row.name, _config(row), row.settings_version)


def _config(row: _TenantRow) -> TenantConfig:
    """The settings, checked; a version is checked once, since it never changes and checking takes milliseconds."""
    key = (row.id, row.settings_version)
    known = _checked.get(key)
    if known is None:
        known = _checked[key] = TenantConfig.model_validate(row.settings)
        while len(_checked) > CONFIGS_KEPT:
            _checked.popitem(last=False)
    return known


async def list_managed_keys(read: Read) -> list[str]:
    """Which parts of the configuration the agency's file sets."""
    names = await read.value(
        str, "select array_to_string(managed_keys, ' ') from tenants where id = %s", [read.ctx.tenant_uuid]
    )
    return (names or "").split()


async def lock_settings(tx: Tx) -> None:
    """Let nobody else change the configuration until the commit."""
    await tx.execute("select from tenants where id = %s for update", [tx.ctx.tenant_uuid])


async def find_tenant_by_slug(read: Read, slug: str) -> TenantKey | None:
    """Which tenant a slug means; an anonymous context is enough."""
    return await read.find(TenantKey, "select tenant_id, tenant, status from find_tenant_by_slug(%s)", [slug])


async def find_tenant_by_address(read: Read, address: str) -> TenantKey | None:
    """Whose inbound address this is, letter case aside; an anonymous context is enough."""
    return await read.find(
        TenantKey, "select tenant_id, tenant, status from find_tenant_by_address(%s::citext)", [address]
    )


async def list_tenant_keys(read: Read) -> list[TenantKey]:
    """All active agencies by slug, for work that visits each in turn."""
    return await read.list(TenantKey, "select tenant_id, tenant, 'active' as status from list_tenant_keys()")


async def get_asset(read: Read, name: str) -> Asset | None:
    """A file of the brand by its name ("logo")."""
    return await read.find(
        Asset,
        "select content_type, content from tenant_assets where tenant_id = %s and name = %s",
        [read.ctx.tenant_uuid, name],
    )


async def insert_tenant(tx: Tx, tenant_id: UUID, slug: str, name: str, *, platform: bool) -> None:
    """A new tenant without settings; one that exists already stays as it is. Needs the operator's context."""
    await tx.execute(
        "insert into tenants (id, slug, name, platform) values (%s, %s, %s, %s) on conflict (slug) do nothing",
        [tenant_id, slug, name, platform],
    )


async def save_settings(tx: Tx, config: TenantConfig, managed_keys: Sequence[str]) -> bool:
    """Write the whole configuration; false where nothing changed. Listeners hear of a change after the commit."""
    changed = await tx.execute(
        """
        update tenants
        set settings = %(settings)s, managed_keys = %(managed)s, name = %(name)s,
            settings_version = settings_version + 1, updated_at = now()
        where id = %(tenant_id)s
          and (settings, managed_keys, name) is distinct from (%(settings)s, %(managed)s::text[], %(name)s)
        """,
        {
            "settings": Jsonb(config.model_dump(mode="json")),
            "managed": list(managed_keys),
            "name": config.company.name,
            "tenant_id": tx.ctx.tenant_uuid,
        },
    )
    if changed:
        publish(tx, SETTINGS_CHANGED)
        await tx.execute("select pg_notify('tembea_tenant_changed', %s)", [tx.ctx.tenant_slug])
    return changed > 0


async def replace_addresses(tx: Tx, addresses: Sequence[str]) -> None:
    """Make these the tenant's inbound addresses; one that another tenant holds raises a unique violation."""
    tenant_id = tx.ctx.tenant_uuid
    await tx.execute(
        "delete from tenant_addresses where tenant_id = %s and not (address = any(%s::citext[]))",
        [tenant_id, list(addresses)],
    )
    await tx.execute_many(
        "insert into tenant_addresses (tenant_id, address) values (%s, %s) on conflict (tenant_id, address) do nothing",
        [[tenant_id, address] for address in addresses],
    )


async def save_asset(tx: Tx, name: str, asset: Asset, sha256: bytes) -> None:
    """Write a file of the brand."""
    await tx.execute(
        """
        insert into tenant_assets (tenant_id, name, content_type, content, sha256) values (%s, %s, %s, %s, %s)
        on conflict (tenant_id, name) do update
        set content_type = excluded.content_type, content = excluded.content, sha256 = excluded.sha256,
            updated_at = now()
        where tenant_assets.sha256 <> excluded.sha256
        """,
        [tx.ctx.tenant_uuid, name, asset.content_type, asset.content, sha256],
    )


async def count_use(tx: Tx, name: str, day: date, limit: int) -> bool:
    """Take one of a daily quota, all or nothing; false when it is used up. The row stays locked until the commit."""
    taken = await tx.execute(
        """
        insert into usage_counters as counter (tenant_id, name, day, used)
        select %(tenant_id)s, %(name)s, %(day)s, 1
        where %(limit)s > 0
          -- Once the day is used up nobody waits for the row any more to hear so.
          and not exists (
            select from usage_counters
            where tenant_id = %(tenant_id)s and name = %(name)s and day = %(day)s and used >= %(limit)s
          )
        on conflict (tenant_id, name, day) do update set used = counter.used + 1 where counter.used < %(limit)s
        """,
        {"tenant_id": tx.ctx.tenant_uuid, "name": name, "day": day, "limit": limit},
    )
    return taken > 0


async def return_use(tx: Tx, name: str, day: date) -> None:
    """Give one of a daily quota back."""
    await tx.execute(
        "update usage_counters set used = used - 1 where tenant_id = %s and name = %s and day = %s and used > 0",
        [tx.ctx.tenant_uuid, name, day],
    )


async def used_on(read: Read, name: str, day: date) -> int:
    """How much of a daily quota is used."""
    used = await read.value(
        int,
        "select used from usage_counters where tenant_id = %s and name = %s and day = %s",
        [read.ctx.tenant_uuid, name, day],
    )
    return used or 0
