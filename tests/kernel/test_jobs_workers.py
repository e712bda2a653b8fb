"""Workers die, stop and restart: their jobs come back, once, and nobody takes a job from a worker that lives."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psycopg
import pytest

from tembea.kernel.context import PLATFORM_TENANT_ID, Context, Role, platform_context
from tembea.kernel.db import Db
from tembea.kernel.embedded import Dsns
from tembea.kernel.ids import new_id
from tembea.kernel.jobs import Job, bind_jobs, job, periodic, rescue_stalled
from tembea.kernel.jobs.periods import enqueue_due
from tests.kernel.queue_parts import Queue, queue_on, tenant
from tests.kernel.queue_worker import sleep

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def queue(database: Dsns, anyio_backend: str) -> AsyncIterator[Queue]:
    async with queue_on(database) as running:
        yield running


def start_worker(queue: Queue, *, drain_timeout_s: float = 5) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.kernel.queue_worker", queue.dsn, str(drain_timeout_s)]
    path = {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "PATH": "/usr/bin:/bin"}
    return subprocess.Popen(command, cwd=ROOT, env=path, stdout=subprocess.PIPE, text=True)


async def heard(worker: subprocess.Popen[str], line: str) -> None:
    """Wait until the worker says `line`."""
    assert worker.stdout is not None
    async with asyncio.timeout(60):
        while (await asyncio.to_thread(worker.stdout.readline)).strip() != line:
            assert worker.poll() is None


async def until(look: Callable[[], bool], *, within_s: float) -> float:
    """How many seconds it took until `look` was content."""
    started = time.monotonic()
    async with asyncio.timeout(within_s):
        while not look():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.1)
    return time.monotonic() - started


def statuses(queue: Queue) -> list[tuple[object, object]]:
    rows = queue.rows("select status::text, attempts from procrastinate_jobs order by id")
    return [(row["status"], row["attempts"]) for row in rows]


async def rescue(queue: Queue, *kinds: Job) -> int:
    bound = bind_jobs(kinds, db=queue.db, providers=None, dsn=queue.dsn)
    async with bound.open_async():
        return await rescue_stalled(bound, kinds)


def let_heartbeats_age(queue: Queue, seconds: int) -> None:
    queue.execute("update procrastinate_workers set last_heartbeat = now() - make_interval(secs => %s)", seconds)


async def test_the_job_of_a_killed_worker_runs_again_within_thirty_seconds(queue: Queue) -> None:
    await queue.enqueue(tenant("savanna"), sleep, seconds=1)
    first = start_worker(queue)
    await heard(first, "began 1")
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    second = start_worker(queue)
    try:
        took_s = await until(lambda: queue.rows() == [], within_s=90)
        print(f"rescued and done after {took_s:.1f} s")
        assert took_s <= 30
    finally:
        second.terminate()
        second.wait(30)


async def test_a_dead_workers_job_is_rescued_once_and_counts_its_lost_run(queue: Queue) -> None:
    await queue.enqueue(tenant("savanna"), sleep, seconds=30)
    worker = start_worker(queue)
    await heard(worker, "began 30")
    worker.kill()
    worker.wait(10)
    let_heartbeats_age(queue, 60)
    moved = await asyncio.gather(*(rescue(queue, sleep) for _ in range(4)))
    assert sum(moved) == 1
    assert statuses(queue) == [("todo", 1)]


async def test_the_job_of_a_worker_that_was_removed_is_rescued_at_once(queue: Queue) -> None:
    await queue.enqueue(tenant("savanna"), sleep, seconds=30)
    hold(queue)
    queue.execute("delete from procrastinate_workers")
    assert queue.rows("select worker_id from procrastinate_jobs") == [{"worker_id": None}]
    assert await rescue(queue, sleep) == 1


async def test_nobody_takes_the_job_of_a_worker_that_lives(queue: Queue) -> None:
    await queue.enqueue(tenant("savanna"), sleep, seconds=30)
    hold(queue)
    let_heartbeats_age(queue, 10)
    assert await rescue(queue, sleep) == 0
    assert statuses(queue) == [("doing", 0)]


async def test_a_job_that_keeps_killing_its_worker_becomes_a_dead_letter(queue: Queue) -> None:
    await queue.enqueue(tenant("savanna"), sleep, seconds=30)
    for _ in range(sleep.backoff.attempts):
        hold(queue)
        let_heartbeats_age(queue, 60)
        assert await rescue(queue, sleep) == 1
    assert statuses(queue) == [("failed", sleep.backoff.attempts)]
    assert queue.rows("select error_class from job_failures") == [{"error_class": "WorkerDied"}]


def hold(queue: Queue) -> None:
    """A worker registers and begins the next job; it is not heard of again."""
    with psycopg.connect(queue.dsn, autocommit=True) as connection:
        connection.execute("select procrastinate_fetch_job_v2(null, (select procrastinate_register_worker_v1()))")


async def test_a_stopping_worker_finishes_what_it_can_and_gives_the_rest_back(queue: Queue) -> None:
    for seconds in (2, 300):
        await queue.enqueue(tenant("savanna"), sleep, seconds=seconds)
    await queue.enqueue(tenant("savanna"), sleep, seconds=1)
    worker = start_worker(queue, drain_timeout_s=6)
    await heard(worker, "began 300")
    worker.send_signal(signal.SIGTERM)
    said, _ = await asyncio.to_thread(worker.communicate, timeout=30)

    assert "finished 2" in said
    assert "began 1" not in said
    rows = queue.rows(
        "select status::text, scheduled_at is null or scheduled_at <= now() as due from procrastinate_jobs"
    )
    assert rows == [{"status": "todo", "due": True}, {"status": "todo", "due": True}]
    assert queue.rows("select * from procrastinate_workers") == []
    assert queue.rows("select * from job_failures") == []


async def test_the_last_attempt_that_a_drain_cuts_off_is_not_lost(queue: Queue) -> None:
    began = asyncio.Event()

    @job("test.once", attempts=1)
    async def once(ctx: Context, db: Db, providers: object) -> None:
        began.set()
        await asyncio.sleep(60)

    await queue.enqueue(tenant("savanna"), once)
    async with queue.working([once], drain_timeout_s=0.1):
        await asyncio.wait_for(began.wait(), 20)
    assert [status for status, _ in statuses(queue)] == ["todo"]


async def test_a_periodic_job_comes_once_a_period_for_each_tenant_whoever_looks(queue: Queue) -> None:
    ran: list[Context] = []

    @periodic("test.round", every_s=3_600)
    async def come_round(ctx: Context, db: Db, providers: object) -> None:
        ran.append(ctx)

    await add_tenants(queue, "savanna", "harbour")
    await asyncio.gather(*(look_for_periods(queue, come_round) for _ in range(4)))
    await queue.run_due(come_round)
    await look_for_periods(queue, come_round)
    await queue.run_due(come_round)
    assert sorted(ctx.tenant_slug for ctx in ran) == ["harbour", "savanna"]

    queue.execute("update job_periods set period = period - 1")
    await look_for_periods(queue, come_round)
    queue.execute("update job_periods set period = period - 1")
    await look_for_periods(queue, come_round)  # the round before still waits: it is not doubled
    await queue.run_due(come_round)
    assert len(ran) == 4


async def test_a_periodic_job_of_the_platform_runs_as_its_operator_side(queue: Queue) -> None:
    ran: list[tuple[Role, object]] = []

    @periodic("test.sweep", every_s=60, scope="platform")
    async def sweep(ctx: Context, db: Db, providers: object) -> None:
        async with db.read(ctx) as read:
            ran.append((ctx.role, await read.value(str, "select current_user::text")))

    await look_for_periods(queue, sweep)
    assert queue.rows("select tenant_id from procrastinate_jobs") == [{"tenant_id": PLATFORM_TENANT_ID}]
    await queue.run_due(sweep)
    assert ran == [(Role.OPERATOR, "tembea_operator")]


async def look_for_periods(queue: Queue, *kinds: Job) -> None:
    bound = bind_jobs(kinds, db=queue.db, providers=None, dsn=queue.dsn)
    async with bound.open_async():
        await enqueue_due(bound, kinds)


async def add_tenants(queue: Queue, *slugs: str) -> None:
    async with queue.db.tx(platform_context()) as tx:
        for slug in slugs:
            await tx.execute("insert into tenants (id, slug, name) values (%s, %s, %s)", [new_id(), slug, slug])
