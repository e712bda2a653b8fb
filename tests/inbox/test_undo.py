"""A mail that waits before it leaves: taken back or let go, never both, and its quote is sent only with it."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import Response

from tembea.kernel.errors import AppError
from tembea.notifications import TooLateToUndo
from tembea.notifications.holding import release_mail, take_back_mail
from tembea.quotes.delivery import deliver_quote, release_quote
from tembea.tenants import TenantConfig
from tests.app_fixtures import Agency, Platform, agency_config
from tests.inbox.desk import COMPLETE, INCOMPLETE, Desk, new_desk
from tests.inbox.mails import mail
from tests.quotes.quotes_factories import generated, step, three_hotels

Json = dict[str, Any]
SLUG = "second-thoughts"


def config(window_s: int = 300, **settings: object) -> dict[str, object]:
    plain = agency_config(SLUG).model_dump(mode="json")
    return {**plain, "mail": {**plain["mail"], "undo_window_s": window_s}, **settings}


@pytest.fixture
async def agency(platform: Platform) -> Agency:
    made = await platform.new_agency(SLUG, TenantConfig.model_validate(config()))
    await three_hotels(made)
    return made


@pytest.fixture
async def desk(platform: Platform) -> Desk:
    return await new_desk(platform, SLUG, mail=config()["mail"])


async def mails(agency: Agency, **query: str) -> list[Json]:
    answer = await agency.consultant.get("/api/v1/mail", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def undo(agency: Agency, mail_id: object) -> Response:
    return await agency.consultant.post(f"/api/v1/mail/{mail_id}/undo")


async def quote_of(agency: Agency, quote_id: object) -> Json:
    return (await agency.consultant.get(f"/api/v1/quotes/{quote_id}")).json()


async def time_comes(platform: Platform, agency: Agency) -> None:
    """As if the window had passed, for whatever waits."""
    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute("update outgoing_mails set leaves_at = now() - interval '1 s' where status = 'held'")
        await tx.execute("update procrastinate_jobs set scheduled_at = now() where status = 'todo'")


async def used(platform: Platform, agency: Agency) -> int:
    async with platform.db.read(agency.ctx) as read:
        return await read.value(int, "select used from usage_counters where name = 'daily_emails'") or 0


async def audited(platform: Platform, agency: Agency) -> list[object]:
    query = "select action from audit_entries where action like %s order by at, id"
    async with platform.db.read(agency.ctx) as read:
        return [row["action"] for row in await read.rows(query, ["%undone"])]


async def timeline(agency: Agency, client_id: object) -> list[str]:
    answer = await agency.consultant.get(f"/api/v1/crm/clients/{client_id}/timeline")
    return [event["kind"] for event in answer.json()["items"]]


async def held_quote(platform: Platform, agency: Agency) -> tuple[Json, Json]:
    """A quote whose mail waits, and the mail."""
    quote: Json = dict(await generated(agency, send=True))
    await platform.run_jobs()
    (waiting,) = await mails(agency, quote_id=str(quote["id"]), status="held")
    return quote, waiting


async def test_a_quote_is_sent_when_its_mail_leaves_and_not_before(platform: Platform, agency: Agency) -> None:
    quote, waiting = await held_quote(platform, agency)
    before = await quote_of(agency, quote["id"])
    assert (before["status"], before["sent_at"]) == ("draft", None)
    assert before["leaves_at"] == waiting["leaves_at"] == quote["leaves_at"]
    assert "quote.sent" not in await timeline(agency, quote["client_id"])

    await time_comes(platform, agency)
    await platform.run_jobs()

    after = await quote_of(agency, quote["id"])
    (sent,) = await mails(agency)
    assert (after["status"], after["leaves_at"], sent["status"]) == ("sent", None, "sent")
    assert (await timeline(agency, quote["client_id"])).count("quote.sent") == 1
    assert await used(platform, agency) == 1
    answer = await undo(agency, sent["id"])
    assert (answer.status_code, answer.json()["code"]) == (409, "too_late_to_undo")
    assert (await step(agency, quote, "undo-send")).json()["code"] == "too_late_to_undo"


async def test_a_quotes_mail_that_is_taken_back_leaves_a_draft_that_can_be_changed_and_sent(
    platform: Platform, agency: Agency
) -> None:
    quote, waiting = await held_quote(platform, agency)
    path = f"/api/v1/quotes/{quote['id']}"
    refused = await agency.consultant.patch(path, json={"cover_text": "Other words."})
    assert (refused.status_code, refused.json()["code"]) == (409, "invalid_transition")

    answer = await undo(agency, waiting["id"])
    assert (answer.status_code, answer.json()["status"]) == (200, "discarded")
    await time_comes(platform, agency)
    await platform.run_jobs()

    back = await quote_of(agency, quote["id"])
    assert (back["status"], back["send_requested_at"], back["leaves_at"]) == ("draft", None, None)
    assert await used(platform, agency) == 0
    assert await audited(platform, agency) == ["mail.undone", "quote.send_undone"]
    assert "quote.undone" in await timeline(agency, quote["client_id"])
    assert (await undo(agency, waiting["id"])).status_code == 409

    assert (await agency.consultant.patch(path, json={"cover_text": "Other words."})).status_code == 200
    await step(agency, quote, "send")
    await platform.run_jobs()
    await time_comes(platform, agency)
    await platform.run_jobs()
    assert [one["status"] for one in await mails(agency)] == ["sent", "discarded"]
    assert (await quote_of(agency, quote["id"]))["status"] == "sent"
    assert await used(platform, agency) == 1


async def test_sending_is_taken_back_before_there_is_a_mail(platform: Platform, agency: Agency) -> None:
    quote = await generated(agency, send=True)

    answer = await step(agency, quote, "undo-send")
    await platform.run_jobs()

    assert (answer.status_code, answer.json()["send_requested_at"]) == (200, None)
    assert await mails(agency) == []
    assert (await step(agency, quote, "undo-send")).status_code == 409


async def test_a_resend_is_taken_back_and_the_quote_stays_sent(platform: Platform, agency: Agency) -> None:
    quote, _ = await held_quote(platform, agency)
    await time_comes(platform, agency)
    await platform.run_jobs()

    await step(agency, quote, "resend")
    await platform.run_jobs()
    assert (await step(agency, quote, "undo-send")).json()["status"] == "sent"
    await time_comes(platform, agency)
    await platform.run_jobs()
    assert [one["status"] for one in await mails(agency)] == ["discarded", "sent"]


async def test_however_often_sending_is_asked_for_one_mail_waits(platform: Platform, agency: Agency) -> None:
    quote = await generated(agency, send=True)
    await step(agency, quote, "send")
    many = (deliver_quote(agency.ctx, platform.db, quote_id=UUID(str(quote["id"])), delivery=1) for _ in range(4))
    await asyncio.gather(*many)
    await platform.run_jobs()

    assert [one["status"] for one in await mails(agency)] == ["held"]


async def test_cancelling_takes_the_mail_back(platform: Platform, agency: Agency) -> None:
    quote, _ = await held_quote(platform, agency)
    await step(agency, quote, "cancel")
    await time_comes(platform, agency)
    await platform.run_jobs()

    assert [one["status"] for one in await mails(agency)] == ["discarded"]
    assert (await quote_of(agency, quote["id"]))["status"] == "cancelled"
    assert await used(platform, agency) == 0


async def test_of_undo_and_leaving_at_once_exactly_one_happens(platform: Platform, agency: Agency) -> None:
    outcomes: list[tuple[bool, str, str]] = []
    for turn in range(6):
        quote, waiting = await held_quote(platform, agency)
        await time_comes(platform, agency)
        both = [undo(agency, waiting["id"]), release_quote(agency.ctx, platform.db, mail_id=UUID(waiting["id"]))]
        done = await asyncio.gather(*(both if turn % 2 else both[::-1]))
        answer = next(one for one in done if one is not None)
        await platform.run_jobs()
        after = await agency.consultant.get(f"/api/v1/mail/{waiting['id']}")
        status = (await quote_of(agency, quote["id"]))["status"]
        outcomes.append((answer.status_code == 200, after.json()["status"], status))

    assert set(outcomes) <= {(True, "discarded", "draft"), (False, "sent", "sent")}
    assert await used(platform, agency) == [won for won, _, _ in outcomes].count(False)


async def test_the_row_decides_between_undo_and_leaving(platform: Platform, agency: Agency) -> None:
    _, waiting = await held_quote(platform, agency)
    await time_comes(platform, agency)
    mail_id, locked, go_on = UUID(waiting["id"]), asyncio.Event(), asyncio.Event()

    async def leaves() -> None:
        async with platform.db.tx(agency.ctx) as tx:
            assert await release_mail(tx, mail_id)
            locked.set()
            await go_on.wait()

    async def is_taken_back() -> None:
        await locked.wait()
        async with platform.db.tx(agency.ctx) as tx:
            asyncio.get_running_loop().call_later(0.2, go_on.set)
            await take_back_mail(tx, mail_id)

    results = await asyncio.gather(leaves(), is_taken_back(), return_exceptions=True)
    assert results[0] is None
    assert isinstance(results[1], TooLateToUndo | AppError)


async def test_a_reply_that_is_taken_back_is_a_draft_with_its_words(desk: Desk) -> None:
    await desk.receives(mail(text=INCOMPLETE))
    enquiry = await desk.only()
    await desk.post(enquiry["id"], "reply", {"text": "When would you like to go?"})
    (waiting,) = await mails(desk.agency, status="held")
    assert (await desk.enquiry(enquiry["id"]))["status"] == "waiting_for_customer"

    answer = await undo(desk.agency, waiting["id"])
    assert (answer.status_code, answer.json()["status"]) == (200, "draft")
    back = await desk.enquiry(enquiry["id"])
    assert (back["status"], len(back["reasons"])) == ("needs_review", 1)
    assert "mail.undone" in await timeline(desk.agency, back["client_id"])
    assert await used(desk.platform, desk.agency) == 0

    await desk.post(enquiry["id"], "reply", {})
    await time_comes(desk.platform, desk.agency)
    await desk.platform.run_jobs()
    (sent,) = await desk.sent()
    assert "When would you like to go?" in str(sent["body_text"])


async def test_an_enquirys_own_quote_waits_and_is_taken_back(desk: Desk) -> None:
    await desk.receives(mail(text=COMPLETE))
    (waiting,) = await mails(desk.agency, status="held")

    assert (await undo(desk.agency, waiting["id"])).status_code == 200
    enquiry = await desk.only()
    assert enquiry["status"] == "quoted"
    assert (await quote_of(desk.agency, enquiry["quote_id"]))["status"] == "draft"


async def test_without_a_window_nothing_waits(platform: Platform) -> None:
    quick = await platform.new_agency("quick-agency")
    await three_hotels(quick)
    quote = await generated(quick, send=True)
    assert dict(quote)["leaves_at"] is None
    await platform.run_jobs()
    assert [one["status"] for one in await mails(quick)] == ["sent"]
    assert (await step(quick, quote, "undo-send")).status_code == 409


async def test_nobody_takes_back_another_agencys_mail(platform: Platform, agency: Agency, other_agency: Agency) -> None:
    _, waiting = await held_quote(platform, agency)
    assert (await undo(other_agency, waiting["id"])).status_code == 404
    assert (await undo(agency, uuid4())).status_code == 404
    assert (await platform.anonymous.post(f"/api/v1/mail/{waiting['id']}/undo")).status_code == 401
    assert [one["status"] for one in await mails(agency)] == ["held"]


@pytest.mark.parametrize("window_s", [-1, 301])
def test_a_window_has_bounds(window_s: int) -> None:
    with pytest.raises(ValueError, match="undo_window_s"):
        TenantConfig.model_validate(config(window_s))
