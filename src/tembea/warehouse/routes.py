"""Questions to the warehouse over HTTP: what was quoted over time, and what contracts charged for a night."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Query, Request

from tembea.kernel.cursors import newest_first_position
from tembea.kernel.errors import FieldError, Invalid
from tembea.kernel.money import Money
from tembea.kernel.paging import encode_cursor
from tembea.kernel.web import LIMIT_DEFAULT, NO_NUL, Cursor, DashboardRead, DbDep, Limit, MoneyOut, RatesRead, Wire
from tembea.providers import Providers, Warehouse
from tembea.rates import place_names
from tembea.tenants import Tenant, get_tenant, local_today
from tembea.warehouse import service
from tembea.warehouse.model import QuotedPrice, RateNight, Standing, Status

router = APIRouter(prefix="/api/v1/analytics", tags=["warehouse"])

DAYS_DEFAULT = 90
_REASONS = {
    "unreachable": "The price history does not answer just now. Nothing is lost; please try again in a few minutes.",
    "nothing_loaded": "The price history was lost or never filled. Whoever runs the platform can load it again.",
    "too_expensive": "This would read more than one question may. Choose fewer days, or one hotel.",
}
_OTHER_REASON = "The price history cannot be read just now. Nothing is lost; whoever runs the platform can see why."


class ReasonOut(Wire):
    """Why there is no answer."""

    code: str
    detail: str


class StandingOut(Wire):
    """`behind`: `waiting` quotes and contracts are not in yet; `unavailable`: there is no answer, and `reason` why."""

    status: Status
    source: str
    reason: ReasonOut | None
    waiting: int

    @classmethod
    def of(cls, standing: Standing) -> "StandingOut":
        """The wire form."""
        why = standing.reason
        reason = None if why is None else ReasonOut(code=why, detail=_REASONS.get(why, _OTHER_REASON))
        return cls(status=standing.status, source=standing.source, reason=reason, waiting=standing.waiting)


class HotelRef(Wire):
    """A hotel as it was called then."""

    id: str
    name: str


class PriceOut(Wire):
    """One option of one quote: what a customer was to pay for a stay."""

    quoted_at: datetime
    quote_id: str
    position: int
    hotel: HotelRef
    destination: str
    check_in: date
    nights: int
    adults: int
    children_ages: list[int]
    board: str
    total: MoneyOut
    engine_version: str

    @classmethod
    def of(cls, price: QuotedPrice) -> "PriceOut":
        """The wire form."""
        return cls(
            quoted_at=price.quoted_at.replace(tzinfo=UTC),
            quote_id=price.quote_id,
            position=price.position,
            hotel=HotelRef(id=price.hotel_id, name=price.hotel),
            destination=price.destination,
            check_in=price.check_in,
            nights=price.nights,
            adults=price.adults,
            children_ages=[int(age) for age in price.children_ages.split(",") if age],
            board=price.board,
            total=MoneyOut.of(Money(price.total, price.currency)),
            engine_version=price.engine_version,
        )


class RateOut(Wire):
    """What one version of a contract charges for the night; staff only, since it is what the agency pays."""

    contract_id: str
    contract_version: int
    season: str
    first_night: date
    last_night: date
    plan: str
    board: str
    basis: str
    room: str
    amount: MoneyOut
    rate_kind: str
    source: str

    @classmethod
    def of(cls, rate: RateNight) -> "RateOut":
        """The wire form."""
        return cls(
            contract_id=rate.contract_id,
            contract_version=rate.contract_version,
            season=rate.season,
            first_night=rate.first_night,
            last_night=rate.last_night,
            plan=rate.plan,
            board=rate.board,
            basis=rate.basis,
            room=rate.room,
            amount=MoneyOut.of(Money(rate.amount, rate.currency)),
            rate_kind=rate.rate_kind,
            source=rate.source,
        )


class PricesOut(Wire):
    """Prices, the newest first; `items` is null where the warehouse did not answer."""

    warehouse: StandingOut
    items: list[PriceOut] | None
    next_cursor: str | None = None


class RatesOut(Wire):
    """Rates of one night; `items` is null where the warehouse did not answer."""

    warehouse: StandingOut
    items: list[RateOut] | None


@router.get("/prices")
async def get_prices(
    ctx: DashboardRead,
    request: Request,
    db: DbDep,
    hotel_id: UUID | None = None,
    destination: Annotated[str | None, Query(max_length=200, pattern=NO_NUL)] = None,
    since: Annotated[date | None, Query(alias="from", description="Quoted on this day or later")] = None,
    until: Annotated[date | None, Query(alias="to", description="Quoted on this day or before")] = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
) -> PricesOut:
    """What was quoted, of the warehouse; the last 90 days where none are given. Days are the agency's."""
    async with db.read(ctx) as read:
        tenant = await get_tenant(read)
    first, last = _days(since, until, local_today(tenant))
    wanted = service.PriceFilter(
        since=_midnight(first, tenant),
        until=_midnight(last + timedelta(days=1), tenant),
        hotel_id=hotel_id,
        places=() if destination is None else place_names(tenant.config, destination),
        after=newest_first_position(cursor),
    )
    found = await service.find_prices(ctx, db, _warehouse_of(request), wanted)
    standing = StandingOut.of(found.standing)
    if found.prices is None:
        return PricesOut(warehouse=standing, items=None)
    last_price = found.prices[limit - 1] if len(found.prices) > limit else None
    following = last_price and encode_cursor([last_price.quoted_at.replace(tzinfo=UTC).isoformat(), last_price.id])
    items = [PriceOut.of(price) for price in found.prices[:limit]]
    return PricesOut(warehouse=standing, items=items, next_cursor=following)


@router.get("/rates")
async def get_rates(ctx: RatesRead, request: Request, db: DbDep, hotel_id: UUID, night: date) -> RatesOut:
    """What each version of a hotel's contract charges for a night, the newest version first."""
    found = await service.find_rates(ctx, db, _warehouse_of(request), hotel_id=hotel_id, night=night)
    items = None if found.rates is None else [RateOut.of(rate) for rate in found.rates]
    return RatesOut(warehouse=StandingOut.of(found.standing), items=items)


def _warehouse_of(request: Request) -> Warehouse:
    return cast("Providers", request.app.state.providers).warehouse


def _days(since: date | None, until: date | None, today: date) -> tuple[date, date]:
    """The days asked for, both included; raises `Invalid` where they are the wrong way round."""
    last = min(until or today, today)
    first = since or max(last, date.min + timedelta(DAYS_DEFAULT)) - timedelta(DAYS_DEFAULT)
    if since is not None and until is not None and since > until:
        message = "The first day is after the last one. Exchange them."
        raise Invalid(message, errors=[FieldError("query.from", message)])
    return first, last


def _midnight(day: date, tenant: Tenant) -> datetime:
    """When the agency's day begins; the calendar's first day begins with it everywhere."""
    try:
        return datetime.combine(day, time(), tenant.config.zone).astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)
