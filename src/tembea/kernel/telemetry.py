"""What is known about a running request: its id, how long it took, and logs that carry both.

`TimingMiddleware` is pure ASGI: four stacked `BaseHTTPMiddleware` cost a trivial route nine tenths of its speed.
"""

import logging
import re
import sys
import time
from collections.abc import MutableMapping

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tembea.kernel.ids import new_id

SLOW_WARNING_MS = 500
SLOW_ERROR_MS = 2_000
_REQUEST_ID = re.compile(rb"^[A-Za-z0-9._-]{1,64}$")

log = structlog.stdlib.get_logger("tembea.request")


class TimingMiddleware:
    """Gives each request an id, times it, logs it, and answers with `X-Request-ID` and `Server-Timing`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, watched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        state: MutableMapping[str, object] = scope.setdefault("state", {})
        state["request_id"] = request_id
        started = time.perf_counter()
        status = 500

        async def send_timed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                elapsed_ms = (time.perf_counter() - started) * 1_000
                headers: list[tuple[bytes, bytes]] = list(message.get("headers", []))
                headers.append((b"x-request-id", request_id.encode()))
                headers.append((b"server-timing", f"app;dur={elapsed_ms:.1f}".encode()))
                message = {**message, "headers": headers}
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, send_timed)
            finally:
                _log_request(scope, status, round((time.perf_counter() - started) * 1_000, 1))


def _request_id(scope: Scope) -> str:
    """The caller's id where it is a plain word, else a fresh one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.match(value):
            return value.decode()
    return str(new_id())


def _log_request(scope: Scope, status: int, elapsed_ms: float) -> None:
    route = scope.get("route")
    path = getattr(route, "path", None) or "unrouted"
    fields = {"method": scope["method"], "route": path, "status": status, "elapsed_ms": elapsed_ms}
    if elapsed_ms >= SLOW_ERROR_MS:
        log.error("slow_request", **fields)
    elif elapsed_ms >= SLOW_WARNING_MS:
        log.warning("slow_request", **fields)
    else:
        log.info("request", **fields)


def configure_logging(level: str, *, as_json: bool) -> None:
    """Send structured logs to standard error: JSON for machines, or lines for a person at a terminal."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for noisy in ("procrastinate", "mail.log", "fontTools", "httpx", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
