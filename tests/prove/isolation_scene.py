"""Two agencies with one of everything each, and the canary in every column of one of them that takes a word."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

import psycopg
from httpx import AsyncClient, Response
from psycopg import sql

from tembea.kernel.access import Scope
from tembea.kernel.signing_key import new_signing_key
from tests.app_fixtures import Agency, Platform, running_platform, settings_on
from tests.conftest import MIGRATED_TEMPLATE, TestServer
from tests.tenancy.planting import CANARY, Planted, plant

LEFT_OUT = ("/api/v1/events",)  # never done answering; tests/operations/test_events.py crosses it
OPERATORS = ("/api/v1/operator/",)
PUBLIC_BY_NAME = ("/api/v1/branding/",)  # a slug and a logo are what anybody may know
STAY: dict[str, object] = {"check_in": "2027-05-10", "check_out": "2027-05-13", "adults": 2, "children_ages": []}


READ_BACK = ("enquiries.kind",)  # no rule of the database, but an answer with another word in it fails


def at(path: str, identifier: str) -> str:
    start, _, rest = path.partition("/{")
    return f"{start}/{identifier}{rest.partition('}')[2]}"


def word_of(table: str) -> str:
    """The canary as only rows of this table hold it."""
    return f"{CANARY}{crc32(table.encode()):08x}"


def tenant_tables(root: psycopg.Connection) -> list[str]:
    found = root.execute("select tablename from pg_policies where policyname = 'tenant_isolation' order by 1")
    return [row[0] for row in found]


@dataclass
class Proof:
    """What was asked, and what should not have come of it."""

    asked: dict[str, int] = field(default_factory=dict[str, int])
    leaks: list[str] = field(default_factory=list[str])
    columns: int = 0
    untouched: list[str] = field(default_factory=list[str])
    noticed: dict[str, int] = field(default_factory=dict[str, int])
    noticed_behind: dict[str, int] = field(default_factory=dict[str, int])
    failed: list[str] = field(default_factory=list[str])
    unseen: dict[str, str] = field(default_factory=dict[str, str])

    def count(self, what: str) -> None:
        self.asked[what] = self.asked.get(what, 0) + 1

    def check(self, what: str, answer: Response, theirs: Sequence[str] = ()) -> None:
        """No word of the other agency, and none of its ids but the one that was asked for."""
        self.count(what)
        for secret in (CANARY, CANARY.lower(), *theirs):
            if secret in answer.text or secret in str(answer.headers):
                self.leaks.append(f"{what}: {answer.request.method} {answer.request.url} shows {secret}")


@dataclass
class Scene:
    """The running platform, two agencies, and the people of the one that asks."""

    platform: Platform
    ours: Planted
    theirs: Planted
    callers: dict[str, AsyncClient]
    document: dict[str, Any]
    root: psycopg.Connection

    def operations(self, *methods: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                if path not in LEFT_OUT and not path.startswith(OPERATORS) and (not methods or method in methods):
                    yield method, path, operation


@asynccontextmanager
async def scene(server: TestServer) -> AsyncGenerator[Scene]:
    """Everything planted, and the canary in every column of the other agency's that takes a word."""
    with server.fresh(MIGRATED_TEMPLATE) as database, TemporaryDirectory(prefix="tembea-isolation-") as folder:
        name = database.owner.rsplit("/", 1)[-1].split("?")[0]
        async with running_platform(settings_on(database, Path(folder), new_signing_key())) as platform:
            ours = await plant(platform, await platform.new_agency("savanna-trails"), "Oursonly1234")
            theirs = await plant(platform, await platform.new_agency("harbour-travel"))
            document = (await platform.anonymous.get("/api/v1/openapi.json")).json()
            callers = await _callers(platform, ours.agency)
            with psycopg.connect(server.dsn_superuser(name), autocommit=True) as root:
                yield Scene(platform, ours, theirs, callers, document, root)


async def _callers(platform: Platform, agency: Agency) -> dict[str, AsyncClient]:
    key = await agency.admin.post("/api/v1/api-keys", json={"name": "All", "scopes": [one.value for one in Scope]})
    return {
        "admin": agency.admin,
        "consultant": agency.consultant,
        "API key": platform.client(key.json()["key"]),
        "nobody": platform.anonymous,
    }


def spread_canary(here: Scene, proof: Proof) -> None:
    """Write the canary, as each table has it, into every text column of the other agency without a rule against it."""
    columns = here.root.execute(
        """
        select c.table_name, c.column_name from information_schema.columns c
        join pg_policies p on p.tablename = c.table_name and p.policyname = 'tenant_isolation'
        where c.table_schema = 'public' and c.udt_name in ('text', 'citext', '_text') and c.is_generated = 'NEVER'
        order by 1, 2
        """
    ).fetchall()
    for table, column in columns:
        if f"{table}.{column}" in READ_BACK:
            proof.untouched.append(f"{table}.{column}")
            continue
        key = "id" if table == "tenants" else "tenant_id"
        given = sql.SQL("update {t} set {c} = {c} || %s where {k} = %s and {c} is not null").format(
            t=sql.Identifier(table), c=sql.Identifier(column), k=sql.Identifier(key)
        )
        try:
            here.root.execute(given, [word_of(table), here.theirs.agency.key.tenant_id])
            proof.columns += 1
        except psycopg.Error:  # a state, a currency, an address that something else names
            proof.untouched.append(f"{table}.{column}")
