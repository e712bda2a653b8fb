"""The suppression list: nothing is sent to whoever stands on it, and everybody can see why."""

import pytest

from tembea.notifications import SuppressionReason, suppress
from tembea.notifications.service import send_mail
from tests.app_fixtures import Agency, Platform
from tests.notifications.letters import Sink, letter, life, mail_server, queue, smtp_providers

URL = "/api/v1/mail/suppressions"


async def listed(agency: Agency, **query: str) -> list[str]:
    answer = await agency.consultant.get(URL, params=query)
    assert answer.status_code == 200, answer.text
    return [entry["address"] for entry in answer.json()["items"]]


async def test_nothing_goes_to_a_suppressed_address_and_the_mail_says_why(platform: Platform, agency: Agency) -> None:
    body = {"address": "Naledi@Example.NET", "evidence": "asked by telephone"}
    assert (await agency.admin.post(URL, json=body)).status_code == 201
    mail_id = await queue(platform, agency, letter("naledi@example.net"))
    other = await queue(platform, agency, letter("thabo@example.net"))
    await platform.run_jobs()

    withheld = await life(agency, mail_id)
    assert (withheld["status"], withheld["sent_at"]) == ("failed", None)
    assert "suppression list (manual, " in withheld["last_error"]
    assert "asked by telephone" in withheld["last_error"]
    assert (await life(agency, other))["status"] == "sent"


async def test_over_smtp_nobody_is_even_connected_to(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    async with platform.db.tx(agency.ctx) as tx:
        await suppress(tx, "naledi@example.net", SuppressionReason.BOUNCE, "550 5.1.1 no such user")
    async with mail_server(Sink()) as sink:
        await send_mail(agency.ctx, platform.db, smtp_providers(platform.settings, sink), mail_id)

    assert (sink.connections, sink.received) == (0, [])
    assert "(bounce, " in (await life(agency, mail_id))["last_error"]


async def test_another_agencys_list_does_not_count(platform: Platform, agency: Agency, other_agency: Agency) -> None:
    await other_agency.admin.post(URL, json={"address": "naledi@example.net"})
    mail_id = await queue(platform, agency)
    await platform.run_jobs()

    assert (await life(agency, mail_id))["status"] == "sent"
    assert await listed(agency) == []


async def test_an_administrator_lifts_a_suppression(platform: Platform, agency: Agency) -> None:
    entry = (await agency.admin.post(URL, json={"address": "naledi@example.net"})).json()
    assert (await agency.consultant.delete(f"{URL}/{entry['id']}")).status_code == 403
    assert (await agency.admin.delete(f"{URL}/{entry['id']}")).status_code == 204
    assert (await agency.admin.delete(f"{URL}/{entry['id']}")).status_code == 404
    mail_id = await queue(platform, agency)
    await platform.run_jobs()

    assert (await life(agency, mail_id))["status"] == "sent"


async def test_an_address_stands_on_the_list_once_with_its_first_reason(platform: Platform, agency: Agency) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        await suppress(tx, "naledi@example.net", SuppressionReason.COMPLAINT, "marked as spam")
        assert await suppress(tx, "NALEDI@example.net", SuppressionReason.BOUNCE, "later") is None
    again = await agency.admin.post(URL, json={"address": "naledi@example.net"})

    assert (again.status_code, again.json()["code"]) == (409, "already_suppressed")
    (entry,) = (await agency.consultant.get(URL)).json()["items"]
    assert (entry["reason"], entry["evidence"], entry["created_by"]) == ("complaint", "marked as spam", "Tembea")


async def test_the_list_is_searched_and_paged(agency: Agency) -> None:
    for number in range(3):
        await agency.admin.post(URL, json={"address": f"person{number}@example.net"})
    first = (await agency.consultant.get(URL, params={"limit": "2"})).json()
    rest = (await agency.consultant.get(URL, params={"cursor": first["next_cursor"]})).json()

    assert [e["address"] for e in first["items"] + rest["items"]] == [f"person{n}@example.net" for n in (2, 1, 0)]
    assert rest["next_cursor"] is None
    assert await listed(agency, q="PERSON1") == ["person1@example.net"]


@pytest.mark.parametrize("body", [{"address": "nobody"}, {"address": "a@b.example", "evidence": "x\x00"}, {}])
async def test_what_is_no_address_is_refused(agency: Agency, body: dict[str, str]) -> None:
    assert (await agency.admin.post(URL, json=body)).status_code == 422


async def test_only_administrators_add(agency: Agency) -> None:
    assert (await agency.consultant.post(URL, json={"address": "naledi@example.net"})).status_code == 403
