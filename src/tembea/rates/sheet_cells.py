"""The cells of one row of a rate sheet: what each says, or what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from tembea.kernel.money import is_currency, minor_units
from tembea.pricing.terms import Basis, Board, LoneAdultRule
from tembea.rates.model import ImportProblem, fold
from tembea.rates.sheet_figures import amount_fault, find_amount, find_day
from tembea.rates.sheet_files import Cell, cell_name

_STARS = re.compile(r"([0-7](?:[.,][05])?)[\s-]*(?:\*|stars?)?", re.IGNORECASE | re.ASCII)
_FORMULA = ("=", "@", "+")
_ESCAPED = re.compile(r"'+\s*[=+\-@]")
"""How an export writes a text that looks like a formula: behind one more apostrophe."""

BOARDS: Mapping[str, Board] = {
    **{board.value.lower(): board for board in Board},
    "room only": Board.RO,
    "bed breakfast": Board.BB,
    "bed and breakfast": Board.BB,
    "b b": Board.BB,
    "breakfast": Board.BB,
    "half board": Board.HB,
    "dinner bed and breakfast": Board.HB,
    "dinner bed breakfast": Board.HB,
    "dbb": Board.HB,
    "full board": Board.FB,
    "all inclusive": Board.AI,
    "all incl": Board.AI,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands; `columns` says which of its cells is which and is shared by the rows of a sheet."""

    sheet: str | None
    row: int
    columns: Mapping[str, int]

    def cell(self, column: str) -> str | None:
        """The name of the row's cell of a column, such as I5; None where the sheet has no such column."""
        place = self.columns.get(column)
        return None if place is None else cell_name(place, self.row)

    def words(self, seen_from: "Place") -> str:
        """The row as it is spoken of in another one, with its sheet where that is another too."""
        return f"row {self.row}" if self.sheet == seen_from.sheet else f"row {self.row} of {self.sheet}"

    def problem(self, column: str, code: str, message: str) -> ImportProblem:
        """Something wrong in that cell."""
        return ImportProblem(self.row, column, code, message, sheet=self.sheet, cell=self.cell(column))


@dataclass(frozen=True, slots=True)
class PackagePrices:
    """Totals per person for exactly `nights` nights; None is not sold."""

    nights: int
    sharing: Decimal | None
    single: Decimal | None
    child: Decimal | None
    infant: Decimal | None


@dataclass(frozen=True, slots=True)
class NightlyPrices:
    """A rate a night and what goes with it; percentages of the adult rate."""

    season: str | None
    basis: Basis
    rate: Decimal
    single_supplement_pct: Decimal | None
    child_pct: Decimal | None
    infant_pct: Decimal | None
    min_stay: int | None


