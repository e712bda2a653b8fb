"""Hostile and odd mail through the real doors: always stored, always visible to people, in bounded time, never twice.

The costly ones were each measured in minutes or as a crash of the standard parsers before they were bounded.
"""

import base64
import time
import tracemalloc
import zipfile
from collections.abc import AsyncIterator
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from io import BytesIO

import aiosmtplib
import pytest

from tembea.inbox.bounding import MAX_BOUNDARY_LINES, bounded
from tembea.inbox.headers import HOPS_MAX
from tembea.inbox.markup import html_to_text
from tembea.inbox.message import MAX_ATTACHMENTS, parse_message
from tembea.inbox.model import MAX_MESSAGE_BYTES
from tembea.inbox.smtp import listening
from tests.app_fixtures import Platform
from tests.inbox.desk import Desk, Json, desk
from tests.inbox.mails import mail

__all__ = ["desk"]

ASKING = "Hello, please quote Zanzibar from 3 to 10 August 2027 for two adults.\n\nThank you\nNaledi"
HEAD = b"From: Naledi <naledi@example.net>\r\nTo: q@x.example\r\nSubject: Zanzibar\r\nMessage-ID: <h@x>\r\n"
SECONDS = 20
"""A generous bound on a busy machine; what it bounds took minutes, or for ever."""


class Doorway:
    """The SMTP listener of a test, with the agency behind it."""

    def __init__(self, desk: Desk, port: int) -> None:
        self.desk = desk
        self._port = port

    async def takes(self, raw: bytes, *, sender: str = "naledi@example.net") -> None:
        """Hand a message over as another server would; it has to be accepted."""
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=self._port, timeout=60, local_hostname="test") as client:
            await client.sendmail(sender, [self.desk.address], raw)

    async def reads(self, raw: bytes) -> Json:
        """The enquiry that comes of a message, as a consultant sees it."""
        await self.takes(raw)
        await self.desk.platform.run_jobs()
        enquiry = await self.desk.only()
        assert enquiry["status"] not in ("received", "failed")
        return enquiry


@pytest.fixture
async def doorway(platform: Platform, desk: Desk) -> AsyncIterator[Doorway]:
    domain = platform.settings.inbound_domain
    async with listening(platform.db, host="127.0.0.1", port=0, inbound_domain=domain) as server:
        yield Doorway(desk, server.sockets[0].getsockname()[1])


def whole(message: MIMEBase, **headers: str) -> bytes:
    """A message of MIME parts with the usual headers."""
    named = {"From": "Naledi <naledi@example.net>", "Subject": "Zanzibar", "Message-ID": "<h@example.net>", **headers}
    for name, value in named.items():
        message[name] = value
    return message.as_bytes()


def mixed(*parts: MIMEBase) -> MIMEMultipart:
    return MIMEMultipart("mixed", _subparts=[MIMEText(ASKING), *parts])


def files(enquiry: Json) -> list[tuple[str, str]]:
    (message,) = [entry for entry in enquiry["thread"] if entry["direction"] == "in"]
    return [(file["filename"], file["content_type"]) for file in message["attachments"]]


async def test_html_alone_is_read(doorway: Doorway) -> None:
    markup = ASKING.replace("\n", "<br>").replace("two adults", "<b>two</b> adults<style>.five{}</style>")
    enquiry = await doorway.reads(whole(MIMEText(f"<html><body><p>{markup}</p></body></html>", "html")))
    assert enquiry["status"] == "quoted"
    assert "two adults" in enquiry["body_text"]


async def test_a_forward_within_a_forward_is_a_file_and_does_not_speak_for_the_sender(doorway: Doorway) -> None:
    inner = EmailMessage()
    inner["Subject"] = "Cape Town for nine"
    inner.set_content("Please quote Cape Town from 1 to 5 May 2027 for nine adults.")
    middle = MIMEMultipart("mixed", _subparts=[MIMEText("see below"), MIMEMessage(inner)])
    enquiry = await doorway.reads(whole(mixed(MIMEMessage(middle))))
    assert enquiry["status"] == "quoted"
    assert enquiry["trip_request"]["adults"] == 2
    assert files(enquiry) == [("", "message/rfc822")]


@pytest.mark.parametrize("content_type", ["application/ms-tnef", "application/octet-stream"])
async def test_tnef_is_kept_as_a_file(doorway: Doorway, content_type: str) -> None:
    tnef = MIMEBase(*content_type.split("/"))
    tnef.set_payload(b"\x78\x9f\x3e\x22" + b"\x00" * 200)
    tnef.add_header("Content-Disposition", "attachment", filename="winmail.dat")
    enquiry = await doorway.reads(whole(mixed(tnef)))
    assert enquiry["status"] == "quoted"
    assert files(enquiry) == [("winmail.dat", content_type)]


