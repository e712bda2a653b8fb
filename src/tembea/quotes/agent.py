"""The quote agent: which hotels an agency offers for a trip, at which price, and why in this order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias

from rapidfuzz import fuzz

from tembea.kernel.db import Read
from tembea.kernel.money import Money
from tembea.kernel.registry import Registry
from tembea.pricing import Board, Child, Code, PricingRequest, SellPolicy, ServiceWanted
from tembea.quotes.model import Offer, RankedOption
from tembea.quotes.trip import Basis, Budget, TripRequest
from tembea.rates import (
    WORTHWHILE,
    BadDates,
    Floor,
    FxBook,
    Hotel,
    LiveContract,
    PricedHotel,
    PricedStay,
    end_of_stay,
    find_floors,
    fold,
    list_hotels,
    list_live_contracts,
    load_fx,
    load_fx_from,
    price_best,
    price_hotels,
    sell_policy,
)
from tembea.tenants import Tenant, TenantConfig, local_today

Fit: TypeAlias = tuple[bool, bool, bool, bool, str, Decimal, Decimal, str]
"""How well an offer fits; the lower the better."""

NAME_MATCH = 88
"""Of 100: how alike a hotel's name and what the customer wrote must be, words that every hotel has left out."""

UNRATED_STARS = Decimal(3)
"""What a hotel without a rating counts as when stars are weighed against money."""

_TRADE_WORDS = frozenset(
    ("hotel", "hotels", "resort", "resorts", "lodge", "camp", "spa", "beach", "villa", "villas", "suites", "safari")
) | frozenset(("guest", "house", "inn", "the", "and", "at", "by"))


def is_same_hotel(asked: str, name: str) -> bool:
    """Whether a customer's words mean this hotel: spelling aside, and words such as "lodge" or "resort"."""
    left, right = _telling_words(asked), _telling_words(name)
    return fuzz.token_set_ratio(left, right) >= NAME_MATCH


def _telling_words(name: str) -> str:
    words = fold(name).split()
    return " ".join([word for word in words if word not in _TRADE_WORDS] or words)


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
        ranked = self._rank(stay.options, trip)
        return Offer(tuple(ranked[: self.config.quotes.max_options]), stay.rejected, stay.hash)

    async def _find_hotels(self, read: Read, trip: TripRequest) -> list[Hotel]:
        found: dict[object, Hotel] = {}
        for destination in trip.destinations:
            found |= {hotel.id: hotel for hotel in await list_hotels(read, self.config, destination=destination)}
        if not trip.destinations and trip.hotels:
            everywhere = await list_hotels(read, self.config)
            found = {hotel.id: hotel for hotel in everywhere if self._named(hotel, trip)}
        return list(found.values())

    async def _search(
        self, read: Read, hotels: Sequence[Hotel], trip: TripRequest, request: PricingRequest
    ) -> PricedStay:
        """Price all of a few hotels; of many, those that can be among the best fits, until the best are certain."""
        now = datetime.now(UTC)
        if len(hotels) <= WORTHWHILE:
            live = await list_live_contracts(read, hotels)
            return self._price(hotels, live, request, now, await load_fx(read, live, request, self.config, now))
        booked = request.booking_date or local_today(self.config, now)
        floors = await find_floors(read, hotels, request, booked=booked)
        currencies = {floor.cost.currency for floor in floors.values() if floor.cost is not None}
        fx = await load_fx_from(read, currencies, request, self.config, now)
        policies = {currency: sell_policy(self.config, request, currency, fx) for currency in currencies}

        async def price(some: Sequence[Hotel]) -> PricedStay:
            return self._price(some, await list_live_contracts(read, some), request, now, fx)

        return await price_best(
            hotels,
            price,
            wanted=self.config.quotes.max_options,
            rank=lambda option: self._fit(option, trip),
            rank_at_best={hotel.id: self._fit_at_best(hotel, floors[hotel.id], trip, policies) for hotel in hotels},
        )

    def _price(
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

    def _rank(self, options: Sequence[PricedHotel], trip: TripRequest) -> list[RankedOption]:
        ordered = sorted(options, key=lambda option: self._fit(option, trip))
        return [RankedOption(option, tuple(self._reasons(option, trip))) for option in ordered]

    def _fit(self, option: PricedHotel, trip: TripRequest) -> Fit:
        """What is compared, in this order: name, board, budget, own currency, then stars or value, price, name.

        Amounts are compared within one currency alone. Within a budget more stars are better; without one, more stars
        for the money.
        """
        misses_board = trip.board is not None and option.priced.board.value != trip.board.value
        return self._fit_at(option.hotel, option.priced.total, trip, misses_board=misses_board)

    def _fit_at_best(
        self, hotel: Hotel, floor: Floor, trip: TripRequest, policies: Mapping[str, SellPolicy]
    ) -> Fit | None:
        """A fit that the hotel cannot surpass: at the floor under its price, with the board asked for."""
        if floor.cost is None:
            return None
        total = floor.sold(hotel.name, policies[floor.cost.currency])
        return None if total is None else self._fit_at(hotel, total, trip, misses_board=False)

    def _fit_at(self, hotel: Hotel, total: Money, trip: TripRequest, *, misses_board: bool) -> Fit:
        within = self._is_within(total, trip)
        stars = hotel.stars or UNRATED_STARS
        worth = stars if within else stars / max(total.amount, Decimal(1))
        return (
            not self._named(hotel, trip),
            misses_board,
            within is False,
            total.currency != self.config.currency,
            total.currency,
            -worth,
            total.amount,
            hotel.name_key,
        )

    def _named(self, hotel: Hotel, trip: TripRequest) -> bool:
        return any(is_same_hotel(asked, hotel.name) for asked in trip.hotels)

    def _is_within(self, total: Money, trip: TripRequest) -> bool | None:
        """Whether the price keeps to the budget; None where there is none, or it is in another currency."""
        if trip.budget is None or trip.budget.currency != total.currency:
            return None
        return total.amount <= budget_total(trip.budget, trip)

    def _reasons(self, option: PricedHotel, trip: TripRequest) -> list[str]:
        total, reasons = option.priced.total, list[str]()
        if self._named(option.hotel, trip):
            reasons.append("The customer asked for this hotel")
        if trip.board is not None:
            exact = option.priced.board.value == trip.board.value
            reasons.append("Board as asked for" if exact else f"Includes more than asked for: {option.priced.board}")
        within = self._is_within(total, trip)
        if within is not None and trip.budget is not None:
            allowed = Money(budget_total(trip.budget, trip), total.currency)
            over = f"Over the budget of {allowed} by {total - allowed}"
            reasons.append(f"Within the budget of {allowed}" if within else over)
        if option.hotel.stars is not None:
            reasons.append(f"{option.hotel.stars.normalize():f} stars")
        reasons.append(f"Total {total}")
        return reasons


def budget_total(budget: Budget, trip: TripRequest) -> Decimal:
    """What the whole trip may cost, by what the figure is for."""
    persons = (trip.adults or 0) + max(trip.children_count, len(trip.children_ages))
    nights = len(pricing_request(trip).nights)
    times = {
        Basis.TOTAL: 1,
        Basis.PER_PERSON: persons,
        Basis.PER_NIGHT: nights,
        Basis.PER_PERSON_NIGHT: persons * nights,
    }
    return budget.amount * times[budget.basis]


_agents: Registry[QuoteAgent] = Registry("quote_agent")


def get_quote_agent(tenant: Tenant) -> QuoteAgent:
    """The agency's quote agent, built once for each version of its settings."""
    return _agents.get(tenant.id, tenant.settings_version, lambda: QuoteAgent(tenant.config))
