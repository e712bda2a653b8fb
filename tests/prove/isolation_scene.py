"""Two agencies with one of everything each, and the canary in every column of one of them that takes a word."""

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
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
from tembea.settings import Settings
from tembea.warehouse import reload_everything
from tests.app_fixtures import Agency, Platform, running_platform, settings_on
from tests.conftest import MIGRATED_TEMPLATE, TestServer
from tests.prove.isolation_day import live_a_day
from tests.prove.isolation_statements import Ledger, judged
from tests.tenancy.planting import CANARY, Planted, plant
from tests.trade_rows import add_client

LEFT_OUT = ("/api/v1/events",)  # never done answering; tests/operations/test_events.py crosses it
OPERATORS = ("/api/v1/operator/",)
PUBLIC_BY_NAME = ("/api/v1/branding/", "/f/")  # a slug, a logo and a form are what anybody may know
STAY: dict[str, object] = {"check_in": "2027-05-10", "check_out": "2027-05-13", "adults": 2, "children_ages": []}


READ_BACK = ("knowledge_chunks.language", "knowledge_documents.language")
"""No rule of the database, but with another word in them their search fails, and shows nothing that could be judged."""
_BY_FUNCTION = (
    "no statement of the product names it: the database itself writes it with its contract, for people's questions"
)
WITHOUT_FILTER = {
    "contract_plans": _BY_FUNCTION,
    "contract_rates": _BY_FUNCTION,
    "contract_restrictions": _BY_FUNCTION,
    "contract_rooms": _BY_FUNCTION,
    "contract_supplements": _BY_FUNCTION,
    "quote_numbers": "counted up by its key in one insert, which the policy refuses for another agency; never read",
}
"""Tables that no statement reads by its tenant, with why: their policy alone is probed."""
OURS = "Oursonly1234"
"""What the canary is to theirs, for our own agency."""


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
    failed: list[str] = field(default_factory=list[str])
    policies: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    """By table: rows of theirs that we saw with the row policy, and with it removed."""
    ledger: Ledger = field(default_factory=Ledger)
    places: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    """By place: things looked at, those with the canary where it belongs, and where it does not."""

    def is_shown(self, table: str) -> bool:
        """Whether the probes of a table's filters fail without them: in an answer, or in a statement of a store."""
        about = self.ledger.about(table)
        return bool(self.noticed.get(table) or about["alone"] or about["behind"])

    @property
    def unproven(self) -> list[str]:
        """What was to be seen and was not."""
        blind = [f"{place}: looked for in none" for place, found in self.places.items() if not found[0]]
        blind += [f"{place}: not even where it belongs" for place, found in self.places.items()
                  if not found[1] and place != "lines of log"]  # fmt: skip
        blind += [
            f"{table}: its policy removed shows nothing" for table, (_, seen) in self.policies.items() if not seen
        ]
        return blind + [
            f"{table}: no filter of it shows anything"
            for table in self.policies
            if not self.is_shown(table) and table not in WITHOUT_FILTER
        ]

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
async def scene(server: TestServer, changed: Callable[[Settings], Settings]) -> AsyncGenerator[Scene]:
    """The platform with two agencies that have nothing yet; `fill` gives them everything."""
    with server.fresh(MIGRATED_TEMPLATE) as database, TemporaryDirectory(prefix="tembea-isolation-") as folder:
        name = database.owner.rsplit("/", 1)[-1].split("?")[0]
        settings = changed(settings_on(database, Path(folder), new_signing_key()))
        async with running_platform(settings) as platform:
            ours = Planted(await platform.new_agency("savanna-trails"), {})
            theirs = Planted(await platform.new_agency("harbour-travel"), {})
            document = (await platform.anonymous.get("/api/v1/openapi.json")).json()
            with psycopg.connect(server.dsn_superuser(name), autocommit=True) as root:
                yield Scene(platform, ours, theirs, {}, document, root)


async def fill(here: Scene, proof: Proof, then: Callable[[], None]) -> None:
    """Theirs lives its day first, each of its statements judged, and gets the canary everywhere; `then` ours does."""
    platform, theirs, ours = here.platform, here.theirs.agency, here.ours.agency
    proof.ledger = Ledger(frozenset(tenant_tables(here.root)))
    with judged(proof.ledger, theirs=theirs.key.tenant_id, ours=ours.key.tenant_id):
        here.theirs = await plant(platform, theirs)
        await live_a_day(platform, here.theirs, CANARY)
    proof.leaks += proof.ledger.findings
    spread_canary(here, proof)
    then()
    here.ours = await plant(platform, ours, OURS)
    await live_a_day(platform, here.ours, OURS)
    async with platform.db.tx(theirs.ctx) as tx:  # news that wait to be counted, and to go to the warehouse
        await add_client(tx, name=CANARY)
    await reload_everything(theirs.ctx, platform.db)
    here.callers = await _callers(platform, ours)


async def _callers(platform: Platform, agency: Agency) -> dict[str, AsyncClient]:
    key = await agency.admin.post("/api/v1/api-keys", json={"name": "All", "scopes": [one.value for one in Scope]})
    return {
        "admin": agency.admin,
        "consultant": agency.consultant,
        "API key": platform.client(key.json()["key"]),
        "operator": await platform.operator(),
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
