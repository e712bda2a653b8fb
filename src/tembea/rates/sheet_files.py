"""From the bytes of a CSV file or workbook to rows of cells; a hostile file is refused with a name for what it is.

Nothing in a file is ever worked out: a formula is refused, and so are macros, links to other files, entities and
archives that unfold into more than they are. Rows are read one after the other.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NoReturn, TypeAlias
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tembea.rates.model import ImportProblem, ImportRefused

MAX_BYTES = 25_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 64
MAX_CELL_CHARACTERS = 2_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_PARTS = 1_000
MAX_SHEETS = 50
_CHUNK_BYTES = 1 << 20

Cell: TypeAlias = str | int | float | date | None
"""What stands in a cell; a moment is its day."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stands: `sheet` is None in a CSV file, `number` counts from 1 as spreadsheets do."""

    sheet: str | None
    number: int
    cells: Sequence[Cell]


def cell_name(column: int, row: int) -> str:
    """A cell as spreadsheets call it: column 0 of row 5 is A5."""
    return f"{get_column_letter(column + 1)}{row}"


def check_size(content: bytes) -> None:
    """Raise `ImportRefused` for a file over the limit."""
    if len(content) > MAX_BYTES:
        refuse("too_large", f"The file is over {MAX_BYTES // 1_000_000} MB. Split it.")


def refuse(code: str, message: str, *, row: int | None = None, column: str = "") -> NoReturn:
    """Raise `ImportRefused` for the file as a whole."""
    raise ImportRefused([ImportProblem(row, column, code, message)])


def decode(content: bytes) -> str:
    """The text of a file. Raises `ImportRefused` for any encoding but UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "The file is not UTF-8 text. Save it as UTF-8 (in Excel: CSV UTF-8) and send it again."
        raise ImportRefused([ImportProblem(None, "", "bad_encoding", message)]) from error
    if "\x00" in text:
        refuse("bad_encoding", "The file holds NUL characters. Save it as UTF-8 text and send it again.")
    return text


def read_csv(text: str) -> Iterator[RawRow]:
    """The rows of a CSV text, separated by comma, semicolon or tab as its first lines are."""
    csv.field_size_limit(MAX_CELL_CHARACTERS * 4)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            _check_bounds(number, cells)
            yield RawRow(None, number, [cell or None for cell in cells])
    except csv.Error as error:
        message = f"The table cannot be read here ({error}). Check quotes and separators."
        raise ImportRefused([ImportProblem(number + 1, "", "bad_syntax", message)]) from error


def _separator(text: str) -> str:
    head = text[:10_000]
    return max((",", ";", "\t"), key=head.count)


def read_workbook(content: bytes) -> Iterator[RawRow]:
    """The rows of every sheet of an XLSX workbook."""
    _check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        if len(book.worksheets) > MAX_SHEETS:
            refuse("too_many_sheets", f"The workbook has more than {MAX_SHEETS} sheets. Split it.")
        seen = 0
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a file claims of its size is not what it holds
            for number, values in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
                seen += 1
                _check_bounds(seen, values)
                if any(value is not None for value in values):
                    yield RawRow(sheet.title, number, [_plain(value) for value in values])
    except ImportRefused:
        raise
    except _DAMAGE as error:
        message = "The workbook is damaged. Open it in a spreadsheet program, save it as XLSX and send it again."
        raise ImportRefused([ImportProblem(None, "", "bad_workbook", message)]) from error


_DAMAGE = (ParseError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError)
"""What the reader raises for XML that is well packed and makes no sense."""


def _plain(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else f"={value!s}"


def _check_bounds(number: int, cells: Sequence[object]) -> None:
    if number > MAX_ROWS:
        refuse("too_many_rows", f"The file has more than {MAX_ROWS} rows. Split it.", row=number)
    if len(cells) > MAX_COLUMNS:
        refuse("too_many_columns", f"Row {number} has more than {MAX_COLUMNS} columns.", row=number)
    if any(isinstance(cell, str) and len(cell) > MAX_CELL_CHARACTERS for cell in cells):
        refuse("cell_too_long", f"A cell of row {number} has over {MAX_CELL_CHARACTERS} characters.", row=number)


_REFUSED_PARTS = {
    "vbaproject": ("macros", "The workbook holds macros. Save it as XLSX without them."),
    "xl/macrosheets/": ("macros", "The workbook holds macro sheets. Save it as XLSX without them."),
    "xl/externallinks/": ("external_links", "The workbook refers to other files. Break the links and save it again."),
    "xl/embeddings/": ("embedded_files", "The workbook has files inside. Remove them and save it again."),
    "xl/activex/": ("embedded_files", "The workbook has controls inside. Remove them and save it again."),
}


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive.infolist())
            for part in archive.infolist():
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_xml(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        message = "The workbook is damaged or locked. Save it as XLSX without a password and send it again."
        raise ImportRefused([ImportProblem(None, "", "bad_workbook", message)]) from error


def _check_parts(parts: Sequence[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        refuse("zip_bomb", "The workbook unfolds into far more than it is. Copy the rates into a new one.")
    names = [part.filename.lower() for part in parts]
    if len(set(names)) != len(names) or "[content_types].xml" not in names:
        refuse("bad_workbook", "The file is no XLSX workbook. Save it as XLSX and send it again.")
    for name in names:
        for mark, (code, message) in _REFUSED_PARTS.items():
            if mark in name:
                refuse(code, message)


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse document types and entities in any part, and any encoding that could hide them.

    An archive never gives more than it declared, so reading to the end is bounded by the check before.
    """
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            text = tail + chunk
            if b"\x00" in chunk:
                refuse("bad_encoding", "A part of the workbook is not UTF-8. Save it as XLSX again.")
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                refuse("entities", "The workbook's XML declares entities, which no spreadsheet program writes.")
            if b"macroEnabled" in text and part.filename == "[Content_Types].xml":
                refuse("macros", "The workbook may hold macros. Save it as XLSX without them.")
            tail = text[-16:]
