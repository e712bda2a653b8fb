"""The stays nearest to one that no hotel can take: other dates first, then other nights, then another board.

What is tried is bounded and has one order, so that the same question has the same answer: a fortnight either way, a
later day before an earlier one; one or two nights more or less; every other board. Where the hotels ask for another
length of stay, other nights come first, because other days would meet the same rule.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from pydantic import TypeAdapter

from tembea.pricing import Board, Code, PricingRequest
from tembea.rates import Hotel, RejectedHotel

DAYS_MAX, NIGHTS_MAX = 14, 2
HOTELS_MAX = 8
"""Hotels that are asked about other stays: those whose reason against the trip is the least. Rounds work in the
processor alone, and meanwhile nobody else in the process does."""

_HOPELESS = frozenset((Code.CAPACITY, Code.NO_FX, Code.FX_STALE))
"""What no other day, night or board changes."""
_LENGTH = frozenset((Code.MIN_STAY_ARRIVAL, Code.MIN_STAY_THROUGH, Code.MAX_STAY))


class Changed(StrEnum):
    """What of a stay is not as it was asked for."""

    DATES = "dates"
    NIGHTS = "nights"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Nearest:
    """The stay that is offered in place of the one asked for, and the kernel's reason against that at a hotel."""

    changed: Changed
    asked_check_in: date
    asked_check_out: date
    asked_board: str | None
    check_in: date
    check_out: date
    hotel: str
    """The hotel that the reason is about: the first of those that are offered."""
    code: str
    detail: str


_NEAREST = TypeAdapter(Nearest)


def nearest_to_json(nearest: Nearest) -> dict[str, object]:
    """The storage form."""
    return _NEAREST.dump_python(nearest, mode="json")


def nearest_from_json(stored: object) -> Nearest:
    """What `nearest_to_json` wrote."""
    return _NEAREST.validate_python(stored)


def hopeful(rejected: Sequence[RejectedHotel], *, is_named: Callable[[Hotel], bool]) -> list[RejectedHotel]:
    """The hotels that another stay may be had at, at most `HOTELS_MAX`: those that the customer named, then those with
    the least reason against them."""
    left = [one for one in rejected if one.rejected.code not in _HOPELESS]
    left.sort(key=lambda one: (not is_named(one.hotel), -one.rejected.code.rank, one.hotel.name_key))
    return left[:HOTELS_MAX]


def nearest_stays(
    request: PricingRequest, *, first_day: date, codes: Sequence[Code]
) -> Iterator[tuple[Changed, PricingRequest]]:
    """Other stays than `request`, the nearest first, none of which begins before `first_day`."""
    if request.check_out > date.max - timedelta(DAYS_MAX + NIGHTS_MAX):
        return
    dates = ((Changed.DATES, stay) for stay in _on_other_dates(request))
    nights = ((Changed.NIGHTS, stay) for stay in _for_other_nights(request))
    by_length = any(code in _LENGTH for code in codes)
    for changed, stay in (*nights, *dates) if by_length else (*dates, *nights):
        if stay.check_in >= first_day:
            yield changed, stay
    if request.check_in >= first_day:
        yield from ((Changed.BOARD, stay) for stay in _with_other_boards(request))


def _on_other_dates(request: PricingRequest) -> Iterator[PricingRequest]:
    for days in range(1, DAYS_MAX + 1):
        for shift in (timedelta(days), timedelta(-days)):
            yield replace(request, check_in=request.check_in + shift, check_out=request.check_out + shift)


def _for_other_nights(request: PricingRequest) -> Iterator[PricingRequest]:
    for nights in range(1, NIGHTS_MAX + 1):
        yield replace(request, check_out=request.check_out + timedelta(nights))
        if len(request.nights) > nights:
            yield replace(request, check_out=request.check_out - timedelta(nights))


def _with_other_boards(request: PricingRequest) -> Iterator[PricingRequest]:
    """Those with less, the most of it first: a hotel that sells more than was asked for has been offered already."""
    if request.board is not None:
        for board in reversed(list(Board)[: request.board.rank]):
            yield replace(request, board=board)
