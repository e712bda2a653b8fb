"""The price calendar over HTTP."""

import asyncio
import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from tembea.kernel.errors import Invalid, NotFound
from tembea.kernel.web import DbDep, MoneyOut, RatesRead, Wire
from tembea.pricing import PricingRequest
from tembea.pricing.terms import Board
from tembea.rates import service
from tembea.rates.calendar import CalendarDay, price_month
from tembea.rates.fx import load_fx
from tembea.rates.wire import HotelOut
from tembea.tenants import get_tenant

router = APIRouter(prefix="/api/v1/rates", tags=["rates"])


class CalendarIn(Wire):
    """Which month, for how many adults, in which room, with which meals."""

    month: Annotated[str, Query(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", description="Such as 2027-04")]
    adults: Annotated[int, Query(ge=1, le=8)] = 2
    room: Annotated[
        str | None, Query(max_length=60, description="The code of a room type; the cheapest without it")
    ] = None
    board: Board | None = None


class CalendarDayOut(Wire):
    """From what a stay that begins on this day costs, over how many nights; or why none can begin."""

    date: datetime.date
    nights: int | None
    total: MoneyOut | None
    code: str | None
    detail: str

    @classmethod
    def of(cls, day: CalendarDay) -> "CalendarDayOut":
        """The wire form."""
        total = None if day.total is None else MoneyOut.of(day.total)
        return cls(date=day.on, nights=day.nights, total=total, code=day.code, detail=day.detail)


class CalendarRoomOut(Wire):
    """A room type of the contract."""

    code: str
    name: str


class CalendarOut(Wire):
    """A month of prices, with the rooms and boards that can be asked for."""

    hotel: HotelOut
    month: str
    contract_id: UUID
    rooms: list[CalendarRoomOut]
    boards: list[str]
    days: list[CalendarDayOut]


@router.get("/hotels/{hotel_id}/calendar")
async def read_calendar(
    ctx: RatesRead, db: DbDep, hotel_id: UUID, asked: Annotated[CalendarIn, Query()]
) -> CalendarOut:
    """For every day of a month the price of the shortest stay that can begin on it, or what stands against one."""
    async with db.read(ctx) as read:
        config = (await get_tenant(read)).config
        hotels = await service.get_hotels(read, [hotel_id])
        live = await service.list_live_contracts(read, hotels)
        now, first = datetime.datetime.now(datetime.UTC), datetime.date.fromisoformat(f"{asked.month}-01")
        asking = PricingRequest(check_in=first, check_out=first + datetime.timedelta(days=1), adults=asked.adults)
        fx = await load_fx(read, live, asking, config, now)
    if not live:
        raise NotFound("The hotel has no live contract. Import one.")
    contract = live[0].contract
    if asked.room is not None and asked.room not in {room.code for room in contract.rooms}:
        raise Invalid(f"{asked.room} is no room type of this contract.")
    days = await asyncio.to_thread(
        price_month,
        hotels[0],
        live[0],
        config,
        first,
        adults=asked.adults,
        room=asked.room,
        board=asked.board,
        now=now,
        fx=fx,
    )
    boards = {item.board for item in (*contract.plans, *contract.packages)}
    boards |= {row.board for row in contract.supplements if row.board is not None}
    return CalendarOut(
        hotel=HotelOut.of(hotels[0]),
        month=asked.month,
        contract_id=live[0].contract_id,
        rooms=[CalendarRoomOut(code=room.code, name=room.name) for room in contract.rooms],
        boards=[board.value for board in Board if board in boards],
        days=[CalendarDayOut.of(day) for day in days],
    )
