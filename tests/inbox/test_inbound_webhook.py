"""SendGrid's Inbound Parse webhook, as parsed fields and as raw MIME."""

import base64
import json
import time
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from httpx import Response

from tembea.inbox.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER
from tembea.kernel.context import platform_context
from tembea.kernel.db import DatabaseUnavailable
from tembea.kernel.replays import StaleSignature, check_age
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


class Signing:
    """A platform that takes signed messages alone, and the key that they are signed with."""

    def __init__(self, platform: Platform, agency: Agency, key: EllipticCurvePrivateKey) -> None:
        self.platform, self.agency, self.key = platform, agency, key
        fields = [(name, (None, value)) for name, value in parsed_fields().items()]
        self._request = platform.anonymous.build_request("POST", URL, files=fields)

    async def sign(self, timestamp: str) -> bytes:
        return self.key.sign(timestamp.encode() + await self._request.aread(), ECDSA(SHA256()))

    async def send(self, timestamp: str, signature: bytes | None) -> Response:
        given = {} if signature is None else {SIGNATURE_HEADER: base64.b64encode(signature).decode()}
        headers = {**self._request.headers, TIMESTAMP_HEADER: timestamp, **given}
        return await self.platform.anonymous.post(URL, content=await self._request.aread(), headers=headers)


@pytest.fixture
async def signing(settings: Settings, anyio_backend: str) -> AsyncIterator[Signing]:
    key = generate_private_key(SECP256R1())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    changed = settings.model_copy(update={"sendgrid_verification_key": base64.b64encode(public).decode()})
    async with running_platform(changed) as platform:
        yield Signing(platform, await platform.new_agency("savanna-trails"), key)


def ago(seconds: int) -> str:
    return str(int(time.time()) - seconds)


async def test_with_a_key_configured_only_signed_messages_are_taken(signing: Signing) -> None:
    now = ago(0)
    signature = await signing.sign(now)
    unsigned, moved = await signing.send(now, None), await signing.send(ago(-1), signature)
    signed = await signing.send(now, signature)

    assert [unsigned.status_code, moved.status_code, signed.status_code] == [401, 401, 200]
    assert await count(signing.platform, signing.agency) == 1


async def test_a_signature_counts_for_five_minutes(signing: Signing) -> None:
    for timestamp in (ago(3_600), ago(310), ago(-310), "", "soon", "-5", "1e9", "9" * 40):
        refused = await signing.send(timestamp, await signing.sign(timestamp))
        assert (refused.status_code, refused.json()["code"]) == (401, "stale_signature"), timestamp
    with pytest.raises(StaleSignature):
        check_age("\u0663" * 10, tolerance_s=10**12)  # digits, but not those of a time stamp

    assert await count(signing.platform, signing.agency) == 0


async def test_what_was_signed_counts_once_whichever_signature_comes_with_it(signing: Signing) -> None:
    """ECDSA: (r, n - s) holds where (r, s) does, so that the signature itself says nothing about a repetition."""
    now = ago(0)
    r, s = decode_dss_signature(await signing.sign(now))
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    first, *again = [await signing.send(now, encode_dss_signature(r, one)) for one in (s, s, order - s)]
    async with signing.platform.db.tx(signing.agency.ctx) as tx:
        await tx.execute("delete from inbound_messages")  # so that a second storing would show

    answers = [await signing.send(now, encode_dss_signature(r, order - s)), first, *again]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {"status": "stored"})] * 4
    async with signing.platform.db.read(signing.agency.ctx) as read:
        assert await read.value(int, "select count(*) from inbound_messages") == 0


async def test_a_message_that_could_not_be_stored_is_taken_when_it_comes_again(
    signing: Signing, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = ago(0)
    signature = await signing.sign(now)
    with monkeypatch.context() as down:
        down.setattr("tembea.inbox.webhook.receive_for_all", failing)
        refused = await signing.send(now, signature)

    assert refused.status_code == 503
    assert (await signing.send(now, signature)).status_code == 200
    assert await count(signing.platform, signing.agency) == 1


async def failing(*_: object, **__: object) -> None:
    raise DatabaseUnavailable("The database does not answer.")
