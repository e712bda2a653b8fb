"""The queue over HTTP, for operators."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query

from tembea.kernel.errors import FieldError, Invalid
from tembea.kernel.paging import decode_cursor, encode_cursor
from tembea.kernel.web import LIMIT_DEFAULT, NO_NUL, Cursor, DbDep, Limit, Operator, Page, ReadDep, Wire
from tembea.operations import jobs_service as service
from tembea.operations.jobs_model import JobCounts, JobFilter, JobStatus, QueuedJob

router = APIRouter(prefix="/api/v1/operator/jobs", tags=["operator"])

_LARGEST_ID = 2**63 - 1
JobId = Annotated[int, Path(ge=1, le=_LARGEST_ID)]
Word = Annotated[str | None, Query(max_length=128, pattern=NO_NUL)]


class JobErrorOut(Wire):
    """Why the job failed last: the error's class, and a text without names, addresses and numbers."""

    error_class: str
    message: str
    at: datetime


class JobOut(Wire):
    """One job. `tenant_id` is the agency's slug; `arguments` are identifiers."""

    id: str
    kind: str
    tenant_id: str
    status: JobStatus
    attempts: int
    arguments: dict[str, object]
    enqueued_at: datetime
    scheduled_at: datetime | None
    error: JobErrorOut | None

    @classmethod
    def of(cls, job: QueuedJob) -> "JobOut":
        """The wire form of a job."""
        error = None
        if job.error_class is not None and job.error_message is not None and job.failed_at is not None:
            error = JobErrorOut(error_class=job.error_class, message=job.error_message, at=job.failed_at)
        return cls(
            id=str(job.id),
            kind=job.kind,
            tenant_id=job.tenant,
            status=job.status,
            attempts=job.attempts,
            arguments=job.arguments,
            enqueued_at=job.enqueued_at,
            scheduled_at=job.scheduled_at,
            error=error,
        )


class JobCountsOut(Wire):
    """How many jobs there are in each state."""

    waiting: int
    scheduled: int
    running: int
    dead: int

    @classmethod
    def of(cls, counts: JobCounts) -> "JobCountsOut":
        """The wire form of counts."""
        return cls(waiting=counts.waiting, scheduled=counts.scheduled, running=counts.running, dead=counts.dead)


class JobsPage(Page[JobOut]):
    """Jobs, the youngest first, and the whole queue in figures: in all, by kind, and by agency (the fullest ones)."""

    totals: JobCountsOut
    by_kind: dict[str, JobCountsOut]
    by_tenant: dict[str, JobCountsOut]
    oldest_waiting_age_s: float | None


@router.get("")
async def list_jobs(
    _: Operator,
    read: ReadDep,
    status: JobStatus | None = None,
    kind: Word = None,
    tenant_id: Word = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
) -> JobsPage:
    """What waits, runs, is scheduled, or has been given up."""
    only = JobFilter(status, kind, tenant_id)
    jobs = await service.list_jobs(read, only, before=_position(cursor) if cursor else None, limit=limit + 1)
    totals = await service.get_totals(read)
    return JobsPage(
        items=[JobOut.of(job) for job in jobs[:limit]],
        next_cursor=encode_cursor([str(jobs[limit - 1].id)]) if len(jobs) > limit else None,
        totals=JobCountsOut.of(totals.all),
        by_kind={counts.name: JobCountsOut.of(counts) for counts in totals.by_kind},
        by_tenant={counts.name: JobCountsOut.of(counts) for counts in totals.by_tenant},
        oldest_waiting_age_s=totals.oldest_waiting_age_s,
    )


@router.post("/{job_id}/retry")
async def retry(ctx: Operator, db: DbDep, job_id: JobId) -> JobOut:
    """Try a dead letter again, with all its attempts."""
    return JobOut.of(await service.retry_job(db, ctx, job_id))


@router.post("/{job_id}/discard", status_code=204)
async def discard(ctx: Operator, db: DbDep, job_id: JobId) -> None:
    """Give a dead letter up."""
    await service.discard_job(db, ctx, job_id)


def _position(cursor: str) -> int:
    (position,) = decode_cursor(cursor, parts=1)
    if not position.isdecimal() or int(position) > _LARGEST_ID:
        raise Invalid("This cursor is not one of ours.", errors=[FieldError("query.cursor", "Start without one.")])
    return int(position)
