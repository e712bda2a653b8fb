"""Exchange rates over HTTP: what every agency sees of them, and an operator's import."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from httpx import AsyncClient, Response

from tembea.kernel.context import platform_context
from tembea.providers.fx import ReferenceRate
from tembea.rates import store_rates
from tembea.tenants import TenantConfig
from tests.app_fixtures import Agency, Platform, agency_config

TODAY = datetime.now(UTC).date()
Query = str | int | list[str] | None
RATES, IMPORT = "/api/v1/rates/fx", "/api/v1/rates/fx/import"


def day(ago: int) -> str:
    return (TODAY - timedelta(days=ago)).isoformat()


def table(*rows: str, head: str = "Date,USD,ZAR") -> bytes:
    return "\n".join((head, *rows, "")).encode()


async def send(person: AsyncClient, content: bytes, **query: Query) -> Response:
    return await person.post(IMPORT, files={"file": ("eurofxref.csv", content, "text/csv")}, params=query)


async def shown(person: AsyncClient, path: str = RATES, **query: Query) -> dict[str, Any]:
    answer = await person.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def walked(person: AsyncClient, path: str, *, limit: int) -> list[dict[str, Any]]:
    """Everything on all pages."""
    found: list[dict[str, Any]] = []
    following: dict[str, str] = {}
    while True:
        page = await shown(person, path, limit=limit, **following)
        assert len(page["items"]) <= limit
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        following = {"cursor": page["next_cursor"]}


def tolerant(slug: str, max_age_days: int) -> TenantConfig:
    config = agency_config(slug).model_dump(mode="json")
    config["quotes"]["fx"] |= {"max_age_days": max_age_days}
    return TenantConfig.model_validate(config)


async def test_an_agency_sees_the_last_rate_of_each_pair_and_whether_it_is_too_old_for_it(platform: Platform) -> None:
    strict = await platform.new_agency("strict", tolerant("strict", 5))
    patient = await platform.new_agency("patient", tolerant("patient", 60))
    operator = await platform.operator()
    assert (await shown(strict.admin))["items"] == []

    stored = await send(operator, table(f"{day(20)},1.0389,N/A", f"{day(30)},1.02,19.6188"))

    assert stored.status_code == 200, stored.text
    assert stored.json() == {"accepted": 2, "rejected": 0, "errors": [], "created": 3, "newest": day(20)}
    page = await shown(strict.consultant)
    assert [(one["base"], one["quote"], one["rate"], one["as_of"]) for one in page["items"]] == [
        ("EUR", "USD", "1.0389", day(20)),
        ("EUR", "ZAR", "19.6188", day(30)),
    ]
    assert {one["source"] for one in page["items"]} == {"European Central Bank"}
    assert page["items"][0]["age_days"] in (20, 21)  # by the agency's own day
    assert page["max_age_days"] == 5
    assert [one["beyond_limit"] for one in page["items"]] == [True, True]
    assert [one["beyond_limit"] for one in (await shown(patient.admin))["items"]] == [False, False]
    theirs = await shown(operator)
    assert theirs["max_age_days"] is None
    assert [one["beyond_limit"] for one in theirs["items"]] == [None, None]


async def test_pages_of_pairs_and_of_a_pairs_past_follow_each_other(agency: Agency, platform: Platform) -> None:
    operator = await platform.operator()
    await send(operator, table(*(f"{day(ago)},1.0{ago},19.{ago}" for ago in range(1, 6))), cross=["ZAR"])

    pairs = [f"{one['base']}/{one['quote']}" for one in await walked(agency.admin, RATES, limit=1)]
    assert pairs == ["EUR/USD", "EUR/ZAR", "USD/ZAR"]

    days = [one["as_of"] for one in await walked(agency.admin, f"{RATES}/EUR/USD", limit=2)]
    assert days == [day(ago) for ago in range(1, 6)]
    assert (await shown(agency.admin, f"{RATES}/USD/EUR"))["items"] == []


async def test_a_trial_stores_nothing_and_the_same_file_again_changes_nothing(
    platform: Platform, agency: Agency
) -> None:
    operator, content = await platform.operator(), table(f"{day(1)},1.0389,19.6188")

    tried = await send(operator, content, dry_run=True)
    assert tried.json() == {"accepted": 1, "rejected": 0, "errors": [], "created": 0, "newest": day(1)}
    assert (await shown(agency.admin))["items"] == []

    assert (await send(operator, content)).json()["created"] == 2
    before = await shown(agency.admin)
    assert (await send(operator, content)).json()["created"] == 0
    assert await shown(agency.admin) == before
    trail = (await operator.get("/api/v1/audit")).json()["items"]
    assert [one["action"] for one in trail].count("fx.imported") == 1


async def test_every_row_at_fault_is_named_and_nothing_of_the_file_is_stored(
    platform: Platform, agency: Agency
) -> None:
    operator = await platform.operator()
    ahead = (TODAY + timedelta(days=9)).isoformat()
    content = table(f"{day(1)},1.0389,19.6", f"{day(2)},-1,abc", "31.12.2024,1,1", f"{ahead},1,1", f"{day(1)},1,1")

    tried, refused = await send(operator, content, dry_run=True), await send(operator, content)

    assert tried.status_code == 200
    assert (tried.json()["accepted"], tried.json()["rejected"]) == (1, 4)
    assert [(one["row"], one["column"], one["code"]) for one in tried.json()["errors"]] == [
        (3, "USD", "bad_rate"),
        (3, "ZAR", "bad_rate"),
        (4, "", "bad_date"),
        (5, "", "future_date"),
        (6, "", "duplicate_date"),
    ]
    assert refused.status_code == 422
    assert refused.json()["code"] == "import_refused"
    assert refused.json()["errors"] == [
        one | {"loc": one["column"], "msg": one["message"]} for one in tried.json()["errors"]
    ]
    assert (await shown(agency.admin))["items"] == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Currency;Rate\n",
        b"\xff\xfe\x00",
        b"PK\x03\x04 broken",
        b"Date,USD,USD\n2024-12-31,1,1\n",
        b"Date,USD\n" + b"1," * 20_000,
        b"Date,USD\n" + b"x,1\n" * 20_000,
        b"Date,USD\n" + b"\n" * 20_000,
    ],
)
async def test_what_is_no_table_of_rates_is_a_refusal(platform: Platform, content: bytes) -> None:
    operator = await platform.operator()
    assert (await send(operator, content)).json()["code"] == "import_refused"
    assert (await send(operator, content, dry_run=True)).json()["rejected"] == 1


async def test_bad_questions_are_refused_by_their_field(platform: Platform, agency: Agency) -> None:
    operator, content = await platform.operator(), table(f"{day(1)},1,1")
    wrong: list[dict[str, Query]] = [
        {"cross": "QQQ"},
        {"days": 0},
        {"days": 5_000},
        {"partial": True},
        {"cross": list("ABCDEF")},
    ]
    for query in wrong:
        answer = await send(operator, content, **query)
        assert answer.status_code == 422, query
        assert answer.json()["errors"][0]["loc"].startswith("query."), answer.json()
    unknown = (await send(operator, content, cross="QQQ")).json()
    assert unknown["errors"][0]["msg"] == "QQQ is not a currency of ISO 4217. Use a code such as ZAR."
    for path in (f"{RATES}/eur/ZAR", f"{RATES}/EUR/ZARR", f"{RATES}?cursor=x", f"{RATES}/EUR/ZAR?cursor=WyIxIl0"):
        assert (await agency.admin.get(path)).status_code == 422, path
    large = await operator.post(IMPORT, content=b"x" * 26_000_001)
    assert large.status_code == 413


async def test_no_agency_changes_the_rates_by_which_another_sells(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    async with platform.db.tx(platform_context()) as tx:
        await store_rates(tx, [ReferenceRate("EUR", "ZAR", Decimal(20), TODAY - timedelta(days=1), "A bank")])
    before = await shown(other_agency.admin)
    made = await agency.admin.post("/api/v1/api-keys", json={"name": "Rates", "scopes": ["rates:read", "rates:write"]})
    program = platform.client(made.json()["key"])

    for person in (agency.admin, agency.consultant, program, platform.anonymous):
        answer = await send(person, table(f"{day(0)},1,1"))
        assert answer.status_code == (401 if person is platform.anonymous else 403), answer.text

    assert await shown(other_agency.admin) == before
    assert [one["rate"] for one in (await shown(program))["items"]] == ["20"]


async def test_a_new_file_goes_on_with_the_crosses_that_were_asked_for(platform: Platform, agency: Agency) -> None:
    operator = await platform.operator()
    await send(operator, table(f"{day(5)},1.25,20"), cross=["ZAR"])
    await send(operator, table(f"{day(1)},1.20,21"))

    last = {(one["base"], one["quote"]): one for one in (await shown(agency.admin))["items"]}
    assert (last["USD", "ZAR"]["rate"], last["USD", "ZAR"]["as_of"]) == ("17.5", day(1))
    assert last["USD", "ZAR"]["source"] == "European Central Bank: EUR/ZAR 21 over EUR/USD 1.20"
