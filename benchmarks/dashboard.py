"""What one look at the dashboard costs, uncached, at ten thousand and at a million quotes in an agency.

Two installations are filled by `tembea demo --scale` in folders that are kept when named. Each period is asked for over
HTTP as `GET /api/v1/dashboard/all` with a cache that forgets at once, and beside it the barest thing that a dashboard
could do: one count of the period's quotes by index. Prints p50 and p99 of both, and how they grow.

Usage: python benchmarks/dashboard.py [CALLS] [FOLDER_OF_THE_SMALL_ONE FOLDER_OF_THE_LARGE_ONE]
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr

from tembea.app import create_app
from tembea.commands.scale import fill
from tembea.dashboard.period import Period, span_of
from tembea.kernel.context import Role, anonymous_context, system_context
from tembea.kernel.db import Db
from tembea.kernel.embedded import EmbeddedPostgres
from tembea.settings import Settings
from tembea.tenants import Tenant, find_tenant_by_slug, get_tenant, local_today
from tembea.users import create_user

SMALL, LARGE = 10_000.0, 1.0
PASSWORD = "correct horse battery staple"
EMAIL = "admin@scale-0001.example"


@dataclass(frozen=True)
class Times:
    """Milliseconds of one period: of the dashboard, and of the bare count."""

    p50: float
    p99: float
    bare_p50: float
    bytes: int


async def timed(calls: int, work: Callable[[], Awaitable[object]]) -> list[float]:
    times: list[float] = []
    for number in range(calls + 5):
        began = time.perf_counter()
        await work()
        if number >= 5:
            times.append((time.perf_counter() - began) * 1000)
    return sorted(times)


async def measure(settings: Settings, calls: int) -> dict[Period, Times]:
    """Each period, one call after the other, through the whole application."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        db: Db = app.state.db
        async with db.read(anonymous_context("bench")) as read:
            key = await find_tenant_by_slug(read, "scale-0001")
        assert key is not None
        ctx = system_context(key.tenant_id, key.tenant)
        async with db.tx(ctx) as tx:
            tenant = await get_tenant(tx)
            await create_user(tx, email=EMAIL, name="Bench", role=Role.ADMIN, password=PASSWORD)
        transport = ASGITransport(app)
        async with AsyncClient(transport=transport, base_url="http://bench", timeout=30) as http:
            answer = await http.post("/api/v1/auth/login", json={"email": EMAIL, "password": PASSWORD})
            http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
            return {period: await measure_period(http, db, tenant, period, calls) for period in Period}


async def measure_period(http: AsyncClient, db: Db, tenant: Tenant, period: Period, calls: int) -> Times:
    sizes: list[int] = []

    async def look() -> None:
        answer = await http.get("/api/v1/dashboard/all", params={"period": period})
        page = answer.json()
        assert page["errors"] == {}, page["errors"]
        assert page["cache"]["status"] == "miss"
        sizes.append(len(answer.content))

    ctx = system_context(tenant.id, tenant.slug)
    span = span_of(period, local_today(tenant, datetime.now(UTC)), tenant.config.zone)

    async def count() -> None:
        async with db.read(ctx) as read:
            await read.value(
                int,
                "select count(*) from quotes where tenant_id = %s and created_at >= %s and created_at < %s",
                [tenant.id, span.starts_at, span.ends_at],
            )

    times, bare = await timed(calls, look), await timed(min(calls, 20), count)
    return Times(statistics.median(times), times[int(len(times) * 0.99)], statistics.median(bare), sizes[-1])


def run(folder: Path, number: float, calls: int) -> dict[Period, Times]:
    settings = Settings.model_validate({"data_dir": folder, "log_level": "WARNING", "dashboard_cache_s": 1e-9})
    fill(settings, number)
    server = EmbeddedPostgres(folder)
    server.start()
    try:
        settings.ensure_signing_key()
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
    print(f"{'ms':>6} {'10,000 quotes':>17} {'1,000,000 quotes':>17} {'':>8} {'a bare count, p50':>26}")
    print(
        f"{'period':>6} {'p50':>8} {'p99':>8} {'p50':>8} {'p99':>8} {'ratio':>6} {'10^4':>8} {'10^6':>8} {'ratio':>6}"
    )
    for period in Period:
        one, other = small[period], large[period]
        times = (one.p50, one.p99, other.p50, other.p99, other.p50 / one.p50)
        bare = (one.bare_p50, other.bare_p50, other.bare_p50 / one.bare_p50)
        print(f"{period:>6} " + " ".join(f"{figure:>8.2f}" for figure in (*times, *bare)))


if __name__ == "__main__":
    main()
