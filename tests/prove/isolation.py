"""Two agencies, each with one of everything: whatever one of them asks, nothing of the other comes out.

`python -m tests.prove.isolation --report docs/proofs/isolation.md`. First every operation of the OpenAPI document is
asked for the other's things: in paths, queries, bodies, cursors and headers. Then each of the two protections is
switched off, to see that the other one holds alone; then both, table by table, to see that the same questions would
have noticed.
"""

import argparse
import re
import sys
import uuid
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast
from unittest.mock import patch

import anyio
import psycopg
from httpx import AsyncClient, Response
from psycopg import sql

from tembea.kernel.db_watch import WatchedCursor
from tembea.kernel.paging import encode_cursor
from tests.conftest import TestServer, running_server
from tests.prove.isolation_scene import Proof, Scene, scene, spread_canary
from tests.tenancy.planting import CANARY

PUBLIC_BY_NAME = ("/api/v1/branding/",)  # a slug and a logo are what anybody may know
STAY: dict[str, object] = {"check_in": "2027-05-10", "check_out": "2027-05-13", "adults": 2, "children_ages": []}
# Every operation whose body names a thing by its id; a test says when one is missing.
BODIES: dict[tuple[str, str], Callable[[str], dict[str, Any]]] = {
    ("post", "/api/v1/crm/clients"): lambda id_: {"name": "Ann", "owner_id": id_},
    ("patch", "/api/v1/crm/clients/{client_id}"): lambda id_: {"owner_id": id_},
    ("post", "/api/v1/helpdesk/chat"): lambda id_: {"message": "When does the lodge open?", "conversation_id": id_},
    ("post", "/api/v1/pricing/price"): lambda id_: {"hotel_ids": [id_], **STAY},
    ("post", "/api/v1/enquiries/{enquiry_id}/assign"): lambda id_: {"user_id": id_},
    ("post", "/api/v1/absences"): lambda id_: {"user_id": id_, "first_day": "2027-05-10", "last_day": "2027-05-13"},
    ("patch", "/api/v1/quotes/{quote_id}"): lambda id_: {"selected_option_id": id_},
}
NAMED_IN_BODY = {
    "owner_id": "users",
    "user_id": "users",
    "conversation_id": "quotes",
    "hotel_ids": "hotels",
    "selected_option_id": "quotes",
}
NAMED_IN_QUERY = {
    "assignee_id": "users",
    "client_id": "clients",
    "hotel_id": "hotels",
    "quote_id": "quotes",
    "enquiry_id": "enquiries",
}


def plain(answer: Response) -> tuple[int, str]:
    """Status and body, without what differs from request to request."""
    return answer.status_code, re.sub(r'"(request_id|generated_at)":\s*"[^"]*"', "", answer.text)


def at(path: str, identifier: str) -> str:
    start, _, rest = path.partition("/{")
    return f"{start}/{identifier}{rest.partition('}')[2]}"


async def _same(here: Scene, proof: Proof, what: str, ask: Callable[[AsyncClient, str], Any], theirs: str) -> None:
    """Another agency's id answers as one that does not exist does."""
    for caller, client in here.callers.items():
        real, unknown = await ask(client, theirs), await ask(client, str(uuid.uuid4()))
        proof.check(what, real)
        ours, others = plain(real), plain(unknown)
        if (ours[0], _without_ids(ours[1])) != (others[0], _without_ids(others[1])):
            proof.leaks.append(f"{what}: {real.request.method} {real.request.url} as {caller}: {ours} and {others}")


def _without_ids(text: str) -> str:
    return re.sub(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "", text)


async def cross_paths(here: Scene, proof: Proof, what: str = "ids in paths") -> None:
    for method, path, _ in here.operations():
        if "{" not in path or path.startswith(PUBLIC_BY_NAME):
            continue

        async def ask(client: AsyncClient, id_: str, method: str = method, path: str = path) -> Response:
            return await client.request(method, at(path, id_), json=None if method == "get" else {})

        await _same(here, proof, what, ask, here.theirs.id_for(path))


async def cross_queries(here: Scene, proof: Proof) -> None:
    for _, path, operation in here.operations("get"):
        for parameter in operation.get("parameters", []):
            noun = NAMED_IN_QUERY.get(parameter["name"])
            if parameter["in"] != "query" or noun is None:
                continue

            async def ask(client: AsyncClient, id_: str, path: str = path, name: str = parameter["name"]) -> Response:
                return await client.get(path, params={name: id_})

            await _same(here, proof, "ids in queries", ask, here.theirs.ids[noun])


