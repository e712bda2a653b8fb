from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest

from tembea.notifications.compose import REFERENCES_KEPT, UnsafeMail, compose, one_line
from tembea.notifications.model import Attachment, InlineImage

WHEN = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def write(**changes: Any) -> bytes:
    plain: dict[str, Any] = {
        "sender": ("Jacaranda Journeys", "quotes@jacaranda.example"),
        "to": [("Łukasz Żak", "lukasz@klient.example")],
        "subject": "Your Zanzibar quote",
        "text": "Dear Łukasz,\n\nhere it is.\n",
        "html": "<p>Dear Łukasz,</p><p>here it is.</p>",
        "message_id": "<0190-1@jacaranda.example>",
        "date": WHEN,
    }
    return compose(**(plain | changes))


def parse(raw: bytes) -> EmailMessage:
    return cast("EmailMessage", message_from_bytes(raw, policy=cast("Any", default)))


def shape(part: EmailMessage) -> object:
    inner = [shape(cast("EmailMessage", below)) for below in part.iter_parts()]
    return (part.get_content_type(), inner) if inner else part.get_content_type()


def test_it_comes_back_as_it_was_written() -> None:
    mail = parse(write(reply_to=("Jacaranda", "hello@jacaranda.example"), auto_submitted="auto-replied"))
    assert mail["From"].addresses[0].display_name == "Jacaranda Journeys"
    assert mail["To"].addresses[0].display_name == "Łukasz Żak"
    assert mail["To"].addresses[0].addr_spec == "lukasz@klient.example"
    assert mail["Reply-To"].addresses[0].addr_spec == "hello@jacaranda.example"
    assert mail["Subject"] == "Your Zanzibar quote"
    assert mail["Date"].datetime == WHEN
    assert mail["Message-ID"] == "<0190-1@jacaranda.example>"
    assert mail["Auto-Submitted"] == "auto-replied"
    text, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert rich is not None
    assert text.get_content().replace("\r\n", "\n") == "Dear Łukasz,\n\nhere it is.\n"
    assert rich.get_content().strip() == "<p>Dear Łukasz,</p><p>here it is.</p>"


def test_files_and_pictures_have_their_places() -> None:
    raw = write(
        attachments=[Attachment("Angebot für Łukasz 田中.pdf", "application/pdf", b"%PDF-1.7")],
        inline_images=[InlineImage("logo", "image/png", b"\x89PNG")],
    )
    mail = parse(raw)
    related = ("multipart/related", ["text/html", "image/png"])
    assert shape(mail) == ("multipart/mixed", [("multipart/alternative", ["text/plain", related]), "application/pdf"])
    (attachment,) = mail.iter_attachments()
    assert attachment.get_filename() == "Angebot für Łukasz 田中.pdf"
    assert attachment.get_content() == b"%PDF-1.7"
    picture = next(part for part in mail.walk() if part.get_content_type() == "image/png")
    assert picture["Content-ID"] == "<logo>"
    assert picture.get_content_disposition() == "inline"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"html": ""}, "text/plain"),
        ({}, ("multipart/alternative", ["text/plain", "text/html"])),
        ({"html": "", "inline_images": [InlineImage("logo", "image/png", b"x")]}, "text/plain"),
    ],
)
def test_no_level_holds_one_part_only(changes: dict[str, object], expected: object) -> None:
    assert shape(parse(write(**changes))) == expected


def test_the_message_is_fit_for_any_server() -> None:
    raw = write(
        subject="Ñandú " * 60, text="long " * 2000 + "\n.\nعربي\n", to=[("Ελένη " * 30, "e@klient.example")] * 30
    )
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert parse(raw)["Subject"] == " ".join(["Ñandú"] * 60)


def test_a_thread_is_named_oldest_first_and_whole() -> None:
    long = f"<{'x' * 180}@mail.example>"
    mail = write(in_reply_to="<c@x.example>", references=["<a@x.example>", long, "<c@x.example>", "<a@x.example>"])
    assert parse(mail)["In-Reply-To"] == "<c@x.example>"
    assert str(parse(mail)["References"]).split() == ["<a@x.example>", long, "<c@x.example>"]
    assert long.encode() in mail


