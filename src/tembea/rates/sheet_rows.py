"""The columns of a rate sheet, and its rows one by one: what each says, or what is wrong with it, cell by cell.

Two kinds of row may stand in one sheet. A *package* row is a total per person for exactly `nights` nights inside a
window of days; a *nightly* row is a rate for the nights of a season. Which it is, its filled columns say.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz

from tembea.pricing.terms import Board, LoneAdultRule
from tembea.rates.model import ImportProblem
from tembea.rates.sheet_cells import Cells, NightlyPrices, PackagePrices, Place
from tembea.rates.sheet_files import Cell, RawRow

HOTEL_COLUMNS = ("hotel_name", "hotel_rating", "destination", "country", "time_zone", "currency")
ROOM_COLUMNS = ("room_type", "meal_plan", "max_adults", "max_children")
PACKAGE_COLUMNS = (
    "check_in_date",
    "check_out_date",
    "nights",
    "total_pps",
    "total_single",
    "total_child",
    "total_infant",
)
NIGHTLY_COLUMNS = (
    "season",
    "season_from",
    "season_to",
    "basis",
    "rate",
    "single_supplement_pct",
    "child_pct",
    "infant_pct",
)
RULE_COLUMNS = ("child_age_from", "child_age_to", "lone_adult_rule", "min_stay", "release_days")
COLUMNS = (*HOTEL_COLUMNS, *ROOM_COLUMNS, *PACKAGE_COLUMNS, *NIGHTLY_COLUMNS, *RULE_COLUMNS)
"""Every column that is read, in the order in which an export writes them."""

_NEEDED = ("hotel_name", "destination", "room_type", "meal_plan")
_NEEDED_PACKAGE = ("check_in_date", "check_out_date", "nights")
_NEEDED_NIGHTLY = ("season_from", "season_to", "rate")
_HEADER_WITHIN = 20
_LIKENESS = 85
_ALIAS = re.compile(r"total_(\d+)_?nights?_(pps|single|child|infant)")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that makes sense by itself. `first` and `last` are nights; what the sheet leaves out is None."""

    place: Place
    hotel_name: str
    destination: str
    stars: Decimal | None
    country: str | None
    time_zone: str | None
    currency: str | None
    room: str
    board: Board
    max_adults: int | None
    max_children: int | None
    child_age_from: int | None
    child_age_to: int | None
    lone_adult_rule: LoneAdultRule | None
    release_days: int | None
    first: date
    last: date
    prices: PackagePrices | NightlyPrices


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row, or a whole sheet (row None), that cannot be taken, with every reason."""

    problems: tuple[ImportProblem, ...]


def read_rows(raw: Iterator[RawRow]) -> Iterator[SheetRow | BadRow]:
    """The rows of every sheet that has a line of column names; a sheet without one, such as notes, is passed over."""
    sheet: str | None = None
    columns: dict[str, int] | None = None
    looked = width = 0
    for row in raw:
        if row.sheet != sheet:
            sheet, columns, looked = row.sheet, None, 0
        if columns is None:
            looked += 1
            columns, width = _header(row.cells) if looked <= _HEADER_WITHIN else None, len(row.cells)
            if columns and (problems := list(_header_problems(row, columns))):
                yield BadRow(tuple(problems))
                columns = {}
        elif columns and any(cell is not None and str(cell).strip() for cell in row.cells):
            yield _shifted(row, columns, width) or _row(row, columns)


def _shifted(row: RawRow, columns: Mapping[str, int], width: int) -> BadRow | None:
    """A line of a text that holds more than its columns: a separator too many shifts every price by one."""
    if row.sheet is not None or all(cell is None or not str(cell).strip() for cell in row.cells[width:]):
        return None
    message = f"This row has {len(row.cells)} cells for {width} columns. Check its separators and quotes."
    return BadRow((Place(None, row.number, columns).problem("", "extra_cell", message),))


def _header(cells: Sequence[Cell]) -> dict[str, int] | None:
    named = {name: place for place, name in reversed(list(enumerate(_names(cells)))) if name}
    return named if "hotel_name" in named else None


def _names(cells: Sequence[Cell]) -> list[str]:
    return [_column(cell) if isinstance(cell, str) else "" for cell in cells]


def _column(text: str) -> str:
    name = re.sub(r"\W+", "_", text.strip().casefold()).strip("_")
    name = {"hotel": "hotel_name", "rating": "hotel_rating", "stars": "hotel_rating", "board": "meal_plan"}.get(
        name, name
    )
    alias = _ALIAS.fullmatch(name)
    return f"total_{alias[2]}" if alias else name


def _header_problems(row: RawRow, columns: Mapping[str, int]) -> Iterator[ImportProblem]:
    place = Place(row.sheet, row.number, columns)
    kinds = [kind for kind in (_NEEDED_PACKAGE, _NEEDED_NIGHTLY) if any(name in columns for name in kind)]
    needed = [*_NEEDED, *(name for kind in kinds or [_NEEDED_PACKAGE] for name in kind)]
    names = _names(row.cells)
    for name in COLUMNS:
        if names.count(name) > 1:
            yield place.problem(name, "duplicate_column", f"There are several columns {name}. Keep one of them.")
    for name in needed:
        if name not in columns:
            yield place.problem(name, "missing_column", f"The column {name} is needed. Add it to the first line.")
    if _NEEDED_PACKAGE in kinds and not {"total_pps", "total_single"} & set(columns):
        yield place.problem("total_pps", "missing_column", "Add the column total_pps, total_single, or both.")
    for name in columns:
        near = next((known for known in COLUMNS if known not in columns and fuzz.ratio(known, name) >= _LIKENESS), None)
        if name not in COLUMNS and near is not None:
            yield place.problem(name, "unknown_column", f"There is no column {name}. If you mean {near}, rename it.")


def _row(row: RawRow, columns: Mapping[str, int]) -> SheetRow | BadRow:
    cells = Cells(Place(row.sheet, row.number, columns), row.cells)
    nightly = cells.has("season_from") or cells.has("rate")
    name, destination, room = cells.text("hotel_name"), cells.text("destination"), cells.text("room_type")
    board, currency = cells.board(), cells.currency()
    stars, country, zone = cells.stars(), cells.find_text("country"), cells.find_text("time_zone")
    adults, children = cells.whole("max_adults", 1, 20), cells.whole("max_children", 0, 20)
    low, high = cells.whole("child_age_from", 0, 17), cells.whole("child_age_to", 0, 17)
    rule, release = cells.lone_adult_rule(), cells.whole("release_days", 0, 1000)
    if nightly:
        first, last, prices = *cells.days("season_from", "season_to"), cells.nightly()
    else:
        first, last, prices = cells.package()
    if cells.problems or first is None or last is None or board is None or prices is None:
        return BadRow(tuple(cells.problems))
    return SheetRow(
        place=cells.place,
        hotel_name=name,
        destination=destination,
        stars=stars,
        country=country and country.upper(),
        time_zone=zone,
        currency=currency,
        room=room,
        board=board,
        max_adults=adults,
        max_children=children,
        child_age_from=low,
        child_age_to=high,
        lone_adult_rule=rule,
        release_days=release,
        first=first,
        last=last,
        prices=prices,
    )
