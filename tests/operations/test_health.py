"""The three health answers, in good times and when something hangs, refuses or is behind."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from tembea.inbox import QuarantineLimits
from tembea.inbox.mailbox_store import end_lease
from tembea.inbox.mailboxes import MailboxDoor, look_into
from tembea.kernel.context import platform_context
from tembea.operations.health import REMEMBERED_S
from tembea.providers.mailbox import Mailbox
from tembea.settings import Settings
from tests.app_fixtures import Platform, running_platform
from tests.redis_servers import running_redis


@pytest.fixture
async def hanging_port() -> AsyncIterator[int]:
    """A server that takes connections and never says a word."""

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(hold, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


def without_database(settings: Settings, port: int) -> Settings:
    return settings.model_copy(update={"database": SecretStr(f"postgresql://nobody:x@127.0.0.1:{port}/none")})


@pytest.mark.parametrize("path", ["/health", "/health/live", "/health/ready"])
async def test_monitors_may_ask_with_head(platform: Platform, path: str) -> None:
    answer = await platform.anonymous.head(path)
    assert answer.status_code == 200
    assert "ratelimit" not in answer.headers


async def test_all_three_answer_without_signing_in(platform: Platform) -> None:
    health = (await platform.anonymous.get("/health")).json()
    live = (await platform.anonymous.get("/health/live")).json()
    ready = await platform.anonymous.get("/health/ready")

    assert health["status"] == "ok"
    assert set(health) == {"status", "version", "timestamp"}
    assert live == {"status": "alive"}
    assert ready.status_code == 200
    checks = ready.json()["checks"]
    assert ready.json()["status"] == "ready"
    assert {name: check["status"] for name, check in checks.items()} == {
        "database": "healthy",
        "bigquery": "not_configured",
        "redis": "not_configured",
        "migrations": "healthy",
        "jobs": "degraded",  # no worker runs beside this test
        "mailboxes": "not_configured",
    }
    assert checks["database"]["latency_ms"] >= 0


async def test_a_mailbox_that_cannot_be_read_degrades_the_answer_until_it_can(platform: Platform) -> None:
    async def seen() -> tuple[int, str]:
        await asyncio.sleep(REMEMBERED_S + 0.1)
        answer = await platform.anonymous.get("/health/ready")
        return answer.status_code, answer.json()["checks"]["mailboxes"]["status"]

    box = Mailbox("127.0.0.1", 9, "quotes", "secret", implicit_tls=False)
    assert not await look_into(MailboxDoor(platform.db, "in.tembea.example", QuarantineLimits()), box)
    assert await seen() == (200, "degraded")
    async with platform.db.tx(platform_context()) as tx:
        await end_lease(tx, box.name, None)
    assert await seen() == (200, "healthy")


async def test_a_database_that_refuses_makes_it_not_ready_and_nothing_of_the_error_leaks(settings: Settings) -> None:
    async with running_platform(without_database(settings, 9)) as platform:
        ready = await platform.anonymous.get("/health/ready")
        live = await platform.anonymous.get("/health/live")

    assert ready.status_code == 503
    assert ready.json()["status"] == "not_ready"
    assert ready.json()["checks"]["database"]["status"] == "unhealthy"
    assert "127.0.0.1" not in ready.text
    assert "nobody" not in ready.text
    assert live.status_code == 200


async def test_a_database_that_hangs_is_answered_for_in_time(settings: Settings, hanging_port: int) -> None:
    hasty = without_database(settings, hanging_port).model_copy(update={"db_acquire_timeout_s": 0.25})
    async with running_platform(hasty) as platform:
        started = time.monotonic()
        ready = await platform.anonymous.get("/health/ready")
        took_s = time.monotonic() - started

    assert ready.status_code == 503
    assert took_s < 3 * 1.5


async def test_pending_migrations_make_it_not_ready(settings: Settings, tmp_path: Path) -> None:
    for file in settings.migrations_dir.glob("*.sql"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "999_later.sql").write_text("select 1;", encoding="utf-8")

    async with running_platform(settings.model_copy(update={"migrations_dir": tmp_path})) as platform:
        ready = await platform.anonymous.get("/health/ready")

    assert ready.status_code == 503
    assert ready.json()["checks"]["migrations"]["status"] == "unhealthy"


async def test_a_redis_that_is_down_degrades_and_stays_ready(settings: Settings) -> None:
    async with running_platform(settings.model_copy(update={"redis": SecretStr("redis://127.0.0.1:9/0")})) as platform:
        ready = await platform.anonymous.get("/health/ready")

    assert ready.status_code == 200
    assert ready.json()["checks"]["redis"]["status"] == "degraded"


async def test_a_redis_that_can_only_be_read_is_degraded_too(settings: Settings, tmp_path: Path) -> None:
    with running_redis(tmp_path) as server, server.client() as admin:
        admin.replicaof("127.0.0.1", "9")  # pyright: ignore[reportUnknownMemberType] - a primary that is gone
        async with running_platform(settings.model_copy(update={"redis": SecretStr(server.url)})) as platform:
            ready = await platform.anonymous.get("/health/ready")

    assert ready.status_code == 200
    assert ready.json()["checks"]["redis"]["status"] == "degraded"


async def test_draining_makes_it_not_ready(platform: Platform) -> None:
    platform.app.state.health.draining = True

    assert (await platform.anonymous.get("/health/ready")).status_code == 503
    assert (await platform.anonymous.get("/health/live")).status_code == 200


async def test_every_answer_carries_its_id_and_its_time(platform: Platform) -> None:
    given = await platform.anonymous.get("/health", headers={"X-Request-ID": "abc-123"})
    made = await platform.anonymous.get("/api/v1/nothing-here", headers={"X-Request-ID": "no good\x01"})

    assert given.headers["x-request-id"] == "abc-123"
    assert given.headers["server-timing"].startswith("app;dur=")
    assert made.status_code == 404
    assert made.headers["content-type"] == "application/problem+json"
    assert made.json()["request_id"] == made.headers["x-request-id"] != "no good\x01"


async def test_a_body_over_the_limit_is_refused_with_or_without_a_length(platform: Platform) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 50_000

    declared = await platform.anonymous.post("/api/v1/auth/login", content=b"x" * 1_500_000)
    chunked = await platform.anonymous.post("/api/v1/auth/login", content=chunks())
    as_json = await platform.anonymous.post(
        "/api/v1/auth/login", content=chunks(), headers={"Content-Type": "application/json"}
    )

    assert declared.status_code == chunked.status_code == as_json.status_code == 413
    assert chunked.json()["code"] == as_json.json()["code"] == "too_large"
    assert "ratelimit" in as_json.headers


async def test_broken_json_is_a_400_and_a_wrong_method_a_405(platform: Platform) -> None:
    headers = {"Content-Type": "application/json"}
    broken = await platform.anonymous.post("/api/v1/auth/login", content=b"{nope", headers=headers)
    wrong = await platform.anonymous.delete("/api/v1/auth/login")

    assert broken.status_code == 400
    assert broken.json()["code"] == "bad_request"
    assert wrong.status_code == 405
    assert wrong.headers["content-type"] == "application/problem+json"


async def test_a_hundred_probes_are_answered_in_time_while_the_database_hangs(
    settings: Settings, hanging_port: int
) -> None:
    async with running_platform(without_database(settings, hanging_port)) as platform:
        for _ in range(2):
            started = time.monotonic()
            probes = [platform.anonymous.get("/health/ready") for _ in range(100)]
            live = await platform.anonymous.get("/health/live")
            answers = await asyncio.gather(*probes)
            took_s = time.monotonic() - started
            await asyncio.sleep(1.1)

            assert {answer.status_code for answer in answers} == {503}
            assert live.status_code == 200
            assert took_s < 3 * 1.5


async def test_a_busy_pool_is_not_a_database_that_fails(settings: Settings) -> None:
    small = settings.model_copy(update={"db_pool_size": 1, "db_acquire_timeout_s": 0.1})
    async with running_platform(small) as platform, platform.db.pool.connection():
        ready = await platform.anonymous.get("/health/ready")

    assert ready.status_code == 200
