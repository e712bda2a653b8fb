"""Quotes priced again: the same bytes from the same engine, and a report where something is otherwise."""

import asyncio
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

import psycopg
import pytest
from typer.testing import CliRunner

from tembea.commands.quotes import commands
from tembea.kernel.embedded import Dsns
from tembea.quotes import Verdict, verify_quotes
from tembea.tenants import TenantConfig
from tests.app_fixtures import Agency, Platform, agency_config
from tests.conftest import TestServer
from tests.quotes.quotes_factories import generated, three_hotels
from tests.rates.rates_factories import imported, nightly
from tests.rates.test_exchange_rates import exchanging, published, store

Answer = dict[str, Any]


async def verdicts(platform: Platform, agency: Agency) -> list[Verdict]:
    return [finding.verdict async for finding in verify_quotes(platform.db, agency.ctx)]


def selling(slug: str) -> TenantConfig:
    """An agency with everything that a price can pass through."""
    config = exchanging(slug, sell_in="own", buffer_percent="1.75").model_dump(mode="json")
    config["quotes"] |= {
        "markup": {"kind": "margin_on_sell", "percent": "12.5"},
        "markups": [{"hotel": "Acacia Camp", "percent": "9"}],
        "sales_tax": {"name": "VAT", "percent": "15", "base": "markup"},
        "rounding": {"to": "5", "mode": "up"},
    }
    return TenantConfig.model_validate(config)


async def test_every_option_comes_out_byte_for_byte_whatever_changed_since(platform: Platform) -> None:
    agency = await platform.new_agency("lasting", selling("lasting"))
    await imported(agency, nightly("Baobab Lodge", "100.33", currency="EUR"))
    await imported(agency, nightly("Acacia Camp", "80.17"))
    await store(platform.db, published("19.6188"))
    await generated(agency, children_ages=[6], board="HB")

    await store(platform.db, published("25"))
    await imported(agency, nightly("Baobab Lodge", "999.00", currency="EUR"))
    await platform.new_agency("changed", agency_config("changed"))

    assert await verdicts(platform, agency) == [Verdict.IDENTICAL, Verdict.IDENTICAL]


