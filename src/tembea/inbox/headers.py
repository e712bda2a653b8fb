"""The few headers that decide where a message belongs, read before anything else is known about it.

Only the header block is looked at, bounded, and nothing in it can raise: whatever a stranger writes, it is kept.
Sources: RFC 5322 (messages), RFC 3834 (automatic responses), RFC 2919 (lists), RFC 3464 (delivery reports).
"""

import hashlib
import re
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses

HEADER_BLOCK_MAX_BYTES = 262_144
HEADER_VALUE_MAX_CHARS = 50_000
MESSAGE_ID_MAX_CHARS = 998
REFERENCES_MAX = 50
HOPS_MAX = 100
"""More `Received` lines than this are a loop (RFC 5321, 6.3)."""
RECIPIENTS_READ_MAX = 100
NAME_MAX_CHARS, ADDRESS_MAX_CHARS, SUBJECT_MAX_CHARS = 200, 320, 998

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|From ")
_SPACED_COLON = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*)[ \t]+:")
_TELLING = (b"from", b"subject", b"date")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,990}>")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f]+")
_NOTED = ("Delivered-To", "X-Original-To", "Envelope-To")
_ROBOTS = ("mailer-daemon@", "postmaster@")
_BULK = ("bulk", "list", "junk", "auto_reply")


@dataclass(frozen=True, slots=True)
class MessageHeaders:
    """What the headers say. `references` are Message-IDs with brackets, nearest first.

    `automatic` names why no machine may answer (RFC 3834), or is None for mail that a person seems to have sent.
    """

    message_id: str | None
    from_name: str | None
    from_address: str | None
    subject: str
    references: tuple[str, ...]
    automatic: str | None


def read_headers(raw: bytes, *, envelope_from: str) -> MessageHeaders:
    """The headers of a message; `envelope_from` is empty for bounces."""
    message = _parsed(raw)
    name, address = _sender(message)
    return MessageHeaders(
        message_id=_first_id(_header(message, "Message-ID")),
        from_name=name,
        from_address=address,
        subject=one_line(_header(message, "Subject"), SUBJECT_MAX_CHARS),
        references=_references(message),
        automatic=_why_automatic(message, envelope_from, address or ""),
    )


def list_mailboxes(written: str) -> list[tuple[str, str]]:
    """Names and addresses of a header as written; none where it is nested deeper than the parser can go."""
    try:
        return getaddresses([written])
    except RecursionError:
        return []


def tidied(raw: bytes) -> bytes:
    """The message with the slips at its head mended that would hide the rest of it.

    `To :` (RFC 822) becomes `To:`. A line that is no header is left out where a sender, subject or date that did not
    come before still comes after it; otherwise the text has begun there without its blank line.
    """
    end = _BLANK_LINE.search(raw)
    head, body = (raw[: end.start()], raw[end.start() :]) if end else (raw, b"")
    lines = head.split(b"\n")
    names = [line.partition(b":")[0].strip().lower() if _HEADER.match(line) else b"" for line in lines]
    first = {name: names.index(name) for name in _TELLING if name in names}
    last = max(first.values(), default=-1)
    kept = [
        _SPACED_COLON.sub(rb"\1:", line)
        for number, line in enumerate(lines)
        if number > last or names[number] or line.startswith((b" ", b"\t", b"From "))
    ]
    return b"\n".join(kept) + body


def list_headers(raw: bytes, limit: int) -> list[tuple[str, str]]:
    """The first `limit` headers of a message as names and decoded values, in their order."""
    return [
        (one_line(name, NAME_MAX_CHARS), one_line(_decoded(str(value)[:HEADER_VALUE_MAX_CHARS]), SUBJECT_MAX_CHARS))
        for name, value in list(_parsed(raw).raw_items())[:limit]
    ]


def written_recipients(raw: bytes) -> list[list[str]]:
    """Whom a message without an envelope is for, surest first: what the last mail server noted, then what its writer
    wrote. A server writes above what is there, so of its lines the first one counts."""
    message = _parsed(raw)
    noted = [[str(value)] for name in _NOTED for value in message.get_all(name, [])[:1]]
    written = [str(value) for name in ("To", "Cc") for value in message.get_all(name, [])]
    return [_addresses(values) for values in [*noted, written]]


