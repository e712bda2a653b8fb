"""A message as it came over the wire, taken apart: who, to whom, what it says, what hangs on it.

Anything may arrive, so nothing here raises on its content and everything is bounded: parts, sizes, addresses, names.
Sources: RFC 5322 (messages), RFC 2045-2047, 2183, 2231 (MIME), RFC 3676 (flowed text), RFC 3834 (automatic responses).
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as MimeMessage
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import collapse_rfc2231_value, parsedate_to_datetime
from typing import cast

from tembea.inbox.bounding import bounded
from tembea.inbox.headers import (
    HEADER_VALUE_MAX_CHARS,
    MessageHeaders,
    list_mailboxes,
    one_line,
    read_headers,
    storable,
    tidied,
)
from tembea.inbox.markup import html_to_text

MAX_PARTS = 200
MAX_DEPTH = 20
MAX_TEXT_CHARS = 1_000_000
MAX_ADDRESSES = 100
MAX_ATTACHMENTS = 100
_NAME_MAX_CHARS = 200
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+$")
_MAILBOX = re.compile(r"<([^<>\s]+@[^<>\s]+)>|([^\s<>,;:\"()]+@[^\s<>,;:\"()]+)")

_KEPT_HEADERS = (
    "auto-submitted",
    "precedence",
    "list-id",
    "list-unsubscribe",
    "x-autoreply",
    "x-auto-response-suppress",
    "return-path",
    "sender",
    "delivered-to",
    "content-language",
)
_CHARSETS = {
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030",
    "iso-8859-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "latin1": "cp1252", "iso-8859-8-i": "iso-8859-8",
    "x-unknown": "utf-8", "unknown-8bit": "utf-8", "shift_jis": "cp932", "x-sjis": "cp932",
    "macintosh": "mac-roman", "utf8": "utf-8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox; the name may be empty."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """What hangs on a message: its name as sent (never a path to write to), its type and its size after decoding."""

    filename: str
    content_type: str
    size_bytes: int
    is_inline: bool


@dataclass(frozen=True, slots=True)
class Message:
    """A message taken apart.

    `text` is the plain text, taken from the HTML where there is none; `html` is as sent and unsafe. `references` are
    Message-IDs, nearest first. `date` is what the sender claims, in UTC. `automatic` names why no machine may answer
    (RFC 3834), None for mail that a person seems to have sent. `headers` keeps the few that matter later on.
    """

    message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    sender: Address | None
    reply_to: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    date: datetime | None
    text: str
    html: str | None
    attachments: tuple[Attachment, ...]
    automatic: str | None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def from_line(self) -> str:
        """The sender as one line, as `understand` takes it."""
        if self.sender is None:
            return ""
        return f"{self.sender.name} <{self.sender.address}>".strip() if self.sender.name else self.sender.address


def parse_message(raw: bytes, *, envelope_from: str = "unknown") -> Message:
    """Take a raw message apart. `envelope_from` is the SMTP sender, empty for bounces; leave it out where unknown."""
    mended = tidied(bounded(raw))
    known = read_headers(mended, envelope_from=envelope_from)
    mime = _parsed(mended)
    texts, markups, attachments = _contents(mime)
    html = "\n".join(markups) or None
    text = _joined(texts)
    if not text.strip() and html is not None:
        text = html_to_text(html)
    return Message(
        message_id=known.message_id,
        in_reply_to=next(iter(re.findall(r"<[^<>\s]+>", _header(mime, "In-Reply-To"))), None),
        references=known.references,
        sender=_sender(mime, known),
        reply_to=next(iter(_addresses(mime, "Reply-To")), None),
        to=_addresses(mime, "To"),
        cc=_addresses(mime, "Cc"),
        subject=one_line(_header(mime, "Subject"), 998),
        date=_date(mime),
        text=storable(text, MAX_TEXT_CHARS),
        html=storable(html, MAX_TEXT_CHARS) if html else None,
        attachments=tuple(attachments),
        automatic=known.automatic,
        headers={name: one_line(_header(mime, name), 998) for name in _KEPT_HEADERS if name in mime},
    )


def _parsed(raw: bytes) -> MimeMessage:
    """The tree of parts; where it is deeper than the parser can go, the head with the rest as one text."""
    try:
        return message_from_bytes(raw, policy=compat32)
    except RecursionError:
        return BytesHeaderParser(policy=compat32).parsebytes(raw)


def _sender(mime: MimeMessage, known: MessageHeaders) -> Address | None:
    written = next(iter(_addresses(mime, "From")), None)
    if written is None and known.from_address:
        return Address(known.from_name or "", known.from_address)
    return written


def _contents(mime: MimeMessage) -> tuple[list[str], list[str], list[Attachment]]:
    """The texts, the HTML texts and the attachments, in the order of the message."""
    texts: list[str] = []
    markups: list[str] = []
    broken: list[str] = []
    attachments: list[Attachment] = []
    for part in _leaves(mime):
        kind, name = part.get_content_type(), _filename(part)
        disposition = _disposition(part)
        is_body = disposition != "attachment" and not name
        if kind == "text/plain" and is_body:
            texts.append(_plain_text(part))
        elif kind == "text/html" and is_body:
            markups.append(_decoded(part))
        elif part.get_content_maintype() == "multipart":
            broken.append(_plain_text(part))
        elif len(attachments) < MAX_ATTACHMENTS:
            attachments.append(_attachment(part, name, kind, disposition))
    # A multipart whose boundary never comes is shown as it stands rather than lost.
    return texts or ([] if markups else broken), markups, attachments


def _leaves(mime: MimeMessage) -> Iterator[MimeMessage]:
    """The parts that hold something; an attached message is one part and not looked into."""
    waiting: list[tuple[MimeMessage, int]] = [(mime, 0)]
    seen = 0
    while waiting and seen < MAX_PARTS:
        part, depth = waiting.pop()
        seen += 1
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            children = _children(part) if depth < MAX_DEPTH else []
            waiting += [(child, depth + 1) for child in reversed(children)]
        else:
            yield part


def _children(part: MimeMessage) -> list[MimeMessage]:
    return [child for child in cast("list[object]", part.get_payload()) if isinstance(child, MimeMessage)]


def _attachment(part: MimeMessage, name: str, kind: str, disposition: str) -> Attachment:
    return Attachment(name, kind, len(_payload(part)), disposition == "inline" or "Content-ID" in part)


def _payload(part: MimeMessage) -> bytes:
    """The bytes of a part, decoded; a message inside a message as it stands. What cannot be decoded is empty."""
    try:
        if part.is_multipart():
            return b"".join(child.as_bytes() for child in _children(part)[:1])
        decoded = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return b""
    return decoded if isinstance(decoded, bytes) else b""


def _decoded(part: MimeMessage) -> str:
    return decode_text(_payload(part), _parameter(part, "charset"))


def decode_text(content: bytes, charset: str) -> str:
    """Bytes as text: by the charset they claim where that works, else UTF-8, else Windows-1252."""
    claimed = charset.strip(" \"'").lower()
    for name in (_CHARSETS.get(claimed, claimed), "utf-8", "cp1252"):
        try:
            # UTF-8 that claims to be Latin is commoner than Latin that happens to be valid UTF-8.
            if name == "cp1252" and claimed in _CHARSETS:
                return content.decode("utf-8")
            return content.decode(codecs.lookup(name).name)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _plain_text(part: MimeMessage) -> str:
    text = _decoded(part).replace("\r\n", "\n").replace("\r", "\n")
    if _parameter(part, "format").lower() == "flowed":
        return _unflowed(text, deletes_space=_parameter(part, "delsp").lower() == "yes")
    return text


def _unflowed(text: str, *, deletes_space: bool) -> str:
    """Lines that end in a space go on in the next one of the same quote depth (RFC 3676)."""
    lines: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        if open_depth == depth and content != "-- ":
            lines[-1] += content
        else:
            lines.append(">" * depth + (" " if depth else "") + content)
        if flows and deletes_space:
            lines[-1] = lines[-1][:-1]
        open_depth = depth if flows else -1
    return "\n".join(line.rstrip() if line != "-- " else line for line in lines)


def _joined(texts: list[str]) -> str:
    return "\n".join(text.strip("\n") for text in texts if text.strip())


def _filename(part: MimeMessage) -> str:
    for header, name in (("content-disposition", "filename"), ("content-type", "name")):
        written = _parameter(part, name, header)
        if written:
            return one_line(re.split(r"[\\/]", _words(written))[-1], _NAME_MAX_CHARS)
    return ""


def _parameter(part: MimeMessage, name: str, header: str = "content-type") -> str:
    try:
        value = part.get_param(name, "", header)
        return collapse_rfc2231_value(value).strip() if value else ""
    except (LookupError, ValueError, TypeError):
        return ""


def _disposition(part: MimeMessage) -> str:
    return str(part.get("Content-Disposition", "")).split(";")[0].strip().lower()


def _raw(mime: MimeMessage, name: str) -> list[str]:
    """The headers of this name as they came, raw bytes kept as surrogates."""
    return [str(value)[:HEADER_VALUE_MAX_CHARS] for key, value in mime.raw_items() if key.lower() == name.lower()]


def _header(mime: MimeMessage, name: str) -> str:
    return _words(next(iter(_raw(mime, name)), ""))


def _words(written: str) -> str:
    """A header's text: encoded words decoded one by one, so that a broken one does not spoil the others."""
    try:
        pieces = decode_header(re.sub(r"\r?\n[ \t]*", " ", written))
    except (HeaderParseError, ValueError):
        return _readable(written)
    return "".join(
        _readable(piece) if isinstance(piece, str) else decode_text(piece, charset or "") for piece, charset in pieces
    )


