"""Why one hotel stands before another: what is compared, in which order, and the same in words.

The words are kept with the quote and are for whoever makes it. They name no cost and no margin: that decides last,
between hotels that are alike in all else, and stands with the costs in the explanation.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from rapidfuzz import fuzz

from tembea.kernel.money import Money, round_half_up
from tembea.pricing import FxApplied, SellKind, SellPolicy
from tembea.quotes.model import RankedOption
from tembea.quotes.trip import Basis, Budget, TripRequest
from tembea.rates import Floor, Hotel, PricedHotel, end_of_stay, fold

Fit: TypeAlias = tuple[bool, bool, bool, bool, bool, str, Decimal, Decimal, Decimal, str]
"""How well an offer fits; the lower the better. `_AHEAD` says what each place is about."""

_AHEAD = (
    "the customer asked for it",
    "its board is as asked for",
    "it keeps to the budget",
    "the hotel need not be asked first",
    "it is in your own currency",
    "currencies are never compared, so they go by name",
    "it has more stars for the money",
    "it costs less",
    "all else is equal",
    "all else is equal",
)
_STARS = 6
"""The place in a fit that is about stars."""
_WITHIN_BUDGET = "it has more stars, and both keep to the budget"

NAME_MATCH = 88
"""Of 100: how alike a hotel's name and what the customer wrote must be, words that every hotel has left out."""

UNRATED_STARS = Decimal(3)
"""What a hotel without a rating counts as when stars are weighed against money."""

_MOST = Decimal("Infinity")
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


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order of hotels for one trip, at an agency that sells in `currency`."""

    trip: TripRequest
    currency: str

    def in_order(self, options: Sequence[PricedHotel], *, wanted: int) -> tuple[RankedOption, ...]:
        """The best `wanted` options, each with its reasons; what puts it before the next one stands first."""
        ordered = sorted(options, key=self.fit)
        ahead = [f"Before {behind.hotel.name}: {self._ahead(one, behind)}" for one, behind in pairwise(ordered)]
        first = [[reason] for reason in ahead] + [[]]
        told = [(*before, *self._reasons(one)) for before, one in zip(first, ordered, strict=False)]
        return tuple(map(RankedOption, ordered[:wanted], told))

    def fit(self, option: PricedHotel) -> Fit:
        """What is compared, in this order: name, board, budget, whether the hotel has to be asked, own currency, then
        stars or value, price, margin, name.

        Amounts are compared within one currency alone. Within a budget more stars are better; without one, more stars
        for the money.
        """
        priced = option.priced
        return self._fit_at(
            option.hotel,
            priced.total,
            misses_board=self.trip.board is not None and priced.board.value != self.trip.board.value,
            on_request=priced.on_request,
            margin=_margin_of(option).amount,
        )

    def fit_at_best(self, hotel: Hotel, floor: Floor, policies: Mapping[str, SellPolicy]) -> Fit | None:
        """A fit that the hotel cannot surpass: at the floor under its price, with the board asked for."""
        if floor.cost is None:
            return None
        total = floor.sold(hotel.name, policies[floor.cost.currency])
        if total is None:
            return None
        return self._fit_at(hotel, total, misses_board=False, on_request=False, margin=_MOST)

    def _fit_at(self, hotel: Hotel, total: Money, *, misses_board: bool, on_request: bool, margin: Decimal) -> Fit:
        within = self._is_within(total)
        stars = hotel.stars or UNRATED_STARS
        worth = stars if within else stars / max(total.amount, Decimal(1))
        return (
            not self.is_named(hotel),
            misses_board,
            within is False,
            on_request,
            total.currency != self.currency,
            total.currency,
            -worth,
            total.amount,
            -margin,
            hotel.name_key,
        )

    def is_named(self, hotel: Hotel) -> bool:
        """Whether the customer asked for this hotel."""
        return any(is_same_hotel(asked, hotel.name) for asked in self.trip.hotels)

    def _is_within(self, total: Money) -> bool | None:
        """Whether the price keeps to the budget; None where there is none, or it is in another currency."""
        budget = self.trip.budget
        if budget is None or budget.currency != total.currency:
            return None
        return total.amount <= budget_total(budget, self.trip)

    def _ahead(self, one: PricedHotel, behind: PricedHotel) -> str:
        """The first of what is compared in which two neighbours differ: that alone has put one before the other."""
        pairs = enumerate(zip(self.fit(one), self.fit(behind), strict=True))
        place = next((place for place, (left, right) in pairs if left != right), -1)
        return _WITHIN_BUDGET if place == _STARS and self._is_within(one.priced.total) else _AHEAD[place]

    def _reasons(self, option: PricedHotel) -> list[str]:
        total, reasons = option.priced.total, list[str]()
        if self.trip.hotels:
            named = "The customer asked for this hotel"
            reasons.append(named if self.is_named(option.hotel) else "Not the hotel that the customer named")
        reasons += self._board_reasons(option)
        within = self._is_within(total)
        if within is not None and self.trip.budget is not None:
            allowed = Money(budget_total(self.trip.budget, self.trip), total.currency)
            over = f"Over the budget of {allowed} by {total - allowed}"
            reasons.append(f"Within the budget of {allowed}" if within else over)
        if option.hotel.stars is not None:
            reasons.append(f"{option.hotel.stars.normalize():f} stars")
        rooms = Counter(room.name for room in option.priced.rooms)
        reasons.append(f"Room for the party: {', '.join(f'{count} × {name}' for name, count in rooms.items())}")
        asked = "On request: ask the hotel before you promise it"
        reasons.append(asked if option.priced.on_request else "Free to sell: the hotel need not be asked")
        return [*reasons, f"Total {total}"]

    def _board_reasons(self, option: PricedHotel) -> list[str]:
        asked, board = self.trip.board, option.priced.board
        if asked is None:
            return []
        if board.value == asked.value:
            return ["Board as asked for"]
        more = board.rank > list(type(asked)).index(asked)
        return [f"Includes {'more' if more else 'less'} than asked for: {board}"]


def _margin_of(option: PricedHotel) -> Money:
    priced = option.priced
    tax = sum((line.amount.amount for line in priced.lines if line.kind is SellKind.SALES_TAX), Decimal(0))
    return margin(priced.total, tax, priced.cost_total, priced.fx)


def margin(total: Money, sales_tax: Decimal, cost: Money, fx: FxApplied | None) -> Money:
    """What is left of a total to the agency after its sales tax and its cost, in the currency of the total."""
    paid = cost.amount
    if fx is not None:
        paid = round_half_up(paid * fx.rate * (100 + fx.buffer_percent) / 100, total.currency)
    return Money(total.amount - sales_tax - paid, total.currency).rounded()


def budget_total(budget: Budget, trip: TripRequest) -> Decimal:
    """What the whole trip may cost, by what the figure is for."""
    persons = (trip.adults or 0) + max(trip.children_count, len(trip.children_ages))
    nights = 0
    if trip.check_in is not None:
        nights = (end_of_stay(trip.check_in, trip.check_out, trip.nights) - trip.check_in).days
    times = {
        Basis.TOTAL: 1,
        Basis.PER_PERSON: persons,
        Basis.PER_NIGHT: nights,
        Basis.PER_PERSON_NIGHT: persons * nights,
    }
    return budget.amount * times[budget.basis]
