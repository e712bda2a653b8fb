"""A queue for a test: its database, two tenants, and a worker that runs what is due."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from tembea.kernel.context import Context, system_context
from tembea.kernel.db import Db, DbLimits, open_pool
from tembea.kernel.embedded import Dsns
from tembea.kernel.ids import new_id
from tembea.kernel.jobs import Job, bind_jobs, enqueue, run_queue

Row = dict[str, object]
FETCH = "select id, tenant_id from procrastinate_fetch_job_v2(null, null)"
FINISH = "select procrastinate_finish_job_v1(%s, 'succeeded', true)"
BULK = """
    select count(*) from unnest(procrastinate_defer_jobs_v1(array(
      select row('work', 'test.bulk', 0, null, null, jsonb_build_object('tenant_id', %s::text),
                 %s::timestamptz)::procrastinate_job_to_defer_v1
      from generate_series(1, %s))))
"""


@dataclass
class QueueTables:
    """The queue of one test, as the database sees it."""

    dsn: str

    def rows(self, query: str = "select * from procrastinate_jobs order by id", *parameters: object) -> list[Row]:
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            return connection.cursor(row_factory=dict_row).execute(query.encode(), parameters).fetchall()

    def execute(self, query: str, *parameters: object) -> None:
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute(query.encode(), parameters)

    def make_due(self) -> None:
        """Let the time pass that retries and scheduled jobs wait for."""
        self.execute("update procrastinate_jobs set scheduled_at = now() where status = 'todo' and turn is null")


@dataclass
class Queue(QueueTables):
    """The queue of one test, as the product uses it."""

    db: Db

    async def enqueue(self, ctx: Context, kind: Job | str, **numbers: int) -> int:
        async with self.db.tx(ctx) as tx:
            return await enqueue(tx, kind, at=None, queue="work", **numbers)

    async def run_due(self, *kinds: Job, concurrency: int = 1) -> None:
        """Run what is due until nothing is left that can run now."""
        bound = bind_jobs(kinds, db=self.db, providers=None, dsn=self.dsn)
        async with bound.open_async():
            await bound.run_worker_async(
                wait=False,
                concurrency=concurrency,
                listen_notify=False,
                delete_jobs="successful",
                install_signal_handlers=False,
            )

    @asynccontextmanager
    async def working(
        self, kinds: Sequence[Job], *, drain_timeout_s: float = 5, concurrency: int = 4
    ) -> AsyncGenerator[None]:
        """A whole worker in this process, as long as the block lasts."""
        bound = bind_jobs(kinds, db=self.db, providers=None, dsn=self.dsn)
        task = asyncio.create_task(run_queue(bound, kinds, concurrency=concurrency, drain_timeout_s=drain_timeout_s))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def queue_on(dsns: Dsns) -> AsyncGenerator[Queue]:
    pool = await open_pool(dsns.app, DbLimits(acquire_timeout_s=5, statement_timeout_ms=30_000))
    try:
        yield Queue(dsns.app, Db(pool))
    finally:
        await pool.close()


def tenant(slug: str) -> Context:
    """A tenant as the queue knows one: it need not exist for a job to carry it."""
    return system_context(new_id(), slug)


def fill(queue: QueueTables, tenant_id: UUID, jobs: int, *, at: str | None = None) -> None:
    queue.execute(BULK, str(tenant_id), at, jobs)


def served(queue: QueueTables, *, jobs: int, slots: int) -> list[UUID]:
    """Whose jobs begin, in order, with `slots` of them running at a time and each taking equally long."""
    order: list[UUID] = []
    running: list[int] = []
    with psycopg.connect(queue.dsn, autocommit=True) as connection:
        while len(order) < jobs:
            if len(running) == slots:
                connection.execute(FINISH, [running.pop(0)])
            row = connection.execute(FETCH).fetchone()
            if row is None or row[0] is None:
                break
            job_id, tenant_id = row
            running.append(job_id)
            order.append(tenant_id)
    return order


def last_position(order: Sequence[UUID], tenant_id: UUID) -> int:
    return max(position for position, whose in enumerate(order, start=1) if whose == tenant_id)
