"""The worker's side of a kind of job: the context is rebuilt, the run is timed, and what went wrong is kept."""

import asyncio
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from uuid import UUID

import procrastinate
from procrastinate import JobContext

from tembea.kernel.context import PLATFORM_TENANT_ID, Context, platform_context, system_context
from tembea.kernel.db import Connection, Db
from tembea.kernel.jobs.failures import record_failure
from tembea.kernel.jobs.kinds import Job, JsonValue
from tembea.kernel.jobs.metrics import DURATION, RUNS
from tembea.kernel.telemetry.tracing import TRACING
from tembea.kernel.telemetry.work import Work, watching

# What a job does is durable when it says so. That it was begun or is done need not wait for the disk: a server that
# crashes within the half second forgets it, and the job runs once more, as every job may.
_BOOKKEEPING = "-c synchronous_commit=off"


def bind_jobs(kinds: Sequence[Job], *, db: Db, providers: object, dsn: str) -> procrastinate.App:
    """The worker's side: every kind of job, ready to run with `db` and `providers`.

    `dsn` should lead past a transaction pooler, for LISTEN; where it cannot, the queue is polled every second.
    """
    connector = procrastinate.PsycopgConnector(
        conninfo=dsn,
        min_size=1,
        max_size=4,
        configure=_configure,
        kwargs={"connect_timeout": 2, "prepare_threshold": None, "options": _BOOKKEEPING},
    )
    queue = procrastinate.App(connector=connector)
    for kind in kinds:
        _bind(queue, kind, db, providers)
    return queue


async def _configure(connection: Connection) -> None:
    """Every statement of the queue is a transaction of its own: without BEGIN and COMMIT it is one round trip."""
    await connection.set_autocommit(True)


def _bind(queue: procrastinate.App, kind: Job, db: Db, providers: object) -> None:
    async def run(
        context: JobContext,
        *,
        tenant_id: str,
        tenant: str,
        request_id: str,
        arguments: dict[str, JsonValue],
        trace_parent: str | None = None,
    ) -> None:
        ctx = _context(UUID(tenant_id), tenant, request_id)
        with _watched(Work(request_id, tenant, kind.name, trace_parent)):
            started = time.perf_counter()
            outcome = "released"  # what a run is that was cut off: the draining worker gives it back
            try:
                async with asyncio.timeout(kind.timeout_s):
                    await kind.run(ctx, db, providers, **arguments)
                outcome = "succeeded"
            except Exception as error:
                outcome = "dead" if kind.backoff.is_last(context.job.attempts) else "retried"
                await record_failure(db, ctx, context.job.id or 0, error)
                raise
            finally:
                RUNS.labels(kind.name, outcome).inc()
                DURATION.labels(kind.name).observe(time.perf_counter() - started)

    queue.task(name=kind.name, queue=kind.queue, retry=kind.backoff, pass_context=True)(run)


@contextmanager
def _watched(work: Work) -> Generator[None]:
    """The run is part of the trace that its promise came from, and the lines about it carry its ids."""
    with watching(work), TRACING.span(f"job {work.job}", "consumer", parent=work.trace_parent) as span:
        if span is not None:
            work.trace_parent = span.trace_parent
            span.describe(
                f"job {work.job}",
                {
                    "messaging.system": "procrastinate",
                    "tembea.job": work.job or "",
                    "tembea.tenant": work.tenant or "",
                    "tembea.request_id": work.request_id,
                },
            )
        yield


def _context(tenant_id: UUID, tenant: str, request_id: str) -> Context:
    if tenant_id == PLATFORM_TENANT_ID:
        return platform_context(request_id=request_id)
    return system_context(tenant_id, tenant, request_id=request_id)
