"""Rooms that need not be priced: whatever they would cost, a room listed before them costs no more.

Every charge of a room is a share of its nights' rates or does not depend on them at all, and rounding, percentages,
commission and taxes never turn a lower charge into a higher one. So where two room types differ in nothing but their
rates, and one has no night dearer than the other's, the same guests pay no more in it.
"""

from collections.abc import Sequence

from tembea.pricing.contract import Contract, Package, RoomType
from tembea.pricing.seasons import find_rate
from tembea.pricing.stay import Product, Stay


def find_outdone(stay: Stay, product: Product, rooms: Sequence[RoomType]) -> dict[str, list[RoomType]]:
    """For each room type the ones listed before it that charge any guests no more than it does."""
    if isinstance(product, Package):
        return {}
    seasons = list(dict.fromkeys(stay.seasons))
    rates = {
        room.code: [rate.amount for season in seasons if (rate := find_rate(stay.contract, product, room.code, season))]
        for room in rooms
    }
    whole = [room for room in rooms if len(rates[room.code]) == len(seasons)]
    likeness = {room.code: _likeness(stay.contract, room) for room in whole}
    return {
        room.code: [
            other
            for other in whole[:place]
            if likeness[other.code] == likeness[room.code]
            and all(one <= than for one, than in zip(rates[other.code], rates[room.code], strict=True))
        ]
        for place, room in enumerate(whole)
    }


def _likeness(contract: Contract, room: RoomType) -> tuple[int, bool, list[bool]]:
    """Equal for rooms in which supplements, offers and the roles of guests are the same."""
    scopes = [row.scope for row in (*contract.supplements, *contract.offers) if row.scope.rooms]
    return (room.base_adults, room.infants_count, [scope.takes_room(room.code) for scope in scopes])
