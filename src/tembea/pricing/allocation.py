"""Who sleeps in which room: the fewest rooms that hold the party, then the cheapest way to fill them.

Guests with the same bands and taxes on every night are interchangeable, so a party is a vector of counts by kind of
guest, a filled room is a smaller vector, and the search is a dynamic programme over what remains to be housed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from operator import sub

from tembea.pricing.ages import Guest
from tembea.pricing.allotments import rooms_held
from tembea.pricing.charges import RoomParty
from tembea.pricing.contract import RoomType
from tembea.pricing.occupancy import counted_children
from tembea.pricing.stay import Stay
from tembea.pricing.terms import SupplementKind

Counts = tuple[int, ...]

MAX_STATES = 4_000
"""The most different remainders of a party that are looked at; a larger, more mixed group is not allocated at all."""


@dataclass(frozen=True, slots=True)
class Filling:
    """One room type with so many guests of each kind."""

    room: RoomType
    counts: Counts


@dataclass(frozen=True, slots=True)
class Housing:
    """A way to house a party, and what it costs."""

    cost: Decimal
    fillings: tuple[Filling, ...]


class Party:
    """The guests of a stay by kind, and the ways in which single rooms can hold some of them."""

    def __init__(self, stay: Stay) -> None:
        taxed_ages = sorted({rule.min_age for rule in stay.contract.taxes})
        kinds: dict[tuple[object, ...], list[Guest]] = {}
        for guest in stay.guests:
            liable = tuple(age.has_reached(years) for age in guest.ages for years in taxed_ages)
            kinds.setdefault((guest.bands, liable), []).append(guest)
        self._stay = stay
        self._members = list(kinds.values())
        self.counts: Counts = tuple(len(members) for members in self._members)
        self._fillings: dict[str, list[Filling]] = {}
        self._holdings: dict[str, frozenset[Counts]] = {}
        self._searches: dict[tuple[str, ...], Search] = {}
        columns = {tuple(guest.bands[place] for guest in stay.guests): place for place in range(len(stay.nights))}
        self._unlike = tuple(columns.values())

    @property
    def is_searchable(self) -> bool:
        """False for a group too mixed to search within bounds."""
        states = 1
        for count in self.counts:
            states *= count + 1
        return states <= MAX_STATES

    def fillings(self, room: RoomType) -> list[Filling]:
        """Every non-empty part of the party that one room of the type holds on every night."""
        if room.code not in self._fillings:
            self._fillings[room.code] = [
                Filling(room, counts)
                for counts in self._parts(room)
                if _holds(self._stay, RoomParty(room, self._first(counts)), self._unlike)
            ]
        return self._fillings[room.code]

    def holdings(self, room: RoomType) -> frozenset[Counts]:
        """The counts of all fillings of the room type."""
        if room.code not in self._holdings:
            self._holdings[room.code] = frozenset(filling.counts for filling in self.fillings(room))
        return self._holdings[room.code]

    def search(self, rooms: Sequence[RoomType]) -> "Search":
        """The ways to house the party in these room types, with no more of each than the hotel holds."""
        codes = tuple(room.code for room in rooms)
        if codes not in self._searches:
            fillings = [filling for room in rooms for filling in self.fillings(room)]
            self._searches[codes] = Search(self.counts, fillings, rooms_held(self._stay, codes))
        return self._searches[codes]

    def house(self, fillings: Sequence[Filling]) -> list[RoomParty]:
        """The actual guests of each filling, taken in the party's order."""
        queues = [iter(members) for members in self._members]
        return [
            RoomParty(
                filling.room,
                tuple(next(queue) for queue, count in zip(queues, filling.counts, strict=True) for _ in range(count)),
            )
            for filling in fillings
        ]

    def sample(self, filling: Filling) -> RoomParty:
        """Guests who stand for any that could fill the room this way."""
        return RoomParty(filling.room, self._first(filling.counts))

    def _first(self, counts: Counts) -> tuple[Guest, ...]:
        return tuple(guest for members, count in zip(self._members, counts, strict=True) for guest in members[:count])

    def _parts(self, room: RoomType) -> Iterator[Counts]:
        adults_or_children = max(room.max_adults, room.max_children, room.max_guests)
        caps = [
            count if self._is_uncounted(members[0], room) else min(count, adults_or_children)
            for members, count in zip(self._members, self.counts, strict=True)
        ]
        return (counts for counts in product(*(range(cap, -1, -1) for cap in caps)) if any(counts))

    def _is_uncounted(self, guest: Guest, room: RoomType) -> bool:
        return not room.infants_count and self._stay.contract.infant_band in guest.bands


