"""A quote, its options and the graph of its statuses."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from tembea.kernel.errors import Conflict, Invalid
from tembea.kernel.money import Money
from tembea.quotes.nearest import Nearest, nearest_from_json, nearest_to_json
from tembea.rates import PricedHotel, RejectedHotel


class QuoteStatus(StrEnum):
    """Where a quote stands; `TRANSITIONS` says where it may go."""

    DRAFT = "draft"
    SENT = "sent"
    VIEWED = "viewed"
    ACCEPTED = "accepted"
    CONVERTED = "converted"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REVISED = "revised"


_S = QuoteStatus
TRANSITIONS: dict[QuoteStatus, frozenset[QuoteStatus]] = {
    _S.DRAFT: frozenset({_S.SENT, _S.CANCELLED}),
    _S.SENT: frozenset({_S.VIEWED, _S.ACCEPTED, _S.DECLINED, _S.EXPIRED, _S.CANCELLED, _S.REVISED}),
    _S.VIEWED: frozenset({_S.ACCEPTED, _S.DECLINED, _S.EXPIRED, _S.CANCELLED, _S.REVISED}),
    _S.ACCEPTED: frozenset({_S.CONVERTED, _S.CANCELLED}),
    _S.DECLINED: frozenset({_S.REVISED}),
    _S.EXPIRED: frozenset({_S.REVISED}),
    _S.CONVERTED: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.REVISED: frozenset(),
}


COVER_ASKING, COVER_WRITTEN, COVER_EDITED = "asking", "written", "edited"
"""What became of the cover text that a model was to write; any other outcome is the reason why it did not."""


class CoverBy(StrEnum):
    """Who wrote a quote's cover text; `template` is the catalogue's, which stands where the text is empty."""

    TEMPLATE = "template"
    MODEL = "model"
    PERSON = "person"


class InvalidTransition(Conflict):
    """The quote's status does not allow this step."""

    code = "invalid_transition"
    title = "The quote is past this step"


class NoAddress(Invalid):
    """A quote cannot be mailed to a customer without an e-mail address."""

    code = "no_email_address"
    title = "There is no address to send it to"


class CannotPrice(Invalid):
    """No hotel can take the trip; every hotel that was asked says why."""

    code = "cannot_price"
    title = "No hotel fits this trip"

    def __init__(self, detail: str, rejected: Sequence[RejectedHotel], nearest: Nearest | None = None) -> None:
        super().__init__(detail)
        self.rejected = tuple(rejected)
        self.nearest = nearest

    def extra(self) -> dict[str, object]:
        """The hotels that were asked, in the form of a price answer, and the nearest stay where one was looked for."""
        nearest = {} if self.nearest is None else {"nearest": nearest_to_json(self.nearest)}
        return {"rejected": [rejection_as_json(one) for one in self.rejected], **nearest}


def rejection_as_json(one: RejectedHotel) -> dict[str, object]:
    """A rejected hotel in plain values."""
    stars = one.hotel.stars
    return {
        "hotel": {
            "id": str(one.hotel.id),
            "name": one.hotel.name,
            "destination": one.hotel.destination,
            "stars": None if stars is None else float(stars),
        },
        "code": one.rejected.code.value,
        "date": None if one.rejected.date is None else one.rejected.date.isoformat(),
        "reasons": [code.value for code in one.rejected.reasons],
        "detail": one.rejected.detail,
    }


def check_transition(current: QuoteStatus, wanted: QuoteStatus) -> None:
    """Raise `InvalidTransition` unless the graph has this step."""
    if wanted not in TRANSITIONS[current]:
        allowed = ", ".join(sorted(TRANSITIONS[current])) or "nothing further"
        raise InvalidTransition(
            f"This quote is {current.value} and cannot become {wanted.value}; from here it can become {allowed}."
        )


@dataclass(frozen=True, slots=True)
class Customer:
    """Who the quote is for. `phone` is E.164 where it parses."""

    name: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class ReplyThread:
    """The customer's mail that a quote answers: its subject and Message-ID, and what it referred to, oldest first."""

    subject: str
    message_id: str
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedOption:
    """One hotel offered, with why it stands where it stands."""

    priced: PricedHotel
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What the agency can offer for a trip: options, the best fit first, and the hotels that cannot take it.

    `nearest` says that the options are for another stay than the trip's, and why.
    """

    options: tuple[RankedOption, ...]
    rejected: tuple[RejectedHotel, ...]
    hash: str
    nearest: Nearest | None = None

    def check_any(self) -> None:
        """Raise `CannotPrice` when there is nothing to offer."""
        if not self.options:
            raise CannotPrice(
                f"None of {len(self.rejected)} hotels can take this trip. The reasons stand beside each."
                if self.rejected
                else "No hotel with rates is there. Name another destination or hotel, or import its rates first.",
                self.rejected,
            )

    def check_as_asked(self) -> None:
        """Raise `CannotPrice` unless the stay is the one asked for; it names the nearest that is not."""
        self.check_any()
        if self.nearest is not None:
            near = f"The nearest stay that fits: {self.nearest.check_in} to {self.nearest.check_out}."
            detail = f"None of {len(self.rejected)} hotels can take this trip. {near}"
            raise CannotPrice(detail, self.rejected, self.nearest)


@dataclass(frozen=True, slots=True)
class StoredRoom:
    """One room of an option and the labels of its guests."""

    room: str
    name: str
    guests: list[str]


@dataclass(frozen=True, slots=True)
class StoredLine:
    """One line that the customer pays."""

    kind: str
    description: str
    quantity: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class StoredSource:
    """Where in the hotel's document an amount stands."""

    document: str
    sheet: str | None = None
    page: int | None = None
    row: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class StoredCostLine:
    """One line that the agency, or the guest at the hotel, pays; for staff only where it is a cost."""

    kind: str
    component: str
    description: str
    amount: Decimal
    source_ref: StoredSource
    rule: str
    on: date | None = None
    guest: str | None = None