async def test_a_calendar_invite_is_a_file_beside_text_and_subject(doorway: Doorway) -> None:
    invite = MIMEText("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n", "calendar")
    body = MIMEMultipart("alternative", _subparts=[MIMEText(ASKING), MIMEText(f"<p>{ASKING}</p>", "html"), invite])
    enquiry = await doorway.reads(whole(body))
    assert (enquiry["subject"], enquiry["status"]) == ("Zanzibar", "quoted")
    assert files(enquiry) == [("", "text/calendar")]


@pytest.mark.parametrize(
    "charset",
    [
        "x-none",
        "idna",
        "undefined",
        "utf-16",
        "utf-7",
        "punycode",
        "zlib",
        "hex",
        "unicode_escape",
        "utf-8\0",
        "x" * 999,
    ],
)
def test_a_wrong_charset_is_no_obstacle(charset: str) -> None:
    raw = HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + "Für zwei".encode()
    assert "r zwei" in parse_message(raw).text


async def test_odd_charsets_come_through_the_door(doorway: Doorway) -> None:
    raw = HEAD + b"Content-Type: text/plain; charset=idna\r\n\r\n" + ASKING.encode() + "\nBis bald, Jürgen".encode()
    enquiry = await doorway.reads(raw)
    assert enquiry["status"] == "quoted"
    assert "Jürgen" in enquiry["body_text"]


async def test_a_hundred_attachments_are_listed_and_more_are_kept(doorway: Doorway) -> None:
    parts = [MIMEApplication(b"x", "pdf", name=f"{number}.pdf") for number in range(120)]
    raw = whole(mixed(*parts))
    enquiry = await doorway.reads(raw)
    assert enquiry["status"] == "quoted"
    assert len(files(enquiry)) == MAX_ATTACHMENTS == 100
    async with doorway.desk.platform.db.read(doorway.desk.agency.ctx) as read:
        assert b"119.pdf" in (await read.value(bytes, "select raw from inbound_messages") or b"")


