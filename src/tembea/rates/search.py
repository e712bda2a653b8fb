"""The best few of many hotels without pricing all: a floor under each price decides which need to be worked out.

A floor is never above the price, however the party is roomed, whichever offers apply and whatever meals are asked for.
Hotels are priced from the lowest floor up; once enough are better than every remaining floor, the others cannot matter.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from tembea.kernel.db import Read
from tembea.kernel.money import Money, quantum
from tembea.pricing import Child, NoFxRate, PricingRequest, SellKind, SellPolicy, Service, StaleFxRate, total_of
from tembea.pricing.ages import completed_years
from tembea.pricing.request import MAX_GUESTS, OLDEST_CHILD
from tembea.rates.model import Hotel
from tembea.rates.pricing import PricedHotel, PricedStay, RejectedHotel
from tembea.rates.search_store import FloorRow, list_floors

WORTHWHILE = 12
"""Hotels up to which all are priced: nothing is saved, and every reason against one is told."""

BATCH = 3


K = TypeVar("K", bound=tuple[object, ...])


@dataclass(frozen=True, slots=True)
class Floor:
    """What a stay at a hotel costs the agency at least; None where nothing of its contract answers the dates."""

    cost: Money | None

    def sold(self, hotel: str, policy: SellPolicy) -> Money | None:
        """The floor under what the customer pays; selling never turns a lower cost into a higher price."""
        if self.cost is None:
            return None
        service = Service(SellKind.ACCOMMODATION, hotel, self.cost, supplier=hotel)
        try:
            return total_of(service, policy.currency or self.cost.currency, policy)
        except (NoFxRate, StaleFxRate):
            return None


async def find_floors(
    read: Read, hotels: Sequence[Hotel], request: PricingRequest, *, booked: date
) -> dict[UUID, Floor]:
    """The floor under the cost of the stay at each of the hotels."""
    rows = await list_floors(
        read,
        [hotel.id for hotel in hotels],
        check_in=request.check_in,
        check_out=request.check_out,
        booked=booked,
        adults=min(request.adults, MAX_GUESTS),
        children=[ages for child in request.children if (ages := _ages(child, request))[1] <= OLDEST_CHILD],
        childless=not request.children,
    )
    nights = len(request.nights)
    floors = {row.hotel_id: Floor(least_cost(row, request, nights)) for row in rows}
    return {hotel.id: floors.get(hotel.id, Floor(None)) for hotel in hotels}


def least_cost(row: FloorRow, request: PricingRequest, nights: int) -> Money | None:
    """The least that the party pays; supplements and taxes only add to it, and to a package children do."""
    package = None if row.package is None else row.package * request.adults
    found = [amount for amount in (_nightly(row, nights), package) if amount is not None]
    if not found:
        return None
    cost = min(found) * (100 - row.commission_pct) / 100
    guests = request.adults + len(request.children)
    rounded_off = quantum(row.currency) * (2 * guests * nights + 10)  # half a unit on every line, twice with commission
    return Money(max(Decimal(0), cost - rounded_off), row.currency)


def _ages(child: Child, request: PricingRequest) -> tuple[int, int]:
    """The least and the greatest age that a contract may count, whichever day it counts ages on."""
    if child.birth_date is None:
        age = max(0, child.age or 0)
        return age, age
    first, last = request.trip_start or request.check_in, request.check_out
    return max(0, completed_years(child.birth_date, first)), completed_years(child.birth_date, last)


def _nightly(row: FloorRow, nights: int) -> Decimal | None:
    if row.nightly is None or row.dearest is None:
        return None
    if row.takes_amounts:
        return Decimal(0)
    left = max(Decimal(0), row.nightly - row.dearest * min(row.free, nights))
    for percent in row.percents:
        left = left * (100 - percent) / 100
    return left


async def price_best(
    hotels: Sequence[Hotel],
    price: Callable[[Sequence[Hotel]], Awaitable[PricedStay]],
    *,
    wanted: int,
    rank: Callable[[PricedHotel], K],
    rank_at_best: Mapping[UUID, K | None],
) -> PricedStay:
    """Price hotels until the best `wanted` are certain, by `rank` (lower is better).

    `rank_at_best` is never above a hotel's rank, and None where it cannot be priced: those come last, and are looked at
    only where too few others are sold, for the reasons against them. A hotel that is left out is in neither list.
    """
    possible = [(at_best, hotel) for hotel in hotels if (at_best := rank_at_best.get(hotel.id)) is not None]
    possible.sort(key=lambda entry: entry[0])
    queue = [hotel for _, hotel in possible]
    floors = [at_best for at_best, _ in possible]
    queue += [hotel for hotel in hotels if rank_at_best.get(hotel.id) is None]
    options: list[PricedHotel] = []
    rejected: list[RejectedHotel] = []
    for start in range(0, len(queue), BATCH):
        ranks = sorted(map(rank, options))
        if len(ranks) >= wanted and (start >= len(floors) or not floors[start] < ranks[wanted - 1]):
            break
        found = await price(queue[start : start + BATCH])
        options += found.options
        rejected += found.rejected
    return PricedStay(tuple(options), tuple(rejected))
