"""Exchange rates from outside: the reference rates of the European Central Bank, as a file or from an address.

The file is the bank's own (`eurofxref.csv`, `eurofxref-hist.csv`, or either in its ZIP archive): a column for each
currency, a row for each day, what one euro costs. Source: https://www.ecb.europa.eu/stats/eurofxref
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

import httpx

from tembea.kernel.money import is_currency

MAX_FILE_BYTES = 20_000_000
FETCH_TIMEOUT_S = 20.0
BASE, SOURCE = "EUR", "European Central Bank"
_RATE = re.compile(r"\d{1,10}(\.\d{1,8})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReferenceRate:
    """One `base` costs `rate` of `quote` on a day, by a source."""

    base: str
    quote: str
    rate: Decimal
    as_of: date
    source: str


class FxFileError(ValueError):
    """The text is no table of reference rates; the message says where and what to do."""


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
    """Every rate in the bank's file, plain or zipped. Raises `FxFileError`.

    N/A and the currencies of the past, which nobody sells in any more, are left out.
    """
    rows = list(csv.reader(io.StringIO(_text(content)), skipinitialspace=True))
    if not rows or rows[0][:1] != ["Date"]:
        raise FxFileError("Line 1 does not begin with Date. Use the European Central Bank's eurofxref file.")
    return [rate for line, row in enumerate(rows[1:], start=2) if any(row) for rate in _rates(line, rows[0], row)]


def _text(content: bytes) -> str:
    if len(content) > MAX_FILE_BYTES:
        raise FxFileError(f"The file has more than {MAX_FILE_BYTES} bytes. Import a shorter period.")
    try:
        return (_unzipped(content) if content.startswith(b"PK\x03\x04") else content).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FxFileError("The file is not text. Use the European Central Bank's eurofxref file.") from error


def _unzipped(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(archive.infolist()[0]) as file:
            unzipped = file.read(MAX_FILE_BYTES + 1)
    except (zipfile.BadZipFile, IndexError, RuntimeError, NotImplementedError) as error:
        raise FxFileError("The archive cannot be read. Download it again.") from error
    if len(unzipped) > MAX_FILE_BYTES:
        raise FxFileError(f"The archive unfolds to more than {MAX_FILE_BYTES} bytes.")
    return unzipped


def _rates(line: int, head: Sequence[str], row: Sequence[str]) -> Iterator[ReferenceRate]:
    day = _day(line, row[0])
    for currency, text in zip(head[1:], row[1:], strict=False):
        if not is_currency(currency) or text in ("", "N/A"):
            continue
        rate = Decimal(text) if _RATE.fullmatch(text) else Decimal(0)
        if not rate:
            raise FxFileError(f"Line {line}, {currency}: {text:.20} is no rate. Correct it or write N/A.")
        yield ReferenceRate(BASE, currency, rate, day, SOURCE)


def _day(line: int, text: str) -> date:
    """The history writes 2024-12-31, the daily file 31 December 2024."""
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day of the calendar, nowhere in particular
        except ValueError:
            continue
    raise FxFileError(f"Line {line}: {text:.20} is no day. Write it as 2024-12-31.")
