"""What an operator sees of the queue, and what may be done about a dead letter."""

from collections.abc import AsyncIterator

import psycopg
import pytest
from httpx import AsyncClient

from tembea.kernel.context import PLATFORM_TENANT_ID, Context, system_context
from tembea.kernel.db import Db
from tembea.kernel.jobs import Job, bind_jobs, enqueue, job
from tests.app_fixtures import Agency, Platform

URL = "/api/v1/operator/jobs"
UNKNOWN = "987654321"
broken: list[str] = []


@job("test.mend", attempts=1)
async def mend(ctx: Context, db: Db, providers: object, *, thing: str) -> None:
    """Fails while its thing is broken."""
    if thing in broken:
        raise ValueError(f"broken: {thing}")


@pytest.fixture
async def operator(platform: Platform) -> AsyncIterator[AsyncClient]:
    broken[:] = ["lamp"]
    async with await platform.operator() as client:
        yield client


async def promise(platform: Platform, agency: Agency, *things: str) -> list[str]:
    async with platform.db.tx(agency.ctx) as tx:
        return [str(await enqueue(tx, mend, thing=thing)) for thing in things]


async def run(platform: Platform, *kinds: Job) -> None:
    queue = bind_jobs(kinds, db=platform.db, providers=None, dsn=platform.settings.app_dsn)
    async with queue.open_async():
        await queue.run_worker_async(
            wait=False, listen_notify=False, delete_jobs="successful", install_signal_handlers=False
        )


async def dead_letter(platform: Platform, agency: Agency) -> str:
    (number,) = await promise(platform, agency, "lamp")
    await run(platform, mend)
    return number


async def audited(platform: Platform) -> list[tuple[str, str]]:
    async with platform.db.read(system_context(PLATFORM_TENANT_ID, "platform")) as read:
        rows = await read.rows("select action, subject_id from audit_entries where subject_kind = 'job' order by at")
    return [(str(row["action"]), str(row["subject_id"])) for row in rows]


async def test_an_operator_sees_what_waits_and_what_died_and_why(
    platform: Platform, operator: AsyncClient, agency: Agency, other_agency: Agency
) -> None:
    number = await dead_letter(platform, agency)
    await promise(platform, other_agency, "door", "window")

    seen = (await operator.get(URL)).json()
    assert seen["totals"] == {"waiting": 2, "scheduled": 0, "running": 0, "dead": 1}
    assert seen["by_kind"]["test.mend"]["waiting"] == 2
    assert seen["by_tenant"][agency.key.tenant]["dead"] == 1
    assert seen["oldest_waiting_age_s"] >= 0
    assert [item["status"] for item in seen["items"]] == ["waiting", "waiting", "dead"]
    dead = seen["items"][-1]
    assert (dead["id"], dead["tenant_id"], dead["kind"]) == (number, agency.key.tenant, "test.mend")
    assert dead["error"]["error_class"] == "ValueError"


async def test_the_list_is_filtered_and_paged(
    platform: Platform, operator: AsyncClient, agency: Agency, other_agency: Agency
) -> None:
    await dead_letter(platform, agency)
    waiting = await promise(platform, other_agency, "a", "b", "c")

    async def ids(**query: str) -> list[str]:
        return [item["id"] for item in (await operator.get(URL, params=query)).json()["items"]]

    assert len(await ids(status="dead")) == 1
    assert await ids(tenant_id=other_agency.key.tenant) == waiting[::-1]
    assert await ids(kind="test.other") == []
    first = (await operator.get(URL, params={"limit": "3"})).json()
    rest = (await operator.get(URL, params={"limit": "3", "cursor": first["next_cursor"]})).json()
    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (3, 1, None)
    assert (await operator.get(URL, params={"cursor": "nonsense"})).status_code == 422


async def test_a_dead_letter_is_retried_with_all_its_attempts(
    platform: Platform, operator: AsyncClient, agency: Agency
) -> None:
    number = await dead_letter(platform, agency)
    broken.clear()

    answer = await operator.post(f"{URL}/{number}/retry")
    assert (answer.status_code, answer.json()["status"], answer.json()["attempts"]) == (200, "waiting", 0)
    assert (await operator.post(f"{URL}/{number}/retry")).json()["code"] == "job_not_dead"
    await run(platform, mend)
    assert (await operator.get(URL)).json()["items"] == []
    assert await audited(platform) == [("job.retried", number)]


async def test_a_dead_letter_is_discarded(platform: Platform, operator: AsyncClient, agency: Agency) -> None:
    number = await dead_letter(platform, agency)
    assert (await operator.post(f"{URL}/{number}/discard")).status_code == 204
    assert (await operator.post(f"{URL}/{number}/discard")).status_code == 404
    assert await audited(platform) == [("job.discarded", number)]
    with psycopg.connect(platform.settings.app_dsn) as connection:
        assert connection.execute("select count(*) from job_failures").fetchone() == (0,)


@pytest.mark.parametrize("step", ["retry", "discard"])
async def test_only_a_dead_letter_is_touched(
    platform: Platform, operator: AsyncClient, agency: Agency, step: str
) -> None:
    (number,) = await promise(platform, agency, "door")
    answer = await operator.post(f"{URL}/{number}/{step}")
    assert (answer.status_code, answer.json()["code"]) == (409, "job_not_dead")
    assert await audited(platform) == []


@pytest.mark.parametrize("step", ["retry", "discard"])
async def test_an_unknown_job_is_not_found(operator: AsyncClient, step: str) -> None:
    answer = await operator.post(f"{URL}/{UNKNOWN}/{step}")
    assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found")


async def test_staff_may_neither_look_nor_touch(platform: Platform, operator: AsyncClient, agency: Agency) -> None:
    number = await dead_letter(platform, agency)
    for person in (agency.admin, agency.consultant):
        assert (await person.get(URL)).status_code == 403
        for step in ("retry", "discard"):
            assert (await person.post(f"{URL}/{number}/{step}")).status_code == 403
    assert (await platform.anonymous.get(URL)).status_code == 401
    assert (await operator.get(URL, params={"status": "dead"})).json()["totals"]["dead"] == 1


async def test_a_kind_that_no_database_can_hold_is_refused(platform: Platform) -> None:
    operator = await platform.operator()
    answer = await operator.get("/api/v1/operator/jobs", params={"kind": "quotes\x00deliver"})

    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, "query.kind")
