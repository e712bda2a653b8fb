"""What the platform costs a request: each kind beside the barest thing that answers the same, in the same run.

- *stack*: a trivial route through all middleware, beside the same route of an empty FastAPI application (aim 0.80);
  beside that application once more, but with our way to the socket (`kernel/joined_writes.py`); and beside the route
  as the platform answers it, without any middleware and without FastAPI's solving of dependencies, which is what the
  middleware alone costs;
- *row*: a signed-in person's question under row level security, beside a bare ASGI application that asks the same on a
  psycopg pool (aim 0.45);
- *dashboard*: the cached dashboard, beside an empty FastAPI application's route that answers the same JSON (aim 0.50);
  and beside one that answers bytes that are ready, as the cache has them.

The stricter bases have no aim; they say what the aims leave out. Both of a pair run at once, in a process each, and
take turns in short rounds. The ratio is of requests a second of the server's own processor time, which other programs
on the machine hardly change, and the median of the rounds'; beside it stand requests a second on the clock.

Usage: python benchmarks/http_overhead.py [ROUNDS] [REQUESTS]
"""

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import uvicorn
import uvloop
from fastapi import APIRouter, FastAPI, Response
from fastapi.telemetry import TelemetryConfig
from psycopg_pool import AsyncConnectionPool
from starlette.types import ASGIApp, Receive, Scope, Send

from tembea.kernel.context import Context, Role, system_context
from tembea.kernel.db import Db, DbLimits, open_pool
from tembea.kernel.embedded import EmbeddedPostgres
from tembea.kernel.joined_writes import JoiningProtocol
from tembea.kernel.migrations import migrate
from tembea.kernel.route_index import RouteIndex, routes_of
from tembea.kernel.web import Public, ReadDep, Staff
from tembea.tenants import TenantConfig, TenantKey, sync_tenant
from tembea.users import create_user

ROOT = Path(__file__).parents[1]
CONNECTIONS = 16
WARM_UP = 500
QUESTION = "select slug from tenants where id = %s"
PASSWORD, EMAIL = "correct horse battery staple", "bench@bench.example"


@dataclass(frozen=True, slots=True)
class Pair:
    """A path of the platform, the application and path that it stands beside, and how much of that is aimed at."""

    name: str
    path: str
    base: str
    base_path: str
    aim: float | None = None


PAIRS = (
    Pair("stack", "/bench/nothing", "plain", "/nothing", 0.80),
    Pair("  beside plain, served as we do", "/bench/nothing", "plain as we serve", "/nothing"),
    Pair("  beside its own route, bare", "/bench/nothing", "direct", "/bench/nothing"),
    Pair("row", "/bench/row", "bare", "/row", 0.45),
    Pair("dashboard", "/api/v1/dashboard/all", "plain", "/dashboard", 0.50),
    Pair("  beside bytes that are ready", "/api/v1/dashboard/all", "plain", "/dashboard-bytes"),
)


def platform() -> ASGIApp:
    """The product, with two routes for us before those of the web app."""
    from tembea.app import create_app

    app, router = create_app(), _nothing()

    @router.get("/bench/row")
    async def row(ctx: Staff, read: ReadDep) -> dict[str, str | None]:
        return {"slug": await read.value(str, QUESTION, [ctx.tenant_uuid])}

    _ = row
    app.router.routes.insert(0, RouteIndex(routes_of(router)))
    return app


