"""Rate sheets: rows in, contracts out, every price with its cell, everything wrong by row and column."""

import io
import json
from collections.abc import Mapping
from typing import cast

import pytest
from openpyxl import load_workbook

from tembea.rates import prepare_file
from tests.app_fixtures import Agency
from tests.rates.rates_factories import nightly, send_contract
from tests.rates.sheet_factories import DEFAULTS, csv_of, nightly_row, package, saved, send_sheet, workbook_of

Json = dict[str, object]


async def price(agency: Agency, **asked: object) -> Json:
    stay: Json = {"check_in": "2031-05-03", "nights": 7, "adults": 2, "children_ages": [], **asked}
    answer = await agency.consultant.post("/api/v1/pricing/price", json=stay)
    assert answer.status_code == 200, answer.text
    return cast("Json", answer.json())


def cost(answer: Json) -> str | None:
    options = cast("list[dict[str, Mapping[str, str]]]", answer["options"])
    return options[0]["cost_total"]["amount"] if options else None


def problems(*rows: Mapping[str, object]) -> list[tuple[int | None, str, str]]:
    found = prepare_file("rates.csv", csv_of(*rows), DEFAULTS).problems
    assert all(one.message for one in found)
    return [(one.row, one.column, one.code) for one in found]


async def test_package_rows_price_exactly_their_nights_and_say_where_from(agency: Agency) -> None:
    answer = (await send_sheet(agency, workbook_of(package()), "zanzibar.xlsx")).json()

    assert (answer["accepted"], answer["rejected"], answer["errors"], answer["created"]) == (1, 0, [], 1)
    assert len(answer["contract_ids"]) == len(answer["hotel_ids"]) == 1
    assert cost(await price(agency)) == "80000.00"
    assert cost(await price(agency, adults=1)) == "55000.00"
    assert cost(await price(agency, adults=3)) == "135000.00"
    assert cost(await price(agency, nights=6)) is None
    assert cost(await price(agency, check_in="2031-05-24")) == "80000.00"
    assert cost(await price(agency, check_in="2031-05-25")) is None
    option = cast("list[Json]", (await price(agency, adults=2, children_ages=[9]))["options"])[0]
    sources = [cast("Json", line["source_ref"]) for line in cast("list[Json]", option["cost_lines"])]
    assert {(one["document"], one["sheet"], one["row"], one["cell"]) for one in sources} == {
        ("zanzibar.xlsx", "Rates 2031", 3, "I3"),
        ("zanzibar.xlsx", "Rates 2031", 3, "K3"),
    }


async def test_a_missing_single_price_is_an_error_for_a_lone_adult(agency: Agency) -> None:
    await send_sheet(agency, csv_of(package(total_single=None)))

    alone = await price(agency, adults=1)

    assert cost(await price(agency)) == "80000.00"
    assert cast("list[Json]", alone["rejected"])[0]["code"] == "NO_RATE"


async def test_nightly_rows_price_night_by_night_where_rooms_have_other_seasons(agency: Agency) -> None:
    rows = [
        nightly_row(),
        nightly_row(season_from="2031-04-01", season_to="2031-10-31", rate="185"),
        nightly_row(room_type="Villa", season_from="2031-02-01", season_to="2031-10-31", basis="room", rate="900"),
    ]
    answer = await send_sheet(agency, csv_of(*rows))
    assert answer.status_code == 200, answer.text

    across = await price(agency, check_in="2031-03-30", nights=4, currency="USD")
    lone = await price(agency, check_in="2031-01-05", nights=2, adults=1, currency="USD")

    assert cost(across) == "1222.00"  # 2 x 2 x 120.50 + 2 x 2 x 185
    assert cost(lone) == "325.36"  # 2 x (120.50 + 35 %), each rounded up: 42.175 is 42.18
    option = cast("list[Json]", across["options"])[0]
    sources = [cast("Json", line["source_ref"]) for line in cast("list[Json]", option["cost_lines"])]
    assert {(one["row"], one["cell"]) for one in sources} == {(2, "H2"), (3, "H3")}


