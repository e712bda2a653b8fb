"""The queue as an operator sees it: identifiers and reasons, nobody's data."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tembea.kernel.errors import Conflict, NotFound


class JobStatus(StrEnum):
    """`waiting` could run now, `scheduled` waits for its time (retries do), `dead` has used up its attempts."""

    WAITING = "waiting"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    DEAD = "dead"


class JobNotFound(NotFound):
    """There is no such job; one that succeeded or was discarded is gone."""

    code = "job_not_found"
    title = "There is no such job"


class JobNotDead(Conflict):
    """Only a dead letter is retried or discarded by hand; the queue looks after the others."""

    code = "job_not_dead"
    title = "This job is not a dead letter"


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """One job. `tenant` is the agency's slug, `arguments` are identifiers; the error is that of the last failed run."""

    id: int
    kind: str
    tenant: str
    status: JobStatus
    attempts: int
    arguments: dict[str, object]
    enqueued_at: datetime
    scheduled_at: datetime | None
    error_class: str | None
    error_message: str | None
    failed_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobFilter:
    """Which jobs to list; None means any."""

    status: JobStatus | None = None
    kind: str | None = None
    tenant: str | None = None


@dataclass(frozen=True, slots=True)
class JobCounts:
    """How many jobs a kind or a tenant has in each state."""

    name: str
    waiting: int
    scheduled: int
    running: int
    dead: int


@dataclass(frozen=True, slots=True)
class QueueTotals:
    """The whole queue: all of it, by kind and by tenant (the fullest first), and how long the oldest has waited."""

    all: JobCounts
    by_kind: list[JobCounts]
    by_tenant: list[JobCounts]
    oldest_waiting_age_s: float | None
