"""The oracle's verdict: which product, rooms and offers win, or why none does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import cast

from tests.pricing.oracle.charging import NoPriceError, Room, beside_the_room, nightly, package, rate_on
from tests.pricing.oracle.reading import (
    BOARDS,
    Ask,
    Person,
    Row,
    covers,
    for_room,
    half_up,
    inside,
    number,
    partitions,
    people,
    rows,
    season_on,
    whole,
)
from tests.pricing.oracle.reducing import combine, commission, eligible, every_set, reduce, taxes

ORDER = [
    "CAPACITY",
    "RELEASE",
    "STOP_SALE",
    "NO_RATE",
    "CTA",
    "CTD",
    "MAX_STAY",
    "MIN_STAY_THROUGH",
    "MIN_STAY_ARRIVAL",
]


@dataclass
class Answer:
    """Either a cost with what was applied, or reasons with the date of each."""

    cost: Fraction | None = None
    local: Fraction | None = None
    applied: tuple[str, ...] | None = None
    """None where several sets of offers are equally good."""
    losers: dict[str, Fraction] = field(default_factory=dict[str, Fraction])
    reasons: dict[str, date | None] = field(default_factory=dict[str, date | None])
    is_certain: bool = True
    """False where several room types or products are rejected, each for reasons of its own."""

    @property
    def ordered(self) -> list[str]:
        return [code for code in ORDER if code in self.reasons]


@dataclass(frozen=True)
class Outcome:
    """One way to house the party under one set of offers."""

    cost: Fraction
    local: Fraction
    used: frozenset[str]


def price(document: Row, ask: Ask) -> Answer:
    """Price the stay, or say why not."""
    products = [*rows(document, "plans"), *rows(document, "packages")]
    groups = [products]
    if ask.board is not None:
        lower = [one for one in products if BOARDS.index(str(one["board"])) < BOARDS.index(ask.board)]
        groups = [[one for one in products if one["board"] == ask.board], lower]
    services = _services(document, ask)
    rejected: list[Answer] = []
    for group in groups:
        answers = [_product(document, ask, one, ask.board or str(one["board"])) for one in group]
        best = min((one for one in answers if one.cost is not None), key=lambda one: one.cost or 0, default=None)
        if best is not None:
            return _with_services(best, services, len([one for one in answers if one.cost == best.cost]))
        rejected += answers
    if not rejected:
        rejected = [_nothing_sold(document, ask)]
    first = rejected[0]
    reasons = first.reasons if services is not None else {"NO_RATE": None} | first.reasons
    certain = len(rejected) == 1 and first.is_certain and services is not None
    return Answer(reasons=reasons, is_certain=certain)


def _with_services(best: Answer, services: Fraction | None, equals: int) -> Answer:
    if services is None:
        return Answer(reasons={"NO_RATE": None}, is_certain=False)
    losers = {code: total + services for code, total in best.losers.items()}
    return Answer((best.cost or 0) + services, best.local, best.applied if equals == 1 else None, losers)


def _services(document: Row, ask: Ask) -> Fraction | None:
    """What the services cost, None when one is not sold."""
    total, currency = Fraction(0), str(document["currency"])
    for name, times in ask.services:
        row = next(
            (row for row in rows(document, "services") if row["name"] == name and _valid(row, ask.check_in)), None
        )
        if row is None:
            return None
        if row["per"] == "vehicle":
            total += half_up(times * number(row["amount"]), currency)
            continue
        for guest in people(document, ask):
            amount = row["amount"] if guest.bands[0] == "adult" else row.get("child_amount", row["amount"])
            total += half_up(times * number(amount), currency)
    return total


def _valid(row: Row, day: date) -> bool:
    valid = cast("Row | None", row.get("valid"))
    return valid is None or inside(valid, day)


def _product(document: Row, ask: Ask, product: Row, board: str) -> Answer:
    types = _types(document, product)
    against = {str(room["code"]): _against(document, ask, product, board, room) for room in types}
    usable = [room for room in types if not against[str(room["code"])]]
    housed = _housings(document, ask, usable)
    outcome = _cheapest(document, ask, product, board, housed) if housed else None
    if outcome is not None:
        return outcome
    if len(types) > 1:
        return Answer(reasons={"NO_RATE": None}, is_certain=False)
    reasons: dict[str, date | None] = dict(against[str(types[0]["code"])])
    if not _housings(document, ask, types):
        reasons["CAPACITY"] = None
    elif not reasons:
        return Answer(reasons={"NO_RATE": None}, is_certain=False)
    else:
        unpriced = (
            "NO_RATE" not in reasons
            and _cheapest(document, ask, product, board, _housings(document, ask, types)) is None
        )
        if unpriced:
            return Answer(reasons={**reasons, "NO_RATE": None}, is_certain=False)
    return Answer(reasons=reasons)


def _types(document: Row, product: Row) -> list[Row]:
    if "nights" in product:
        return [room for room in rows(document, "rooms") if room["code"] == product["room"]]
    sold = {rate["room"] for rate in rows(document, "rates") if rate["plan"] == product["code"]}
    return [room for room in rows(document, "rooms") if room["code"] in sold] or rows(document, "rooms")


def _nothing_sold(document: Row, ask: Ask) -> Answer:
    types = rows(document, "rooms")
    reasons: dict[str, date | None] = _breaches(document, ask, str(types[0]["code"]))
    reasons["NO_RATE"] = ask.check_in
    if not _housings(document, ask, types):
        reasons["CAPACITY"] = None
    return Answer(reasons=reasons, is_certain=len(types) == 1)


def _against(document: Row, ask: Ask, product: Row, board: str, room: Row) -> dict[str, date | None]:
    code = str(room["code"])
    found: dict[str, date | None] = _breaches(document, ask, code)
    holes = [night for night in ask.nights if not _has_rate(document, ask, product, code, night)]
    if "nights" in product and len(ask.nights) != product["nights"]:
        holes = [ask.check_in]
    if board != product["board"]:
        for place, night in enumerate(ask.nights):
            if Room(document, ask, room, ()).supplement("board", place, board) is None:
                holes.append(night)
    if "NO_RATE" in found or holes:
        found["NO_RATE"] = min([*holes, *([ask.check_in] if "NO_RATE" in found else [])])
    return found


def _has_rate(document: Row, ask: Ask, product: Row, room: str, night: date) -> bool:
    if "nights" in product:
        return _valid(product, night)
    return rate_on(document, product, room, season_on(document, night)) is not None


def _breaches(document: Row, ask: Ask, room: str) -> dict[str, date | None]:
    """Every restriction that is broken, with its date."""
    found: dict[str, date | None] = {}
    length, lead = len(ask.nights), (ask.check_in - ask.booked).days
    listed = [row for row in rows(document, "restrictions") if for_room(row, room)]

    def on(day: date, kind: str, mode: str | None = None) -> list[Row]:
        return [
            row
            for row in listed
            if row["kind"] == kind
            and (mode is None or row.get("mode", "arrival") == mode)
            and covers(document, row, day)
        ]

    arriving = ask.check_in
    if any(whole(row, "days") > lead for row in on(arriving, "release")):
        found["RELEASE"] = arriving
    stopped = [night for night in ask.nights if on(night, "stop_sale")]
    if stopped:
        found["STOP_SALE"] = stopped[0]
    if on(arriving, "closed_to_arrival"):
        found["CTA"] = arriving
    if on(ask.check_out, "closed_to_departure"):
        found["CTD"] = ask.check_out
    strictest = [
        min(whole(row, "nights") for row in on(night, "max_stay", "through"))
        for night in ask.nights
        if on(night, "max_stay", "through")
    ]
    if any(whole(row, "nights") < length for row in on(arriving, "max_stay", "arrival")) or (
        strictest and max(strictest) < length
    ):
        found["MAX_STAY"] = arriving
    if any(whole(row, "nights") > length for night in ask.nights for row in on(night, "min_stay", "through")):
        found["MIN_STAY_THROUGH"] = arriving
    if any(whole(row, "nights") > length for row in on(arriving, "min_stay", "arrival")):
        found["MIN_STAY_ARRIVAL"] = arriving
    window = cast("Row | None", document.get("booking_window"))
    if window is not None and not inside(window, ask.booked):
        found["NO_RATE"] = arriving
    return found


Housing = tuple[tuple[str, tuple[Person, ...]], ...]


def _housings(document: Row, ask: Ask, types: Sequence[Row]) -> list[Housing]:
    """Every way to give everybody a room: as many rooms as asked for, else as few as can be."""
    by_code = {str(room["code"]): room for room in types}
    found: list[Housing] = []
    fits: dict[tuple[str, tuple[Person, ...]], bool] = {}
    for groups in partitions(people(document, ask)):
        if ask.rooms is not None and len(groups) != ask.rooms:
            continue
        ways: list[Housing] = [()]
        for group in groups:
            guests = tuple(sorted(group, key=lambda guest: (guest.name.startswith("Child"), guest.name)))
            for code, room in by_code.items():
                if (code, guests) not in fits:
                    fits[code, guests] = Room(document, ask, room, guests).holds()
            ways = [(*way, (code, guests)) for way in ways for code in by_code if fits[code, guests]]
        found += [way for way in ways if _is_held(document, ask, way)]
    fewest = min((len(way) for way in found), default=0)
    return [way for way in found if len(way) == fewest]


def _is_held(document: Row, ask: Ask, way: Housing) -> bool:
    """Whether the hotel holds that many rooms of each type on every night."""
    for code in {code for code, _ in way}:
        needed = len([one for one, _ in way if one == code])
        for night in ask.nights:
            held = [row for row in rows(document, "allotments") if row["room"] == code and inside(row, night)]
            limited = held and all(row["kind"] == "allotment" for row in held)
            if limited and sum(whole(row, "quantity") for row in held) < needed:
                return False
    return True


def _cheapest(document: Row, ask: Ask, product: Row, board: str, housed: Sequence[Housing]) -> Answer | None:
    """The best housing and offers; None when nothing can be charged."""
    costs = _Costs(document, ask, product, board)
    offers = eligible(document, ask, board)
    if document.get("offer_selection") == "priority":
        chosen: tuple[Row, ...] = ()
        for offer in offers:
            alone = costs.best(housed, (offer,))
            has_effect = bool(alone) and all(str(offer["code"]) in one.used for one in alone)
            if has_effect and all(combine(offer, other) for other in chosen):
                chosen = (*chosen, offer)
        sets = [chosen]
    else:
        sets = every_set(offers)
    by_set = [costs.best(housed, offered) for offered in sets]
    outcomes = [one for found in by_set for one in found]
    if not outcomes:
        return None
    best = min(outcomes, key=lambda one: one.cost)
    equal = [one for one in outcomes if one.cost == best.cost]
    most = max(len(one.used) for one in equal)
    used = {one.used for one in equal if len(one.used) == most}
    for found in by_set:  # where equally cheap rooms make other offers count, nobody says which rooms it has to be
        if found and found[0].cost == best.cost and len({one.used for one in found}) > 1:
            used |= {one.used for one in found}
    locals_ = {one.local for one in equal}
    applied = tuple(str(offer["code"]) for offer in offers if offer["code"] in next(iter(used)))
    losers = {str(offer["code"]): costs.best(housed, (offer,))[0].cost for offer in offers}
    return Answer(best.cost, best.local if len(locals_) == 1 else None, applied if len(used) == 1 else None, losers)


class _Costs:
    """Rooms charged under sets of offers, remembered."""

    def __init__(self, document: Row, ask: Ask, product: Row, board: str) -> None:
        self.document, self.ask, self.product, self.board = document, ask, product, board
        self._known: dict[tuple[str, tuple[Person, ...], tuple[str, ...]], Outcome | None] = {}

    def best(self, housed: Iterable[Housing], offers: tuple[Row, ...]) -> list[Outcome]:
        """All the cheapest ways under these offers."""
        found = [one for way in housed if (one := self._way(way, offers)) is not None]
        lowest = min((one.cost for one in found), default=None)
        return [one for one in found if one.cost == lowest]

    def _way(self, way: Housing, offers: tuple[Row, ...]) -> Outcome | None:
        rooms = [self._room(code, guests, offers) for code, guests in way]
        known = [room for room in rooms if room is not None]
        if len(known) < len(rooms):
            return None
        used = frozenset[str]().union(*(room.used for room in known))
        return Outcome(
            sum((room.cost for room in known), Fraction(0)), sum((room.local for room in known), Fraction(0)), used
        )

    def _room(self, code: str, guests: tuple[Person, ...], offers: tuple[Row, ...]) -> Outcome | None:
        key = (code, guests, tuple(str(offer["code"]) for offer in offers))
        if key not in self._known:
            try:
                self._known[key] = self._charged(code, guests, offers)
            except NoPriceError:
                self._known[key] = None
        return self._known[key]

    def _charged(self, code: str, guests: tuple[Person, ...], offers: tuple[Row, ...]) -> Outcome:
        row = next(row for row in rows(self.document, "rooms") if row["code"] == code)
        room = Room(self.document, self.ask, row, guests)
        charges, base = package(room, self.product) if "nights" in self.product else nightly(room, self.product)
        charges += beside_the_room(room, self.board, str(self.product["board"]), base)
        left, used = reduce(room, charges, offers)
        added, local = taxes(room, left)
        net = sum((one.rounded - commission(self.document, one) for one in left if not one.charge.local), Fraction(0))
        on_the_spot = sum((one.rounded for one in left if one.charge.local), Fraction(0))
        return Outcome(net + added, local + on_the_spot, frozenset(used))
