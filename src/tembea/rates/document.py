"""The strict form of a contract document: what an importer accepts, key by key. `reading` turns text into it.

Amounts and percentages are decimal strings or whole numbers, never floats: 28.5 in binary is not 28.50. Dates are
nights, both ends inclusive. A rule that concerns one entry is checked here, rules between entries in `checks`.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tembea.pricing.terms import (
    ADULT_BAND,
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
    Settle,
    StayMode,
    SupplementKind,
)
from tembea.rates.parts import (
    Age,
    Amount,
    Form,
    Key,
    Nights,
    Percent,
    Placed,
    Reduction,
    Scoped,
    SourceForm,
    SpanForm,
    Stars,
    Text,
    Weekday,
    WindowForm,
    check_days,
    check_one,
    wrong,
)

MAX_ROWS = 20_000
MAX_OFFERS = 100


class HotelForm(Form):
    """The hotel: `country` in two letters of ISO 3166, `time_zone` an IANA name."""

    name: Text
    destination: Text
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    time_zone: Text
    stars: Stars | None = None


class AgeBandForm(Form):
    """Inclusive completed years; the bands of a contract tile 0 to 17."""

    code: Key
    first: Annotated[Age, Field(alias="from")]
    last: Annotated[Age, Field(alias="to")]

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        check_days(self.first, self.last)
        return self


class RoomForm(Form):
    """A room type. Left out, `base_adults` is two (or the only one), `max_guests` all its adults and children."""

    code: Key
    name: Text | None = None
    base_adults: Annotated[int, Field(ge=1, le=20)] | None = None
    min_adults: Annotated[int, Field(ge=0, le=20)] = 1
    max_adults: Annotated[int, Field(ge=1, le=20)]
    max_children: Annotated[int, Field(ge=0, le=20)] = 0
    max_guests: Annotated[int, Field(ge=1, le=40)] | None = None
    infants_count: bool = True

    @model_validator(mode="after")
    def _check_sizes(self) -> Self:
        if self.min_adults > self.max_adults:
            raise wrong(f"min_adults {self.min_adults} is above max_adults {self.max_adults}. Lower it.")
        if self.base_adults is not None and self.base_adults > self.max_adults:
            raise wrong(f"base_adults {self.base_adults} is above max_adults {self.max_adults}. Lower it.")
        return self


class PlanForm(Form):
    """A rate plan. Totals for a fixed number of nights are `packages`."""

    code: Key
    board: Board
    basis: Basis


class SeasonForm(Form):
    """Nights of one price; the highest priority owns a night, and within one priority no night has two seasons."""

    code: Key
    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]
    priority: Annotated[int, Field(ge=-1000, le=1000)] = 0
    weekdays: tuple[Weekday, ...] = ()

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        check_days(self.first, self.last)
        return self


class RateForm(Placed):
    """One amount per adult sharing or per room, as the plan's basis says."""

    plan: Key
    room: Key
    season: Key
    amount: Amount


class ChildRuleForm(Placed):
    """What a child of a band pays a night; `ordinal` and `adults` narrow the rule."""

    band: Key
    percent: Percent | None = None
    amount: Amount | None = None
    ordinal: Annotated[int, Field(ge=1, le=20)] | None = None
    adults: Annotated[int, Field(ge=0, le=20)] | None = None

    @model_validator(mode="after")
    def _check_price(self) -> Self:
        check_one(percent=self.percent, amount=self.amount)
        if self.band == ADULT_BAND and self.percent != 100:
            raise wrong('A child whose band is "adult" is an adult: give percent "100", or another band code.')
        return self


