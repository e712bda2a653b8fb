"""Policies and filters, table by table: each one's absence must show.

Every table has a word of its own in the other agency's rows (`word_of`), and is judged by that and by the ids of these
rows alone. Before the next one is asked about, what the questions left behind is removed: in memory, and in our rows
(that we looked at a client of theirs is kept as done by us).
"""

import re
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast
from unittest.mock import patch
from uuid import UUID

import psycopg
from httpx import Response
from psycopg import sql

from tembea.kernel.db import Published
from tembea.kernel.db_watch import WatchedCursor
from tests.prove.isolation_day import needed
from tests.prove.isolation_scene import PUBLIC_BY_NAME, STAY, Proof, Scene, at, tenant_tables, word_of
from tests.tenancy.planting import CANARY

FILTER = re.compile(r"\b(?:\w+\.)?tenant_id = (%s|%\(\w+\)s)(?:::uuid)?")
READS = re.compile(r"\b(?:from|join)\s+(\w+)", re.IGNORECASE)
SAME_FOR_ALL = ("/api/v1/openapi.json", "/api/v1/rates/contract.schema.json")
Loosens = Callable[[set[str]], bool]


@contextmanager
def without_policies(here: Scene) -> Generator[None]:
    """Row level security off, everywhere: what is left are the queries' own words."""
    tables = tenant_tables(here.root)
    for table in tables:
        here.root.execute(sql.SQL("alter table {} disable row level security").format(sql.Identifier(table)))
    try:
        yield
    finally:
        for table in tables:
            here.root.execute(sql.SQL("alter table {} enable row level security").format(sql.Identifier(table)))


@contextmanager
def without_filter(loosens: Loosens) -> Generator[None]:
    """Queries no longer say whose rows they want, where `loosens` says so of the tables that they read."""
    execute = cast("Any", WatchedCursor.execute)

    async def loosened(self: Any, query: Any, params: Any = None, **more: Any) -> Any:
        is_read = isinstance(query, str) and not re.match(r"\s*(insert|update|delete)", query)
        if is_read and loosens(set(READS.findall(query))):
            query = FILTER.sub(r"\1::uuid is not null", query)
        return await execute(self, cast("Any", query), params, **more)

    with patch.object(WatchedCursor, "execute", loosened):
        yield


@dataclass(frozen=True)
class Answer:
    """What one question was answered, and which of their ids it named; `by_id` where it was for that thing alone."""

    url: str
    status: int
    text: str
    asked_for: str = ""
    by_id: bool = False

    def shows(self, secrets: Sequence[str]) -> bool:
        return any(one.lower() in self.text for one in secrets if one != self.asked_for)


async def read_all(here: Scene) -> list[Answer]:
    """Every operation that reads, asked by our administrator: lists, things of theirs by id, and what they cost."""
    client, hotel_id, answers = here.callers["admin"], here.theirs.ids["hotels"], list[Answer]()
    for _, path, operation in here.operations("get"):
        if path.startswith(PUBLIC_BY_NAME) or not path.startswith("/api/v1/") or path in SAME_FOR_ALL:
            continue
        params = needed(path, operation, hotel_id, "luggage")
        theirs = here.theirs.id_for(path) if "{" in path else ""
        answer = await client.get(at(path, theirs) if theirs else path, params=params)
        answers.append(_answer(answer, theirs or params.get("hotel_id", ""), by_id=bool(theirs)))
    priced = await client.post("/api/v1/pricing/price", json={"hotel_ids": [hotel_id], **STAY})
    return [*answers, _answer(priced, hotel_id)]


def _answer(answer: Response, asked_for: str, *, by_id: bool = False) -> Answer:
    return Answer(str(answer.request.url), answer.status_code, answer.text.lower(), asked_for, by_id)


