"""A hotel's contract as the kernel reads it: frozen values, no storage, no wire form.

Every amount is a `Decimal` in the contract's currency and every percentage a `Decimal` of 100. Dates are nights, both
ends inclusive. `tembea.rates` builds these from a contract document and refuses what does not hold together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from tembea.pricing.canonical import sha256_of
from tembea.pricing.terms import (
    ADULT_BAND,
    INFANT_BAND,
    AllotmentKind,
    Basis,
    Board,
    ChildAgeBasis,
    FreeNight,
    LoneAdultRule,
    OfferKind,
    OfferScope,
    OfferSelection,
    Per,
    RateKind,
    RestrictionKind,
    ServiceKind,
    ServicePer,
    Settle,
    StayMode,
    SupplementKind,
)


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where in the hotel's own document an amount stands."""

    document: str
    sheet: str | None = None
    page: int | None = None
    row: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `first` to `last`, both inclusive; an open end is None."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """True when the day lies inside."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a supplement, restriction or offer applies. An empty part does not narrow it."""

    seasons: frozenset[str] = frozenset()
    dates: frozenset[date] = frozenset()
    span: DateRange | None = None
    rooms: frozenset[str] = frozenset()

    def covers(self, day: date, season: str | None) -> bool:
        """True when the day, of that season, is inside; `dates` and `span` widen each other, seasons narrow both."""
        if self.seasons and season not in self.seasons:
            return False
        if not self.dates and self.span is None:
            return True
        return day in self.dates or (self.span is not None and self.span.holds(day))

    def takes_room(self, room: str) -> bool:
        """True when the room type is inside."""
        return not self.rooms or room in self.rooms

    @property
    def weight(self) -> tuple[bool, bool, bool]:
        """How narrow the scope is: dates before rooms before seasons; the narrower of two rows wins."""
        return (bool(self.dates) or self.span is not None, bool(self.rooms), bool(self.seasons))


@dataclass(frozen=True, slots=True)
class Hotel:
    """The hotel a contract is with; `time_zone` is an IANA name."""

    name: str
    destination: str
    country: str
    time_zone: str
    stars: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Ages `first` to `last` in completed years, both inclusive."""

    code: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RoomType:
    """What a room holds. `base_adults` adults are inside sharing and room rates; further ones pay extra adult."""

    code: str
    name: str
    base_adults: int
    min_adults: int
    max_adults: int
    max_children: int
    max_guests: int
    infants_count: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A way of selling nights: a board and what a unit amount buys."""

    code: str
    board: Board
    basis: Basis


@dataclass(frozen=True, slots=True)
class Season:
    """Nights `first` to `last` on the given weekdays (Monday 0; none given: all). The highest priority owns a night."""

    code: str
    first: date
    last: date
    priority: int = 0
    weekdays: frozenset[int] = frozenset()

    def holds(self, night: date) -> bool:
        """True when the night is one of the season's."""
        return self.first <= night <= self.last and (not self.weekdays or night.weekday() in self.weekdays)


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate row: the unit amount of a plan, room type and season."""

    plan: str
    room: str
    season: str
    amount: Decimal
    source: SourceRef


@dataclass(frozen=True, slots=True)
class ChildRule:
    """What a child of a band pays: a percentage of the adult sharing rate, or an amount a night.

    `ordinal` limits it to the nth child of that band in the room, `adults` to rooms with that many adults.
    """

    band: str
    source: SourceRef
    percent: Decimal | None = None
    amount: Decimal | None = None
    ordinal: int | None = None
    adults: int | None = None


@dataclass(frozen=True, slots=True)
class Supplement:
    """A charge beside the room rate: exactly one of `percent`, `amount` and `amounts` (by band) is set."""

    kind: SupplementKind
    name: str
    per: Per
    scope: Scope
    source: SourceRef
    percent: Decimal | None = None
    amount: Decimal | None = None
    amounts: Mapping[str, Decimal] | None = None
    bands: frozenset[str] = frozenset()
    board: Board | None = None
    mandatory: bool = True
    discountable: bool = False
    commissionable: bool = False
    pay_local: bool = False


@dataclass(frozen=True, slots=True)
class Restriction:
    """One rule on when a stay may be sold; `nights` for stay lengths, `days` for release."""

    kind: RestrictionKind
    scope: Scope
    source: SourceRef
    mode: StayMode = StayMode.ARRIVAL
    nights: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A reduction or a benefit with its conditions. `combines_with` must be said by both sides."""

    code: str
    name: str
    kind: OfferKind
    scope: Scope
    reach: OfferScope
    source: SourceRef
    combines_with: frozenset[str] = frozenset()
    percent: Decimal | None = None
    amount: Decimal | None = None
    lead_days_min: int | None = None
    lead_days_max: int | None = None
    nights_min: int | None = None
    booking: DateRange | None = None
    boards: frozenset[Board] = frozenset()
    stay: int = 0
    pay: int = 0
    repeatable: bool = False
    max_free: int | None = None
    free_night: FreeNight = FreeNight.CHEAPEST


