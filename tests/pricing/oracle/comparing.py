"""Holding the kernel against the oracle, stay by stay."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction
from random import Random

from tembea.pricing import (
    Child,
    Contract,
    Priced,
    PricingRequest,
    Rejected,
    SellPolicy,
    ServiceWanted,
    parse_board,
    price_stay,
)
from tembea.rates.loading import load_values
from tests.pricing.oracle.deciding import Answer, price
from tests.pricing.oracle.reading import Ask, Row
from tests.pricing.oracle.worlds import World, random_ask

STAYS_PER_WORLD = 20
NOW = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass
class Tally:
    """How many stays were compared and came out how, and where the two pricers differ."""

    stays: int = 0
    kinds: Counter[str] = field(default_factory=Counter[str])
    differences: list[str] = field(default_factory=list[str])

    def add(self, other: "Tally") -> None:
        self.stays += other.stays
        self.kinds += other.kinds
        self.differences += other.differences


def compare_world(seed: int, stays: int = STAYS_PER_WORLD) -> Tally:
    """So many random stays under the contract of a seed."""
    document = World(seed).document()
    contract, random, tally = load_values(document).contract, Random(-seed - 1), Tally()
    for number in range(stays):
        ask = random_ask(random, document)
        outcome = price_stay(contract, request_of(ask), policy=SellPolicy(), now=NOW)
        tally.stays += 1
        tally.kinds.update(_kinds(document, ask, outcome))
        for difference in differences(contract, price(document, ask), outcome):
            tally.differences.append(f"world {seed}, stay {number}: {difference}")
    return tally


def request_of(ask: Ask) -> PricingRequest:
    """The same question in the kernel's words."""
    return PricingRequest(
        check_in=ask.check_in,
        check_out=ask.check_out,
        adults=ask.adults,
        children=tuple(Child(birth_date=one) if isinstance(one, date) else Child(one) for one in ask.children),
        rooms=ask.rooms,
        board=None if ask.board is None else parse_board(ask.board),
        booking_date=ask.booked,
        services=tuple(ServiceWanted(name, times=times) for name, times in ask.services),
    )


def differences(contract: Contract, expected: Answer, outcome: Priced | Rejected) -> Iterator[str]:
    """What the kernel says otherwise than the oracle; nothing when they agree."""
    if isinstance(outcome, Rejected):
        yield from _rejection(expected, outcome)
        return
    if expected.cost is None:
        yield f"priced at {outcome.cost_total}, expected {expected.ordered}"
        return
    if Fraction(outcome.cost_total.amount) != expected.cost:
        yield f"costs {outcome.cost_total}, expected {float(expected.cost)}"
        return
    if expected.local is not None and Fraction(outcome.pay_local_total.amount) != expected.local:
        yield f"pay local {outcome.pay_local_total}, expected {float(expected.local)}"
    if expected.applied is not None and outcome.offers_applied != expected.applied:
        yield f"offers {outcome.offers_applied}, expected {expected.applied}"
    for loss in outcome.offers_rejected:
        if Fraction(loss.total.amount) != expected.losers.get(loss.code):
            yield f"offer {loss.code} alone {loss.total}, expected {expected.losers.get(loss.code)}"
    if contract.currency != outcome.cost_total.currency:
        yield f"in {outcome.cost_total.currency}"


def _rejection(expected: Answer, outcome: Rejected) -> Iterator[str]:
    said = [str(code) for code in outcome.reasons]
    if expected.cost is not None:
        yield f"rejected {said}: {outcome.detail}; expected {float(expected.cost)}"
    elif expected.is_certain and said != expected.ordered:
        yield f"rejected {said}, expected {expected.ordered}"
    elif expected.is_certain and outcome.date != expected.reasons[expected.ordered[0]]:
        yield f"rejected for {outcome.date}, expected {expected.reasons[expected.ordered[0]]}"


def _kinds(document: Row, ask: Ask, outcome: Priced | Rejected) -> Iterator[str]:
    if isinstance(outcome, Rejected):
        yield "rejected"
        yield from (f"rejected: {code}" for code in outcome.reasons)
        return
    yield "priced"
    parts = {
        "several rooms": len(outcome.rooms) > 1,
        "children": bool(ask.children),
        "birth dates with ages per night": document["child_age_basis"] == "per_night"
        and any(isinstance(one, date) for one in ask.children),
        "offers applied": bool(outcome.offers_applied),
        "several offers together": len(outcome.offers_applied) > 1,
        "offers that lost": bool(outcome.offers_rejected),
        "paid at the hotel": bool(outcome.pay_local),
        "services": bool(ask.services),
        "a package": any(line.rule.startswith("package") for line in outcome.cost_lines),
        "a rate per room": any(line.component == "room" for line in outcome.cost_lines),
        "commission": any(line.kind == "commission" for line in outcome.cost_lines),
        "taxes added": any(line.kind == "tax" for line in outcome.cost_lines),
        "no or three decimals": document["currency"] in ("JPY", "KWD"),
    }
    yield from (name for name, holds in parts.items() if holds)
