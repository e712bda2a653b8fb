"""Exports: what is written is read back to the very same versions, and nothing in it is a formula."""

import csv
import io
from collections.abc import Mapping

import pytest

from tembea.rates import exporting, service
from tests.app_fixtures import Agency
from tests.rates.rates_factories import document, nightly, send_contract
from tests.rates.sheet_factories import csv_of, nightly_row, package, send_sheet

ROWS = (
    package(total_infant="0"),
    package(room_type="Deluxe", total_single=None, total_child=None, total_pps="450.1250", max_adults="3"),
    nightly_row(hotel_rating="4.5", min_stay="2", season="Green"),
    nightly_row(season_from="2031-04-01", season_to="2031-10-31", rate="185.1250"),
    nightly_row(room_type="Villa", season_from="2031-02-01", season_to="2031-10-31", basis="room", rate="900"),
)


async def export(agency: Agency, **params: str) -> tuple[str, bytes]:
    answer = await agency.consultant.get("/api/v1/rates/export", params=params)
    assert answer.status_code == 200, answer.text
    return answer.headers["content-type"].split(";")[0], answer.content


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "yaml", "json"])
async def test_what_is_exported_is_read_back_as_the_same_contracts(
    agency: Agency, other_agency: Agency, file_format: str
) -> None:
    await send_sheet(agency, csv_of(*({"currency": "ZAR", **row} for row in ROWS)))
    _, content = await export(agency, format=file_format)

    again = await send_sheet(other_agency, content, f"rates.{file_format}")
    _, second = await export(other_agency, format="csv")

    assert again.status_code == 200, again.text
    assert (again.json()["created"], again.json()["errors"]) == (2, [])
    _, first = await export(agency, format="csv")
    assert second == first


async def test_without_a_format_nothing_is_lost(agency: Agency, other_agency: Agency) -> None:
    await send_sheet(agency, csv_of(package()))
    plain, _ = await export(agency)
    await send_contract(agency, document())
    full, content = await export(agency)

    await send_sheet(other_agency, content, "rates.yaml")
    refused = await agency.consultant.get("/api/v1/rates/export", params={"format": "csv"})
    _, fitting = await export(agency, format="csv", fitting="true")

    assert (plain, full) == ("text/csv", "application/yaml")
    assert (refused.status_code, refused.json()["code"]) == (422, "not_a_sheet")
    assert "Baobab Lodge" in refused.json()["detail"]
    assert {row["hotel_name"] for row in csv.DictReader(io.StringIO(fitting.decode()))} == {"Mwezi Bay"}
    assert await export(other_agency, format="json") == await export(agency, format="json")


async def test_what_is_too_long_to_be_read_back_as_yaml_is_json(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send_contract(agency, document())
    monkeypatch.setattr(exporting, "MAX_YAML_CHARACTERS", 1_000)

    kind, content = await export(agency)

    assert kind == "application/json"
    assert (await send_sheet(agency, content, "rates.json")).json()["created"] == 0


@pytest.mark.parametrize(
    "name", ["=1+1", "+Camp", "-Camp", "@Camp", "'=quoted", "'plain", '=HYPERLINK("http://x","y")']
)
async def test_a_name_that_looks_like_a_formula_is_none_in_the_file_and_comes_back(
    agency: Agency, other_agency: Agency, name: str
) -> None:
    await send_sheet(agency, csv_of(package()))
    _, sheet = await export(agency, format="json")
    await send_sheet(agency, sheet.replace(b'"Mwezi Bay"', b'"' + name.replace('"', '\\"').encode() + b'"'), "a.json")

    for file_format in ("csv", "xlsx"):
        _, content = await export(agency, format=file_format)
        if file_format == "csv":
            cells = [cell for row in csv.reader(io.StringIO(content.decode())) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        answer = (await send_sheet(other_agency, content, f"rates.{file_format}")).json()
        assert answer["errors"] == []

    hotels = (await other_agency.consultant.get("/api/v1/rates/hotels")).json()["items"]
    assert {hotel["name"] for hotel in hotels} == {name, "Mwezi Bay"}


async def test_more_hotels_than_a_file_holds_are_refused_and_none_left_out(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "EXPORT_LIMIT", 1)
    await send_contract(agency, document())
    assert len((await export(agency))[1]) > 0

    await send_contract(agency, nightly("Acacia Camp", "100.00"))
    answer = await agency.consultant.get("/api/v1/rates/export")

    assert (answer.status_code, answer.json()["code"]) == (422, "too_many_hotels")


async def test_an_export_holds_live_contracts_of_the_own_agency_alone(agency: Agency, other_agency: Agency) -> None:
    await send_contract(agency, nightly("Baobab Lodge", "100"))
    await send_contract(agency, nightly("Baobab Lodge", "110"))
    await send_contract(agency, nightly("Dune Camp", "90"), draft="true")
    await send_contract(other_agency, nightly("Kiboko", "70"))

    listed: list[Mapping[str, object]] = (
        await agency.consultant.get("/api/v1/rates/export", params={"format": "json"})
    ).json()

    assert [(one["hotel"], one["rates"]) for one in listed] == [
        (nightly("Baobab Lodge", "110")["hotel"], nightly("Baobab Lodge", "110")["rates"])
    ]
