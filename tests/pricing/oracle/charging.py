"""The oracle's charges: what each guest, night and component of one room costs before offers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from tests.pricing.oracle.reading import (
    Ask,
    Person,
    Row,
    covers,
    flag,
    for_room,
    narrowest,
    number,
    rows,
    season_on,
    texts,
    whole,
)


class NoPriceError(Exception):
    """The room cannot be charged for these guests."""


@dataclass
class Charge:
    """One amount; `night` None is a package's total, `guest` None the room's."""

    exact: Fraction
    night: int | None
    guest: str | None
    of_the_room: bool = False
    discountable: bool = False
    commissionable: bool = False
    local: bool = False


@dataclass(frozen=True)
class Room:
    """A room that is filled: the document, the request, its row and its guests."""

    document: Row
    ask: Ask
    row: Row
    guests: tuple[Person, ...]

    @property
    def code(self) -> str:
        return str(self.row["code"])

    @property
    def base(self) -> int:
        return whole(self.row, "base_adults") or min(2, whole(self.row, "max_adults"))

    @property
    def youngest_band(self) -> str | None:
        bands = rows(self.document, "age_bands")
        if any(band["code"] == "infant" for band in bands):
            return "infant"
        first = min(bands, key=lambda band: whole(band, "from"))
        return str(first["code"]) if whole(first, "to") < 3 and first["code"] != "adult" else None

    def adults(self, night: int) -> list[Person]:
        return [guest for guest in self.guests if guest.bands[night] == "adult"]

    def children(self, night: int) -> list[Person]:
        return [guest for guest in self.guests if guest.bands[night] != "adult"]

    def counted(self, night: int) -> list[Person]:
        if flag(self.row, "infants_count", default=True):
            return self.children(night)
        return [child for child in self.children(night) if child.bands[night] != self.youngest_band]

    def supplement(self, kind: str, night: int, board: str | None = None) -> Row | None:
        day = self.ask.nights[night]
        return narrowest(
            [
                row
                for row in rows(self.document, "supplements")
                if row["kind"] == kind and row.get("board") == board and for_room(row, self.code)
                if covers(self.document, row, day)
            ]
        )

    def holds(self) -> bool:
        """Whether the room holds its guests on every night."""
        most = whole(self.row, "max_guests") or whole(self.row, "max_adults") + whole(self.row, "max_children")
        fewest = self.row.get("min_adults", 1)
        for night in range(len(self.ask.nights)):
            adults, children = len(self.adults(night)), len(self.counted(night))
            if not isinstance(fewest, int) or not fewest <= adults <= whole(self.row, "max_adults"):
                return False
            if children > whole(self.row, "max_children") or adults + children > most:
                return False
            if adults > self.base and self.supplement("extra_adult", night) is None:
                return False
        return True


@dataclass(frozen=True)
class Roles:
    sharing: list[Person]
    extra: list[Person]
    children: list[Person]
    single: bool


def roles(room: Room, night: int) -> Roles:
    adults, children, single = room.adults(night), room.children(night), False
    if len(adults) == 1 and room.base > 1:
        rule, companions = room.document.get("lone_adult_rule"), room.counted(night)
        if not companions or rule == "adult_single_plus_child":
            single = True
        elif rule == "child_as_adult":
            adults = [adults[0], companions[0]]
            children = [child for child in children if child is not companions[0]]
    return Roles(adults[: room.base], adults[room.base :], children, single)


def nightly(room: Room, plan: Row) -> tuple[list[Charge], Callable[[str, int], Fraction]]:
    """The charges of sleeping under a plan, and what supplements in percent are taken of."""
    shares: dict[tuple[str, int], Fraction] = {}
    charges: list[Charge] = []
    for night, day in enumerate(room.ask.nights):
        amount = rate_on(room.document, plan, room.code, season_on(room.document, day))
        if amount is None:
            raise NoPriceError
        per_room = plan["basis"] == "per_room_night"
        each, part = (amount / room.base if per_room else amount), roles(room, night)
        if per_room:
            charges.append(Charge(amount, night, None, True, True, True))
        for guest in part.sharing:
            shares[guest.name, night] = each
            if not per_room:
                charges.append(Charge(amount, night, guest.name, True, True, True))
        for place, child in enumerate(part.children):
            earlier = [one for one in part.children[:place] if one.bands[night] == child.bands[night]]
            cost = _child_price(room, child.bands[night], len(earlier) + 1, len(room.adults(night)), each)
            shares[child.name, night] = cost
            charges.append(Charge(cost, night, child.name, True, True, True))
        for guest in part.extra:
            shares[guest.name, night] = each

    def base(name: str, night: int) -> Fraction:
        return shares.get((name, night), Fraction(0))

    if plan["basis"] == "per_person_night":
        charges += _spread(
            room, "single", base, lambda night: roles(room, night).sharing if roles(room, night).single else []
        )
    charges += _spread(room, "extra_adult", base, lambda night: roles(room, night).extra)
    return charges, base


def rate_on(document: Row, plan: Row, room: str, season: str | None) -> Fraction | None:
    for row in rows(document, "rates"):
        if (row["plan"], row["room"], row["season"]) == (plan["code"], room, season):
            return number(row["amount"])
    return None


def _child_price(room: Room, band: str, ordinal: int, adults: int, each: Fraction) -> Fraction:
    for wanted_adults, wanted_ordinal in ((adults, ordinal), (adults, None), (None, ordinal), (None, None)):
        for rule in rows(room.document, "child_rules"):
            if (rule["band"], rule.get("adults"), rule.get("ordinal")) == (band, wanted_adults, wanted_ordinal):
                return number(rule["amount"]) if "amount" in rule else each * number(rule["percent"]) / 100
    raise NoPriceError


def _spread(
    room: Room, kind: str, base: Callable[[str, int], Fraction], who: Callable[[int], Sequence[Person]]
) -> list[Charge]:
    """Single use or extra adults: each night's own supplement, charged as its `per` says."""
    due: dict[int, tuple[Row, list[tuple[int, Person]]]] = {}
    for night in range(len(room.ask.nights)):
        row = room.supplement(kind, night)
        for guest in who(night):
            if row is None:
                if kind == "extra_adult":
                    raise NoPriceError
                continue
            due.setdefault(id(row), (row, []))[1].append((night, guest))
    return [
        charge
        for row, all_of_it in due.values()
        for charge in charge_supplement(room, row, all_of_it, base, of_the_room=True)
    ]


