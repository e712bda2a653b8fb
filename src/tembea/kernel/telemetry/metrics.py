"""What a process counts for Prometheus about requests and the database. Labels have few values, and none is a tenant.

Refusals, cache uses, jobs and mails are counted where they are decided or worked on.
`MEASURED` holds what is measured of the whole installation at once: by the worker alone.
"""

import warnings
from collections.abc import Callable
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

from tembea import __version__

disable_created_metrics()

MEASURED = CollectorRegistry()
"""Gauges that say the same whoever measures them; a process that does not measure must not claim that they are 0."""
# True of what is summed up out of files; these are read from the process that measures.
warnings.filterwarnings("ignore", "Clearing labels has not been implemented in multi-process mode", UserWarning)

# 0.5, 1, 2 and 5 s are what the slow-request log and the alerts ask about.
REQUEST_SECONDS = Histogram(
    "tembea_http_request_duration_seconds",
    "How long requests took, until the last byte was handed over; streams of events, until they began",
    ["route", "method", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30),
)
IN_PROGRESS = Gauge("tembea_http_requests_in_progress", "Requests that are being answered", multiprocess_mode="livesum")
REQUEST_DATABASE_SECONDS = Histogram(
    "tembea_http_request_database_seconds",
    "Time that a request spent on its statements, those side by side added up",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5),
)
REQUEST_STATEMENTS = Histogram(
    "tembea_http_request_statements",
    "Statements of a request, BEGIN and COMMIT among them",
    ["route"],
    buckets=(0, 3, 6, 10, 20, 30, 50, 100),
)
STATEMENT_SECONDS = Histogram(
    "tembea_db_statement_duration_seconds",
    "How long the database took for a statement",
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2),
)
POOL_WAIT_SECONDS = Histogram(
    "tembea_db_pool_wait_seconds",
    "How long work waited for a connection, whether it got one or not",
    buckets=(0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1),
)
TURN_WAIT_SECONDS = Histogram(
    "tembea_turn_wait_seconds",
    "How long requests for heavy work waited for their turn, whether it came or not",
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10),
)
REFUSED = Counter("tembea_rate_limited_total", "Requests that a limit or a daily quota refused (429)", ["limit"])
BUILD = Gauge("tembea_build_info", "1, with the version as its label", ["version"], multiprocess_mode="max")
BUILD.labels(__version__).set(1)

UNROUTED = "unrouted"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def observe_request(
    route: str, method: str, status: int, *, seconds: float, statements: int, database_s: float
) -> None:
    """Count one request under its route's template."""
    in_seconds, in_database_s, in_statements = _observers(
        route, method if method in _METHODS else "other", f"{status // 100}xx"
    )
    in_seconds(seconds)
    if statements:
        in_database_s(database_s)
        in_statements(statements)


@lru_cache(maxsize=2_000)
def _observers(route: str, method: str, status: str) -> tuple[Callable[[float], None], ...]:
    """Looked up once: `labels` takes a lock and builds strings each time."""
    return (
        REQUEST_SECONDS.labels(route, method, status).observe,
        REQUEST_DATABASE_SECONDS.labels(route).observe,
        REQUEST_STATEMENTS.labels(route).observe,
    )