@dataclass(frozen=True, slots=True)
class TaxRule:
    """A tax or levy; guests under `min_age` and nights after the first `max_nights` are free of it."""

    code: str
    name: str
    per: Per
    settle: Settle
    source: SourceRef
    percent: Decimal | None = None
    amount: Decimal | None = None
    min_age: int = 0
    max_nights: int | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """Totals per person for exactly `nights` nights, all inside `valid`. A price that is None cannot be sold."""

    code: str
    board: Board
    room: str
    nights: int
    valid: DateRange
    source: SourceRef
    sharing: Decimal | None = None
    single: Decimal | None = None
    child: Decimal | None = None
    child_band: str | None = None
    infant: Decimal | None = None
    cells: Mapping[str, str] | None = None
    """The cell of each price, where they are known one by one."""


@dataclass(frozen=True, slots=True)
class Allotment:
    """How a room type is had on the nights of `span`; `quantity` rooms are held (None: nobody counts them)."""

    room: str
    span: DateRange
    kind: AllotmentKind
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class ServiceRate:
    """A transfer, activity or flight on the days of `valid`. Without a `child_amount` children pay as adults do."""

    kind: ServiceKind
    name: str
    per: ServicePer
    amount: Decimal
    source: SourceRef
    child_amount: Decimal | None = None
    valid: DateRange = field(default_factory=DateRange)


@dataclass(frozen=True)
class Contract:
    """One version of a hotel's contract: all the kernel knows of the hotel. Immutable; `digest` names its content."""

    hotel: Hotel
    currency: str
    source: SourceRef
    age_bands: tuple[AgeBand, ...]
    rooms: tuple[RoomType, ...]
    plans: tuple[Plan, ...] = ()
    seasons: tuple[Season, ...] = ()
    rates: tuple[Rate, ...] = ()
    child_rules: tuple[ChildRule, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    offers: tuple[Offer, ...] = ()
    taxes: tuple[TaxRule, ...] = ()
    packages: tuple[Package, ...] = ()
    allotments: tuple[Allotment, ...] = ()
    services: tuple[ServiceRate, ...] = ()
    rate_kind: RateKind = RateKind.NET
    commission_pct: Decimal = Decimal(0)
    child_age_basis: ChildAgeBasis = ChildAgeBasis.AT_CHECK_IN
    lone_adult_rule: LoneAdultRule | None = None
    offer_selection: OfferSelection = OfferSelection.LOWEST_TOTAL
    booking_window: DateRange = field(default_factory=DateRange)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the contract's canonical bytes: the snapshot that a price names."""
        return sha256_of(self)

    @cached_property
    def rates_by_key(self) -> Mapping[tuple[str, str, str], Rate]:
        """Rate rows by (plan, room, season)."""
        return {(rate.plan, rate.room, rate.season): rate for rate in self.rates}

    @cached_property
    def seasons_by_priority(self) -> tuple[Season, ...]:
        """The seasons from the highest priority down: the first that holds a night owns it."""
        return tuple(sorted(self.seasons, key=lambda season: season.priority, reverse=True))

    @cached_property
    def infant_band(self) -> str | None:
        """The band of infants: the one of that code, else the youngest when it ends before three years."""
        if any(band.code == INFANT_BAND for band in self.age_bands):
            return INFANT_BAND
        youngest = min(self.age_bands, key=lambda band: band.first)
        return youngest.code if youngest.last < 3 and youngest.code != ADULT_BAND else None
