"""How many rooms of a type the hotel holds for the agency, and whether it has to be asked first.

Nights that no allotment speaks of are sold freely: a contract without allotments knows no limit.
"""

from collections.abc import Iterable
from datetime import date

from tembea.pricing.contract import Allotment
from tembea.pricing.stay import Stay
from tembea.pricing.terms import AllotmentKind


def rooms_held(stay: Stay, rooms: Iterable[str]) -> dict[str, int]:
    """For each of the room types that is limited, how many of them are held on every night of the stay."""
    if not stay.contract.allotments:
        return {}
    limits = {room: [_held_on(stay, room, night) for night in stay.nights] for room in rooms}
    known = {room: [limit for limit in by_night if limit is not None] for room, by_night in limits.items()}
    return {room: min(by_night) for room, by_night in known.items() if by_night}


def is_on_request(stay: Stay, room: str) -> bool:
    """True when the hotel has to be asked for the room type on some night."""
    return any(
        rows and all(row.kind is AllotmentKind.ON_REQUEST for row in rows)
        for rows in (_rows(stay, room, night) for night in stay.nights)
    )


def _held_on(stay: Stay, room: str, night: date) -> int | None:
    """The rooms held on a night; None where nobody counts them: sold freely as well, or after asking."""
    rows = _rows(stay, room, night)
    if not rows or any(row.kind is not AllotmentKind.ALLOTMENT or row.quantity is None for row in rows):
        return None
    return sum(row.quantity or 0 for row in rows)


def _rows(stay: Stay, room: str, night: date) -> list[Allotment]:
    return [row for row in stay.contract.allotments if row.room == room and row.span.holds(night)]
