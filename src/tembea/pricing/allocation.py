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
        guests = zip(self._members, filling.counts, strict=True)
        return RoomParty(filling.room, tuple(guest for members, count in guests for guest in members[:count]))

    def _held_by(self, shape: _Shape) -> list[tuple[Counts, frozenset[int]]]:
        """The parts of the party that rooms of the shape hold, each with the unlike nights on which adults are extra.

        Most room types of a hotel are of a few shapes, so this is worked out once for all of a shape.
        """
        if shape not in self._held:
            held = ((counts, self._crowded(shape, counts)) for counts in self._parts(shape))
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
    """The ways to house a party in rooms of the given fillings; `held` limits how many rooms of a type there are."""

    def __init__(self, counts: Counts, fillings: Sequence[Filling], held: Mapping[str, int]) -> None:
        self._counts = counts
        self.held = {room: rooms for room, rooms in held.items() if rooms < sum(counts)}
        limits = {room: place for place, room in enumerate(self.held)}
        steps = [_Step(filling, filling.counts, limits.get(filling.room.code)) for filling in fillings]
        alike = list({(step.counts, step.limit): step for step in steps}.values())
        self._steps = [[step for step in steps if step.counts[kind]] for kind in range(len(counts))]
        self._unlike_steps = [[step for step in alike if step.counts[kind]] for kind in range(len(counts))]
        self._needed: dict[tuple[Counts, Counts], int | None] = {}

    def fewest(self) -> int | None:
        """The smallest number of rooms that hold everyone, None when no number does."""
        return self._rooms_for(self._counts, tuple(self.held.values()))

    def cheapest(
        self,
        rooms: int,
        cost: Callable[[Filling], Decimal | None],
        is_needless: Callable[[Filling], bool] = lambda _: False,
    ) -> Housing | None:
        """The cheapest way to house everyone in exactly so many rooms, or None; a filling without a cost is not used.

        Nor is one that `is_needless`. Ties fall to the room type listed first and then to the fuller room.
        """
        solved: dict[tuple[Counts, Counts, int], Housing | None] = {}

        def solve(left: Counts, held: Counts, number: int) -> Housing | None:
            if not any(left):
                return Housing(Decimal(0), ()) if number == 0 else None
            if (left, held, number) not in solved:
                found: Housing | None = None
                for step in self._steps[_first_of(left)]:
                    if is_needless(step.filling) or (after := _after(step, left, held)) is None:
                        continue
                    fewest = self._rooms_for(*after)
                    if fewest is None or fewest > number - 1:
                        continue
                    others = solve(*after, number - 1)
                    price = None if others is None else cost(step.filling)
                    if others is None or price is None:
                        continue
                    if found is None or price + others.cost < found.cost:
                        found = Housing(price + others.cost, (step.filling, *others.fillings))
                solved[(left, held, number)] = found
            return solved[(left, held, number)]

        return solve(self._counts, tuple(self.held.values()), rooms)

    def _rooms_for(self, left: Counts, held: Counts) -> int | None:
        if not any(left):
            return 0
        if (left, held) not in self._needed:
            states = {after for step in self._unlike_steps[_first_of(left)] if (after := _after(step, left, held))}
            rests = [self._rooms_for(*state) for state in states]
            possible = [rest for rest in rests if rest is not None]
            self._needed[(left, held)] = min(possible) + 1 if possible else None
        return self._needed[(left, held)]


@dataclass(frozen=True, slots=True)
class _Step:
    """One more room; `limit` is the place of its type among those of which the hotel holds only so many."""

    filling: Filling
    counts: Counts
    limit: int | None


def _first_of(left: Counts) -> int:
    """The kind of the first guest still without a room: that guest must sleep somewhere, so no way is missed."""
    return next(kind for kind, count in enumerate(left) if count)


def _after(step: _Step, left: Counts, held: Counts) -> tuple[Counts, Counts] | None:
    """Who is left and what is held after one more room; None where it takes more guests or rooms than there are."""
    rest = tuple(map(sub, left, step.counts))
    if min(rest) < 0:
        return None
    if step.limit is None:
        return rest, held
    if not held[step.limit]:
        return None
    return rest, (*held[: step.limit], held[step.limit] - 1, *held[step.limit + 1 :])
