"""A request that is sent again has its effect once, and is answered as it was."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest
from httpx import AsyncClient, ConnectError, RemoteProtocolError, Response

from tembea.kernel.context import platform_context
from tembea.kernel.embedded import Dsns
from tembea.kernel.idempotency import prune_keys
from tests.app_fixtures import Agency, Platform
from tests.conftest import TestServer
from tests.quotes.quotes_factories import three_hotels, trip

ENQUIRY = {"channel": "web", "from_email": "ann@example.net", "text": "Two adults to Zanzibar in August, please."}
URL = "/api/v1/enquiries"


@pytest.fixture
def root(postgres: TestServer, database: Dsns) -> Iterator[psycopg.Connection]:
    name = database.owner.rsplit("/", 1)[-1].split("?")[0]
    with psycopg.connect(postgres.dsn_superuser(name), autocommit=True) as connection:
        yield connection


async def ask(person: AsyncClient, key: str | None, url: str = URL, **changed: object) -> Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    return await person.post(url, json={**ENQUIRY, **changed}, headers=headers)


async def count(agency: Agency) -> int:
    return len((await agency.admin.get(URL)).json()["items"])


async def test_a_request_sent_again_is_answered_as_before_and_done_once(agency: Agency) -> None:
    first, again = await ask(agency.admin, "k1"), await ask(agency.admin, "k1")

    assert (first.status_code, again.status_code) == (202, 202)
    assert again.content == first.content
    assert again.headers["content-type"] == first.headers["content-type"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert await count(agency) == 1


async def test_without_a_key_each_request_counts(agency: Agency) -> None:
    await ask(agency.admin, None)
    await ask(agency.admin, None)
    assert await count(agency) == 2


async def test_a_key_with_another_body_is_refused(agency: Agency) -> None:
    await ask(agency.admin, "k1")
    other = await ask(agency.admin, "k1", text="Something else entirely.")

    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    assert other.json()["errors"][0]["loc"] == "header.Idempotency-Key"
    assert await count(agency) == 1


async def test_a_key_is_one_persons_at_one_agency_for_one_address(agency: Agency, other_agency: Agency) -> None:
    answers = [await ask(person, "k1") for person in (agency.admin, agency.consultant, other_agency.admin)]
    client = await agency.admin.post("/api/v1/crm/clients", json={"name": "Ann"}, headers={"Idempotency-Key": "k1"})

    assert [answer.status_code for answer in answers] == [202] * 3
    assert len({answer.json()["id"] for answer in answers}) == 3
    assert client.status_code == 201
    assert (await count(agency), await count(other_agency)) == (2, 1)


async def test_a_refused_request_leaves_its_key_free(agency: Agency) -> None:
    url, headers = "/api/v1/quotes/generate", {"Idempotency-Key": "q1"}
    refused = await agency.admin.post(url, json=trip(), headers=headers)  # no hotel has prices yet
    await three_hotels(agency)
    made = await agency.admin.post(url, json=trip(), headers=headers)

    assert refused.status_code == 422
    assert made.status_code == 201
    assert "idempotency-replayed" not in made.headers


@pytest.mark.parametrize("key", ["", "x" * 256, "two words", "naïve".encode("latin-1"), b"tab\there", b"\xff\xfe"])
async def test_a_malformed_key_is_refused_by_name(agency: Agency, key: str | bytes) -> None:
    answer = await agency.admin.post(URL, json=ENQUIRY, headers=[("Idempotency-Key", key)])  # type: ignore[list-item] - raw bytes on purpose

    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["loc"] == "header.Idempotency-Key"
    assert await count(agency) == 0


async def test_two_keys_in_one_request_are_refused(agency: Agency) -> None:
    headers = [("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
    answer = await agency.admin.post(URL, json=ENQUIRY, headers=headers)
    assert (answer.status_code, await count(agency)) == (422, 0)


async def test_a_hundred_at_once_have_one_effect_and_one_body(agency: Agency) -> None:
    await three_hotels(agency)
    headers = {"Idempotency-Key": "storm"}

    answers = await asyncio.gather(
        *(agency.admin.post("/api/v1/quotes/generate", json=trip(), headers=headers) for _ in range(100))
    )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 99
    assert len((await agency.admin.get("/api/v1/quotes")).json()["items"]) == 1


async def test_while_another_process_has_the_key_the_answer_is_to_come_back(agency: Agency, database: Dsns) -> None:
    await ask(agency.admin, "k1")
    with psycopg.connect(database.owner) as elsewhere:
        elsewhere.execute("set role tembea_app")
        elsewhere.execute("select set_config('app.tenant_id', %s, true)", [str(agency.key.tenant_id)])
        elsewhere.execute("update idempotency_keys set created_at = now()")  # holds the row until it ends

        waited = await ask(agency.admin, "k1")
        elsewhere.rollback()

    assert (waited.status_code, waited.json()["code"]) == (409, "idempotency_in_progress")
    assert waited.headers["retry-after"] == "1"
    assert (await ask(agency.admin, "k1")).headers["idempotency-replayed"] == "true"
    assert await count(agency) == 1


async def test_after_a_day_a_key_is_new_and_the_old_answer_is_removed(
    platform: Platform, agency: Agency, root: psycopg.Connection
) -> None:
    await ask(agency.admin, "old")
    await ask(agency.admin, "older")
    root.execute("update idempotency_keys set created_at = now() - interval '25 hours'")

    anew = await ask(agency.admin, "old", text="Another year, another trip.")
    await prune_keys.run(platform_context(), platform.db, None)

    assert anew.status_code == 202
    assert "idempotency-replayed" not in anew.headers
    kept = root.execute("select key from idempotency_keys").fetchall()
    assert kept == [("old",)]


async def test_a_process_that_dies_before_answering_has_done_it_once(
    platform: Platform, agency: Agency, database: Dsns, signing_key_pem: str, tmp_path: Path
) -> None:
    environ = os.environ | {
        "DATABASE_URL": database.app,
        "TEMBEA_SIGNING_KEY": signing_key_pem,
        "TEMBEA_INSTALLATION_KEY": platform.settings.installation_secret.decode(),
        "TEMBEA_DATA_DIR": str(tmp_path),
        "TEMBEA_DB_ACQUIRE_TIMEOUT_S": "10",
    }
    async with doomed_api(environ, agency.admin.headers["authorization"]) as (victim, other):
        with pytest.raises(RemoteProtocolError):
            await ask(other, "fatal")
        assert victim.wait(30) == -signal.SIGKILL

    again = await ask(agency.admin, "fatal")

    assert again.status_code == 202
    assert again.headers["idempotency-replayed"] == "true"
    items = (await agency.admin.get(URL)).json()["items"]
    assert [item["id"] for item in items] == [again.json()["id"]]


@asynccontextmanager
async def doomed_api(
    environ: Mapping[str, str], token: str
) -> AsyncGenerator[tuple[subprocess.Popen[bytes], AsyncClient]]:
    port = free_port()
    victim = start(port, environ)
    try:
        async with AsyncClient(
            base_url=f"http://127.0.0.1:{port}", headers={"Authorization": token}, timeout=60
        ) as client:
            await up(client)
            yield victim, client
    finally:
        victim.kill()
        victim.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port: int, environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.kernel.idempotency_victim", str(port)], env=environ)


async def up(client: AsyncClient) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                if (await client.get("/health/live")).status_code == 200:
                    return
            except ConnectError:
                await asyncio.sleep(0.1)
