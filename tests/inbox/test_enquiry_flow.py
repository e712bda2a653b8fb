"""From a mail at the door to the quote, the question or the person: the whole way, through the real queue."""

import asyncio

import pytest

from tembea.inbox import handling
from tests.app_fixtures import Platform
from tests.inbox.desk import COMPLETE, INCOMPLETE, Desk, Json, desk, new_desk
from tests.inbox.mails import mail

__all__ = ["desk"]


async def test_a_complete_enquiry_is_answered_with_its_quote(desk: Desk) -> None:
    await desk.receives(mail(text=COMPLETE))

    enquiry = await desk.only()
    assert (enquiry["status"], enquiry["kind"], enquiry["missing"]) == ("quoted", "new_enquiry", [])
    assert enquiry["trip_request"]["destinations"] == ["Zanzibar"]
    quote = (await desk.agency.consultant.get(f"/api/v1/quotes/{enquiry['quote_id']}")).json()
    assert quote["status"] == "sent"
    assert [option["hotel"]["name"] for option in quote["options"]]
    (sent,) = await desk.sent()
    assert (sent["kind"], sent["to_address"]) == ("quote", "naledi@example.net")
    assert sent["in_reply_to"] == "<first@example.net>"
    assert [file["content_type"] for file in sent["attachments"]] == ["application/pdf"]
    client = (await desk.agency.consultant.get(f"/api/v1/crm/clients/{enquiry['client_id']}")).json()
    assert (client["name"], client["stage"]) == ("Naledi Moeketsi", "QUOTED")
    assert [(entry["direction"], entry["kind"], entry["status"]) for entry in enquiry["thread"]] == [
        ("in", "message", "received"),
        ("out", "quote", "sent"),
    ]


async def test_every_field_shows_the_words_it_was_read_from(desk: Desk) -> None:
    await desk.receives(mail(text=COMPLETE))

    enquiry = await desk.only()
    for entry in enquiry["evidence"].values():
        if entry["start"] is not None:
            assert enquiry["body_text"][entry["start"] : entry["end"]] == entry["text"]
    assert {"destinations", "check_in", "adults"} <= enquiry["evidence"].keys()


async def test_a_repeated_job_does_everything_once(desk: Desk) -> None:
    receipt = await desk.receives(mail(text=COMPLETE))
    assert receipt.enquiry_id
    for _ in range(3):
        await handling.understand_enquiry(desk.agency.ctx, desk.platform.db, receipt.enquiry_id, desk.platform.settings)
    await desk.receives(mail(text=COMPLETE))
    await desk.platform.run_jobs()

    assert (await desk.count("quotes"), await desk.count("clients"), len(await desk.sent())) == (1, 1, 1)
    assert (await desk.only())["status"] == "quoted"


async def test_several_workers_at_once_make_one_quote(desk: Desk) -> None:
    receipt = await desk.receives(mail(text=INCOMPLETE))
    assert receipt.enquiry_id
    answer = mail(
        text="We are two adults, from 3 to 10 August 2027.", message_id="<2@x>", References="<first@example.net>"
    )
    await desk.takes_in(answer)
    working = [
        handling.understand_enquiry(desk.agency.ctx, desk.platform.db, receipt.enquiry_id, desk.platform.settings)
        for _ in range(4)
    ]
    await asyncio.gather(*working)
    await desk.platform.run_jobs()

    assert (await desk.count("quotes"), await desk.count("clients"), len(await desk.sent())) == (1, 1, 1)
    assert (await desk.only())["status"] == "quoted"


@pytest.mark.parametrize("message_id", ["no-brackets", "<ä@example.net>", "<" + "x" * 2_000 + "@y>", "<a@b> <c@d>"])
async def test_a_strange_message_id_does_not_keep_the_answer_back(desk: Desk, message_id: str) -> None:
    raw = mail(text=COMPLETE, message_id=None)
    await desk.receives(f"Message-ID: {message_id}\r\n".encode() + raw)

    assert [sent["kind"] for sent in await desk.sent()] == ["quote"]


