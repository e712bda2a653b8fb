"""Two readings of the same words made one: the rules' stands, the model's fills and doubts, a person decides."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from tembea.inbox.decide import completed
from tembea.inbox.second_reading.weighing import RULE
from tembea.inbox.understand import Understanding
from tembea.quotes.trip import Budget, TripRequest

SURER, LESS_SURE = 0.05, 0.1
"""What an agreement adds to the confidence of a reading, and what a doubt takes from it."""

_WORDS = {
    "kind": "what the mail wants",
    "destinations": "the destination",
    "hotels": "the hotel",
    "check_in": "the arrival",
    "check_out": "the departure",
    "travel_month": "the month",
    "nights": "the nights",
    "adults": "the adults",
    "children_ages": "the children’s ages",
    "rooms": "the rooms",
    "board": "the board",
    "budget": "the budget",
}


def combined(first: Understanding, second: Understanding) -> tuple[Understanding, tuple[str, ...]]:
    """The first reading with what the second fills, and what of the second a person should look at."""
    trip, evidence, doubts, agreed = first.trip_request, dict(first.evidence), list[str](), 0
    for name in _WORDS:
        ours, theirs = getattr(first.trip_request, name), getattr(second.trip_request, name)
        if name not in second.evidence:
            continue
        if _is_open(first.trip_request, name):
            trip = replace(trip, **{name: theirs})
            evidence[name] = second.evidence[name]
        elif _is_same(ours, theirs):
            agreed += 1
        else:
            doubts.append(f"Please check {_WORDS[name]}: we read {_said(ours)}, a second reading {_said(theirs)}.")
    confidence = first.confidence + SURER * agreed - LESS_SURE * len(doubts)
    whole = replace(first, trip_request=completed(_plausible(trip)), evidence=evidence)
    return replace(whole, confidence=round(min(1.0, max(0.0, confidence)), 2)), tuple(doubts)


def open_questions(evidence: Mapping[str, object]) -> tuple[str, ...]:
    """What nobody but the model has read so far, as sentences; `evidence` in its stored form."""
    return tuple(
        f"Please confirm {_WORDS[name]}: only the language model read it."
        for name, entry in evidence.items()
        if name in _WORDS and isinstance(entry, Mapping) and _is_the_models(str(entry.get("rule", "")))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] - JSON
    )


def _is_the_models(rule: str) -> bool:
    return rule.removeprefix("answer.").startswith(f"{RULE}.")


def _is_open(trip: TripRequest, name: str) -> bool:
    """Whether the rules left a field open that a model may fill; one that follows from others is none."""
    if name == "kind":
        return False
    if name == "destinations" and trip.unmatched_destinations:
        return False
    if name == "children_ages":
        return not trip.children_ages
    if name == "travel_month":
        return trip.travel_month is None and trip.check_in is None
    return not getattr(trip, name)


def _is_same(ours: object, theirs: object) -> bool:
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return set(ours) == set(theirs) and len(ours) == len(theirs)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - a trip's tuples
    if isinstance(ours, Budget) and isinstance(theirs, Budget):
        return (ours.amount, ours.currency) == (theirs.amount, theirs.currency)
    return ours == theirs


def _plausible(trip: TripRequest) -> TripRequest:
    """A month beside a day says nothing more; a departure before the arrival is none."""
    arrival, departure = trip.check_in, trip.check_out
    if arrival is not None:
        trip = replace(trip, travel_month=None)
        if departure is not None and departure <= arrival:
            trip = replace(trip, check_out=None)
    return trip


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "nothing"  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - a trip's tuples
    if isinstance(value, StrEnum | date):
        return str(value)
    if isinstance(value, Budget):
        return f"{value.amount} {value.currency}"
    return "nothing" if value is None else str(value)
