"""Jobs: work that a transaction promises and a worker does, at least once, inside the same tenant.

`enqueue` writes the job through the caller's own `Tx`, so a rollback leaves neither row nor job. A job is a function
`(ctx, db, providers, *, ...)` that can run twice: it reads, stops when the work is done already, works, and marks.
Arguments are JSON values; the tenant and the request id travel beside them, and the worker rebuilds the `Context`.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import procrastinate
import psycopg
import structlog
from procrastinate import RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Status
from procrastinate.types import JSONValue
from psycopg_pool import PoolTimeout

from tembea.kernel.context import system_context
from tembea.kernel.db import Db, Tx

JsonValue = str | int | bool | None
log = structlog.stdlib.get_logger("tembea.jobs")

RESCUE_INTERVAL_S = 10.0
HEARTBEAT_INTERVAL_S = 5.0
STALLED_AFTER_S = 20.0
"""A worker that has not been heard of for this long is dead, and its jobs go back into the queue."""


@dataclass(frozen=True)
class Backoff(procrastinate.BaseRetryStrategy):
    """Exponential waiting with jitter: `first_s`, doubled each time up to `longest_s`, at most `attempts` tries."""

    attempts: int = 8
    first_s: float = 1.0
    longest_s: float = 600.0

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        """When to try again, or None when it is enough: the job then stays as `failed`, a dead letter."""
        del exception
        if job.attempts + 1 >= self.attempts:
            return None
        delay_s = min(self.first_s * 2**job.attempts, self.longest_s)
        jitter = random.uniform(0.8, 1.2)  # noqa: S311 - it spreads retries and guards nothing
        return RetryDecision(retry_in={"seconds": max(1, round(delay_s * jitter))})


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of job: its stable name, what runs, its queue, and how often it is tried before it is a dead letter."""

    name: str
    run: Callable[..., Awaitable[None]]
    queue: str
    backoff: Backoff


def job(
    name: str, *, queue: str = "work", attempts: int = 8, first_s: float = 1.0
) -> Callable[[Callable[..., Awaitable[None]]], Job]:
    """Declare a kind of job; `name` is stored in the queue and never changes once it is in use."""

    def declare(run: Callable[..., Awaitable[None]]) -> Job:
        return Job(name, run, queue, Backoff(attempts=attempts, first_s=first_s))

    return declare


# Deferring inside somebody's transaction needs the library's SQL and no connection of its own.
_deferring = procrastinate.App(connector=procrastinate.PsycopgConnector())


async def enqueue(
    tx: Tx, kind: Job | str, *, at: datetime | None = None, queue: str = "work", **arguments: JsonValue
) -> int:
    """Promise a job inside `tx`, for the tenant of `tx`; `at` delays it. Returns the queue's number for it.

    A `kind` given by its name is news that travels up: the layer above binds the job of that name in the worker.
    """
    name, queue_name = (kind, queue) if isinstance(kind, str) else (kind.name, kind.queue)
    deferrer = _deferring.configure_task(name, connection=tx.connection, queue=queue_name, schedule_at=at)
    return await deferrer.defer_async(
        tenant_id=str(tx.ctx.tenant_uuid),
        tenant=tx.ctx.tenant_slug,
        request_id=tx.ctx.request_id,
        arguments=dict[str, JSONValue](arguments),
    )


def bind_jobs(kinds: Sequence[Job], *, db: Db, providers: object, dsn: str) -> procrastinate.App:
    """The worker's side: every kind of job, ready to run with `db` and `providers`."""
    connector = procrastinate.PsycopgConnector(conninfo=dsn, min_size=1, max_size=4, kwargs={"connect_timeout": 2})
    queue = procrastinate.App(connector=connector)
    for kind in kinds:
        _bind(queue, kind, db, providers)
    return queue


def _bind(queue: procrastinate.App, kind: Job, db: Db, providers: object) -> None:
    async def run(*, tenant_id: str, tenant: str, request_id: str, arguments: dict[str, JsonValue]) -> None:
        ctx = system_context(UUID(tenant_id), tenant, request_id=request_id)
        with structlog.contextvars.bound_contextvars(tenant=tenant, request_id=request_id, job=kind.name):
            await kind.run(ctx, db, providers, **arguments)

    queue.task(name=kind.name, queue=kind.queue, retry=kind.backoff)(run)


async def run_queue(
    queue: procrastinate.App, kinds: Sequence[Job], *, concurrency: int, drain_timeout_s: float
) -> None:
    """Work until cancelled; running jobs then get `drain_timeout_s` to finish. Stalled jobs are rescued beside it.

    A database that goes away ends a round of work, not the worker: it is asked again every second.
    """
    while True:
        try:
            async with queue.open_async():
                await _work(queue, kinds, concurrency=concurrency, drain_timeout_s=drain_timeout_s)
        except (ConnectorException, psycopg.Error, PoolTimeout):
            log.warning("queue_unreachable", exc_info=True)
            await asyncio.sleep(1.0)


async def _work(queue: procrastinate.App, kinds: Sequence[Job], *, concurrency: int, drain_timeout_s: float) -> None:
    rescue = asyncio.create_task(_rescue_forever(queue, kinds))
    try:
        await queue.run_worker_async(
            concurrency=concurrency,
            wait=True,
            fetch_job_polling_interval=1.0,
            shutdown_graceful_timeout=drain_timeout_s,
            update_heartbeat_interval=HEARTBEAT_INTERVAL_S,
            stalled_worker_timeout=STALLED_AFTER_S,
            delete_jobs="successful",
            install_signal_handlers=False,
        )
    finally:
        rescue.cancel()


async def _rescue_forever(queue: procrastinate.App, kinds: Sequence[Job]) -> None:
    while True:
        try:
            await rescue_stalled(queue, kinds)
        except ConnectorException:
            log.warning("rescue_failed", exc_info=True)
        await asyncio.sleep(RESCUE_INTERVAL_S)


async def rescue_stalled(queue: procrastinate.App, kinds: Sequence[Job]) -> int:
    """Put the jobs of dead workers back; one that has used up its attempts becomes a dead letter. How many moved."""
    attempts_by_name = {kind.name: kind.backoff.attempts for kind in kinds}
    moved = 0
    for stalled in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
        attempts = attempts_by_name.get(stalled.task_name, 1)
        log.warning("job_rescued", job=stalled.task_name, attempts=stalled.attempts)
        if stalled.attempts + 1 >= attempts:
            await queue.job_manager.finish_job(stalled, Status.FAILED, delete_job=False)
        else:
            await queue.job_manager.retry_job(stalled, retry_at=datetime.now(UTC))
        moved += 1
    return moved
