"""SendGrid's Inbound Parse form, read as it streams in and turned back into the message that it was.

Two forms exist: `email` holds the raw message; or the message was parsed, and `headers`, `text`, `html` and numbered
attachments have to be put together again, so that everything after the door is one way. Every byte field is in the
charset that `charsets` names for it. Source: https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/
setting-up-the-inbound-parse-webhook (Inbound Parse, default parameters).
"""

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import encoders
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import getaddresses
from io import BytesIO
from typing import TYPE_CHECKING, cast

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from tembea.inbox.headers import one_line
from tembea.inbox.model import MAX_MESSAGE_BYTES, MessageTooLarge
from tembea.kernel.errors import BadRequest

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

PARTS_MAX = 500
HEADERS_MAX = 300
_BODY_HEADERS = ("content-type", "content-transfer-encoding", "content-disposition", "mime-version")


class UnreadableForm(BadRequest):
    """The body is not the multipart form that it says it is."""

    code = "unreadable_form"


@dataclass(slots=True)
class FormPart:
    """One field of the form: its bytes, and how a file in it was called."""

    name: str = ""
    filename: str | None = None
    content_type: str = ""
    content: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True, slots=True)
class InboundForm:
    """A received message with its envelope, as the form tells it. `envelope_from` is empty for a bounce."""

    raw: bytes
    recipients: tuple[str, ...]
    envelope_from: str