async def test_a_fault_refuses_the_whole_file_and_partial_keeps_the_good_rows(agency: Agency) -> None:
    sheet = csv_of(package(), package(room_type="Deluxe", total_pps="plenty"), package(hotel_name="Kiboko", nights=5))

    refused = await send_sheet(agency, sheet)
    hotels = (await agency.consultant.get("/api/v1/rates/hotels")).json()["items"]
    trial = (await send_sheet(agency, sheet, dry_run="true")).json()
    kept = (await send_sheet(agency, sheet, partial="true")).json()

    body = refused.json()
    assert (refused.status_code, body["code"]) == (422, "import_refused")
    assert (body["accepted"], body["rejected"], body["contract_ids"]) == (0, 1, [])
    assert [(one["row"], one["column"], one["code"], one["cell"]) for one in body["errors"]] == [
        (3, "total_pps", "bad_amount", "I3")
    ]
    assert hotels == []
    assert (trial["accepted"], trial["rejected"], trial["contract_ids"]) == (2, 1, [])
    assert (kept["accepted"], kept["rejected"], len(kept["contract_ids"]), len(kept["errors"])) == (2, 1, 2, 1)


async def test_the_same_content_again_is_the_same_version_whatever_the_file_is_called(agency: Agency) -> None:
    first = (await send_sheet(agency, csv_of(package()))).json()
    again = (await send_sheet(agency, csv_of(package()), "rates (1).csv")).json()
    listed = (await agency.consultant.get("/api/v1/rates/contracts")).json()["items"]

    assert (again["contract_ids"], again["hotel_ids"]) == (first["contract_ids"], first["hotel_ids"])
    assert (first["created"], again["created"], len(listed)) == (1, 0, 1)


async def test_a_draft_of_a_sheet_is_not_sold(agency: Agency) -> None:
    await send_sheet(agency, csv_of(package()), draft="true")

    assert cost(await price(agency)) is None


async def test_a_hotel_that_is_known_keeps_its_place_and_zone(agency: Agency) -> None:
    await send_contract(agency, nightly("Mwezi Bay", "100", destination="Zanzibar"))
    before = (await agency.consultant.get("/api/v1/rates/hotels")).json()["items"][0]

    await send_sheet(agency, csv_of(package(hotel_name="MWEZI bay"), package(hotel_name="Karafuu")))

    after = (await agency.consultant.get("/api/v1/rates/hotels")).json()["items"]
    assert {(one["country"], one["time_zone"]) for one in after} == {(before["country"], before["time_zone"])}
    assert len(after) == 2


