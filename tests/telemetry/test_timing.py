"""What a request leaves behind: its headers, its line in the log, its figures; under the route's template alone."""

import asyncio
import io
import json
from collections.abc import Iterator

import pytest
import structlog
from prometheus_client import REGISTRY
from starlette.types import Message, Receive, Scope, Send

from tembea.kernel.telemetry import TimingMiddleware
from tests.app_fixtures import Agency, Platform
from tests.telemetry.log_lines import json_logs, lines_of
from tests.telemetry.odd_routes import add_odd_routes


@pytest.fixture
def odd(platform: Platform) -> Platform:
    """The application with odd routes."""
    add_odd_routes(platform.app)
    return platform


@pytest.fixture
def log(odd: Platform) -> Iterator[io.StringIO]:
    with json_logs("INFO") as text:
        yield text


def counted(route: str, method: str, status: str) -> float:
    labels = {"route": route, "method": method, "status": status}
    return REGISTRY.get_sample_value("tembea_http_request_duration_seconds_count", labels) or 0


async def test_a_crashed_request_logs_its_stack_trace_and_is_counted(odd: Platform, log: io.StringIO) -> None:
    before = counted("/api/v1/odd/crash/{name}", "GET", "5xx")
    answer = await odd.anonymous.get("/api/v1/odd/crash/thandi", headers={"X-Request-ID": "crash-1"})

    assert answer.status_code == 500
    crashed = next(line for line in lines_of(log) if line["event"] == "request_crashed")
    assert crashed["level"] == "error"
    assert crashed["request_id"] == "crash-1"
    trace = str(crashed["exception"])
    assert trace.startswith("Traceback (most recent call last):")
    assert "odd_routes.py" in trace
    assert "in crash" in trace
    assert "RuntimeError: cannot greet thandi" in trace
    assert counted("/api/v1/odd/crash/{name}", "GET", "5xx") == before + 1


async def test_slow_requests_are_warnings_and_very_slow_ones_errors(odd: Platform, log: io.StringIO) -> None:
    await odd.anonymous.get("/api/v1/odd/slow?seconds=0.55")
    await odd.anonymous.get("/api/v1/odd/slow?seconds=2.05")

    found = [line for line in lines_of(log) if line["event"] == "slow_request"]
    # On a busy machine the first may take longer than two seconds; the second can never be faster.
    assert found[0]["level"] in ("warning", "error")
    assert found[1]["level"] == "error"
    assert [line["route"] for line in found] == ["/api/v1/odd/slow"] * 2
    assert float(str(found[1]["elapsed_ms"])) >= 2_000


async def test_lines_of_requests_are_written_when_the_loop_comes_round_and_before_what_follows(
    odd: Platform, log: io.StringIO
) -> None:
    def words() -> list[str]:
        log.seek(0)
        return [str(json.loads(line).get("event")) for line in log]

    for _ in range(2):
        await odd.anonymous.get("/api/v1/auth/me")
    await asyncio.sleep(0)
    assert words() == ["request"] * 2

    await odd.anonymous.get("/api/v1/auth/me")
    structlog.stdlib.get_logger("tembea.test").warning("follows")
    assert words() == ["request"] * 3 + ["follows"]


async def test_a_stream_of_events_is_as_slow_as_its_beginning(log: io.StringIO) -> None:
    async def streams(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        headers = [(b"content-type", b"text/event-stream; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await asyncio.sleep(2.1)
        await send({"type": "http.response.body", "body": b"last words"})

    async def ignore(message: Message) -> None:
        del message

    async def nothing_more() -> Message:
        return {"type": "http.disconnect"}

    await TimingMiddleware(streams)({"type": "http", "method": "GET", "headers": []}, nothing_more, ignore)

    (line,) = lines_of(log)
    assert float(str(line["elapsed_ms"])) < 2_000


async def test_a_request_is_timed_with_its_statements_and_its_agency(
    odd: Platform, agency: Agency, log: io.StringIO
) -> None:
    labels = {"route": "/api/v1/odd/rows/{name}"}
    await agency.consultant.get("/api/v1/odd/rows/first")  # which also reads how the agency is limited
    log.truncate(0)
    log.seek(0)
    before = REGISTRY.get_sample_value("tembea_http_request_statements_sum", labels) or 0
    waits = REGISTRY.get_sample_value("tembea_db_pool_wait_seconds_count") or 0
    answer = await agency.consultant.get("/api/v1/odd/rows/anything")

    timing = dict(part.split(";dur=") for part in answer.headers["server-timing"].split(", "))
    assert set(timing) == {"app", "db", "pool"}
    assert 0 < float(timing["db"]) <= float(timing["app"]) + 1
    line = next(line for line in lines_of(log) if line.get("route") == "/api/v1/odd/rows/{name}")
    assert line["tenant"] == "savanna-trails"
    assert line["statements"] == 3  # BEGIN with the tenant, the question, COMMIT
    assert REGISTRY.get_sample_value("tembea_http_request_statements_sum", labels) == before + 3
    assert (REGISTRY.get_sample_value("tembea_db_pool_wait_seconds_count") or 0) > waits


async def test_addresses_that_no_route_takes_are_one_label(odd: Platform) -> None:
    before = counted("unrouted", "GET", "4xx"), counted("unrouted", "other", "4xx")
    for path in ("/api/v1/zanele", "/api/v2/1", "/health/zanele"):
        await odd.anonymous.get(path)
    await odd.anonymous.request("BREW", "/api/v1/zanele")

    assert counted("unrouted", "GET", "4xx") == before[0] + 3
    text = (await odd.anonymous.get("/metrics")).text
    assert "zanele" not in text
    assert "BREW" not in text


async def test_what_is_refused_on_its_way_is_counted_under_the_route_that_it_was_for(odd: Platform) -> None:
    login, enquiry = "/api/v1/auth/login", "/api/v1/enquiries/{enquiry_id}"
    before = counted(login, "POST", "4xx"), counted(enquiry, "PATCH", "4xx"), counted("unrouted", "POST", "4xx")
    large = await odd.anonymous.post(login, content=b"x" * 1_500_000)
    templated = await odd.anonymous.patch(enquiry.format(enquiry_id="x"), content=b"x" * 1_500_000)
    nowhere = await odd.anonymous.post("/api/v1/nowhere", content=b"x" * 1_500_000)

    assert {large.status_code, templated.status_code, nowhere.status_code} == {413}
    after = counted(login, "POST", "4xx"), counted(enquiry, "PATCH", "4xx"), counted("unrouted", "POST", "4xx")
    assert after == tuple(number + 1 for number in before)


async def test_no_figure_carries_an_agency(odd: Platform, agency: Agency) -> None:
    await agency.consultant.get("/api/v1/quotes")
    text = (await odd.anonymous.get("/metrics")).text
    assert 'route="/api/v1/quotes"' in text
    assert "savanna" not in text
    assert str(agency.key.tenant_id) not in text


async def test_buckets_include_what_the_alerts_ask_about(odd: Platform) -> None:
    await odd.anonymous.get("/health")
    text = (await odd.anonymous.get("/metrics")).text
    for bound in ("0.5", "1.0", "2.0", "5.0"):
        assert f'tembea_http_request_duration_seconds_bucket{{le="{bound}",method="GET",route="/health"' in text