def _readable(written: str) -> str:
    """Raw bytes in a header, which the parser keeps as surrogates, as text."""
    if not any("\udc80" <= char <= "\udcff" for char in written):
        return written
    return decode_text(written.encode("utf-8", "surrogateescape"), "")


def _addresses(mime: MimeMessage, name: str) -> tuple[Address, ...]:
    written = [_readable(value) for value in _raw(mime, name)][:MAX_ADDRESSES]
    # The address is taken from the undecoded header: an encoded word may spell a second address into the name.
    pairs = [pair for value in written for pair in _pairs(value)]
    found = [Address(one_line(_words(label), _NAME_MAX_CHARS), one_line(address, 320)) for label, address in pairs]
    return tuple(found[:MAX_ADDRESSES])


def _pairs(written: str) -> list[tuple[str, str]]:
    """Names and addresses by the grammar; by their looks where it does not fit, as in `a@x.example <b@x.example>`."""
    parsed = [(label, address) for label, address in list_mailboxes(written) if _ADDRESS.match(address)]
    is_single = not re.search(r"[,;]", re.sub(r'"[^"]*"', "", written))
    if _MAILBOX.search(written) and (
        not parsed or any("@" in label for label, _ in parsed) or (is_single and parsed[1:])
    ):
        return [_mailbox(written)]
    return parsed


def _mailbox(written: str) -> tuple[str, str]:
    """The mailbox of a line that no grammar fits: what stands in angle brackets, else the first address."""
    matches = list(_MAILBOX.finditer(written))
    chosen = next((match for match in matches if match[1]), matches[0])
    return written[: chosen.start()].strip(" \"'"), chosen[1] or chosen[2]


def _date(mime: MimeMessage) -> datetime | None:
    try:
        written = parsedate_to_datetime(str(mime.get("Date", "")))
        return (written if written.tzinfo else written.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
