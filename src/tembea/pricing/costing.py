"""From a stay to its cost: what can answer it, in which rooms, with which offers; or every reason why nothing can."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from tembea.kernel.money import Money
from tembea.pricing.allocation import Filling, FillingKey, Housing, Party
from tembea.pricing.allotments import is_on_request
from tembea.pricing.charges import RoomParty
from tembea.pricing.contract import Contract, Offer, Package, RoomType
from tembea.pricing.effort import STEPS_A_CHARGE, STEPS_A_PRODUCT, TooMuchWork
from tembea.pricing.offers import (
    Running,
    TooManySets,
    by_priority,
    combinations_of,
    eligible_offers,
    is_linewise,
)
from tembea.pricing.outdone import find_outdone
from tembea.pricing.packages import find_misfit, fits
from tembea.pricing.restrictions import find_breaches
from tembea.pricing.result import Code, OfferLoss, Reason, Unpriced
from tembea.pricing.rooms import RoomCost, charges_of, cost_of
from tembea.pricing.seasons import first_night_without_rate
from tembea.pricing.stay import Product, Stay
from tembea.pricing.supplements import find_missing_board
from tembea.pricing.terms import Board, OfferSelection

RoomKey: TypeAlias = tuple[str, tuple[str, ...]]
"""A room type's code and the labels of the guests in it."""


@dataclass(frozen=True, slots=True)
class Costed:
    """The cost of a stay: its board, its rooms with their lines, and how the offers fared."""

    board: Board
    rooms: tuple[tuple[RoomParty, RoomCost], ...]
    total: Decimal
    offers_applied: tuple[str, ...]
    offers_rejected: tuple[OfferLoss, ...]
    on_request: bool


def cost_stay(stay: Stay) -> Costed | tuple[Reason, ...]:
    """The cheapest product that answers the stay, those of the very board before those lifted by a supplement.

    When nothing does, the reasons of the product that came nearest, first reason first.
    """
    try:
        return _cheapest(stay)
    except TooMuchWork:
        detail = "There are too many ways to house and price this stay. Split the group, or the stay."
        return (Reason(Code.CAPACITY, detail),)


def _cheapest(stay: Stay) -> Costed | tuple[Reason, ...]:
    failures: list[tuple[Reason, ...]] = []
    for group in _products(stay):
        outcomes = [_cost_product(stay, product, stay.request.board or product.board) for product in group]
        costed = [outcome for outcome in outcomes if isinstance(outcome, Costed)]
        if costed:
            return min(costed, key=lambda outcome: outcome.total)
        failures += [outcome for outcome in outcomes if not isinstance(outcome, Costed)]
    return min(failures, key=len) if failures else _without_product(stay)


def _products(stay: Stay) -> list[list[Product]]:
    contract = stay.contract
    products: list[Product] = [*contract.plans, *contract.packages]
    board = stay.request.board
    if board is None:
        return [_worth_trying(stay, products)]
    very = [product for product in products if product.board is board]
    lifted = [product for product in products if product.board.rank < board.rank]
    return [_worth_trying(stay, very), _worth_trying(stay, lifted)]


def _worth_trying(stay: Stay, products: Sequence[Product]) -> list[Product]:
    """The products, but of a room's packages for other dates the first alone, which speaks for thousands.

    Whichever of them is asked, the same reasons stand against the stay.
    """
    spoken_for: set[str] = set()
    tried: list[Product] = []
    for product in products:
        if isinstance(product, Package) and not fits(stay, product):
            if product.room in spoken_for:
                continue
            spoken_for.add(product.room)
        tried.append(product)
    return tried


def _cost_product(stay: Stay, product: Product, board: Board) -> Costed | tuple[Reason, ...]:
    stay.effort.spend(STEPS_A_PRODUCT)
    rooms = _rooms_of(stay.contract, product)
    against = {room.code: _reasons_against(stay, product, board, room) for room in rooms}
    outcome = _house_and_price(stay, product, board, [room for room in rooms if not against[room.code]])
    closed = [reasons for reasons in against.values() if reasons]
    if isinstance(outcome, Costed) or not closed:
        return outcome
    rated = [room for room in rooms if all(reason.code is not Code.NO_RATE for reason in against[room.code])]
    if (capacity := _capacity(Party(stay), rooms, stay.request.rooms)) is not None:
        return in_order([*min(closed, key=len), capacity])
    further = _house_and_price(stay, product, board, rated) if rated else ()
    return in_order([*min(closed, key=len), *(() if isinstance(further, Costed) else further)])


