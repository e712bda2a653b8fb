"""The trip that a customer asks for, as far as their words say it.

A trip request is what an enquiry comes to after reading and what a quote is priced from. It lives here, below the
inbox, because both speak it. Nothing in it is guessed: what the customer did not say is None, empty, zero or False,
and `missing` names what a quote cannot do without.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import cast

from pydantic import JsonValue, TypeAdapter, ValidationError


class Kind(StrEnum):
    """What a message wants of the agency."""

    NEW_ENQUIRY = "new_enquiry"
    CHANGE_REQUEST = "change_request"
    BOOKING_QUESTION = "booking_question"
    INVOICE_QUESTION = "invoice_question"
    COMPLAINT = "complaint"
    REPLY_ACCEPT = "reply_accept"
    SPAM = "spam"
    AUTO_REPLY = "auto_reply"
    OTHER = "other"

    @property
    def is_from_a_customer(self) -> bool:
        """False for messages that nobody expects a consultant to answer; their other fields stay empty."""
        return self not in (Kind.SPAM, Kind.AUTO_REPLY, Kind.OTHER)


class Board(StrEnum):
    """Meals included in the price of a stay: room only, breakfast, half, full board, all inclusive."""

    RO = "RO"
    BB = "BB"
    HB = "HB"
    FB = "FB"
    AI = "AI"


class Basis(StrEnum):
    """What a customer's budget figure is for."""

    TOTAL = "total"
    PER_PERSON = "per_person"
    PER_NIGHT = "per_night"
    PER_PERSON_NIGHT = "per_person_night"


class Missing(StrEnum):
    """What has to be asked before a new enquiry can be priced."""

    DESTINATION = "destination"
    DATES = "dates"
    ADULTS = "adults"
    CHILDREN_AGES = "children_ages"


@dataclass(frozen=True, slots=True)
class Budget:
    """What the customer will pay: a positive amount with two decimals, an ISO 4217 code and what the figure is for."""

    amount: Decimal
    currency: str
    basis: Basis = Basis.TOTAL

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", self.amount.quantize(Decimal("0.01"), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a field was read from and the name of the rule that read them.

    `start` and `end` are character offsets into the message text, so that `message_text[start:end] == text`; both are
    None where the words stand in the subject or a header instead, which the rule's name then says.
    """

    text: str
    start: int | None
    end: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class TripRequest:
    """One trip as asked for.

    `customer_phone` is E.164. `destinations` are the agency's own names in the order of travel or mention,
    `unmatched_destinations` and `hotels` are as the customer wrote them. `children_ages` are completed years at
    check-in, ascending; `children_count` also counts children whose age is unknown. `nights` is `check_out - check_in`
    where both are known. `travel_month` ("YYYY-MM") stands only where there is no exact check-in.
    """

    kind: Kind
    customer_name: str | None = None
    customer_email: str | None = None
    customer_phone: str | None = None
    destinations: tuple[str, ...] = ()
    unmatched_destinations: tuple[str, ...] = ()
    hotels: tuple[str, ...] = ()
    check_in: date | None = None
    check_out: date | None = None
    nights: int | None = None
    dates_flexible: bool = False
    travel_month: str | None = None
    adults: int | None = None
    children_ages: tuple[int, ...] = ()
    children_count: int = 0
    rooms: int | None = None
    board: Board | None = None
    budget: Budget | None = None
    missing: tuple[Missing, ...] = ()


_TRIP = TypeAdapter(TripRequest)
_EVIDENCE = TypeAdapter(dict[str, Evidence])


def trip_request_to_json(trip: TripRequest) -> dict[str, JsonValue]:
    """The wire and storage form: dates as YYYY-MM-DD, money as a decimal string such as "95000.00"."""
    return cast("dict[str, JsonValue]", _TRIP.dump_python(trip, mode="json"))


def trip_request_from_json(stored: Mapping[str, JsonValue]) -> TripRequest:
    """The trip that `trip_request_to_json` wrote. Raises ValueError that names the fields which do not fit."""
    try:
        return _TRIP.validate_python(dict(stored))
    except ValidationError as error:
        fields = ", ".join(".".join(str(part) for part in problem["loc"]) for problem in error.errors())
        raise ValueError(f"not a trip request; look at: {fields}") from error


def evidence_to_json(evidence: Mapping[str, Evidence]) -> dict[str, JsonValue]:
    """Field name -> {text, start, end, rule}."""
    return cast("dict[str, JsonValue]", _EVIDENCE.dump_python(dict(evidence), mode="json"))


def evidence_from_json(stored: Mapping[str, JsonValue]) -> dict[str, Evidence]:
    """What `evidence_to_json` wrote. Raises ValueError when it is something else."""
    return _EVIDENCE.validate_python(dict(stored))