def direct() -> ASGIApp:
    """The platform's way to its routes, with no middleware in front of it."""
    off: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}  # as the platform has it
    app = FastAPI(docs_url=None, redoc_url=None, telemetry=off)
    app.router.routes.insert(0, RouteIndex(routes_of(_nothing())))

    async def with_id(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["state"]["request_id"] = ""  # which a `Context` holds
        await app(scope, receive, send)

    return with_id


def _nothing() -> APIRouter:
    router = APIRouter()

    @router.get("/bench/nothing")
    async def nothing(_: Public) -> dict[str, str]:
        return {"status": "ok"}

    _ = nothing
    return router


def plain() -> ASGIApp:
    """FastAPI with nothing around it."""
    app = FastAPI()
    content = cast("dict[str, object]", json.loads(os.environ.get("BENCH_DASHBOARD", "{}")))
    ready = os.environ.get("BENCH_DASHBOARD", "{}").encode()

    @app.get("/nothing")
    async def nothing() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/dashboard")
    async def dashboard() -> dict[str, object]:
        return content

    @app.get("/dashboard-bytes")
    async def dashboard_bytes() -> Response:
        return Response(ready, media_type="application/json")

    _ = nothing, dashboard, dashboard_bytes
    return app


def bare() -> ASGIApp:
    """No framework at all: a pool and a question."""
    pool: AsyncConnectionPool | None = None

    async def app(scope: Scope, _: Receive, send: Send) -> None:
        nonlocal pool
        if scope["type"] != "http":
            return
        if pool is None:
            pool = AsyncConnectionPool(os.environ["DATABASE_OWNER_URL"], min_size=4, max_size=6, open=False)
            await pool.open()
        async with pool.connection() as connection:
            row = await (await connection.execute(QUESTION, [os.environ["BENCH_TENANT"]])).fetchone()
        body = json.dumps({"slug": row[0] if row else None}).encode()
        head = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": body})

    return app


APPLICATIONS: dict[str, Callable[[], ASGIApp]] = {
    "platform": platform,
    "direct": direct,
    "plain": plain,
    "bare": bare,
    "plain as we serve": plain,
}
BASES = ("plain", "bare")
"""These are served by uvicorn as it comes."""


@dataclass(eq=False)
class Server:
    """One application in a process of its own."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def processor_s(self) -> float:
        """Processor time that its threads have used."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


@dataclass
class Measured:
    """Requests a second of processor time, and on the clock, a round each."""

    processor: list[float] = field(default_factory=list[float])
    clock: list[float] = field(default_factory=list[float])


def started(name: str, environ: dict[str, str]) -> Server:
    """Start `name` and wait until it listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = cast("int", probe.getsockname()[1])
    process = subprocess.Popen([sys.executable, __file__, "serve", name, str(port)], env=environ)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return Server(process, port)
        time.sleep(0.1)
    raise TimeoutError(name)


async def ask(server: Server, path: str, token: str, requests: int) -> bytes:
    """Ask `requests` times over a few connections; the last answer's body."""
    left = requests
    head = f"GET {path} HTTP/1.1\r\nHost: b\r\nAuthorization: Bearer {token}\r\n\r\n".encode()

    async def one_connection() -> bytes:
        nonlocal left
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        body = b""
        while left > 0:
            left -= 1
            writer.write(head)
            answer = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in answer[:20]:
                raise RuntimeError(answer.decode())
            length = int(answer.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            body = await reader.readexactly(length)
        writer.close()
        return body

    return (await asyncio.gather(*(one_connection() for _ in range(CONNECTIONS))))[0]


async def measure(server: Server, path: str, token: str, requests: int, into: Measured) -> None:
    """One round."""
    used, began = server.processor_s, time.perf_counter()
    await ask(server, path, token, requests)
    into.processor.append(requests / max(server.processor_s - used, 0.01))
    into.clock.append(requests / (time.perf_counter() - began))


async def set_up(dsn: str) -> TenantKey:
    """An agency with one person."""
    config = TenantConfig.model_validate(
        {
            "company": {"name": "Bench", "address": ["1 Road"], "phone": "+27 21 555 0100", "email": "a@bench.example"},
            "country": "ZA",
            "time_zone": "Africa/Johannesburg",
            "currency": "ZAR",
            "addresses": ["quotes@bench.example"],
            "mail": {"sender_address": "quotes@bench.example"},
            "limits": {"api": 1_000_000},  # they are asked, and never refuse
            "consultants": [{"name": "Bench", "email": "b@bench.example", "phone": "+27 82 555 0101"}],
        }
    )
    pool = await open_pool(dsn, DbLimits(acquire_timeout_s=10))
    db = Db(pool)
    key = await sync_tenant(db, "bench", config)
    ctx: Context = system_context(key.tenant_id, key.tenant)
    async with db.tx(ctx) as tx:
        await create_user(tx, email=EMAIL, name="Bench", role=Role.ADMIN, password=PASSWORD)
    await pool.close()
    return key


def signed_in(server: Server) -> str:
    """An access token."""
    import httpx

    body = {"email": EMAIL, "password": PASSWORD}
    answer = httpx.post(f"http://127.0.0.1:{server.port}/api/v1/auth/login", json=body, timeout=30)
    return cast("str", answer.raise_for_status().json()["access_token"])


async def compare(environ: dict[str, str], rounds: int, requests: int) -> None:
    """All pairs, printed."""
    servers = {"platform": started("platform", environ)}
    try:
        token = signed_in(servers["platform"])
        dashboard = await ask(servers["platform"], "/api/v1/dashboard/all", token, 20)
        more = {**environ, "BENCH_DASHBOARD": dashboard.decode()}
        servers |= {name: started(name, more) for name in APPLICATIONS if name != "platform"}
        print(
            f"{'':<31} {'ours/cpu-s':>10} {'base/cpu-s':>10} {'ratio':>5} {'aim':>5}"
            f" {'ours/s':>7} {'base/s':>7} {'ratio':>5}"
        )
        for pair in PAIRS:
            await _compare_pair(pair, servers["platform"], servers[pair.base], token, rounds, requests)
    finally:
        for server in servers.values():
            server.process.terminate()
            server.process.wait()


async def _compare_pair(pair: Pair, ours: Server, base: Server, token: str, rounds: int, requests: int) -> None:
    found = {(ours, pair.path): Measured(), (base, pair.base_path): Measured()}
    for server, path in found:
        await ask(server, path, token, WARM_UP)
    for _ in range(rounds):
        for (server, path), into in found.items():
            await measure(server, path, token, requests, into)
    a, b = found.values()
    processor, clock = _medians(a.processor, b.processor), _medians(a.clock, b.clock)
    aim = "" if pair.aim is None else f"{pair.aim:.2f}"
    print(
        f"{pair.name:<31} {processor[0]:>10.0f} {processor[1]:>10.0f} {processor[2]:>5.2f} {aim:>5}"
        f" {clock[0]:>7.0f} {clock[1]:>7.0f} {clock[2]:>5.2f}",
        flush=True,
    )


def _medians(ours: list[float], base: list[float]) -> tuple[float, float, float]:
    """Of each, and of the rounds' ratios: a machine that is slow for a while is slow for both of a round."""
    ratios = [one / other for one, other in zip(ours, base, strict=True)]
    return statistics.median(ours), statistics.median(base), statistics.median(ratios)


def main() -> None:
    """Measure and print."""
    rounds, requests = (int(one) for one in (sys.argv[1:3] if len(sys.argv) > 2 else (40, 400)))
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
                "TEMBEA_ADDRESS_LIMIT": "1000000",
                "LOG_LEVEL": os.environ.get("LOG_LEVEL", "INFO"),
                "BENCH_TENANT": str(key.tenant_id),
                "PYTHONPATH": str(ROOT / "src"),
            }
            from tembea.settings import load_settings

            load_settings(environ).ensure_signing_key()
            uvloop.run(compare(environ, rounds, requests))
        finally:
            server.stop()


def serve(name: str, port: int) -> None:
    """One of the applications, logging where nobody reads, as into a file; ours behind the server's part of ours."""
    protocol = "auto" if name in BASES else JoiningProtocol
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        uvicorn.run(
            APPLICATIONS[name](), port=port, http=protocol, log_config=None, access_log=False, server_header=False
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2], int(sys.argv[3]))
    else:
        main()
