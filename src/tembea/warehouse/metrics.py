"""What the warehouse tells Prometheus. Labels are few; a tenant is none."""

from prometheus_client import Counter, Gauge

from tembea.kernel.telemetry.metrics import MEASURED

QUESTIONS = Counter("tembea_warehouse_questions", "Questions to the warehouse by how they ended", ["kind", "outcome"])
WAITING = Gauge("tembea_warehouse_waiting", "Quotes and contracts that are not loaded yet", registry=MEASURED)
OLDEST = Gauge("tembea_warehouse_oldest_waiting_age_seconds", "Since when the oldest of them waits", registry=MEASURED)


def measure_backlog(things: int, oldest_s: float) -> None:
    """Set the gauges, over all agencies."""
    WAITING.set(things)
    OLDEST.set(oldest_s)