async def read_form(content_type: str, chunks: AsyncIterator[bytes]) -> dict[str, FormPart]:
    """The form's fields by name, the first of each; raises `UnreadableForm` and `MessageTooLarge`."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise UnreadableForm("Send the message as multipart/form-data, as SendGrid's Inbound Parse does.")
    collector = _Collector()
    size = 0
    try:
        parser = MultipartParser(boundary, collector.callbacks())
        async for chunk in chunks:
            size += len(chunk)
            if size > MAX_MESSAGE_BYTES:
                raise MessageTooLarge(f"A message may have {MAX_MESSAGE_BYTES // 1_000_000} MB at most.")
            parser.write(chunk)
        parser.finalize()
    except FormParserError as error:
        raise UnreadableForm("The form ends or is divided in a way that cannot be read.") from error
    return collector.parts


def read_message(parts: dict[str, FormPart]) -> InboundForm:
    """The message and its envelope; raises `UnreadableForm` where there is neither a message nor a recipient."""
    charsets = _json_object(parts, "charsets")
    recipients, envelope_from = _envelope(parts, charsets)
    if not recipients:
        raise UnreadableForm("The form names no recipient, neither in “envelope” nor in “to”.")
    email = parts.get("email")
    raw = bytes(email.content) if email else _rebuild(parts, charsets)
    return InboundForm(raw, recipients, envelope_from)


class _Collector:
    """Gathers the parts while the parser walks over the body."""

    def __init__(self) -> None:
        self.parts: dict[str, FormPart] = {}
        self._part = FormPart()
        self._count = 0
        self._name = bytearray()
        self._value = bytearray()

    def callbacks(self) -> "MultipartCallbacks":
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header,
            "on_part_data": self._data,
            "on_part_end": self._end,
        }

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._part.content += data[start:end]

    def _begin(self) -> None:
        self._count += 1
        if self._count > PARTS_MAX:
            raise UnreadableForm(f"The form has more than {PARTS_MAX} parts.")
        self._part = FormPart()

    def _header(self) -> None:
        name, value = bytes(self._name).lower(), bytes(self._value)
        self._name.clear()
        self._value.clear()
        if name == b"content-disposition":
            _, options = parse_options_header(value)
            self._part.name = options.get(b"name", b"").decode("utf-8", "replace")
            if b"filename" in options:
                self._part.filename = options[b"filename"].decode("utf-8", "replace")
        elif name == b"content-type":
            self._part.content_type = value.decode("latin-1")

    def _end(self) -> None:
        self.parts.setdefault(self._part.name, self._part)


def _envelope(parts: dict[str, FormPart], charsets: dict[str, object]) -> tuple[tuple[str, ...], str]:
    """Who the message is for and from: the envelope alone where there is one, else the visible addresses."""
    if "envelope" in parts:
        envelope = _json_object(parts, "envelope")
        to = envelope.get("to")
        named = [to] if isinstance(to, str) else cast("list[object]", to) if isinstance(to, list) else []
        sender = envelope.get("from")
        return tuple(str(address) for address in named if address), sender if isinstance(sender, str) else ""
    visible = [address for _, address in getaddresses([_text(parts, "to", charsets)]) if "@" in address]
    senders = [address for _, address in getaddresses([_text(parts, "from", charsets)]) if "@" in address]
    return tuple(dict.fromkeys(visible)), senders[0] if senders else "-"


def _rebuild(parts: dict[str, FormPart], charsets: dict[str, object]) -> bytes:
    """An RFC 5322 message from parsed fields: the original headers, new bodies. The same fields give the same bytes."""
    message = _bodies(parts, charsets)
    for name, value in _original_headers(parts, charsets):
        message[name] = value
    digest = hashlib.sha256(b"\n".join(bytes(part.content) for part in parts.values())).hexdigest()
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{digest[:32]}_{number}")
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=compat32.clone(linesep="\r\n", max_line_length=None)).flatten(
        message
    )
    return out.getvalue()


def _original_headers(parts: dict[str, FormPart], charsets: dict[str, object]) -> list[tuple[str, str]]:
    original = HeaderParser(policy=compat32).parsestr(_text(parts, "headers", charsets))
    kept = [(name, str(value)) for name, value in original.items() if name.lower() not in _BODY_HEADERS]
    named = {name.lower() for name, _ in kept}
    visible = [(title, _text(parts, title.lower(), charsets)) for title in ("From", "To", "Subject")]
    kept += [(title, value) for title, value in visible if value and title.lower() not in named]
    return [(name, _folded(value)) for name, value in kept[:HEADERS_MAX]]


def _folded(value: str) -> str:
    """One header's value: no line break of a stranger's begins another header (RFC 5322, 2.2.3)."""
    line = one_line(value, 20_000)
    return line if line.isascii() else Header(line, "utf-8", maxlinelen=1_000_000).encode()


def _bodies(parts: dict[str, FormPart], charsets: dict[str, object]) -> Message:
    texts = [
        MIMEText(_text(parts, name, charsets).replace("\r\n", "\n"), subtype, "utf-8")
        for name, subtype in (("text", "plain"), ("html", "html"))
        if name in parts
    ]
    body: Message = texts[0] if len(texts) == 1 else MIMEMultipart("alternative", _subparts=texts)
    files = _attachments(parts)
    return MIMEMultipart("mixed", _subparts=[body, *files]) if files else body


def _attachments(parts: dict[str, FormPart]) -> list[Message]:
    info = _json_object(parts, "attachment-info")
    files: list[Message] = []
    for name, part in parts.items():
        if part.filename is None and name not in info:
            continue
        about = info.get(name)
        told = cast("dict[str, object]", about) if isinstance(about, dict) else {}
        content_type = one_line(str(told.get("type") or part.content_type or "application/octet-stream"), 200)
        maintype, _, subtype = content_type.partition(";")[0].strip().partition("/")
        file = MIMEBase(maintype or "application", subtype or "octet-stream")
        file.set_payload(bytes(part.content))
        encoders.encode_base64(file)
        filename = one_line(str(told.get("filename") or part.filename or name), 255)
        file.add_header("Content-Disposition", "attachment", filename=("utf-8", "", filename))
        files.append(file)
    return files


def _text(parts: dict[str, FormPart], name: str, charsets: dict[str, object]) -> str:
    part = parts.get(name)
    if part is None:
        return ""
    charset = charsets.get(name)
    try:
        return bytes(part.content).decode(charset if isinstance(charset, str) else "utf-8", "replace")
    except LookupError:
        return bytes(part.content).decode("utf-8", "replace")


def _json_object(parts: dict[str, FormPart], name: str) -> dict[str, object]:
    part = parts.get(name)
    if part is None:
        return {}
    try:
        found: object = json.loads(bytes(part.content))
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, object]", found) if isinstance(found, dict) else {}
