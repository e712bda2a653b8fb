"""Contracts as rows: they say what the document says, and never change."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.range import Range

from tembea.kernel.db import Tx
from tembea.kernel.embedded import Dsns
from tembea.pricing import SourceRef
from tembea.rates import load_values
from tembea.rates.document import ContractForm, SeasonForm
from tests.app_fixtures import Agency, Platform
from tests.conftest import MIGRATIONS, TestServer
from tests.rates.rates_factories import Json, document, imported, nightly, send_contract

TABLES = ("rooms", "plans", "seasons", "rates", "packages", "supplements", "restrictions", "offers")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

PACKAGED: Mapping[str, object] = {
    "packages": [
        {
            "code": "ZNZ7",
            "board": "BB",
            "room": "standard",
            "nights": 7,
            "valid": {"from": "2027-01-01", "to": "2027-12-31"},
            "sharing": "40000.00",
            "single": "55000.00",
            "row": 7,
            "sheet": "Packages",
        }
    ]
}
WEEKENDS: Mapping[str, object] = {
    "seasons": [
        {"code": "WEEK", "from": "2027-01-01", "to": "2027-06-30", "weekdays": ["mon", "tue", "wed", "thu"]},
        {"code": "END", "from": "2027-01-01", "to": "2027-06-30", "weekdays": ["fri", "sat", "sun"]},
        {"code": "REST", "from": "2027-07-01", "to": "2027-12-31"},
        {"code": "FEAST", "from": "2027-04-02", "to": "2027-04-05", "priority": 5},
    ],
    "rates": [
        {"plan": "bb", "room": "standard", "season": code, "amount": amount, "cell": f"C{row}"}
        for row, (code, amount) in enumerate((("WEEK", "90"), ("END", "120.505"), ("REST", "80"), ("FEAST", "200")))
    ],
    "supplements": [],
    "restrictions": [],
    "offers": [],
}


async def rows(tx: Tx, table: str, contract_id: str) -> list[dict[str, object]]:
    query = f"select * from contract_{table} where contract_id = %s order by position"
    return await tx.rows(query, [contract_id])  # pyright: ignore[reportArgumentType] - from TABLES


def season_nights(seasons: Sequence[SeasonForm]) -> set[tuple[str, int, date]]:
    """Every night of every season, by the document."""
    return {
        (season.code, season.priority, night)
        for season in seasons
        for night in (season.first + timedelta(days=step) for step in range((season.last - season.first).days + 1))
        if not season.weekdays or WEEKDAYS[night.weekday()] in season.weekdays
    }


def row_nights(stored: Sequence[Mapping[str, object]]) -> set[tuple[str, int, date]]:
    """Every night of every season, by its rows."""
    found: set[tuple[str, int, date]] = set()
    for row in stored:
        nights = cast("Range[date]", row["nights"])
        assert nights.lower is not None
        assert nights.upper is not None
        for step in range((nights.upper - nights.lower).days):
            night = nights.lower + timedelta(days=step)
            if row["weekday"] in (-1, night.weekday()):
                found.add((str(row["code"]), int(str(row["priority"])), night))
    return found


def place(source: SourceRef) -> tuple[object, ...]:
    return (source.document, source.sheet, source.page, source.row, source.cell)


def without_defaults(form: ContractForm) -> Json:
    return form.model_dump(mode="json", by_alias=True, exclude_unset=True)


@pytest.mark.parametrize("patch", [{}, PACKAGED, WEEKENDS], ids=["reference", "packages", "weekdays"])
async def test_the_rows_say_what_the_document_says(
    platform: Platform, agency: Agency, patch: Mapping[str, object]
) -> None:
    content = document(patch=patch)
    contract_id = (await send_contract(agency, content)).json()["contract_ids"][0]
    form, contract = load_values(content).form, load_values(content).contract
    async with platform.db.tx(agency.ctx) as tx:
        stored = {table: await rows(tx, table, contract_id) for table in TABLES}

    assert [
        (row["code"], row["name"], row["base_adults"], row["max_adults"], row["max_children"], row["max_guests"])
        for row in stored["rooms"]
    ] == [
        (room.code, room.name, room.base_adults, room.max_adults, room.max_children, room.max_guests)
        for room in contract.rooms
    ]
    assert [(row["code"], row["board"], row["basis"]) for row in stored["plans"]] == [
        (plan.code, plan.board, plan.basis) for plan in contract.plans
    ]
    assert row_nights(stored["seasons"]) == season_nights(form.seasons)
    keys = ("source_document", "source_sheet", "source_page", "source_row", "source_cell")
    assert [
        (row["plan"], row["room"], row["season"], row["amount"], *(row[key] for key in keys)) for row in stored["rates"]
    ] == [(rate.plan, rate.room, rate.season, rate.amount, *place(rate.source)) for rate in contract.rates]
    assert [
        (row["code"], row["nights"], row["sharing"], row["single"], row["child"], *(row[key] for key in keys))
        for row in stored["packages"]
    ] == [
        (package.code, package.nights, package.sharing, package.single, package.child, *place(package.source))
        for package in contract.packages
    ]
    said = without_defaults(form)
    for table in ("supplements", "restrictions", "offers"):
        assert [row["terms"] for row in stored[table]] == said.get(table, []), table
    assert [(row["code"], row["percent"], row["stay"], row["pay"]) for row in stored["offers"]] == [
        (offer.code, offer.percent, offer.stay or None, offer.pay or None) for offer in contract.offers
    ]


async def test_what_an_adult_pays_at_least_counts_full_rooms(platform: Platform, agency: Agency) -> None:
    rooms = [{"code": "standard", "base_adults": 2, "max_adults": 3, "max_children": 0}]
    plans = [
        {"code": "bb", "board": "BB", "basis": "per_person_night"},
        {"code": "villa", "board": "RO", "basis": "per_room_night"},
    ]
    rates = [
        {"plan": plan, "room": "standard", "season": "ALL", "amount": amount}
        for plan, amount in (("bb", "100"), ("villa", "500"))
    ]
    patch = nightly("Baobab Lodge", "1", rooms=rooms, plans=plans, rates=rates)
    contract_id = (await send_contract(agency, patch)).json()["contract_ids"][0]
    async with platform.db.tx(agency.ctx) as tx:
        found = [row["least_per_adult"] for row in await rows(tx, "rates", contract_id)]

    assert found == [Decimal("66.666666"), Decimal("166.666666")]


async def test_seasons_of_one_priority_cannot_share_a_night_whoever_writes_them(
    platform: Platform, agency: Agency
) -> None:
    answer = await send_contract(agency, nightly("Baobab Lodge", "100"), draft="true")
    contract_id = answer.json()["contract_ids"][0]
    add = """
        insert into contract_seasons (tenant_id, contract_id, position, weekday, code, priority, nights)
        values (%s, %s, 9, -1, 'AGAIN', %s, '[2028-01-01,2028-01-02)')
    """

    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute(add, [agency.key.tenant_id, contract_id, 1])
    with pytest.raises(psycopg.errors.ExclusionViolation):
        async with platform.db.tx(agency.ctx) as tx:
            await tx.execute(add.replace("9,", "10,"), [agency.key.tenant_id, contract_id, 0])  # pyright: ignore[reportArgumentType]


async def test_a_stored_version_is_out_of_the_apps_reach(platform: Platform, agency: Agency) -> None:
    await imported(agency, nightly("Baobab Lodge", "100.00"))
    refused: list[str] = []
    for statement in (
        "update contracts set document = '{}'",
        "update contracts set currency = 'USD'",
        "delete from contracts",
        *(f"delete from contract_{table}" for table in TABLES),
        *(f"update contract_{table} set position = 9" for table in TABLES),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with platform.db.tx(agency.ctx) as tx:
                await tx.execute(statement)  # pyright: ignore[reportArgumentType] - from TABLES
        refused.append(statement)
    assert len(refused) == 3 + 2 * len(TABLES)


async def test_a_live_version_takes_no_further_rows_and_goes_one_way(platform: Platform, agency: Agency) -> None:
    await imported(agency, nightly("Baobab Lodge", "100.00"))
    more = "insert into contract_plans select tenant_id, contract_id, 'more', 9, 'BB', basis from contract_plans"

    for statement in (more, "update contracts set status = 'draft'"):
        with pytest.raises(psycopg.errors.CheckViolation):
            async with platform.db.tx(agency.ctx) as tx:
                await tx.execute(statement)


async def test_versions_from_before_there_were_rows_are_given_theirs(
    platform: Platform, agency: Agency, other_agency: Agency, postgres: TestServer, database: Dsns
) -> None:
    made = [(one, await imported_version(one, document(patch=WEEKENDS))) for one in (agency, other_agency)]
    before = [await everything(platform, one, contract_id) for one, contract_id in made]
    with psycopg.connect(postgres.dsn_superuser(str(conninfo_to_dict(database.owner)["dbname"]))) as root:
        for table in reversed(TABLES):
            root.execute(f"delete from contract_{table}")  # pyright: ignore[reportArgumentType] - from TABLES

    with psycopg.connect(database.owner, autocommit=True) as owner:
        owner.execute((MIGRATIONS / "026_contract_rows.sql").read_bytes())

    assert [await everything(platform, one, contract_id) for one, contract_id in made] == before


async def imported_version(agency: Agency, content: Json) -> str:
    return str((await send_contract(agency, content)).json()["contract_ids"][0])


async def everything(platform: Platform, agency: Agency, contract_id: str) -> dict[str, list[dict[str, object]]]:
    async with platform.db.tx(agency.ctx) as tx:
        found = {table: await rows(tx, table, contract_id) for table in TABLES}
    assert found["rates"]
    return found
