"""What operators see of a process: logs, figures, errors and traces, with the ids that tie them together.

Invariants: no line, figure, report or span carries a person's name, address, number, text or token; labels of figures
have few values, routes are their templates, tenants are none; what is not configured is not loaded and costs nothing.
Verbs: `configure_logging`, `observed` (Sentry, OpenTelemetry); `TimingMiddleware` watches
requests, `watching` everything else.
"""

from tembea.kernel.telemetry.logs import configure_logging
from tembea.kernel.telemetry.metrics import MEASURED
from tembea.kernel.telemetry.outside import observed
from tembea.kernel.telemetry.timing import TimingMiddleware
from tembea.kernel.telemetry.tracing import TRACING
from tembea.kernel.telemetry.work import Work, current_trace_parent, watching

__all__ = [
    "MEASURED",
    "TRACING",
    "TimingMiddleware",
    "Work",
    "configure_logging",
    "current_trace_parent",
    "observed",
    "watching",
]
