"""Exchange rates from outside: the reference rates of the European Central Bank, as a file or from an address.

The file is the bank's own (`eurofxref.csv`, `eurofxref-hist.csv`, or either in its ZIP archive): a column for each
currency, a row for each day, what one euro costs. Source: https://www.ecb.europa.eu/stats/eurofxref
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

import httpx

from tembea.kernel.money import is_currency

MAX_FILE_BYTES = 25_000_000
MAX_LINE_CHARS = 20_000
MAX_LINES = 20_000
"""Fifty years of days: the bank’s whole history has a third of it."""
MAX_RATES = 500_000
FAULTS_LISTED = 200
FETCH_TIMEOUT_S = 20.0
BASE, SOURCE = "EUR", "European Central Bank"
_RATE = re.compile(r"\d{1,10}(\.\d{1,8})?", re.ASCII)
_DAMAGE = (zipfile.BadZipFile, zlib.error, IndexError, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class ReferenceRate:
    """One `base` costs `rate` of `quote` on a day, by a source."""

    base: str
    quote: str
    rate: Decimal
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class FxFault:
    """One thing that keeps a table out: its line and column, where it has them, and what to do."""

    row: int | None
    column: str
    code: str
    message: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (f"Line {self.row}" if self.row else "", self.column) if part)
        return f"{place}: {self.message}" if place else self.message


class FxFileError(ValueError):
    """The text is no table of reference rates; the message says where and what to do.

    `accepted` and `rejected` count rows; of the faults at most `FAULTS_LISTED` are listed, `more` counts the others.
    """

    def __init__(self, faults: Sequence[FxFault], *, accepted: int = 0, rejected: int = 1, more: int = 0) -> None:
        others = len(faults) - 1 + more
        super().__init__(f"{faults[0]}{f' {others} more to correct.' if others else ''}")
        self.faults = tuple(faults)
        self.accepted = accepted
        self.rejected = rejected


class FxUnreachable(ConnectionError):
    """Nobody answers where the rates come from, or answers with something else; the stored ones stay as they are."""


class FxProvider(Protocol):
    """Where rates come from."""

    async def fetch(self) -> Sequence[ReferenceRate]:
        """The rates that are published now. Raises `FxUnreachable`, `FxFileError`."""
        ...


class NoFxFeed:
    """The embedded form: rates come by import alone."""

    async def fetch(self) -> Sequence[ReferenceRate]:
        """No rates."""
        return ()


@dataclass(frozen=True, slots=True)
class EcbFeed:
    """The bank's file behind an address."""

    url: str

    async def fetch(self) -> Sequence[ReferenceRate]:
        """The rates of the file. Raises `FxUnreachable`, `FxFileError`."""
        content = bytearray()
        try:
            async with (
                httpx.AsyncClient(timeout=FETCH_TIMEOUT_S, follow_redirects=True) as client,
                client.stream("GET", self.url) as answer,
            ):
                answer.raise_for_status()
                async for part in answer.aiter_bytes():
                    content += part
                    if len(content) > MAX_FILE_BYTES:
                        raise FxUnreachable(f"{self.url} sends more than a table of rates.")
        except httpx.HTTPError as failed:
            raise FxUnreachable(f"{self.url} does not answer as it should: {type(failed).__name__}.") from failed
        return read_ecb(bytes(content))


def build_fx_provider(url: str | None) -> FxProvider:
    """The feed at the address, or none."""
    return NoFxFeed() if url is None else EcbFeed(url)


def read_ecb(content: bytes) -> list[ReferenceRate]:
    """Every rate in the bank's file, plain or zipped. Raises `FxFileError`, which names every row that is at fault.

    N/A and the currencies of the past, which nobody sells in any more, are left out.
    """
    if len(content) > MAX_FILE_BYTES:
        raise _refused(f"The file has more than {MAX_FILE_BYTES // 1_000_000} MB. Import a shorter period.")
    plain = _unzipped(content) if content.startswith(b"PK\x03\x04") else content
    # Line by line: twenty-five million empty cells at once would be a gigabyte.
    lines = io.TextIOWrapper(io.BytesIO(plain), encoding="utf-8-sig", newline="")
    reader = csv.reader(iter(lambda: _line(lines), ""), skipinitialspace=True)
    try:
        return _read(reader)
    except UnicodeDecodeError as error:
        raise _refused("The file is not text. Use the European Central Bank's eurofxref file.") from error
    except csv.Error as error:
        raise _refused(f"Line {reader.line_num + 1} cannot be read as a table. Download the file again.") from error


