"""`TimingMiddleware`: what is known about a running request, told to its caller, the logs, Prometheus and the traces.

Pure ASGI: four stacked `BaseHTTPMiddleware` cost a trivial route nine tenths of its speed.
"""

import logging
import re
import time
from collections.abc import Awaitable, Sequence
from typing import NamedTuple

from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tembea.kernel.head import head_of
from tembea.kernel.headers import is_stream_of_events
from tembea.kernel.ids import new_request_id
from tembea.kernel.telemetry.logs import Fields, write_later
from tembea.kernel.telemetry.metrics import IN_PROGRESS, UNROUTED, observe_request
from tembea.kernel.telemetry.trace_context import parse_trace_parent
from tembea.kernel.telemetry.tracing import TRACING, OpenSpan
from tembea.kernel.telemetry.work import CURRENT, Work

SLOW_WARNING_MS = 500
SLOW_ERROR_MS = 2_000
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_SITE = "/{path:path}"
"""The address of the web app's pages takes whatever no route does."""
_QUIET = ("/health", "/metrics")
"""Asked every few seconds by machines: logged only at DEBUG."""

log = logging.getLogger("tembea.request")


class TimingMiddleware:
    """Gives each request an id, times and counts it, logs it, and answers with `X-Request-ID` and `Server-Timing`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """One request, watched."""
        if scope["type"] != "http":
            return self.app(scope, receive, send)
        work = _work(scope)
        watched = self._traced if TRACING.is_on else self._timed
        return watched(scope, receive, send, work)

    async def _traced(self, scope: Scope, receive: Receive, send: Send, work: Work) -> None:
        with TRACING.span(scope["method"], "server", parent=work.trace_parent) as span:
            work.trace_parent = span.trace_parent if span else work.trace_parent
            await self._timed(scope, receive, send, work, span)

    async def _timed(
        self, scope: Scope, receive: Receive, send: Send, work: Work, span: OpenSpan | None = None
    ) -> None:
        token, started = CURRENT.set(work), time.perf_counter()
        status, stream_began_s = 500, None
        head, send = head_of(send)

        def note_begin(start: Message) -> None:
            nonlocal status, stream_began_s
            elapsed_s = time.perf_counter() - started
            status = start["status"]
            if is_stream_of_events(start):
                stream_began_s = elapsed_s
            head.fields.append((b"x-request-id", work.request_id.encode()))
            head.fields.append((b"server-timing", _server_timing(work, elapsed_s)))

        head.when_it_begins(note_begin)
        IN_PROGRESS.inc()
        try:
            await self.app(scope, receive, send)
        finally:
            IN_PROGRESS.dec()
            # A stream of events lasts for as long as somebody looks; what they waited for is that it began.
            _finish(scope, status, work, stream_began_s or time.perf_counter() - started, span)
            CURRENT.reset(token)


def _work(scope: Scope) -> Work:
    """The caller's id where it is a plain word, else a fresh one; and the trace that it belongs to."""
    request_id = trace_parent = None
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            request_id = value.decode()
        elif name == b"traceparent":
            trace_parent = parse_trace_parent(value.decode("latin-1"))
    state = scope.setdefault("state", {})
    state["request_id"] = request_id or new_request_id()
    return Work(state["request_id"], trace_parent=trace_parent, state=state)


def _server_timing(work: Work, seconds: float) -> bytes:
    """Milliseconds until the answer began, and those of the database and of waiting for a connection or a turn."""
    timing = f"app;dur={seconds * 1_000:.1f}"
    if work.statements:
        timing += f", db;dur={work.database_s * 1_000:.1f}, pool;dur={work.pool_wait_s * 1_000:.1f}"
    if work.turn_wait_s:
        timing += f", turn;dur={work.turn_wait_s * 1_000:.1f}"
    return timing.encode()


def _finish(scope: Scope, status: int, work: Work, seconds: float, span: OpenSpan | None) -> None:
    route, method = _template(scope, status), scope["method"]
    observe_request(route, method, status, seconds=seconds, statements=work.statements, database_s=work.database_s)
    _log_request(route, method, status, work, seconds)
    if span is not None:
        span.describe(
            f"{method} {route}",
            {
                "http.request.method": method,
                "http.route": route,
                "http.response.status_code": status,
                "tembea.request_id": work.request_id,
                **({"tembea.tenant": tenant} if (tenant := work.tenant_slug) else {}),
            },
        )
        if status >= 500:
            span.fail(str(status))


def _template(scope: Scope, status: int) -> str:
    """The route's template; an address that no route took is one label, whatever it says."""
    path: str | None = getattr(scope.get("route") or _find_route(scope), "path", None)
    return UNROUTED if path is None or (path == _SITE and status == 404) else path


def _find_route(scope: Scope) -> object:
    """The route that a request was for which was refused on its way there, being too large or one too many."""
    routes: Sequence[BaseRoute] = getattr(scope.get("app"), "routes", ())
    for route in routes:
        match, found = route.matches(scope)
        if match is Match.FULL:
            return found.get("route", route)
    return None


class RequestLine(NamedTuple):
    """What the log says of a request that is over."""

    event: str
    route: str
    method: str
    status: int
    elapsed_ms: float
    work: Work

    def fields(self) -> Fields:
        """See `Line`."""
        return {
            "event": self.event,
            "method": self.method,
            "route": self.route,
            "status": self.status,
            "elapsed_ms": self.elapsed_ms,
            "database_ms": round(self.work.database_s * 1_000, 1),
            "statements": self.work.statements,
            "pool_wait_ms": round(self.work.pool_wait_s * 1_000, 1),
            **({"turn_wait_ms": round(self.work.turn_wait_s * 1_000, 1)} if self.work.turn_wait_s else {}),
            **self.work.labels(),
        }


def _log_request(route: str, method: str, status: int, work: Work, seconds: float) -> None:
    elapsed_ms = round(seconds * 1_000, 1)
    level, event = logging.INFO, "request"
    if elapsed_ms >= SLOW_ERROR_MS:
        level, event = logging.ERROR, "slow_request"
    elif elapsed_ms >= SLOW_WARNING_MS:
        level, event = logging.WARNING, "slow_request"
    elif route.startswith(_QUIET):
        level = logging.DEBUG
    if log.isEnabledFor(level):
        write_later(log, level, RequestLine(event, route, method, status, elapsed_ms, work))
