"""What an operator sees of the process that answers."""

import socket
from datetime import UTC, datetime

import pytest
from prometheus_client import CollectorRegistry, Counter, Histogram

from tembea.operations.process_figures import REQUESTS, summarise
from tembea.settings import Settings
from tests.app_fixtures import Agency, Platform, running_platform

URL = "/api/v1/operator/health"


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


def durations(registry: CollectorRegistry) -> Histogram:
    return Histogram(REQUESTS, "-", ["route", "method", "status"], buckets=(0.1, 0.5, 1.0), registry=registry)


def test_the_slowest_route_stands_first_with_what_failed_on_it(registry: CollectorRegistry) -> None:
    histogram = durations(registry)
    for _ in range(100):
        histogram.labels("/quick", "GET", "2xx").observe(0.05)
    for seconds, status in ((0.2, "2xx"), (0.3, "2xx"), (0.9, "5xx"), (0.4, "4xx")):
        histogram.labels("/slow", "POST", status).observe(seconds)

    figures = summarise(registry.collect())

    assert [(one.method, one.route, one.count, one.failed) for one in figures.slowest] == [
        ("POST", "/slow", 4, 1),
        ("GET", "/quick", 100, 0),
    ]
    assert figures.slowest[0].p50_s == pytest.approx(0.1 + 0.4 * 2 / 3, abs=1e-3)
    assert 0.5 < figures.slowest[0].p95_s <= 1.0
    assert figures.requests is not None
    assert (figures.requests.count, figures.requests.failed) == (104, 1)
    assert figures.requests.p95_s <= 0.1


def test_a_live_stream_that_lasts_for_hours_is_no_slow_request(registry: CollectorRegistry) -> None:
    durations(registry).labels("/api/v1/events", "GET", "2xx").observe(3_600)

    figures = summarise(registry.collect())

    assert figures.requests is None
    assert figures.slowest == ()


def test_what_takes_longer_than_the_last_bound_counts_as_the_last_bound(registry: CollectorRegistry) -> None:
    durations(registry).labels("/slow", "GET", "2xx").observe(20)

    assert summarise(registry.collect()).slowest[0].p95_s == 1.0


def test_only_what_happened_is_named_as_degraded(registry: CollectorRegistry) -> None:
    skipped = Counter("tembea_redis_skipped_total", "-", ["purpose"], registry=registry)
    ended = Counter("tembea_event_streams_ended_total", "-", ["reason"], registry=registry)
    skipped.labels("cache").inc(3)
    skipped.labels("limits").inc(0)
    ended.labels("left").inc(8)
    ended.labels("too_slow").inc()

    degraded = summarise(registry.collect()).degraded

    assert [(one.name, one.labels, one.count) for one in degraded] == [
        ("tembea_event_streams_ended", "too_slow", 1),
        ("tembea_redis_skipped", "cache", 3),
    ]
    assert all(one.meaning for one in degraded)


async def test_an_operator_reads_checks_and_figures_and_nobody_else_does(platform: Platform, agency: Agency) -> None:
    seen = (await (await platform.operator()).get(URL)).json()

    assert seen["status"] == "ready"
    assert seen["checks"]["database"]["status"] == "healthy"
    assert datetime.fromisoformat(seen["since"]) < datetime.now(UTC)
    assert {"requests", "slowest", "degraded"} <= seen.keys()
    assert (await agency.admin.get(URL)).status_code == 403
    assert (await platform.anonymous.get(URL)).status_code == 401


async def test_redis_that_is_away_shows_as_what_was_done_without_it(settings: Settings) -> None:
    with socket.socket() as nobody:  # bound and not listening: every connection is refused
        nobody.bind(("127.0.0.1", 0))
        away = Settings.model_validate(
            {**settings.model_dump(), "redis": f"redis://127.0.0.1:{nobody.getsockname()[1]}/0"}
        )
        async with running_platform(away) as platform:
            seen = (await (await platform.operator()).get(URL)).json()

    assert seen["status"] == "ready"
    assert seen["checks"]["redis"]["status"] == "degraded"
    assert {one["name"] for one in seen["degraded"]} & {"tembea_redis_failures", "tembea_redis_skipped"}