async def cross_bodies(here: Scene, proof: Proof) -> None:
    for (method, path), body in BODIES.items():
        named = next(noun for name, noun in NAMED_IN_BODY.items() if name in str(body("")))
        url = at(path, here.ours.id_for(path)) if "{" in path else path

        async def ask(
            client: AsyncClient, id_: str, method: str = method, url: str = url, body: Any = body
        ) -> Response:
            return await client.request(method, url, json=body(id_))

        await _same(here, proof, "ids in bodies", ask, here.theirs.ids[named])


async def cross_cursors(here: Scene, proof: Proof) -> None:
    """Cursors that the other agency was given, and ones that name its rows."""
    for _, path, operation in here.operations("get"):
        if "{" in path or not any(one["name"] == "cursor" for one in operation.get("parameters", [])):
            continue
        page = (await here.theirs.agency.admin.get(path, params={"limit": 1})).json()
        forged = encode_cursor([datetime.now(UTC).isoformat(), here.theirs.ids["clients"]])
        for cursor in filter(
            None, (page.get("next_cursor"), forged, encode_cursor([CANARY, here.theirs.ids["quotes"]]))
        ):
            for client in here.callers.values():
                proof.check(
                    "cursors", await client.get(path, params={"cursor": cursor}), list(here.theirs.ids.values())
                )


async def sweep(here: Scene, proof: Proof, what: str = "lists and searches") -> None:
    """Everything that can be read without an id, with and without words to look for."""
    secrets = list(here.theirs.ids.values())
    for _, path, operation in here.operations("get"):
        if "{" in path:
            continue
        words = [one["name"] for one in operation.get("parameters", []) if one["name"] == "q"]
        for query in ({}, *({name: CANARY} for name in words)):
            for client in here.callers.values():
                answer = await client.get(path, params={**query, **({"period": "all"} if "dashboard" in path else {})})
                proof.check(what, answer, secrets)


async def cross_headers(here: Scene, proof: Proof) -> None:
    """X-Client-ID, twice, in conflict, and written oddly: refused, or as if it were not there."""
    own, other = here.ours.agency.key.tenant, here.theirs.agency.key.tenant
    odd = [
        f"{own}, {other}",
        other.upper(),
        f" {other}",
        f"{other}%00",
        f"%68{other[1:]}",
        "",
        "*",
        "null",
        f"{own}/../{other}",
    ]
    given: list[list[tuple[str, str]]] = [[("X-Client-ID", one)] for one in (own, other, *odd)]
    given += [
        [("X-Client-ID", a), ("X-Client-ID", b)] for a, b in ((own, other), (other, own), (other, other), (own, own))
    ]
    given += [[(name, other)] for name in ("X-Tenant-ID", "X-Forwarded-Host", "Host", "X-Client-Id ", "X_Client_ID")]
    own_clients = (await here.ours.agency.admin.get("/api/v1/crm/clients")).json()
    for headers in given:
        for client in (here.callers["admin"], here.callers["API key"]):
            answer = await client.get("/api/v1/crm/clients", headers=headers)
            proof.check("headers", answer, list(here.theirs.ids.values()))
            if answer.status_code != 403 and answer.json() != own_clients:
                proof.leaks.append(f"headers: {headers} answer {answer.status_code} {answer.text[:200]}")


def search_our_rows(here: Scene, proof: Proof) -> None:
    """Nothing of the other agency stands in a row of ours: mails, caches, figures, events, keys of requests."""
    for table in _tables(here.root):
        key = "id" if table == "tenants" else "tenant_id"
        query = sql.SQL("select count(*) from {t} r where {k} = %s and r::text ilike %s").format(
            t=sql.Identifier(table), k=sql.Identifier(key)
        )
        found = here.root.execute(query, [here.ours.agency.key.tenant_id, f"%{CANARY}%"]).fetchone()
        proof.count("tables of ours searched")
        # The words that we searched for are ours: the answers of keyed requests are not kept for reads.
        if found and found[0]:
            proof.leaks.append(f"rows: {found[0]} of ours in {table} hold the canary")


def _tables(root: psycopg.Connection) -> list[str]:
    found = root.execute("select tablename from pg_policies where policyname = 'tenant_isolation' order by 1")
    return [row[0] for row in found]


@contextmanager
def without_policies(here: Scene) -> Generator[None]:
    """Row level security off, everywhere: what is left are the queries' own words."""
    tables = _tables(here.root)
    for table in tables:
        here.root.execute(sql.SQL("alter table {} disable row level security").format(sql.Identifier(table)))
    try:
        yield
    finally:
        for table in tables:
            here.root.execute(sql.SQL("alter table {} enable row level security").format(sql.Identifier(table)))


