"""What the audit trail keeps, who reads it, and what it can forget."""

import asyncio
from typing import Any
from uuid import UUID

import psycopg
import pytest
from httpx import AsyncClient

from tembea.audit import forget_people
from tests.app_fixtures import Agency, Platform
from tests.quotes.quotes_factories import generated, three_hotels

AUDIT, CLIENTS = "/api/v1/audit", "/api/v1/crm/clients"


async def trail(person: AsyncClient, **query: object) -> list[dict[str, Any]]:
    answer = await person.get(AUDIT, params={key: str(value) for key, value in query.items()})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def add_client(agency: Agency, name: str = "Ann Marsh", **more: object) -> str:
    made = await agency.consultant.post(CLIENTS, json={"name": name, **more})
    assert made.status_code == 201, made.text
    return made.json()["id"]


async def test_a_change_says_who_what_before_after_when_and_from_where(agency: Agency) -> None:
    client_id = await add_client(agency, emails=["ann@marsh.example"])
    await agency.consultant.patch(f"{CLIENTS}/{client_id}", json={"name": "Ann Marsh-Reed"})

    (entry,) = await trail(agency.admin, action="client.changed")

    assert entry["actor"]["name"] == "Consultant Person"
    assert entry["actor"]["id"] is not None
    assert (entry["subject_kind"], entry["subject_id"], entry["kind"]) == ("client", client_id, "change")
    assert (entry["before"]["name"], entry["after"]["name"]) == ("Ann Marsh", "Ann Marsh-Reed")
    assert entry["after"]["emails"] == ["ann@marsh.example"]
    assert entry["address"] == "127.0.0.1"
    assert entry["request_id"]
    assert entry["at"].endswith("Z")


async def test_whoever_opens_somebodys_data_is_noted_once_an_hour(agency: Agency) -> None:
    client_id = await add_client(agency)
    for _ in range(3):
        await agency.consultant.get(f"{CLIENTS}/{client_id}")
        await agency.consultant.get(f"{CLIENTS}/{client_id}/timeline")
    await agency.admin.get(f"{CLIENTS}/{client_id}")
    await agency.admin.get(f"{CLIENTS}/{client_id[:-1]}0")  # nobody's: nothing was read

    seen = await trail(agency.admin, kind="access", action="client.read")

    assert [(one["actor"]["name"], one["subject_id"]) for one in seen] == [
        ("Admin Person", client_id),
        ("Consultant Person", client_id),
    ]


async def test_a_quote_its_explanation_and_its_pdf_are_personal_data_too(agency: Agency) -> None:
    await three_hotels(agency)
    quote = await generated(agency)
    for path in ("", "/explanation", "/pdf"):
        assert (await agency.consultant.get(f"/api/v1/quotes/{quote['id']}{path}")).status_code == 200

    seen = await trail(agency.admin, kind="access", subject_id=str(quote["id"]))

    assert sorted(one["action"] for one in seen) == ["quote.explained", "quote.read"]


