"""How many empty jobs a second the queue gives a worker, beside the barest queue the same server can hold.

One worker stays connected from the start, as in production: the queue fills up behind its back, in one transaction, and
the next jobs are timed. The baseline is a two-column table emptied by one connection, `update ... for update skip
locked ... returning` and a delete, two commits a job, as a queue costs at least. Both have the same number waiting and
the same durability: neither waits for the disk to note that a job was begun or done.

Usage: python benchmarks/jobs.py [JOBS] [WAITING ...]
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import uvloop

from tembea.kernel.context import Context
from tembea.kernel.db import Db, DbLimits, open_pool
from tembea.kernel.embedded import Dsns, EmbeddedPostgres
from tembea.kernel.ids import new_id
from tembea.kernel.jobs import bind_jobs, job, run_queue
from tembea.kernel.migrations import migrate

MIGRATIONS = Path(__file__).parents[1] / "database" / "migrations"
CONCURRENCY = 4
FILL = """
    select count(*) from unnest(procrastinate_defer_jobs_v1(array(
      select row('work', 'bench.empty', 0, null, null,
                 jsonb_build_object('tenant_id', %(tenant_id)s::text, 'tenant', 'bench', 'request_id', 'bench',
                                    'arguments', '{}'::jsonb), null)::procrastinate_job_to_defer_v1
      from generate_series(1, %(jobs)s))))
"""
TAKE = """
    update bare set status = 'doing' where id = (
      select id from bare where status = 'todo' order by id limit 1 for update skip locked) returning id
"""


@dataclass
class Counter:
    """Counts the jobs that ran and says when enough have."""

    left: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait_for(self, jobs: int) -> None:
        self.left, self.done = jobs, asyncio.Event()
        await self.done.wait()

    def count(self) -> None:
        self.left -= 1
        if self.left <= 0:
            self.done.set()


counter = Counter()


@job("bench.empty")
async def empty(_ctx: Context, _db: Db, _providers: object) -> None:
    """Does nothing, which is what is measured."""
    counter.count()


@asynccontextmanager
async def working(dsns: Dsns) -> AsyncGenerator[None]:
    """A worker, connected all the while."""
    pool = await open_pool(dsns.app, DbLimits())
    queue = bind_jobs([empty], db=Db(pool), providers=None, dsn=dsns.app)
    worker = asyncio.create_task(run_queue(queue, [empty], concurrency=CONCURRENCY, drain_timeout_s=5.0))
    try:
        yield
    finally:
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
        await pool.close()


def fill(dsn: str, jobs: int) -> None:
    """Put `jobs` of one tenant into the queue in one transaction."""
    with psycopg.connect(dsn) as connection:
        connection.execute(FILL, {"tenant_id": str(new_id()), "jobs": jobs})


async def queue_rate(dsns: Dsns, *, jobs: int, waiting: int) -> float:
    """Jobs a second while `waiting` more wait behind them."""
    await asyncio.to_thread(fill, dsns.app, jobs + waiting)
    started = time.perf_counter()
    await counter.wait_for(jobs)
    rate = jobs / (time.perf_counter() - started)
    await asyncio.to_thread(empty_queue, dsns.owner)
    return rate


def empty_queue(dsn: str) -> None:
    """Take away what is left, as an operator would not: the next figure starts from nothing waiting."""
    with psycopg.connect(dsn) as connection:
        connection.execute("delete from procrastinate_jobs where status = 'todo'")


def bare_rate(dsn: str, *, jobs: int, waiting: int) -> float:
    """Rows a second through the barest table that is still a queue."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("set synchronous_commit = off")
        connection.execute("drop table if exists bare")
        connection.execute("create table bare (id bigserial primary key, status text not null default 'todo')")
        connection.execute("create index on bare (id) where status = 'todo'")
        connection.execute("insert into bare select from generate_series(1, %s)", [jobs + waiting])
        connection.execute("analyze bare")
        started = time.perf_counter()
        for _ in range(jobs):
            row = connection.execute(TAKE).fetchone()
            connection.execute("delete from bare where id = %s", row)
        rate = jobs / (time.perf_counter() - started)
        connection.execute("drop table bare")
        return rate


async def main() -> None:
    """Measure and print."""
    jobs = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    depths = [int(argument) for argument in sys.argv[2:]] or [0, 10_000, 100_000]
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder))
        server.start()
        try:
            migrate(server.dsn_owner, MIGRATIONS)
            dsns = server.dsns()
            async with working(dsns):
                await queue_rate(dsns, jobs=200, waiting=0)
                print(f"{'waiting':>8} {'queue/s':>8} {'bare/s':>8} {'ratio':>6}")
                for waiting in depths:
                    rate = await queue_rate(dsns, jobs=jobs, waiting=waiting)
                    bare = await asyncio.to_thread(bare_rate, dsns.owner, jobs=jobs, waiting=waiting)
                    print(f"{waiting:>8} {rate:>8.0f} {bare:>8.0f} {rate / bare:>6.2f}", flush=True)
        finally:
            server.stop()


if __name__ == "__main__":
    uvloop.run(main())
