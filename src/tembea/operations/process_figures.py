"""What the metrics say of the API, summed up for a person: how quick it is, and what it did without.

Read from the same families as Prometheus reads, so that the page and the alerts cannot differ. They count from the
start of the processes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from prometheus_client import Metric

REQUESTS = "tembea_http_request_duration_seconds"
_STREAMS = frozenset(("/api/v1/events",))
"""Routes whose answers last as long as somebody looks: their length says nothing."""

DEGRADED: Mapping[str, str] = {
    "tembea_limits_degraded": "Requests whose limits one process decided alone, for want of Redis",
    "tembea_redis_failures": "Calls that Redis did not answer as it should",
    "tembea_redis_skipped": "Calls spared because Redis was known to be away",
    "tembea_cache_unreadable": "Shared answers that could not be used and were worked out anew",
    "tembea_event_streams_ended": "Live streams that were cut off because the viewer or we were too slow",
}
_ONLY = {"tembea_event_streams_ended": frozenset(("too_slow",))}
"""Of a counter that counts ordinary things too, the reasons that are none."""

MAX_ROUTES = 20


@dataclass(frozen=True, slots=True)
class RouteFigures:
    """One route's requests; `failed` are those answered with a 5xx, `p95_s` an upper estimate from a histogram."""

    method: str
    route: str
    count: int
    failed: int
    p50_s: float
    p95_s: float


@dataclass(frozen=True, slots=True)
class Degraded:
    """How often something was done without what it should have had; `labels` say which."""

    name: str
    meaning: str
    labels: str
    count: int


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    """All requests together (None before the first), the slowest routes, what was degraded, and since when."""

    since: datetime | None
    requests: RouteFigures | None
    slowest: tuple[RouteFigures, ...]
    degraded: tuple[Degraded, ...]


class _Durations:
    """A histogram's buckets, added up over some of its labels."""

    def __init__(self) -> None:
        self.up_to: defaultdict[float, float] = defaultdict(float)
        self.failed = 0.0

    def add(self, status: str, bound: float, count: float) -> None:
        self.up_to[bound] += count
        if bound == float("inf") and status.startswith("5"):
            self.failed += count

    def figures(self, method: str, route: str) -> RouteFigures:
        buckets = sorted(self.up_to.items())
        count = round(buckets[-1][1])
        return RouteFigures(method, route, count, round(self.failed), quantile(buckets, 0.5), quantile(buckets, 0.95))


def summarise(families: Iterable[Metric]) -> ProcessFigures:
    """The figures in these families."""
    whole, by_route, degraded = _Durations(), defaultdict[tuple[str, str], _Durations](_Durations), list[Degraded]()
    since: datetime | None = None
    for family in families:
        if family.name == "process_start_time_seconds":
            since = datetime.fromtimestamp(family.samples[0].value, UTC)
        elif family.name == REQUESTS:
            _add_requests(family, whole, by_route)
        elif family.name in DEGRADED:
            degraded += _degraded(family)
    routes = [durations.figures(method, route) for (method, route), durations in by_route.items()]
    slowest = sorted((route for route in routes if route.count), key=lambda one: (-one.p95_s, one.route, one.method))
    requests = whole.figures("", "") if whole.up_to else None
    return ProcessFigures(
        since=since,
        requests=requests if requests and requests.count else None,
        slowest=tuple(slowest[:MAX_ROUTES]),
        degraded=tuple(sorted(degraded, key=lambda one: (one.name, one.labels))),
    )


def _add_requests(family: Metric, whole: _Durations, by_route: defaultdict[tuple[str, str], _Durations]) -> None:
    for sample in family.samples:
        labels = sample.labels
        if not sample.name.endswith("_bucket") or labels["route"] in _STREAMS:
            continue
        for durations in (whole, by_route[labels["method"], labels["route"]]):
            durations.add(labels["status"], float(labels["le"]), sample.value)


def _degraded(family: Metric) -> list[Degraded]:
    only = _ONLY.get(family.name)
    return [
        Degraded(family.name, DEGRADED[family.name], ", ".join(sample.labels.values()), round(sample.value))
        for sample in family.samples
        if sample.name.endswith("_total") and sample.value and (only is None or only & set(sample.labels.values()))
    ]


def quantile(buckets: Sequence[tuple[float, float]], q: float) -> float:
    """The q-quantile of cumulative buckets as Prometheus' `histogram_quantile` has it, in the buckets' unit.

    Beyond the last finite bound it is that bound; without observations it is 0.
    """
    rank = q * buckets[-1][1]
    lower, below = 0.0, 0.0
    for upper, up_to in buckets:
        if up_to >= rank and up_to > below:
            share = (rank - below) / (up_to - below)
            return lower if upper == float("inf") else round(lower + (upper - lower) * share, 4)
        lower, below = upper, up_to
    return 0.0
