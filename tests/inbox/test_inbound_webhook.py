"""SendGrid's Inbound Parse webhook, as parsed fields and as raw MIME."""

import base64
import json
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from httpx import Response

from tembea.kernel.context import platform_context
from tembea.settings import Settings
from tests.app_fixtures import Agency, Platform, running_platform
from tests.inbox.mails import mail
from tests.inbox.outage import Outage, outage

__all__ = ["outage"]

URL = "/webhooks/email/inbound"
ADDRESS = "quotes@savanna-trails.example"
Files = list[tuple[str, tuple[str, bytes, str]]]


def envelope(*to: str, sender: str = "naledi@example.net") -> str:
    return json.dumps({"to": list(to or [ADDRESS]), "from": sender})


def parsed_fields(**changed: bytes | str) -> dict[str, bytes | str]:
    """The fields of a parsed message; None of them needs to be in UTF-8, as `charsets` says."""
    headers = "Message-ID: <first@example.net>\nDate: Mon, 23 Nov 2026 09:00:00 +0200\nFrom: N <naledi@example.net>\n"
    return {
        "headers": headers + "To: quotes@savanna-trails.example\nSubject: Zanzibar\nContent-Type: text/html\n",
        "from": "N <naledi@example.net>",
        "to": "someone@elsewhere.example",
        "subject": "Zanzibar",
        "text": "Zanzibar, 3 to 10 August 2027, two adults",
        "envelope": envelope(),
        "charsets": json.dumps({"text": "utf-8"}),
        **changed,
    }


async def post(platform: Platform, fields: dict[str, bytes | str], files: Files | None = None) -> Response:
    parts: list[tuple[str, tuple[str | None, bytes | str, str] | tuple[None, bytes | str]]] = [
        (name, (None, value)) for name, value in fields.items()
    ]
    parts += files or []
    return await platform.anonymous.post(URL, files=parts)


async def stored(platform: Platform, agency: Agency) -> EmailMessage:
    """The one stored message, parsed."""
    async with platform.db.read(agency.ctx) as read:
        raws = await read.rows("select raw from inbound_messages")
    assert len(raws) == 1
    raw = raws[0]["raw"]
    assert isinstance(raw, bytes)
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


async def count(platform: Platform, agency: Agency) -> int:
    async with platform.db.read(agency.ctx) as read:
        return await read.value(int, "select count(*) from enquiries") or 0


async def test_parsed_fields_become_the_message_again(platform: Platform, agency: Agency) -> None:
    fields = parsed_fields(
        text="Größe: zwei Erwachsene nach Õzer".encode("iso-8859-15"),
        html="<p>Größe</p>",
        charsets=json.dumps({"text": "iso-8859-15", "html": "utf-8"}),
        **{"attachment-info": json.dumps({"attachment1": {"filename": "pass\r\nport.pdf", "type": "application/pdf"}})},
    )
    answer = await post(platform, fields, [("attachment1", ("x.pdf", b"%PDF-\x00\xff", "application/pdf"))])

    assert (answer.status_code, answer.json()) == (200, {"status": "stored"})
    message = await stored(platform, agency)
    assert message["Message-ID"] == "<first@example.net>"
    assert message["From"] == "N <naledi@example.net>"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().strip() == "Größe: zwei Erwachsene nach Õzer"
    assert "Größe" in html.get_content()
    (file,) = message.iter_attachments()
    assert (file.get_content_type(), file.get_filename()) == ("application/pdf", "pass port.pdf")
    assert file.get_payload(decode=True) == b"%PDF-\x00\xff"


async def test_a_raw_message_is_kept_byte_for_byte(platform: Platform, agency: Agency) -> None:
    raw = mail().replace(b"Thank you", b"Thank you \xff\xfe")
    answer = await post(platform, {"email": raw, "envelope": envelope(), "to": "x@y.example"})

    assert answer.status_code == 200
    async with platform.db.read(agency.ctx) as read:
        assert await read.value(bytes, "select raw from inbound_messages") == raw


async def test_the_same_message_in_both_forms_and_twice_is_one_enquiry(platform: Platform, agency: Agency) -> None:
    for _ in range(2):
        assert (await post(platform, parsed_fields())).status_code == 200
        raw = mail(sender="N <naledi@example.net>")
        assert (await post(platform, {"email": raw, "envelope": envelope()})).status_code == 200

    assert await count(platform, agency) == 1


async def test_fields_without_a_message_id_give_the_same_bytes_twice(platform: Platform, agency: Agency) -> None:
    fields = parsed_fields(headers="From: N <naledi@example.net>\n", html="<p>Zanzibar</p>")
    for _ in range(2):
        assert (await post(platform, fields)).status_code == 200

    assert await count(platform, agency) == 1