def _rooms_of(contract: Contract, product: Product) -> list[RoomType]:
    """The room types that the product is sold in; a plan without any rate stands for all of them."""
    if isinstance(product, Package):
        return [room for room in contract.rooms if room.code == product.room]
    sold = {rate.room for rate in contract.rates if rate.plan == product.code}
    return [room for room in contract.rooms if room.code in sold] or list(contract.rooms)


def _reasons_against(stay: Stay, product: Product, board: Board, room: RoomType) -> list[Reason]:
    """What keeps the room type from being sold, whoever sleeps in it."""
    missing = (_find_hole(stay, product, room), find_missing_board(stay, product, room, board))
    return [*find_breaches(stay, room.code), *(reason for reason in missing if reason is not None)]


def _find_hole(stay: Stay, product: Product, room: RoomType) -> Reason | None:
    if isinstance(product, Package):
        return find_misfit(stay, product)
    night = first_night_without_rate(stay.contract, product, room.code, stay.days)
    if night is None:
        return None
    return Reason(Code.NO_RATE, f"No rate of plan {product.code} for {room.name} on the night of {night}.", night)


def _house_and_price(
    stay: Stay, product: Product, board: Board, rooms: Sequence[RoomType]
) -> Costed | tuple[Reason, ...]:
    party = Party(stay)
    if (capacity := _capacity(party, rooms, stay.request.rooms)) is not None:
        return (capacity,)
    attempt = _Attempt(stay, product, board, rooms, party)
    eligible = eligible_offers(stay, board)
    try:
        candidates = _candidates(stay, attempt, eligible)
    except TooManySets as many:
        return (Reason(Code.NO_RATE, str(many), stay.nights[0]),)
    outcomes = [outcome for offers in candidates if (outcome := attempt.cost(offers)) is not None]
    if not outcomes:
        return in_order(attempt.failures)
    winner = min(outcomes, key=lambda outcome: (outcome.total, -len(outcome.offers)))
    return attempt.costed(winner, eligible)


def _candidates(stay: Stay, attempt: "_Attempt", eligible: Sequence[Offer]) -> list[tuple[Offer, ...]]:
    """The sets of offers among which the lowest total is sought. Raises `TooManySets`."""
    if stay.contract.offer_selection is OfferSelection.PRIORITY:
        return [by_priority([offer for offer in eligible if attempt.has_effect(offer)])]
    return combinations_of(eligible) or [()]


def _capacity(party: Party, rooms: Sequence[RoomType], wanted: int | None) -> Reason | None:
    """Why the party does not fit into as many rooms as are wanted, or into any number of them; None when it does."""
    if not party.is_searchable:
        return Reason(Code.CAPACITY, "The group is too large and mixed to be given rooms. Split it.")
    search = party.search(rooms)
    fits = search.fewest() if wanted is None else search.cheapest(wanted, lambda _: Decimal(0))
    if fits is not None:
        return None
    held = f" The hotel holds {_words(search.held)} for these nights." if search.held else ""
    some = "No rooms of this contract" if wanted is None else f"{wanted} rooms of this contract cannot"
    return Reason(Code.CAPACITY, f"{some} hold this party.{held}")


def _words(held: Mapping[str, int]) -> str:
    return ", ".join(f"{rooms} x {room}" for room, rooms in held.items())


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The cheapest housing under one set of offers, with the actual guests' lines."""

    rooms: tuple[tuple[RoomParty, RoomCost], ...]
    total: Decimal
    offers: frozenset[str]


