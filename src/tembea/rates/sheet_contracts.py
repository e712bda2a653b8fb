"""From the rows of a rate sheet to contract documents: one a hotel, in the normative form, every price with its cell.

What a sheet cannot say is written into the document, where everybody can read it: two adults share a room, children are
2 to 11 years old, a lone adult with children pays as the sheet's `lone_adult_rule` says, else the single price.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from tembea.pricing.canonical import decimal_text
from tembea.pricing.terms import ADULT_BAND, INFANT_BAND, Basis, Board, LoneAdultRule
from tembea.rates.document import MAX_ROWS
from tembea.rates.model import ImportProblem, fold
from tembea.rates.sheet_cells import NightlyPrices, PackagePrices, Place
from tembea.rates.sheet_rows import SheetRow

CHILD_BAND = "child"
DEFAULT_GUESTS = 2
"""Adults, and children, that a room holds where the sheet does not say."""
DEFAULT_CHILD_AGES = (2, 11)
LAST_CHILD_AGE = 17

T = TypeVar("T")
Json = dict[str, object]
Nightly = Sequence[tuple[SheetRow, NightlyPrices]]


@dataclass(frozen=True, slots=True)
class HotelFacts:
    """Where a hotel stands, as far as the agency knows already."""

    country: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class SheetDefaults:
    """What stands in for columns that a sheet leaves out: the request's word, the agency's, or what is known.

    `hotels` and `destinations` are by folded name.
    """

    document: str
    currency: str
    country: str
    time_zone: str
    lone_adult_rule: LoneAdultRule = LoneAdultRule.ADULT_SINGLE_PLUS_CHILD
    hotels: Mapping[str, HotelFacts] = field(default_factory=dict[str, HotelFacts])
    destinations: Mapping[str, HotelFacts] = field(default_factory=dict[str, HotelFacts])


def by_hotel(rows: Iterable[SheetRow]) -> dict[str, list[SheetRow]]:
    """Rows by hotel, wherever in the file they stand."""
    grouped: dict[str, list[SheetRow]] = {}
    for row in rows:
        grouped.setdefault(fold(row.hotel_name), []).append(row)
    return grouped


def find_conflicts(rows: Sequence[SheetRow]) -> list[ImportProblem]:
    """Where rows of one hotel contradict each other; each problem names the later row."""
    return [*_facts_told_twice(rows), *_prices_told_twice(rows)]


def document_of(rows: Sequence[SheetRow], defaults: SheetDefaults) -> Json:
    """The contract document of one hotel's rows, which do not contradict each other."""
    nightly, packages = _split(rows)
    rooms = _rooms(rows)
    segments = _Segments(nightly)
    document: Json = {
        "contract": 1,
        "hotel": _hotel(rows, defaults),
        "currency": _first(row.currency for row in rows) or defaults.currency,
        "source": {"document": defaults.document},
        "age_bands": _age_bands(rows),
        "rooms": list(rooms.values()),
        "plans": _plans(nightly),
        "seasons": segments.seasons(),
        "rates": [entry for row, prices in nightly for entry in _rates(row, prices, rooms, segments)],
        "child_rules": _child_rules(nightly),
        "supplements": _singles(nightly, rooms, segments),
        "restrictions": _restrictions(rows, nightly, rooms, segments),
        "packages": [_package(row, prices, rooms) for row, prices in packages],
    }
    if _prices_children(rows):
        document["lone_adult_rule"] = (_first(row.lone_adult_rule for row in rows) or defaults.lone_adult_rule).value
    return {key: value for key, value in document.items() if value != []}


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def _split(
    rows: Sequence[SheetRow],
) -> tuple[list[tuple[SheetRow, NightlyPrices]], list[tuple[SheetRow, PackagePrices]]]:
    nightly = [(row, row.prices) for row in rows if isinstance(row.prices, NightlyPrices)]
    packages = [(row, row.prices) for row in rows if isinstance(row.prices, PackagePrices)]
    return nightly, packages


