"""Files that are not what they say: each is refused by name, and nothing in one is ever worked out."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook

from tembea.rates import ImportRefused, PreparedFile, UnsupportedFile, prepare_file
from tests.rates.sheet_factories import DEFAULTS, csv_of, package, repacked, saved, workbook_of

GOOD = workbook_of(package())
BILLION = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>"""
READER = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>"""


def read(content: bytes, name: str = "rates.xlsx") -> PreparedFile:
    return prepare_file(name, content, DEFAULTS)


def refusal(content: bytes, name: str = "rates.xlsx") -> str:
    with pytest.raises(ImportRefused) as refused:
        read(content, name)
    assert refused.value.problems[0].message
    return refused.value.problems[0].code


def with_sheet(change: bytes, into: bytes) -> bytes:
    return repacked(GOOD, lambda name, part: part.replace(change, into) if "worksheets/sheet" in name else part)


@pytest.mark.parametrize("doctype", [BILLION, READER], ids=["billion laughs", "external entity"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_entities_are_refused_in_every_part(doctype: bytes, part: str) -> None:
    assert refusal(repacked(GOOD, lambda name, content: doctype if name == part else content)) == "entities"


def test_an_entity_hidden_by_another_encoding_is_refused() -> None:
    hidden = READER.decode().encode("utf-16")
    assert refusal(repacked(GOOD, lambda name, part: hidden if "sheet1" in name else part)) == "bad_encoding"


def test_an_archive_that_unfolds_without_end_is_refused_before_it_does() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        for number in range(3):
            bomb.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 80_000_000)
    assert len(packed.getvalue()) < 1_000_000
    assert refusal(packed.getvalue()) == "zip_bomb"


def test_an_archive_that_lies_about_its_sizes_is_damaged() -> None:
    content = bytearray(repacked(GOOD, lambda _, part: part, **{"xl/extra.xml": b"<a>" + b" " * 5_000_000 + b"</a>"}))
    entry = content.rindex(b"xl/extra.xml") - 46
    assert content[entry : entry + 4] == b"PK\x01\x02"
    content[entry + 24 : entry + 28] = (10).to_bytes(4, "little")  # what it claims to unfold into
    assert refusal(bytes(content)) == "bad_workbook"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "external_links"),
        ("xl/embeddings/oleObject1.bin", "embedded_files"),
        ("xl/activeX/activeX1.xml", "embedded_files"),
    ],
)
def test_what_is_more_than_a_table_is_refused(part: str, code: str) -> None:
    assert refusal(repacked(GOOD, lambda _, content: content, **{part: b"<a/>"})) == code


def test_a_workbook_that_calls_itself_one_with_macros_is_refused_whatever_its_name() -> None:
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert refusal(repacked(GOOD, lambda _, part: part.replace(kind, macro))) == "macros"


def test_formula_cells_are_refused_by_the_cell() -> None:
    read_back = read(workbook_of(package(total_pps="=10000*4"), package(hotel_name='=HYPERLINK("http://x","y")')))
    assert [(one.code, one.sheet, one.cell, one.column) for one in read_back.problems] == [
        ("formula", "Rates 2031", "I3", "total_pps"),
        ("formula", "Rates 2031", "A4", "hotel_name"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+27 21", "@SUM(A1)", "-cmd|' /C calc'!A0", "  =A1"])
def test_formulas_in_csv_are_refused_by_the_cell(text: str) -> None:
    problems = read(csv_of(package(room_type=text)), "rates.csv").problems
    assert [(one.code, one.row, one.column, one.cell) for one in problems] == [("formula", 2, "room_type", "D2")]


@pytest.mark.parametrize(
    "content",
    [
        csv_of(package(hotel_name="Côte d'Azur")).decode().encode("latin-1"),
        csv_of(package()).decode().encode("utf-16"),
        csv_of(package()).decode().encode("utf-16-le"),
        csv_of(package()).replace(b"Mwezi", b"Mw\x00zi"),
    ],
    ids=["latin-1", "utf-16", "utf-16 without a mark", "NUL"],
)
def test_other_encodings_are_refused_and_never_guessed(content: bytes) -> None:
    assert refusal(content, "rates.csv") == "bad_encoding"


def test_sizes_are_bounded() -> None:
    assert refusal(b"hotel_name," + b" " * 25_000_000, "rates.csv") == "too_large"
    assert refusal(b"hotel_name\n" + b"x\n" * 100_001, "rates.csv") == "too_many_rows"
    assert refusal(b"hotel_name" + b"," * 70 + b"\n", "rates.csv") == "too_many_columns"
    assert refusal(csv_of(package(hotel_name="x" * 3_000)), "rates.csv") == "cell_too_long"


def test_cells_at_the_far_end_of_a_sheet_cost_nothing() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1"] = "hotel_name", "far"
    sheet["A90000"] = "Mwezi Bay"
    assert [one.code for one in read(saved(book)).problems][:1] == ["missing_column"]
    sheet["A1048576"] = "Mwezi Bay"
    assert refusal(saved(book)) == "too_many_rows"


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and nothing more",
        GOOD[: len(GOOD) // 2],
        repacked(GOOD, lambda name, part: None if name == "xl/workbook.xml" else part),
        with_sheet(b"<sheetData>", b"<sheetData><row><c t="),
        with_sheet(b'r="A3"', b'r="!!"'),
        b"no workbook at all",
    ],
    ids=["short", "half", "without a book", "broken XML", "strange cell", "text"],
)
def test_a_damaged_workbook_is_refused(content: bytes) -> None:
    assert refusal(content) == "bad_workbook"


@pytest.mark.parametrize("name", ["rates.xls", "rates.ods", "rates.xlsb"])
def test_other_tables_are_refused_with_what_is_read_instead(name: str) -> None:
    with pytest.raises(UnsupportedFile, match="XLSX"):
        read(b"\xd0\xcf\x11\xe0 old workbook", name)


@pytest.mark.parametrize("name", ["rates.pdf", "rates.docx", "rates"])
def test_documents_for_people_are_no_rate_sheets(name: str) -> None:
    with pytest.raises(UnsupportedFile, match="XLSX or CSV"):
        read(b"%PDF-1.7 a contract", name)


def test_a_locked_workbook_says_so() -> None:
    with pytest.raises(UnsupportedFile, match="password"):
        read(b"\xd0\xcf\x11\xe0 locked workbook", "rates.xlsx")


def test_a_workbook_reads_like_the_csv_of_it() -> None:
    rows = [package(), package(room_type="Deluxe", total_single=None, check_in_date=datetime.date(2031, 5, 2))]
    book, text = read(workbook_of(*rows)), read(csv_of(*rows), "rates.csv")
    assert (book.problems, book.accepted) == (text.problems, text.accepted) == ([], 2)
    assert '"sheet": "Rates 2031", "sharing"' not in text.contracts[0].document
    assert book.contracts[0].document.count('"sheet": "Rates 2031"') == 2
