"""A real API process that is told to stop under load: whoever respects readiness loses nothing."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
import pytest

from tembea.kernel.processes import dies_with_parent
from tembea.settings import Settings
from tests.app_fixtures import PASSWORD, Platform
from tests.operations.event_reader import eventually, following
from tests.redis_servers import free_port

DELAY_S = 2.0


@asynccontextmanager
async def api_process(settings: Settings) -> AsyncGenerator[tuple[asyncio.subprocess.Process, str]]:
    port = free_port()
    assert settings.database is not None
    assert settings.signing_key is not None
    environment = {
        **os.environ,
        "PORT": str(port),
        "DATABASE_URL": settings.database.get_secret_value(),
        "DATABASE_DIRECT_URL": settings.database.get_secret_value(),
        "TEMBEA_SIGNING_KEY": settings.signing_key.get_secret_value(),
        "TEMBEA_INSTALLATION_KEY": "an installation of the tests, which nobody guesses",
        "TEMBEA_DATA_DIR": str(settings.data_dir),
        "TEMBEA_DRAIN_DELAY_S": str(DELAY_S),
        "TEMBEA_DRAIN_TIMEOUT_S": "10",
        "TEMBEA_DB_ACQUIRE_TIMEOUT_S": "5",
        "LOG_LEVEL": "ERROR",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tembea", "serve"), env=environment, preexec_fn=dies_with_parent(signal.SIGKILL)
    )
    try:
        base_url = f"http://127.0.0.1:{port}"
        await _until_ready(base_url)
        yield process, base_url
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _until_ready(base_url: str) -> None:
    deadline = time.monotonic() + 60
    async with httpx.AsyncClient(timeout=5) as client:
        while time.monotonic() < deadline:
            try:
                if (await client.get(f"{base_url}/health/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    pytest.fail("the API did not become ready")


class Clients:
    """Clients behind a load balancer: it probes every 0.2 s, and they ask for as long as it says ready."""

    def __init__(self, base_url: str, token: str) -> None:
        self.base_url, self.token = base_url, token
        self.is_ready = True
        self.answers: list[int] = []
        self.failures: list[str] = []

    async def probe(self) -> None:
        async with httpx.AsyncClient(timeout=10) as client:
            while self.is_ready:
                self.is_ready = (await client.get(f"{self.base_url}/health/ready")).status_code == 200
                await asyncio.sleep(0.2)

    async def ask(self) -> None:
        headers = {"Authorization": self.token}
        async with httpx.AsyncClient(timeout=30, headers=headers) as client:
            while self.is_ready:
                try:
                    answer = await client.get(f"{self.base_url}/api/v1/crm/clients")
                    self.answers.append(answer.status_code)
                except httpx.TransportError as error:
                    self.failures.append(repr(error))


async def test_a_process_that_stops_under_load_fails_nobody_who_respects_readiness(
    platform: Platform, settings: Settings
) -> None:
    agency = await platform.new_agency("savanna-trails")
    async with api_process(settings) as (process, base_url):
        async with httpx.AsyncClient(timeout=30) as client:
            body = {"email": agency.users["admin"], "password": PASSWORD}
            token = (await client.post(f"{base_url}/api/v1/auth/login", json=body)).json()["access_token"]
        clients = Clients(base_url, f"Bearer {token}")
        async with following(base_url, agency.admin) as stream:
            await stream.until("ready")
            working = [asyncio.create_task(clients.probe()), *(asyncio.create_task(clients.ask()) for _ in range(8))]
            await eventually(lambda: len(clients.answers) > 20, timeout_s=30)
            stopping_at = time.monotonic()
            process.send_signal(signal.SIGTERM)
            await asyncio.gather(*working)
            await stream.until_ended(timeout_s=30)
            async with asyncio.timeout(30):
                await process.wait()
        took_s = time.monotonic() - stopping_at

    assert clients.failures == []
    assert set(clients.answers) == {200}
    assert stream.seen[-1].data == {"reason": "shutdown"}
    assert took_s < 3 * (DELAY_S + 2)
