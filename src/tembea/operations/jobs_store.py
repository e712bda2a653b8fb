"""Asks the queue's tables; `tembea.kernel.jobs` owns them."""

from typing import LiteralString

from tembea.kernel.db import Read, Tx
from tembea.operations.jobs_model import JobCounts, JobFilter, JobStatus, QueuedJob

# The agency's name travels in the job: whoever looks here may see no tenant's rows.
_JOBS: LiteralString = """
    select job.id, job.task_name as kind, job.args ->> 'tenant' as tenant,
           case when job.status = 'doing' then 'running' when job.status = 'failed' then 'dead'
                when job.turn is null then 'scheduled' else 'waiting' end as status,
           job.attempts, job.args -> 'arguments' as arguments, job.enqueued_at, job.scheduled_at,
           failure.error_class, failure.error_message, failure.failed_at
    from procrastinate_jobs job left join job_failures failure on failure.job_id = job.id
    where job.status in ('todo', 'doing', 'failed')
"""
_LISTED: LiteralString = """
      and (%(before)s::bigint is null or job.id < %(before)s)
      and (%(status)s::text is null or case %(status)s
             when 'running' then job.status = 'doing'
             when 'dead' then job.status = 'failed'
             when 'scheduled' then job.status = 'todo' and job.turn is null
             else job.status = 'todo' and job.turn is not null end)
      and (%(kind)s::text is null or job.task_name = %(kind)s)
      and (%(tenant)s::text is null or job.args ->> 'tenant' = %(tenant)s)
    order by job.id desc limit %(limit)s
"""
_COUNTS: LiteralString = """
           count(*) filter (where status = 'todo' and turn is not null)::int as waiting,
           count(*) filter (where status = 'todo' and turn is null)::int as scheduled,
           count(*) filter (where status = 'doing')::int as running,
           count(*) filter (where status = 'failed')::int as dead
    from procrastinate_jobs where status in ('todo', 'doing', 'failed')
"""
_FULLEST_FIRST: LiteralString = " group by 1 order by count(*) desc, 1 limit %(limit)s"


async def list_jobs(read: Read, only: JobFilter, *, before: int | None, limit: int) -> list[QueuedJob]:
    """The youngest first, beginning below the number `before`."""
    values = {"before": before, "status": only.status, "kind": only.kind, "tenant": only.tenant, "limit": limit}
    return await read.list(QueuedJob, _JOBS + _LISTED, values)


async def find_job(read: Read, job_id: int) -> QueuedJob | None:
    """One job, if it is still there."""
    return await read.find(QueuedJob, _JOBS + " and job.id = %(id)s", {"id": job_id})


async def lock_status(tx: Tx, job_id: int) -> JobStatus | None:
    """The job's state, which nobody changes until the transaction ends; None when there is no such job."""
    await tx.execute("select from procrastinate_jobs where id = %s for update", [job_id])
    job = await find_job(tx, job_id)
    return None if job is None else JobStatus(job.status)


async def count_all(read: Read) -> JobCounts:
    """How many jobs there are in each state."""
    return await read.get(JobCounts, "select 'all' as name, " + _COUNTS)


async def count_by_kind(read: Read, *, limit: int) -> list[JobCounts]:
    """The same for each kind of job."""
    return await read.list(JobCounts, "select task_name as name, " + _COUNTS + _FULLEST_FIRST, {"limit": limit})


async def count_by_tenant(read: Read, *, limit: int) -> list[JobCounts]:
    """The same for each agency."""
    query: LiteralString = "select coalesce(args ->> 'tenant', '') as name, " + _COUNTS + _FULLEST_FIRST
    return await read.list(JobCounts, query, {"limit": limit})


async def find_oldest_waiting_age_s(read: Read) -> float | None:
    """Since when the oldest job that could run now has waited, in seconds; None when none waits."""
    return await read.value(
        float,
        """
        select extract(epoch from now() - min(coalesce(scheduled_at, enqueued_at)))::float8
        from procrastinate_jobs where status = 'todo' and turn is not null
        """,
    )


async def revive(tx: Tx, job_id: int) -> None:
    """Put a dead letter back at the end of its tenant's line, with all its attempts."""
    await tx.execute(
        """
        update procrastinate_jobs set status = 'todo', attempts = 0, scheduled_at = null, enqueued_at = now()
        where id = %s and status = 'failed'
        """,
        [job_id],
    )


async def discard(tx: Tx, job_id: int) -> None:
    """Take a dead letter away."""
    await tx.execute("delete from procrastinate_jobs where id = %s and status = 'failed'", [job_id])
