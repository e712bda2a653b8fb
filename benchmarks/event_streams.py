"""What idle event streams hold: 500 viewers of one agency, and what the API and the database have because of them.

Prints the API's database connections without viewers and with them, its memory and processor time for each, and how
long an event takes until the first and the last of them has it. A stream holds no database connection (aim: none).

Usage: python benchmarks/event_streams.py [VIEWERS]
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import uvloop
from psycopg.conninfo import make_conninfo

from benchmarks.http_overhead import ROOT, Server, ask, set_up, signed_in, started
from tembea.kernel.context import Context, system_context
from tembea.kernel.db import Db, DbLimits, open_pool
from tembea.kernel.embedded import EmbeddedPostgres
from tembea.kernel.events import publish
from tembea.kernel.migrations import migrate
from tembea.settings import load_settings

IDLE_S = 10.0
WITHIN_S = 60.0
EVENTS = 5


async def follow(server: Server, token: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A viewer who was told that the stream is ready."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = f"GET /api/v1/events HTTP/1.1\r\nHost: b\r\nAuthorization: Bearer {token}\r\n\r\n"
    writer.write(head.encode())
    async with asyncio.timeout(WITHIN_S):
        await reader.readuntil(b"event: ready\n")
    return reader, writer


async def told(reader: asyncio.StreamReader) -> float:
    """When the viewer has the next event."""
    async with asyncio.timeout(WITHIN_S):
        await reader.readuntil(b"event: bench.happened\n")
    return time.perf_counter()


def memory_mb(server: Server) -> float:
    lines = Path(f"/proc/{server.process.pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1_000


def connections(dsn: str) -> int:
    """Those of the application's role, this program's own aside."""
    with psycopg.connect(dsn) as connection:
        row = connection.execute(
            "select count(*) from pg_stat_activity where usename = 'tembea_app' and application_name <> 'bench'"
        ).fetchone()
    assert row is not None
    return int(row[0])


async def compare(environ: dict[str, str], dsn_app: str, dsn_owner: str, ctx: Context, viewers: int) -> None:
    server = started("platform", environ)
    pool = await open_pool(make_conninfo(dsn_app, application_name="bench"), DbLimits(acquire_timeout_s=10))
    try:
        token = signed_in(server)
        await ask(server, "/bench/row", token, 200)
        await asyncio.sleep(2)
        bare = connections(dsn_owner), memory_mb(server)
        streams = [await follow(server, token) for _ in range(viewers)]
        used_s = server.processor_s
        await asyncio.sleep(IDLE_S)
        idle_s = server.processor_s - used_s
        held = connections(dsn_owner), memory_mb(server)
        first, last = await _times(Db(pool), ctx, [reader for reader, _ in streams])
        for _, writer in streams:
            writer.close()
    finally:
        await pool.close()
        server.process.terminate()
        server.process.wait()
    print(f"{'':<32} {'no viewers':>12} {f'{viewers} viewers':>14}")
    print(f"{'database connections':<32} {bare[0]:>12} {held[0]:>14}")
    print(f"{'memory, MB':<32} {bare[1]:>12.1f} {held[1]:>14.1f}")
    print(f"{'kB a viewer':<32} {'':>12} {(held[1] - bare[1]) * 1_000 / viewers:>14.1f}")
    print(f"{'processor, ms a second, idle':<32} {'':>12} {idle_s / IDLE_S * 1_000:>14.1f}")
    print(f"{'an event, ms: first viewer':<32} {'':>12} {first * 1_000:>14.1f}")
    print(f"{'an event, ms: last viewer':<32} {'':>12} {last * 1_000:>14.1f}")


async def _times(db: Db, ctx: Context, readers: list[asyncio.StreamReader]) -> tuple[float, float]:
    """Seconds from the commit until the first and the last viewer has it, the middle of a few events."""
    found: list[tuple[float, float]] = []
    for number in range(EVENTS):
        waiting = [asyncio.create_task(told(reader)) for reader in readers]
        async with db.tx(ctx) as tx:
            publish(tx, "bench.happened", number=number)
        committed = time.perf_counter()
        times = sorted([at - committed for at in await asyncio.gather(*waiting)])
        found.append((times[0], times[-1]))
        await asyncio.sleep(1)
    return sorted(found, key=lambda pair: pair[1])[EVENTS // 2]


def main() -> None:
    """Measure and print."""
    viewers = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder))
        server.start()
        try:
            migrate(server.dsn_owner, ROOT / "database" / "migrations")
            dsns = server.dsns()
            key = uvloop.run(set_up(dsns.app))
            environ = {
                **os.environ,
                "DATABASE_URL": dsns.app,
                "DATABASE_DIRECT_URL": dsns.app,
                "DATABASE_OWNER_URL": dsns.owner,
                "TEMBEA_DATA_DIR": folder,
                "TEMBEA_EMBEDDED_DATABASE": "true",
                "TEMBEA_DB_ACQUIRE_TIMEOUT_S": "10",
                "TEMBEA_EVENTS_MAX_STREAMS_PER_TENANT": str(viewers),
                "LOG_LEVEL": "WARNING",
                "PYTHONPATH": str(ROOT / "src"),
            }
            load_settings(environ).ensure_signing_key()
            ctx = system_context(key.tenant_id, key.tenant)
            uvloop.run(compare(environ, dsns.app, server.dsn_owner, ctx, viewers))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