@dataclass(slots=True)
class Cells:
    """The cells of one row by column, and what was found wrong with them."""

    place: Place
    values: Sequence[Cell]
    problems: list[ImportProblem] = field(default_factory=list[ImportProblem])

    def has(self, column: str) -> bool:
        """True when something stands there."""
        return self._value(column) is not None

    def text(self, column: str) -> str:
        """A text that must be there."""
        found = self.find_text(column)
        if not self.has(column):
            self._wrong(column, "missing_value", f"Fill in {column}.")
        return found or ""

    def find_text(self, column: str, limit: int = 200) -> str | None:
        """A text, if there is one."""
        value = self._value(column)
        if value is None or not self._is_plain(column, value):
            return None
        text = str(value).strip()
        text = text[1:] if _ESCAPED.match(text) else text
        if len(text) > limit or any(ord(char) < 32 for char in text):
            self._wrong(column, "bad_text", f"Write {column} on one line of at most {limit} characters.")
            return None
        return text

    def board(self) -> Board | None:
        """The meals."""
        text = self.text("meal_plan")
        board = BOARDS.get(fold(text)) if text else None
        if text and board is None:
            self._wrong("meal_plan", "unknown_board", f"{text} is no meal plan. Write RO, BB, HB, FB or AI.")
        return board

    def currency(self) -> str | None:
        """The currency, if the row names one."""
        text = self.find_text("currency")
        if text is None or is_currency(text.upper()):
            return text and text.upper()
        self._wrong("currency", "unknown_currency", f"{text} is no currency of ISO 4217. Write one such as USD or ZAR.")
        return None

    def stars(self) -> Decimal | None:
        """The rating, such as 4, 4.5 or "4 stars"."""
        text = self.find_text("hotel_rating")
        match = _STARS.fullmatch(text) if text else None
        if text and match is None:
            self._wrong("hotel_rating", "bad_rating", f"{text} is no rating. Write 0 to 7, halves allowed.")
        return Decimal(match[1].replace(",", ".")).normalize() + 0 if match else None

    def lone_adult_rule(self) -> LoneAdultRule | None:
        """How one adult with children pays, if the row says so."""
        text = self.find_text("lone_adult_rule")
        if text is None or text in list(LoneAdultRule):
            return None if text is None else LoneAdultRule(text)
        self._wrong("lone_adult_rule", "bad_value", f"Write one of {', '.join(LoneAdultRule)}.")
        return None

    def package(self) -> tuple[date | None, date | None, PackagePrices | None]:
        """The nights of a package's window, its check-out day not among them, and its prices."""
        first, checkout = self.days("check_in_date", "check_out_date")
        nights = self.whole("nights", 1, 365, needed=True)
        pps, single, child, infant = (self.amount(f"total_{name}") for name in ("pps", "single", "child", "infant"))
        for name, amount in (("pps", pps), ("single", single)):
            if amount == 0:
                self._wrong(f"total_{name}", "zero_amount", "Leave the cell empty where this is not sold.")
        if pps is None and single is None and not self.problems:
            self._wrong("total_pps", "missing_value", "Fill in total_pps, total_single, or both.")
        if first and checkout and nights and (checkout - first).days < nights:
            message = f"{nights} nights do not fit between {first} and {checkout}. Correct one of the three."
            self._wrong("nights", "window_too_short", message)
        if not (first and checkout and nights):
            return None, None, None
        return first, checkout - timedelta(days=1), PackagePrices(nights, pps, single, child, infant)

    def nightly(self) -> NightlyPrices | None:
        """The rate of a season's nights."""
        basis = self.basis()
        rate = self.amount("rate", needed=True)
        if rate == 0:
            self._wrong("rate", "zero_amount", "A night is never free. Correct the rate, or remove the row.")
        single, child, infant = (self._percent(f"{name}_pct") for name in _PERCENTS)
        season, min_stay = self.find_text("season", 60), self.whole("min_stay", 1, 365)
        if rate is None or basis is None:
            return None
        return NightlyPrices(season, basis, rate, single, child, infant, min_stay)

    def basis(self) -> Basis | None:
        """What the rate buys; per person sharing where the sheet does not say."""
        text = fold(self.find_text("basis") or Basis.PER_PERSON_NIGHT).replace(" ", "_")
        names = {basis.value: basis for basis in Basis} | {
            "person": Basis.PER_PERSON_NIGHT,
            "room": Basis.PER_ROOM_NIGHT,
        }
        names |= {"pps": Basis.PER_PERSON_NIGHT, "per_person": Basis.PER_PERSON_NIGHT, "per_room": Basis.PER_ROOM_NIGHT}
        if text not in names:
            self._wrong("basis", "bad_value", "Write per_person_night or per_room_night.")
        return names.get(text)

    def days(self, start: str, end: str) -> tuple[date | None, date | None]:
        """Two days in their order."""
        first, last = self._day(start), self._day(end)
        if first and last and last < first:
            self._wrong(end, "bad_dates", f"{end} ({last}) is before {start} ({first}). Swap or correct them.")
            return None, None
        return first, last

    def amount(self, column: str, *, needed: bool = False, limit: int | None = None) -> Decimal | None:
        """A decimal of zero or more, in any way of writing it that has one reading."""
        value = self._value(column)
        if value is None:
            if needed:
                self._wrong(column, "missing_value", f"Fill in {column}.")
            return None
        if not self._is_plain(column, value):
            return None
        is_figure = isinstance(value, int | float) and not isinstance(value, bool)
        text = _figure_text(value) if is_figure else str(value).strip()
        # Forty thousand per cent are none: where a limit says how large it can be, a point marks decimals.
        amount = find_amount(text, thousandths=is_figure or limit is not None or self._has_thousandths())
        if amount is None:
            self._wrong(column, "bad_amount", amount_fault(text))
        elif limit is not None and amount > limit:
            self._wrong(column, "bad_amount", f"{column} goes up to {limit}. Correct it.")
            return None
        return amount

    def _has_thousandths(self) -> bool:
        """True where the row's own currency is one of those with three decimals."""
        code = str(self._value("currency") or "").strip().upper()
        return is_currency(code) and minor_units(code) == 3

    def _percent(self, column: str) -> Decimal | None:
        """A percentage as people say it: 35 for 35 %. A cell in percent format holds 0.35, which is not guessed at."""
        found = self.amount(column, limit=1000)
        if found is not None and 0 < found <= 1:
            self._wrong(column, "bad_amount", f"Write {column} as a plain number, such as 35 for 35 %.")
            return None
        return found

    def whole(self, column: str, low: int, high: int, *, needed: bool = False) -> int | None:
        """A whole number between two bounds."""
        value = self._value(column)
        if value is None:
            if needed:
                self._wrong(column, "missing_value", f"Fill in {column}.")
            return None
        if not self._is_plain(column, value):
            return None
        text = re.sub(r"\.0+$", "", str(value).strip())
        if (
            isinstance(value, bool)
            or not (text.isascii() and text.isdigit() and len(text) < 6)
            or not low <= int(text) <= high
        ):
            self._wrong(column, "bad_number", f"Write {column} as a whole number from {low} to {high}.")
            return None
        return int(text)

    def _day(self, column: str) -> date | None:
        value = self._value(column)
        if isinstance(value, date):
            return value
        if value is None:
            self._wrong(column, "missing_value", f"Fill in {column}.")
            return None
        if not self._is_plain(column, value):
            return None
        text = str(value).strip()
        day = find_day(text)
        if day is None:
            self._wrong(column, "bad_date", f"“{text[:40]}” is no date. Write it as 2027-01-31, which nobody misreads.")
        return day

    def _value(self, column: str) -> Cell:
        place = self.place.columns.get(column)
        value = self.values[place] if place is not None and place < len(self.values) else None
        return None if isinstance(value, str) and not value.strip() else value

    def _is_plain(self, column: str, value: Cell) -> bool:
        """False, with a problem noted, for a cell that a spreadsheet program would work out."""
        text = value.lstrip() if isinstance(value, str) else ""
        is_formula = text.startswith(_FORMULA) or (text.startswith("-") and not text[1:2].isdigit())
        if is_formula:
            self._wrong(column, "formula", "Formulas are not read. Paste the value instead.")
        return not is_formula

    def _wrong(self, column: str, code: str, message: str) -> None:
        self.problems.append(self.place.problem(column, code, message))


def _figure_text(value: Cell) -> str:
    """A number as it stands in its cell, without an exponent."""
    try:
        text = format(Decimal(repr(value)), "f")
    except InvalidOperation:
        return str(value)
    return text.removesuffix(".0")


_PERCENTS = ("single_supplement", "child", "infant")