def _line(lines: io.TextIOWrapper) -> str:
    line = lines.readline(MAX_LINE_CHARS + 1)
    if len(line) > MAX_LINE_CHARS:
        raise csv.Error("line too long")
    return line


def _unzipped(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(archive.infolist()[0]) as file:
            unzipped = file.read(MAX_FILE_BYTES + 1)
    except _DAMAGE as error:
        raise _refused("The archive cannot be read. Download it again.") from error
    if len(unzipped) > MAX_FILE_BYTES:
        raise _refused(f"The archive unfolds to more than {MAX_FILE_BYTES // 1_000_000} MB.")
    return unzipped


class _Rows(Protocol):
    """What `csv.reader` gives: rows, and how far it has read."""

    @property
    def line_num(self) -> int: ...
    def __iter__(self) -> Iterator[list[str]]: ...
    def __next__(self) -> list[str]: ...


def _read(rows: _Rows) -> list[ReferenceRate]:
    head = next(rows, list[str]())
    _check_head(head)
    rates: list[ReferenceRate] = []
    faults: list[FxFault] = []
    days: set[date] = set()
    accepted = rejected = more = 0
    for row in rows:
        if rows.line_num > MAX_LINES:
            raise _refused(f"The file has more than {MAX_LINES} lines. Import a shorter period.")
        if not any(row):
            continue
        found = list(_cells(rows.line_num, head, row, days))
        wrong = [one for one in found if isinstance(one, FxFault)]
        rates += [one for one in found if not isinstance(one, FxFault)]
        listed = wrong[: FAULTS_LISTED - len(faults)]
        faults += listed
        more += len(wrong) - len(listed)
        accepted, rejected = accepted + (not wrong), rejected + bool(wrong)
        if len(rates) > MAX_RATES:
            raise _refused(f"The file has more than {MAX_RATES} rates. Import a shorter period.")
    if faults:
        raise FxFileError(faults, accepted=accepted, rejected=rejected, more=more)
    return rates


def _check_head(head: Sequence[str]) -> None:
    if head[:1] != ["Date"]:
        message = "The file does not begin with Date. Use the European Central Bank's eurofxref file."
        raise FxFileError([FxFault(1, "", "not_reference_rates", message)])
    twice = next((name for name in head if is_currency(name) and head.count(name) > 1), None)
    if twice is not None:
        message = "There are two columns of this currency. Keep one."
        raise FxFileError([FxFault(1, twice, "duplicate_column", message)])


def _cells(line: int, head: Sequence[str], row: Sequence[str], days: set[date]) -> Iterator[ReferenceRate | FxFault]:
    day = _day(row[0])
    wrong = _day_fault(line, row[0], day, days)
    if wrong is not None or day is None:
        if wrong is not None:
            yield wrong
        return
    days.add(day)
    for currency, text in zip(head[1:], row[1:], strict=False):
        if not is_currency(currency) or text in ("", "N/A"):
            continue
        rate = Decimal(text) if _RATE.fullmatch(text) else Decimal(0)
        if rate:
            yield ReferenceRate(BASE, currency, rate, day, SOURCE)
        else:
            yield FxFault(line, currency, "bad_rate", f"{text:.20} is no rate. Correct it or write N/A.")


def _day_fault(line: int, text: str, day: date | None, known: set[date]) -> FxFault | None:
    """A stored rate is never changed, so a day that has not come yet would stay for good."""
    if day is None:
        return FxFault(line, "", "bad_date", f"{text:.20} is no day. Write it as 2024-12-31.")
    if day > datetime.now(UTC).date() + timedelta(days=1):
        return FxFault(line, "", "future_date", f"{text:.20} has not come yet. Correct the day.")
    if day in known:
        return FxFault(line, "", "duplicate_date", f"{text:.20} stands here a second time. Keep one row of a day.")
    return None


def _day(text: str) -> date | None:
    """The history writes 2024-12-31, the daily file 31 December 2024."""
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day of the calendar, nowhere in particular
        except ValueError:
            continue
    return None


def _refused(message: str) -> FxFileError:
    return FxFileError([FxFault(None, "", "not_reference_rates", message)])