_FACTS = (
    "destination", "hotel_rating", "country", "time_zone", "currency", "child_age_from", "child_age_to",
    "lone_adult_rule", "release_days",
)  # fmt: skip


def _facts(row: SheetRow) -> tuple[object, ...]:
    return (
        fold(row.destination), row.stars, row.country, row.time_zone, row.currency, row.child_age_from,
        row.child_age_to, row.lone_adult_rule, row.release_days,
    )  # fmt: skip


def _facts_told_twice(rows: Sequence[SheetRow]) -> Iterator[ImportProblem]:
    """A hotel has one destination, rating, currency; a room type one size; all its children pay by one rule."""
    known: dict[tuple[str, str], tuple[object, Place]] = {}
    for row in rows:
        said = [("", name, value) for name, value in zip(_FACTS, _facts(row), strict=True)]
        room = fold(row.room)
        said += [(room, "max_adults", row.max_adults), (room, "max_children", row.max_children)]
        if isinstance(row.prices, NightlyPrices):
            said += [("", "child_pct", row.prices.child_pct), ("", "infant_pct", row.prices.infant_pct)]
        for owner, name, value in said:
            if value is None:
                continue
            before, where = known.setdefault((owner, name), (value, row.place))
            if before != value:
                other = f"{row.hotel_name} has another {name} in {where.words(row.place)}"
                message = f"{other}. Make them one, or name the hotels apart."
                yield row.place.problem(name, "conflict", message)


def _prices_told_twice(rows: Sequence[SheetRow]) -> Iterator[ImportProblem]:
    nightly, packages = _split(rows)
    sold: dict[tuple[object, ...], Place] = {}
    for row, prices in packages:
        key = (fold(row.room), row.board, prices.nights, row.first, row.last)
        where = sold.setdefault(key, row.place)
        if where is not row.place:
            message = (
                f"In {where.words(row.place)} the same room, meals, nights and dates have a price. Keep one of them."
            )
            yield row.place.problem("check_in_date", "duplicate_row", message)
    segments = _Segments(nightly)
    if sum(segments.count(row) for row, _ in nightly) > MAX_ROWS or len(packages) > MAX_ROWS:
        yield rows[0].place.problem(
            "hotel_name", "too_many_rates", f"One hotel has more than {MAX_ROWS} rates. Split it."
        )
        return
    yield from _nights_told_twice(nightly, segments)


def _nights_told_twice(nightly: Nightly, segments: "_Segments") -> Iterator[ImportProblem]:
    priced: dict[tuple[object, ...], Place] = {}
    ruled: dict[tuple[object, ...], tuple[object, Place]] = {}
    for row, prices in nightly:
        room, faults = fold(row.room), dict[str, ImportProblem]()
        for code in segments.codes(row):
            where = priced.setdefault((room, row.board, prices.basis, code), row.place)
            if where is not row.place:
                message = f"In {where.words(row.place)} nights of this season have a price for the same room and meals."
                faults["season_from"] = row.place.problem("season_from", "season_overlap", message)
            for name, value in (("single_supplement_pct", prices.single_supplement_pct), ("min_stay", prices.min_stay)):
                if value is None:
                    continue
                before, where = ruled.setdefault((room, name, code), (value, row.place))
                if before != value:
                    other = f"This room and season have another {name} in {where.words(row.place)}"
                    message = f"{other}. It is one for all meals."
                    faults[name] = row.place.problem(name, "conflict", message)
        yield from faults.values()