async def test_an_enquiry_that_was_read_before_a_crash_is_quoted_by_the_next_try(desk: Desk) -> None:
    receipt = await desk.receives(mail(text=INCOMPLETE))
    assert receipt.enquiry_id
    correction = {"trip_request": {"check_in": "2027-08-03", "nights": 7, "adults": 2}}
    await desk.agency.consultant.patch(f"/api/v1/enquiries/{receipt.enquiry_id}", json=correction)
    for _ in range(2):
        await handling.understand_enquiry(desk.agency.ctx, desk.platform.db, receipt.enquiry_id, desk.platform.settings)
    await desk.platform.run_jobs()

    assert (await desk.count("quotes"), len(await desk.sent())) == (1, 1)
    assert (await desk.only())["status"] == "quoted"


async def test_an_agency_that_approves_by_hand_gets_a_draft(platform: Platform) -> None:
    desk = await new_desk(platform, quotes={"auto_send": False})
    await desk.receives(mail(text=COMPLETE))

    enquiry = await desk.only()
    quote = (await desk.agency.consultant.get(f"/api/v1/quotes/{enquiry['quote_id']}")).json()
    assert (enquiry["status"], quote["status"], await desk.sent()) == ("quoted", "draft", [])
    assert enquiry["reasons"] == ["The quote waits for your approval."]


async def test_what_is_missing_is_asked_for_in_a_draft_and_nothing_else(desk: Desk) -> None:
    await desk.receives(mail(text="Hello, we would like to visit Zanzibar in August. Can you help?\n\nNaledi"))

    enquiry = await desk.only()
    assert enquiry["status"] == "waiting_for_customer"
    assert enquiry["missing"] == ["dates", "adults"]
    assert enquiry["quote_id"] is None
    assert await desk.sent() == []
    draft = enquiry["thread"][-1]
    assert (draft["kind"], draft["status"], draft["to"]) == ("clarification", "draft", "naledi@example.net")
    assert draft["subject"] == "Re: Zanzibar in August"
    assert "where" not in draft["text"].lower()


async def test_the_answer_in_the_thread_completes_the_enquiry(desk: Desk) -> None:
    await desk.receives(mail(text="Hello, we would like to visit Zanzibar. Can you help?\n\nNaledi"))
    asked = await desk.only()
    await desk.post(asked["id"], "reply", {})
    await desk.platform.run_jobs()
    (question,) = await desk.sent()

    answer = mail(
        text="From 3 to 10 August 2027, two adults.\n\nOn Monday you wrote:\n> When would you like to travel?",
        subject=f"Re: {question['subject']}",
        message_id="<second@example.net>",
        In_Reply_To=str(question["message_id"]),
    )
    await desk.receives(answer)

    enquiry = await desk.only()
    assert (enquiry["status"], enquiry["missing"]) == ("quoted", [])
    assert enquiry["trip_request"]["destinations"] == ["Zanzibar"]
    assert enquiry["trip_request"]["adults"] == 2
    question, quote = await desk.sent()
    assert (quote["kind"], quote["in_reply_to"]) == ("quote", "<second@example.net>")
    assert await desk.count("clients") == 1
    assert [entry["direction"] for entry in enquiry["thread"]] == ["in", "out", "in", "out"]


async def test_somebody_else_in_the_thread_does_not_become_the_customer(desk: Desk) -> None:
    await desk.receives(mail(text=INCOMPLETE))
    answer = mail(
        sender="Mallory <mallory@example.org>",
        text="From 3 to 10 August 2027, two adults. Please reply to mallory@example.org",
        message_id="<second@example.org>",
        In_Reply_To="<first@example.net>",
    )
    await desk.receives(answer, envelope_from="mallory@example.org")

    assert [sent["to_address"] for sent in await desk.sent()] == ["naledi@example.net"]


@pytest.mark.parametrize(
    ("sender", "asks"),
    [
        ("naledi@example.net", "Send it to boss@evil.example"),
        ("naledi@example.net", "Please reply to boss@evil.example"),
        ("naledi@gmail.com", "Name: The Boss\nEmail: boss@evil.example\nDestination: Zanzibar\nAdults: 2"),
    ],
)
async def test_the_words_of_a_mail_send_no_quote_to_somebody_else(desk: Desk, sender: str, asks: str) -> None:
    await desk.receives(
        mail(sender=f"Naledi <{sender}>", text=f"Two adults, Zanzibar, 3 to 10 August 2027. {asks}"),
        envelope_from=sender,
    )

    enquiry = await desk.only()
    assert enquiry["status"] == "quoted"
    assert {sent["to_address"] for sent in await desk.sent()} <= {sender}
    if enquiry["trip_request"]["customer_email"] == "boss@evil.example":
        assert "boss@evil.example" in enquiry["reasons"][0]


