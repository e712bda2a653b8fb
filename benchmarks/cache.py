"""What live views and kept answers cost: idle streams of events, and the dashboard from its cache. Prints figures."""

import asyncio
import os
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from uuid import uuid4

import psycopg
from pydantic import SecretStr

from tembea.kernel import cache
from tembea.kernel.embedded import EmbeddedPostgres
from tembea.kernel.embedded.passwords import SUPERUSER, dsn
from tembea.kernel.migrations import migrate
from tembea.kernel.signing_key import new_signing_key
from tembea.settings import Settings
from tests.app_fixtures import INSTALLATION_KEY, Agency, Platform, running_platform
from tests.operations.event_reader import eventually, served
from tests.redis_servers import running_redis

STREAMS = 500
HITS = 2_000


def resident_kb() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


async def hold(address: str, token: str, streams: list[asyncio.StreamWriter]) -> None:
    host, _, port = address.removeprefix("http://").partition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n\r\n".encode())
    streams.append(writer)


async def measure_streams(platform: Platform, agency: Agency, superuser: str) -> None:
    """Viewers and server share this process, so that the memory is both ends' and an upper bound."""
    with psycopg.connect(superuser, autocommit=True) as database:

        def connections() -> int:
            row = database.execute(
                "select count(*) from pg_stat_activity"
                " where backend_type = 'client backend' and pid <> pg_backend_pid()"
            ).fetchone()
            return int(str(row[0])) if row else 0

        async with served(platform.app) as address:
            open_streams: list[asyncio.StreamWriter] = []
            await hold(address, agency.admin.headers["Authorization"], open_streams)
            await asyncio.sleep(1)
            before, memory_before = connections(), resident_kb()
            for _ in range(STREAMS - 1):
                await hold(address, agency.admin.headers["Authorization"], open_streams)
                await asyncio.sleep(0.005)
            await eventually(lambda: len(platform.app.state.streams) == STREAMS, timeout_s=60)
            await asyncio.sleep(1)
            each_kb = (resident_kb() - memory_before) / (STREAMS - 1)
            print(
                f"{STREAMS} idle streams: connections {before} before, {connections()} with them; {each_kb:.0f} KB each"
            )
            started = time.perf_counter()
            answer = await agency.admin.get("/api/v1/crm/clients")
            print(f"  a request beside them: {answer.status_code}, {(time.perf_counter() - started) * 1_000:.1f} ms")
            for writer in open_streams:
                writer.close()


async def measure_hits(name: str, agency: Agency) -> None:
    times: list[float] = []
    for _ in range(HITS):
        started = time.perf_counter()
        answer = await agency.admin.get("/api/v1/dashboard/all")
        assert answer.status_code == 200
        times.append((time.perf_counter() - started) * 1_000)
    cut = quantiles(times, n=100)
    print(f"dashboard {name}: p50 {cut[49]:.2f} ms, p95 {cut[94]:.2f} ms, p99 {cut[98]:.2f} ms")


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder) / "postgres", settings={"fsync": "off"})
        server.start()
        try:
            migrate(server.dsn_owner, Path(__file__).parents[1] / "database" / "migrations")
            superuser = dsn(SUPERUSER, server.passwords.superuser, server.port, "postgres")
            await measure(server.dsn_app, superuser, Path(folder))
        finally:
            server.stop()


async def measure(app_dsn: str, superuser: str, folder: Path) -> None:
    settings = Settings.model_validate({
        "data_dir": folder, "database": app_dsn, "database_direct": app_dsn, "log_level": "ERROR",
        "signing_key": new_signing_key(), "installation_key": INSTALLATION_KEY,
        "events_max_streams_per_tenant": STREAMS, "db_acquire_timeout_s": 5,
    })  # fmt: skip
    async with running_platform(settings) as platform:
        agency = await platform.new_agency(f"a{uuid4().hex[:8]}")
        await measure_streams(platform, agency, superuser)
        await measure_hits("from the process", agency)
    (folder / "redis").mkdir()
    with running_redis(folder / "redis") as redis:
        shared = settings.model_copy(update={"redis": SecretStr(redis.url)})
        async with running_platform(shared) as platform:
            agency = await platform.new_agency(f"b{uuid4().hex[:8]}")
            cache.COPY_S = 0.0  # every answer asks Redis
            await measure_hits("through Redis", agency)


if __name__ == "__main__":
    asyncio.run(main())
