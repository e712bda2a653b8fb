"""Enquiries as they go over the wire."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import EmailStr, Field, JsonValue, StringConstraints

from tembea.inbox.model import Channel, Enquiry, EnquiryStatus
from tembea.inbox.thread import ThreadEntry
from tembea.inbox.understand import Understanding
from tembea.kernel.web import Wire
from tembea.quotes.trip import (
    Basis,
    Board,
    Budget,
    Kind,
    Missing,
    TripRequest,
    evidence_to_json,
    trip_request_from_json,
)

Age = Annotated[int, Field(ge=0, le=17)]
_Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
_Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class BudgetWire(Wire):
    """What the customer will pay, and what the figure is for."""

    amount: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2, examples=["95000.00"])]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    basis: Basis = Basis.TOTAL


class TripRequestOut(Wire):
    """A trip as the customer's words have it. What they did not say is null, empty, zero or false."""

    kind: Kind
    customer_name: str | None
    customer_email: str | None
    customer_phone: str | None
    destinations: list[str]
    unmatched_destinations: list[str]
    hotels: list[str]
    check_in: date | None
    check_out: date | None
    nights: int | None
    dates_flexible: bool
    travel_month: str | None
    adults: int | None
    children_ages: list[int]
    children_count: int
    rooms: int | None
    board: Board | None
    budget: BudgetWire | None
    missing: list[Missing]

    @classmethod
    def of(cls, trip: TripRequest) -> "TripRequestOut":
        """The wire form of a trip."""
        return cls(
            kind=trip.kind,
            customer_name=trip.customer_name,
            customer_email=trip.customer_email,
            customer_phone=trip.customer_phone,
            destinations=list(trip.destinations),
            unmatched_destinations=list(trip.unmatched_destinations),
            hotels=list(trip.hotels),
            check_in=trip.check_in,
            check_out=trip.check_out,
            nights=trip.nights,
            dates_flexible=trip.dates_flexible,
            travel_month=trip.travel_month,
            adults=trip.adults,
            children_ages=list(trip.children_ages),
            children_count=trip.children_count,
            rooms=trip.rooms,
            board=trip.board,
            budget=trip.budget
            and BudgetWire(amount=trip.budget.amount, currency=trip.budget.currency, basis=trip.budget.basis),
            missing=list(trip.missing),
        )


class TripRequestCorrection(Wire):
    """The fields of a trip that a person corrects; those left out stay as they were read."""

    kind: Kind = Kind.NEW_ENQUIRY
    customer_name: _Name | None = None
    customer_email: EmailStr | None = None
    customer_phone: Annotated[str, StringConstraints(pattern=r"^\+\d{6,15}$")] | None = None
    destinations: Annotated[tuple[_Name, ...], Field(max_length=20)] = ()
    unmatched_destinations: Annotated[tuple[_Name, ...], Field(max_length=20)] = ()
    hotels: Annotated[tuple[_Name, ...], Field(max_length=20)] = ()
    check_in: date | None = None
    check_out: date | None = None
    nights: Annotated[int, Field(ge=1, le=365)] | None = None
    dates_flexible: bool = False
    travel_month: _Month | None = None
    adults: Annotated[int, Field(ge=0, le=200)] | None = None
    children_ages: Annotated[tuple[Age, ...], Field(max_length=100)] = ()
    children_count: Annotated[int, Field(ge=0, le=100)] = 0
    rooms: Annotated[int, Field(ge=1, le=100)] | None = None
    board: Board | None = None
    budget: BudgetWire | None = None


class TripRequestChange(Wire):
    """What a person corrects of an enquiry."""

    trip_request: TripRequestCorrection

    def applied_to(self, stored: Mapping[str, JsonValue] | None) -> TripRequest:
        """The trip with the corrections in it. A new day or length sets the last day free, since it follows them."""
        trip = trip_request_from_json(stored) if stored else TripRequest(Kind.NEW_ENQUIRY)
        given = self.trip_request
        changes: dict[str, object] = {name: getattr(given, name) for name in given.model_fields_set}
        if given.budget is not None:
            changes["budget"] = Budget(given.budget.amount, given.budget.currency, given.budget.basis)
        if changes.keys() & {"check_in", "nights"}:
            changes.setdefault("check_out", None)
        if "children_ages" in changes:
            changes["children_ages"] = tuple(sorted(given.children_ages))
            changes.setdefault("children_count", len(given.children_ages))
        return replace(trip, **changes)