async def test_a_month_is_not_a_date(desk: Desk) -> None:
    await desk.receives(mail(text="Please quote Zanzibar in August 2027 for 7 nights, two adults.\n\nNaledi"))

    enquiry = await desk.only()
    assert (enquiry["status"], enquiry["missing"]) == ("waiting_for_customer", ["dates"])
    assert enquiry["trip_request"]["missing"] == []
    assert enquiry["trip_request"]["travel_month"] == "2027-08"


async def test_a_place_that_is_not_sold_waits_for_a_person(desk: Desk) -> None:
    await desk.receives(
        mail(subject="Bali", text="Please quote Bali from 3 to 10 August 2027 for two adults.\n\nNaledi")
    )

    enquiry = await desk.only()
    assert (enquiry["status"], await desk.sent()) == ("needs_review", [])
    assert enquiry["reasons"] == ["You do not sell this destination: Bali."]
    assert enquiry["client_id"]


async def test_a_trip_that_no_hotel_takes_waits_for_a_person(desk: Desk) -> None:
    text = "Please quote Cape Town from 3 to 10 August 2027 for two adults.\n\nNaledi"
    await desk.receives(mail(subject="Cape Town", text=text))

    enquiry = await desk.only()
    assert (enquiry["status"], enquiry["quote_id"], await desk.sent()) == ("needs_review", None, [])
    assert enquiry["reasons"]


MACHINES: list[tuple[dict[str, str], str]] = [
    ({"Auto_Submitted": "auto-replied (vacation)"}, "a@b.example"),
    ({"Precedence": "bulk"}, "a@b.example"),
    ({"List_Id": "<news.example.org>"}, "a@b.example"),
    ({}, ""),
]


@pytest.mark.parametrize(("headers", "envelope_from"), MACHINES, ids=["auto-replied", "bulk", "list", "bounce"])
async def test_a_machine_gets_no_answer(desk: Desk, headers: dict[str, str], envelope_from: str) -> None:
    await desk.receives(mail(text=COMPLETE, **headers), envelope_from=envelope_from)

    enquiry = await desk.only()
    assert (enquiry["status"], enquiry["kind"]) == ("ignored", "auto_reply")
    assert (await desk.sent(), await desk.count("quotes"), await desk.count("clients")) == ([], 0, 0)
    assert len(enquiry["thread"]) == 1


async def test_our_own_mail_that_comes_back_is_ignored(desk: Desk) -> None:
    await desk.receives(mail(text=COMPLETE))
    (sent,) = await desk.sent()
    raw = sent["raw"]
    assert isinstance(raw, bytes)
    receipt = await desk.receives(raw, envelope_from=desk.address)

    assert (receipt.outcome.value, receipt.enquiry_id) == ("own_mail", None)
    assert len(await desk.enquiries()) == 1


async def test_the_agency_does_not_write_to_itself(desk: Desk) -> None:
    await desk.receives(mail(text=COMPLETE, sender=f"Desk <{desk.address}>"), envelope_from=desk.address)

    assert await desk.sent() == []
    assert (await desk.only())["status"] in ("needs_review", "ignored")


async def test_customers_of_the_agencys_own_mail_service_are_customers(platform: Platform) -> None:
    address = "savanna.trails@gmail.com"
    desk = await new_desk(platform, addresses=[address], mail={"sender_address": address})
    desk.address = address
    await desk.receives(mail(text=COMPLETE, sender="Naledi <naledi@gmail.com>"))

    assert [sent["to_address"] for sent in await desk.sent()] == ["naledi@gmail.com"]


async def answered_by_machine(desk: Desk, *, envelope_from: str, **headers: str) -> Json:
    await desk.receives(mail(text=COMPLETE))
    (quote,) = await desk.sent()
    note = mail(
        sender="Mail Delivery <noreply@example.net>",
        text="Delivery failed",
        message_id="<note@example.net>",
        In_Reply_To=str(quote["message_id"]),
        **headers,
    )
    await desk.receives(note, envelope_from=envelope_from)
    assert len(await desk.sent()) == 1
    return await desk.only()


