"""Rate sheets for tests: CSV texts and workbooks."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from httpx import Response
from openpyxl import Workbook

from tembea.rates import SheetDefaults
from tests.app_fixtures import Agency

DEFAULTS = SheetDefaults("rates.csv", "ZAR", "ZA", "Africa/Johannesburg")
PACKAGE: Mapping[str, object] = {
    "hotel_name": "Mwezi Bay",
    "hotel_rating": 4,
    "destination": "Zanzibar",
    "room_type": "Standard",
    "meal_plan": "All Inclusive",
    "check_in_date": "2031-05-01",
    "check_out_date": "2031-05-31",
    "nights": 7,
    "total_pps": "40000",
    "total_single": "55000",
    "total_child": "20000",
}
NIGHTLY: Mapping[str, object] = {
    "hotel_name": "Dune Camp",
    "destination": "Sossusvlei",
    "room_type": "Tent",
    "meal_plan": "FB",
    "season_from": "2031-01-01",
    "season_to": "2031-03-31",
    "basis": "per_person_night",
    "rate": "120.50",
    "single_supplement_pct": "35",
    "child_pct": "50",
    "currency": "USD",
}


def package(**changes: object) -> dict[str, object]:
    return {**PACKAGE, **changes}


def nightly_row(**changes: object) -> dict[str, object]:
    return {**NIGHTLY, **changes}


def columns_of(rows: Sequence[Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def csv_of(*rows: Mapping[str, object], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns_of(rows), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def workbook_of(*rows: Mapping[str, object], title: str = "Rates 2031") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    names = columns_of(rows)
    sheet.append(["Our rates, with notes above the columns"])
    sheet.append(names)
    for row in rows:
        sheet.append([row.get(name) for name in names])
    return saved(book)


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None], **extra: bytes) -> bytes:
    """The workbook with its parts changed (None drops one) and parts added by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = change(name, source.read(name))
            if part is not None:
                target.writestr(name, part)
        for name, part in extra.items():
            target.writestr(name, part)
    return packed.getvalue()


async def send_sheet(agency: Agency, content: bytes, name: str = "rates.csv", **params: str) -> Response:
    return await agency.consultant.post("/api/v1/rates/import", files={"file": (name, content)}, params=params)
