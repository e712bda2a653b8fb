"""The health of the API for operators: the checks of the process that answers, and what the metrics say of them all."""

from datetime import datetime
from typing import Literal, cast

from fastapi import APIRouter, Request
from prometheus_client.parser import text_string_to_metric_families
from starlette.concurrency import run_in_threadpool

from tembea.kernel.exposition import metrics_text
from tembea.kernel.web import Operator, Wire
from tembea.operations.health import Health
from tembea.operations.process_figures import ProcessFigures, RouteFigures, summarise
from tembea.operations.routes import CheckOut

router = APIRouter(prefix="/api/v1/operator/health", tags=["operator"])


class RequestsOut(Wire):
    """Requests since the process began; times are seconds, estimated from a histogram, and `failed` counts 5xx."""

    count: int
    failed: int
    p50_s: float
    p95_s: float


class RouteOut(RequestsOut):
    """The requests of one route."""

    method: str
    route: str


class DegradedOut(Wire):
    """Something that was done without what it should have had; `labels` say which."""

    name: str
    meaning: str
    labels: str
    count: int


class ProcessHealthOut(Wire):
    """The checks of the process that answers and the figures of all that share its port.

    `requests` is null before the first one; `since` is null where several processes count together.
    """

    status: Literal["ready", "not_ready"]
    checks: dict[str, CheckOut]
    since: datetime | None
    requests: RequestsOut | None
    slowest: list[RouteOut]
    degraded: list[DegradedOut]


@router.get("")
async def read_health(_: Operator, request: Request) -> ProcessHealthOut:
    """What /health/ready and /metrics show, for a person: the slowest routes first, and what was degraded."""
    health = cast("Health", request.app.state.health)
    readiness = await health.check_readiness()
    figures = await run_in_threadpool(_figures)
    return ProcessHealthOut(
        status="ready" if readiness.ready else "not_ready",
        checks={
            name: CheckOut(status=check.status, latency_ms=check.latency_ms) for name, check in readiness.checks.items()
        },
        since=figures.since,
        requests=_requests(figures),
        slowest=[_route(one) for one in figures.slowest],
        degraded=[DegradedOut.model_validate(one, from_attributes=True) for one in figures.degraded],
    )


def _figures() -> ProcessFigures:
    return summarise(text_string_to_metric_families(metrics_text().decode()))


def _requests(figures: ProcessFigures) -> RequestsOut | None:
    all_of_them = figures.requests
    if all_of_them is None:
        return None
    return RequestsOut(**{name: getattr(all_of_them, name) for name in RequestsOut.model_fields})


def _route(one: RouteFigures) -> RouteOut:
    return RouteOut.model_validate(one, from_attributes=True)
