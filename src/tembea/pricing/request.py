"""What is asked: dates, guests, rooms, board, and the day that stands for today. A request without sense is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tembea.kernel.money import is_currency
from tembea.pricing.contract import Hotel
from tembea.pricing.terms import Board

MAX_NIGHTS = 365
MAX_GUESTS = 60
MAX_ROOMS = 30
MAX_SERVICES = 50
OLDEST_CHILD = 17


class RequestFault(StrEnum):
    """Why a request makes no sense. The first three are reported in this order, before the rest."""

    BAD_DATES = "BAD_DATES"
    PAST_DATE = "PAST_DATE"
    MISSING_AGES = "MISSING_AGES"
    BAD_PARTY = "BAD_PARTY"
    BAD_ROOMS = "BAD_ROOMS"
    UNKNOWN_BOARD = "UNKNOWN_BOARD"
    UNKNOWN_CURRENCY = "UNKNOWN_CURRENCY"
    BAD_SERVICES = "BAD_SERVICES"


class RequestRefused(ValueError):
    """The request makes no sense: `code` says why, `field` which part, `detail` what to send instead."""

    def __init__(self, code: RequestFault, field: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.field = field
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Child:
    """A guest listed as a child: a birth date, else an age in completed years; the birth date wins over the age."""

    age: int | None = None
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceWanted:
    """A service of the contract by its name, on a day of the stay (left out: the arrival), `times` over."""

    name: str
    on: date | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class PricingRequest:
    """A stay to price. Nights are [check_in, check_out); `booking_date` left out is today in the hotel's zone.

    `rooms` left out takes the fewest that hold the party, `board` left out the plan's own, `currency` left out the
    selling currency of the tenant's policy. `trip_start` is the first day of a longer trip for AT_TRIP_START contracts.
    `services` are what is wanted beside the stay: a transfer, an activity, a flight.
    """

    check_in: date
    check_out: date
    adults: int
    children: tuple[Child, ...] = ()
    rooms: int | None = None
    board: Board | None = None
    booking_date: date | None = None
    currency: str | None = None
    trip_start: date | None = None
    services: tuple[ServiceWanted, ...] = ()

    @property
    def nights(self) -> tuple[date, ...]:
        """Every night of the stay; the check-out day is not one."""
        return tuple(self.check_in + timedelta(days=day) for day in range((self.check_out - self.check_in).days))


def children_of(ages: Sequence[int | None], birth_dates: Sequence[date | None] = ()) -> tuple[Child, ...]:
    """The children of a wire request. Two lists of one length speak of the same children; one list may be empty.

    Raises `RequestRefused` (MISSING_AGES) when both are given and differ in length.
    """
    if ages and birth_dates and len(ages) != len(birth_dates):
        detail = f"{len(ages)} ages and {len(birth_dates)} birth dates were given. Give both for every child, or one."
        raise RequestRefused(RequestFault.MISSING_AGES, "child_birth_dates", detail)
    count = max(len(ages), len(birth_dates))
    filled_ages = list(ages) or [None] * count
    filled_dates = list(birth_dates) or [None] * count
    return tuple(Child(age, born) for age, born in zip(filled_ages, filled_dates, strict=True))


def parse_board(text: str) -> Board:
    """The board of a code such as "HB", in any case. Raises `RequestRefused` (UNKNOWN_BOARD)."""
    try:
        return Board(text.strip().upper())
    except ValueError:
        detail = f"{text!r} is not a board. Use one of {', '.join(Board)}."
        raise RequestRefused(RequestFault.UNKNOWN_BOARD, "board", detail) from None


def today_at(hotel: Hotel, now: datetime) -> date:
    """The date at the hotel at the aware moment `now`."""
    return now.astimezone(ZoneInfo(hotel.time_zone)).date()


def check_request(request: PricingRequest, today: date) -> None:
    """Raise `RequestRefused` for a request without sense; `today` is its booking date, given or the hotel's today."""
    _check_dates(request, today)
    _check_ages(request)
    _check_party(request)
    if request.currency is not None and not is_currency(request.currency):
        detail = f"{request.currency!r} is not a currency of ISO 4217. Use a code such as USD or ZAR."
        raise RequestRefused(RequestFault.UNKNOWN_CURRENCY, "currency", detail)
    _check_services(request)


