"""What is done with tenants: bringing a file into the database, and taking from a daily quota."""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

import psycopg
from pydantic import ValidationError

from tembea.kernel.context import platform_context, system_context
from tembea.kernel.db import Db, Read, Tx
from tembea.kernel.errors import NotFound
from tembea.kernel.ids import new_id
from tembea.tenants import store
from tembea.tenants.config import ConfigError, TenantConfig, WebForm, WorkingDays
from tembea.tenants.model import AddressTaken, Asset, ManagedByFile, QuotaExceeded, Tenant, TenantKey, local_today

QuotaName = Literal["daily_quotes", "daily_emails"]
ProductKey = Literal["web_form", "working"]
PRODUCT_KEYS: tuple[ProductKey, ...] = ("web_form", "working")
"""Parts of the configuration that people may set in the product."""

_LOGO_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
LOGO_MAX_BYTES = 1_000_000
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")


async def sync_tenant(db: Db, slug: str, config: TenantConfig, folder: Path | None = None) -> TenantKey:
    """Bring a configuration into the database, creating the tenant where it is new; safe to repeat.

    With a `folder` the keys of the file become managed: the product shows them and does not let them be changed.
    """
    key = await _create_if_new(db, slug, config.company.name)
    managed = sorted(config.model_fields_set) if folder else []
    given = config.model_fields_set
    logo = _read_logo(folder, config) if folder else None
    async with db.tx(system_context(key.tenant_id, key.tenant)) as tx:
        await store.lock_settings(tx)
        kept = await _set_in_product(tx, [name for name in PRODUCT_KEYS if name not in given])
        config = config.model_copy(update=kept)
        await store.save_settings(tx, config, managed)
        await _save_addresses(tx, config)
        if logo is not None:
            await store.save_asset(tx, "logo", logo, hashlib.sha256(logo.content).digest())
    return key


async def _set_in_product(tx: Tx, names: Sequence[str]) -> dict[str, object]:
    """What people set in the product, which a file that says nothing about it leaves alone."""
    try:
        before = (await store.get_tenant(tx)).config
    except (NotFound, ValidationError):  # new, or from before a rule that the file now follows
        return {}
    managed = await store.list_managed_keys(tx)
    return {name: getattr(before, name) for name in names if name not in managed}


async def change_setting(tx: Tx, name: ProductKey, value: WebForm | WorkingDays) -> None:
    """Replace one part of the configuration. Raises `ManagedByFile` where the agency's file sets it."""
    await store.lock_settings(tx)
    managed = await store.list_managed_keys(tx)
    if name in managed:
        raise ManagedByFile(f"Change “{name}” in the agency’s file and run “tembea tenant sync”.")
    config = (await store.get_tenant(tx)).config.model_copy(update={name: value})
    await store.save_settings(tx, config, managed)


async def is_managed(read: Read, name: ProductKey) -> bool:
    """Whether the agency's file sets this part of the configuration, so that it cannot be changed elsewhere."""
    return name in await store.list_managed_keys(read)


async def _create_if_new(db: Db, slug: str, name: str) -> TenantKey:
    if not _SLUG.fullmatch(slug):
        raise ConfigError(f"“{slug}” cannot name an agency. Use 2 to 63 small letters, digits and hyphens.")
    async with db.tx(platform_context()) as tx:
        await store.insert_tenant(tx, new_id(), slug, name, platform=False)
        found = await store.find_tenant_by_slug(tx, slug)
    if found is None:
        raise ConfigError(f"The name “{slug}” is reserved. Choose another for the agency.")
    return found


async def _save_addresses(tx: Tx, config: TenantConfig) -> None:
    try:
        await store.replace_addresses(tx, [address.lower() for address in config.addresses])
    except psycopg.errors.UniqueViolation as error:
        raise AddressTaken(
            "One of these addresses already belongs to another agency. Give each agency its own."
        ) from error


def _read_logo(folder: Path, config: TenantConfig) -> Asset | None:
    if config.branding.logo is None:
        return None
    path = (folder / config.branding.logo).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise ConfigError(f"{folder}: branding.logo: there is no file “{config.branding.logo}” in this folder.")
    content_type = _LOGO_TYPES.get(path.suffix.lower())
    if content_type is None or path.stat().st_size > LOGO_MAX_BYTES:
        raise ConfigError(f"{path}: a logo is a PNG, JPEG or SVG of at most 1 MB.")
    return Asset(content_type, path.read_bytes())


def quota_limit(tenant: Tenant, name: QuotaName) -> int:
    """The tenant's daily limit of `name`."""
    return tenant.config.limits.daily_quotes if name == "daily_quotes" else tenant.config.limits.daily_emails


async def take_quota(tx: Tx, tenant: Tenant, name: QuotaName) -> date:
    """Take one of the tenant's daily quota inside the transaction that uses it; returns the day it is taken from.

    Raises `QuotaExceeded` at the limit.
    """
    now = datetime.now(UTC)
    today = local_today(tenant, now)
    if not await store.count_use(tx, name, today, quota_limit(tenant, name)):
        raise _used_up(tenant, name, now)
    return today


async def check_quota(read: Read, tenant: Tenant, name: QuotaName) -> None:
    """Raises `QuotaExceeded` where nothing is left of a daily quota, for work that should not begin in vain.

    It takes nothing, and waits for nobody who takes: `take_quota` decides.
    """
    now = datetime.now(UTC)
    if await store.used_on(read, name, local_today(tenant, now)) >= quota_limit(tenant, name):
        raise _used_up(tenant, name, now)


def _used_up(tenant: Tenant, name: QuotaName, now: datetime) -> QuotaExceeded:
    wait_s = seconds_to_midnight(tenant, now)
    limit = quota_limit(tenant, name)
    detail = f"Today’s {limit} of “{name}” are used up. The next day starts in {wait_s // 3600} hours."
    return QuotaExceeded(detail, limit=name, wait_s=wait_s)


async def return_quota(tx: Tx, name: QuotaName, day: date) -> None:
    """Give one of a daily quota back, in the transaction that undoes its use; `day` is where it was taken from."""
    await store.return_use(tx, name, day)


async def daily_usage(read: Read, tenant: Tenant, name: QuotaName) -> int:
    """How much of a daily quota is used today."""
    return await store.used_on(read, name, local_today(tenant))


def seconds_to_midnight(tenant: Tenant, now: datetime) -> int:
    """Seconds until the tenant's next day starts, at least one."""
    zone = tenant.config.zone
    tomorrow = datetime.combine(local_today(tenant, now) + timedelta(days=1), time.min, tzinfo=zone)
    return max(1, int((tomorrow - now).total_seconds()))
