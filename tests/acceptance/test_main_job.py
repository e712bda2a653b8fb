"""The main job from outside: a mail goes in, a priced and branded quote comes out, and everybody sees it."""

import email
import io
import stat
from email import policy
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from tests.acceptance.conftest import Installation, enquiry, wait_for

TEXT = """Hi there

My wife and I would like to visit Zanzibar from 12 June 2027 for 7 nights, half board if possible.
We also bring our two kids, aged 6 and 9. Our budget is around R120 000 in total.

Kind regards
{name}
082 555 0134
"""


def test_the_demo_file_says_everything_and_only_its_owner_reads_it(installation: Installation) -> None:
    demo = installation.demo

    assert stat.S_IMODE((installation.data_dir / "demo.json").stat().st_mode) == 0o600
    assert set(demo) >= {"base_url", "smtp", "operator", "tenants", "outbox_url"}
    slugs = [tenant["tenant_id"] for tenant in demo["tenants"]]
    assert "africastay" in slugs
    assert len(slugs) >= 2
    for tenant in demo["tenants"]:
        assert {user["role"] for user in tenant["users"]} == {"admin", "consultant"}


def test_a_mail_over_smtp_becomes_a_quote_with_its_pdf_in_the_same_thread(installation: Installation) -> None:
    sender = "Łukasz Ñandú <lukasz@customers.example>"
    message = enquiry(sender, TEXT.format(name="Łukasz Ñandú"), subject="Zanzibar in June")

    installation.send(message, to=installation.tenant("africastay")["inbound_address"])
    answer = installation.answer_to("lukasz@customers.example")

    assert answer["tenant_id"] == "africastay"
    assert answer["in_reply_to"] == message["Message-ID"]
    assert answer["subject"].lower().startswith("re: zanzibar in june")
    assert [file["content_type"] for file in answer["attachments"]] == ["application/pdf"]
    with installation.operator() as operator:
        raw = operator.get(f"{installation.demo['outbox_url']}/{answer['id']}/raw").content
    parsed = email.message_from_bytes(raw, policy=policy.default)
    assert {part.get_content_type() for part in parsed.walk()} >= {"text/plain", "text/html", "application/pdf"}
    pdf = next(part.get_payload(decode=True) for part in parsed.walk() if part.get_content_type() == "application/pdf")
    assert isinstance(pdf, bytes)
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 2
    assert "Łukasz" in pages[0].extract_text()


def test_the_client_stands_in_the_pipeline_and_the_dashboard_counts_the_quote(installation: Installation) -> None:
    with installation.staff("africastay") as staff:
        before = staff.get("/api/v1/dashboard/all", params={"period": "7d"}).json()
        message = enquiry("Dineo Mokoena <dineo@customers.example>", TEXT.format(name="Dineo Mokoena"))
        installation.send(message, to=installation.tenant("africastay")["inbound_address"])
        installation.answer_to("dineo@customers.example")

        client = staff.get("/api/v1/crm/clients", params={"q": "dineo@customers.example"}).json()["items"][0]
        quote = staff.get("/api/v1/quotes", params={"client_id": client["id"]}).json()["items"][0]
        pdf = staff.get(f"/api/v1/quotes/{quote['id']}/pdf")
        after = wait_for(lambda: _more_quotes(staff, before), within_s=90)

    assert client["stage"] == "QUOTED"
    assert quote["status"] == "sent"
    assert 1 <= len(quote["options"]) <= 3
    for option in quote["options"]:
        assert option["total"]["currency"] == "ZAR"
        assert sum(float(line["amount"]["amount"]) for line in option["lines"]) == pytest.approx(
            float(option["total"]["amount"])
        )
    assert pdf.headers["content-type"] == "application/pdf"
    assert after["stats"]["quotes"]["total"] == before["stats"]["quotes"]["total"] + 1


def _more_quotes(staff: httpx.Client, before: dict[str, Any]) -> dict[str, Any] | None:
    now = staff.get("/api/v1/dashboard/all", params={"period": "7d"}).json()
    return now if now["stats"]["quotes"]["total"] > before["stats"]["quotes"]["total"] else None


def test_sendgrids_parsed_form_takes_the_same_way(installation: Installation) -> None:
    address = installation.tenant("africastay")["inbound_address"]
    form = {
        "headers": "Message-ID: <form-1@customers.example>\nFrom: Ana Silva <ana@customers.example>\nSubject: Trip\n",
        "from": "Ana Silva <ana@customers.example>",
        "to": address,
        "envelope": f'{{"to": ["{address}"], "from": "ana@customers.example"}}',
        "subject": "Trip to Mauritius",
        "text": "Two adults to Mauritius, 3 to 10 May 2027 please, breakfast only. Ana Silva",
    }
    fields = [(name, (None, value)) for name, value in form.items()]

    first = httpx.post(f"{installation.base_url}/webhooks/email/inbound", files=fields, timeout=30)
    again = httpx.post(f"{installation.base_url}/webhooks/email/inbound", files=fields, timeout=30)
    answer = installation.answer_to("ana@customers.example")

    assert first.status_code == again.status_code == 200
    assert answer["attachments"]
    with installation.staff("africastay") as staff:
        client = staff.get("/api/v1/crm/clients", params={"q": "ana@customers.example"}).json()["items"][0]
        quotes = staff.get("/api/v1/quotes", params={"client_id": client["id"]}).json()["items"]
    assert len(quotes) == 1


def test_what_is_missing_is_asked_for_in_a_draft_and_nothing_is_sent(installation: Installation) -> None:
    message = enquiry("Pat Moss <pat@customers.example>", "Hello, we dream of the Maldives. What would it cost? Pat")
    installation.send(message, to=installation.tenant("africastay")["inbound_address"])

    with installation.staff("africastay") as staff:
        found = wait_for(lambda: _enquiry_of(staff, "pat@customers.example", "waiting_for_customer"), within_s=90)
        one = staff.get(f"/api/v1/enquiries/{found['id']}").json()

    assert set(one["missing"]) == {"dates", "adults"}
    assert one["trip_request"]["destinations"] == ["Maldives"]
    assert one["evidence"]["destinations"]["text"]
    assert one["quote_id"] is None


def _enquiry_of(staff: httpx.Client, address: str, status: str) -> dict[str, Any] | None:
    items = staff.get("/api/v1/enquiries", params={"limit": 50}).json()["items"]
    return next((item for item in items if item.get("from_email") == address and item["status"] == status), None)


def test_mail_for_nobody_and_mail_from_robots_get_no_answer(installation: Installation) -> None:
    stranger = enquiry("Lost <lost@customers.example>", "Hello?")
    robot = enquiry("Away <away@customers.example>", "I am out of the office.", subject="Automatic reply")
    robot["Auto-Submitted"] = "auto-replied"

    installation.send(stranger, to="nobody@nowhere.example")
    installation.send(robot, to=installation.tenant("africastay")["inbound_address"])

    with installation.staff("africastay") as staff:
        ignored = wait_for(lambda: _enquiry_of(staff, "away@customers.example", "ignored"), within_s=90)
    assert ignored["kind"] == "auto_reply"
    with installation.operator() as operator:
        sent_to = {mail["to"] for mail in operator.get(installation.demo["outbox_url"]).json()["items"]}
    assert not {"lost@customers.example", "away@customers.example"} & sent_to
