"""Operations: what the people who run Tembea look at and put right. Owns no tables.

Invariants: an optional dependency that is down degrades the answer and never the readiness; no error text of a
dependency leaves; a probe answers in time whatever hangs. Only dead letters are retried or discarded by hand, and each
such step is audited under the platform's own tenant. Figures over all agencies are counted by the database, and show
no row of any.
Verbs: `check_readiness`, `list_jobs`, `get_totals`, `retry_job`, `discard_job`, `get_service`, `keep_measuring`.
"""

from tembea.operations.jobs_model import JobFilter, JobNotDead, JobNotFound, JobStatus, QueuedJob
from tembea.operations.jobs_service import discard_job, get_totals, list_jobs, retry_job
from tembea.operations.service_service import get_service, keep_measuring

__all__ = [
    "JobFilter",
    "JobNotDead",
    "JobNotFound",
    "JobStatus",
    "QueuedJob",
    "discard_job",
    "get_service",
    "get_totals",
    "keep_measuring",
    "list_jobs",
    "retry_job",
]
