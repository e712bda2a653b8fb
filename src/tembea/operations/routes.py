"""Health over HTTP: three answers, no authentication, no limits, nothing about the inside.

Monitors that ask with HEAD get the same status without the words.
"""

from datetime import UTC, datetime
from typing import Literal, cast

from fastapi import APIRouter, Request, Response

from tembea import __version__
from tembea.kernel.web import Public, Wire
from tembea.operations.health import Health, Status

router = APIRouter(tags=["health"])


class HealthOut(Wire):
    """The process answers."""

    status: Literal["ok"] = "ok"
    version: str
    timestamp: datetime


class AliveOut(Wire):
    """The process is alive; nothing outside it was looked at."""

    status: Literal["alive"] = "alive"


class CheckOut(Wire):
    """How one dependency is."""

    status: Status
    latency_ms: float | None


class ReadyOut(Wire):
    """Whether this process should get traffic, and what it found."""

    status: Literal["ready", "not_ready"]
    checks: dict[str, CheckOut]


@router.head("/health", include_in_schema=False)
@router.get("/health")
async def health(_: Public) -> HealthOut:
    """For load balancers."""
    return HealthOut(version=__version__, timestamp=datetime.now(UTC))


@router.head("/health/live", include_in_schema=False)
@router.get("/health/live")
async def live(_: Public) -> AliveOut:
    """Is the process running? Looks at nothing outside it."""
    return AliveOut()


@router.head("/health/ready", include_in_schema=False)
@router.get("/health/ready", responses={503: {"model": ReadyOut}})
async def ready(_: Public, request: Request, response: Response) -> ReadyOut:
    """Can this process serve? 503 only when the database fails, migrations are pending or it is draining."""
    health_of_process = cast("Health", request.app.state.health)
    readiness = await health_of_process.check_readiness()
    response.status_code = 200 if readiness.ready else 503
    checks = {
        name: CheckOut(status=check.status, latency_ms=check.latency_ms) for name, check in readiness.checks.items()
    }
    return ReadyOut(status="ready" if readiness.ready else "not_ready", checks=checks)
