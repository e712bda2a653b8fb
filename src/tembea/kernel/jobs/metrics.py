"""What the queue tells Prometheus. A worker counts its own runs; the sizes are those of the whole queue.

Labels are kinds of jobs, never tenants: their number has no bound.
"""

from procrastinate.connector import BaseConnector
from prometheus_client import Counter, Gauge, Histogram

from tembea.kernel.telemetry.metrics import MEASURED

RUNS = Counter("tembea_jobs_runs", "Runs of jobs by how they ended", ["kind", "outcome"])
DURATION = Histogram(
    "tembea_jobs_duration_seconds",
    "How long runs of jobs took",
    ["kind"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
)
RESCUED = Counter("tembea_jobs_rescued", "Jobs taken back from workers that died", ["kind"])
WAITING = Gauge("tembea_jobs_waiting", "Jobs that could run now", ["kind"], registry=MEASURED)
SCHEDULED = Gauge(
    "tembea_jobs_scheduled", "Jobs that wait for their time, retries among them", ["kind"], registry=MEASURED
)
RUNNING = Gauge("tembea_jobs_running", "Jobs that a worker holds", ["kind"], registry=MEASURED)
DEAD = Gauge("tembea_jobs_dead_letters", "Jobs that used up their attempts", ["kind"], registry=MEASURED)
OLDEST = Gauge(
    "tembea_jobs_oldest_waiting_age_seconds",
    "Since when the oldest job that could run now has waited",
    registry=MEASURED,
)

_BY_STATE = {"waiting": WAITING, "scheduled": SCHEDULED, "running": RUNNING, "dead": DEAD}
_SIZES = """
    select task_name as kind,
           case when status = 'doing' then 'running' when status = 'failed' then 'dead'
                when turn is null then 'scheduled' else 'waiting' end as state,
           count(*) as jobs,
           extract(epoch from now() - min(coalesce(scheduled_at, enqueued_at)))::float8 as oldest_s
    from procrastinate_jobs where status in ('todo', 'doing', 'failed') group by 1, 2
"""


async def measure_queue(connector: BaseConnector) -> None:
    """Look at the queue and set the gauges."""
    rows = await connector.execute_query_all_async(_SIZES)
    for gauge in _BY_STATE.values():
        gauge.clear()
    for row in rows:
        _BY_STATE[row["state"]].labels(row["kind"]).set(row["jobs"])
    OLDEST.set(max((row["oldest_s"] for row in rows if row["state"] == "waiting"), default=0.0))