async def judge_filters(here: Scene, proof: Proof, only: Sequence[str] = ()) -> None:
    """Each table's filter off by itself, in the queries of whole requests: how many answers then show its rows."""
    tables = only or tenant_tables(here.root)
    everything = set(tenant_tables(here.root))
    with without_policies(here):
        await _must_be_clean(here, proof, "before")
        whole = await _asked(here, lambda read: bool(read & everything))
        proof.failed = sorted({f"{_path(one)} ({one.status})" for one in whole if one.status >= 500})
        for table in tables:
            alone = await _asked(here, lambda read, table=table: table in read)
            proof.noticed[table] = sum(one.shows(_secrets(here, table)) for one in alone)
        await _must_be_clean(here, proof, "after")


def judge_policies(here: Scene, proof: Proof) -> None:
    """Each table's row policy, as it is and then without its condition: how many rows of theirs the app's role sees.

    The question says nothing of a tenant, our agency is the one that is set, and nothing of it stays.
    """
    with psycopg.connect(here.root.info.dsn, password=here.root.info.password) as root:
        for table in tenant_tables(here.root):
            kept = _seen(root, table, here.ours.agency.key.tenant_id, here.theirs.agency.key.tenant_id)
            root.execute(sql.SQL("alter policy tenant_isolation on {} using (true)").format(sql.Identifier(table)))
            removed = _seen(root, table, here.ours.agency.key.tenant_id, here.theirs.agency.key.tenant_id)
            root.rollback()
            proof.policies[table] = kept, removed
            if kept:
                proof.leaks.append(f"policies: {kept} rows of theirs in {table} are seen")


def _seen(root: psycopg.Connection, table: str, ours: UUID, theirs: UUID) -> int:
    root.execute("select set_config('role', 'tembea_app', true), set_config('app.tenant_id', %s, true)", [str(ours)])
    query = sql.SQL("select count(*)::int from {} where {} = %s").format(
        sql.Identifier(table), sql.Identifier("id" if table == "tenants" else "tenant_id")
    )
    row = root.execute(query, [theirs]).fetchone()
    root.execute("reset role")
    return row[0] if row else 0


async def _asked(here: Scene, loosens: Loosens) -> list[Answer]:
    await _forget(here)
    try:
        with without_filter(loosens):
            return await read_all(here)
    finally:
        await _forget(here)


async def _must_be_clean(here: Scene, proof: Proof, when: str) -> None:
    """Filters as they are: nothing of theirs; what is noticed is each table's own doing."""
    await _forget(here)
    secrets = [CANARY, *here.theirs.ids.values()]
    for answer in await read_all(here):
        proof.count("read without row level security")
        if (answer.by_id and answer.status == 200) or answer.shows(secrets):
            proof.leaks.append(f"filters, {when}: {answer.url} answers {answer.status} {answer.text[:200]}")


async def _forget(here: Scene) -> None:
    """Nothing of theirs is left in memory or in a row of ours."""
    ours = here.ours.agency.key.tenant_id
    await here.platform.app.state.dashboard_cache.told([Published(ours, 0, "filters")])
    marks = [f"%{one}%" for one in (CANARY, *here.theirs.ids.values())]
    here.root.execute("set session_replication_role = replica")  # what was done is kept for good: but for us here
    for table in tenant_tables(here.root):
        if table != "tenants":
            forget = sql.SQL("delete from {t} r where tenant_id = %s and r::text ilike any(%s)")
            here.root.execute(forget.format(t=sql.Identifier(table)), [ours, marks])
    here.root.execute("reset session_replication_role")


def _secrets(here: Scene, table: str) -> list[str]:
    """What only rows of theirs in this table hold: its word, and their ids."""
    has_id = here.root.execute(
        "select 1 from information_schema.columns where table_schema = 'public' and table_name = %s"
        " and column_name = 'id' and udt_name = 'uuid'",
        [table],
    ).fetchone()
    if not has_id or table == "tenants":
        return [word_of(table)]
    query = sql.SQL("select id::text from {} where tenant_id = %s limit 1000").format(sql.Identifier(table))
    rows = here.root.execute(query, [here.theirs.agency.key.tenant_id]).fetchall()
    return [word_of(table), *(row[0] for row in rows)]


def _path(answer: Answer) -> str:
    return re.sub(r"[0-9a-f-]{36}", "{id}", answer.url.removeprefix("http://tembea.test"))
