"""What one look at the dashboard costs, uncached, at ten thousand and at a million quotes in an agency.

Two installations are filled by `tembea demo --scale` in folders that are kept when named. Each period is asked for over
HTTP as `GET /api/v1/dashboard/all` with a cache that forgets at once, and beside it the barest thing that a dashboard
could do: one count of the period's quotes by index. Prints p50 and p99 of both, and how they grow; `cpu` is the
processor time of a look, the application's and the database's together, which other programs hardly change.

Usage: python benchmarks/dashboard.py [CALLS] [FOLDER_OF_THE_SMALL_ONE FOLDER_OF_THE_LARGE_ONE]
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr

from tembea.app import create_app
from tembea.commands.scale import fill
from tembea.dashboard import service
from tembea.dashboard.period import Period, span_of
from tembea.kernel.context import Role, anonymous_context, system_context
from tembea.kernel.db import Db
from tembea.kernel.embedded import EmbeddedPostgres
from tembea.kernel.lasting import set_aside
from tembea.settings import Settings
from tembea.tenants import (
    Tenant,
    TenantConfig,
    find_tenant_by_slug,
    get_tenant,
    local_today,
    sync_tenant,
)
from tembea.users import create_user

SMALL, LARGE = 10_000.0, 1.0
WARM_UP = 10
PATIENT = {"db_acquire_timeout_s": 10, "db_statement_timeout_ms": 60_000, "request_timeout_s": 60}
"""What is measured is what a look costs; on a busy machine none should be cut off."""
PASSWORD = "correct horse battery staple"
EMAIL = "admin@scale-0001.example"


@dataclass(frozen=True)
class Times:
    """Milliseconds of one period: of the dashboard, and of the bare count."""

    p50: float
    p99: float
    bare_p50: float
    cpu: float


async def timed(calls: int, work: Callable[[], Awaitable[object]]) -> list[float]:
    times: list[float] = []
    for _ in range(calls):
        began = time.perf_counter()
        await work()
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)


def database_cpu_s(pids: list[int]) -> float:
    """Processor time that these backends have taken since they began."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in pids]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


async def list_backends(db: Db) -> list[int]:
    async with db.read(anonymous_context("bench")) as read:
        rows = await read.rows("select pid from pg_stat_activity where usename = session_user")
    return [pid for row in rows if isinstance(pid := row["pid"], int)]


async def measure(settings: Settings, calls: int) -> dict[Period, Times]:
    """Each period, one call after the other, through the whole application."""
    app = create_app(settings)
    set_aside()  # as `tembea serve` does
    async with app.router.lifespan_context(app):
        db: Db = app.state.db
        async with db.read(anonymous_context("bench")) as read:
            key = await find_tenant_by_slug(read, "scale-0001")
        assert key is not None
        ctx = system_context(key.tenant_id, key.tenant)
        async with db.tx(ctx) as tx:
            tenant = await get_tenant(tx)
            await create_user(tx, email=EMAIL, name="Bench", role=Role.ADMIN, password=PASSWORD)
        await sync_tenant(db, tenant.slug, never_refused(tenant.config))
        transport = ASGITransport(app)
        async with AsyncClient(transport=transport, base_url="http://bench", timeout=30) as http:
            answer = await http.post("/api/v1/auth/login", json={"email": EMAIL, "password": PASSWORD})
            http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
            return {period: await measure_period(http, db, tenant, period, calls) for period in Period}


def never_refused(config: TenantConfig) -> TenantConfig:
    """The limits are asked, as ever, and admit whatever a quick machine asks in a minute."""
    return config.model_copy(update={"limits": config.limits.model_copy(update={"api": 1_000_000})})


async def measure_period(http: AsyncClient, db: Db, tenant: Tenant, period: Period, calls: int) -> Times:
    async def look() -> None:
        answer = await http.get("/api/v1/dashboard/all", params={"period": period})
        page = answer.json()
        assert page["errors"] == {}, page["errors"]
        assert page["cache"]["status"] == "miss"

    ctx = system_context(tenant.id, tenant.slug)
    span = span_of(period, local_today(tenant, datetime.now(UTC)), tenant.config.zone)

    async def count() -> None:
        async with db.read(ctx) as read:
            await read.value(
                int,
                "select count(*) from quotes where tenant_id = %s and created_at >= %s and created_at < %s",
                [tenant.id, span.starts_at, span.ends_at],
            )

    for _ in range(WARM_UP):
        await look()
    pids = await list_backends(db)
    began = time.process_time() + database_cpu_s(pids)
    times = await timed(calls, look)
    cpu = (time.process_time() + database_cpu_s(pids) - began) / calls * 1000
    bare = await timed(min(calls, 20), count)
    return Times(statistics.median(times), times[int(len(times) * 0.99)], statistics.median(bare), cpu)


def run(folder: Path, number: float, calls: int) -> dict[Period, Times]:
    settings = Settings.model_validate({"data_dir": folder, "log_level": "ERROR", "dashboard_cache_s": 1e-9} | PATIENT)
    with redirect_stdout(sys.stderr):  # how far it is
        fill(settings, number)
    service.SECTION_DEADLINE_S = service.VIEW_DEADLINE_S = 30.0
    server = EmbeddedPostgres(folder)
    server.start()
    try:
        settings.ensure_secrets()
        reachable = settings.model_copy(update={"database": SecretStr(server.dsn_app)})
        return asyncio.run(measure(reachable, calls))
    finally:
        server.stop()


def main() -> None:
    """Measure and print."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        folders = [Path(name) for name in sys.argv[2:4]] or [Path(folder, "small"), Path(folder, "large")]
        small, large = run(folders[0], SMALL, calls), run(folders[1], LARGE, calls)
    print(f"{'ms':>6} {'10,000 quotes':>26} {'1,000,000 quotes':>26} {'':>17} {'a bare count, p50':>26}")
    heads = ("p50", "p99", "cpu", "p50", "p99", "cpu", "p50", "cpu", "10^4", "10^6", "ratio")
    print(f"{'period':>6} " + " ".join(f"{head:>8}" for head in heads))
    for period in Period:
        one, other = small[period], large[period]
        figures = (one.p50, one.p99, one.cpu, other.p50, other.p99, other.cpu, other.p50 / one.p50, other.cpu / one.cpu)
        bare = (one.bare_p50, other.bare_p50, other.bare_p50 / one.bare_p50)
        print(f"{period:>6} " + " ".join(f"{figure:>8.2f}" for figure in (*figures, *bare)))


if __name__ == "__main__":
    main()