async def test_a_zip_bomb_is_never_unpacked(doorway: Doorway) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(5):
            bomb.writestr(f"{number}.txt", b"\0" * 20_000_000)
    raw = whole(mixed(MIMEApplication(packed.getvalue(), "zip", name="rates.zip")))
    tracemalloc.start()
    parse_message(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000
    enquiry = await doorway.reads(raw)
    (message,) = [entry for entry in enquiry["thread"] if entry["direction"] == "in"]
    assert [file["size"] for file in message["attachments"]] == [len(packed.getvalue())]


async def test_without_a_message_id_the_same_bytes_are_one_enquiry(doorway: Doorway) -> None:
    for text in (ASKING, ASKING, ASKING + "\nPS: with breakfast"):
        await doorway.takes(mail(message_id=None, text=text))
    assert len(await doorway.desk.enquiries()) == 2


async def test_a_forged_message_id_hides_nobody_elses_mail(doorway: Doorway) -> None:
    await doorway.takes(mail())
    await doorway.takes(mail(sender="Thief <thief@example.org>", subject="Mine"), sender="thief@example.org")
    assert sorted(item["subject"] for item in await doorway.desk.enquiries()) == ["Mine", "Zanzibar in August"]


async def test_a_message_that_goes_round_in_circles_is_kept_and_gets_no_answer(doorway: Doorway) -> None:
    hops = b"Received: from a.example by b.example; Mon, 23 Nov 2026 10:00:00 +0000\r\n"
    enquiry = await doorway.reads(hops * (HOPS_MAX + 1) + mail())
    assert enquiry["status"] == "ignored"
    assert await doorway.desk.sent() == []
    assert parse_message(hops * HOPS_MAX + mail()).automatic is None


async def test_ten_thousand_headers_hide_nothing(doorway: Doorway) -> None:
    head, _, body = mail().partition(b"\r\n\r\n")
    many = b"".join(b"X-%d: %d\r\n" % (number, number) for number in range(10_000))
    enquiry = await doorway.reads(many + head + b"\r\n\r\n" + body)
    assert (enquiry["subject"], enquiry["status"]) == ("Zanzibar in August", "quoted")


async def test_25_mb_are_taken_and_a_byte_more_is_refused(doorway: Doorway) -> None:
    head = whole(MIMEMultipart("mixed", boundary="zz")).partition(b"\n\n")[0].replace(b"\n", b"\r\n")
    text = b"\r\n\r\n--zz\r\nContent-Type: text/plain\r\n\r\n" + ASKING.replace("\n", "\r\n").encode()
    file = b"\r\n--zz\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    start, end = head + text + file, b"\r\n--zz--\r\n"
    rows = base64.encodebytes(b"\0" * 57).replace(b"\n", b"\r\n")
    filling = rows * ((MAX_MESSAGE_BYTES - len(start) - len(end)) // len(rows))
    raw = start + filling + b"A" * (MAX_MESSAGE_BYTES - len(start) - len(filling) - len(end)) + end
    assert len(raw) == MAX_MESSAGE_BYTES

    with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
        await doorway.takes(raw.replace(b"AAAA", b"AAAAA", 1))
    assert refused.value.code == 552
    started = time.monotonic()
    enquiry = await doorway.reads(raw)
    assert time.monotonic() - started < SECONDS
    assert enquiry["status"] == "quoted"


async def test_what_is_too_big_for_the_webhook_is_refused_and_what_fits_is_stored(desk: Desk) -> None:
    anonymous = desk.platform.anonymous
    fields = {"envelope": f'{{"to": ["{desk.address}"], "from": "naledi@example.net"}}'}
    big = mail(text="x" * 70 + "\n") + (b"y" * 70 + b"\r\n") * (MAX_MESSAGE_BYTES // 72)
    refused = await anonymous.post("/webhooks/email/inbound", data=fields, files={"email": big})
    assert refused.status_code == 413
    fits = await anonymous.post("/webhooks/email/inbound", data=fields, files={"email": big[: MAX_MESSAGE_BYTES // 2]})
    assert fits.status_code == 200
    assert len(await desk.enquiries()) == 1


def nested(count: int, kind: bytes) -> bytes:
    """A part within a part within a part."""
    if kind == b"message":
        return HEAD + b"Content-Type: message/rfc822\r\n\r\nSubject: n\r\n" * count + b"\r\nhello"
    opening = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number) for number in range(count)
    )
    return HEAD + opening + b"\r\nhello"


COSTLY = {
    "nested messages": nested(2_000, b"message"),
    "nested parts": nested(2_000, b"multipart"),
    "nested parts with many lines": nested(300, b"multipart") + b"a\r\n" * 1_000_000,
    "parts without end": HEAD + b"Content-Type: multipart/mixed; boundary=zz\r\n\r\n" + b"--zz\r\n" * 1_000_000,
    "short lines": HEAD + b"\r\n" + b"a\n" * 5_000_000,
    "folded header": HEAD + b"X: a\r\n" + b" b\r\n" * 1_000_000 + b"\r\nhello",
    "comments in a sender": b"From: " + b"(" * 100_000 + b"\r\n" + HEAD + b"\r\nhello",
    "many senders": b"From: " + b"a@b.example," * 100_000 + b"\r\n" + HEAD + b"\r\nhello",
    "half encoded words": b"Subject: " + b"=?a?b?" * 100_000 + b"\r\n" + HEAD + b"\r\nhello",
}


@pytest.mark.parametrize("name", COSTLY)
def test_what_is_made_to_be_costly_is_bounded(name: str) -> None:
    started = time.process_time()
    parse_message(COSTLY[name])
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("name", ["nested messages", "nested parts", "comments in a sender"])
async def test_what_the_parsers_cannot_follow_is_stored_and_shown(doorway: Doorway, name: str) -> None:
    enquiry = await doorway.reads(COSTLY[name])
    assert enquiry["subject"] == "Zanzibar"


@pytest.mark.parametrize(
    "markup", ["<", "<!--", "<!-- >", '<a b="', "<![if", "<a ", "</", "<?", "&", "a <b>", "<td>", "<div>", "</p>"]
)
def test_markup_that_is_made_to_be_costly_is_bounded(markup: str) -> None:
    started = time.process_time()
    html_to_text(f"<p>hello</p>{markup * (1_000_000 // len(markup))}")
    assert time.process_time() - started < SECONDS


def test_ordinary_mail_is_not_cut() -> None:
    digest = whole(mixed(*(MIMEMessage(MIMEText(str(number))) for number in range(100))))
    big = whole(mixed(MIMEApplication(b"\0" * 17_000_000, "zip", name="a.zip")))
    for raw in (mail(), digest, big, HEAD + b"\r\n" + b"-- \r\nhello\r\n" * (MAX_BOUNDARY_LINES // 2)):
        assert bounded(raw) == raw
