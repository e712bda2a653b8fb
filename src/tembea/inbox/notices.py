"""Delivery status notifications: what a mail server writes back about a mail of ours.

Sources: RFC 3464 (message/delivery-status), RFC 6522 (multipart/report), RFC 3463 (status codes). Nothing in a notice
can raise: whatever it is, it came from a stranger.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from email.policy import compat32
from typing import cast

from tembea.inbox.headers import one_line
from tembea.notifications import ReportKind

NOTICE_MAX_BYTES = 262_144
"""How much of a notice is read. Status and returned headers come first; what follows is our own mail."""

DETAIL_MAX_CHARS = 1_000
_PARTS_MAX, _RECIPIENTS_MAX, _IDS_MAX = 10, 50, 20
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,990}>")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_KINDS = {
    "failed": ReportKind.BOUNCED,
    "delayed": ReportKind.DEFERRED,
    "delivered": ReportKind.DELIVERED,
    "relayed": ReportKind.DELIVERED,
}
_ID_HEADERS = ("Message-ID", "Original-Message-ID", "X-Original-Message-ID", "In-Reply-To", "References")

_NOT_THE_ADDRESS = ("5.2.2", "5.2.3", "5.3.", "5.6.", "5.7.")
"""Permanent, but about a full mailbox, the system, this message or a policy: the next mail may arrive."""


@dataclass(frozen=True, slots=True)
class DeliveryNotice:
    """What a notice says. `message_ids` may name our mail; `permanent`: the address takes no mail at all."""

    message_ids: tuple[str, ...]
    kind: ReportKind
    permanent: bool
    detail: str


def read_notice(raw: bytes) -> DeliveryNotice | None:
    """The notice in a message, or None for any other message and for one that names neither outcome nor mail."""
    beginning = raw[:NOTICE_MAX_BYTES]
    if b"delivery-status" not in beginning.lower():  # almost every mail, and much quicker than taking it apart
        return None
    try:
        report = message_from_bytes(beginning, policy=compat32)
        return _notice(report) if _is_notice(report) else None
    except RecursionError:  # parts nested deeper than anybody's mail
        return None


def _is_notice(report: Message) -> bool:
    kind = str(report.get_param("report-type", "")).lower()
    return report.get_content_type() == "multipart/report" and kind == "delivery-status" and report.is_multipart()


def _notice(report: Message) -> DeliveryNotice | None:
    parts = cast("list[Message]", report.get_payload())[:_PARTS_MAX]
    outcome = _outcome(parts)
    names = tuple(dict.fromkeys(_message_ids(report, parts)))[:_IDS_MAX]
    if outcome is None or not names:
        return None
    kind = _KINDS.get(_field(outcome, "Action").lower())
    if kind is None:
        return None
    status = _status(outcome)
    lasting = status.startswith("5.") and not status.startswith(_NOT_THE_ADDRESS)
    said = _field(outcome, "Diagnostic-Code").removeprefix("smtp;").strip()
    return DeliveryNotice(names, kind, kind is ReportKind.BOUNCED and lasting, f"{status} {said}".strip())


def _outcome(parts: list[Message]) -> Message | None:
    """The fields about the recipient whom the notice is about; one that failed before any other."""
    for part in parts:
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            blocks = cast("list[Message]", part.get_payload())[: _RECIPIENTS_MAX + 1]
            named = [block for block in blocks if "Action" in block]
            failed = (block for block in named if _field(block, "Action").lower() == "failed")
            return next(failed, named[0] if named else None)
    return None


def _message_ids(report: Message, parts: list[Message]) -> Iterator[str]:
    """What may be our mail's name, the surest first: the returned message, the status fields, the notice's thread."""
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/rfc822" and part.is_multipart():
            yield from _ids(cast("list[Message]", part.get_payload())[0], _ID_HEADERS[:1])
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            yield from _ids(_returned_headers(part), _ID_HEADERS[:1])
        elif kind == "message/delivery-status" and part.is_multipart():
            for block in cast("list[Message]", part.get_payload())[:_RECIPIENTS_MAX]:
                yield from _ids(block, _ID_HEADERS[1:3])
    yield from _ids(report, _ID_HEADERS[1:])


def _returned_headers(part: Message) -> Message:
    if part.is_multipart():
        return cast("list[Message]", part.get_payload())[0]
    payload = part.get_payload(decode=True)
    return message_from_string(payload.decode("latin-1") if isinstance(payload, bytes) else "", policy=compat32)


def _ids(headers: Message, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from _MESSAGE_ID.findall(str(headers.get(name, "")))


def _status(outcome: Message) -> str:
    for field in ("Status", "Diagnostic-Code"):
        found = _STATUS.search(_field(outcome, field))
        if found:
            return found.group()
    return ""


def _field(block: Message, name: str) -> str:
    return one_line(str(block.get(name, "")), DETAIL_MAX_CHARS)
