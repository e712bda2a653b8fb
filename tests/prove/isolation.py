"""Two agencies, each with one of everything: whatever one of them asks, nothing of the other comes out.

`python -m tests.prove.isolation --report docs/proofs/isolation.md`. First every operation of the OpenAPI document is
asked for the other's things: in paths, queries, bodies, cursors and headers. Then each of the two protections is
switched off, to see that the other one holds alone; then both, table by table (`isolation_filters`), to see that the
questions would have noticed.
"""

import argparse
import re
import sys
import uuid
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import anyio
from httpx import AsyncClient, Response
from psycopg import sql

from tembea.kernel.paging import encode_cursor
from tests.conftest import TestServer, running_server
from tests.prove.isolation_filters import judge_filters, without_policies
from tests.prove.isolation_scene import PUBLIC_BY_NAME, STAY, Proof, Scene, at, scene, spread_canary, tenant_tables
from tests.tenancy.planting import CANARY

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
    for table in tenant_tables(here.root):
        key = "id" if table == "tenants" else "tenant_id"
        query = sql.SQL("select count(*) from {t} r where {k} = %s and r::text ilike %s").format(
            t=sql.Identifier(table), k=sql.Identifier(key)
        )
        found = here.root.execute(query, [here.ours.agency.key.tenant_id, f"%{CANARY}%"]).fetchone()
        proof.count("tables of ours searched")
        # The words that we searched for are ours: the answers of keyed requests are not kept for reads.
        if found and found[0]:
            proof.leaks.append(f"rows: {found[0]} of ours in {table} hold the canary")


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
                await judge_filters(here, proof)
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
    return (
        f"""# One agency, another agency's things

What `python -m tests.prove.isolation` showed; `make prove` repeats it. {datetime.now(UTC).date()}.

The other agency has one of everything that comes by mail, by hand and by import, and a canary in {proof.columns} text
columns ({len(proof.untouched)} hold states, codes and addresses that rules keep as they are). Administrator,
consultant, API key and nobody of the first agency then ask.

| asked | times |
|---|---|
{rows}

- words or ids of the other agency in answers, headers, logs, mails and rows: {len(proof.leaks)}
- another's id answered otherwise than one that does not exist: {sum("and (" in one for one in proof.leaks)}

The lists and the ids in paths were asked once more with row level security off on every table: the queries' own words
hold alone. That each row policy matters is shown table by table in `tests/tenancy/test_isolation_probes.py`.

{_filters(proof)}

{leaks}""".rstrip()
        + "\n"
    )


def _filters(proof: Proof) -> str:
    """What each query's own filter is worth, table by table."""
    alone = ", ".join(f"`{table}` ({count})" for table, count in proof.noticed.items())
    behind = ", ".join(f"`{table}` ({count})" for table, count in proof.noticed_behind.items())
    unseen = "\n".join(f"- `{table}`: {why}" for table, why in proof.unseen.items())
    return f"""## Each query's filter off in turn

Row level security is off everywhere, and our administrator asks every operation that reads. Each table is judged by a
word that only its rows of the other agency hold, and by their ids; what was asked before is forgotten each time. In
parentheses: how many operations then show the table's rows.

A query that reads several tables loses the filters of all of them at once. Operations that need a word, a month or a
night in their query are asked without and show nothing.

- shown when only the queries that read the table no longer say `tenant_id = ...`, {len(proof.noticed)} of them:
  {alone or "not asked"}
- shown when the queries of all tables no longer say it, and not shown while those that read this table still do (its
  rows are looked for once another table's row was found), {len(proof.noticed_behind)} of them: {behind or "none"}

Not shown either way are {len(proof.unseen)}, and nothing is claimed of their filters here:

{unseen or "none"}

With the filters of all tables off, answers that failed and so may hide rows: {", ".join(proof.failed) or "none"}."""


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
