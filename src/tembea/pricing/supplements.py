"""Charges beside the room rate: board above the plan's, events, room supplements; and how any supplement is spread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tembea.pricing.ages import Guest
from tembea.pricing.charges import Charge, RoomCharges, RoomParty, percent_of, shown
from tembea.pricing.contract import RoomType, Supplement
from tembea.pricing.result import Code, Component, Reason, Unpriced
from tembea.pricing.stay import Product, Stay
from tembea.pricing.terms import Board, SupplementKind

_BESIDE = {SupplementKind.EVENT: Component.EVENT, SupplementKind.ROOM: Component.ROOM_SUPPLEMENT}
"""Supplements that are owed by being there, whoever sleeps how."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A guest on a night whom a supplement concerns, with the unrounded amount that a percentage is taken of."""

    place: int
    guest: Guest
    base: Decimal


def find_missing_board(stay: Stay, product: Product, room: RoomType, board: Board) -> Reason | None:
    """The first night on which nothing lifts the product's board to the one asked for; None when every night can be."""
    if board is product.board:
        return None
    for place, night in enumerate(stay.nights):
        is_lower = board.rank < product.board.rank
        if is_lower or stay.find_supplement(SupplementKind.BOARD, room, place, board) is None:
            detail = f"{board} is not sold with {product.code} ({product.board}) on the night of {night}."
            return Reason(Code.NO_RATE, detail, night)
    return None


def board_charges(stay: Stay, product: Product, party: RoomParty, board: Board, room: RoomCharges) -> list[Charge]:
    """The supplement that lifts the product's board to the one asked for, each night by that night's band.

    `find_missing_board` has found one for every night before anybody is charged.
    """
    if board is product.board:
        return []
    due: list[tuple[Supplement, Occasion]] = []
    for place in range(len(stay.nights)):
        supplement = stay.find_supplement(SupplementKind.BOARD, party.room, place, board)
        if supplement is not None:
            due += [(supplement, occasion) for occasion in _occasions(party, room, [place])]
    return supplement_charges(stay, Component.BOARD, due)


def event_and_room_charges(stay: Stay, party: RoomParty, room: RoomCharges) -> list[Charge]:
    """Every mandatory event and room supplement whose nights and rooms the stay meets."""
    charges: list[Charge] = []
    for supplement in stay.contract.supplements:
        component = _BESIDE.get(supplement.kind)
        if component is None or not supplement.mandatory or not supplement.scope.takes_room(party.room.code):
            continue
        occasions = _occasions(party, room, stay.covered(supplement.scope))
        charges += supplement_charges(stay, component, [(supplement, occasion) for occasion in occasions])
    return charges


def supplement_charges(
    stay: Stay,
    component: Component,
    due: Sequence[tuple[Supplement, Occasion]],
    *,
    is_room_part: bool = False,
) -> list[Charge]:
    """One charge for each person-night, room-night, person or room, as the supplement's `per` says.

    What is charged once a stay stands on the first night it concerns and takes that night's band.
    """
    grouped: dict[tuple[int, str | None, int | None], list[tuple[Supplement, Occasion]]] = {}
    for supplement, occasion in due:
        if supplement.bands and occasion.guest.ages[occasion.place].band not in supplement.bands:
            continue
        person = occasion.guest.label if supplement.per.is_person else None
        night = occasion.place if supplement.per.is_night else None
        grouped.setdefault((id(supplement), person, night), []).append((supplement, occasion))
    return [
        _charge(stay, component, group[0][0], [occasion for _, occasion in group], is_room_part)
        for group in grouped.values()
    ]


def _occasions(party: RoomParty, room: RoomCharges, places: Iterable[int]) -> list[Occasion]:
    return [Occasion(place, guest, room.share(guest, place)) for place in places for guest in party.guests]


def _charge(
    stay: Stay, component: Component, supplement: Supplement, occasions: Sequence[Occasion], is_room_part: bool
) -> Charge:
    first = occasions[0]
    return Charge(
        component=component,
        description=supplement.name,
        exact=_exact(stay, supplement, occasions),
        source=supplement.source,
        rule=f"{supplement.kind} supplement: {_words(supplement, first)} per {supplement.per}",
        guest=first.guest.label if supplement.per.is_person else None,
        date=stay.nights[first.place],
        is_room_part=is_room_part,
        discountable=supplement.discountable,
        commissionable=supplement.commissionable,
        pay_local=supplement.pay_local,
    )


def _exact(stay: Stay, supplement: Supplement, occasions: Sequence[Occasion]) -> Decimal:
    if supplement.percent is not None:
        return percent_of(sum((occasion.base for occasion in occasions), Decimal(0)), supplement.percent)
    if supplement.amount is not None:
        return supplement.amount
    first = occasions[0]
    band = first.guest.ages[first.place].band
    amount = (supplement.amounts or {}).get(band)
    if amount is None:
        detail = f"The supplement {supplement.name} has no amount for band {band}."
        raise Unpriced(Reason(Code.NO_RATE, detail, stay.nights[first.place]))
    return amount


def _words(supplement: Supplement, occasion: Occasion) -> str:
    if supplement.percent is not None:
        return f"{supplement.percent} % of {shown(occasion.base)}"
    if supplement.amount is not None:
        return str(supplement.amount)
    band = occasion.guest.ages[occasion.place].band
    return f"{(supplement.amounts or {}).get(band)} ({band})"
