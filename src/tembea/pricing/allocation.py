"""Who sleeps in which room: the fewest rooms that hold the party, then the cheapest way to fill them.

Guests with the same bands and taxes on every night are interchangeable, so a party is a vector of counts by kind of
guest, a filled room is a smaller vector, and the search is a dynamic programme over what remains to be housed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import product
from operator import mul, sub

from tembea.pricing.ages import Guest
from tembea.pricing.allotments import rooms_held
from tembea.pricing.charges import RoomParty
from tembea.pricing.contract import RoomType
from tembea.pricing.effort import Effort
from tembea.pricing.stay import Stay
from tembea.pricing.terms import ADULT_BAND, SupplementKind

Counts = tuple[int, ...]
FillingKey = tuple[str, Counts]

MAX_STATES = 4_000
"""The most different remainders of a party that are looked at; a larger, more mixed group is not allocated at all."""


@dataclass(frozen=True, slots=True)
class Filling:
    """One room type with so many guests of each kind."""

    room: RoomType
    counts: Counts

    @property
    def key(self) -> FillingKey:
        """The same by codes and numbers alone, which are quick to look up by."""
        return (self.room.code, self.counts)


@dataclass(frozen=True, slots=True)
class Housing:
    """A way to house a party, and what it costs."""

    cost: Decimal
    fillings: tuple[Filling, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """All of a room type that decides which guests it holds, extra adult supplements aside."""

    base_adults: int
    min_adults: int
    max_adults: int
    max_children: int
    max_guests: int
    infants_count: bool

    def holds(self, adults: int, children: int, infants: int) -> bool:
        """True when so many guests fit; `infants` are those that only some room types count."""
        counted = children + infants if self.infants_count else children
        return (
            self.min_adults <= adults <= self.max_adults
            and counted <= self.max_children
            and adults + counted <= self.max_guests
        )


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
        self._held: dict[_Shape, list[tuple[Counts, frozenset[int]]]] = {}
        self._fillings: dict[str, list[Filling]] = {}
        self._holdings: dict[str, frozenset[Counts]] = {}
        self._searches: dict[tuple[str, ...], Search] = {}

    @property
    def is_searchable(self) -> bool:
        """False for a group too mixed to search within bounds."""
        states = 1
        for count in self.counts:
            states *= count + 1
        return states <= MAX_STATES

    def fillings(self, room: RoomType) -> list[Filling]:
        """Every non-empty part of the party that one room of the type holds on every night.

        Adults beyond the room's base need an extra adult supplement on the night, or the room does not hold them.
        """
        if room.code not in self._fillings:
            self._fillings[room.code] = [
                Filling(room, counts)
                for counts, crowded in self._held_by(_shape_of(room))
                if not crowded or self._has_extra_adults(room, crowded)
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
            self._searches[codes] = Search(self.counts, fillings, rooms_held(self._stay, codes), self._stay.effort)
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
        guests = zip(self._members, filling.counts, strict=True)
        return RoomParty(filling.room, tuple(guest for members, count in guests for guest in members[:count]))

    def _held_by(self, shape: _Shape) -> list[tuple[Counts, frozenset[int]]]:
        """The parts of the party that rooms of the shape hold, each with the unlike nights on which adults are extra.

        Most room types of a hotel are of a few shapes, so this is worked out once for all of a shape.
        """
        if shape not in self._held:
            parts = list(self._parts(shape))
            self._stay.effort.spend(len(parts) * len(self._roles))
            held = ((counts, self._crowded(shape, counts)) for counts in parts)
            self._held[shape] = [(counts, crowded) for counts, crowded in held if crowded is not None]
        return self._held[shape]

    def _crowded(self, shape: _Shape, counts: Counts) -> frozenset[int] | None:
        """The unlike nights on which there are adults beyond the base; None where the guests do not fit."""
        crowded: list[int] = []
        for place, (adults, children, infants) in self._roles.items():
            grown = sum(map(mul, counts, adults))
            if not shape.holds(grown, sum(map(mul, counts, children)), sum(map(mul, counts, infants))):
                return None
            if grown > shape.base_adults:
                crowded.append(place)
        return frozenset(crowded)

    @cached_property
    def _roles(self) -> dict[int, tuple[Counts, Counts, Counts]]:
        """By unlike night: for each kind of guest a one where it is an adult, a child, an infant, and else a nought."""
        infant = self._stay.contract.infant_band
        roles: dict[int, tuple[Counts, Counts, Counts]] = {}
        for place in set(self._stay.alike):
            bands = [members[0].ages[place].band for members in self._members]
            adults = tuple(int(band == ADULT_BAND) for band in bands)
            infants = tuple(int(band == infant) for band in bands)
            children = tuple(1 - adult - baby for adult, baby in zip(adults, infants, strict=True))
            roles[place] = (adults, children, infants)
        return roles

    def _has_extra_adults(self, room: RoomType, crowded: frozenset[int]) -> bool:
        return all(
            self._stay.find_supplement(SupplementKind.EXTRA_ADULT, room, place)
            for place, like in enumerate(self._stay.alike)
            if like in crowded
        )

    def _parts(self, shape: _Shape) -> Iterator[Counts]:
        adults_or_children = max(shape.max_adults, shape.max_children, shape.max_guests)
        caps = [
            count if self._is_uncounted(members[0], shape) else min(count, adults_or_children)
            for members, count in zip(self._members, self.counts, strict=True)
        ]
        return (counts for counts in product(*(range(cap, -1, -1) for cap in caps)) if any(counts))

    def _is_uncounted(self, guest: Guest, shape: _Shape) -> bool:
        return not shape.infants_count and self._stay.contract.infant_band in guest.bands


def _shape_of(room: RoomType) -> _Shape:
    return _Shape(
        room.base_adults, room.min_adults, room.max_adults, room.max_children, room.max_guests, room.infants_count
    )


class Search:
    """The ways to house a party in rooms of the given fillings; `held` limits how many rooms of a type there are.

    Room types that are limited are looked at one after another, and what they leave is housed in the others: how many
    of a type are left need be known for one type at a time, so that ten of them do not multiply. Looking takes of the
    stay's `effort`: every verb here raises `TooMuchWork`.
    """

    def __init__(self, counts: Counts, fillings: Sequence[Filling], held: Mapping[str, int], effort: Effort) -> None:
        self._counts = counts
        self._effort = effort
        self.held = {room: rooms for room, rooms in held.items() if rooms < sum(counts)}
        self._limits = tuple(self.held.values())
        self._limited = [[one for one in fillings if one.room.code == room] for room in self.held]
        free = [one for one in fillings if one.room.code not in self.held]
        alike = {one.counts: one for one in free}.values()
        self._free = [[one for one in free if one.counts[kind]] for kind in range(len(counts))]
        self._limited_counts = [[one.counts for one in fillings] for fillings in self._limited]
        self._whole = [{one.counts for one in fillings} for fillings in (*self._limited, free)]
        self._free_counts = [[one.counts for one in alike if one.counts[kind]] for kind in range(len(counts))]
        self._places = {one.key: (_first_of(one.counts), place) for place, one in enumerate(fillings)}
        self._needed: dict[tuple[Counts, int, int], int | None] = {}

    def fewest(self) -> int | None:
        """The smallest number of rooms that hold everyone, None when no number does."""
        return self._rooms_for(self._counts, *self._start)

    def cheapest(
        self,
        rooms: int,
        cost: Callable[[Filling], Decimal | None],
        is_needless: Callable[[Filling], bool] = lambda _: False,
    ) -> Housing | None:
        """The cheapest way to house everyone in exactly so many rooms, or None; a filling without a cost is not used.

        Nor is one that `is_needless`. Ties fall to the room type listed first and then to the fuller room.
        """
        solved: dict[tuple[Counts, int, int, int], Housing | None] = {}

        def solve(left: Counts, kind: int, spare: int, number: int) -> Housing | None:
            if not any(left):
                return Housing(Decimal(0), ()) if number == 0 else None
            fewest = self._rooms_for(left, kind, spare)
            if fewest is None or fewest > number:
                return None
            state = (left, kind, spare, number)
            if state not in solved:
                solved[state] = extend(*state)
            return solved[state]

        def extend(left: Counts, kind: int, spare: int, number: int) -> Housing | None:
            is_free = kind == len(self._limits)
            found = None if is_free else solve(left, *self._after(kind), number)
            fillings = self._free[_first_of(left)] if is_free else self._limited[kind] if spare else []
            self._effort.spend(len(fillings))
            for filling in fillings:
                if (number == 1 and filling.counts != left) or is_needless(filling):
                    continue
                if (rest := _without(left, filling.counts)) is None:
                    continue
                others = solve(rest, kind, spare if is_free else spare - 1, number - 1)
                price = None if others is None else cost(filling)
                if others is None or price is None:
                    continue
                housing = Housing(price + others.cost, (filling, *others.fillings))
                if found is None or housing.cost < found.cost or (not is_free and self._is_before(housing, found)):
                    found = housing
            return found

        return solve(self._counts, *self._start, rooms)

    @property
    def _start(self) -> tuple[int, int]:
        return self._after(-1)

    def _after(self, kind: int) -> tuple[int, int]:
        """The next limited room type and how many the hotel holds of it; behind the last one come the others."""
        following = kind + 1
        return following, self._limits[following] if following < len(self._limits) else 0

    def _rooms_for(self, left: Counts, kind: int, spare: int) -> int | None:
        is_free = kind == len(self._limits)
        if not any(left):
            return 0
        if (spare or is_free) and left in self._whole[kind]:
            return 1
        state = (left, kind, spare)
        if state not in self._needed:
            counts = self._free_counts[_first_of(left)] if is_free else self._limited_counts[kind] if spare else []
            self._effort.spend(len(counts))
            rests = [rest for one in counts if (rest := _without(left, one)) is not None]
            numbers = [self._rooms_for(rest, kind, spare if is_free else spare - 1) for rest in rests]
            possible = [number + 1 for number in numbers if number is not None]
            if not is_free and (others := self._rooms_for(left, *self._after(kind))) is not None:
                possible.append(others)
            self._needed[state] = min(possible, default=None)
        return self._needed[state]

    def _is_before(self, one: Housing, other: Housing) -> bool:
        """True for one that costs the same and whose rooms, by kind of guest, are listed first."""
        return one.cost == other.cost and self._order(one) < self._order(other)

    def _order(self, housing: Housing) -> list[tuple[int, int]]:
        return sorted(self._places[filling.key] for filling in housing.fillings)


def _first_of(left: Counts) -> int:
    """The kind of the first guest still without a room: that guest must sleep somewhere, so no way is missed."""
    return next(kind for kind, count in enumerate(left) if count)


def _without(left: Counts, counts: Counts) -> Counts | None:
    """Who is left after one more room; None where it takes more guests than there are."""
    rest = tuple(map(sub, left, counts))
    return None if min(rest) < 0 else rest
