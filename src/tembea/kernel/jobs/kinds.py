"""Kinds of jobs, as features declare them."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import procrastinate
from procrastinate import RetryDecision
from procrastinate.jobs import Job as QueuedJob

JsonValue = str | int | bool | None
Run = Callable[..., Awaitable[None]]
Scope = Literal["tenant", "platform"]

DEFAULT_TIMEOUT_S = 300.0


@dataclass(frozen=True)
class Backoff(procrastinate.BaseRetryStrategy):
    """Exponential waiting with jitter: `first_s`, doubled each time up to `longest_s`, at most `attempts` tries."""

    attempts: int = 8
    first_s: float = 1.0
    longest_s: float = 600.0

    def is_last(self, earlier_attempts: int) -> bool:
        """Whether the try after `earlier_attempts` is the last one."""
        return earlier_attempts + 1 >= self.attempts

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        """When to try again, or None when it is enough: the job then stays as `failed`, a dead letter.

        A job that a draining worker cut off did nothing wrong: it goes back at once, however often it was tried.
        """
        if isinstance(exception, asyncio.CancelledError):
            return RetryDecision(retry_at=datetime.now(UTC))
        if self.is_last(job.attempts):
            return None
        delay_s = min(self.first_s * 2**job.attempts, self.longest_s)
        jitter = random.uniform(0.8, 1.2)  # noqa: S311 - it spreads retries and guards nothing
        return RetryDecision(retry_in={"seconds": max(1, round(delay_s * jitter))})


@dataclass(frozen=True, slots=True)
class Period:
    """How often a periodic job runs, and for whom: once for every active tenant, or once for the platform."""

    every_s: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of job: its stable name, what runs, its queue, and how often it is tried before it is a dead letter.

    A run that takes longer than `timeout_s` has failed. `period` is None for a job that somebody has to enqueue.
    """

    name: str
    run: Run
    queue: str
    backoff: Backoff
    timeout_s: float = DEFAULT_TIMEOUT_S
    period: Period | None = None


def job(
    name: str, *, queue: str = "work", attempts: int = 8, first_s: float = 1.0, timeout_s: float = DEFAULT_TIMEOUT_S
) -> Callable[[Run], Job]:
    """Declare a kind of job; `name` is stored in the queue and never changes once it is in use."""

    def declare(run: Run) -> Job:
        return Job(name, run, queue, Backoff(attempts=attempts, first_s=first_s), timeout_s)

    return declare


def periodic(
    name: str, *, every_s: int, scope: Scope = "tenant", attempts: int = 3, timeout_s: float = DEFAULT_TIMEOUT_S
) -> Callable[[Run], Job]:
    """Declare a job without arguments that comes round every `every_s` seconds, however many workers there are.

    Tenants' turns are spread over the period. A round is left out while the one before still waits; missed ones are
    not made up for. With the scope "platform" it runs once, as the platform's operator side that sees no tenant's rows.
    """

    def declare(run: Run) -> Job:
        return Job(name, run, "work", Backoff(attempts=attempts), timeout_s, Period(every_s, scope))

    return declare
