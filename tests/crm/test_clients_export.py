"""The clients as a CSV file: whole, only the agency's own, and never a formula."""

import csv
from io import StringIO

import pytest

from tembea.kernel.csv_text import csv_text, shown
from tests.app_fixtures import Agency

CLIENTS, EXPORT = "/api/v1/crm/clients", "/api/v1/crm/clients/export"
FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "  =1", "\uff1d1+1", '=HYPERLINK("http://x","y")')


async def rows(agency: Agency) -> list[dict[str, str]]:
    answer = await agency.consultant.get(EXPORT)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))


async def test_every_client_is_in_it_once_page_after_page(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tembea.crm.exporting.PAGE", 2)
    for number in range(5):
        body = {
            "name": f"Client {number}",
            "emails": [f"c{number}@x.example"],
            "phones": ["082 555 0101"],
            "tags": ["a"],
        }
        assert (await agency.consultant.post(CLIENTS, json=body)).status_code == 201

    found = await rows(agency)

    assert [one["name"] for one in found] == [f"Client {number}" for number in range(5)]
    assert (found[0]["emails"], found[0]["phones"], found[0]["stage"]) == ("c0@x.example", "+27825550101", "NEW")


async def test_what_looks_like_a_formula_is_a_text(agency: Agency) -> None:
    for name in FORMULAS:
        await agency.consultant.post(CLIENTS, json={"name": name, "tags": [name]})

    for one in await rows(agency):
        for cell in (one["name"], one["tags"]):
            assert cell.startswith("'"), cell


@pytest.mark.parametrize("plain", ["+27825550101", "-12.50", "Ann", "O'Hara", "a=b", "", "12"])
def test_what_is_none_stays_as_it_is(plain: str) -> None:
    assert shown(plain) == plain


def test_quotes_commas_and_lines_stay_in_their_cell() -> None:
    cells = ['say "hi"', "a,b", "two\r\nlines"]
    assert next(csv.reader(StringIO(csv_text([cells]), newline=""))) == cells


async def test_another_agency_and_strangers_get_nothing_of_it(agency: Agency, other_agency: Agency) -> None:
    await other_agency.consultant.post(CLIENTS, json={"name": "Theirs"})

    assert await rows(agency) == []
    seen = await agency.admin.get("/api/v1/audit", params={"action": "client.exported"})
    assert [one["actor"]["name"] for one in seen.json()["items"]] == ["Consultant Person"]
