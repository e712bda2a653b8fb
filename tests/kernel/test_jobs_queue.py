"""Promised in a transaction, retried with patience, kept when hopeless, and never mixed up between tenants."""

import asyncio
import contextvars
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import structlog
from prometheus_client import REGISTRY

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.embedded import Dsns
from tembea.kernel.jobs import Job, enqueue, job
from tembea.kernel.telemetry.work import CURRENT
from tests.kernel.queue_parts import Queue, queue_on, tenant


@pytest.fixture
async def queue(database: Dsns, anyio_backend: str) -> AsyncIterator[Queue]:
    async with queue_on(database) as running:
        yield running


def recording(name: str = "test.record") -> tuple[Job, list[tuple[str, int]]]:
    """A kind of job that notes whose it was and its number."""
    ran: list[tuple[str, int]] = []

    @job(name)
    async def record(ctx: Context, db: Db, providers: object, *, number: int) -> None:
        ran.append((ctx.tenant_slug, number))

    return record, ran


def failing(attempts: int = 3) -> tuple[Job, list[int]]:
    """A kind of job that never works, with a customer's address in its message."""
    ran: list[int] = []

    @job("test.fail", attempts=attempts)
    async def fail(ctx: Context, db: Db, providers: object) -> None:
        ran.append(1)
        raise ValueError("Cannot write to Thandi Nkosi <thandi@savanna.example>, phone 0825550101")

    return fail, ran


async def test_a_rollback_leaves_no_job(queue: Queue) -> None:
    record, _ = recording()
    with pytest.raises(RuntimeError):
        async with queue.db.tx(tenant("savanna")) as tx:
            await enqueue(tx, record, number=1)
            raise RuntimeError
    assert queue.rows() == []


async def test_a_job_runs_once_for_its_tenant_and_is_gone(queue: Queue) -> None:
    record, ran = recording()
    await queue.enqueue(tenant("savanna"), record, number=1)
    await queue.enqueue(tenant("harbour"), record, number=2)
    await queue.run_due(record)
    assert ran == [("savanna", 1), ("harbour", 2)]
    assert queue.rows() == []


async def test_a_scheduled_job_waits_for_its_time(queue: Queue) -> None:
    record, ran = recording()
    async with queue.db.tx(tenant("savanna")) as tx:
        await enqueue(tx, record, number=1, at=datetime.now(UTC) + timedelta(hours=1))
    await queue.run_due(record)
    assert ran == []
    queue.make_due()
    await queue.run_due(record)
    assert ran == [("savanna", 1)]


async def test_a_failing_job_is_retried_later_and_in_the_end_kept_with_its_reason(queue: Queue) -> None:
    fail, ran = failing(attempts=3)
    await queue.enqueue(tenant("savanna"), fail)
    for attempt in (1, 2):
        await queue.run_due(fail)
        row = queue.rows("select status::text, attempts, scheduled_at > now() as later from procrastinate_jobs")[0]
        assert row == {"status": "todo", "attempts": attempt, "later": True}
        queue.make_due()
    await queue.run_due(fail)

    assert len(ran) == 3
    dead = queue.rows("select j.status::text, f.* from procrastinate_jobs j join job_failures f on f.job_id = j.id")[0]
    assert (dead["status"], dead["error_class"]) == ("failed", "ValueError")
    assert "thandi" not in str(dead["error_message"]).lower()
    assert "0825550101" not in str(dead["error_message"])
    await queue.run_due(fail)
    assert len(ran) == 3


async def test_a_job_that_works_at_last_leaves_no_failure_behind(queue: Queue) -> None:
    tries: list[int] = []

    @job("test.second", attempts=3)
    async def second(ctx: Context, db: Db, providers: object) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError

    await queue.enqueue(tenant("savanna"), second)
    await queue.run_due(second)
    assert len(queue.rows("select * from job_failures")) == 1
    queue.make_due()
    await queue.run_due(second)
    assert queue.rows() == []
    assert queue.rows("select * from job_failures") == []


async def test_a_job_that_takes_too_long_has_failed(queue: Queue) -> None:
    @job("test.endless", timeout_s=0.05)
    async def endless(ctx: Context, db: Db, providers: object) -> None:
        await asyncio.sleep(60)

    await queue.enqueue(tenant("savanna"), endless)
    await queue.run_due(endless)
    assert queue.rows("select error_class from job_failures") == [{"error_class": "TimeoutError"}]


async def test_nothing_of_one_job_is_left_for_the_next(queue: Queue) -> None:
    ambient: contextvars.ContextVar[str] = contextvars.ContextVar("ambient", default="nobody")
    seen: list[tuple[str, str, object, object]] = []

    @job("test.look", attempts=1)
    async def look(ctx: Context, db: Db, providers: object) -> None:
        async with db.tx(ctx) as tx:
            set_in_database = await tx.value(str, "select current_setting('app.tenant_id')")
        assert set_in_database == str(ctx.tenant_id)
        bound = structlog.contextvars.get_contextvars()
        work = CURRENT.get()
        seen.append((ctx.tenant_slug, ambient.get(), work and work.tenant, bound.get("left_behind")))
        ambient.set(ctx.tenant_slug)
        structlog.contextvars.bind_contextvars(left_behind=ctx.tenant_slug)
        if ctx.tenant == "savanna":
            raise ValueError

    await queue.enqueue(tenant("savanna"), look)
    await queue.enqueue(tenant("harbour"), look)
    await queue.run_due(look)

    assert seen == [("savanna", "nobody", "savanna", None), ("harbour", "nobody", "harbour", None)]
    async with queue.db.pool.connection() as connection:
        row = await (await connection.execute("select current_setting('app.tenant_id', true)")).fetchone()
    assert row in ((None,), ("",))


async def test_runs_are_counted_by_kind_and_outcome(queue: Queue) -> None:
    record, _ = recording("test.counted")
    await queue.enqueue(tenant("savanna"), record, number=1)
    await queue.enqueue(tenant("savanna"), record, number=2)
    await queue.run_due(record)
    labels = {"kind": "test.counted", "outcome": "succeeded"}
    assert REGISTRY.get_sample_value("tembea_jobs_runs_total", labels) == 2
    assert REGISTRY.get_sample_value("tembea_jobs_duration_seconds_count", {"kind": "test.counted"}) == 2
