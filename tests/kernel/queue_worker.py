"""A worker in a process of its own, for tests that kill it: `python -m tests.kernel.queue_worker DSN`.

It says on standard output which job it began and which it finished. A job sleeps as long as its argument says.
"""

import asyncio
import signal
import sys

from tembea.kernel.context import Context
from tembea.kernel.db import Db, DbLimits, open_pool
from tembea.kernel.jobs import bind_jobs, job, run_queue


@job("test.sleep", attempts=3)
async def sleep(ctx: Context, db: Db, providers: object, *, seconds: int) -> None:
    print(f"began {seconds}", flush=True)
    await asyncio.sleep(seconds)
    print(f"finished {seconds}", flush=True)


async def main(dsn: str, drain_timeout_s: float) -> None:
    pool = await open_pool(dsn, DbLimits(acquire_timeout_s=5))
    queue = bind_jobs([sleep], db=Db(pool), providers=None, dsn=dsn)
    working = asyncio.create_task(run_queue(queue, [sleep], concurrency=2, drain_timeout_s=drain_timeout_s))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, working.cancel)
    await asyncio.gather(working, return_exceptions=True)
    await pool.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2])))
