"""From the bytes of a file to contracts ready to be stored: documents as they are, rate sheets hotel by hotel."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tembea.pricing.contract import Hotel
from tembea.rates.loading import LoadedContract, load_documents, load_values
from tembea.rates.model import ImportProblem, ImportRefused, UnsupportedFile
from tembea.rates.reading import DocumentFault, DocumentRefused
from tembea.rates.sheet_contracts import SheetDefaults, by_hotel, document_of, find_conflicts
from tembea.rates.sheet_files import RawRow, check_size, decode, read_csv, read_workbook, refuse
from tembea.rates.sheet_rows import BadRow, SheetRow, read_rows

MAX_LISTED = 1_000
"""Problems that an answer lists; further ones are counted."""


@dataclass(frozen=True, slots=True)
class PreparedContract:
    """A checked document, ready to be stored, without the thousands of objects that checking it took."""

    hotel: Hotel
    currency: str
    commission_pct: Decimal
    source_document: str
    document: str
    sha256: str


@dataclass(slots=True)
class PreparedFile:
    """What a file holds: contracts, and what keeps the rest out. `accepted` and `rejected` count rows, or documents."""

    contracts: list[PreparedContract] = field(default_factory=list[PreparedContract])
    accepted: int = 0
    rejected: int = 0
    problems: list[ImportProblem] = field(default_factory=list[ImportProblem])
    unlisted: int = 0

    def note(self, problems: Sequence[ImportProblem]) -> None:
        """List the problems as far as there is room, and count the others."""
        room = max(0, MAX_LISTED - len(self.problems))
        self.problems += problems[:room]
        self.unlisted += len(problems[room:])

    def check(self) -> None:
        """Raise `ImportRefused` where anything is wrong, or nothing is there."""
        if not self.problems and not self.contracts:
            refuse("empty", "There are no rates in the file. Its first line names the columns, such as hotel_name.")
        if self.problems:
            raise ImportRefused(self.problems, rejected=self.rejected, more=self.unlisted)


def prepare(loaded: LoadedContract) -> PreparedContract:
    """A loaded document as it will be stored; `sha256` names its canonical form."""
    document = json.dumps(loaded.as_json(), sort_keys=True)
    contract = loaded.contract
    return PreparedContract(
        contract.hotel,
        contract.currency,
        contract.commission_pct,
        contract.source.document,
        document,
        hashlib.sha256(document.encode()).hexdigest(),
    )


def prepare_file(filename: str, content: bytes, defaults: SheetDefaults) -> PreparedFile:
    """Everything in a file. Raises `UnsupportedFile`, and `ImportRefused` for a file that cannot be read at all."""
    check_size(content)
    rows = _table(filename, content)
    return _prepare_documents(content) if rows is None else _prepare_rows(rows, defaults)


_ARCHIVE, _COMPOUND_FILE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHER_TABLES = (".xls", ".xlsb", ".ods", ".numbers")
_OTHER_DOCUMENTS = (".pdf", ".doc", ".docx", ".rtf", ".pages")


def _table(filename: str, content: bytes) -> Iterator[RawRow] | None:
    """The rows of a table; None where the file is a document. What it holds counts for more than what it is called."""
    name = filename.lower()
    if content.startswith(b"%PDF") or name.endswith(_OTHER_DOCUMENTS):
        raise UnsupportedFile("Rates are not read out of documents such as this. Put them into a table: XLSX or CSV.")
    if content.startswith(_COMPOUND_FILE) or name.endswith(_OTHER_TABLES):
        raise UnsupportedFile("Tables are read as XLSX (without a password) or CSV. Save the file as one of these.")
    if content.startswith(_ARCHIVE):
        return read_workbook(content)
    if name.endswith((".xlsx", ".xlsm")):
        refuse("bad_workbook", "The file is no XLSX workbook. Save it as XLSX and send it again.")
    if name.endswith((".csv", ".tsv")) or _begins_like_a_sheet(content):
        return read_csv(decode(content))
    return None


def _begins_like_a_sheet(content: bytes) -> bool:
    first = content[:4_000].lstrip(b"\xef\xbb\xbf \r\n").split(b"\n", 1)[0].lower()
    return b"hotel_name" in first.replace(b" ", b"_") and b":" not in first


def _prepare_documents(content: bytes) -> PreparedFile:
    prepared = PreparedFile()
    try:
        for loaded in load_documents(decode(content)):
            if isinstance(loaded, DocumentRefused):
                prepared.rejected += 1
                prepared.note([_problem_of(fault) for fault in loaded.faults])
            else:
                prepared.accepted += 1
                prepared.contracts.append(prepare(loaded))
    except DocumentRefused as refused:
        raise ImportRefused([_problem_of(fault) for fault in refused.faults]) from refused
    return prepared


def _problem_of(fault: DocumentFault) -> ImportProblem:
    return ImportProblem(fault.line, fault.loc, fault.code, fault.message)


def _prepare_rows(raw: Iterator[RawRow], defaults: SheetDefaults) -> PreparedFile:
    prepared = PreparedFile()
    good: list[SheetRow] = []
    for row in read_rows(raw):
        if isinstance(row, BadRow):
            prepared.rejected += 1
            prepared.note(row.problems)
        else:
            good.append(row)
    groups = by_hotel(good)
    del good
    for key in list(groups):
        _prepare_hotel(prepared, groups.pop(key), defaults)
    return prepared


def _prepare_hotel(prepared: PreparedFile, rows: Sequence[SheetRow], defaults: SheetDefaults) -> None:
    conflicts = find_conflicts(rows)
    prepared.note(conflicts)
    refused = {(conflict.sheet, conflict.row) for conflict in conflicts}
    kept = [row for row in rows if (row.place.sheet, row.place.row) not in refused]
    prepared.rejected += len(rows) - len(kept)
    if not kept:
        return
    try:
        prepared.contracts.append(prepare(load_values(document_of(kept, defaults))))
        prepared.accepted += len(kept)
    except DocumentRefused as fault:
        prepared.rejected += len(kept)
        place = kept[0].place
        prepared.note([place.problem(_column(one.loc), one.code, one.message) for one in fault.faults])


def _column(loc: str) -> str:
    """The column that a path of the document came from, where it is one of the hotel's."""
    name = loc.removeprefix("hotel.").split("[")[0]
    return {"name": "hotel_name", "stars": "hotel_rating"}.get(name, name)
