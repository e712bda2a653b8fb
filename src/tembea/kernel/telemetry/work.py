"""What one request or one run of a job has cost so far, and the ids by which logs and traces know it.

Counters and labels alone. Who asks, and for which tenant, is the explicit `Context`; nothing is decided by what stands
here, and where nothing stands nothing is counted.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Work:
    """One request or one run of a job. Times are seconds; those of statements that ran side by side are added up.

    Whose work it is stands in `tenant`, or as `context` in the request's `state` once the caller is known.
    `trace_parent` is the W3C trace context that whatever follows from this work belongs to.
    """

    request_id: str
    tenant: str | None = None
    job: str | None = None
    trace_parent: str | None = None
    statements: int = 0
    database_s: float = 0.0
    pool_wait_s: float = 0.0
    turn_wait_s: float = 0.0
    state: Mapping[str, object] | None = None

    @property
    def tenant_slug(self) -> str | None:
        """Whose work it is, as far as is known."""
        return self.tenant or (getattr(self.state.get("context"), "tenant", None) if self.state else None)

    @property
    def trace_id(self) -> str | None:
        """The trace's id, 32 hexadecimal digits, where the work belongs to one."""
        return self.trace_parent[3:35] if self.trace_parent else None

    def labels(self) -> dict[str, str]:
        """What every line about this work carries."""
        labels = {"request_id": self.request_id}
        if tenant := self.tenant_slug:
            labels["tenant"] = tenant
        if self.job:
            labels["job"] = self.job
        if self.trace_parent:
            labels["trace_id"] = self.trace_parent[3:35]
        return labels


CURRENT: ContextVar[Work | None] = ContextVar("tembea_work", default=None)


@contextmanager
def watching(work: Work) -> Generator[Work]:
    """Whatever runs in this block, and whatever it starts, is counted as `work`."""
    token = CURRENT.set(work)
    try:
        yield work
    finally:
        CURRENT.reset(token)


def current_trace_parent() -> str | None:
    """The trace context that follows from the current work, to be carried on."""
    work = CURRENT.get()
    return work.trace_parent if work else None
