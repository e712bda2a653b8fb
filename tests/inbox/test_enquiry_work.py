"""Whose an enquiry is, when it comes back, and what corrections are good for."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from tembea.inbox import read_corrections, work
from tembea.kernel.context import Role
from tembea.quotes.trip import Kind
from tembea.tenants import is_working_day, next_working_day, working_days_ago
from tembea.tenants.config import WorkingDays
from tembea.users import create_user
from tests.app_fixtures import PASSWORD, Agency, Platform
from tests.inbox.desk import COMPLETE, INCOMPLETE, Desk, desk, new_desk
from tests.inbox.mails import mail

__all__ = ["desk"]


async def arrive(desk: Desk, count: int, start: int = 0) -> list[str | None]:
    for number in range(start, start + count):
        sender = f"Guest {number} <guest{number}@example.net>"
        await desk.takes_in(mail(text=INCOMPLETE, sender=sender, message_id=f"<{number}@example.net>"))
        await desk.platform.run_jobs()
    return [one["assignee_name"] for one in reversed((await desk.enquiries())[:count])]


async def test_consultants_take_turns_and_the_absent_are_passed_over(desk: Desk, other_agency: Agency) -> None:
    async with desk.platform.db.tx(desk.agency.ctx) as tx:
        email = "thandi@savanna-trails.example"
        await create_user(tx, email=email, name="Thandi Nkosi", role=Role.CONSULTANT, password=PASSWORD)
    assert await arrive(desk, 3) == ["Consultant Person", "Thandi Nkosi", "Consultant Person"]
    http = desk.agency.consultant
    people = {one["name"]: one["id"] for one in (await http.get("/api/v1/colleagues")).json()["items"]}
    today = datetime.now(UTC).date()
    away = {"user_id": people["Consultant Person"], "first_day": str(today), "last_day": str(today + timedelta(10))}
    added = await http.post("/api/v1/absences", json=away)
    assert added.status_code == 201, added.text
    assert await arrive(desk, 2, start=3) == ["Thandi Nkosi", "Thandi Nkosi"]

    backwards = await http.post("/api/v1/absences", json={**away, "last_day": "2020-01-01"})
    assert (backwards.status_code, backwards.json()["errors"][0]["loc"]) == (422, "body.last_day")
    crossing = await other_agency.admin.delete(f"/api/v1/absences/{added.json()['id']}")
    assert crossing.status_code == 404
    assert [one["user_name"] for one in (await http.get("/api/v1/absences")).json()["items"]] == ["Consultant Person"]
    assert (await http.delete(f"/api/v1/absences/{added.json()['id']}")).status_code == 204
    assert await arrive(desk, 1, start=5) == ["Consultant Person"]


async def test_an_enquiry_is_assigned_snoozed_and_comes_back(desk: Desk, other_agency: Agency) -> None:
    await desk.receives(mail(text=INCOMPLETE))
    enquiry = await desk.only()
    http = desk.agency.consultant
    people = {one["name"]: one["id"] for one in (await http.get("/api/v1/colleagues")).json()["items"]}
    assigned = await desk.post(enquiry["id"], "assign", {"user_id": people["Consultant Person"]})
    assert assigned["assignee_name"] == "Consultant Person"
    assert len(await desk.enquiries(assignee_id=people["Consultant Person"])) == 1
    stranger = await http.post(f"/api/v1/enquiries/{enquiry['id']}/assign", json={"user_id": str(UUID(int=7))})
    assert (stranger.status_code, stranger.json()["errors"][0]["loc"]) == (422, "body.user_id")
    for step, body in (("assign", {"user_id": None}), ("snooze", {"until": None})):
        crossing = await other_agency.admin.post(f"/api/v1/enquiries/{enquiry['id']}/{step}", json=body)
        assert crossing.status_code == 404

    soon = datetime.now(UTC) + timedelta(seconds=1)
    past = await http.post(f"/api/v1/enquiries/{enquiry['id']}/snooze", json={"until": "2020-01-01T00:00:00Z"})
    assert past.status_code == 422
    await desk.post(enquiry["id"], "snooze", {"until": (soon + timedelta(hours=1)).isoformat()})
    assert (len(await desk.enquiries(snoozed="true")), len(await desk.enquiries(snoozed="false"))) == (1, 0)
    await work.wake_enquiries(desk.agency.ctx, desk.platform.db)
    assert len(await desk.enquiries(snoozed="true")) == 1
    async with desk.platform.db.tx(desk.agency.ctx) as tx:
        await tx.execute("update enquiries set snoozed_until = now() - interval '1 second'")
    await work.wake_enquiries(desk.agency.ctx, desk.platform.db)
    assert len(await desk.enquiries(snoozed="false")) == 1

    await desk.post(enquiry["id"], "snooze", {"until": (soon + timedelta(hours=1)).isoformat()})
    again = mail(text="Two adults.", message_id="<2@example.net>", In_Reply_To="<first@example.net>")
    await desk.receives(again)
    assert (await desk.only())["snoozed_until"] is None


async def test_corrections_are_kept_as_evaluation_data(desk: Desk) -> None:
    await desk.receives(mail(text=INCOMPLETE))
    enquiry = await desk.only()
    for nights in (5, 7):
        correction = {"trip_request": {"check_in": "2027-08-03", "nights": nights, "adults": 2}}
        await desk.agency.consultant.patch(f"/api/v1/enquiries/{enquiry['id']}", json=correction)
    async with desk.platform.db.read(desk.agency.ctx) as read:
        (record,) = await read_corrections(read)
    assert record["from"] == "Naledi Moeketsi <naledi@example.net>"
    assert record["body"] == enquiry["body_text"]
    assert isinstance(record["expected"], dict)
    assert (record["expected"]["nights"], record["tags"]) == (7, ["corrected", "lang:en"])
    json.dumps(record)


async def test_a_bound_on_the_amount_keeps_a_dear_quote_back(desk: Desk) -> None:
    async with desk.platform.db.tx(desk.agency.ctx) as tx:
        await tx.execute(
            "update tenants set settings = jsonb_set(settings, '{quotes,auto_send_up_to}', '\"12000\"'),"
            " settings_version = settings_version + 1"
        )
    await desk.receives(mail(text=COMPLETE))
    assert "An option costs more than" in (await desk.only())["reasons"][0]
    assert await desk.sent() == []


async def test_an_enquiry_is_of_a_kind_that_can_be_shown(desk: Desk) -> None:
    await desk.receives(mail(text=INCOMPLETE))
    enquiry_id = (await desk.only())["id"]

    async def is_now(kind: str) -> str:
        async with desk.platform.db.tx(desk.agency.ctx) as tx:
            await tx.execute(
                "update enquiries set kind = %s where tenant_id = %s and id = %s",
                [kind, desk.agency.key.tenant_id, enquiry_id],
            )
        return (await desk.enquiry(enquiry_id))["kind"]

    assert [await is_now(kind) for kind in Kind] == list(Kind)
    with pytest.raises(psycopg.errors.CheckViolation):
        await is_now("postcard")
    assert (await desk.only())["kind"] == list(Kind)[-1]


async def test_a_bound_on_the_certainty_keeps_back_what_was_not_surely_understood(platform: Platform) -> None:
    sure = await new_desk(platform, quotes={"auto_send": True, "auto_send_confidence": 0.3})
    unsure = await new_desk(platform, "careful-trails", quotes={"auto_send": True, "auto_send_confidence": 1})
    for agency in (sure, unsure):
        misspelt = COMPLETE.replace("Zanzibar", "Zanzibarr")
        await agency.receives(mail(subject="A trip", text=misspelt, to=agency.address))
    assert 0.3 <= (await unsure.only())["confidence"] < 1
    assert len(await sure.sent()) == 1
    assert await unsure.sent() == []
    assert (await unsure.only())["reasons"] == [
        "The enquiry was not understood surely enough to send the quote by itself."
    ]


async def test_the_question_goes_by_itself_where_the_agency_wants_it_and_once_a_conversation(
    platform: Platform,
) -> None:
    desk = await new_desk(platform, inbox={"ask_by_mail": True})
    await desk.receives(mail(text=INCOMPLETE))
    (question,) = await desk.sent()
    assert (question["kind"], question["in_reply_to"]) == ("clarification", "<first@example.net>")

    more = {"message_id": "<second@example.net>", "In_Reply_To": str(question["message_id"])}
    await desk.receives(mail(text="We are two adults.\n\nNaledi", **more))

    enquiry = await desk.only()
    assert (enquiry["status"], enquiry["missing"]) == ("waiting_for_customer", ["dates"])
    assert (enquiry["thread"][-1]["kind"], enquiry["thread"][-1]["status"]) == ("clarification", "draft")
    assert len(await desk.sent()) == 1


@pytest.mark.parametrize(
    "quotes", [{"auto_send": False}, {"auto_send": True, "auto_send_confidence": 1}], ids=["by hand", "unsure"]
)
async def test_the_question_waits_where_a_quote_would(platform: Platform, quotes: dict[str, object]) -> None:
    desk = await new_desk(platform, quotes=quotes, inbox={"ask_by_mail": True})
    await desk.receives(mail(text=INCOMPLETE))
    assert ((await desk.only())["thread"][-1]["status"], await desk.sent()) == ("draft", [])


def test_working_days() -> None:
    working = WorkingDays(holidays=(date(2026, 12, 25),))
    assert not is_working_day(working, date(2026, 12, 25))
    assert next_working_day(working, date(2026, 12, 25)) == date(2026, 12, 28)
    assert next_working_day(working, date(2026, 12, 24)) == date(2026, 12, 24)
    assert working_days_ago(working, date(2026, 12, 29), 2) == date(2026, 12, 24)
