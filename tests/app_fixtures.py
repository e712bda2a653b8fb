"""The whole application for a test: two agencies on a fresh database, people who are signed in, and a worker.

Nothing is replaced: requests go through every middleware, jobs through the real queue, mails into the real outbox.
"""

import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from tembea.app import create_app
from tembea.kernel import passwords
from tembea.kernel.context import Context, Role, system_context
from tembea.kernel.db import Db
from tembea.kernel.embedded import Dsns
from tembea.kernel.jobs import bind_jobs
from tembea.kernel.signing_key import new_signing_key
from tembea.settings import Settings
from tembea.tenants import TenantConfig, TenantKey, sync_tenant
from tembea.users import create_operator, create_user

ADDRESS_LIMITS = ("address_limit", "site_limit", "public_link_limit", "webhook_limit", "sign_in_limit")
TENANT_LIMITS = {"api": 1_000_000, "quote_generation": 1_000_000, "helpdesk_chat": 1_000_000}
"""Out of the way: a test that is about limits sets its own."""
INSTALLATION_KEY = "the installation key of all tests, 0123456789"
PASSWORD = "correct horse battery staple"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def no_model_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks a language model by accident: the library is loaded by those alone that mean to, and they say so."""
    loaded = sys.modules.get("pydantic_ai.models")
    if loaded is not None:
        monkeypatch.setattr(loaded, "ALLOW_MODEL_REQUESTS", False)


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same algorithm with the least work: half of a test's time was hashing. `test_guessing` has the real one."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def signing_key_pem() -> str:
    return new_signing_key()


@pytest.fixture
def settings(database: Dsns, tmp_path: Path, signing_key_pem: str) -> Settings:
    return settings_on(database, tmp_path, signing_key_pem)


def settings_on(database: Dsns, folder: Path, signing_key_pem: str) -> Settings:
    """Settings of a test: a fresh database, generous deadlines for a busy machine, no outside world."""
    return Settings.model_validate(
        {
            "data_dir": folder,
            "database": database.app,
            "signing_key": signing_key_pem,
            "installation_key": INSTALLATION_KEY,
            "inbound_domain": "in.tembea.example",
            "db_acquire_timeout_s": 5,
            "log_level": "WARNING",
            **dict.fromkeys(ADDRESS_LIMITS, 1_000_000),
        }
    )


def agency_config(slug: str, *, currency: str = "ZAR", auto_send: bool = True) -> TenantConfig:
    """A plausible agency that sells Zanzibar, Victoria Falls and Cape Town."""
    return TenantConfig.model_validate(
        {
            "company": {
                "name": slug.replace("-", " ").title(),
                "address": ["12 Long Street", "Cape Town"],
                "phone": "+27 21 555 0100",
                "email": f"hello@{slug}.example",
            },
            "country": "ZA",
            "time_zone": "Africa/Johannesburg",
            "currency": currency,
            "addresses": [f"quotes@{slug}.example"],
            "mail": {"sender_address": f"quotes@{slug}.example"},
            "destinations": [
                {"name": "Zanzibar", "code": "ZNZ", "aliases": ["Stone Town", "Nungwi"]},
                {"name": "Victoria Falls", "code": "VFA", "aliases": ["Vic Falls"]},
                {"name": "Cape Town", "code": "CPT", "aliases": ["Kaapstad"]},
            ],
            "quotes": {"auto_send": auto_send},
            "limits": TENANT_LIMITS,
            "consultants": [{"name": "Thandi Nkosi", "email": f"thandi@{slug}.example", "phone": "+27 82 555 0101"}],
        }
    )


@dataclass
class Agency:
    """A tenant of a test, with signed-in people: `admin` and `consultant` are HTTP clients."""

    key: TenantKey
    admin: AsyncClient
    consultant: AsyncClient
    users: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def ctx(self) -> Context:
        return system_context(self.key.tenant_id, self.key.tenant)


@dataclass
class Platform:
    """The running application of a test."""

    app: FastAPI
    settings: Settings
    db: Db
    anonymous: AsyncClient

    def client(self, token: str | None = None) -> AsyncClient:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        transport = ASGITransport(self.app, raise_app_exceptions=False)
        return AsyncClient(transport=transport, base_url="http://tembea.test", headers=headers, timeout=30)

    async def signed_in(self, email: str, *, tenant: str | None = None) -> AsyncClient:
        body = {"email": email, "password": PASSWORD, "tenant_id": tenant}
        answer = await self.anonymous.post("/api/v1/auth/login", json=body)
        assert answer.status_code == 200, answer.text
        return self.client(answer.json()["access_token"])

    async def operator(self) -> AsyncClient:
        await create_operator(self.db, email="ops@tembea.example", name="Ops", password=PASSWORD)
        return await self.signed_in("ops@tembea.example")

    async def new_agency(self, slug: str, config: TenantConfig | None = None) -> Agency:
        key = await sync_tenant(self.db, slug, config or agency_config(slug))
        async with self.db.tx(system_context(key.tenant_id, key.tenant)) as tx:
            for role in (Role.ADMIN, Role.CONSULTANT):
                email = f"{role.value}@{slug}.example"
                await create_user(tx, email=email, name=f"{role.value.title()} Person", role=role, password=PASSWORD)
        users = {role: f"{role}@{slug}.example" for role in ("admin", "consultant")}
        return Agency(key, await self.signed_in(users["admin"]), await self.signed_in(users["consultant"]), users)

    async def run_jobs(self) -> None:
        """Run what is due in the queue, with everything that follows from it, until nothing is left."""
        from tembea.worker import JOBS

        queue = bind_jobs(JOBS, db=self.db, providers=self.app.state.providers, dsn=self.settings.app_dsn)
        async with queue.open_async():
            await queue.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)


@asynccontextmanager
async def running_platform(settings: Settings) -> AsyncGenerator[Platform]:
    """The application with its start-up done."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        transport = ASGITransport(app, raise_app_exceptions=False)
        async with AsyncClient(transport=transport, base_url="http://tembea.test", timeout=30) as anonymous:
            yield Platform(app, settings, app.state.db, anonymous)


@pytest.fixture
async def platform(settings: Settings, anyio_backend: str) -> AsyncIterator[Platform]:
    """The running application."""
    async with running_platform(settings) as running:
        yield running


@pytest.fixture
async def agency(platform: Platform) -> Agency:
    """A new, empty agency that sends its quotes by itself."""
    return await platform.new_agency("savanna-trails")


@pytest.fixture
async def other_agency(platform: Platform) -> Agency:
    """Another agency, for whatever must not cross."""
    return await platform.new_agency("harbour-travel")
