"""Mail for nobody we know, as operators see it: found, given to an agency, or thrown away."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from prometheus_client import REGISTRY

from tembea.inbox import Outcome, QuarantineLimits, Receipt, list_quarantined, receive
from tembea.inbox import quarantine as inbox_quarantine
from tembea.inbox.model import QuarantineFilter
from tembea.inbox.quarantine import assign_quarantined
from tembea.kernel.context import PLATFORM_TENANT_ID, platform_context, system_context
from tembea.kernel.db import Tx
from tests.app_fixtures import Agency, Platform
from tests.inbox.mails import mail

URL = "/api/v1/operator/quarantine"
NOBODY = "holidays@savanna-trails.example"


@pytest.fixture
async def operator(platform: Platform) -> AsyncIterator[AsyncClient]:
    async with await platform.operator() as client:
        yield client


async def arrives(
    platform: Platform, raw: bytes, recipient: str = NOBODY, limits: QuarantineLimits | None = None
) -> Receipt:
    return await receive(
        platform.db,
        raw=raw,
        recipient=recipient,
        envelope_from="naledi@example.net",
        source="smtp",
        inbound_domain=platform.settings.inbound_domain,
        quarantine=limits or QuarantineLimits(),
    )


async def listed(operator: AsyncClient, **query: str) -> list[dict[str, Any]]:
    answer = await operator.get(URL, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def only(operator: AsyncClient) -> str:
    (found,) = await listed(operator)
    return found["id"]


async def audited(platform: Platform) -> list[tuple[object, object, object]]:
    async with platform.db.read(system_context(PLATFORM_TENANT_ID, "platform")) as read:
        rows = await read.rows(
            "select action, subject_id, actor_name from audit_entries"
            " where subject_kind = 'quarantined' and not access order by at"
        )
    return [(row["action"], row["subject_id"], row["actor_name"]) for row in rows]


async def enquiries(agency: Agency) -> list[dict[str, Any]]:
    return (await agency.consultant.get("/api/v1/enquiries")).json()["items"]


async def test_an_operator_finds_mail_by_recipient_sender_subject_and_reason(
    platform: Platform, operator: AsyncClient
) -> None:
    await arrives(platform, mail(message_id="<1@x>", subject="Zanzibar 100%"), "old@harbour.example")
    await arrives(platform, mail(message_id="<2@x>", subject="Safari"), "new@lake.example")

    assert [item["subject"] for item in await listed(operator)] == ["Safari", "Zanzibar 100%"]
    for words in ("zanzi", "OLD@HARBOUR", "100%"):
        assert [item["subject"] for item in await listed(operator, q=words)] == ["Zanzibar 100%"], words
    assert len(await listed(operator, q="naledi@example")) == 2
    assert await listed(operator, q="1_0") == []
    assert len(await listed(operator, reason="unknown_recipient")) == 2
    assert await listed(operator, reason="tenant_suspended") == []


async def test_the_list_is_paged(platform: Platform, operator: AsyncClient) -> None:
    for number in range(5):
        await arrives(platform, mail(message_id=f"<{number}@x>", subject=str(number)))

    first = (await operator.get(URL, params={"limit": "3"})).json()
    rest = (await operator.get(URL, params={"limit": "3", "cursor": first["next_cursor"]})).json()
    assert [item["subject"] for item in first["items"] + rest["items"]] == ["4", "3", "2", "1", "0"]
    assert rest["next_cursor"] is None
    assert (await operator.get(URL, params={"cursor": "nonsense"})).status_code == 422


async def test_one_message_is_shown_taken_apart_and_downloads_whole(platform: Platform, operator: AsyncClient) -> None:
    raw = mail(subject="=?utf-8?q?F=C3=BCr_zwei?=", text="Two of us, please.")
    await arrives(platform, raw)
    message_id = await only(operator)

    shown = (await operator.get(f"{URL}/{message_id}")).json()
    assert {"name": "Subject", "value": "Für zwei"} in shown["headers"]
    assert shown["text"].strip() == "Two of us, please."
    assert (shown["recipient"], shown["from"], shown["size"]) == (NOBODY, "naledi@example.net", len(raw))
    download = await operator.get(f"{URL}/{message_id}/raw")
    assert (download.content, download.headers["content-type"]) == (raw, "message/rfc822")


async def test_an_assigned_message_is_read_as_if_it_had_just_come(
    platform: Platform, operator: AsyncClient, agency: Agency
) -> None:
    await arrives(platform, mail(subject="Zanzibar in August"))
    message_id = await only(operator)

    answer = await operator.post(f"{URL}/{message_id}/assign", json={"tenant_id": agency.key.tenant})
    assert (answer.status_code, answer.json()["outcome"]) == (200, "stored")
    await platform.run_jobs()

    (enquiry,) = await enquiries(agency)
    assert enquiry["id"] == answer.json()["enquiry_id"]
    assert (enquiry["subject"], enquiry["kind"]) == ("Zanzibar in August", "new_enquiry")
    assert await listed(operator) == []
    assert await audited(platform) == [("quarantine.assigned", message_id, "Ops")]


async def test_a_message_whose_assignment_was_cut_off_goes_to_whoever_gets_it_next_and_to_nobody_else(
    platform: Platform,
    operator: AsyncClient,
    agency: Agency,
    other_agency: Agency,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await arrives(platform, mail())
    message_id = await only(operator)

    async def die(tx: Tx, mail_id: object) -> None:
        raise SystemError("killed between the agency's side and the quarantine's")

    with monkeypatch.context() as patched:
        patched.setattr(inbox_quarantine.store, "delete_quarantined", die)
        answer = await operator.post(f"{URL}/{message_id}/assign", json={"tenant_id": agency.key.tenant})
        assert answer.status_code == 500
    assert await only(operator) == message_id
    assert await enquiries(agency) == []

    answer = await operator.post(f"{URL}/{message_id}/assign", json={"tenant_id": other_agency.key.tenant})
    assert (answer.status_code, answer.json()["outcome"]) == (200, "stored")
    await platform.run_jobs()
    assert (len(await enquiries(agency)), len(await enquiries(other_agency))) == (0, 1)
    assert await listed(operator) == []
    assert [action for action, _, _ in await audited(platform)] == ["quarantine.assigned"]


async def test_of_two_operators_at_once_one_wins(
    platform: Platform, operator: AsyncClient, agency: Agency, other_agency: Agency
) -> None:
    await arrives(platform, mail())
    message_id = await only(operator)

    answers = await asyncio.gather(
        *(
            operator.post(f"{URL}/{message_id}/assign", json={"tenant_id": one.key.tenant})
            for one in (agency, other_agency)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 404]
    assert len(await enquiries(agency)) + len(await enquiries(other_agency)) == 1


async def test_mail_that_is_assigned_twice_by_different_copies_is_one_enquiry(
    platform: Platform, operator: AsyncClient, agency: Agency
) -> None:
    for recipient in (NOBODY, "other@savanna-trails.example"):
        await arrives(platform, mail(), recipient)
    for item in await listed(operator):
        answer = await operator.post(f"{URL}/{item['id']}/assign", json={"tenant_id": agency.key.tenant})
        assert answer.status_code == 200
    assert len(await enquiries(agency)) == 1


async def test_only_an_active_agency_gets_a_message(platform: Platform, operator: AsyncClient, agency: Agency) -> None:
    await arrives(platform, mail())
    message_id = await only(operator)

    for slug in ("no-such-agency", "platform"):
        answer = await operator.post(f"{URL}/{message_id}/assign", json={"tenant_id": slug})
        assert (answer.status_code, answer.json()["code"]) == (422, "unknown_tenant")
    async with platform.db.tx(platform_context()) as tx:
        await tx.execute("update tenants set status = 'suspended' where slug = %s", [agency.key.tenant])
    answer = await operator.post(f"{URL}/{message_id}/assign", json={"tenant_id": agency.key.tenant})
    assert (answer.status_code, answer.json()["code"]) == (409, "tenant_suspended")
    assert await only(operator) == message_id


async def test_a_message_is_discarded(platform: Platform, operator: AsyncClient) -> None:
    await arrives(platform, mail())
    message_id = await only(operator)
    assert (await operator.delete(f"{URL}/{message_id}")).status_code == 204
    assert await listed(operator) == []
    assert await audited(platform) == [("quarantine.discarded", message_id, "Ops")]


async def test_what_is_not_there_is_not_found(platform: Platform, operator: AsyncClient, agency: Agency) -> None:
    gone = f"{URL}/{uuid4()}"
    answers = [
        await operator.get(gone),
        await operator.get(f"{gone}/raw"),
        await operator.post(f"{gone}/assign", json={"tenant_id": agency.key.tenant}),
        await operator.delete(gone),
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "quarantined_not_found")}


async def test_staff_may_neither_look_nor_touch(platform: Platform, operator: AsyncClient, agency: Agency) -> None:
    await arrives(platform, mail())
    message_id = await only(operator)
    for person in (agency.admin, agency.consultant, platform.anonymous):
        expected = 401 if person is platform.anonymous else 403
        for method, path in (("GET", ""), ("GET", f"/{message_id}"), ("GET", f"/{message_id}/raw")):
            assert (await person.request(method, URL + path)).status_code == expected
        body = {"tenant_id": agency.key.tenant}
        assert (await person.post(f"{URL}/{message_id}/assign", json=body)).status_code == expected
        assert (await person.delete(f"{URL}/{message_id}")).status_code == expected
    assert await only(operator) == message_id


async def test_what_had_to_make_room_is_counted(platform: Platform) -> None:
    def evicted() -> float:
        return REGISTRY.get_sample_value("tembea_quarantine_evicted_total") or 0

    before = evicted()
    for number in range(5):
        await arrives(platform, mail(message_id=f"<{number}@x>"), limits=QuarantineLimits(max_messages=3))
    assert evicted() - before == 2
    async with platform.db.read(platform_context()) as read:
        assert len(await list_quarantined(read, QuarantineFilter(), None, 10)) == 3


async def test_an_operators_role_writes_no_agencys_audit_trail(platform: Platform, agency: Agency) -> None:
    with pytest.raises(Exception, match="row-level security"):
        async with platform.db.tx(platform_context()) as tx:
            await tx.execute(
                "insert into audit_entries (tenant_id, id, actor_name, action, subject_kind, subject_id, request_id)"
                " values (%s, %s, 'x', 'x', 'x', 'x', 'x')",
                [agency.key.tenant_id, uuid4()],
            )


async def test_an_agency_that_has_the_mail_already_keeps_one(
    platform: Platform, operator: AsyncClient, agency: Agency
) -> None:
    await arrives(platform, mail(), "quotes@savanna-trails.example")
    await arrives(platform, mail())
    async with platform.db.read(platform_context()) as read:
        (kept,) = await list_quarantined(read, QuarantineFilter(), None, 10)
    receipt = await assign_quarantined(platform.db, platform_context(), kept.id, agency.key)
    assert receipt.outcome is Outcome.DUPLICATE
    assert len(await enquiries(agency)) == 1
