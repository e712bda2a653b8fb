"""The dashboard over HTTP: one answer for the whole page, cached, partial when a source fails, one tenant's alone."""

import asyncio
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from prometheus_client import REGISTRY

from tembea.crm import record_event
from tembea.dashboard.routes import DashboardOut
from tembea.kernel.embedded import Dsns
from tembea.tenants import get_tenant, take_quota
from tests.app_fixtures import Agency, Platform
from tests.trade_rows import Quote, add_client, add_invoice, add_quote

SECTIONS = ["stats", "activity", "quotes", "invoices", "calls", "pipeline", "usage"]
ZERO = [{"amount": "0.00", "currency": "ZAR"}]


async def whole(agency: Agency, period: str = "30d") -> dict[str, Any]:
    answer = await agency.consultant.get("/api/v1/dashboard/all", params={"period": period})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_new_agency_sees_zeros_and_no_errors(agency: Agency) -> None:
    answer = await agency.consultant.get("/api/v1/dashboard/all")
    page = answer.json()

    assert page["errors"] == {}
    assert page["period"] == "30d"
    assert page["cache"] == {"status": "miss", "age_ms": 0}
    figures = {
        "quotes": {"total": 0, "accepted": 0, "pending": 0, "conversion_rate": 0.0},
        "revenue": {"invoiced": ZERO, "collected": ZERO, "outstanding": ZERO, "overdue": ZERO},
        "clients": {"total": 0, "new": 0, "active": 0},
        "calls": {"completed": 0, "pending": 0, "scheduled": 0},
    }
    assert page["stats"] == figures | {"previous": figures}
    assert page["activity"] == []
    assert page["quotes"]["summary"] == {"total": 0, "value": ZERO, "average": ZERO, "conversion_rate": 0.0}
    assert (page["quotes"]["by_destination"], page["quotes"]["by_hotel"]) == ([], [])
    assert len(page["quotes"]["trend"]) == len(page["invoices"]["trend"]) == len(page["calls"]["trend"]) == 30
    assert page["invoices"]["aging"]["current"] == {"count": 0, "value": []}
    assert page["calls"]["summary"]["average_duration_s"] == 0
    assert page["calls"]["queue"] == {"queued": 0, "in_progress": 0, "scheduled": 0, "next_at": None}
    assert [stage["count"] for stage in page["pipeline"]["stages"]] == [0] * 7
    assert [limit["remaining"] for limit in page["usage"]["limits"]] == [1000, 1500]


@pytest.mark.parametrize("period", ["7d", "30d", "90d", "year", "all"])
async def test_every_period_is_answered(agency: Agency, period: str) -> None:
    page = await whole(agency, period)

    assert page["errors"] == {}
    assert all(page[section] is not None for section in SECTIONS)


