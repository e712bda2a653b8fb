"""What a demo hotel is, in one row: enough to write a whole contract document and a page about it."""

from dataclasses import dataclass
from enum import Enum


class Climate(Enum):
    """When a place is busy: the first days of its price levels in a year, each lasting to the next one."""

    INDIAN_OCEAN = ("01-01 peak", "01-06 high", "03-16 low", "06-16 high", "09-01 mid", "12-20 peak")
    BUSH = ("01-01 peak", "01-06 low", "04-01 mid", "06-16 high", "10-16 mid", "12-18 peak")
    CAPE = ("01-01 peak", "01-08 high", "04-16 low", "09-01 mid", "11-01 high", "12-18 peak")
    TROPIC = ("01-01 peak", "01-06 low", "04-01 mid", "07-01 high", "09-01 mid", "12-20 peak")
    ATLANTIC_SUMMER = ("01-01 mid", "01-06 low", "04-01 mid", "06-16 high", "07-16 peak", "09-01 high", "10-16 low")
    ATLANTIC_MILD = ("01-01 peak", "01-06 mid", "04-01 high", "06-01 mid", "07-16 high", "10-01 mid", "12-22 peak")
    DESERT = ("01-01 peak", "01-06 mid", "03-16 high", "06-01 low", "09-16 high", "11-16 mid", "12-22 peak")


@dataclass(frozen=True, slots=True)
class Place:
    """A destination that hotels share. `levy` is paid on the spot: its name and a whole amount per person and night.

    `pictures` name the demo's paintings, one a hotel and then from the start again.
    """

    name: str
    country: str
    zone: str
    climate: Climate
    levy: tuple[str, int] | None
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoHotel:
    """An invented hotel. Money is whole units of the agency's currency.

    `sharing` is what an adult sharing pays a night in the low season of this year, `board` what that includes, and
    `upgrades` what more meals cost an adult a night. `traits` pick the rules that make its contract its own.
    """

    place: Place
    name: str
    stars: int
    board: str
    sharing: int
    upgrades: tuple[tuple[str, int], ...]
    rooms: tuple[str, str]
    traits: frozenset[str]
    text: str


def hotel(
    place: Place,
    name: str,
    stars: int,
    price: str,
    rooms: str,
    text: str,
    *,
    traits: str = "",
) -> DemoHotel:
    """One row of a table. `price` reads "BB 1200, HB 350, AI 900"; `rooms` and `traits` are parted by commas."""
    (board, sharing), *upgrades = [part.split() for part in price.split(", ")]
    standard, family = rooms.split(", ")
    return DemoHotel(
        place=place,
        name=name,
        stars=stars,
        board=board,
        sharing=int(sharing),
        upgrades=tuple((meals, int(amount)) for meals, amount in upgrades),
        rooms=(standard, family),
        traits=frozenset(traits.split(", ")) - {""},
        text=text,
    )
