"""Offers: which apply, which may stand together, and what they take off a room's charges.

Percentages and amounts come first, in the order of the list, then free nights. Every reduction is a negative line of
its own beside the charge it reduces, so that charge and reductions add up to the half-up rounding of what is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tembea.kernel.money import Money, allocate, round_half_up
from tembea.pricing.charges import Charge, line_of, percent_of, rounded
from tembea.pricing.contract import Offer
from tembea.pricing.result import CostLine, LineKind
from tembea.pricing.stay import Stay
from tembea.pricing.terms import FreeNight, OfferKind, OfferScope

MAX_SETS = 256
"""The most sets of offers that are tried for a stay: five times three offers that exclude one another make 243."""


class TooManySets(ValueError):
    """The offers may be combined in more ways than are tried."""

    def __init__(self) -> None:
        super().__init__(
            f"The offers may be combined in more than {MAX_SETS} ways, which is more than are tried. "
            "Name fewer offers in combines_with, or split the contract by dates."
        )


@dataclass(frozen=True, slots=True)
class Running:
    """A charge and its line on the way through the offers: what is left, unrounded and rounded, and the offer lines."""

    charge: Charge
    line: CostLine
    exact: Decimal
    charged: Decimal
    reductions: tuple[CostLine, ...] = ()


def eligible_offers(stay: Stay, board: str) -> tuple[Offer, ...]:
    """The contract's offers whose booking, lead, length, board and night conditions the stay meets, in list order."""
    return tuple(offer for offer in stay.contract.offers if _is_eligible(stay, board, offer))


def qualifying_places(stay: Stay, offer: Offer) -> tuple[int, ...]:
    """The places of the nights that the offer reaches, by its seasons and its scope."""
    covered = stay.covered(offer.scope)
    everywhere = tuple(range(len(stay.nights)))
    if offer.reach is OfferScope.NIGHT:
        return covered
    qualifies = covered == everywhere if offer.reach is OfferScope.WHOLE_STAY else 0 in covered
    return everywhere if qualifies else ()


def is_linewise(offer: Offer) -> bool:
    """True when what the offer leaves of a charge depends on that charge alone, and never falls as the charge rises."""
    if offer.kind is OfferKind.STAY_PAY:
        return offer.free_night in (FreeNight.FIRST, FreeNight.LAST)
    return offer.amount is None


def may_combine(one: Offer, other: Offer) -> bool:
    """True when each of the two names the other."""
    return other.code in one.combines_with and one.code in other.combines_with


def combinations_of(offers: Sequence[Offer]) -> list[tuple[Offer, ...]]:
    """Every set of offers that may stand together and to which no further one can be added, then every single offer.

    In list order inside and among the sets, so that ties fall to the offer listed first. Raises `TooManySets`.
    """
    friends = [
        frozenset(at for at, other in enumerate(offers) if other is not offer and may_combine(offer, other))
        for offer in offers
    ]
    found: list[tuple[int, ...]] = []
    _grow(friends, (), frozenset(range(len(offers))), frozenset(), found)
    whole = [tuple(offers[place] for place in places) for places in sorted(found) if places]
    return whole + [(offer,) for offer in offers if (offer,) not in whole]


