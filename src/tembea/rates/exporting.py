"""Live contracts as files that the import reads back: documents to the very same versions, sheets to the same terms.

A sheet holds less than a document can say. So a contract goes into a sheet only where the rows, read back, make the
same document; anything else is exported as documents, never shortened without a word.
"""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import cast

import yaml
from openpyxl import Workbook

from tembea.pricing.terms import INFANT_BAND, RestrictionKind, SupplementKind
from tembea.rates.document import ContractForm, PackageForm, RateForm
from tembea.rates.loading import load_values
from tembea.rates.model import ImportRefused, SheetTooSmall
from tembea.rates.reading import MAX_YAML_CHARACTERS, DocumentRefused
from tembea.rates.sheet_contracts import CHILD_BAND, Json, SheetDefaults, document_of, find_conflicts
from tembea.rates.sheet_figures import amount_cell
from tembea.rates.sheet_files import RawRow
from tembea.rates.sheet_rows import COLUMNS, SheetRow, read_rows

Columns = dict[str, str]


class ExportFormat(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    XLSX = "xlsx"
    YAML = "yaml"
    JSON = "json"


MEDIA_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.YAML: "application/yaml; charset=utf-8",
    ExportFormat.JSON: "application/json",
}


def write_export(
    documents: Sequence[Mapping[str, object]], wanted: ExportFormat | None, *, leave_out: bool = False
) -> tuple[ExportFormat, bytes]:
    """The documents in the format that is wanted; without one, a CSV where a sheet holds all of them, else YAML, or
    JSON where YAML would be longer than an import reads.

    Raises `SheetTooSmall` for a sheet that cannot hold them all, unless `leave_out`.
    """
    if wanted is ExportFormat.JSON:
        return wanted, _json(documents)
    if wanted is ExportFormat.YAML:
        return wanted, _yaml(documents)
    rows: list[Columns] = []
    too_much: list[str] = []
    for document in documents:
        found = find_sheet_rows(document)
        rows += found or []
        too_much += [] if found is not None else [str(cast("Json", document["hotel"])["name"])]
    if too_much and wanted is None:
        return _documents(documents)
    if too_much and not leave_out:
        raise SheetTooSmall(too_much)
    names = [name for name in COLUMNS if any(name in row for row in rows)] or list(COLUMNS)
    return (wanted or ExportFormat.CSV), (_workbook if wanted is ExportFormat.XLSX else _csv)(names, rows)


def _documents(documents: Sequence[Mapping[str, object]]) -> tuple[ExportFormat, bytes]:
    content = _yaml(documents)
    if len(content) <= MAX_YAML_CHARACTERS:
        return ExportFormat.YAML, content
    return ExportFormat.JSON, _json(documents)


def find_sheet_rows(document: Mapping[str, object]) -> list[Columns] | None:
    """The contract as rows of a sheet; None where a sheet cannot say all of it."""
    form = load_values(document).form
    rows = [*_nightly(form), *_packages(form)]
    return rows if rows and _reads_back(form, document, rows) else None


def _reads_back(form: ContractForm, document: Mapping[str, object], rows: Sequence[Columns]) -> bool:
    header, cells = list(COLUMNS), [[row.get(name) for name in COLUMNS] for row in rows]
    raw = [RawRow(None, number, line) for number, line in enumerate([header, *cells], 1)]
    try:
        read = list(read_rows(iter(raw)))
        good = [row for row in read if isinstance(row, SheetRow)]
        if len(good) != len(rows) or find_conflicts(good):
            return False
        again = document_of(good, SheetDefaults("export", form.currency, form.hotel.country, form.hotel.time_zone))
        return _bare(load_values(again).as_json()) == _bare(document)
    except (DocumentRefused, ImportRefused):
        return False


_PLACES = ("sheet", "page", "row", "cell", "cells", "source")


