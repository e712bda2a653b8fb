"""Two agencies, each with one of everything: whatever one of them asks, nothing of the other comes out.

`python -m tests.prove.isolation --report docs/proofs/isolation.md`. First every operation of the OpenAPI document is
asked for the other's things: in paths, queries, bodies, cursors and headers. Then every place is looked at in which
words could end up besides (`isolation_places`). Then each of the two protections is switched off, to see that the other
one holds alone; then each policy and each filter in turn (`isolation_filters`, `isolation_statements`), to see that the
questions would have noticed.
"""

import argparse
import re
import sys
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import anyio
from httpx import AsyncClient, Response
from psycopg import sql

from tembea.kernel.paging import encode_cursor
from tests.conftest import TestServer, running_server
from tests.prove.isolation_day import needed
from tests.prove.isolation_filters import judge_filters, judge_policies, without_policies
from tests.prove.isolation_page import page
from tests.prove.isolation_places import look_everywhere, outside
from tests.prove.isolation_scene import PUBLIC_BY_NAME, STAY, Proof, Scene, at, fill, scene, tenant_tables
from tests.telemetry.log_lines import json_logs
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
    "conversation_id": "conversations",
    "hotel_ids": "hotels",
    "selected_option_id": "options",
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


async def own_paths(here: Scene, proof: Proof) -> None:
    """Our own ids are answered: that theirs are not says something only beside this."""
    for method, path, _ in here.operations("get"):
        if "{" in path and not path.startswith(PUBLIC_BY_NAME):
            params = needed(path, here.document["paths"][path][method], here.ours.ids["hotels"], "luggage")
            answer = await here.callers["admin"].get(at(path, here.ours.id_for(path)), params=params)
            proof.check("own ids in paths", answer, list(here.theirs.ids.values()))
            if answer.status_code != 200:
                proof.leaks.append(f"own ids: {path} answers {answer.status_code} {answer.text[:200]}")


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
        params = needed(path, operation, here.theirs.ids["hotels"], "luggage")
        for query in ({}, *({name: CANARY} for name in words)):
            for client in here.callers.values():
                proof.check(what, await client.get(path, params={**params, **query}), secrets)


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
    """Nothing of the other agency stands in a row of ours: mails, figures, events, answers to keyed requests, files."""
    marks = [f"%{mark}%" for mark in (CANARY, CANARY.encode().hex(), CANARY.lower().encode().hex())]
    for table in tenant_tables(here.root):
        key = "id" if table == "tenants" else "tenant_id"
        query = sql.SQL(
            "select count(*), count(*) filter (where r::text ilike any(%s)) from {t} r where {k} = %s"
        ).format(t=sql.Identifier(table), k=sql.Identifier(key))
        found = here.root.execute(query, [marks, here.ours.agency.key.tenant_id]).fetchone()
        assert found is not None
        proof.asked["rows of ours searched"] = proof.asked.get("rows of ours searched", 0) + found[0]
        if found[1]:
            proof.leaks.append(f"rows: {found[1]} of ours in {table} hold the canary")


async def prove(server: TestServer, so_far: Callable[[Proof], object] = lambda _: None) -> Proof:
    """Everything above, in its order; `so_far` is told before the part that takes longest."""
    proof = Proof()
    with TemporaryDirectory(prefix="tembea-outside-") as folder, outside(Path(folder)) as around:
        async with scene(server, around.settings) as here:
            with json_logs("DEBUG") as around.log:
                await fill(here, proof, around.begin_with_ours)
                for cross in (own_paths, cross_paths, cross_queries, cross_bodies, cross_cursors, sweep, cross_headers):
                    await cross(here, proof)
                await here.platform.run_jobs()
                search_our_rows(here, proof)
                await look_everywhere(here, around, proof)
            judge_policies(here, proof)
            with without_policies(here):
                await sweep(here, proof, "lists without row level security")
                await cross_paths(here, proof, "ids in paths without row level security")
            so_far(proof)
            await judge_filters(here, proof)
    return proof


def main() -> int:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--report", type=Path)
    given = asked.parse_args()

    def keep(proof: Proof) -> None:
        if given.report:
            given.report.write_text(page(proof), encoding="utf-8")

    with TemporaryDirectory(prefix="tembea-isolation-") as folder, running_server(Path(folder)) as server:
        proof = anyio.run(prove, server, keep)
    keep(proof)
    sys.stdout.write(page(proof))
    return 1 if proof.leaks or proof.unproven else 0


if __name__ == "__main__":
    sys.exit(main())
