"""OpenTelemetry traces, where OTEL_EXPORTER_OTLP_ENDPOINT names a collector; nothing of the SDK is loaded elsewhere.

Spans say which route, which job, which statement, and never with what: no parameters, no paths, no bodies.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from tembea.kernel.mendable import Mendable

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span, Tracer

Kind = Literal["server", "client", "consumer"]
FLUSH_TIMEOUT_MS = 2_000


class TracingNotInstalled(Mendable):
    """A collector is configured, and the packages that would speak to it are not there."""


class Tracing:
    """The process's traces: off until `start`, and then on until `stop`."""

    def __init__(self) -> None:
        self._provider: TracerProvider | None = None
        self._tracer: Tracer | None = None

    @property
    def is_on(self) -> bool:
        """Whether spans go anywhere."""
        return self._tracer is not None

    def start(self, endpoint: str, *, service: str, version: str) -> None:
        """Send spans to the OTLP/HTTP collector at `endpoint`. Raises `TracingNotInstalled`."""
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError as error:
            raise TracingNotInstalled(
                "OTEL_EXPORTER_OTLP_ENDPOINT is set, but OpenTelemetry is not installed. Install tembea[tracing]."
            ) from error
        self.stop()
        resource = Resource.create({"service.name": service, "service.version": version})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("tembea")

    def stop(self) -> None:
        """Hand over what is left, and send no more."""
        provider, self._provider, self._tracer = self._provider, None, None
        if provider is not None:
            provider.force_flush(FLUSH_TIMEOUT_MS)
            provider.shutdown()

    @contextmanager
    def span(self, name: str, kind: Kind, *, parent: str | None = None) -> Generator["OpenSpan | None"]:
        """A span around the block, the parent of those that are opened in it; None where nothing is traced.

        `parent` is a W3C trace context from outside; without it the span belongs to the one around it. An error that
        leaves the block marks the span with its class.
        """
        if self._tracer is None:
            yield None
            return
        from opentelemetry.propagate import extract
        from opentelemetry.trace import SpanKind

        with self._tracer.start_as_current_span(
            name,
            context=extract({"traceparent": parent}) if parent else None,
            kind=SpanKind[kind.upper()],
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            opened = OpenSpan(span)
            try:
                yield opened
            except BaseException as error:
                opened.fail(type(error).__qualname__)
                raise


class OpenSpan:
    """A span that is not over yet."""

    def __init__(self, span: "Span") -> None:
        self._span = span

    @property
    def trace_parent(self) -> str:
        """The W3C trace context that what follows from this span belongs to."""
        found = self._span.get_span_context()
        return f"00-{found.trace_id:032x}-{found.span_id:016x}-{found.trace_flags:02x}"

    def describe(self, name: str, attributes: Mapping[str, str | int | float]) -> None:
        """What turned out only now."""
        self._span.update_name(name)
        self._span.set_attributes(attributes)

    def fail(self, error_class: str) -> None:
        """It went wrong."""
        from opentelemetry.trace import Status, StatusCode

        self._span.set_attribute("error.type", error_class)
        self._span.set_status(Status(StatusCode.ERROR))


TRACING = Tracing()
