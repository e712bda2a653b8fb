"""The queries' own filters, table by table: with row level security off, each one's absence must show.

Every table has a word of its own in the other agency's rows (`word_of`), and is judged by that and by the ids of these
rows alone. Before the next one is asked about, what the questions left behind is removed: in memory, and in our rows
(that we looked at a client of theirs is kept as done by us).
"""

import re
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from unittest.mock import patch

from httpx import AsyncClient, Response
from psycopg import sql

from tembea.kernel.db import Published
from tembea.kernel.db_watch import WatchedCursor
from tests.prove.isolation_scene import PUBLIC_BY_NAME, STAY, Proof, Scene, at, tenant_tables, word_of
from tests.tenancy.planting import CANARY

FILTER = re.compile(r"\b(?:\w+\.)?tenant_id = (%s|%\(\w+\)s)(?:::uuid)?")
READS = re.compile(r"\b(?:from|join)\s+(\w+)", re.IGNORECASE)
Loosens = Callable[[set[str]], bool]


@dataclass
class Watched:
    """What queries read while questions were asked: all tables, and those of queries that name their tenant."""

    read: set[str] = field(default_factory=set[str])
    filtered: set[str] = field(default_factory=set[str])


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
def without_filter(loosens: Loosens) -> Generator[Watched]:
    """Queries no longer say whose rows they want, where `loosens` says so of the tables that they read."""
    execute, watched = cast("Any", WatchedCursor.execute), Watched()

    async def loosened(self: Any, query: Any, params: Any = None, **more: Any) -> Any:
        if isinstance(query, str) and not re.match(r"\s*(insert|update|delete)", query):
            tables = set(READS.findall(query))
            watched.read |= tables
            watched.filtered |= tables if FILTER.search(query) else set()
            if loosens(tables):
                query = FILTER.sub(r"\1::uuid is not null", query)
        return await execute(self, cast("Any", query), params, **more)

    with patch.object(WatchedCursor, "execute", loosened):
        yield watched


@dataclass(frozen=True)
class Answer:
    """What one question was answered, and with which of their ids it was asked."""

    url: str
    status: int
    text: str
    asked_for: str

    def shows(self, secrets: Sequence[str]) -> bool:
        return any(one.lower() in self.text for one in secrets if one != self.asked_for)


async def read_all(here: Scene) -> list[Answer]:
    """Every operation that reads, asked by our administrator: lists, things of theirs by id, and what they cost."""
    client, answers = here.callers["admin"], list[Answer]()
    for _, path, _operation in here.operations("get"):
        if path.startswith(PUBLIC_BY_NAME):
            continue
        theirs = here.theirs.id_for(path) if "{" in path else ""
        params = {"period": "all"} if "dashboard" in path else None
        answers.append(_answer(await client.get(at(path, theirs) if theirs else path, params=params), theirs))
    answers.append(await _price(client, here.theirs.ids["hotels"]))
    return answers


async def _price(client: AsyncClient, hotel_id: str) -> Answer:
    return _answer(await client.post("/api/v1/pricing/price", json={"hotel_ids": [hotel_id], **STAY}), hotel_id)


def _answer(answer: Response, asked_for: str) -> Answer:
    return Answer(str(answer.request.url), answer.status_code, answer.text.lower(), asked_for)


async def judge_filters(here: Scene, proof: Proof, only: Sequence[str] = ()) -> None:
    """Each table's filter off by itself; where that shows nothing, off besides all others, against all others off.

    A row that is only looked for once another table's was found is shown by the second alone. Tables that neither
    shows are named in `proof.unseen`, with why.
    """
    tables = only or tenant_tables(here.root)
    everything = set(tenant_tables(here.root))
    with without_policies(here):
        await _must_be_clean(here, proof, "before")
        whole, watched = await _asked(here, lambda read: bool(read & everything))
        proof.failed = sorted({f"{_path(one)} ({one.status})" for one in whole if one.status >= 500})
        for table in tables:
            secrets = _secrets(here, table)
            alone, _ = await _asked(here, lambda read, table=table: table in read)
            count = _showing(alone, secrets)
            if count:
                proof.noticed[table] = count
                continue
            words = [word_of(table)]
            others, _ = await _asked(here, lambda read, table=table: table not in read)
            count = _showing(whole, words)
            if count and not _showing(others, words):
                proof.noticed_behind[table] = count
            else:
                proof.unseen[table] = _why(here, table, watched, is_shown=bool(count))
        await _must_be_clean(here, proof, "after")


async def _asked(here: Scene, loosens: Loosens) -> tuple[list[Answer], Watched]:
    await _forget(here)
    try:
        with without_filter(loosens) as watched:
            return await read_all(here), watched
    finally:
        await _forget(here)


async def _must_be_clean(here: Scene, proof: Proof, when: str) -> None:
    """Filters as they are: nothing of theirs; what is noticed is each table's own doing."""
    await _forget(here)
    secrets = [CANARY, *here.theirs.ids.values()]
    for answer in await read_all(here):
        proof.count("read without row level security")
        by_id = bool(answer.asked_for) and answer.status == 200 and "/pricing/" not in answer.url
        if by_id or answer.shows(secrets):
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


def _showing(answers: Sequence[Answer], secrets: Sequence[str]) -> int:
    return sum(one.shows(secrets) for one in answers)


def _path(answer: Answer) -> str:
    return re.sub(r"[0-9a-f-]{36}", "{id}", answer.url.removeprefix("http://tembea.test"))


def _has_rows(here: Scene, table: str) -> bool:
    query = sql.SQL("select 1 from {} where tenant_id = %s limit 1").format(sql.Identifier(table))
    return here.root.execute(query, [here.theirs.agency.key.tenant_id]).fetchone() is not None


def _why(here: Scene, table: str, watched: Watched, *, is_shown: bool) -> str:
    if table == "tenants":
        return "the agency itself: its queries say `id = ...`"
    if not _has_rows(here, table):
        return "the other agency has no row in it here"
    if table not in watched.read:
        return "no query of these operations reads it"
    if table not in watched.filtered:
        return "its queries find rows by another key than the agency's"
    if is_shown:
        return "shown by queries that do not read it by name, too"
    return "read, but no answer holds a word or an id of its rows: only sums, or something else narrows them, too"