def _check_dates(request: PricingRequest, today: date) -> None:
    nights = (request.check_out - request.check_in).days
    if nights <= 0:
        detail = f"Check-out {request.check_out} is not after check-in {request.check_in}. Give a later check-out."
        raise RequestRefused(RequestFault.BAD_DATES, "check_out", detail)
    if nights > MAX_NIGHTS:
        detail = f"{nights} nights are more than the {MAX_NIGHTS} that one stay may have. Split the stay."
        raise RequestRefused(RequestFault.BAD_DATES, "check_out", detail)
    if request.trip_start is not None and request.trip_start > request.check_in:
        detail = f"The trip starts on {request.trip_start}, after check-in {request.check_in}. Give an earlier start."
        raise RequestRefused(RequestFault.BAD_DATES, "trip_start", detail)
    if request.check_in < today:
        detail = f"Check-in {request.check_in} is before the booking date {today}. Give a later check-in."
        raise RequestRefused(RequestFault.PAST_DATE, "check_in", detail)


def _check_ages(request: PricingRequest) -> None:
    for place, child in enumerate(request.children, start=1):
        if child.birth_date is None and child.age is None:
            detail = f"Child {place} has neither an age nor a birth date. Ask for one of them."
            raise RequestRefused(RequestFault.MISSING_AGES, "children_ages", detail)
        if child.birth_date is not None and child.birth_date > (request.trip_start or request.check_in):
            detail = f"Child {place} is born on {child.birth_date}, after the stay begins. Check the birth date."
            raise RequestRefused(RequestFault.MISSING_AGES, "child_birth_dates", detail)
        if child.birth_date is None and child.age is not None and not 0 <= child.age <= OLDEST_CHILD:
            detail = f"Child {place} is {child.age}: a child's age is 0 to {OLDEST_CHILD}. Older guests are adults."
            raise RequestRefused(RequestFault.MISSING_AGES, "children_ages", detail)


def _check_party(request: PricingRequest) -> None:
    guests = request.adults + len(request.children)
    if request.adults < 0 or guests < 1:
        detail = "A stay needs at least one guest. Give the number of adults."
        raise RequestRefused(RequestFault.BAD_PARTY, "adults", detail)
    if guests > MAX_GUESTS:
        detail = f"{guests} guests are more than the {MAX_GUESTS} that one request may have. Split the group."
        raise RequestRefused(RequestFault.BAD_PARTY, "adults", detail)
    if request.rooms is not None and not 1 <= request.rooms <= MAX_ROOMS:
        detail = f"{request.rooms} rooms were asked for. Ask for 1 to {MAX_ROOMS}, or leave the number out."
        raise RequestRefused(RequestFault.BAD_ROOMS, "rooms", detail)


def _check_services(request: PricingRequest) -> None:
    if len(request.services) > MAX_SERVICES:
        detail = f"{len(request.services)} services are more than the {MAX_SERVICES} that one stay may have."
        raise RequestRefused(RequestFault.BAD_SERVICES, "services", detail)
    for wanted in request.services:
        if not 1 <= wanted.times <= MAX_SERVICES:
            detail = f"{wanted.name} was asked for {wanted.times} times. Ask for it 1 to {MAX_SERVICES} times."
            raise RequestRefused(RequestFault.BAD_SERVICES, "services", detail)
        if wanted.on is not None and not request.check_in <= wanted.on <= request.check_out:
            detail = f"{wanted.name} was asked for on {wanted.on}, outside the stay. Give a day of the stay."
            raise RequestRefused(RequestFault.BAD_SERVICES, "services", detail)
