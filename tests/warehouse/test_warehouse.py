"""Rates and price history in the warehouse, embedded and in BigQuery: fed by jobs, asked over HTTP, tenants apart."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, cast

import pytest
from typer.testing import CliRunner

from tembea.commands.warehouse import commands
from tembea.kernel.context import platform_context
from tembea.kernel.paging import encode_cursor
from tembea.kernel.telemetry.metrics import MEASURED
from tembea.operations.health import REMEMBERED_S
from tembea.providers.warehouse.bigquery import dataset_name
from tembea.settings import Settings
from tembea.warehouse import enqueue_waiting
from tests.app_fixtures import Agency, Platform, running_platform
from tests.providers.bigquery_server import BigQueryServer, bigquery_server
from tests.quotes.quotes_factories import generated
from tests.rates.rates_factories import imported, nightly
from tests.rates.sheet_factories import csv_of, package, send_sheet

PRICES, RATES = "/api/v1/analytics/prices", "/api/v1/analytics/rates"
Json = dict[str, Any]


async def asked(agency: Agency, path: str = PRICES, **params: object) -> Json:
    answer = await agency.consultant.get(path, params=cast("dict[str, str]", params))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def fed(platform: Platform) -> None:
    """What the worker does every half minute."""
    await enqueue_waiting(platform_context(), platform.db)
    await platform.run_jobs()


async def waiting(platform: Platform, agency: Agency) -> int:
    async with platform.db.read(agency.ctx) as read:
        return await read.value(int, "select count(*)::int from warehouse_outbox") or 0


async def reloaded(platform: Platform, *arguments: str) -> str:
    """What `tembea warehouse reload` says."""
    command = partial(CliRunner().invoke, commands, ["reload", *arguments], obj=lambda: platform.settings)
    result = await asyncio.to_thread(command)
    assert result.exit_code == 0, result.output
    return result.output


async def open_loads(platform: Platform) -> list[Json]:
    operator = await platform.operator()
    items = (await operator.get("/api/v1/operator/jobs")).json()["items"]
    return [job for job in items if job["kind"] == "warehouse.load"]


async def test_quotes_and_contracts_are_answered_once_they_are_loaded_and_the_answer_says_what_is_missing(
    platform: Platform, agency: Agency
) -> None:
    hotel_id = await imported(agency, nightly("Mwezi Bay", "100.00", destination="Victoria Falls"))
    quote = cast("Json", await generated(agency))
    before = await asked(agency)
    await fed(platform)
    after = await asked(agency, hotel_id=hotel_id)
    rates = await asked(agency, RATES, hotel_id=hotel_id, night=quote["check_in"])

    assert before == {
        "warehouse": {"status": "behind", "source": "duckdb", "reason": None, "waiting": 2},
        "items": [],
        "next_cursor": None,
    }
    assert after["warehouse"] == {"status": "complete", "source": "duckdb", "reason": None, "waiting": 0}
    [price], [option] = after["items"], quote["options"]
    assert price["quote_id"] == quote["id"]
    assert price["total"] == option["total"]
    assert price["hotel"] == {"id": hotel_id, "name": "Mwezi Bay"}
    assert (price["check_in"], price["nights"]) == (quote["check_in"], quote["nights"])
    assert abs(datetime.fromisoformat(price["quoted_at"]) - datetime.fromisoformat(quote["created_at"])) < timedelta(
        seconds=1
    )
    [rate] = rates["items"]
    assert rate["amount"] == {"amount": "100.00", "currency": "ZAR"}
    assert (rate["season"], rate["board"], rate["contract_version"]) == ("ALL", "BB", 1)
    assert rate["source"].endswith("B2")


async def test_each_version_of_a_contract_keeps_what_it_charged(platform: Platform, agency: Agency) -> None:
    hotel_id = await imported(agency, nightly("Mwezi Bay", "100.00"))
    await fed(platform)
    await imported(agency, nightly("Mwezi Bay", "120.50"))
    await fed(platform)

    rates = await asked(agency, RATES, hotel_id=hotel_id, night="2028-02-29")

    found = [(rate["contract_version"], rate["amount"]["amount"]) for rate in rates["items"]]
    assert found == [(2, "120.50"), (1, "100.00")]


async def test_packages_are_there_by_the_price_with_the_cell_that_each_stands_in(
    platform: Platform, agency: Agency
) -> None:
    [hotel_id] = (await send_sheet(agency, csv_of(package(total_infant="0")))).json()["hotel_ids"]
    await fed(platform)

    rates = await asked(agency, RATES, hotel_id=hotel_id, night="2031-05-10")

    found = {rate["season"]: (rate["basis"], rate["amount"]["amount"], rate["source"]) for rate in rates["items"]}
    assert found == {
        "7 nights, sharing": ("per_person_stay", "40000.00", "rates.csv / I2"),
        "7 nights, single": ("per_person_stay", "55000.00", "rates.csv / J2"),
        "7 nights, child": ("per_person_stay", "20000.00", "rates.csv / K2"),
        "7 nights, infant": ("per_person_stay", "0.00", "rates.csv / L2"),
    }


async def test_loading_again_changes_nothing_and_a_lost_warehouse_is_filled_anew(
    platform: Platform, agency: Agency
) -> None:
    await imported(agency, nightly("Mwezi Bay", "100.00"))
    await generated(agency)
    await fed(platform)
    first = await asked(agency)
    assert "savanna-trails: 2 quotes and contracts" in await reloaded(platform)
    await fed(platform)
    assert await asked(agency) == first

    for file in (platform.settings.data_dir / "warehouse").iterdir():
        file.unlink()
    lost = await asked(agency)
    assert (lost["items"], lost["warehouse"]["reason"]["code"]) == (None, "nothing_loaded")
    await reloaded(platform, "--tenant", "savanna-trails")
    await fed(platform)  # finds its tables gone and makes them again
    assert await asked(agency) == first


async def test_no_agency_sees_another_s_prices_whatever_it_asks(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    hotel_id = await imported(agency, nightly("Mwezi Bay", "100.00"))
    quote = await generated(agency)
    await fed(platform)
    hostile = ["' or 1=1 --", "Victoria Falls'; attach 'x' as y; --", "%", f"../{agency.key.tenant_id}"]

    assert len((await asked(agency))["items"]) == 1
    assert (await asked(other_agency, hotel_id=hotel_id))["items"] == []
    assert (await asked(other_agency, RATES, hotel_id=hotel_id, night=quote["check_in"]))["items"] == []
    for text in (*hostile, "Victoria Falls"):
        assert (await asked(other_agency, destination=text))["items"] == []
        header = await other_agency.admin.get(PRICES, headers={"X-Client-ID": agency.key.tenant})
        assert header.json()["code"] == "tenant_mismatch"
    files = sorted(file.name for file in (platform.settings.data_dir / "warehouse").iterdir())
    assert files == [f"{agency.key.tenant_id}.duckdb"]
    assert [(platform.settings.data_dir / "warehouse" / name).stat().st_mode & 0o077 for name in files] == [0]


async def test_prices_are_found_by_destination_with_its_other_names_by_day_and_page_by_page(
    platform: Platform, agency: Agency
) -> None:
    await imported(agency, nightly("Mwezi Bay", "100.00"))
    for _ in range(3):
        await generated(agency)
    await fed(platform)
    today = datetime.now(UTC).date()

    assert len((await asked(agency, destination="vic falls"))["items"]) == 3
    assert (await asked(agency, destination="Zanzibar"))["items"] == []
    assert (await asked(agency, to=str(today - timedelta(days=2))))["items"] == []
    assert len((await asked(agency, **{"from": str(date.min)}, to=str(date.max)))["items"]) == 3
    first = await asked(agency, limit=2)
    second = await asked(agency, limit=2, cursor=first["next_cursor"])
    everything = await asked(agency)
    assert first["items"] + second["items"] == everything["items"]
    assert second["next_cursor"] is None
    assert (await asked(agency, **{"from": str(date.max)}))["items"] == []
    beyond = encode_cursor(["0001-01-01T00:00:00+14:00", everything["items"][0]["quote_id"]])
    assert (await agency.consultant.get(PRICES, params={"cursor": beyond})).status_code == 422
    wrong = await agency.consultant.get(PRICES, params={"from": "2027-02-01", "to": "2027-01-01"})
    assert (wrong.status_code, wrong.json()["errors"][0]["loc"]) == (422, "query.from")


async def test_a_file_that_is_none_is_told_honestly_and_what_waits_goes_on_waiting(
    platform: Platform, agency: Agency
) -> None:
    await imported(agency, nightly("Mwezi Bay", "100.00"))
    folder = platform.settings.data_dir / "warehouse"
    folder.mkdir()
    (folder / f"{agency.key.tenant_id}.duckdb").write_text("no database" * 1_000)
    await fed(platform)

    answer = await asked(agency)

    assert answer["items"] is None
    assert answer["warehouse"]["status"] == "unavailable"
    assert answer["warehouse"]["reason"]["code"] == "refused"
    assert str(folder) not in str(answer)
    assert await waiting(platform, agency) == 1


@pytest.fixture
def bigquery() -> Iterator[BigQueryServer]:
    with bigquery_server() as running:
        yield running


@pytest.fixture
async def connected(settings: Settings, bigquery: BigQueryServer) -> AsyncIterator[Platform]:
    """A platform whose warehouse is BigQuery."""
    update = {"google_cloud_project": "p", "bigquery_emulator": bigquery.url}
    async with running_platform(settings.model_copy(update=update)) as running:
        yield running


async def test_the_same_answers_come_from_bigquery_each_agency_s_from_its_own_dataset(
    connected: Platform, bigquery: BigQueryServer
) -> None:
    mine, other = await connected.new_agency("savanna-trails"), await connected.new_agency("harbour-travel")
    hotel_id = await imported(mine, nightly("Mwezi Bay", "100.00"))
    await imported(other, nightly("Mwezi Bay", "200.00"))
    quotes = [cast("Json", await generated(one)) for one in (mine, other)]
    await fed(connected)

    answers = [await asked(mine, destination="Vic Falls"), await asked(other, hotel_id=hotel_id), await asked(other)]

    assert [len(answer["items"]) for answer in answers] == [1, 0, 1]
    assert answers[0]["items"][0]["quote_id"] == quotes[0]["id"]
    assert answers[2]["items"][0]["total"] == quotes[1]["options"][0]["total"]
    assert answers[0]["warehouse"] == {"status": "complete", "source": "bigquery", "reason": None, "waiting": 0}
    rates = await asked(mine, RATES, hotel_id=hotel_id, night=quotes[0]["check_in"])
    assert [rate["amount"]["amount"] for rate in rates["items"]] == ["100.00"]
    assert set(bigquery.datasets) == {dataset_name(agency.key.tenant_id) for agency in (mine, other)}


async def test_a_warehouse_that_is_away_delays_no_quote_leaves_its_job_waiting_and_catches_up(
    connected: Platform, bigquery: BigQueryServer
) -> None:
    agency = await connected.new_agency("savanna-trails")
    await imported(agency, nightly("Mwezi Bay", "100.00"))
    bigquery.misbehave_always((503, "backendError"))
    await generated(agency)
    await fed(connected)
    await fed(connected)  # one job is enough, however often one looks
    answer = await asked(agency)
    [job] = await open_loads(connected)

    assert (answer["items"], answer["warehouse"]["status"], answer["warehouse"]["waiting"]) == (None, "unavailable", 2)
    assert answer["warehouse"]["reason"]["code"] == "unreachable"
    assert MEASURED.get_sample_value("tembea_warehouse_waiting") == 2
    assert (job["status"], job["tenant_id"], job["attempts"]) == ("scheduled", agency.key.tenant, 1)

    bigquery.misbehave_always(None)
    async with connected.db.tx(agency.ctx) as tx:
        await tx.execute("update procrastinate_jobs set scheduled_at = now() where task_name = 'warehouse.load'")
    await connected.run_jobs()
    answer = await asked(agency)
    assert (len(answer["items"]), answer["warehouse"]["status"]) == (1, "complete")


async def test_a_warehouse_that_hangs_is_answered_for_in_time_and_health_says_so(
    connected: Platform, bigquery: BigQueryServer
) -> None:
    agency = await connected.new_agency("savanna-trails")
    healthy = (await connected.anonymous.get("/health/ready")).json()
    bigquery.misbehave_always("hang")
    connected.app.state.health._warehouse_was = None  # as if a quarter of a minute had passed
    await asyncio.sleep(REMEMBERED_S + 0.1)
    started = time.monotonic()
    answer, ready = await asyncio.gather(asked(agency), connected.anonymous.get("/health/ready"))
    took_s = time.monotonic() - started
    await asyncio.sleep(REMEMBERED_S + 0.1)
    again = (await connected.anonymous.get("/health/ready")).json()

    assert healthy["checks"]["bigquery"]["status"] == "healthy"
    assert healthy["checks"]["bigquery"]["latency_ms"] > 0
    assert ready.status_code == 200
    assert ready.json()["checks"]["bigquery"]["status"] == "degraded"
    assert again["checks"]["bigquery"]["latency_ms"] > 0, "what is remembered says how long it took"
    assert answer["items"] is None
    assert took_s < 3 * 1.5


async def test_a_question_that_would_cost_too_much_is_refused_with_what_to_do(
    connected: Platform, bigquery: BigQueryServer
) -> None:
    agency = await connected.new_agency("savanna-trails")
    await imported(agency, nightly("Mwezi Bay", "100.00"))
    await fed(connected)
    bigquery.bytes_processed = connected.settings.bigquery_max_bytes_billed + 1

    reason = (await asked(agency))["warehouse"]["reason"]

    assert reason["code"] == "too_expensive"
    assert "fewer days" in reason["detail"]


async def test_health_does_not_ask_bigquery_for_every_probe(connected: Platform, bigquery: BigQueryServer) -> None:
    await asyncio.sleep(REMEMBERED_S + 0.1)
    await connected.anonymous.get("/health/ready")
    asked_before = len(bigquery.requests)
    for _ in range(2):
        await asyncio.sleep(REMEMBERED_S + 0.1)
        await connected.anonymous.get("/health/ready")

    assert len(bigquery.requests) == asked_before
