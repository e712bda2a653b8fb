"""Jobs of workers that died go back into the queue, once, whoever finds them."""

from collections.abc import Sequence

import procrastinate
import structlog

from tembea.kernel.jobs.kinds import Job
from tembea.kernel.jobs.metrics import RESCUED

log = structlog.stdlib.get_logger("tembea.jobs")

RESCUE_INTERVAL_S = 5.0
HEARTBEAT_INTERVAL_S = 3.0
STALLED_AFTER_S = 15.0
"""A worker that has not been heard of for this long is dead. Its jobs are back after 20 s at most."""

# A row that its own worker, or another rescuer, is just changing is passed over, and what was found is looked at again
# under its lock: a job that runs elsewhere by now is not taken from there. Workers that were removed, because they were
# silent or left in order, leave their jobs without a worker. A job that a dead worker held keeps its turn; `attempts`
# counts the run that was lost.
_RESCUE = """
    with lost as (
      select job.id from procrastinate_jobs job
      left join procrastinate_workers worker on worker.id = job.worker_id
      where job.status = 'doing'
        and (worker.id is null or worker.last_heartbeat < now() - make_interval(secs => %(stalled_after_s)s))
      for update of job skip locked
    ), limits as (
      select * from unnest(%(kinds)s::text[], %(attempts)s::int[]) as limits (kind, attempts)
    ), moved as (
      update procrastinate_jobs job
      set status = case when job.attempts + 1 >= limits.attempts then 'failed' else 'todo'
                   end::procrastinate_job_status,
          attempts = job.attempts + 1, scheduled_at = null, worker_id = null, abort_requested = false
      from lost, limits
      where job.id = lost.id and job.status = 'doing' and limits.kind = job.task_name
      returning job.id, job.tenant_id, job.task_name, job.attempts, job.status
    ), recorded as (
      insert into job_failures (job_id, tenant_id, error_class, error_message)
      select id, tenant_id, 'WorkerDied', 'its worker died while it ran' from moved where tenant_id is not null
      on conflict (job_id) do update
      set error_class = excluded.error_class, error_message = excluded.error_message, failed_at = now()
    )
    select id, task_name as kind, attempts, status::text from moved
"""


async def rescue_stalled(queue: procrastinate.App, kinds: Sequence[Job]) -> int:
    """Put the jobs of dead workers back; one that has used up its attempts becomes a dead letter. How many moved.

    Jobs of a kind that this worker does not know are left to one that does.
    """
    moved = await queue.connector.execute_query_all_async(
        _RESCUE,
        stalled_after_s=STALLED_AFTER_S,
        kinds=[kind.name for kind in kinds],
        attempts=[kind.backoff.attempts for kind in kinds],
    )
    for row in moved:
        log.warning("job_rescued", job=row["kind"], job_id=row["id"], attempts=row["attempts"], status=row["status"])
        RESCUED.labels(row["kind"]).inc()
    return len(moved)
