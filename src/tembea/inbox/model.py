"""What an enquiry is, how a message becomes part of one, and the steps between its states."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import JsonValue

from tembea.kernel.errors import Conflict, Invalid, NotFound, TooLarge

Channel = Literal["email", "web", "chat", "phone"]
Source = Literal["smtp", "webhook", "api", "imap"]

MAX_MESSAGE_BYTES = 25_000_000
"""The biggest message that is taken, headers and attachments included."""


class EnquiryStatus(StrEnum):
    """Where an enquiry stands.

    received: stored, nobody has read it. parsed: understood, and it waits for its quote. waiting_for_customer: a
    question to the customer was drafted or sent. quoted: a quote exists, a draft included. needs_review: a person has
    to decide. ignored: nobody expects an answer. failed: we could not read it, after several tries.
    """

    RECEIVED = "received"
    PARSED = "parsed"
    WAITING_FOR_CUSTOMER = "waiting_for_customer"
    QUOTED = "quoted"
    NEEDS_REVIEW = "needs_review"
    IGNORED = "ignored"
    FAILED = "failed"


class Outcome(StrEnum):
    """What became of a message at the door. All of them mean: kept, do not send it again."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    OWN_MAIL = "own_mail"
    QUARANTINED = "quarantined"


class MessageTooLarge(TooLarge):
    """The message is bigger than what the installation accepts."""

    code = "message_too_large"


class QuarantinedNotFound(NotFound):
    """There is no such message in the quarantine: assigned, discarded, or the oldest when room was needed."""

    code = "quarantined_not_found"
    title = "There is no such message in the quarantine"


class EnquiryIncomplete(Invalid):
    """The trip cannot be priced before somebody says what is missing."""

    code = "enquiry_incomplete"


class NoAddress(Conflict):
    """There is no address to answer to."""

    code = "no_address"
    title = "There is nobody to write to"


class InvalidTransition(Conflict):
    """The enquiry's state does not allow this step."""

    code = "invalid_transition"
    title = "The enquiry is past this step"


class NothingToSend(Conflict):
    """There is neither a text nor a draft."""

    code = "nothing_to_send"
    title = "There is nothing to send"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message for one recipient. `tenant` is the slug, None in quarantine."""

    outcome: Outcome
    tenant: str | None = None
    enquiry_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewEnquiry:
    """An enquiry that somebody typed into a form, a chat or our own pages."""

    channel: Channel
    text: str
    from_name: str | None = None
    from_email: str | None = None
    phone: str | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A stored enquiry. `trip_request` and `evidence` are their JSON forms; `reasons` are sentences for people."""

    id: UUID
    channel: str
    status: str
    kind: str | None
    from_name: str | None
    from_email: str | None
    phone: str | None
    subject: str
    body_text: str
    language: str | None
    trip_request: dict[str, JsonValue] | None
    evidence: dict[str, JsonValue]
    missing: list[str]
    reasons: list[str]
    client_id: UUID | None
    quote_id: UUID | None
    assignee_id: UUID | None
    assignee_name: str | None
    snoozed_until: datetime | None
    confidence: float | None
    """How surely the first message was understood, 0 to 1."""
    attempts: int
    received_at: datetime
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One message of an enquiry as it came in, to be read. `envelope_from` is empty for bounces."""

    id: UUID
    raw: bytes
    envelope_from: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """A message of an enquiry as people see it."""

    id: UUID
    message_id: str | None
    from_address: str | None
    recipient: str
    subject: str
    body_text: str
    received_at: datetime
    attachments: list[dict[str, object]] = field(default_factory=list[dict[str, object]])


@dataclass(frozen=True, slots=True)
class QuarantineLimits:
    """How much mail for nobody is kept, before the oldest makes room."""

    max_messages: int = 1_000
    max_total_bytes: int = 200_000_000


@dataclass(frozen=True, slots=True)
class QuarantinedMail:
    """A message for nobody we know. `envelope_from` is empty for bounces."""

    id: UUID
    recipient: str
    envelope_from: str
    subject: str
    source: Source
    reason: str
    size_bytes: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class QuarantineFilter:
    """Which quarantined messages a list shows; None means all. `q` is looked for in recipient, sender and subject."""

    q: str | None = None
    reason: str | None = None
