"""What leaves the process beside its logs: reports and traces, where they are configured."""

from collections.abc import Generator
from contextlib import contextmanager

from tembea.kernel.telemetry.reporting import start_reporting, stop_reporting
from tembea.kernel.telemetry.tracing import TRACING


@contextmanager
def observed(service: str, version: str, *, sentry_dsn: str | None, otlp_endpoint: str | None) -> Generator[None]:
    """Report and trace while the block runs, and hand over what is left at its end. Logging comes first."""
    if sentry_dsn:
        start_reporting(sentry_dsn, release=f"tembea@{version}")
    if otlp_endpoint:
        TRACING.start(otlp_endpoint, service=service, version=version)
    try:
        yield
    finally:
        stop_reporting()
        TRACING.stop()
