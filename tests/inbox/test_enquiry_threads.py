"""What a customer's word on a quote does: a yes accepts, a change makes the next version, the rest goes to a person."""

import pytest

from tembea.inbox.choice import chosen_option
from tests.app_fixtures import Platform
from tests.inbox.desk import COMPLETE, Desk, Json, desk, new_desk
from tests.inbox.mails import mail

__all__ = ["desk"]


async def quoted(desk: Desk) -> Json:
    await desk.receives(mail(text=COMPLETE))
    return (await desk.sent())[-1]


async def answers(desk: Desk, sent: Json, text: str, **more: str) -> Json:
    raw = mail(
        **{
            "text": text,
            "subject": f"Re: {sent['subject']}",
            "message_id": f"<{abs(hash(text))}@example.net>",
            "In_Reply_To": str(sent["message_id"]),
            **more,
        }
    )
    await desk.receives(raw)
    return await desk.only()


async def quote_of(desk: Desk, enquiry: Json) -> Json:
    return (await desk.agency.consultant.get(f"/api/v1/quotes/{enquiry['quote_id']}")).json()


async def stage(desk: Desk, enquiry: Json) -> str:
    return (await desk.agency.consultant.get(f"/api/v1/crm/clients/{enquiry['client_id']}")).json()["stage"]


async def test_yes_to_an_option_accepts_the_quote_with_it(desk: Desk) -> None:
    sent = await quoted(desk)
    enquiry = await answers(desk, sent, "Yes, option 2 please. We accept your quote.")

    quote = await quote_of(desk, enquiry)
    assert (quote["status"], quote["selected_option_id"]) == ("accepted", quote["options"][1]["id"])
    assert (enquiry["status"], enquiry["kind"], await stage(desk, enquiry)) == ("quoted", "reply_accept", "BOOKED")
    assert enquiry["reasons"] == [f"Accepted by mail: option 2, {quote['options'][1]['hotel']['name']}."]
    assert len(await desk.sent()) == 1

    again = await answers(desk, sent, "As I wrote: yes, option 2 please, we accept your quote.")
    assert (again["status"], (await quote_of(desk, again))["status"]) == ("quoted", "accepted")


@pytest.mark.parametrize(
    ("more", "doubt"),
    [
        ({"sender": "Mallory <mallory@example.org>"}, "does not come from the quote's customer"),
        ({"text": "Yes please, we accept your quote."}, "does not say to which option"),
        ({"In_Reply_To": "<first@example.net>"}, "does not answer a mail of yours"),
    ],
    ids=["stranger", "no-option", "no-mail-of-ours"],
)
async def test_a_yes_in_doubt_waits_for_a_person(desk: Desk, more: dict[str, str], doubt: str) -> None:
    enquiry = await answers(
        desk, await quoted(desk), **({"text": "Yes, option 2 please. We accept your quote."} | more)
    )

    assert (enquiry["status"], enquiry["kind"]) == ("needs_review", "reply_accept")
    assert doubt in enquiry["reasons"][0]
    assert ((await quote_of(desk, enquiry))["status"], await stage(desk, enquiry)) == ("sent", "QUOTED")


async def test_an_agency_may_keep_acceptances_to_itself(platform: Platform) -> None:
    desk = await new_desk(platform, inbox={"accept_by_mail": False, "revise_by_mail": False})
    sent = await quoted(desk)
    enquiry = await answers(desk, sent, "Yes, option 2 please. We accept your quote.")
    assert (enquiry["status"], (await quote_of(desk, enquiry))["status"]) == ("needs_review", "sent")

    enquiry = await answers(desk, sent, "Thank you. Could you please change it to 10 nights?")
    assert (enquiry["status"], enquiry["reasons"]) == ("needs_review", ["The customer wants a change."])
    assert (await stage(desk, enquiry), len(await desk.sent())) == ("NEGOTIATING", 1)