def test_a_long_thread_keeps_its_first_and_its_latest() -> None:
    names = [f"<{index}@x.example>" for index in range(200)]
    kept = str(parse(write(references=names, in_reply_to="<last@x.example>"))["References"]).split()
    assert len(kept) == REFERENCES_KEPT
    assert kept[0] == names[0]
    assert kept[-1] == "<last@x.example>"


def test_strange_ids_of_strangers_are_left_out() -> None:
    mail = parse(
        write(in_reply_to="no id\r\nBcc: x@y.example", references=["<a@x.example>", "<b@x>\r\nBcc: x@y.example"])
    )
    assert mail["In-Reply-To"] is None
    assert mail["References"] == "<a@x.example>"
    assert mail["Bcc"] is None


INJECTIONS = [
    "a\r\nBcc: x@evil.example",
    "a\nBcc: x@evil.example",
    "a\rBcc: x@evil.example",
    "a\x0bBcc:\x00\u2028\u2029\x85b",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_names_and_subjects_cannot_add_headers(text: str) -> None:
    raw = write(
        sender=(text, "quotes@jacaranda.example"),
        to=[(text, "lukasz@klient.example")],
        reply_to=(text, "hello@jacaranda.example"),
        subject=text,
        attachments=[Attachment(text, "application/pdf", b"%PDF")],
    )
    mail = parse(raw)
    for part in mail.walk():
        assert part["Bcc"] is None
    assert sorted(mail.keys()) == sorted(
        ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
    )
    assert mail["Subject"] == one_line(text)
    assert [box.addr_spec for box in mail["To"].addresses] == ["lukasz@klient.example"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b@c.example",
        "a b@c.example",
        "a@c.example, x@evil.example",
        "a@c.example\r\nBcc: x@evil.example",
        "<a@c.example>",
        "a@",
        "@c.example",
        "ü@c.example",
        "a@c..example",
        f"{'a' * 65}@c.example",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    for changes in ({"to": [("A", address)]}, {"sender": ("A", address)}, {"reply_to": ("A", address)}):
        with pytest.raises(UnsafeMail):
            write(**changes)


def test_a_domain_of_another_alphabet_is_written_in_ascii() -> None:
    assert parse(write(to=[("", "info@bücher.example")]))["To"].addresses[0].domain == "xn--bcher-kva.example"


@pytest.mark.parametrize("name", ["", "plain", "<a b@c>", "<a@b>\r\nX: y", "<>", "<a>b>"])
def test_our_own_ids_must_be_well_formed(name: str) -> None:
    with pytest.raises(UnsafeMail):
        write(message_id=name)


def test_a_content_type_cannot_smuggle_a_header() -> None:
    with pytest.raises(UnsafeMail):
        write(attachments=[Attachment("a.pdf", "application/pdf\r\nX: y", b"")])


def test_a_file_name_holds_no_path() -> None:
    (attachment,) = parse(write(attachments=[Attachment("../../etc/passwd", "text/csv", b"x")])).iter_attachments()
    assert "/" not in (attachment.get_filename() or "")


def test_the_same_mail_is_the_same_bytes() -> None:
    changes = {"attachments": [Attachment("a.pdf", "application/pdf", b"%PDF")]}
    assert write(**changes) == write(**changes)
    assert write(**changes) != write(message_id="<other@jacaranda.example>", **changes)


@pytest.mark.parametrize("size", [0, 1, 2, 56, 57, 58, 114, 10_000])
def test_a_file_of_any_length_is_written_in_full_lines(size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    raw = write(attachments=[Attachment("rates.bin", "application/octet-stream", content)])
    (attachment,) = parse(raw).iter_attachments()
    assert attachment.get_content() == content
    assert attachment.as_bytes().replace(b"\n", b"\r\n").rstrip() in raw
    assert max(map(len, raw.split(b"\r\n"))) <= 76
