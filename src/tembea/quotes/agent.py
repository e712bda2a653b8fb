"""The quote agent: which hotels an agency offers for a trip, at which price, and why in this order."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from tembea.kernel.db import Read
from tembea.kernel.registry import Registry
from tembea.pricing import Board, Child, Code, PricingRequest, ServiceWanted
from tembea.quotes.model import Offer, RankedOption
from tembea.quotes.nearest import Changed, Nearest, hopeful, nearest_stays
from tembea.quotes.ranking import Ranking
from tembea.quotes.trip import TripRequest
from tembea.rates import (
    WORTHWHILE,
    BadDates,
    FxBook,
    Hotel,
    LiveContract,
    PricedStay,
    end_of_stay,
    find_floors,
    list_hotels,
    list_live_contracts,
    load_fx,
    load_fx_from,
    price_best,
    price_hotels,
    sell_policy,
)
from tembea.tenants import Tenant, TenantConfig, local_today


def pricing_request(trip: TripRequest, *, booking_date: date | None = None) -> PricingRequest:
    """What the kernel is asked for a trip. Children without an age are there too, so that it asks for them.

    Raises `BadDates` for a trip without both ends.
    """
    check_in = trip.check_in
    if check_in is None:
        raise BadDates("Say when the trip begins.")
    unknown = max(0, trip.children_count - len(trip.children_ages))
    return PricingRequest(
        check_in=check_in,
        check_out=end_of_stay(check_in, trip.check_out, trip.nights),
        adults=trip.adults or 0,
        children=(*map(Child, trip.children_ages), *[Child()] * unknown),
        rooms=trip.rooms,
        board=None if trip.board is None else Board(trip.board.value),
        booking_date=booking_date,
    )


@dataclass(frozen=True, slots=True)
class QuoteAgent:
    """Makes one agency's offers, by its policy. It holds no data of its own; build it with `get_quote_agent`."""

    config: TenantConfig

    async def offer(
        self,
        read: Read,
        trip: TripRequest,
        *,
        today: date | None = None,
        services: Sequence[ServiceWanted] = (),
    ) -> Offer:
        """Up to `max_options` hotels that fit, the best fit first, and every hotel that cannot take the trip.

        `today` stands for the booking date; left out, it is today where each hotel is. A hotel whose contract does not
        sell one of the `services` cannot take the trip. Raises `BadDates`, `PastDate`,
        `MissingAges` or `StayRefused` for a trip that makes no sense.
        """
        request = replace(pricing_request(trip, booking_date=today), services=tuple(services))
        hotels = await self._find_hotels(read, trip)
        stay = await self._search(read, hotels, trip, request)
        ranked = self._ranking(trip).in_order(stay.options, wanted=self.config.quotes.max_options)
        return Offer(ranked, stay.rejected, stay.hash)

    async def offer_nearest(
        self,
        read: Read,
        trip: TripRequest,
        *,
        today: date | None = None,
        services: Sequence[ServiceWanted] = (),
    ) -> Offer:
        """What `offer` finds; where that is nothing, the nearest stay that can be sold, and what of it is `nearest`.

        Services on a day of their own belong to the dates asked for: with them there is no other stay.
        """
        offer = await self.offer(read, trip, today=today, services=services)
        if offer.options or any(service.on is not None for service in services):
            return offer
        request = replace(pricing_request(trip, booking_date=today), services=tuple(services))
        return await self._nearest(read, trip, request, offer) or offer

    async def offer_by_policy(self, read: Read, trip: TripRequest) -> Offer:
        """What a customer is offered who asks by mail: the nearest stay only where the agency wants that."""
        if self.config.quotes.nearest == "off":
            return await self.offer(read, trip)
        return await self.offer_nearest(read, trip)

    async def _nearest(self, read: Read, trip: TripRequest, request: PricingRequest, offer: Offer) -> Offer | None:
        tried, now = hopeful(offer.rejected, is_named=self._ranking(trip).is_named), datetime.now(UTC)
        hotels = [one.hotel for one in tried]
        live = await list_live_contracts(read, hotels)
        fx = await load_fx(read, live, request, self.config, now)
        tomorrow = (request.booking_date or local_today(self.config, now)) + timedelta(days=1)
        codes = [one.rejected.code for one in tried]
        for changed, other in nearest_stays(request, first_day=tomorrow, codes=codes) if live else ():
            stay = await self._price(hotels, live, other, now, fx)
            if stay.options:
                moved = replace(trip, check_in=other.check_in, check_out=other.check_out, nights=len(other.nights))
                ranked = self._ranking(moved).in_order(stay.options, wanted=self.config.quotes.max_options)
                nearest = _nearest(trip, changed, ranked[0], offer)
                return Offer(ranked, offer.rejected, stay.hash, nearest)
        return None

    async def _find_hotels(self, read: Read, trip: TripRequest) -> list[Hotel]:
        found: dict[object, Hotel] = {}
        for destination in trip.destinations:
            found |= {hotel.id: hotel for hotel in await list_hotels(read, self.config, destination=destination)}
        if not trip.destinations and trip.hotels:
            everywhere = await list_hotels(read, self.config)
            found = {hotel.id: hotel for hotel in everywhere if self._ranking(trip).is_named(hotel)}
        return list(found.values())

    async def _search(
        self, read: Read, hotels: Sequence[Hotel], trip: TripRequest, request: PricingRequest
    ) -> PricedStay:
        """Price all of a few hotels; of many, those that can be among the best fits, until the best are certain."""
        now = datetime.now(UTC)
        if len(hotels) <= WORTHWHILE:
            live = await list_live_contracts(read, hotels)
            return await self._price(hotels, live, request, now, await load_fx(read, live, request, self.config, now))
        booked = request.booking_date or local_today(self.config, now)
        floors = await find_floors(read, hotels, request, booked=booked)
        currencies = {floor.cost.currency for floor in floors.values() if floor.cost is not None}
        fx = await load_fx_from(read, currencies, request, self.config, now)
        ranking = self._ranking(trip)
        policies = {currency: sell_policy(self.config, request, currency, fx) for currency in currencies}

        async def price(some: Sequence[Hotel]) -> PricedStay:
            return await self._price(some, await list_live_contracts(read, some), request, now, fx)

        return await price_best(
            hotels,
            price,
            wanted=self.config.quotes.max_options,
            rank=ranking.fit,
            rank_at_best={hotel.id: ranking.fit_at_best(hotel, floors[hotel.id], policies) for hotel in hotels},
        )

    async def _price(
        self,
        hotels: Sequence[Hotel],
        live: Sequence[LiveContract],
        request: PricingRequest,
        now: datetime,
        fx: FxBook,
    ) -> PricedStay:
        """Price in a thread: a large group takes seconds, in which the process answers others, and may be cut off."""
        return await asyncio.to_thread(self._price_now, hotels, live, request, now, fx)

    def _price_now(
        self,
        hotels: Sequence[Hotel],
        live: Sequence[LiveContract],
        request: PricingRequest,
        now: datetime,
        fx: FxBook,
    ) -> PricedStay:
        """Price the board asked for; where a hotel does not sell it, the next one that includes more."""
        stay = price_hotels(hotels, live, request, self.config, now, fx)
        if request.board is None:
            return stay
        options, rejected = list(stay.options), {one.hotel.id: one for one in stay.rejected}
        for board in list(Board)[request.board.rank + 1 :]:
            without = [one.hotel for one in rejected.values() if one.rejected.code is Code.NO_RATE]
            more = price_hotels(without, live, replace(request, board=board), self.config, now, fx)
            options += more.options
            for option in more.options:
                del rejected[option.hotel.id]
        return PricedStay(tuple(options), tuple(rejected.values()))

    def _ranking(self, trip: TripRequest) -> Ranking:
        return Ranking(trip, self.config.currency)


def _nearest(trip: TripRequest, changed: Changed, first: RankedOption, offer: Offer) -> Nearest:
    """What is said of the change: the reason against the stay asked for, at the hotel that now comes first."""
    hotel, stay, asked = first.priced.hotel, first.priced.request, pricing_request(trip)
    against = next(one.rejected for one in offer.rejected if one.hotel.id == hotel.id)
    return Nearest(
        changed=changed,
        asked_check_in=asked.check_in,
        asked_check_out=asked.check_out,
        asked_board=None if trip.board is None else trip.board.value,
        check_in=stay.check_in,
        check_out=stay.check_out,
        hotel=hotel.name,
        code=against.code.value,
        detail=against.detail,
    )


_agents: Registry[QuoteAgent] = Registry("quote_agent")


def get_quote_agent(tenant: Tenant) -> QuoteAgent:
    """The agency's quote agent, built once for each version of its settings."""
    return _agents.get(tenant.id, tenant.settings_version, lambda: QuoteAgent(tenant.config))