async def test_a_change_becomes_the_next_version(desk: Desk) -> None:
    sent = await quoted(desk)
    first = await desk.only()
    enquiry = await answers(desk, sent, "Thank you. Could you please change it to 10 nights?")

    assert (enquiry["status"], enquiry["kind"], await stage(desk, enquiry)) == (
        "quoted",
        "change_request",
        "NEGOTIATING",
    )
    revision, before = await quote_of(desk, enquiry), await quote_of(desk, first)
    assert (revision["number"], revision["version"], revision["nights"]) == (before["number"], 2, 10)
    assert (revision["status"], before["status"]) == ("sent", "revised")
    mails = await desk.sent()
    assert [one["kind"] for one in mails] == ["quote", "quote"]
    assert mails[1]["in_reply_to"].startswith("<")

    accepted = await answers(desk, mails[1], "Lovely. Yes, option 1 please, we accept your quote.")
    assert (await quote_of(desk, accepted))["status"] == "accepted"
    late = await answers(desk, mails[1], "Could you please change it to 12 nights?")
    assert (late["status"], len(await desk.sent())) == ("needs_review", 2)
    assert late["reasons"] == ["The customer wants a change. The quote is accepted."]


async def test_an_agency_that_approves_by_hand_gets_the_next_version_as_a_draft(platform: Platform) -> None:
    desk = await new_desk(platform, quotes={"auto_send": False})
    await desk.receives(mail(text=COMPLETE))
    first = await desk.only()
    await desk.agency.consultant.post(f"/api/v1/quotes/{first['quote_id']}/send")
    await desk.platform.run_jobs()
    enquiry = await answers(desk, (await desk.sent())[0], "Could you please change it to 10 nights?")

    revision = await quote_of(desk, enquiry)
    assert (revision["version"], revision["status"], (await quote_of(desk, first))["status"]) == (2, "draft", "sent")
    again = await answers(desk, (await desk.sent())[0], "Sorry, please change it to 9 nights.")
    third = await quote_of(desk, again)
    assert (third["version"], third["nights"], (await quote_of(desk, enquiry))["status"]) == (3, 9, "cancelled")
    await desk.agency.consultant.post(f"/api/v1/quotes/{third['id']}/send")
    await desk.platform.run_jobs()
    assert (await quote_of(desk, first))["status"] == "revised"


async def test_a_quote_number_in_the_subject_finds_the_conversation_for_its_customer_alone(desk: Desk) -> None:
    await quoted(desk)
    enquiry = await desk.only()
    number = (await quote_of(desk, enquiry))["number"]
    await desk.receives(mail(subject=f"About {number}", text="When is check-in?", message_id="<new@example.net>"))
    assert len((await desk.only())["thread"]) == 3

    stranger = mail(
        subject=f"About {number}", text="Hello", message_id="<x@example.org>", sender="M <mallory@example.org>"
    )
    await desk.receives(stranger, envelope_from="mallory@example.org")
    assert len(await desk.enquiries()) == 2
    assert len((await desk.enquiry(enquiry["id"]))["thread"]) == 3


async def test_staff_revise_a_quote_at_todays_prices(desk: Desk) -> None:
    await quoted(desk)
    quote = await quote_of(desk, await desk.only())
    path = f"/api/v1/quotes/{quote['id']}/revise"
    answer = await desk.agency.consultant.post(path)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["number"], answer.json()["version"], answer.json()["status"]) == (quote["number"], 2, "draft")
    older = await desk.agency.consultant.post(path)
    assert (older.status_code, older.json()["code"]) == (409, "invalid_transition")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Yes, option 2 please", 1),
        ("We take the second option.", 1),
        ("Ja, Vorschlag 1 bitte", 0),
        ("Ons vat opsie 2", 1),
        ("Nous prenons la proposition n° 2", 1),
        ("Palm House sounds perfect, please book it", 1),
        ("Not option 1, rather option 2", None),
        ("Option 4 please", None),
        ("Yes please, all good", None),
    ],
)
def test_the_option_that_is_meant(text: str, wanted: int | None) -> None:
    assert chosen_option(text, ["Coral Lodge", "Palm House"]) == wanted
