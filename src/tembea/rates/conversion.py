"""From the checked form of a contract document to the contract that the pricing kernel reads."""

from decimal import Decimal

from tembea.pricing import contract as kernel
from tembea.pricing.terms import AllotmentKind, FreeNight, Per, ServiceKind, ServicePer, StayMode, SupplementKind
from tembea.rates import document as forms

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = {
    SupplementKind.SINGLE: "Single supplement",
    SupplementKind.EXTRA_ADULT: "Extra adult",
    SupplementKind.EVENT: "Event",
    SupplementKind.ROOM: "Room supplement",
}


def contract_of(form: forms.ContractForm) -> kernel.Contract:
    """The contract of a form that `checks` let pass."""
    source = kernel.SourceRef(form.source.document, form.source.sheet, form.source.page)
    return kernel.Contract(
        hotel=kernel.Hotel(
            form.hotel.name, form.hotel.destination, form.hotel.country, form.hotel.time_zone, form.hotel.stars
        ),
        currency=form.currency,
        source=source,
        rate_kind=form.rate_kind,
        commission_pct=form.commission_pct or Decimal(0),
        child_age_basis=form.child_age_basis,
        lone_adult_rule=form.lone_adult_rule,
        offer_selection=form.offer_selection,
        booking_window=_window(form.booking_window) or kernel.DateRange(),
        age_bands=tuple(kernel.AgeBand(band.code, band.first, band.last) for band in form.age_bands),
        rooms=tuple(_room(room) for room in form.rooms),
        plans=tuple(kernel.Plan(plan.code, plan.board, plan.basis) for plan in form.plans),
        seasons=tuple(_season(season) for season in form.seasons),
        rates=tuple(
            kernel.Rate(row.plan, row.room, row.season, row.amount, _source(source, row)) for row in form.rates
        ),
        child_rules=tuple(_child_rule(source, rule) for rule in form.child_rules),
        supplements=tuple(_supplement(source, row) for row in form.supplements),
        restrictions=tuple(_restriction(source, row) for row in form.restrictions),
        offers=tuple(_offer(source, row) for row in form.offers),
        taxes=tuple(_tax(source, row) for row in form.taxes),
        packages=tuple(_package(source, row) for row in form.packages),
        allotments=tuple(
            kernel.Allotment(row.room, kernel.DateRange(row.first, row.last), AllotmentKind(row.kind), row.quantity)
            for row in form.allotments
        ),
        services=tuple(_service(source, row) for row in form.services),
    )


def _source(source: kernel.SourceRef, row: forms.Placed) -> kernel.SourceRef:
    return kernel.SourceRef(source.document, row.sheet or source.sheet, row.page or source.page, row.row, row.cell)


def _window(form: forms.WindowForm | None) -> kernel.DateRange | None:
    return None if form is None else kernel.DateRange(form.first, form.last)


def _scope(form: forms.Scoped) -> kernel.Scope:
    is_open = form.first is None and form.last is None
    return kernel.Scope(
        seasons=frozenset(form.seasons),
        dates=frozenset(form.dates),
        span=None if is_open else kernel.DateRange(form.first, form.last),
        rooms=frozenset(form.rooms),
    )


def _room(form: forms.RoomForm) -> kernel.RoomType:
    return kernel.RoomType(
        code=form.code,
        name=form.name or form.code,
        base_adults=form.base_adults or min(2, form.max_adults),
        min_adults=form.min_adults,
        max_adults=form.max_adults,
        max_children=form.max_children,
        max_guests=form.max_guests or form.max_adults + form.max_children,
        infants_count=form.infants_count,
    )


def _season(form: forms.SeasonForm) -> kernel.Season:
    weekdays = frozenset(_WEEKDAYS.index(day) for day in form.weekdays)
    return kernel.Season(form.code, form.first, form.last, form.priority, weekdays)


def _child_rule(source: kernel.SourceRef, form: forms.ChildRuleForm) -> kernel.ChildRule:
    return kernel.ChildRule(
        band=form.band,
        source=_source(source, form),
        percent=form.percent,
        amount=form.amount,
        ordinal=form.ordinal,
        adults=form.adults,
    )


def _supplement(source: kernel.SourceRef, form: forms.SupplementForm) -> kernel.Supplement:
    """Single use and extra adults are part of the room, so offers and commission reach them unless the row says no."""
    of_the_room = form.kind in (SupplementKind.SINGLE, SupplementKind.EXTRA_ADULT)
    usual_per = Per.ROOM_NIGHT if form.kind is SupplementKind.ROOM else Per.PERSON_NIGHT
    return kernel.Supplement(
        kind=form.kind,
        name=form.name or (f"{form.board} supplement" if form.board else _NAMES[form.kind]),
        per=form.per or usual_per,
        scope=_scope(form),
        source=_source(source, form),
        percent=form.percent,
        amount=form.amount,
        amounts=form.amounts,
        bands=frozenset(form.bands),
        board=form.board,
        mandatory=form.mandatory,
        discountable=of_the_room if form.discountable is None else form.discountable,
        commissionable=of_the_room if form.commissionable is None else form.commissionable,
        pay_local=form.pay_local,
    )


def _restriction(source: kernel.SourceRef, form: forms.RestrictionForm) -> kernel.Restriction:
    return kernel.Restriction(
        kind=form.kind,
        scope=_scope(form),
        source=_source(source, form),
        mode=form.mode or StayMode.ARRIVAL,
        nights=form.nights or 0,
        days=form.days or 0,
    )


def _offer(source: kernel.SourceRef, form: forms.OfferForm) -> kernel.Offer:
    return kernel.Offer(
        code=form.code,
        name=form.name or form.code,
        kind=form.kind,
        scope=kernel.Scope(seasons=frozenset(form.seasons), rooms=frozenset(form.rooms)),
        reach=form.scope,
        source=_source(source, form),
        combines_with=frozenset(form.combines_with),
        percent=form.percent,
        amount=form.amount,
        lead_days_min=form.lead_days_min,
        lead_days_max=form.lead_days_max,
        nights_min=form.nights_min,
        booking=_window(form.booking),
        boards=frozenset(form.boards),
        stay=form.stay or 0,
        pay=form.pay or 0,
        repeatable=form.repeatable,
        max_free=form.max_free,
        free_night=form.free_night or FreeNight.CHEAPEST,
    )


def _tax(source: kernel.SourceRef, form: forms.TaxForm) -> kernel.TaxRule:
    return kernel.TaxRule(
        code=form.code,
        name=form.name or form.code,
        per=form.per,
        settle=form.settle,
        source=_source(source, form),
        percent=form.percent,
        amount=form.amount,
        min_age=form.min_age,
        max_nights=form.max_nights,
    )


def _package(source: kernel.SourceRef, form: forms.PackageForm) -> kernel.Package:
    return kernel.Package(
        code=form.code,
        board=form.board,
        room=form.room,
        nights=form.nights,
        valid=kernel.DateRange(form.valid.first, form.valid.last),
        source=_source(source, form),
        sharing=form.sharing,
        single=form.single,
        child=form.child,
        child_band=form.child_band,
        infant=form.infant,
        cells=None if form.cells is None else {str(price): cell for price, cell in form.cells.items()},
    )


def _service(source: kernel.SourceRef, form: forms.ServiceForm) -> kernel.ServiceRate:
    return kernel.ServiceRate(
        kind=ServiceKind(form.kind),
        name=form.name,
        per=ServicePer(form.per),
        amount=form.amount,
        source=_source(source, form),
        child_amount=form.child_amount,
        valid=_window(form.valid) or kernel.DateRange(),
    )
