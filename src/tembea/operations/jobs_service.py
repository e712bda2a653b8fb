"""Dead letters: looked at, tried again, or given up, by the people who run the platform."""

from dataclasses import replace

from tembea.audit import record
from tembea.kernel.context import PLATFORM_TENANT_ID, Context
from tembea.kernel.db import Db, Read, Tx
from tembea.operations import jobs_store as store
from tembea.operations.jobs_model import JobFilter, JobNotDead, JobNotFound, JobStatus, QueuedJob, QueueTotals

COUNTED_AT_MOST = 100
"""How many kinds and agencies are counted singly."""


async def list_jobs(read: Read, only: JobFilter, *, before: int | None, limit: int) -> list[QueuedJob]:
    """The jobs of the queue, the youngest first. Those that succeeded are gone."""
    return await store.list_jobs(read, only, before=before, limit=limit)


async def get_totals(read: Read) -> QueueTotals:
    """How full the queue is, and with what."""
    return QueueTotals(
        all=await store.count_all(read),
        by_kind=await store.count_by_kind(read, limit=COUNTED_AT_MOST),
        by_tenant=await store.count_by_tenant(read, limit=COUNTED_AT_MOST),
        oldest_waiting_age_s=await store.find_oldest_waiting_age_s(read),
    )


async def retry_job(db: Db, ctx: Context, job_id: int) -> QueuedJob:
    """Try a dead letter again, with all its attempts. Raises `JobNotFound` or `JobNotDead`."""
    async with db.tx(_platform(ctx)) as tx:
        await _note(tx, "job.retried", await _dead_letter(tx, job_id))
        await store.revive(tx, job_id)
        job = await store.find_job(tx, job_id)
    if job is None:
        raise JobNotFound(_gone(job_id))
    return job


async def discard_job(db: Db, ctx: Context, job_id: int) -> None:
    """Give a dead letter up; the audit keeps what it was. Raises `JobNotFound` or `JobNotDead`."""
    async with db.tx(_platform(ctx)) as tx:
        await _note(tx, "job.discarded", await _dead_letter(tx, job_id))
        await store.discard(tx, job_id)


async def _dead_letter(tx: Tx, job_id: int) -> QueuedJob:
    status = await store.lock_status(tx, job_id)
    job = await store.find_job(tx, job_id)
    if status is None or job is None:
        raise JobNotFound(_gone(job_id))
    if status is not JobStatus.DEAD:
        raise JobNotDead(f"Job {job_id} is {status}. Only a dead letter can be retried or discarded.")
    return job


async def _note(tx: Tx, action: str, job: QueuedJob) -> None:
    before = {"kind": job.kind, "tenant": job.tenant, "arguments": job.arguments, "error_class": job.error_class}
    await record(tx, action, subject_kind="job", subject_id=str(job.id), before=before)


def _platform(ctx: Context) -> Context:
    """What operators do is written down in the platform's own tenant."""
    return replace(ctx, tenant_id=PLATFORM_TENANT_ID, tenant="platform")


def _gone(job_id: int) -> str:
    return f"There is no job {job_id}. It may have run, or been discarded."
