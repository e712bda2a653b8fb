"""Raw messages taken apart: well-formed, sloppy and hostile ones."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tembea.inbox.headers import read_headers
from tembea.inbox.markup import html_to_text
from tembea.inbox.message import Address, decode_text, parse_message

PLAIN = b"""\
From: =?utf-8?q?Fran=C3=A7ois_Dup=C3=A9?= <f.dupe@example.org>
To: Quotes <quotes@baobab.example>, second@baobab.example
Reply-To: private@example.org
Subject: =?utf-8?b?Vm95YWdlIMOgIE1hdXJpY2U=?=
Date: Wed, 11 Nov 2026 11:00:00 +0200
Message-ID: <one@example.org>
In-Reply-To: <zero@baobab.example>
References: <minus@baobab.example> <zero@baobab.example>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Bonjour \xc3\xa0 tous
"""


def mixed(*parts: bytes, kind: bytes = b"mixed") -> bytes:
    body = b"".join(b"--b1\r\n" + part + b"\r\n" for part in parts)
    head = b"From: a@example.org\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/" + kind
    return head + b"; boundary=b1\r\n\r\n" + body + b"--b1--\r\n"


def headed(*headers: str, body: str = "hello") -> bytes:
    return ("From: Ann <ann@example.org>\n" + "".join(f"{header}\n" for header in headers) + f"\n{body}\n").encode()


def test_the_parts_of_a_plain_message() -> None:
    message = parse_message(PLAIN)

    assert message.sender == Address("François Dupé", "f.dupe@example.org")
    assert message.from_line == "François Dupé <f.dupe@example.org>"
    assert [address.address for address in message.to] == ["quotes@baobab.example", "second@baobab.example"]
    assert message.reply_to == Address("", "private@example.org")
    assert message.subject == "Voyage à Maurice"
    assert message.date == datetime(2026, 11, 11, 9, 0, tzinfo=UTC)
    assert (message.message_id, message.in_reply_to) == ("<one@example.org>", "<zero@baobab.example>")
    assert message.references == ("<zero@baobab.example>", "<minus@baobab.example>")
    assert message.text.strip() == "Bonjour à tous"
    assert (message.html, message.attachments, message.automatic) == (None, (), None)


def test_plain_text_is_preferred_and_html_kept() -> None:
    message = parse_message(
        mixed(
            b"Content-Type: text/plain\r\n\r\nplain words",
            b"Content-Type: text/html\r\n\r\n<p>rich words</p>",
            kind=b"alternative",
        )
    )

    assert message.text == "plain words"
    assert message.html is not None
    assert "rich words" in message.html


def test_html_alone_becomes_what_the_eye_sees() -> None:
    markup = (
        b"<html><head><title>t</title><style>p{}</style></head><body><div style='display:none'>secret order</div>"
        b"<p>Hi,</p><p>2 adults<br>1 child</p><ul><li>Bali</li></ul><table><tr><td>Adults</td><td>2</td></tr></table>"
        b"<blockquote><div>older</div></blockquote><script>x()</script></body></html>"
    )
    message = parse_message(b"From: a@example.org\r\nContent-Type: text/html\r\n\r\n" + markup)

    lines = [line for line in message.text.split("\n") if line.strip("> ")]
    assert lines == ["Hi,", "2 adults", "1 child", "- Bali", "Adults: 2", "> older"]


def test_attachments_are_listed_and_never_paths() -> None:
    message = parse_message(
        mixed(
            b"Content-Type: text/plain\r\n\r\nsee file",
            b'Content-Type: application/pdf; name="../../etc/id.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
            b'Content-Disposition: attachment; filename="../../etc/id.pdf"\r\n\r\naGVsbG8=',
            b"Content-Type: text/plain\r\nContent-Disposition: attachment; filename*=utf-8''n%C3%B6te.txt\r\n\r\n"
            b"not the body",
            b"Content-Type: image/png\r\nContent-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA",
        )
    )

    assert message.text == "see file"
    assert [(file.filename, file.content_type, file.size_bytes) for file in message.attachments] == [
        ("id.pdf", "application/pdf", 5),
        ("nöte.txt", "text/plain", 12),
        ("", "image/png", 3),
    ]
    assert [file.is_inline for file in message.attachments] == [False, False, True]


def test_flowed_lines_are_joined_within_their_quote() -> None:
    body = "We would like \nto go to Bali \nin May.\n> you asked \n> for dates\n-- \nAnn"
    message = parse_message(headed("Content-Type: text/plain; format=flowed", body=body))

    assert message.text.strip() == "We would like to go to Bali in May.\n> you asked for dates\n-- \nAnn"


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Auto-Submitted: auto-replied", "auto_submitted"),
        ("Precedence: bulk", "precedence"),
        ("List-Id: <news.example>", "list"),
        ("X-Autoreply: yes", "autoresponder"),
        ("Return-Path: <>", "bounce"),
        ("Content-Type: multipart/report; boundary=x", "report"),
        ("Auto-Submitted: no", None),
        ("Precedence: normal", None),
    ],
)
def test_automatic_mail_is_known(header: str, reason: str | None) -> None:
    assert parse_message(headed(header)).automatic == reason


def test_a_null_envelope_sender_is_a_bounce() -> None:
    assert parse_message(headed("Subject: x"), envelope_from="").automatic == "bounce"


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("Zoë".encode(), "utf-8", "Zoë"),
        ("Zoë".encode("cp1252"), "iso-8859-1", "Zoë"),
        ("Zoë".encode(), "iso-8859-1", "Zoë"),
        ("Zoë".encode("cp1252"), "utf-8", "Zoë"),
        ("Zoë".encode(), "no-such-charset", "Zoë"),
        ("旅行".encode("gb18030"), "gb2312", "旅行"),
        (b"\x81\x8d", "", "\ufffd\ufffd"),
    ],
)
def test_bytes_are_read_in_the_charset_that_fits(content: bytes, charset: str, text: str) -> None:
    assert decode_text(content, charset) == text


@pytest.mark.parametrize(
    ("raw", "sender", "subject"),
    [
        ("From: Zoë <z@example.org>\nSubject: Übung\n\nx".encode(), "z@example.org", "Übung"),
        (b"From: Big Bug bb@example.org\nSubject: x\n\nx", "bb@example.org", "x"),
        (b"From: a@example.org <b@example.org>\nSubject: x\n\nx", "b@example.org", "x"),
        (b"From : a@example.org\nSubject : spaced\n\nx", "a@example.org", "spaced"),
        (b"stray line\nFrom: a@example.org\nSubject: x\n\nx", "a@example.org", "x"),
        (b"To: b@example.org\nquite odd: x\nFrom: a@example.org\n__\n more\nSubject: x\n\nx", "a@example.org", "x"),
        (b"From: a@example.org\nSubject: =?utf-8?q?broken\n\nx", "a@example.org", "=?utf-8?q?broken"),
        (b"From: a@example.org\nSubject: one\n two\n\nx", "a@example.org", "one two"),
    ],
)
def test_sloppy_headers_are_still_read(raw: bytes, sender: str, subject: str) -> None:
    message = parse_message(raw)

    assert message.sender is not None
    assert (message.sender.address, message.subject) == (sender, subject)


@pytest.mark.parametrize(
    "raw",
    [
        b"Message-ID: <1@x>\nstray line\nFrom : a@example.org\nSubject: x\n\nx",
        b"From: a@example.org\nodd line: y\nSubject : x\nMessage-ID : <1@x>\n\nx",
    ],
)
def test_the_door_reads_sloppy_headers_too(raw: bytes) -> None:
    headers = read_headers(raw, envelope_from="")
    assert (headers.from_address, headers.subject, headers.message_id) == ("a@example.org", "x", "<1@x>")


def test_a_text_without_its_blank_line_is_not_lost() -> None:
    message = parse_message(b"From: a@example.org\nSubject: x\nTwo of us, please.\nDestination: Zanzibar\n\nBye\n")
    assert message.text.startswith("Two of us, please.\nDestination: Zanzibar")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"\x00\xff" * 1000,
        b"From: \nTo: ,,,;;<>\nDate: never\n\n",
        b"Content-Type: multipart/mixed\n\nno boundary at all",
        b"Content-Type: text/plain; charset=\xff\xfe\n\nx",
        b"Content-Transfer-Encoding: base64\n\n!!!notbase64===",
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3000,
        b"Subject: " + b"=?utf-8?b?/w==?=" * 500 + b"\n\nx",
        b"Date: Wed, 99 Foo 99999 99:99:99 +9999\n\nx",
    ],
    ids=range(10),
)
def test_odd_messages_do_not_raise(raw: bytes) -> None:
    message = parse_message(raw)

    assert "\x00" not in message.text + message.subject
    assert message.date is None


def test_a_multipart_without_its_boundary_is_shown_and_not_lost() -> None:
    assert parse_message(b"Content-Type: multipart/mixed\n\nplease quote Bali").text == "please quote Bali"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_taken_apart(raw: bytes) -> None:
    parse_message(b"From: a@example.org\nContent-Type: text/html\n\n" + raw)
    parse_message(raw)


def test_deep_markup_is_bounded() -> None:
    assert "x" in html_to_text("<div>" * 20_000 + "x" + "</div>" * 20_000)