def charge_supplement(
    room: Room,
    row: Row,
    due: Sequence[tuple[int, Person]],
    base: Callable[[str, int], Fraction],
    *,
    of_the_room: bool = False,
) -> list[Charge]:
    """The charges of one supplement for guests on nights."""
    per = str(row.get("per") or ("room_night" if row["kind"] == "room" else "person_night"))
    groups: dict[tuple[object, object], list[tuple[int, Person]]] = {}
    for night, guest in due:
        if texts(row, "bands") and guest.bands[night] not in texts(row, "bands"):
            continue
        key = (guest.name if per.startswith("person") else None, night if per.endswith("night") else None)
        groups.setdefault(key, []).append((night, guest))
    usual = row["kind"] in ("single", "extra_adult")
    return [
        Charge(
            exact=_supplement_amount(row, group, base),
            night=group[0][0],
            guest=group[0][1].name if per.startswith("person") else None,
            of_the_room=of_the_room,
            discountable=flag(row, "discountable", default=usual),
            commissionable=flag(row, "commissionable", default=usual),
            local=flag(row, "pay_local", default=False),
        )
        for group in groups.values()
    ]


def _supplement_amount(row: Row, group: Sequence[tuple[int, Person]], base: Callable[[str, int], Fraction]) -> Fraction:
    if "percent" in row:
        return sum((base(guest.name, night) for night, guest in group), Fraction(0)) * number(row["percent"]) / 100
    if "amount" in row:
        return number(row["amount"])
    amounts, band = cast("Row", row["amounts"]), group[0][1].bands[group[0][0]]
    if band not in amounts:
        raise NoPriceError
    return number(amounts[band])


def package(room: Room, row: Row) -> tuple[list[Charge], Callable[[str, int], Fraction]]:
    """The totals of a package for exactly its nights."""
    nights, part = whole(row, "nights"), roles(room, 0)
    prices: list[tuple[Person, object]] = [
        (guest, row.get("single" if part.single else "sharing")) for guest in part.sharing
    ]
    for child in part.children:
        key = "child" if child.bands[0] == row.get("child_band") else "infant"
        known = key == "child" or child.bands[0] == room.youngest_band
        prices.append((child, row.get(key) if known else None))
    charges: list[Charge] = []
    shares: dict[str, Fraction] = {}
    for guest, price in prices:
        if price is None:
            raise NoPriceError
        shares[guest.name] = number(price) / nights
        charges.append(Charge(number(price), None, guest.name, commissionable=True))
    for guest in part.extra:
        extra = room.supplement("extra_adult", 0)
        if extra is None or row.get("sharing") is None:
            raise NoPriceError
        places = [0] if "percent" in extra else list(range(nights))
        due = [(night, guest) for night in places]
        charges += charge_supplement(room, extra, due, lambda _name, _night: number(row["sharing"]), of_the_room=True)
    return charges, lambda name, _night: shares.get(name, Fraction(0))


def beside_the_room(room: Room, board: str, own_board: str, base: Callable[[str, int], Fraction]) -> list[Charge]:
    """Board above the product's, then mandatory events and room supplements."""
    nights, charges = range(len(room.ask.nights)), list[Charge]()
    if board != own_board:
        due: dict[int, tuple[Row, list[tuple[int, Person]]]] = {}
        for night in nights:
            row = room.supplement("board", night, board)
            if row is None:
                raise NoPriceError
            due.setdefault(id(row), (row, []))[1].extend((night, guest) for guest in room.guests)
        for row, all_of_it in due.values():
            charges += charge_supplement(room, row, all_of_it, base)
    for row in rows(room.document, "supplements"):
        if (
            row["kind"] not in ("event", "room")
            or not flag(row, "mandatory", default=True)
            or not for_room(row, room.code)
        ):
            continue
        met = [night for night in nights if covers(room.document, row, room.ask.nights[night])]
        charges += charge_supplement(room, row, [(night, guest) for night in met for guest in room.guests], base)
    return charges