@contextmanager
def without_filter(tables: Sequence[str]) -> Generator[None]:
    """Queries that read one of `tables` no longer say whose rows they want."""
    execute = cast("Any", WatchedCursor.execute)
    reads = re.compile(rf"\b(?:from|join)\s+(?:{'|'.join(tables)})\b", re.IGNORECASE)

    async def loosened(self: Any, query: Any, params: Any = None, **more: Any) -> Any:
        if isinstance(query, str) and reads.search(query) and not re.match(r"\s*(insert|update|delete)", query):
            query = re.sub(r"\b(?:\w+\.)?tenant_id = (%s|%\(\w+\)s)", r"\1::uuid is not null", query)
        return await execute(self, cast("Any", query), params, **more)

    with patch.object(WatchedCursor, "execute", loosened):
        yield


async def notice(here: Scene, proof: Proof) -> None:
    """Both protections of each table off in turn: the same questions must notice, or the table is shown by none.

    What was kept in memory is forgotten each time: what one table let out must not be counted for the next.
    """
    with without_policies(here):
        await _read_all(here, proof)  # nothing: what is noticed below is each table's own doing
    for table in _tables(here.root):
        here.platform.app.state.dashboard_cache.missed()
        with without_policies(here), without_filter([table]):
            seen = Proof()
            await _read_all(here, seen)
        if seen.leaks:
            proof.noticed[table] = len(seen.leaks)
        else:
            proof.unseen.append(table)


async def _read_all(here: Scene, seen: Proof) -> None:
    client = here.callers["admin"]
    secrets = list(here.theirs.ids.values())
    for _, path, _operation in here.operations("get"):
        if path.startswith(PUBLIC_BY_NAME):
            continue
        url = at(path, here.theirs.id_for(path)) if "{" in path else path
        answer = await client.get(url, params={"period": "all"} if "dashboard" in path else None)
        seen.check("read", answer, secrets if "{" not in path else ())
        if "{" in path and answer.status_code == 200:
            seen.leaks.append(url)


async def prove(server: TestServer, *, each_table: bool = True) -> Proof:
    """Everything above, in its order."""
    proof, said = Proof(), StringIO()
    with redirect_stderr(said), redirect_stdout(said):
        async with scene(server) as here:
            spread_canary(here, proof)
            for cross in (cross_paths, cross_queries, cross_bodies, cross_cursors, sweep, cross_headers):
                await cross(here, proof)
            await here.platform.run_jobs()
            search_our_rows(here, proof)
            search_log(said.getvalue(), proof)
            with without_policies(here):
                await sweep(here, proof, "lists without row level security")
                await cross_paths(here, proof, "ids in paths without row level security")
            if each_table:
                await notice(here, proof)
    return proof


def search_log(text: str, proof: Proof) -> None:
    """What was logged from the start names nobody, of whichever agency."""
    proof.asked["lines of log searched"] = len(text.splitlines())
    if CANARY.lower() in text.lower():
        proof.leaks.append("logs: the canary stands in a line")


def report(proof: Proof) -> str:
    """The page of a proof."""
    rows = "\n".join(f"| {what} | {count} |" for what, count in proof.asked.items())
    leaks = "\n".join(f"- {one}" for one in proof.leaks[:50])
    noticed = ", ".join(f"`{table}` ({count})" for table, count in proof.noticed.items())
    return (
        f"""# One agency, another agency's things

What `python -m tests.prove.isolation` showed; `make prove` repeats it. {datetime.now(UTC).date()}.

The other agency has one of everything, and a canary in {proof.columns} text columns ({len(proof.untouched)} hold
states, codes and addresses that rules keep as they are). Administrator, consultant, API key and nobody of the first
agency then ask.

| asked | times |
|---|---|
{rows}

- words or ids of the other agency in answers, headers, logs, mails and rows: {len(proof.leaks)}
- another's id answered otherwise than one that does not exist: {sum("and (" in one for one in proof.leaks)}

The same with row level security off on every table: the queries' own words hold alone. And with a table's queries not
saying whose rows they want either, the same questions notice, each time: {noticed or "not asked"}.

Shown by no answer over HTTP, so that only the database's own probe notices, which switches each policy off too
(`tests/tenancy/test_isolation_probes.py`): {", ".join(f"`{table}`" for table in proof.unseen) or "none"}.

{leaks}""".rstrip()
        + "\n"
    )


def main() -> int:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--report", type=Path)
    given = asked.parse_args()
    with TemporaryDirectory(prefix="tembea-isolation-") as folder, running_server(Path(folder)) as server:
        proof = anyio.run(prove, server)
    page = report(proof)
    sys.stdout.write(page)
    if given.report:
        given.report.write_text(page, encoding="utf-8")
    return 1 if proof.leaks else 0


if __name__ == "__main__":
    sys.exit(main())
