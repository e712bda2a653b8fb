"""The promise of service as an operator reads it, and the alert rules that watch over it."""

import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import psycopg
import pytest
from httpx import AsyncClient

from tembea.kernel.context import platform_context
from tembea.kernel.embedded import Dsns
from tembea.kernel.exposition import worker_text
from tembea.kernel.scraping import serving_metrics
from tembea.kernel.telemetry import MEASURED
from tembea.operations import get_service
from tembea.operations.service_service import publish
from tests.app_fixtures import Platform
from tests.inbox.desk import COMPLETE, Desk, desk
from tests.inbox.mails import mail
from tests.system_tools import require_tool

__all__ = ["desk"]

URL = "/api/v1/operator/service"
RULES = Path(__file__).parents[2] / "deploy" / "monitoring" / "mail.rules.yml"


@pytest.fixture
async def operator(platform: Platform) -> AsyncClient:
    return await platform.operator()


def age_mail(database: Dsns, *, seconds: int) -> None:
    """Let every received message have come earlier."""
    with psycopg.connect(database.owner) as connection:
        connection.execute("alter table inbound_messages no force row level security")
        connection.execute(
            "update inbound_messages set received_at = received_at - make_interval(secs => %s)", [seconds]
        )
        connection.execute("alter table inbound_messages force row level security")


async def test_an_idle_platform_has_nothing_waiting_and_no_percentiles(operator: AsyncClient) -> None:
    assert (await operator.get(URL)).json() == {
        "oldest_unprocessed_mail_s": None,
        "mail_to_quote": {"count": 0, "p50_s": None, "p95_s": None},
        "dead_letters": 0,
        "jobs_waiting": 0,
        "mails_failed": 0,
    }


async def test_mail_that_nobody_has_read_grows_old(desk: Desk, operator: AsyncClient, database: Dsns) -> None:
    await desk.takes_in(mail(text=COMPLETE))
    age_mail(database, seconds=400)

    seen = (await operator.get(URL)).json()
    assert 400 <= seen["oldest_unprocessed_mail_s"] < 460
    assert seen["jobs_waiting"] == 1
    await desk.platform.run_jobs()
    assert (await operator.get(URL)).json()["oldest_unprocessed_mail_s"] is None


async def test_a_quote_is_measured_from_its_mail_to_its_answer(
    desk: Desk, operator: AsyncClient, database: Dsns
) -> None:
    await desk.takes_in(mail(text=COMPLETE))
    age_mail(database, seconds=30)
    await desk.platform.run_jobs()

    measured = (await operator.get(URL)).json()["mail_to_quote"]
    assert measured["count"] == 1
    assert 30 <= measured["p50_s"] == measured["p95_s"] < 90


async def test_a_quote_that_waited_for_a_person_is_not_measured(
    desk: Desk, operator: AsyncClient, database: Dsns
) -> None:
    await desk.receives(mail(text=COMPLETE))
    long_ago = datetime.now(UTC) - timedelta(hours=2)
    with psycopg.connect(database.owner) as connection:
        connection.execute("alter table inbound_messages no force row level security")
        connection.execute("update inbound_messages set received_at = %s, understood_at = %s", [long_ago, long_ago])
        connection.execute("alter table inbound_messages force row level security")

    assert (await operator.get(URL)).json()["mail_to_quote"]["count"] == 0


async def test_only_operators_are_told(desk: Desk) -> None:
    assert (await desk.agency.admin.get(URL)).status_code == 403
    assert (await desk.platform.anonymous.get(URL)).status_code == 401


async def test_an_agency_cannot_ask_for_figures_over_all_agencies(desk: Desk) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with desk.platform.db.read(desk.agency.ctx) as read:
            await get_service(read)


def gauge(name: str, **labels: str) -> float | None:
    return MEASURED.get_sample_value(name, labels)


async def test_prometheus_is_told_the_same_and_forgets_old_percentiles(desk: Desk, database: Dsns) -> None:
    await desk.takes_in(mail(text=COMPLETE))
    age_mail(database, seconds=400)
    async with desk.platform.db.read(platform_context()) as read:
        publish(await get_service(read))
    assert (gauge("tembea_mail_oldest_unprocessed_seconds") or 0) >= 400
    assert gauge("tembea_mail_to_quote_seconds", q="0.95") is None

    await desk.platform.run_jobs()
    async with desk.platform.db.read(platform_context()) as read:
        publish(await get_service(read))
    assert gauge("tembea_mail_oldest_unprocessed_seconds") == 0
    assert (gauge("tembea_mail_to_quote_seconds", q="0.95") or 0) >= 400


def test_the_worker_answers_scrapes_until_it_stops() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serving_metrics("127.0.0.1", port, worker_text):
        scraped = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    assert "tembea_mail_oldest_unprocessed_seconds" in scraped
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/metrics")


def test_the_alert_rules_are_valid_and_fire_when_they_should() -> None:
    promtool = require_tool("promtool")
    for command in (["check", "rules", "--lint-fatal", RULES.name], ["test", "rules", "mail.rules.test.yml"]):
        run = subprocess.run([promtool, *command], cwd=RULES.parent, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
