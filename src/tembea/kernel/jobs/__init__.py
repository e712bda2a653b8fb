"""Jobs: work that a transaction promises and a worker does, at least once, inside the same tenant.

Owns the queue: `procrastinate_*` (the library's tables), `job_failures`, `job_periods`, the sequence `job_turns`.
Invariants: `enqueue` writes through the caller's own `Tx`, so a rollback leaves neither row nor job. Tenants with
waiting jobs take turns, whatever each has waiting. A job that a dead worker held goes back into the queue; one that has
used up its attempts is kept as a dead letter, with the reason and without anybody's data. No job sees what another one
left in its context.
Verbs: `job` and `periodic` declare kinds; `enqueue` promises; `bind_jobs` and `run_queue` are the worker's side.

A job is a function `(ctx, db, providers, *, ...)` that can run twice: it reads, stops when the work is done already,
works, and marks. Arguments are JSON values, and identifiers rather than data: operators see them. The tenant and the
request id travel beside them, and the worker rebuilds the `Context`.
"""

from tembea.kernel.jobs.binding import bind_jobs
from tembea.kernel.jobs.enqueueing import enqueue
from tembea.kernel.jobs.kinds import Backoff, Job, job, periodic
from tembea.kernel.jobs.rescue import rescue_stalled
from tembea.kernel.jobs.running import run_queue

__all__ = ["Backoff", "Job", "bind_jobs", "enqueue", "job", "periodic", "rescue_stalled", "run_queue"]
