"""One trace from the caller's header through the request and its statements into the job that it promised."""

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.jobs import bind_jobs, job
from tembea.kernel.telemetry.trace_context import parse_trace_parent
from tembea.settings import Settings
from tests.app_fixtures import running_platform
from tests.telemetry.odd_routes import add_odd_routes
from tests.telemetry.receivers import Receiver, receiving

TRACE_ID, PARENT_ID = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
HEADERS = {"traceparent": f"00-{TRACE_ID}-{PARENT_ID}-01"}


@job("test.traced", attempts=1)
async def traced(ctx: Context, db: Db, providers: object, *, greeting: str) -> None:
    """Asks the database one thing."""
    async with db.read(ctx) as read:
        await read.value(str, "select %s::text", [greeting])


def spans_of(collector: Receiver) -> list[Span]:
    requests = [ExportTraceServiceRequest.FromString(body) for path, body in collector.bodies if path == "/v1/traces"]
    return [span for one in requests for r in one.resource_spans for s in r.scope_spans for span in s.spans]


def attributes(span: Span) -> dict[str, object]:
    return {one.key: one.value.string_value or one.value.int_value for one in span.attributes}


async def test_request_statements_and_job_are_one_trace(settings: Settings) -> None:
    with receiving() as collector:
        endpoint = f"http://127.0.0.1:{collector.port}"
        async with running_platform(settings.model_copy(update={"otlp_endpoint": endpoint})) as platform:
            add_odd_routes(platform.app)
            agency = await platform.new_agency("savanna-trails")
            await agency.consultant.get("/api/v1/odd/rows/Kanarie", headers=HEADERS)
            await agency.consultant.post("/api/v1/odd/promise", headers=HEADERS)
            queue = bind_jobs([traced], db=platform.db, providers=None, dsn=settings.app_dsn)
            async with queue.open_async():
                await queue.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)

    spans = [span for span in spans_of(collector) if span.trace_id.hex() == TRACE_ID]
    named = {span.name: span for span in spans}
    request = named["GET /api/v1/odd/rows/{name}"]
    assert request.parent_span_id.hex() == PARENT_ID
    assert attributes(request)["http.response.status_code"] == 200
    assert attributes(request)["tembea.tenant"] == "savanna-trails"
    ours = {"db.system.name": "postgresql", "db.query.text": "select %s::text"}
    asked = [span for span in spans if span.parent_span_id == request.span_id and attributes(span) == ours]
    assert [span.name for span in asked] == ["SELECT"]
    promise, run = named["POST /api/v1/odd/promise"], named["job test.traced"]
    assert run.parent_span_id == promise.span_id
    assert any(span.name == "SELECT" and span.parent_span_id == run.span_id for span in spans)
    everything = str(spans_of(collector))
    for canary in ("Kanarie", "hello", str(agency.key.tenant_id), "example"):
        assert canary not in everything


def test_a_broken_header_starts_no_trace() -> None:
    assert parse_trace_parent(f"00-{TRACE_ID}-{PARENT_ID}-01") == f"00-{TRACE_ID}-{PARENT_ID}-01"
    for broken in ("", "00", f"00-{'0' * 32}-{PARENT_ID}-01", f"00-{TRACE_ID}-{'0' * 16}-01", f"ff-{TRACE_ID}-x-01"):
        assert parse_trace_parent(broken) is None
