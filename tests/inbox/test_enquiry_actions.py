"""What people do with enquiries: look, type one in, correct, quote, answer, put aside."""

import json
from uuid import UUID

from tests.app_fixtures import Agency
from tests.inbox.desk import COMPLETE, INCOMPLETE, Desk, Json, desk
from tests.inbox.mails import mail

__all__ = ["desk"]


async def test_a_person_corrects_and_accepts(desk: Desk) -> None:
    await desk.receives(mail(text=INCOMPLETE))
    enquiry = await desk.only()
    early = await desk.agency.consultant.post(f"/api/v1/enquiries/{enquiry['id']}/accept")
    assert (early.status_code, early.json()["code"]) == (422, "enquiry_incomplete")
    assert [error["loc"] for error in early.json()["errors"]] == ["trip_request.dates", "trip_request.adults"]

    correction = {"trip_request": {"check_in": "2027-08-03", "nights": 7, "adults": 2, "children_ages": [9, 6]}}
    answer = await desk.agency.consultant.patch(f"/api/v1/enquiries/{enquiry['id']}", json=correction)
    assert answer.status_code == 200, answer.text
    corrected = answer.json()
    assert (corrected["status"], corrected["missing"]) == ("parsed", [])
    assert corrected["trip_request"]["check_out"] == "2027-08-10"
    assert corrected["trip_request"]["children_ages"] == [6, 9]
    assert [entry["kind"] for entry in corrected["thread"]] == ["message"]

    accepted = await desk.post(enquiry["id"], "accept")
    again = await desk.post(enquiry["id"], "accept")
    assert accepted["status"] == "quoted"
    assert accepted["quote_id"] == again["quote_id"]
    await desk.platform.run_jobs()
    assert len(await desk.sent()) == 1


async def test_a_person_dismisses_and_the_draft_goes_too(desk: Desk) -> None:
    await desk.receives(mail(text=INCOMPLETE))
    enquiry = await desk.only()
    dismissed = await desk.post(enquiry["id"], "dismiss")

    assert (dismissed["status"], len(dismissed["thread"])) == ("ignored", 1)
    nothing = await desk.agency.consultant.post(f"/api/v1/enquiries/{enquiry['id']}/reply", json={})
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_to_send")


async def test_a_person_answers_in_the_conversation(desk: Desk) -> None:
    await desk.receives(mail(text=INCOMPLETE))
    enquiry = await desk.only()
    await desk.post(enquiry["id"], "reply", {"text": "Dear Naledi, when would you like to go?"})
    await desk.platform.run_jobs()

    (sent,) = await desk.sent()
    assert (sent["kind"], sent["subject"]) == ("reply", "Re: Zanzibar in August")
    assert sent["in_reply_to"] == "<first@example.net>"
    raw = sent["raw"]
    assert isinstance(raw, bytes)
    assert b"Auto-Submitted" not in raw


async def test_an_enquiry_typed_in_takes_the_same_way(desk: Desk) -> None:
    body = {"channel": "web", "from_name": "Naledi Moeketsi", "from_email": "naledi@example.net", "text": COMPLETE}
    answer = await desk.agency.consultant.post("/api/v1/enquiries", json={**body, "subject": "Our trip"})
    assert (answer.status_code, answer.json()["status"]) == (202, "received")
    await desk.platform.run_jobs()

    enquiry = await desk.enquiry(answer.json()["id"])
    assert (enquiry["channel"], enquiry["status"]) == ("web", "quoted")
    (sent,) = await desk.sent()
    assert sent["in_reply_to"] is None


async def test_without_an_address_a_person_calls(desk: Desk) -> None:
    body = {"channel": "phone", "from_name": "Naledi Moeketsi", "phone": "+27825550123", "text": COMPLETE}
    answer = await desk.agency.consultant.post("/api/v1/enquiries", json=body)
    await desk.platform.run_jobs()

    enquiry = await desk.enquiry(answer.json()["id"])
    assert (enquiry["status"], await desk.sent()) == ("quoted", [])
    assert enquiry["reasons"] == ["There is no e-mail address to send the quote to."]
    client = (await desk.agency.consultant.get(f"/api/v1/crm/clients/{enquiry['client_id']}")).json()
    assert (client["name"], client["phones"]) == ("Naledi Moeketsi", ["+27825550123"])


async def test_parse_shows_and_stores_nothing(desk: Desk) -> None:
    body = {
        "received_at": "2026-11-23T09:00:00+02:00",
        "from": "Naledi <naledi@example.net>",
        "to": desk.address,
        "subject": "Zanzibar",
        "text": COMPLETE,
    }
    answer = await desk.agency.consultant.post("/api/v1/enquiries/parse", json=body)

    assert answer.status_code == 200, answer.text
    trip = answer.json()["trip_request"]
    assert (trip["check_in"], trip["nights"], trip["adults"], trip["budget"]) == ("2027-08-03", 7, 2, None)
    assert answer.json()["evidence"]["check_in"]["text"]
    assert await desk.enquiries() == []


async def test_the_list_pages_filters_and_searches(desk: Desk) -> None:
    for number in range(5):
        text = f"Zanzibar, 3 to 10 August 2027, two adults, wish number{number}."
        await desk.receives(mail(text=text, message_id=f"<{number}@example.net>", subject=f"Wish {number}"))
    await desk.receives(mail(message_id="<auto@example.net>", Auto_Submitted="auto-replied"))

    first = (await desk.agency.consultant.get("/api/v1/enquiries?limit=4")).json()
    rest = (await desk.agency.consultant.get(f"/api/v1/enquiries?limit=4&cursor={first['next_cursor']}")).json()
    assert [len(first["items"]), len(rest["items"]), rest["next_cursor"]] == [4, 2, None]
    assert len({item["id"] for item in first["items"] + rest["items"]}) == 6
    assert len(await desk.enquiries(status="ignored")) == 1
    assert len(await desk.enquiries(kind="auto_reply")) == 1
    assert [found["subject"] for found in await desk.enquiries(q="number3")] == ["Wish 3"]
    assert await desk.enquiries(q="100%_") == []
    bad = await desk.agency.consultant.get("/api/v1/enquiries?cursor=nonsense")
    assert bad.status_code == 422


async def test_another_agency_sees_nothing_of_it(desk: Desk, other_agency: Agency) -> None:
    await desk.receives(mail(text=INCOMPLETE))
    enquiry = await desk.only()
    unknown = UUID(int=1)
    requests: list[tuple[str, str, Json | None]] = [
        ("GET", "", None),
        ("POST", "/accept", None),
        ("POST", "/dismiss", None),
        ("POST", "/reply", {"text": "x"}),
        ("PATCH", "", {"trip_request": {}}),
    ]
    for method, path, body in requests:
        content = json.dumps(body) if body is not None else None
        headers = {"content-type": "application/json"}
        answers = [
            await other_agency.admin.request(method, f"/api/v1/enquiries/{one}{path}", content=content, headers=headers)
            for one in (enquiry["id"], unknown)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
    assert (await other_agency.admin.get("/api/v1/enquiries")).json()["items"] == []