def read_return_path(raw: bytes) -> str | None:
    """The envelope's sender as the last mail server noted it, empty for bounces; None where it did not."""
    noted = _header(_parsed(raw), "Return-Path").strip()
    return one_line(noted.strip("<>"), ADDRESS_MAX_CHARS) if noted else None


def _addresses(values: list[str]) -> list[str]:
    found = list_mailboxes(", ".join(values)[:HEADER_VALUE_MAX_CHARS])
    named = (one_line(address.lower(), ADDRESS_MAX_CHARS) for _, address in found if "@" in address)
    return list(dict.fromkeys(named))[:RECIPIENTS_READ_MAX]


def dedupe_key(headers: MessageHeaders, raw: bytes) -> str:
    """The same for the same Message-ID and From, however often delivered; without a Message-ID, for the same bytes."""
    digest = hashlib.sha256()
    if headers.message_id:
        digest.update(f"id\n{headers.message_id}\n{(headers.from_address or '').lower()}".encode())
    else:
        digest.update(b"raw\n" + raw)
    return digest.hexdigest()


def storable(text: str, max_chars: int) -> str:
    """`text` without what PostgreSQL cannot hold (NUL, lone surrogates), at most `max_chars` long."""
    return _UNSTORABLE.sub("\ufffd", text)[:max_chars]


def one_line(text: str, max_chars: int) -> str:
    """`text` on one line, without control characters."""
    return storable(_CONTROL.sub(" ", text).strip(), max_chars)


def _parsed(raw: bytes) -> Message:
    end = _BLANK_LINE.search(raw, 0, HEADER_BLOCK_MAX_BYTES)
    block = raw[: end.end() if end else HEADER_BLOCK_MAX_BYTES]
    return BytesHeaderParser(policy=compat32).parsebytes(tidied(block))


def _header(message: Message, name: str) -> str:
    """The first header of this name, decoded (RFC 2047), or empty."""
    return _decoded(str(message.get(name, ""))[:HEADER_VALUE_MAX_CHARS])


def _sender(message: Message) -> tuple[str | None, str | None]:
    # The address is taken from the undecoded header: an encoded word may spell a second address into the name.
    written = ", ".join(str(value) for value in message.get_all("From", [])[:5])[:HEADER_VALUE_MAX_CHARS]
    for name, address in list_mailboxes(written):
        if "@" in address:
            return one_line(_decoded(name), NAME_MAX_CHARS) or None, one_line(address, ADDRESS_MAX_CHARS)
    return None, None


def _decoded(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except (LookupError, ValueError):
        return text


def _first_id(text: str) -> str | None:
    found = _MESSAGE_ID.search(text)
    if found:
        return storable(found.group(), MESSAGE_ID_MAX_CHARS)
    return one_line(text, MESSAGE_ID_MAX_CHARS) or None


def _references(message: Message) -> tuple[str, ...]:
    nearest_first = _MESSAGE_ID.findall(_header(message, "In-Reply-To"))
    nearest_first += reversed(_MESSAGE_ID.findall(_header(message, "References")))
    return tuple(dict.fromkeys(storable(found, MESSAGE_ID_MAX_CHARS) for found in nearest_first))[:REFERENCES_MAX]


def _why_automatic(message: Message, envelope_from: str, sender: str) -> str | None:
    submitted = _header(message, "Auto-Submitted").split(";")[0].strip().lower()
    precedence = _header(message, "Precedence").strip().lower()
    reasons = {
        "auto_submitted": submitted not in ("", "no"),
        "bounce": envelope_from == "" or _header(message, "Return-Path").strip() == "<>",
        "report": message.get_content_type() == "multipart/report",
        "robot": sender.lower().startswith(_ROBOTS),
        "loop": len(message.get_all("Received", [])) > HOPS_MAX,
        "list": "List-Id" in message or "List-Post" in message,
        "precedence": precedence in _BULK,
        "autoresponder": "X-Autoreply" in message or "X-Autorespond" in message,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