def by_priority(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """The first offer of the list, then each later one that may stand with all chosen so far."""
    chosen: tuple[Offer, ...] = ()
    for offer in offers:
        if all(may_combine(offer, other) for other in chosen):
            chosen = (*chosen, offer)
    return chosen


def before_offers(charges: Sequence[Charge], currency: str) -> list[Running]:
    """The charges as they are before any offer; every set of offers starts from these."""
    lines = [line_of(charge, currency) for charge in charges]
    return [
        Running(charge, line, charge.exact, line.amount.amount) for charge, line in zip(charges, lines, strict=True)
    ]


def reduce_charges(
    stay: Stay, room: str, charges: Sequence[Running], offers: Sequence[Offer]
) -> tuple[list[Running], set[str]]:
    """What is left of a room's charges after the offers, and the codes of the offers that had an effect."""
    running = list(charges)
    used: set[str] = set()
    reaching = [offer for offer in offers if offer.scope.takes_room(room)]
    for offer in sorted(reaching, key=lambda offer: offer.kind is OfferKind.STAY_PAY):
        before = running
        running = _apply(stay, offer, running)
        if running != before or offer.kind is OfferKind.VALUE_ADD:
            used.add(offer.code)
    return running, used


def _grow(
    friends: Sequence[frozenset[int]],
    chosen: tuple[int, ...],
    open_: frozenset[int],
    closed: frozenset[int],
    found: list[tuple[int, ...]],
) -> None:
    """Bron and Kerbosch's enumeration of maximal cliques in the graph of offers that may stand together.

    With Tomita's pivot: offers that all go with one another are one set, not a walk through all its parts.
    """
    if not open_ and not closed:
        found.append(tuple(sorted(chosen)))
        if len(found) > MAX_SETS:
            raise TooManySets
        return
    pivot = max(sorted(open_ | closed), key=lambda place: len(open_ & friends[place]))
    for place in sorted(open_ - friends[pivot]):
        _grow(friends, (*chosen, place), open_ & friends[place], closed & friends[place], found)
        open_ -= {place}
        closed |= {place}


def _is_eligible(stay: Stay, board: str, offer: Offer) -> bool:
    reached = len(qualifying_places(stay, offer))
    return (
        reached >= max(1, offer.stay)
        and (offer.booking is None or offer.booking.holds(stay.booked))
        and (offer.lead_days_min is None or stay.lead_days >= offer.lead_days_min)
        and (offer.lead_days_max is None or stay.lead_days <= offer.lead_days_max)
        and (offer.nights_min is None or len(stay.nights) >= offer.nights_min)
        and (not offer.boards or board in offer.boards)
    )


def _apply(stay: Stay, offer: Offer, running: list[Running]) -> list[Running]:
    places = qualifying_places(stay, offer)
    if offer.kind is OfferKind.STAY_PAY:
        return _free_nights(stay, offer, running, places)
    if offer.percent is not None:
        return _take_percent(stay, offer, offer.percent, running, places)
    if offer.amount is not None:
        return _take_amount(stay, offer, offer.amount, running, places)
    return running


def _on_nights(stay: Stay, running: Sequence[Running], places: Sequence[int]) -> list[int]:
    nights = {stay.nights[place] for place in places}
    return [
        index
        for index, entry in enumerate(running)
        if entry.charge.discountable and not entry.charge.pay_local and entry.charge.date in nights
    ]


def _take_percent(
    stay: Stay, offer: Offer, percent: Decimal, running: list[Running], places: Sequence[int]
) -> list[Running]:
    left = list(running)
    for index in _on_nights(stay, running, places):
        exact = running[index].exact - percent_of(running[index].exact, percent)
        left[index] = _reduced(stay, offer, running[index], exact, f"{percent} % off")
    return left


def _take_amount(
    stay: Stay, offer: Offer, amount: Decimal, running: list[Running], places: Sequence[int]
) -> list[Running]:
    """An amount is taken off the room once each qualifying night, never more than the night costs."""
    left = list(running)
    currency = stay.contract.currency
    for place in places:
        indices = [index for index in _on_nights(stay, running, [place]) if running[index].charged > 0]
        weights = [running[index].charged for index in indices]
        if not weights:
            continue
        shares = allocate(min(round_half_up(amount, currency), sum(weights, Decimal(0))), weights, currency)
        for index, share in zip(indices, shares, strict=True):
            rule = f"{amount} off the room-night"
            left[index] = _reduced(stay, offer, running[index], running[index].charged - share, rule)
    return left


def _free_nights(stay: Stay, offer: Offer, running: list[Running], places: Sequence[int]) -> list[Running]:
    left = list(running)
    remaining = len(places) if offer.max_free is None else offer.max_free
    blocks = len(places) // offer.stay if offer.repeatable else 1
    for number in range(blocks):
        block = places[number * offer.stay : (number + 1) * offer.stay]
        free = min(offer.stay - offer.pay, remaining)
        remaining -= free
        if free > 0:
            _free_block(stay, offer, left, block, free)
    return left


def _free_block(stay: Stay, offer: Offer, left: list[Running], block: Sequence[int], free: int) -> None:
    words = f"stay {offer.stay} pay {offer.pay}, {offer.free_night} night free"
    if offer.free_night is FreeNight.AVERAGE:
        _free_average(stay, offer, left, block, free, words)
        return
    for place in _free_places(stay, offer, left, block, free):
        for index in _room_parts(stay, left, [place]):
            left[index] = _reduced(stay, offer, left[index], Decimal(0), words)


def _free_places(stay: Stay, offer: Offer, left: Sequence[Running], block: Sequence[int], free: int) -> Sequence[int]:
    if offer.free_night is FreeNight.FIRST:
        return block[:free]
    if offer.free_night is FreeNight.LAST:
        return block[-free:]
    values = {place: sum(left[index].charged for index in _room_parts(stay, left, [place])) for place in block}
    return sorted(block, key=lambda place: values[place])[:free]


def _free_average(stay: Stay, offer: Offer, left: list[Running], block: Sequence[int], free: int, words: str) -> None:
    """The mean of the block's nights, rounded once and shared over their charges so that every share has its source."""
    currency = stay.contract.currency
    indices = [index for index in _room_parts(stay, left, block) if left[index].charged > 0]
    weights = [left[index].charged for index in indices]
    if not weights:
        return
    credit = round_half_up(sum(weights, Decimal(0)) * free / len(block), currency)
    for index, share in zip(indices, allocate(credit, weights, currency), strict=True):
        left[index] = _reduced(stay, offer, left[index], left[index].charged - share, words)


def _room_parts(stay: Stay, left: Sequence[Running], places: Sequence[int]) -> list[int]:
    return [index for index in _on_nights(stay, left, places) if left[index].charge.is_room_part]


def _reduced(stay: Stay, offer: Offer, entry: Running, exact: Decimal, words: str) -> Running:
    currency = stay.contract.currency
    charged = rounded(exact, currency)
    if charged == entry.charged:
        return Running(entry.charge, entry.line, exact, charged, entry.reductions)
    line = CostLine(
        kind=LineKind.OFFER,
        component=entry.charge.component,
        description=f"{offer.name}: {entry.charge.description}",
        amount=Money(charged - entry.charged, currency),
        source_ref=offer.source,
        rule=f"offer {offer.code}: {words}",
        date=entry.charge.date,
        guest=entry.charge.guest,
    )
    return Running(entry.charge, entry.line, exact, charged, (*entry.reductions, line))