class EvidenceOut(Wire):
    """The words that a field was read from; offsets count in `body_text`, and are null for a header or an answer."""

    text: str
    start: int | None
    end: int | None
    rule: str


class ParsedOut(Wire):
    """What words were understood as. `doubts` are sentences about what a person would be asked to look at."""

    trip_request: TripRequestOut
    evidence: dict[str, EvidenceOut]
    language: str
    confidence: float
    doubts: list[str]

    @classmethod
    def of(cls, found: Understanding, doubts: Sequence[str]) -> "ParsedOut":
        """The wire form of what was understood."""
        return cls.model_validate(
            {
                "trip_request": TripRequestOut.of(found.trip_request),
                "evidence": evidence_to_json(found.evidence),
                "language": found.language,
                "confidence": found.confidence,
                "doubts": list(doubts),
            }
        )


class ThreadEntryOut(Wire):
    """One message of the conversation; `at` is when it came or went, or was drafted."""

    id: UUID
    direction: Literal["in", "out"]
    kind: str
    status: str
    sender: Annotated[str | None, Field(alias="from")]
    to: str
    subject: str
    text: str
    at: datetime
    message_id: str | None
    attachments: list[dict[str, JsonValue]]


class EnquiryOut(Wire):
    """An enquiry; `thread` is empty in lists. `reasons` say in words why it waits for a person."""

    id: UUID
    channel: Channel
    status: EnquiryStatus
    kind: Kind | None
    from_name: str | None
    from_email: str | None
    phone: str | None
    subject: str
    body_text: str
    language: str | None
    trip_request: TripRequestOut | None
    evidence: dict[str, EvidenceOut]
    missing: list[str]
    reasons: list[str]
    client_id: UUID | None
    quote_id: UUID | None
    assignee_id: UUID | None
    assignee_name: str | None
    snoozed_until: datetime | None
    confidence: float | None
    received_at: datetime
    updated_at: datetime
    thread: list[ThreadEntryOut]

    @classmethod
    def of(cls, enquiry: Enquiry, thread: Sequence[ThreadEntry] = ()) -> "EnquiryOut":
        """The wire form of a stored enquiry."""
        trip = enquiry.trip_request
        return cls.model_validate(
            {
                "id": enquiry.id,
                "channel": enquiry.channel,
                "status": enquiry.status,
                "kind": enquiry.kind,
                "from_name": enquiry.from_name,
                "from_email": enquiry.from_email,
                "phone": enquiry.phone,
                "subject": enquiry.subject,
                "body_text": enquiry.body_text,
                "language": enquiry.language,
                "trip_request": None if trip is None else TripRequestOut.of(trip_request_from_json(trip)),
                "evidence": enquiry.evidence,
                "missing": enquiry.missing,
                "reasons": enquiry.reasons,
                "client_id": enquiry.client_id,
                "quote_id": enquiry.quote_id,
                "assignee_id": enquiry.assignee_id,
                "assignee_name": enquiry.assignee_name,
                "snoozed_until": enquiry.snoozed_until,
                "confidence": enquiry.confidence,
                "received_at": enquiry.received_at,
                "updated_at": enquiry.updated_at,
                "thread": [_entry(entry) for entry in thread],
            }
        )


def _entry(entry: ThreadEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "direction": entry.direction,
        "kind": entry.kind,
        "status": entry.status,
        "from": entry.sender,
        "to": entry.recipient,
        "subject": entry.subject,
        "text": entry.text,
        "at": entry.at,
        "message_id": entry.message_id,
        "attachments": [dict(item) for item in entry.attachments],
    }