class _Attempt:
    """One product tried in its open rooms under different sets of offers; nothing is worked out twice."""

    def __init__(self, stay: Stay, product: Product, board: Board, rooms: Sequence[RoomType], party: Party) -> None:
        self._stay = stay
        self._product = product
        self._board = board
        self._party = party
        self._order = [room.code for room in rooms]
        self._search = party.search(rooms)
        self._better = find_outdone(stay, product, [room for room in rooms if room.code not in self._search.held])
        self._charges: dict[RoomKey, list[Running]] = {}
        self._costs: dict[tuple[str, tuple[str, ...], tuple[str, ...]], RoomCost] = {}
        self._unpriced: dict[FillingKey, Reason] = {}

    @property
    def failures(self) -> list[Reason]:
        """Why rooms could not be charged."""
        return list(self._unpriced.values())

    def cost(self, offers: Sequence[Offer]) -> _Outcome | None:
        """The cheapest housing under these offers; None, with the reasons in `failures`, when nothing is priced."""
        rooms = self._stay.request.rooms or self._search.fewest() or 0
        linewise = all(is_linewise(offer) for offer in offers)
        needless = self._is_outdone if linewise else _is_never
        housing = self._search.cheapest(rooms, self._pricer(offers), needless)
        return None if housing is None else self._outcome(housing, offers)

    def has_effect(self, offer: Offer) -> bool:
        """True when the offer, alone, changes a line or adds a benefit in the rooms it would be given."""
        alone = self.cost([offer])
        return alone is not None and offer.code in alone.offers

    def costed(self, winner: _Outcome, eligible: Sequence[Offer]) -> Costed:
        """The winner beside the totals of the eligible offers that it does without."""
        losses: list[OfferLoss] = []
        for offer in eligible:
            alone = None if offer.code in winner.offers else self.cost([offer])
            if alone is not None and offer.code in alone.offers:
                losses.append(OfferLoss(offer.code, Money(alone.total, self._stay.contract.currency)))
        applied = tuple(offer.code for offer in eligible if offer.code in winner.offers)
        asked = any(is_on_request(self._stay, party.room.code) for party, _ in winner.rooms)
        return Costed(self._board, winner.rooms, winner.total, applied, tuple(losses), asked)

    def _pricer(self, offers: Sequence[Offer]) -> Callable[[Filling], Decimal | None]:
        def price(filling: Filling) -> Decimal | None:
            if filling.key in self._unpriced:
                return None
            try:
                return self._room_cost(self._party.sample(filling), offers).total
            except Unpriced as verdict:
                self._unpriced[filling.key] = verdict.reason
                return None

        return price

    def _is_outdone(self, filling: Filling) -> bool:
        """True when a room that is listed earlier takes the same guests and cannot cost more: the tie would be its own.

        A room that could not be charged outdoes none, so that every reason is found.
        """
        return any(
            filling.counts in self._party.holdings(room) and (room.code, filling.counts) not in self._unpriced
            for room in self._better.get(filling.room.code, ())
        )

    def _room_cost(self, party: RoomParty, offers: Sequence[Offer]) -> RoomCost:
        room: RoomKey = (party.room.code, tuple(guest.label for guest in party.guests))
        key = (*room, tuple(offer.code for offer in offers))
        if key not in self._costs:
            if room not in self._charges:
                self._charges[room] = charges_of(self._stay, self._product, self._board, party)
            self._stay.effort.spend(STEPS_A_CHARGE * len(self._charges[room]) * (1 + len(offers)))
            self._costs[key] = cost_of(self._stay, party, self._charges[room], offers)
        return self._costs[key]

    def _outcome(self, housing: Housing, offers: Sequence[Offer]) -> _Outcome:
        listed = sorted(
            housing.fillings,
            key=lambda filling: (self._order.index(filling.room.code), [-count for count in filling.counts]),
        )
        rooms = [(party, self._room_cost(party, offers)) for party in self._party.house(listed)]
        total = sum((cost.total for _, cost in rooms), Decimal(0))
        used = frozenset[str]().union(*(cost.offers for _, cost in rooms))
        return _Outcome(tuple(rooms), total, used)


def _is_never(_: Filling) -> bool:
    """Offers that look at a room as a whole may make any room the cheapest: none is left out."""
    return False


def _without_product(stay: Stay) -> tuple[Reason, ...]:
    board = stay.request.board
    detail = f"The contract does not sell {board}." if board else "The contract has neither plans nor packages."
    no_rate = Reason(Code.NO_RATE, detail, stay.nights[0])
    capacity = _capacity(Party(stay), stay.contract.rooms, stay.request.rooms)
    breaches = min((find_breaches(stay, room.code) for room in stay.contract.rooms), key=len)
    return in_order([no_rate, *breaches, *([] if capacity is None else [capacity])])


def in_order(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """One reason a code, the earliest date of each, in the order of the codes."""
    by_code: dict[Code, Reason] = {}
    for reason in sorted(reasons, key=lambda reason: (reason.code.rank, reason.date or date.min, reason.detail)):
        by_code.setdefault(reason.code, reason)
    return tuple(by_code.values())