async def test_the_apps_role_adds_to_the_trail_and_changes_or_removes_nothing(
    platform: Platform, agency: Agency
) -> None:
    await add_client(agency)
    for statement in ("update audit_entries set action = 'x'", "delete from audit_entries", "truncate audit_entries"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with platform.db.tx(agency.ctx) as tx:
                await tx.connection.execute(statement.encode())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with platform.db.tx(agency.ctx) as tx:
            await tx.connection.execute(b"update personal_keys set key = sha256('x')")


async def test_a_change_that_is_rolled_back_leaves_no_entry(agency: Agency) -> None:
    await add_client(agency, emails=["ann@marsh.example"])
    refused = await agency.consultant.post(CLIENTS, json={"name": "Other", "emails": ["ann@marsh.example"]})

    assert refused.status_code == 409
    assert len(await trail(agency.admin, action="client.created")) == 1


async def test_personal_values_stand_nowhere_in_plain_and_are_gone_with_their_persons_key(
    platform: Platform, agency: Agency
) -> None:
    client_id = await add_client(agency, name="Zebedee Quill", emails=["zq@quill.example"])
    await agency.consultant.patch(f"{CLIENTS}/{client_id}", json={"phones": ["+27 82 555 0177"]})
    other = await add_client(agency, name="Someone Else")
    await agency.consultant.patch(f"{CLIENTS}/{other}", json={"tags": ["vip"]})
    async with platform.db.read(agency.ctx) as read:
        rows = str(await read.rows("select * from audit_entries"))
    assert "Quill" not in rows
    assert "555 0177" not in rows

    async with platform.db.tx(agency.ctx) as tx:
        assert await forget_people(tx, [UUID(client_id)]) == 1
    changed = {one["subject_id"]: one for one in await trail(agency.admin, action="client.changed")}

    assert (changed[client_id]["forgotten"], changed[client_id]["before"], changed[client_id]["after"]) == (
        True,
        None,
        None,
    )
    assert changed[client_id]["actor"]["name"] == "Consultant Person"
    assert (changed[other]["forgotten"], changed[other]["after"]["tags"]) == (False, ["vip"])


async def test_changes_of_a_new_person_at_once_share_one_key(agency: Agency) -> None:
    client_id = await add_client(agency)
    stages = ("QUOTED", "NEGOTIATING", "BOOKED", "PAID")
    await asyncio.gather(
        *(agency.consultant.post(f"{CLIENTS}/{client_id}/stage", json={"stage": stage}) for stage in stages)
    )

    moved = await trail(agency.admin, action="client.stage_changed")

    assert len(moved) == 4
    assert not any(one["forgotten"] for one in moved)


async def test_the_trail_is_searched_and_filtered(agency: Agency) -> None:
    key = await agency.admin.post("/api/v1/api-keys", json={"name": "Form 100%_\\", "scopes": ["quotes:read"]})
    await add_client(agency)

    assert [one["action"] for one in await trail(agency.admin, q="form 100%_\\")] == ["api_key.created"]
    assert [one["subject_id"] for one in await trail(agency.admin, q=key.json()["id"])] == [key.json()["id"]]
    assert await trail(agency.admin, q="%") == await trail(agency.admin, q="100%")
    assert {one["actor"]["name"] for one in await trail(agency.admin, actor="consultant")} == {"Consultant Person"}
    assert {one["action"] for one in await trail(agency.admin, action="client")} == {"client.created"}
    assert await trail(agency.admin, action="clien") == []
    assert await trail(agency.admin, to="2020-01-01") == []
    assert len(await trail(agency.admin, **{"from": "2020-01-01", "kind": "change"})) >= 2


async def test_pages_follow_each_other_without_gap_or_repeat_and_a_search_goes_on(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tembea.audit.service.SEARCHED_AT_ONCE", 2)
    for number in range(5):
        await add_client(agency, name=f"Client {number}")
    everything = [one["id"] for one in await trail(agency.admin, limit=200, kind="change")]

    async def walk(**query: str | int) -> list[str]:
        found: list[str] = []
        cursor: str | None = None
        for _ in range(50):
            asked = {**query, **({"cursor": cursor} if cursor else {})}
            page = (await agency.admin.get(AUDIT, params=asked)).json()
            found += [one["id"] for one in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                return found
        raise AssertionError("a list without an end")

    assert await walk(limit=2, kind="change") == everything
    assert await walk(limit=1, kind="change", q="client.created") == everything[:5]
    assert await walk(limit=2, kind="change", q="nobody wrote this") == []


async def test_administrators_alone_read_it_and_only_their_own(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    await add_client(other_agency)
    operator = await platform.operator()

    assert (await agency.consultant.get(AUDIT)).status_code == 403
    assert (await platform.anonymous.get(AUDIT)).status_code == 401
    assert await trail(agency.admin, action="client") == []
    assert await trail(operator, action="client") == []


async def test_an_operator_reads_what_operators_did_and_reading_is_noted(platform: Platform) -> None:
    operator = await platform.operator()
    await operator.get("/api/v1/operator/outbox")

    (entry,) = await trail(operator, action="outbox.read")
    assert (entry["actor"]["name"], entry["kind"]) == ("Ops", "access")
    assert [one["action"] for one in await trail(operator, action="audit.read")] == ["audit.read"]


@pytest.mark.parametrize("query", ["cursor=x", "from=yesterday", "kind=all", "limit=0", "q=%00", "action=" + "x" * 101])
async def test_a_question_that_cannot_be_understood_is_refused(agency: Agency, query: str) -> None:
    answer = await agency.admin.get(f"{AUDIT}?{query}")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"].startswith("query.")