class _Segments:
    """The ranges of nights between all dates at which a price changes: the hotel's seasons, which never overlap."""

    def __init__(self, nightly: Nightly) -> None:
        self._starts = sorted({day for row, _ in nightly for day in (row.first, row.last + timedelta(days=1))})
        self._ranges = {(row.first, row.last) for row, _ in nightly}
        names: dict[str, set[tuple[date, date]]] = {}
        for row, prices in nightly:
            if prices.season is not None:
                names.setdefault(prices.season, set()).add((row.first, row.last))
        self._names = {next(iter(owned)): name for name, owned in names.items() if len(owned) == 1}

    def count(self, row: SheetRow) -> int:
        """How many seasons the row's nights fall into."""
        return len(self._between(row.first, row.last))

    def codes(self, row: SheetRow) -> list[str]:
        """The codes of these seasons."""
        return [self._code(self._span(at)) for at in self._between(row.first, row.last)]

    def seasons(self) -> list[Json]:
        """The seasons of the document; a hole between two of them stays one."""
        used = {at for first, last in self._ranges for at in self._between(first, last)}
        spans = [self._span(at) for at in sorted(used)]
        return [{"code": self._code(span), "from": str(span[0]), "to": str(span[1])} for span in spans]

    def _between(self, first: date, last: date) -> range:
        return range(bisect_left(self._starts, first), bisect_left(self._starts, last + timedelta(days=1)))

    def _span(self, at: int) -> tuple[date, date]:
        return self._starts[at], self._starts[at + 1] - timedelta(days=1)

    def _code(self, span: tuple[date, date]) -> str:
        return self._names.get(span) or f"{span[0]:%Y%m%d}-{span[1]:%Y%m%d}"


def _hotel(rows: Sequence[SheetRow], defaults: SheetDefaults) -> Json:
    first = rows[0]
    known = defaults.hotels.get(fold(first.hotel_name)) or defaults.destinations.get(fold(first.destination))
    facts = known or HotelFacts(defaults.country, defaults.time_zone)
    hotel: Json = {
        "name": first.hotel_name,
        "destination": first.destination,
        "country": _first(row.country for row in rows) or facts.country,
        "time_zone": _first(row.time_zone for row in rows) or facts.time_zone,
    }
    stars = _first(row.stars for row in rows)
    if stars is not None:
        hotel["stars"] = int(stars) if stars == int(stars) else float(stars)
    return hotel


def _rooms(rows: Sequence[SheetRow]) -> dict[str, Json]:
    """The room types by folded name, in the order of the sheet."""
    rooms: dict[str, Json] = {}
    sizes: dict[str, dict[str, int]] = {}
    for row in rows:
        key = fold(row.room)
        said = {"max_adults": row.max_adults, "max_children": row.max_children}
        sizes.setdefault(key, {}).update({name: value for name, value in said.items() if value is not None})
        code = key.replace(" ", "-")[:50]
        taken = any(room["code"] == code for name, room in rooms.items() if name != key)
        rooms.setdefault(key, {"code": f"{code}-{len(rooms) + 1}" if taken else code, "name": row.room})
    for key, room in rooms.items():
        adults = sizes[key].get("max_adults", DEFAULT_GUESTS)
        children = sizes[key].get("max_children", DEFAULT_GUESTS)
        room |= {"base_adults": min(DEFAULT_GUESTS, adults), "max_adults": adults, "max_children": children}
    return rooms


def _age_bands(rows: Sequence[SheetRow]) -> list[Json]:
    """Infants, children, and from there on adults, who are children in the request and adults in price."""
    low = _first(row.child_age_from for row in rows)
    high = _first(row.child_age_to for row in rows)
    first = DEFAULT_CHILD_AGES[0] if low is None else low
    last = max(first, DEFAULT_CHILD_AGES[1] if high is None else high)
    bands = [(INFANT_BAND, 0, first - 1), (CHILD_BAND, first, last), (ADULT_BAND, last + 1, LAST_CHILD_AGE)]
    return [{"code": code, "from": start, "to": end} for code, start, end in bands if start <= end]


def _plan_code(board: Board, basis: Basis) -> str:
    return board.lower() if basis is Basis.PER_PERSON_NIGHT else f"{board.lower()}-room"


def _plans(nightly: Nightly) -> list[Json]:
    kinds = dict.fromkeys((row.board, prices.basis) for row, prices in nightly)
    return [{"code": _plan_code(board, basis), "board": board.value, "basis": basis.value} for board, basis in kinds]


def _source(place: Place, column: str) -> Json:
    return {
        key: value for key, value in (("sheet", place.sheet), ("row", place.row), ("cell", place.cell(column))) if value
    }