async def test_the_envelope_alone_decides_whose_it_is(platform: Platform, agency: Agency, other_agency: Agency) -> None:
    fields = parsed_fields(to=ADDRESS, envelope=envelope("quotes@harbour-travel.example"))
    assert (await post(platform, fields)).status_code == 200

    assert (await count(platform, agency), await count(platform, other_agency)) == (0, 1)


async def test_without_an_envelope_the_visible_recipients_decide(platform: Platform, agency: Agency) -> None:
    fields = parsed_fields(to=f"Quotes <{ADDRESS}>, Other <other@elsewhere.example>")
    del fields["envelope"]
    assert (await post(platform, fields)).status_code == 200

    assert await count(platform, agency) == 1


async def test_two_recipients_of_two_agencies_both_get_it(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    fields = parsed_fields(envelope=envelope(ADDRESS, "quotes@harbour-travel.example"))
    assert (await post(platform, fields)).status_code == 200

    assert (await count(platform, agency), await count(platform, other_agency)) == (1, 1)


async def test_an_unknown_recipient_is_accepted_and_quarantined(platform: Platform, agency: Agency) -> None:
    answer = await post(platform, parsed_fields(envelope=envelope("nobody@elsewhere.example")))

    assert (answer.status_code, answer.json()) == (200, {"status": "stored"})
    async with platform.db.read(platform_context()) as read:
        assert await read.value(str, "select recipient from quarantined_messages") == "nobody@elsewhere.example"


async def test_a_line_break_in_a_field_begins_no_header(platform: Platform, agency: Agency) -> None:
    fields = parsed_fields(
        headers="Message-ID: <first@example.net>\n",
        subject="Zanzibar\r\nBcc: victim@example.org\r\n\r\nbody",
        **{"from": "N <naledi@example.net>\r\nX-Injected: yes"},
    )
    assert (await post(platform, fields)).status_code == 200

    message = await stored(platform, agency)
    assert message["Bcc"] is None
    assert message["X-Injected"] is None
    assert message["Subject"] == "Zanzibar Bcc: victim@example.org body"


async def test_too_much_is_refused_while_it_streams(platform: Platform, agency: Agency) -> None:
    answer = await post(platform, {"email": b"x" * 26_000_000, "envelope": envelope()})

    assert (answer.status_code, answer.json()["code"]) == (413, "message_too_large")
    assert await count(platform, agency) == 0


async def test_what_is_no_form_is_a_bad_request(platform: Platform) -> None:
    broken = {"content-type": "multipart/form-data; boundary=x"}
    answers = [
        await platform.anonymous.post(URL, json={}),
        await platform.anonymous.post(URL, content=b"--y\r\nnonsense", headers=broken),
        await platform.anonymous.post(URL, files={"envelope": (None, "[]")}),
        await platform.anonymous.post(URL, files={"envelope": (None, "[" * 100_000)}),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(400, "unreadable_form")] * 4


async def test_while_the_database_is_down_the_sender_is_asked_to_come_back(outage: Outage) -> None:
    agency = await outage.platform.new_agency("savanna-trails")
    async with outage.database_down():
        refused = await post(outage.platform, parsed_fields())
    accepted = await post(outage.platform, parsed_fields())

    assert (refused.status_code, accepted.status_code) == (503, 200)
    assert await count(outage.platform, agency) == 1


async def test_with_a_key_configured_only_signed_messages_are_taken(settings: Settings, anyio_backend: str) -> None:
    key = generate_private_key(SECP256R1())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    changed = settings.model_copy(update={"sendgrid_verification_key": base64.b64encode(public).decode()})
    async with running_platform(changed) as platform:
        agency = await platform.new_agency("savanna-trails")
        request = platform.anonymous.build_request(
            "POST", URL, files=[(k, (None, v)) for k, v in parsed_fields().items()]
        )
        body = await request.aread()
        signature = base64.b64encode(key.sign(b"1790000000" + body, ECDSA(SHA256()))).decode()
        request.headers["X-Twilio-Email-Event-Webhook-Timestamp"] = "1790000000"
        unsigned = await platform.anonymous.send(request)
        request.headers["X-Twilio-Email-Event-Webhook-Signature"] = signature
        signed = await platform.anonymous.send(request)
        request.headers["X-Twilio-Email-Event-Webhook-Timestamp"] = "1790000001"
        moved = await platform.anonymous.send(request)

        assert [unsigned.status_code, signed.status_code, moved.status_code] == [401, 200, 401]
        assert await count(platform, agency) == 1