async def test_a_sheet_for_another_agency_is_that_agencys_alone(agency: Agency, other_agency: Agency) -> None:
    await send_sheet(agency, csv_of(package()))
    await send_sheet(other_agency, csv_of(package(total_pps="1")))

    assert (cost(await price(agency)), cost(await price(other_agency))) == ("80000.00", "2.00")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"hotel_name": None}, ("hotel_name", "missing_value")),
        ({"meal_plan": "Sumptuous"}, ("meal_plan", "unknown_board")),
        ({"hotel_rating": "many"}, ("hotel_rating", "bad_rating")),
        ({"check_in_date": "01/05/2031"}, ("check_in_date", "bad_date")),
        ({"check_in_date": "2031-02-30"}, ("check_in_date", "bad_date")),
        ({"check_out_date": "2031-04-01"}, ("check_out_date", "bad_dates")),
        ({"check_out_date": "2031-05-07"}, ("nights", "window_too_short")),
        ({"nights": "7.5"}, ("nights", "bad_number")),
        ({"nights": "0"}, ("nights", "bad_number")),
        ({"nights": "1e3"}, ("nights", "bad_number")),
        ({"total_pps": "40,000"}, ("total_pps", "bad_amount")),
        ({"total_pps": "40.000"}, ("total_pps", "bad_amount")),
        ({"total_pps": "1,25,000.00"}, ("total_pps", "bad_amount")),
        ({"total_pps": "R 40000"}, ("total_pps", "bad_amount")),
        ({"total_pps": 40000 / 3}, ("total_pps", "bad_amount")),
        ({"total_pps": "-1"}, ("total_pps", "bad_amount")),
        ({"total_pps": "1e9"}, ("total_pps", "bad_amount")),
        ({"total_pps": "NaN"}, ("total_pps", "bad_amount")),
        ({"total_pps": "٤٠"}, ("total_pps", "bad_amount")),
        ({"total_pps": "9" * 13}, ("total_pps", "bad_amount")),
        ({"total_pps": "0"}, ("total_pps", "zero_amount")),
        ({"total_pps": None, "total_single": None}, ("total_pps", "missing_value")),
        ({"currency": "XXZ"}, ("currency", "unknown_currency")),
        ({"time_zone": "Moon/Base"}, ("time_zone", "unknown_time_zone")),
        ({"country": "Tanzania"}, ("country", "bad_value")),
        ({"lone_adult_rule": "free"}, ("lone_adult_rule", "bad_value")),
        ({"hotel_name": "x" * 201}, ("hotel_name", "bad_text")),
    ],
)
def test_what_is_wrong_in_a_package_row_is_named(changes: Mapping[str, object], expected: tuple[str, str]) -> None:
    assert problems(package(**changes)) == [(2, *expected)]


def test_a_percentage_has_one_reading_with_three_decimals_too() -> None:
    assert problems(nightly_row(child_pct="33.333")) == []
    assert problems(nightly_row(child_pct="33,333")) == [(2, "child_pct", "bad_amount")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([nightly_row(basis="per_head")], (2, "basis", "bad_value")),
        ([nightly_row(rate=None)], (2, "rate", "missing_value")),
        ([nightly_row(rate="0")], (2, "rate", "zero_amount")),
        ([nightly_row(child_pct="2000")], (2, "child_pct", "bad_amount")),
        ([nightly_row(child_pct=0.5)], (2, "child_pct", "bad_amount")),
        (
            [nightly_row(), nightly_row(season_from="2031-03-31", season_to="2031-04-30")],
            (3, "season_from", "season_overlap"),
        ),
        (
            [nightly_row(), nightly_row(meal_plan="HB", single_supplement_pct="40")],
            (3, "single_supplement_pct", "conflict"),
        ),
        ([nightly_row(), nightly_row(room_type="Villa", child_pct="40")], (3, "child_pct", "conflict")),
        ([nightly_row(), nightly_row(room_type="Villa", currency="ZAR")], (3, "currency", "conflict")),
        ([package(), package(destination="Mauritius", room_type="Villa")], (3, "destination", "conflict")),
        ([package(), package(total_pps="41000")], (3, "check_in_date", "duplicate_row")),
        ([package(max_adults=2), package(max_adults=3, nights=5)], (3, "max_adults", "conflict")),
    ],
)
def test_rows_that_contradict_each_other_are_named(
    rows: list[Mapping[str, object]], expected: tuple[int, str, str]
) -> None:
    assert problems(*rows) == [expected]


def test_columns_are_found_by_name_and_a_misspelt_one_is_asked_about() -> None:
    row = package()
    renamed = {"Hotel Name" if name == "hotel_name" else name: value for name, value in row.items()}
    renamed = {"total_7nights_pps" if name == "total_pps" else name: value for name, value in renamed.items()}
    assert problems({"remarks": "nice", **renamed}) == []
    misspelt = {"total_singel" if name == "total_single" else name: value for name, value in row.items()}
    assert problems(misspelt) == [(1, "total_singel", "unknown_column")]
    assert problems({name: value for name, value in row.items() if name != "nights"}) == [
        (1, "nights", "missing_column")
    ]