def _rates(row: SheetRow, prices: NightlyPrices, rooms: Mapping[str, Json], segments: _Segments) -> Iterator[Json]:
    for code in segments.codes(row):
        yield {
            "plan": _plan_code(row.board, prices.basis),
            "room": rooms[fold(row.room)]["code"],
            "season": code,
            "amount": decimal_text(prices.rate),
            **_source(row.place, "rate"),
        }


def _child_rules(nightly: Nightly) -> list[Json]:
    rules: list[Json] = []
    for band, column in ((INFANT_BAND, "infant_pct"), (CHILD_BAND, "child_pct")):
        for row, prices in nightly:
            percent = prices.infant_pct if band == INFANT_BAND else prices.child_pct
            if percent is not None:
                rules.append({"band": band, "percent": decimal_text(percent), **_source(row.place, column)})
                break
    return rules


def _prices_children(rows: Sequence[SheetRow]) -> bool:
    return any(
        (prices.child_pct if isinstance(prices, NightlyPrices) else prices.child) is not None
        or (prices.infant_pct if isinstance(prices, NightlyPrices) else prices.infant) is not None
        for prices in (row.prices for row in rows)
    )


def _singles(nightly: Nightly, rooms: Mapping[str, Json], segments: _Segments) -> list[Json]:
    found: dict[tuple[str, str], Json] = {}
    seasons: dict[tuple[str, str], dict[str, None]] = {}
    for row, prices in nightly:
        if prices.single_supplement_pct is None or prices.basis is Basis.PER_ROOM_NIGHT:
            continue
        key = (str(rooms[fold(row.room)]["code"]), decimal_text(prices.single_supplement_pct))
        found.setdefault(key, _source(row.place, "single_supplement_pct"))
        seasons.setdefault(key, {}).update(dict.fromkeys(segments.codes(row)))
    return [
        {"kind": "single", "percent": key[1], "seasons": list(seasons[key]), "rooms": [key[0]], **source}
        for key, source in found.items()
    ]


def _restrictions(
    rows: Sequence[SheetRow],
    nightly: Nightly,
    rooms: Mapping[str, Json],
    segments: _Segments,
) -> list[Json]:
    listed: list[Json] = []
    release = next((row for row in rows if row.release_days is not None), None)
    if release is not None:
        listed.append({"kind": "release", "days": release.release_days, **_source(release.place, "release_days")})
    found: dict[tuple[str, int], Json] = {}
    seasons: dict[tuple[str, int], dict[str, None]] = {}
    for row, prices in nightly:
        if prices.min_stay is not None and prices.min_stay > 1:
            key = (str(rooms[fold(row.room)]["code"]), prices.min_stay)
            found.setdefault(key, _source(row.place, "min_stay"))
            seasons.setdefault(key, {}).update(dict.fromkeys(segments.codes(row)))
    listed += [
        {
            "kind": "min_stay",
            "mode": "arrival",
            "nights": key[1],
            "seasons": list(seasons[key]),
            "rooms": [key[0]],
            **source,
        }
        for key, source in found.items()
    ]
    return listed


def _package(row: SheetRow, prices: PackagePrices, rooms: Mapping[str, Json]) -> Json:
    room = str(rooms[fold(row.room)]["code"])
    amounts = {"sharing": prices.sharing, "single": prices.single, "child": prices.child, "infant": prices.infant}
    columns = {"sharing": "total_pps", "single": "total_single", "child": "total_child", "infant": "total_infant"}
    sold = {name: decimal_text(amount) for name, amount in amounts.items() if amount is not None}
    cells = {name: cell for name in sold if (cell := row.place.cell(columns[name])) is not None}
    package: Json = {
        "code": f"{room[:20]}-{row.board}-{prices.nights}n-{row.first:%Y%m%d}-{row.last:%Y%m%d}",
        "board": row.board.value,
        "room": room,
        "nights": prices.nights,
        "valid": {"from": str(row.first), "to": str(row.last)},
        **sold,
        "cells": cells,
        **_source(row.place, columns[next(iter(sold))]),
    }
    return package | ({"child_band": CHILD_BAND} if prices.child is not None else {})
