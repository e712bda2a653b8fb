"""What to do with an enquiry: pure rules over the trip that was read. Nothing here is guessed and nothing is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from tembea.quotes.trip import Kind, Missing, TripRequest


class Step(StrEnum):
    """What happens next with an enquiry."""

    QUOTE = "quote"
    ASK = "ask"
    REVIEW = "review"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Decision:
    """The next step; `missing` is what is asked for, `reasons` are sentences for the consultant."""

    step: Step
    missing: tuple[Missing, ...] = ()
    reasons: tuple[str, ...] = ()


_REVIEWED = {
    Kind.CHANGE_REQUEST: "The customer wants something changed.",
    Kind.BOOKING_QUESTION: "The customer asks about a booking.",
    Kind.INVOICE_QUESTION: "The customer asks about an invoice or a payment.",
    Kind.COMPLAINT: "The customer complains.",
    Kind.REPLY_ACCEPT: "The customer says yes to a quote.",
    Kind.OTHER: "This does not look like an enquiry.",
}
_NOT_AN_ANSWER = (Kind.COMPLAINT, Kind.INVOICE_QUESTION)


def decide(trip: TripRequest) -> Decision:
    """What follows from a trip as it was read."""
    if trip.kind in (Kind.SPAM, Kind.AUTO_REPLY):
        return Decision(Step.IGNORE)
    if trip.kind in _REVIEWED:
        return Decision(Step.REVIEW, reasons=(_REVIEWED[trip.kind],))
    missing = missing_for_a_quote(trip)
    if trip.unmatched_destinations:
        places = ", ".join(trip.unmatched_destinations)
        return Decision(Step.REVIEW, missing, (f"You do not sell this destination: {places}.",))
    return Decision(Step.ASK, missing) if missing else Decision(Step.QUOTE)


def missing_for_a_quote(trip: TripRequest) -> tuple[Missing, ...]:
    """What a price cannot do without. A month alone is no date: the rates of a month differ from day to day."""
    lacks = {
        Missing.DESTINATION: not (trip.destinations or trip.unmatched_destinations or trip.hotels),
        Missing.DATES: trip.check_in is None or trip.nights is None or trip.nights < 1,
        Missing.ADULTS: trip.adults is None,
        Missing.CHILDREN_AGES: _lacks_ages(trip),
    }
    return tuple(name for name, lacking in lacks.items() if lacking)


def with_answer(asked: TripRequest, answer: TripRequest) -> TripRequest:
    """The trip after a later message of the same conversation: what the answer says wins, what it leaves open stays.

    Who the customer is stays as the first message said; a later writer in the thread changes no address.
    """
    if answer.kind in _NOT_AN_ANSWER:
        return replace(asked, kind=answer.kind)
    places = answer.destinations or answer.unmatched_destinations
    children = answer.children_count > 0
    return _with_dates(
        replace(
            asked,
            kind=Kind.NEW_ENQUIRY if answer.kind is Kind.NEW_ENQUIRY else asked.kind,
            customer_name=asked.customer_name or answer.customer_name,
            customer_email=asked.customer_email or answer.customer_email,
            customer_phone=asked.customer_phone or answer.customer_phone,
            destinations=answer.destinations if places else asked.destinations,
            unmatched_destinations=answer.unmatched_destinations if places else asked.unmatched_destinations,
            hotels=answer.hotels or asked.hotels,
            adults=asked.adults if answer.adults is None else answer.adults,
            children_ages=answer.children_ages if children else asked.children_ages,
            children_count=answer.children_count if children else asked.children_count,
            rooms=answer.rooms or asked.rooms,
            board=answer.board or asked.board,
            budget=answer.budget or asked.budget,
        ),
        answer,
    )


def _with_dates(trip: TripRequest, answer: TripRequest) -> TripRequest:
    check_in = answer.check_in or trip.check_in
    nights = answer.nights or trip.nights
    if answer.check_out and check_in and not answer.nights:
        nights = (answer.check_out - check_in).days
    return completed(
        replace(
            trip,
            check_in=check_in,
            nights=nights,
            check_out=None,
            travel_month=None if check_in else answer.travel_month or trip.travel_month,
            dates_flexible=answer.dates_flexible or (trip.dates_flexible and not answer.check_in),
        )
    )


def completed(trip: TripRequest) -> TripRequest:
    """The trip with what follows from the rest: the last day from the nights or the reverse, and what is missing."""
    check_out = trip.check_out
    nights = trip.nights
    if trip.check_in and check_out:
        nights = (check_out - trip.check_in).days
    elif trip.check_in and nights:
        check_out = _after(trip.check_in, nights)
    count = max(trip.children_count, len(trip.children_ages))
    changed = replace(trip, check_out=check_out, nights=nights, children_count=count)
    return replace(changed, missing=_missing_in_words(changed))


def _missing_in_words(trip: TripRequest) -> tuple[Missing, ...]:
    """What the customer has not said at all; a month counts as saying when."""
    if trip.kind is not Kind.NEW_ENQUIRY:
        return ()
    lacks = {
        Missing.DESTINATION: not (trip.destinations or trip.unmatched_destinations),
        Missing.DATES: trip.check_in is None and trip.travel_month is None,
        Missing.ADULTS: trip.adults is None,
        Missing.CHILDREN_AGES: _lacks_ages(trip),
    }
    return tuple(name for name, lacking in lacks.items() if lacking)


def _lacks_ages(trip: TripRequest) -> bool:
    """Whether a child's age is open, or the number of children ("with the kids"), which only the reader can tell."""
    uncounted = Missing.CHILDREN_AGES in trip.missing and not trip.children_ages
    return uncounted or len(trip.children_ages) < trip.children_count


def _after(check_in: date, nights: int) -> date | None:
    try:
        return check_in + timedelta(days=nights)
    except OverflowError:
        return None


def merged(trips: Sequence[TripRequest]) -> TripRequest:
    """One trip of a conversation's messages, oldest first."""
    first, *answers = trips
    for answer in answers:
        first = with_answer(first, answer)
    return first
