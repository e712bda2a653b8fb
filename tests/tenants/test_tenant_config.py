"""An agency's file: strict, helpful about mistakes, and in step with the database."""

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tembea.commands.tenants import sync_folder
from tembea.kernel.context import anonymous_context
from tembea.kernel.errors import AppError
from tembea.tenants import (
    ConfigError,
    QuotaExceeded,
    TenantConfig,
    config_schema,
    find_tenant_by_address,
    get_tenant,
    load_config,
    local_today,
    sync_tenant,
    take_quota,
)
from tests.app_fixtures import Agency, Platform, agency_config

GOOD = """\
company:
  name: Baobab Journeys
country: ZA
time_zone: Africa/Johannesburg
currency: ZAR
addresses: [quotes@baobab.example]
mail:
  sender_address: quotes@baobab.example
"""


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (GOOD.replace("currency: ZAR", "currency: XYZ"), 5, "currency: Value error, use an ISO 4217"),
        (GOOD.replace("Africa/Johannesburg", "Africa/Joburg"), 4, "time_zone: Value error, use an IANA"),
        (GOOD + "colour: red\n", 9, "colour: Extra inputs are not permitted"),
        (GOOD + "quotes:\n  validity_days: 0\n", 10, "quotes.validity_days: Input should be greater"),
        (GOOD.replace("  name: Baobab Journeys", "  names: Baobab"), 1, "company.name: Field required"),
        (GOOD + "currency: USD\n", 9, "the key “currency” stands twice"),
        (GOOD + "banking: {account_name: X\n", 10, "expected"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = write(tmp_path, text)

    with pytest.raises(ConfigError) as error:
        load_config(path)

    assert str(path) in error.value.detail
    assert said in error.value.detail
    assert f":{line}:" in error.value.detail or f"line {line}" in error.value.detail


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.replace("ZAR", "XYZ").replace("country: ZA", "country: South Africa"))

    with pytest.raises(ConfigError) as error:
        load_config(path)

    assert len(error.value.detail.splitlines()) == 2


def test_secrets_come_from_the_environment(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD + "banking: {account_name: Baobab, bank: FNB, account_number: '${BAOBAB_ACCOUNT}'}\n")

    with pytest.raises(ConfigError, match="BAOBAB_ACCOUNT"):
        load_config(path, {})
    banking = load_config(path, {"BAOBAB_ACCOUNT": "6250"}).banking

    assert banking is not None
    assert banking.account_number == "6250"


async def test_a_file_becomes_a_tenant_with_its_keys_managed(platform: Platform, tmp_path: Path) -> None:
    write(tmp_path / "baobab", GOOD)

    key = await sync_folder(platform.db, tmp_path / "baobab")
    again = await sync_folder(platform.db, tmp_path / "baobab")

    assert key == again
    async with platform.db.read(anonymous_context("test")) as read:
        found = await find_tenant_by_address(read, "Quotes@Baobab.example")
    assert found == key


async def test_an_unchanged_file_changes_nothing_and_a_changed_one_makes_a_new_version(
    agency: Agency, platform: Platform
) -> None:
    async with platform.db.read(agency.ctx) as read:
        before = await get_tenant(read)
    await sync_tenant(platform.db, "savanna-trails", agency_config("savanna-trails"))
    async with platform.db.read(agency.ctx) as read:
        same = await get_tenant(read)
    await sync_tenant(platform.db, "savanna-trails", agency_config("savanna-trails", currency="USD"))
    async with platform.db.read(agency.ctx) as read:
        after = await get_tenant(read)

    assert same.settings_version == before.settings_version
    assert after.settings_version == before.settings_version + 1
    assert after.config.currency == "USD"


async def test_an_address_belongs_to_one_agency(agency: Agency, platform: Platform) -> None:
    taken = agency_config("harbour-travel").model_copy(update={"addresses": ("quotes@savanna-trails.example",)})

    with pytest.raises(AppError) as error:
        await sync_tenant(platform.db, "harbour-travel", taken)

    assert error.value.code == "address_taken"


@pytest.mark.parametrize("slug", ["", "a", "Ävian", "UPPER", "has space", "-x", "x" * 64, "a;drop"])
async def test_a_name_that_cannot_be_an_address_is_refused(platform: Platform, slug: str) -> None:
    with pytest.raises(ConfigError):
        await sync_tenant(platform.db, slug, agency_config("some-agency"))


async def test_a_daily_quota_admits_exactly_its_number(agency: Agency, platform: Platform) -> None:
    limits = {"limits": agency_config("savanna-trails").limits.model_copy(update={"daily_quotes": 7})}
    await sync_tenant(platform.db, "savanna-trails", agency_config("savanna-trails").model_copy(update=limits))

    async def take() -> bool:
        try:
            async with platform.db.tx(agency.ctx) as tx:
                await take_quota(tx, await get_tenant(tx), "daily_quotes")
        except QuotaExceeded as error:
            assert int(error.headers["Retry-After"]) > 0
            return False
        return True

    taken = await asyncio.gather(*(take() for _ in range(30)))

    assert sum(taken) == 7


async def test_a_rolled_back_use_is_given_back(agency: Agency, platform: Platform) -> None:
    with pytest.raises(RuntimeError):
        async with platform.db.tx(agency.ctx) as tx:
            await take_quota(tx, await get_tenant(tx), "daily_quotes")
            raise RuntimeError
    async with platform.db.read(agency.ctx) as read:
        used = await read.value(int, "select count(*)::int from usage_counters where used > 0")

    assert used == 0


def test_today_is_the_tenants_own() -> None:
    config: TenantConfig = agency_config("savanna-trails")  # Johannesburg is two hours ahead of UTC

    assert local_today(config, datetime(2027, 3, 31, 21, 59, tzinfo=UTC)) == date(2027, 3, 31)
    assert local_today(config, datetime(2027, 3, 31, 22, 0, tzinfo=UTC)) == date(2027, 4, 1)


def test_the_published_schema_is_current() -> None:
    published = json.loads((Path(__file__).parents[2] / "clients" / "config.schema.json").read_text(encoding="utf-8"))

    assert published == config_schema(), "run `tembea tenant schema > clients/config.schema.json`"


@pytest.mark.parametrize("slug", ["africastay", "indigo-travel"])
def test_the_files_that_come_with_the_project_are_correct(slug: str) -> None:
    load_config(Path(__file__).parents[2] / "clients" / slug / "config.yaml")
