"""A worker's life: it works, rescues, enqueues what comes round, and measures, until it is told to stop."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import procrastinate
import psycopg
import structlog
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker
from psycopg_pool import PoolTimeout

from tembea.kernel.background import end
from tembea.kernel.jobs.kinds import Job
from tembea.kernel.jobs.metrics import measure_queue
from tembea.kernel.jobs.periods import PERIOD_CHECK_INTERVAL_S, enqueue_due
from tembea.kernel.jobs.rescue import HEARTBEAT_INTERVAL_S, RESCUE_INTERVAL_S, STALLED_AFTER_S, rescue_stalled

log = structlog.stdlib.get_logger("tembea.jobs")

POLLING_INTERVAL_S = 1.0
MEASURE_INTERVAL_S = 15.0
RECONNECT_AFTER_S = 1.0


async def run_queue(
    queue: procrastinate.App, kinds: Sequence[Job], *, concurrency: int, drain_timeout_s: float
) -> None:
    """Work until cancelled; running jobs then get `drain_timeout_s` to finish, and what is left goes back at once.

    A database that goes away ends a round of work, not the worker: it is asked again every second.
    """
    while True:
        try:
            async with queue.open_async():
                await _work(queue, kinds, concurrency=concurrency, drain_timeout_s=drain_timeout_s)
        except (ConnectorException, psycopg.Error, PoolTimeout):
            log.warning("queue_unreachable", exc_info=True)
        await asyncio.sleep(RECONNECT_AFTER_S)


class _Worker(Worker):
    """The library's worker, whose watch over its heartbeat and its listener lasts as long as they do."""

    async def _periodic_deferrer(self) -> None:
        # Our periods are not the library's. Its own deferrer has nothing to do and ends at once, and the watch ends
        # with whatever ends first: a listener that a restart of the database cut off would then stay away, unnoticed,
        # and so would a heartbeat, until the rescue takes a living worker's jobs.
        await asyncio.Event().wait()


async def _work(queue: procrastinate.App, kinds: Sequence[Job], *, concurrency: int, drain_timeout_s: float) -> None:
    beside = [
        asyncio.create_task(_repeat(RESCUE_INTERVAL_S, lambda: rescue_stalled(queue, kinds))),
        asyncio.create_task(_repeat(PERIOD_CHECK_INTERVAL_S, lambda: enqueue_due(queue, kinds))),
        asyncio.create_task(_repeat(MEASURE_INTERVAL_S, lambda: measure_queue(queue.connector))),
    ]
    try:
        await _Worker(
            queue,
            concurrency=concurrency,
            wait=True,
            fetch_job_polling_interval=POLLING_INTERVAL_S,
            shutdown_graceful_timeout=drain_timeout_s,
            update_heartbeat_interval=HEARTBEAT_INTERVAL_S,
            stalled_worker_timeout=STALLED_AFTER_S,
            delete_jobs="successful",
            install_signal_handlers=False,
        ).run()
    finally:
        await end(*beside)


async def _repeat(interval_s: float, work: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await work()
        except (ConnectorException, PoolTimeout):
            log.warning("queue_housekeeping_failed", exc_info=True)
        await asyncio.sleep(interval_s)