def _bare(value: object) -> object:
    """The document without the places in its source, amounts by their value."""
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, object]", value).items()
        return {key: _bare(entry) for key, entry in entries if key not in _PLACES and entry not in ([], None)}
    if isinstance(value, list):
        return [_bare(entry) for entry in cast("list[object]", value)]
    return Decimal(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value


_NUMBER = re.compile(r"\d+\.\d+")


def _hotel(form: ContractForm) -> Columns:
    hotel = form.hotel
    columns = {
        "hotel_name": _escaped(hotel.name),
        "destination": _escaped(hotel.destination),
        "country": hotel.country,
        "time_zone": hotel.time_zone,
        "currency": form.currency,
    }
    if hotel.stars is not None:
        columns["hotel_rating"] = format(hotel.stars.normalize(), "f")
    child = next((band for band in form.age_bands if band.code == CHILD_BAND), None)
    if child is not None:
        columns |= {"child_age_from": str(child.first), "child_age_to": str(child.last)}
    if form.lone_adult_rule is not None:
        columns["lone_adult_rule"] = form.lone_adult_rule.value
    release = next((row for row in form.restrictions if row.kind is RestrictionKind.RELEASE), None)
    return columns if release is None else columns | {"release_days": str(release.days)}


def _room(form: ContractForm, code: str) -> Columns:
    room = next(room for room in form.rooms if room.code == code)
    return {
        "room_type": _escaped(room.name or room.code),
        "max_adults": str(room.max_adults),
        "max_children": str(room.max_children),
    }


def _packages(form: ContractForm) -> list[Columns]:
    return [_hotel(form) | _room(form, package.room) | _package(package) for package in form.packages]


def _package(package: PackageForm) -> Columns:
    checkout = package.valid.last.toordinal() + 1
    amounts = {"pps": package.sharing, "single": package.single, "child": package.child, "infant": package.infant}
    return {
        "meal_plan": package.board.value,
        "check_in_date": str(package.valid.first),
        "check_out_date": str(type(package.valid.last).fromordinal(checkout)),
        "nights": str(package.nights),
        **{f"total_{name}": amount_cell(amount) for name, amount in amounts.items() if amount is not None},
    }


def _nightly(form: ContractForm) -> list[Columns]:
    """Rates that came from one row of a sheet become one row again."""
    groups: dict[object, list[RateForm]] = {}
    for place, rate in enumerate(form.rates):
        key = (rate.plan, rate.room, rate.sheet, rate.row) if rate.row is not None else place
        groups.setdefault(key, []).append(rate)
    return [_hotel(form) | _room(form, rates[0].room) | _night(form, rates) for rates in groups.values()]


def _night(form: ContractForm, rates: Sequence[RateForm]) -> Columns:
    first = rates[0]
    codes = [rate.season for rate in rates]
    seasons = [season for season in form.seasons if season.code in codes]
    plan = next(plan for plan in form.plans if plan.code == first.plan)
    columns = {
        "meal_plan": plan.board.value,
        "season_from": str(min(season.first for season in seasons)),
        "season_to": str(max(season.last for season in seasons)),
        "basis": plan.basis.value,
        "rate": amount_cell(first.amount),
    }
    if len(codes) == 1 and re.fullmatch(r"\d{8}-\d{8}", codes[0]) is None:
        columns["season"] = _escaped(codes[0])
    for rule in form.child_rules:
        if rule.percent is not None:
            columns["infant_pct" if rule.band == INFANT_BAND else "child_pct"] = amount_cell(rule.percent)
    return columns | _night_rules(form, first.room, codes[0])


def _night_rules(form: ContractForm, room: str, season: str) -> Columns:
    columns: Columns = {}
    for supplement in form.supplements:
        fits = room in supplement.rooms and season in supplement.seasons
        if fits and supplement.kind is SupplementKind.SINGLE and supplement.percent is not None:
            columns["single_supplement_pct"] = amount_cell(supplement.percent)
    for rule in form.restrictions:
        if rule.kind is RestrictionKind.MIN_STAY and room in rule.rooms and season in rule.seasons:
            columns["min_stay"] = str(rule.nights)
    return columns


def _escaped(text: str) -> str:
    """A text that no spreadsheet program works out: one that could be a formula stands behind an apostrophe."""
    return f"'{text}" if re.match(r"'*\s*[=+\-@]|[\t\r]", text) else text


def _csv(names: Sequence[str], rows: Sequence[Columns]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


_FIGURES = re.compile(r"total_\w+|rate|\w+_pct|nights|max_\w+|child_age_\w+|min_stay|release_days|hotel_rating")


def _workbook(names: Sequence[str], rows: Sequence[Columns]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rates")
    sheet.append(list(names))
    for row in rows:
        sheet.append([_figure(name, row.get(name)) for name in names])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _figure(name: str, text: str | None) -> str | float | None:
    """A number where the spreadsheet's own keeps it exactly, else the text."""
    if text is None or _FIGURES.fullmatch(name) is None:
        return text
    number = float(text)
    return number if Decimal(repr(number)) == Decimal(text) and number < 1e15 else text


def _json(documents: Sequence[Mapping[str, object]]) -> bytes:
    return json.dumps(documents, ensure_ascii=False).encode()


def _yaml(documents: Sequence[Mapping[str, object]]) -> bytes:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump_all(documents, Dumper=dumper, sort_keys=False, allow_unicode=True, explicit_start=True)
    return text.encode("utf-8")