def test_a_row_of_a_text_with_more_cells_than_columns_is_a_fault_and_no_shifted_price() -> None:
    text = csv_of(package()).decode()
    header, row = text.splitlines()[:2]

    def faults(content: str) -> list[tuple[int | None, str, str]]:
        return [
            (one.row, one.column, one.code) for one in prepare_file("rates.csv", content.encode(), DEFAULTS).problems
        ]

    assert faults(f"{header}\n{row},12\n") == [(2, "", "extra_cell")]
    assert faults(f"{header}\n{row},,\n") == []


def test_two_columns_of_one_name_are_a_fault_and_not_a_choice() -> None:
    twice = {**package(), "Total PPS": "41000"}
    assert problems(twice) == [(1, "total_pps", "duplicate_column")]
    assert problems({**package(), "remarks": "a", "Remarks": "b"}) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"total_pps": "1 250,50"},
        {"total_pps": "1.250,50"},
        {"total_pps": "1,250.50"},
        {"total_pps": "250.500", "currency": "OMR"},
        {"check_in_date": "2031/05/01"},
        {"check_in_date": "2031-05-01 00:00:00", "nights": "7.0", "hotel_rating": "4,0"},
    ],
)
def test_what_other_countries_write_is_read_where_it_has_one_reading(changes: Mapping[str, object]) -> None:
    plain = package(total_pps="250.50" if "currency" in changes else "1250.50", currency=changes.get("currency", "ZAR"))
    written = [csv_of(plain), csv_of({**plain, **changes})]
    stored = [prepare_file("rates.csv", content, DEFAULTS).contracts for content in written]
    assert [len(one) for one in stored] == [1, 1]
    assert json.loads(stored[1][0].document) == json.loads(stored[0][0].document)


def test_rows_of_one_number_in_two_sheets_contradict_each_other_too() -> None:
    book = load_workbook(io.BytesIO(workbook_of(package())))
    copied = book.copy_worksheet(book.active)  # pyright: ignore[reportArgumentType]
    copied.title = "Summer"
    copied["I3"] = 41000

    found = prepare_file("rates.xlsx", saved(book), DEFAULTS).problems

    assert [(one.sheet, one.row, one.code) for one in found] == [("Summer", 3, "duplicate_row")]
    assert "row 3 of Rates 2031" in found[0].message


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_separators_are_read_too(delimiter: str) -> None:
    content = csv_of(package(), delimiter=delimiter).replace(b"hotel_name", b"Hotel Name")
    assert [prepare_file(name, content, DEFAULTS).accepted for name in ("rates.csv", "rates.txt")] == [1, 1]


def test_what_a_sheet_leaves_out_stands_in_the_document() -> None:
    document = json.loads(prepare_file("rates.csv", csv_of(package()), DEFAULTS).contracts[0].document)

    assert document["lone_adult_rule"] == "adult_single_plus_child"
    assert [(band["code"], band["from"], band["to"]) for band in document["age_bands"]] == [
        ("infant", 0, 1),
        ("child", 2, 11),
        ("adult", 12, 17),
    ]
    assert document["packages"][0]["valid"] == {"from": "2031-05-01", "to": "2031-05-30"}


async def test_several_documents_in_one_file_are_all_or_nothing(agency: Agency) -> None:
    good, bad = nightly("Baobab Lodge", "100"), {**nightly("Dune Camp", "90"), "currency": "XXZ"}
    files = {"file": ("contracts.json", json.dumps([good, bad]).encode())}

    refused = await agency.consultant.post("/api/v1/rates/import", files=files)
    kept = await agency.consultant.post("/api/v1/rates/import", files=files, params={"partial": "true"})

    assert (refused.status_code, refused.json()["rejected"]) == (422, 1)
    assert (kept.json()["accepted"], kept.json()["rejected"], len(kept.json()["contract_ids"])) == (1, 1, 1)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"hotel_name,destination\n", b"just,words\n"])
async def test_a_file_without_rates_says_so(agency: Agency, content: bytes) -> None:
    answer = await send_sheet(agency, content)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) in {(422, "empty"), (422, "missing_column")}