class SupplementForm(Scoped):
    """A charge beside the room rate."""

    kind: SupplementKind
    name: Text | None = None
    per: Per | None = None
    percent: Percent | None = None
    amount: Amount | None = None
    amounts: dict[Key, Amount] | None = None
    bands: tuple[Key, ...] = ()
    board: Board | None = None
    mandatory: bool = True
    discountable: bool | None = None
    commissionable: bool | None = None
    pay_local: bool = False

    @model_validator(mode="after")
    def _check_price(self) -> Self:
        check_one(percent=self.percent, amount=self.amount, amounts=self.amounts)
        if (self.kind is SupplementKind.BOARD) != (self.board is not None):
            raise wrong("A supplement of kind board names its board, such as HB; no other kind does.")
        if self.amounts is not None and self.per is not None and not self.per.is_person:
            raise wrong("Amounts by band are charged per person_night or person_stay. Change per, or give amount.")
        return self


class RestrictionForm(Scoped):
    """When a stay may be sold: `nights` (and `mode`) for lengths of stay, `days` for release."""

    kind: RestrictionKind
    mode: StayMode | None = None
    nights: Nights | None = None
    days: Annotated[int, Field(ge=0, le=1000)] | None = None

    @model_validator(mode="after")
    def _check_values(self) -> Self:
        is_length = self.kind in (RestrictionKind.MIN_STAY, RestrictionKind.MAX_STAY)
        if is_length != (self.nights is not None):
            raise wrong("min_stay and max_stay need nights; no other restriction takes them.")
        if self.mode is not None and not is_length:
            raise wrong("mode belongs to min_stay and max_stay. Remove it.")
        if (self.kind is RestrictionKind.RELEASE) != (self.days is not None):
            raise wrong("release needs days; no other restriction takes them.")
        return self


class OfferForm(Placed):
    """A reduction, a free night or a benefit with its conditions."""

    code: Key
    name: Text | None = None
    kind: OfferKind
    percent: Reduction | None = None
    amount: Amount | None = None
    lead_days_min: Annotated[int, Field(ge=0, le=1000)] | None = None
    lead_days_max: Annotated[int, Field(ge=0, le=1000)] | None = None
    nights_min: Nights | None = None
    booking: WindowForm | None = None
    seasons: tuple[Key, ...] = ()
    boards: tuple[Board, ...] = ()
    rooms: tuple[Key, ...] = ()
    scope: OfferScope = OfferScope.NIGHT
    stay: Annotated[int, Field(ge=2, le=365)] | None = None
    pay: Annotated[int, Field(ge=1, le=364)] | None = None
    repeatable: bool = False
    max_free: Annotated[int, Field(ge=1, le=365)] | None = None
    free_night: FreeNight | None = None
    combines_with: tuple[Key, ...] = ()

    @model_validator(mode="after")
    def _check_kind(self) -> Self:
        if self.kind is OfferKind.STAY_PAY:
            if self.stay is None or self.pay is None or self.pay >= self.stay:
                raise wrong("stay_pay needs stay and a smaller pay, such as stay 5 and pay 4.")
        elif any(value is not None for value in (self.stay, self.pay, self.max_free, self.free_night)):
            raise wrong("stay, pay, max_free and free_night belong to stay_pay. Remove them or change the kind.")
        if self.kind in (OfferKind.STAY_PAY, OfferKind.VALUE_ADD):
            if self.percent is not None or self.amount is not None:
                raise wrong(f"{self.kind} takes neither percent nor amount. Remove it or change the kind.")
        else:
            check_one(percent=self.percent, amount=self.amount)
        self._check_conditions()
        return self

    def _check_conditions(self) -> None:
        needed = {
            OfferKind.EARLY_BIRD: ("lead_days_min", self.lead_days_min),
            OfferKind.LAST_MINUTE: ("lead_days_max", self.lead_days_max),
            OfferKind.LONG_STAY: ("nights_min", self.nights_min),
        }
        name, value = needed.get(self.kind, ("", 0))
        if value is None:
            raise wrong(f"{self.kind} needs {name}.")