@dataclass(frozen=True, slots=True)
class QuoteOption:
    """One alternative with its own total. `cost_*` is in the contract's currency and for staff only.

    `has_picture` is the hotel's as things are now, and no part of what is stored.
    """

    id: UUID
    quote_id: UUID
    position: int
    hotel_id: UUID
    hotel_name: str
    hotel_stars: Decimal | None
    destination: str
    board: str
    rooms: list[StoredRoom]
    lines: list[StoredLine]
    pay_local: list[StoredCostLine]
    currency: str
    total: Decimal
    cost_currency: str
    cost_total: Decimal
    cost_lines: list[StoredCostLine]
    reasons: list[str]
    has_picture: bool = False

    @property
    def price(self) -> Money:
        """The option's total as money."""
        return Money(self.total, self.currency).rounded()

    @property
    def cost(self) -> Money:
        """What the option costs the agency; for staff only."""
        return Money(self.cost_total, self.cost_currency).rounded()


@dataclass(frozen=True, slots=True)
class Quote:
    """One version of a quote as stored, without its options."""

    id: UUID
    number: str
    version: int
    status: QuoteStatus
    client_id: UUID
    enquiry_id: UUID | None
    consultant_id: UUID | None
    consultant_name: str | None
    consultant_email: str | None
    consultant_phone: str | None
    customer_name: str
    customer_email: str | None
    customer_phone: str | None
    language: str
    destination: str
    check_in: date
    check_out: date
    nights: int
    adults: int
    children_ages: list[int]
    cover_text: str
    selected_option_id: UUID | None
    valid_until: date
    snapshot: dict[str, object]
    snapshot_sha256: str
    reply_subject: str | None
    in_reply_to: str | None
    mail_references: list[str]
    revises_id: UUID | None
    """The version that this one takes the place of when it is sent."""
    reminders: int
    send_requested_at: datetime | None
    leaves_at: datetime | None
    """Until when the sending that was asked for can be taken back; None while nothing waits to leave."""
    deliveries: int
    created_at: datetime
    updated_at: datetime
    sent_at: datetime | None
    viewed_at: datetime | None
    accepted_at: datetime | None
    cover_outcome: str | None = None
    cover_asked_at: datetime | None = None
    cover_draft: str | None = None
    """The cover text as the model wrote it, with its placeholders; None where it is not the model's."""
    options: list[QuoteOption] = field(default_factory=list["QuoteOption"])

    @property
    def cover_by(self) -> CoverBy:
        """Who wrote the cover text."""
        if not self.cover_text:
            return CoverBy.TEMPLATE
        return CoverBy.MODEL if self.cover_outcome == COVER_WRITTEN else CoverBy.PERSON

    @property
    def cover_note(self) -> str | None:
        """Why a model's words are not there that were wanted, or that they are being written."""
        is_settled = self.cover_outcome == COVER_ASKING and self.status is not QuoteStatus.DRAFT
        return None if is_settled or self.cover_outcome in (COVER_WRITTEN, COVER_EDITED) else self.cover_outcome

    @property
    def nearest(self) -> Nearest | None:
        """Which stay was asked for and why another is offered; None where the quote is for what was asked for."""
        stored = self.snapshot.get("nearest")
        return None if stored is None else nearest_from_json(stored)

    @property
    def main_option(self) -> QuoteOption:
        """The option that speaks for the quote: the selected one, else the first."""
        return next((one for one in self.options if one.id == self.selected_option_id), self.options[0])


@dataclass(frozen=True, slots=True)
class CoverText:
    """A quote's cover text with what is known of it: the columns `cover_text`, `cover_outcome` and `cover_draft`."""

    text: str
    outcome: str | None = None
    draft: str | None = None


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """What may change while a quote is a draft; None leaves a part as it is."""

    cover_text: str | None = None
    valid_until: date | None = None
    selected_option_id: UUID | None = None
    customer: Customer | None = None