async def test_an_absence_note_in_the_thread_changes_nothing(desk: Desk) -> None:
    enquiry = await answered_by_machine(desk, envelope_from="a@example.net", Auto_Submitted="auto-replied")

    assert (enquiry["status"], enquiry["kind"]) == ("quoted", "new_enquiry")
    assert [entry["direction"] for entry in enquiry["thread"]] == ["in", "out", "in"]


async def test_a_bounce_of_our_mail_is_shown_to_a_person(desk: Desk) -> None:
    enquiry = await answered_by_machine(desk, envelope_from="")

    assert enquiry["status"] == "needs_review"
    assert enquiry["reasons"] == ["A mail to the customer could not be delivered; please check the address."]


async def test_html_alone_is_read(desk: Desk) -> None:
    raw = mail(text="<p>Please quote <b>Zanzibar</b> from 3 to 10 August 2027<br>for two adults.</p>")
    await desk.receives(raw.replace(b"text/plain", b"text/html"))

    enquiry = await desk.only()
    assert enquiry["status"] == "quoted"
    assert "<b>" not in enquiry["body_text"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('"Õzer, Łukasz" <naledi@example.net>', "Łukasz Õzer"),
        ("=?utf-8?q?=C3=91and=C3=BA_P=C3=A9rez?= <naledi@example.net>", "Ñandú Pérez"),
        ("naledi@example.net", None),
    ],
)
async def test_the_sender_is_named_as_they_write_themselves(desk: Desk, written: str, name: str | None) -> None:
    raw = mail(text="Please quote Zanzibar from 3 to 10 August 2027 for two adults.")
    lines = [line for line in raw.split(b"\r\n") if not line.startswith(b"From:")]
    await desk.receives(b"\r\n".join([f"From: {written}".encode(), *lines]))

    enquiry = await desk.only()
    assert enquiry["status"] == "quoted"
    if name:
        assert enquiry["trip_request"]["customer_name"] in (name, " ".join(reversed(name.split())), "Õzer, Łukasz")
    assert [sent["to_address"] for sent in await desk.sent()] == ["naledi@example.net"]


async def test_over_the_quota_an_enquiry_waits_and_is_quoted_later(platform: Platform) -> None:
    desk = await new_desk(platform, limits={"daily_quotes": 1})
    await desk.receives(mail(text=COMPLETE))
    await desk.receives(mail(text=COMPLETE, message_id="<second@example.net>", sender="Other <other@example.net>"))

    waiting = await desk.enquiries(status="parsed")
    assert [enquiry["from_email"] for enquiry in waiting] == ["other@example.net"]
    async with platform.db.tx(desk.agency.ctx) as tx:
        await tx.execute("update usage_counters set day = day - 1")
        moved = await tx.execute(
            "update procrastinate_jobs set scheduled_at = now() where task_name = %s and status = 'todo'",
            ["inbox.understand"],
        )
    await platform.run_jobs()

    assert moved == 1
    assert (await desk.enquiry(waiting[0]["id"]))["status"] == "quoted"


async def test_what_keeps_failing_becomes_visible(desk: Desk) -> None:
    async with desk.platform.db.tx(desk.agency.ctx) as tx:
        await tx.execute(
            "update tenants set settings = settings - 'destinations' || '{\"time_zone\": \"Nowhere\"}',"
            " settings_version = settings_version + 1"
        )
    receipt = await desk.receives(mail(text=COMPLETE))
    assert receipt.enquiry_id
    for _ in range(handling.MAX_ATTEMPTS):
        with pytest.raises(Exception, match="time_zone"):
            await handling.understand_enquiry(
                desk.agency.ctx, desk.platform.db, receipt.enquiry_id, desk.platform.settings
            )
        if (await desk.enquiry(receipt.enquiry_id))["status"] == "failed":
            break

    failed = await desk.enquiry(receipt.enquiry_id)
    assert failed["status"] == "failed"
    assert "read the message yourself" in str(failed["reasons"])