class TaxForm(Placed):
    """A tax or levy, and who settles it where."""

    code: Key
    name: Text | None = None
    per: Per
    percent: Percent | None = None
    amount: Amount | None = None
    min_age: Annotated[int, Field(ge=0, le=18)] = 0
    max_nights: Nights | None = None
    settle: Settle

    @model_validator(mode="after")
    def _check_price(self) -> Self:
        check_one(percent=self.percent, amount=self.amount)
        return self


class PackageForm(Placed):
    """Totals per person for exactly `nights` nights, the whole stay inside `valid`; `cells` says where each stands."""

    code: Key
    board: Board
    room: Key
    nights: Nights
    valid: SpanForm
    sharing: Amount | None = None
    single: Amount | None = None
    child: Amount | None = None
    child_band: Key | None = None
    infant: Amount | None = None
    cells: dict[Literal["sharing", "single", "child", "infant"], Text] | None = None

    @model_validator(mode="after")
    def _check_prices(self) -> Self:
        if self.sharing is None and self.single is None:
            raise wrong("A package needs a sharing or a single price.")
        if self.child is not None and self.child_band is None:
            raise wrong("A child price needs child_band, the age band that it is for.")
        return self


class AllotmentForm(Placed):
    """Rooms that the hotel holds for the agency, sells freely or on request."""

    room: Key
    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]
    quantity: Annotated[int, Field(ge=0, le=10_000)] | None = None
    kind: Literal["allotment", "free_sale", "on_request"]

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        check_days(self.first, self.last)
        return self


class ServiceForm(Placed):
    """A transfer, activity or flight that the hotel or its partner sells beside the stay."""

    kind: Literal["transfer", "activity", "flight"]
    name: Text
    per: Literal["person", "vehicle"]
    amount: Amount
    child_amount: Amount | None = None
    valid: WindowForm | None = None


class ContractForm(Form):
    """A whole contract document."""

    contract: Literal[1]
    hotel: HotelForm
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    rate_kind: RateKind = RateKind.NET
    commission_pct: Reduction | None = None
    child_age_basis: ChildAgeBasis = ChildAgeBasis.AT_CHECK_IN
    lone_adult_rule: LoneAdultRule | None = None
    offer_selection: OfferSelection = OfferSelection.LOWEST_TOTAL
    source: SourceForm
    booking_window: WindowForm | None = None
    age_bands: Annotated[tuple[AgeBandForm, ...], Field(min_length=1, max_length=18)]
    rooms: Annotated[tuple[RoomForm, ...], Field(min_length=1, max_length=200)]
    plans: Annotated[tuple[PlanForm, ...], Field(max_length=100)] = ()
    seasons: Annotated[tuple[SeasonForm, ...], Field(max_length=1000)] = ()
    rates: Annotated[tuple[RateForm, ...], Field(max_length=MAX_ROWS)] = ()
    child_rules: Annotated[tuple[ChildRuleForm, ...], Field(max_length=500)] = ()
    supplements: Annotated[tuple[SupplementForm, ...], Field(max_length=500)] = ()
    restrictions: Annotated[tuple[RestrictionForm, ...], Field(max_length=2000)] = ()
    offers: Annotated[tuple[OfferForm, ...], Field(max_length=MAX_OFFERS)] = ()
    taxes: Annotated[tuple[TaxForm, ...], Field(max_length=100)] = ()
    allotments: Annotated[tuple[AllotmentForm, ...], Field(max_length=2000)] = ()
    packages: Annotated[tuple[PackageForm, ...], Field(max_length=MAX_ROWS)] = ()
    services: Annotated[tuple[ServiceForm, ...], Field(max_length=2000)] = ()

    @model_validator(mode="after")
    def _check_commission(self) -> Self:
        if (self.rate_kind is RateKind.COMMISSIONABLE) != (self.commission_pct is not None):
            raise wrong("commission_pct goes with rate_kind commissionable: give both, or neither.")
        return self


def contract_schema() -> dict[str, object]:
    """The JSON Schema of a contract document, by the keys that people write."""
    schema: dict[str, object] = ContractForm.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Contract document"}
