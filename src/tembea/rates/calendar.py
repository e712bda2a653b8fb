"""A month of prices at one hotel: for every day the first stay that can begin on it, priced by the kernel."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tembea.kernel.money import Money
from tembea.pricing import Board, Code, Contract, PricingRequest
from tembea.pricing.terms import RestrictionKind
from tembea.rates.fx import FxBook
from tembea.rates.model import Hotel, LiveContract, PastDate
from tembea.rates.pricing import price_hotels
from tembea.tenants import TenantConfig

MAX_LENGTHS = 8
"""Lengths of stay that are tried on one day."""

_LONGER_HELPS = frozenset((Code.MIN_STAY_ARRIVAL, Code.MIN_STAY_THROUGH, Code.NO_RATE))


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What a stay from this day costs: the shortest that is sold. Without one, `code` says what stands against it."""

    on: date
    nights: int | None = None
    total: Money | None = None
    code: str | None = None
    detail: str = ""


def price_month(
    hotel: Hotel,
    live: LiveContract,
    config: TenantConfig,
    month: date,
    *,
    adults: int,
    room: str | None,
    board: Board | None,
    now: datetime,
    fx: FxBook,
) -> list[CalendarDay]:
    """Every day of the month that begins on `month`. `room` None stands for the cheapest way to room the adults."""
    narrowed = live if room is None else replace(live, contract=_in_room(live.contract, room))
    lengths = lengths_of(narrowed.contract)
    return [_price_day(hotel, narrowed, config, day, lengths, adults, board, now, fx) for day in _days(month)]


def lengths_of(contract: Contract) -> tuple[int, ...]:
    """The lengths of stay that the contract has a reason to sell, the shortest first."""
    nightly = [1] if contract.rates else []
    least = [rule.nights for rule in contract.restrictions if rule.kind is RestrictionKind.MIN_STAY] if nightly else []
    packages = [package.nights for package in contract.packages]
    return tuple(sorted({*nightly, *least, *packages})[:MAX_LENGTHS])


def _in_room(contract: Contract, room: str) -> Contract:
    return replace(
        contract,
        rooms=tuple(one for one in contract.rooms if one.code == room),
        rates=tuple(rate for rate in contract.rates if rate.room == room),
        packages=tuple(package for package in contract.packages if package.room == room),
    )


def _days(month: date) -> Iterator[date]:
    day = month
    while day.month == month.month:
        yield day
        day += timedelta(days=1)


def _price_day(
    hotel: Hotel,
    live: LiveContract,
    config: TenantConfig,
    day: date,
    lengths: tuple[int, ...],
    adults: int,
    board: Board | None,
    now: datetime,
    fx: FxBook,
) -> CalendarDay:
    found = CalendarDay(day, code=Code.NO_RATE, detail="The contract has no rates for this.")
    for nights in lengths:
        request = PricingRequest(check_in=day, check_out=day + timedelta(days=nights), adults=adults, board=board)
        try:
            stay = price_hotels([hotel], [live], request, config, now, fx)
        except PastDate as past:
            return CalendarDay(day, code="PAST_DATE", detail=past.detail)
        if stay.options:
            return CalendarDay(day, nights, stay.options[0].priced.total)
        against = stay.rejected[0].rejected
        found = CalendarDay(day, code=against.code.value, detail=against.detail)
        if not set(against.reasons) <= _LONGER_HELPS:
            break
    return found