async def test_the_explanation_s_leaves_add_up_through_an_exchange(platform: Platform) -> None:
    agency = await platform.new_agency("explained", selling("explained"))
    transfer = {"kind": "transfer", "name": "Transfer", "per": "vehicle", "amount": "41.17"}
    cruise = {"kind": "activity", "name": "Cruise", "per": "person", "amount": "33.33", "child_amount": "11.11"}
    await imported(agency, nightly("Baobab Lodge", "33.33", currency="EUR", services=[transfer, cruise]))
    await imported(agency, nightly("Acacia Camp", "33.33", currency="EUR"))
    await store(platform.db, published("19.6188"))
    wanted = [{"name": name} for name in ("Cruise", "Transfer", "Transfer", "Cruise")]
    quote = cast("Answer", await generated(agency, children_ages=[6], board="HB", services=wanted))

    told = cast("Answer", (await agency.consultant.get(quote["explanation_url"])).json()["options"][0])

    def leaves(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        return [leaf for child in node["children"] for leaf in leaves(child)] or [node]

    found = [leaf for line in told["lines"] for leaf in leaves(line)]
    assert sum(Decimal(leaf["amount"]["amount"]) for leaf in found) == Decimal(quote["options"][0]["total"]["amount"])
    assert {leaf["amount"]["currency"] for leaf in found} == {"ZAR"}
    charges = [leaf for leaf in found if leaf["kind"] == "charge"]
    assert {leaf["source_ref"]["cell"] for leaf in charges} == {"B2", None}
    assert [option["hotel"]["name"] for option in quote["options"]] == ["Baobab Lodge"]
    services = [(line["kind"], len(line["children"])) for line in told["lines"] if line["children"]][1:]
    assert [kind for kind, _ in services] == ["activity", "transfer", "transfer", "activity"]
    assert [parts for _, parts in services if parts > 2] == [5, 5]
    for line in told["lines"]:
        parts = [Decimal(leaf["amount"]["amount"]) for leaf in leaves(line)]
        assert sum(parts) == Decimal(line["amount"]["amount"])
    assert await verdicts(platform, agency) == [Verdict.IDENTICAL]
    assert "EUR 33.33 at EUR/ZAR 19.6188 and 1.75 % (European Central Bank" in charges[0]["rule"]
    own = {leaf["kind"]: leaf["rule"] for leaf in found if leaf["kind"] in ("markup", "sales_tax", "rounding")}
    assert own == {
        "markup": "The agency's margin, 12.5 % of the selling price",
        "sales_tax": "The agency's VAT, 15 % of what the agency adds",
        "rounding": "The agency's presentation rounding, up to a multiple of 5",
    }


PRICED_FOR_THREE = "update quotes set snapshot = jsonb_set(snapshot, '{contracts,1,request,adults}', '3')"
BY_AN_OLDER_ENGINE = "update quotes set snapshot = jsonb_set(snapshot, '{contracts,1,engine_version}', '\"0\"')"


def alter(postgres: TestServer, database: Dsns, *statements: str) -> None:
    """Change rows behind the platform's back, as nobody but the database's superuser can."""
    name = database.owner.rsplit("/", 1)[-1].split("?")[0]
    with psycopg.connect(postgres.dsn_superuser(name), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ([PRICED_FOR_THREE], Verdict.DIFFERENT),
        ([PRICED_FOR_THREE, BY_AN_OLDER_ENGINE], Verdict.OTHER_ENGINE),
    ],
)
async def test_what_was_altered_or_would_be_priced_otherwise_is_found(
    platform: Platform, agency: Agency, postgres: TestServer, database: Dsns, changes: list[str], verdict: Verdict
) -> None:
    await three_hotels(agency)
    quote = await generated(agency)
    alter(postgres, database, *changes)

    found = [finding async for finding in verify_quotes(platform.db, agency.ctx)]

    assert [one.verdict for one in found] == [Verdict.ALTERED, Verdict.IDENTICAL, verdict, Verdict.IDENTICAL]
    assert {one.number for one in found} == {quote["number"]}
    assert "now ZAR" in found[2].detail


async def test_an_older_engine_that_gave_the_same_amounts_is_no_difference(
    platform: Platform, agency: Agency, postgres: TestServer, database: Dsns
) -> None:
    await three_hotels(agency)
    await generated(agency)
    other_bytes = "update quotes set snapshot = jsonb_set(snapshot, '{contracts,1,price_sha256}', '\"0\"')"
    alter(postgres, database, other_bytes, BY_AN_OLDER_ENGINE)

    found = await verdicts(platform, agency)

    assert found == [Verdict.ALTERED, Verdict.IDENTICAL, Verdict.IDENTICAL, Verdict.IDENTICAL]


async def test_the_command_says_what_it_found_and_ends_accordingly(
    platform: Platform, agency: Agency, postgres: TestServer, database: Dsns
) -> None:
    await three_hotels(agency)
    await generated(agency)

    def command(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(commands, ["verify", *arguments], obj=lambda: platform.settings)
        return result.exit_code, result.output

    assert await asyncio.to_thread(command) == (0, "Options: 3 identical\n")
    assert await asyncio.to_thread(command, "--tenant", agency.key.tenant, "--to", "2020-01-01") == (
        0,
        "There is no quote to verify.\n",
    )
    code, output = await asyncio.to_thread(command, "--tenant", "nobody")
    assert (code, "no agency called" in output) == (1, True)
    alter(postgres, database, "update quote_options set total = total + 1 where position = 1")
    code, output = await asyncio.to_thread(command, "--tenant", agency.key.tenant)
    assert code == 1
    assert ", the version: altered" in output
