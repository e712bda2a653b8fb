"""A platform whose database server can be taken away; the tests' shared one has to stay."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from tembea.kernel.embedded import EmbeddedPostgres
from tembea.kernel.migrations import migrate
from tembea.settings import Settings
from tests.app_fixtures import INSTALLATION_KEY, Platform, running_platform
from tests.conftest import FAST_SETTINGS, MIGRATIONS


class Outage:
    """The platform with its own server."""

    def __init__(self, platform: Platform, server: EmbeddedPostgres) -> None:
        self.platform = platform
        self._server = server

    @asynccontextmanager
    async def database_down(self) -> AsyncGenerator[None]:
        await asyncio.to_thread(self._server.stop)
        try:
            yield
        finally:
            await asyncio.to_thread(self._server.start)


@pytest.fixture
async def outage(tmp_path: Path, signing_key_pem: str, anyio_backend: str) -> AsyncIterator[Outage]:
    """A platform of its own on a server of its own."""
    server = EmbeddedPostgres(tmp_path / "postgres", settings=FAST_SETTINGS)
    await asyncio.to_thread(server.start)
    try:
        migrate(server.dsn_owner, MIGRATIONS)
        own = Settings.model_validate(
            {
                "data_dir": tmp_path,
                "database": SecretStr(server.dsn_app),
                "signing_key": signing_key_pem,
                "installation_key": INSTALLATION_KEY,
                "inbound_domain": "in.tembea.example",
                "db_acquire_timeout_s": 2,
                "log_level": "ERROR",
            }
        )
        async with running_platform(own) as platform:
            yield Outage(platform, server)
    finally:
        await asyncio.to_thread(server.stop)