async def test_another_period_is_refused(agency: Agency) -> None:
    answer = await agency.consultant.get("/api/v1/dashboard/all", params={"period": "1d"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == "query.period"


async def test_the_second_look_within_half_a_minute_is_a_hit_and_each_period_has_its_own(
    platform: Platform, agency: Agency
) -> None:
    first = await whole(agency)
    async with platform.db.tx(agency.ctx) as tx:
        await add_quote(tx, await add_client(tx))

    second, other_period = await whole(agency), await whole(agency, "7d")

    assert first["cache"] == {"status": "miss", "age_ms": 0}
    assert second["cache"]["status"] == "hit"
    assert second["generated_at"] == first["generated_at"]
    assert second["quotes"] == first["quotes"]
    assert other_period["quotes"] != first["quotes"]


async def test_whoever_writes_sees_it_on_the_cached_page_at_once(agency: Agency) -> None:
    before = await whole(agency)
    made = await agency.consultant.post("/api/v1/crm/clients", json={"name": "Ada Moyo"})
    after = await whole(agency)

    assert made.status_code == 201
    assert before["stats"]["clients"]["total"] == 0
    assert after["stats"]["clients"]["total"] == 1
    assert after["cache"]["status"] == "miss"


async def test_a_page_from_the_cache_has_the_form_that_the_document_says(agency: Agency) -> None:
    for status in ("miss", "hit"):
        answer = await agency.consultant.get("/api/v1/dashboard/all")
        assert answer.headers["content-type"] == "application/json"
        assert DashboardOut.model_validate_json(answer.content).cache.status == status


async def test_a_cached_page_of_one_agency_is_never_anothers(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx, name="Only here")
        await add_quote(tx, client_id)
        await record_event(tx, client_id, kind="quote.sent", title="Quote sent")
        await add_invoice(tx, client_id, total="10.00", due=date(2020, 1, 1))
    await whole(agency)

    elsewhere = await whole(other_agency)

    assert elsewhere["cache"] == {"status": "miss", "age_ms": 0}
    assert elsewhere["activity"] == []
    assert elsewhere["stats"]["clients"]["total"] == 0
    assert elsewhere["stats"]["revenue"]["overdue"] == ZERO


async def test_many_who_look_at_once_cost_one_gathering(agency: Agency) -> None:
    pages = await asyncio.gather(*(whole(agency) for _ in range(12)))

    assert len({str(page["generated_at"]) for page in pages}) == 1


async def whole_once_mended(agency: Agency, *, within_s: float = 3 * 5) -> dict[str, Any]:
    """The first page without an error; until then a spoiled one is kept for 5 s at most."""
    async with asyncio.timeout(within_s):
        while (page := await whole(agency))["errors"]:
            assert page["cache"]["age_ms"] <= 5_000
            await asyncio.sleep(0.2)
        return page


async def test_a_source_that_does_not_answer_takes_only_its_own_section(agency: Agency, database: Dsns) -> None:
    """The activity alone reads enquiries: somebody holds that table so firmly that nobody can read it."""
    holder = await psycopg.AsyncConnection.connect(database.owner)
    async with holder:
        await holder.execute("lock table enquiries in access exclusive mode")
        page = await whole(agency)
        singly = await agency.consultant.get("/api/v1/dashboard/activity")
        await holder.rollback()

    assert page["activity"] is None
    assert set(page["errors"]) == {"activity"}
    assert set(page["errors"]["activity"]) == {"code", "detail"}
    assert "enquiries" not in page["errors"]["activity"]["detail"]
    assert all(page[section] is not None for section in SECTIONS if section != "activity")
    assert singly.status_code == 503

    mended = await whole_once_mended(agency)
    assert mended["cache"] == {"status": "miss", "age_ms": 0}
    assert mended["activity"] == []


async def test_an_answer_comes_in_time_though_everything_hangs(agency: Agency, database: Dsns) -> None:
    """Nothing can be read, the agency's settings included: 1.5 s, with slack for a busy machine.

    Whoever asks was let in a moment before: nobody can be let in whom the database cannot vouch for.
    """
    await whole(agency, "7d")
    holder = await psycopg.AsyncConnection.connect(database.owner)
    async with holder:
        await holder.execute("lock table tenants, rollup_states, enquiries, usage_counters in access exclusive mode")
        began = time.monotonic()
        page = await whole(agency)
        took_s = time.monotonic() - began
        await holder.rollback()

    assert took_s < 3 * 1.5
    assert set(page["errors"]) == set(SECTIONS)
    assert all(page[section] is None for section in SECTIONS)


async def test_sources_that_hang_hold_no_other_section_up(agency: Agency, database: Dsns) -> None:
    """Three sections at a time: four hang, and those behind them are answered all the same."""
    holder = await psycopg.AsyncConnection.connect(database.owner)
    async with holder:
        await holder.execute("lock table invoices, enquiries, call_records in access exclusive mode")
        began = time.monotonic()
        page = await whole(agency)
        took_s = time.monotonic() - began
        await holder.rollback()

    assert took_s < 3 * 1.5
    assert set(page["errors"]) == {"stats", "activity", "invoices", "calls"}
    assert all(page[section] is not None for section in ("quotes", "pipeline", "usage"))


async def test_a_source_that_is_broken_takes_only_its_own_section(agency: Agency, database: Dsns) -> None:
    async with await psycopg.AsyncConnection.connect(database.owner, autocommit=True) as owner:
        await owner.execute("alter table enquiries rename column received_at to arrived_at")
        page = await whole(agency)
        await owner.execute("alter table enquiries rename column arrived_at to received_at")

    assert page["activity"] is None
    assert page["errors"]["activity"]["code"] == "section_failed"
    assert "received_at" not in str(page["errors"])


async def test_a_configuration_that_cannot_be_read_is_said_under_each_section(
    platform: Platform, agency: Agency
) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute("update tenants set settings = '{}', settings_version = settings_version + 1")
    missing = ("tembea_dashboard_sections_failed_total", {"section": "stats", "code": "section_failed"})
    before = REGISTRY.get_sample_value(*missing) or 0
    answer = await agency.admin.get("/api/v1/dashboard/all")

    assert answer.status_code == 200
    assert {reason["code"] for reason in answer.json()["errors"].values()} == {"section_failed"}
    assert len(answer.json()["errors"]) == 7
    assert answer.headers["ratelimit"].startswith('"api";r=599')  # the platform's limits hold meanwhile
    assert REGISTRY.get_sample_value(*missing) == before + 1  # a 200 shows in no other figure that it misses something


async def test_the_sections_singly_are_the_same_as_in_the_whole(platform: Platform, agency: Agency) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        await add_quote(tx, client_id, Quote(created_at=datetime.now(UTC) - timedelta(days=3)))
        await record_event(tx, client_id, kind="quote.sent", title="Quote sent", link="/quotes/1")
    page = await whole(agency, "7d")

    for path, section in (
        ("dashboard/stats", "stats"),
        ("dashboard/activity", "activity"),
        ("analytics/quotes", "quotes"),
        ("analytics/invoices", "invoices"),
        ("analytics/calls", "calls"),
        ("analytics/pipeline", "pipeline"),
    ):
        single = await agency.consultant.get(f"/api/v1/{path}", params={"period": "7d"})
        assert single.json() == page[section], section
    usage = (await agency.consultant.get("/api/v1/usage/limits")).json()
    assert [limit for limit in usage["limits"] if limit["name"].startswith("daily_")] == page["usage"]["limits"]


async def test_activity_says_what_happened_to_whom_newest_first(platform: Platform, agency: Agency) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx, name="Siobhán Ní Dhúill")
        for n in range(25):
            await record_event(tx, client_id, kind="quote.sent", title=f"Quote {n} sent", link=f"/quotes/{n}")
        await record_event(tx, client_id, kind="note.added", title="Note")

    activity = (await agency.consultant.get("/api/v1/dashboard/activity")).json()

    assert len(activity) == 20
    assert activity[0]["type"] == "note"
    assert activity[0]["link"] == f"/clients/{client_id}"
    assert {key: activity[1][key] for key in ("type", "status", "title", "subtitle", "link")} == {
        "type": "quote",
        "status": "sent",
        "title": "Quote 24 sent",
        "subtitle": "Siobhán Ní Dhúill",
        "link": "/quotes/24",
    }


async def test_usage_counts_what_was_taken_today_in_the_agencys_zone(platform: Platform, agency: Agency) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        for _ in range(3):
            await take_quota(tx, await get_tenant(tx), "daily_quotes")

    usage = (await agency.consultant.get("/api/v1/usage/limits")).json()

    assert usage["tenant_id"] == "savanna-trails"
    quotes = next(limit for limit in usage["limits"] if limit["name"] == "daily_quotes")
    assert (quotes["name"], quotes["limit"], quotes["used"], quotes["remaining"]) == ("daily_quotes", 1000, 3, 997)
    assert quotes["window_s"] == 86_400
    assert datetime.fromisoformat(quotes["resets_at"]).astimezone(UTC).hour == 22


async def test_only_the_agencys_people_look(platform: Platform, agency: Agency) -> None:
    operator = await platform.operator()

    assert (await platform.anonymous.get("/api/v1/dashboard/all")).status_code == 401
    assert (await operator.get("/api/v1/dashboard/all")).status_code == 403
