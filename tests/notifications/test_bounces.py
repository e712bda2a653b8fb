"""What mail servers write back about our mails: at the mail, at the client, and on the suppression list."""

from collections.abc import Callable

import pytest

from tembea.inbox.notices import read_notice
from tembea.inbox.service import receive
from tembea.notifications import ReportKind
from tests.app_fixtures import Agency, Platform
from tests.inbox.desk import Desk, Json, new_desk
from tests.inbox.mails import mail
from tests.notifications.letters import letter, life, queue
from tests.notifications.notice_mails import headers_only, notice, whole_message

ASKS = "Please quote Zanzibar from 3 to 10 August 2027 for two adults.\n\nThanks\nNaledi"


@pytest.fixture
async def desk(platform: Platform) -> Desk:
    return await new_desk(platform)


async def quoted(desk: Desk) -> Json:
    """An enquiry whose quote was sent; with its mail's life."""
    await desk.receives(mail(text=ASKS))
    enquiry = await desk.only()
    (sent,) = (await desk.agency.consultant.get("/api/v1/mail", params={"quote_id": enquiry["quote_id"]})).json()[
        "items"
    ]
    return {"enquiry": enquiry, "mail": sent}


async def timeline(desk: Desk, client_id: str) -> list[Json]:
    answer = await desk.agency.consultant.get(f"/api/v1/crm/clients/{client_id}/timeline")
    return [event for event in answer.json()["items"] if event["kind"].startswith("mail.")]


async def suppressed(agency: Agency) -> list[tuple[str, str]]:
    items = (await agency.consultant.get("/api/v1/mail/suppressions")).json()["items"]
    return [(entry["address"], entry["reason"]) for entry in items]


@pytest.mark.parametrize("returned", [whole_message, headers_only])
async def test_a_hard_bounce_reaches_quote_client_and_suppression_list(
    desk: Desk, returned: Callable[[str], str]
) -> None:
    case = await quoted(desk)
    await desk.receives(notice(returned(case["mail"]["message_id"])), envelope_from="")

    shown = await life(desk.agency, case["mail"]["id"])
    assert (shown["status"], shown["delivery_state"]) == ("sent", "bounced")
    assert shown["delivery_detail"] == "5.1.1 550 5.1.1 no such user"
    assert [(one["kind"], one["permanent"]) for one in shown["reports"]] == [("bounced", True)]
    (event,) = await timeline(desk, case["enquiry"]["client_id"])
    assert event["title"] == "A mail to naledi@example.net could not be delivered"
    assert event["link"] == f"/quotes/{case['enquiry']['quote_id']}"
    assert await suppressed(desk.agency) == [("naledi@example.net", "bounce")]
    assert (await desk.only())["status"] == "needs_review"


async def test_the_next_mail_to_a_bounced_address_is_not_sent(desk: Desk) -> None:
    case = await quoted(desk)
    await desk.receives(notice(whole_message(case["mail"]["message_id"])), envelope_from="")
    again = await queue(desk.platform, desk.agency, letter("naledi@example.net"))
    await desk.platform.run_jobs()

    shown = await life(desk.agency, again)
    assert (shown["status"], "550 5.1.1 no such user" in shown["last_error"]) == ("failed", True)


@pytest.mark.parametrize("status", ["4.4.7", "5.2.2", "5.7.1"])
async def test_a_bounce_that_may_pass_is_noted_only(desk: Desk, status: str) -> None:
    case = await quoted(desk)
    raw = notice(whole_message(case["mail"]["message_id"]), status=status, diagnostic="mailbox full")
    await desk.receives(raw, envelope_from="")

    assert (await life(desk.agency, case["mail"]["id"]))["delivery_state"] == "bounced"
    assert await suppressed(desk.agency) == []


async def test_a_delay_is_noted_and_bothers_nobody(desk: Desk) -> None:
    case = await quoted(desk)
    raw = notice(whole_message(case["mail"]["message_id"]), action="delayed", status="4.4.1", diagnostic="try later")
    await desk.receives(raw, envelope_from="")

    assert (await life(desk.agency, case["mail"]["id"]))["delivery_state"] == "deferred"
    assert (await desk.only())["status"] == case["enquiry"]["status"] == "quoted"
    assert await timeline(desk, case["enquiry"]["client_id"]) == []


async def test_the_same_notice_twice_is_one_report(desk: Desk) -> None:
    case = await quoted(desk)
    for _ in range(2):
        await desk.receives(notice(whole_message(case["mail"]["message_id"])), envelope_from="")

    assert len((await life(desk.agency, case["mail"]["id"]))["reports"]) == 1
    assert len(await timeline(desk, case["enquiry"]["client_id"])) == 1


async def test_whatever_recipient_a_notice_names_only_ours_is_suppressed(desk: Desk) -> None:
    case = await quoted(desk)
    raw = notice(whole_message(case["mail"]["message_id"]), recipient="somebody.else@example.org")
    await desk.receives(raw, envelope_from="")

    assert await suppressed(desk.agency) == [("naledi@example.net", "bounce")]


async def test_a_mail_without_an_enquiry_bounces_without_making_one(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    await platform.run_jobs()
    raw = notice(whole_message((await life(agency, mail_id))["message_id"]))
    domain = platform.settings.inbound_domain
    await receive(
        platform.db,
        raw=raw,
        recipient="quotes@savanna-trails.example",
        envelope_from="",
        source="smtp",
        inbound_domain=domain,
    )
    await platform.run_jobs()

    assert (await life(agency, mail_id))["delivery_state"] == "bounced"
    assert (await agency.consultant.get("/api/v1/enquiries")).json()["items"] == []


async def test_a_notice_about_another_agencys_mail_changes_nothing(desk: Desk, other_agency: Agency) -> None:
    theirs = await queue(desk.platform, other_agency)
    await desk.platform.run_jobs()
    shown = await life(other_agency, theirs)
    await desk.receives(notice(whole_message(shown["message_id"])), envelope_from="")

    assert await life(other_agency, theirs) == shown
    assert await suppressed(other_agency) == await suppressed(desk.agency) == []
    assert len(await desk.enquiries()) == 1


def test_a_notice_that_returns_nothing_is_found_by_its_thread() -> None:
    raw = notice("Content-Type: text/plain\n\nnothing").replace(
        b"Auto-Sub", b"References: <ours@x.example>\r\nAuto-Sub"
    )
    found = read_notice(raw)

    assert found is not None
    assert (found.message_ids, found.kind, found.permanent) == (("<ours@x.example>",), ReportKind.BOUNCED, True)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"delivery-status",
        mail(text="delivery-status"),
        notice("Content-Type: text/plain\n\nnothing"),
        notice(whole_message("<a@b.example>"), action="sings"),
        notice(whole_message("<a@b.example>")).replace(b"report-type=delivery-status", b"report-type=disposition"),
        notice(whole_message("<a@b.example>"))[:600],
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"
        + b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" * 4_000,
        notice(whole_message("<a@b.example>")).replace(b"--b1\r\nContent-Type: message/delivery-status", b""),
    ],
)
def test_whatever_is_no_notice_is_none_and_raises_nothing(raw: bytes) -> None:
    assert read_notice(raw) is None
