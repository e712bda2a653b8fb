"""Tenants: the agencies, their configuration, their addresses and their daily quotas.

Owns `tenants`, `tenant_assets`, `tenant_addresses`, `usage_counters`, `llm_budgets`.
Invariants: the database is the truth for settings; the keys that a file manages are read-only elsewhere; an inbound
address belongs to one tenant; a quota is taken in the transaction that uses it; a language model is asked within the
day's budget, reserved before and settled after.
Verbs: `get_tenant`, `find_tenant_by_slug`, `find_tenant_by_address`, `get_asset`, `sync_tenant`, `change_setting`,
`take_quota`, `check_quota`, `return_quota`, `local_today`, `next_working_day`, `ask_model`.
"""

from tembea.tenants.calendar import is_working_day, next_working_day, working_days_ago
from tembea.tenants.config import (
    ConfigError,
    Markup,
    TenantConfig,
    WebForm,
    WorkingDays,
    config_schema,
    load_config,
    parse_config,
)
from tembea.tenants.llm import DailyLimit, ask_model, model_usage
from tembea.tenants.model import Asset, QuotaExceeded, Tenant, TenantKey, local_today
from tembea.tenants.service import (
    QuotaName,
    change_setting,
    check_quota,
    daily_usage,
    is_managed,
    quota_limit,
    return_quota,
    sync_tenant,
    take_quota,
)
from tembea.tenants.store import find_tenant_by_address, find_tenant_by_slug, get_asset, get_tenant, list_tenant_keys

__all__ = [
    "Asset",
    "ConfigError",
    "DailyLimit",
    "Markup",
    "QuotaExceeded",
    "QuotaName",
    "Tenant",
    "TenantConfig",
    "TenantKey",
    "WebForm",
    "WorkingDays",
    "ask_model",
    "change_setting",
    "check_quota",
    "config_schema",
    "daily_usage",
    "find_tenant_by_address",
    "find_tenant_by_slug",
    "get_asset",
    "get_tenant",
    "is_managed",
    "is_working_day",
    "list_tenant_keys",
    "load_config",
    "local_today",
    "model_usage",
    "next_working_day",
    "parse_config",
    "quota_limit",
    "return_quota",
    "sync_tenant",
    "take_quota",
    "working_days_ago",
]
