"""What an outgoing mail is, from the wish to send one to the stored message with its state."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tembea.kernel.errors import Conflict


class MailKind(StrEnum):
    """What a mail is for."""

    QUOTE = "quote"
    CLARIFICATION = "clarification"
    REPLY = "reply"
    ACCOUNT = "account"
    REMINDER = "reminder"


class MailStatus(StrEnum):
    """Where a mail stands.

    draft -> held, queued, discarded; held -> queued, draft, discarded; queued -> sending, sent, failed;
    sending -> sent, queued, failed, parked; parked -> queued, discarded. A `held` mail leaves when its time has come,
    unless it is taken back before. `parked` waits for a person: it may have arrived already.
    """

    DRAFT = "draft"
    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    PARKED = "parked"
    DISCARDED = "discarded"


class DeliveryState(StrEnum):
    """What others reported about a mail that left. None: nothing was reported.

    A complaint is the last word; a bounce outweighs a delivery, since some servers take a mail and send it back later.
    """

    DEFERRED = "deferred"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


class ReportKind(StrEnum):
    """What a report about a mail says."""

    DEFERRED = "deferred"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"

    @property
    def is_bad_news(self) -> bool:
        """Whether somebody should know about it."""
        return self in (ReportKind.BOUNCED, ReportKind.COMPLAINED, ReportKind.UNSUBSCRIBED)


class SuppressionReason(StrEnum):
    """Why an address is not written to."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    UNSUBSCRIBE = "unsubscribe"
    MANUAL = "manual"


class AlreadySuppressed(Conflict):
    """The address stands on the suppression list."""

    code = "already_suppressed"
    title = "This address is on the list already"


class NotADraft(Conflict):
    """The mail was sent or discarded before."""

    code = "invalid_transition"
    title = "This mail is not a draft any more"


class TooLateToUndo(Conflict):
    """The mail is on its way, was taken back before, or was never meant to wait."""

    code = "too_late_to_undo"
    title = "This mail cannot be taken back"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class InlineImage:
    """An image that the HTML shows as `cid:<content_id>`."""

    content_id: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NewMail:
    """A mail that somebody wants sent.

    `in_reply_to` and `references` are Message-IDs with their angle brackets (RFC 5322, 3.6.4), oldest first.
    Without `html` the text is shown in paragraphs. `automatic` marks what no person wrote, so that other machines do
    not answer it (RFC 3834).
    """

    kind: MailKind
    to_address: str
    subject: str
    text: str
    html: str = ""
    to_name: str = ""
    attachments: tuple[Attachment, ...] = ()
    inline_images: tuple[InlineImage, ...] = ()
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    enquiry_id: UUID | None = None
    quote_id: UUID | None = None
    client_id: UUID | None = None
    language: str = "en"
    automatic: bool = True


@dataclass(frozen=True, slots=True)
class ComposedMail:
    """A finished message: its name, who it is from and its bytes (RFC 5322, CRLF line ends)."""

    message_id: str
    from_address: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A stored mail as people see it."""

    id: UUID
    kind: str
    status: str
    message_id: str
    in_reply_to: str | None
    from_address: str
    to_address: str
    subject: str
    body_text: str
    body_html: str
    enquiry_id: UUID | None
    quote_id: UUID | None
    client_id: UUID | None
    last_error: str | None
    created_at: datetime
    sent_at: datetime | None
    attachments: list[dict[str, object]] = field(default_factory=list[dict[str, object]])


@dataclass(frozen=True, slots=True)
class MailLife:
    """A mail with everything that is known about its way. `attempts` counts hand-overs over SMTP that were begun.

    `queued_at` is when somebody let it go, `leaves_at` until when it could then be taken back, `undone_at` when it was.
    `claimed_at` is when the hand-over that is under way began. `transport` is `embedded` or `smtp` once it was sent.
    """

    id: UUID
    kind: str
    status: str
    from_address: str
    to_address: str
    subject: str
    message_id: str
    in_reply_to: str | None
    attachments: list[dict[str, object]]
    enquiry_id: UUID | None
    quote_id: UUID | None
    client_id: UUID | None
    transport: str | None
    attempts: int
    last_error: str | None
    created_at: datetime
    queued_at: datetime | None
    leaves_at: datetime | None
    undone_at: datetime | None
    claimed_at: datetime | None
    sent_at: datetime | None
    delivery_state: str | None
    delivery_detail: str | None
    delivery_at: datetime | None


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address that nothing is sent to; `evidence` is what was reported, or what a person noted."""

    id: UUID
    address: str
    reason: str
    evidence: str
    created_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class MailReport:
    """One report about a mail; `permanent` says that trying again would not help."""

    kind: str
    permanent: bool
    detail: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """A report as it comes in. `event_id` is the same when it comes again; `permanent`: the address takes no mail."""

    event_id: str
    kind: ReportKind
    permanent: bool
    detail: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class ReportedMail:
    """The mail that a report speaks of, with what was known about its delivery before."""

    id: UUID
    to_address: str
    subject: str
    delivery_state: str | None
    enquiry_id: UUID | None
    quote_id: UUID | None
    client_id: UUID | None


@dataclass(frozen=True, slots=True)
class MailKey:
    """Whose mail a Message-ID names. `tenant` is the slug."""

    message_id: str
    tenant_id: UUID
    tenant: str
    mail_id: UUID


@dataclass(frozen=True, slots=True)
class MailToSend:
    """What the sending job needs of a stored mail. `attempts` counts hand-overs that were begun."""

    id: UUID
    status: str
    message_id: str
    from_address: str
    to_address: str
    raw: bytes
    attempts: int
    claimed_recently: bool


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A mail that waits until it leaves, locked. `quota_day` is the day whose quota it took."""

    id: UUID
    kind: str
    status: str
    to_address: str
    subject: str
    quota_day: date | None
    enquiry_id: UUID | None
    quote_id: UUID | None
    client_id: UUID | None


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Which enquiry, client and quote one of our mails was about."""

    enquiry_id: UUID | None
    client_id: UUID | None
    quote_id: UUID | None


@dataclass(frozen=True, slots=True)
class OutboxMail:
    """A mail in the embedded outbox, as the operator sees it. `tenant` is the slug."""

    id: UUID
    tenant: str
    from_address: str
    to_address: str
    subject: str
    sent_at: datetime
    in_reply_to: str | None
    message_id: str
    attachments: list[dict[str, object]]
    body_text: str
    body_html: str