def _holds(stay: Stay, party: RoomParty, unlike: Sequence[int]) -> bool:
    """True when the room holds these guests on every night, by that night's ages; `unlike` nights show every band.

    Adults beyond the room's base need an extra adult supplement on the night, or the room does not hold them.
    """
    if not all(_holds_on(stay, party, place) for place in unlike):
        return False
    if all(len(party.adults_on(place)) <= party.room.base_adults for place in unlike):
        return True
    crowded = [place for place in range(len(stay.nights)) if len(party.adults_on(place)) > party.room.base_adults]
    return all(stay.find_supplement(SupplementKind.EXTRA_ADULT, party.room, place) for place in crowded)


class Search:
    """The ways to house a party in rooms of the given fillings; `held` limits how many rooms of a type there are."""

    def __init__(self, counts: Counts, fillings: Sequence[Filling], held: Mapping[str, int]) -> None:
        self._counts = counts
        self._with_kind = [[one for one in fillings if one.counts[kind]] for kind in range(len(counts))]
        self.held = {room: rooms for room, rooms in held.items() if rooms < sum(counts)}
        self._limited = tuple(self.held)
        self._needed: dict[tuple[Counts, Counts], int | None] = {}

    def fewest(self) -> int | None:
        """The smallest number of rooms that hold everyone, None when no number does."""
        return self._rooms_for(self._counts, tuple(self.held.values()))

    def cheapest(self, rooms: int, cost: Callable[[Filling], Decimal | None]) -> Housing | None:
        """The cheapest way to house everyone in exactly so many rooms, or None; a filling without a cost is not used.

        Ties fall to the room type listed first and then to the fuller room.
        """
        solved: dict[tuple[Counts, Counts, int], Housing | None] = {}

        def solve(left: Counts, held: Counts, number: int) -> Housing | None:
            if not any(left):
                return Housing(Decimal(0), ()) if number == 0 else None
            if (left, held, number) not in solved:
                found: Housing | None = None
                for filling, rest, still_held in self._next_rooms(left, held):
                    fewest = self._rooms_for(rest, still_held)
                    if fewest is None or fewest > number - 1:
                        continue
                    others = solve(rest, still_held, number - 1)
                    price = None if others is None else cost(filling)
                    if others is None or price is None:
                        continue
                    if found is None or price + others.cost < found.cost:
                        found = Housing(price + others.cost, (filling, *others.fillings))
                solved[(left, held, number)] = found
            return solved[(left, held, number)]

        return solve(self._counts, tuple(self.held.values()), rooms)

    def _rooms_for(self, left: Counts, held: Counts) -> int | None:
        if not any(left):
            return 0
        if (left, held) not in self._needed:
            rests = [self._rooms_for(rest, still_held) for _, rest, still_held in self._next_rooms(left, held)]
            possible = [rest for rest in rests if rest is not None]
            self._needed[(left, held)] = min(possible) + 1 if possible else None
        return self._needed[(left, held)]

    def _next_rooms(self, left: Counts, held: Counts) -> Iterator[tuple[Filling, Counts, Counts]]:
        """Rooms that house the first guest still without one: that guest must sleep somewhere, so no way is missed."""
        first = next(kind for kind, count in enumerate(left) if count)
        for filling in self._with_kind[first]:
            rest = tuple(map(sub, left, filling.counts))
            if min(rest) < 0:
                continue
            still_held = self._taken(filling.room.code, held)
            if still_held is not None:
                yield filling, rest, still_held

    def _taken(self, room: str, held: Counts) -> Counts | None:
        """What is held after one more room of the type; None when none was left."""
        if room not in self.held:
            return held
        place = self._limited.index(room)
        return (*held[:place], held[place] - 1, *held[place + 1 :]) if held[place] else None


def _holds_on(stay: Stay, party: RoomParty, place: int) -> bool:
    room = party.room
    adults = len(party.adults_on(place))
    children = len(counted_children(stay.contract, party, place))
    return (
        room.min_adults <= adults <= room.max_adults
        and children <= room.max_children
        and adults + children <= room.max_guests
    )
