"""The warehouse in BigQuery, through the official client over real HTTP."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from datetime import date
from decimal import Decimal

import pytest

from tembea.kernel.context import Context, system_context
from tembea.kernel.ids import new_id
from tembea.providers.warehouse import NothingLoaded, Statement, Table, TooExpensive, WarehouseAway, WarehouseRefused
from tembea.providers.warehouse.bigquery import BigQueryLimits, BigQueryWarehouse, connection_to, dataset_name
from tests.providers.bigquery_server import BigQueryServer, bigquery_server

NIGHTS = Table(
    "nights",
    (Statement("create table if not exists nights (id string not null, night date not null, amount numeric(18, 3))"),),
    Statement(
        """
        merge into nights as known
        using (select json_value(item, '$.id') as id, cast(json_value(item, '$.night') as date) as night,
                      cast(json_value(item, '$.amount') as numeric) as amount
               from unnest(json_query_array(@loaded)) as item) as one
        on known.id = one.id
        when not matched then insert (id, night, amount) values (one.id, one.night, one.amount)
        """,
        {"loaded": "STRING"},
    ),
)
ALL = Statement("select id, night, amount from nights order by id")
ONE = Statement("select id, night, amount from nights where id = @id", {"id": "STRING"})
SAME = Statement("select @text as text, @day as day, @count as count, array_length(@names) as names", {
    "text": "STRING", "day": "DATE", "count": "INT64", "names": "STRINGS"
})  # fmt: skip
ROWS = '[{"id": "a", "night": "2027-01-01", "amount": "10.50"}, {"id": "b", "night": "2027-01-02", "amount": "0.1"}]'
JOB_S = 1.2


@pytest.fixture
def server() -> Iterator[BigQueryServer]:
    with bigquery_server() as running:
        yield running


@pytest.fixture
async def warehouse(server: BigQueryServer) -> AsyncIterator[BigQueryWarehouse]:
    made = BigQueryWarehouse(connection_to("p", emulator=server.url), BigQueryLimits(JOB_S, 50_000_000))
    await made.warm()
    server.requests.clear()
    yield made
    await made.close()


def tenant(slug: str = "savanna-trails") -> Context:
    return system_context(new_id(), slug)


async def test_what_is_loaded_is_answered_with_its_types_and_loading_again_adds_nothing(
    server: BigQueryServer, warehouse: BigQueryWarehouse
) -> None:
    ctx = tenant()
    for _ in range(2):
        await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})

    assert await warehouse.ask(ctx, ALL, {}) == [
        {"id": "a", "night": date(2027, 1, 1), "amount": Decimal("10.500")},
        {"id": "b", "night": date(2027, 1, 2), "amount": Decimal("0.100")},
    ]
    assert list(server.datasets) == [dataset_name(ctx.tenant_uuid)]


async def test_values_travel_as_parameters_and_never_in_the_text(
    server: BigQueryServer, warehouse: BigQueryWarehouse
) -> None:
    ctx, hostile = tenant(), "x'; drop table nights; select * from other.nights where '1' = '1"
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    server.requests.clear()

    values = {"text": hostile, "day": date(2027, 1, 1), "count": 7, "names": [hostile, "y"]}
    rows = await warehouse.ask(ctx, SAME, values)

    assert rows == [{"text": hostile, "day": date(2027, 1, 1), "count": 7, "names": 2}]
    assert await warehouse.ask(ctx, ONE, {"id": hostile}) == []
    for query in (*server.queries(), *(job["configuration"]["query"] for job in server.queries(dry=True))):
        assert hostile not in query["query"]
        assert query["parameterMode"] == "NAMED"
    first = {
        one["name"]: (one["parameterType"], one["parameterValue"]) for one in server.queries()[0]["queryParameters"]
    }
    assert first["text"] == ({"type": "STRING"}, {"value": hostile})
    assert first["names"][1] == {"arrayValues": [{"value": hostile}, {"value": "y"}]}


async def test_each_tenant_has_a_dataset_that_the_id_selects(
    server: BigQueryServer, warehouse: BigQueryWarehouse
) -> None:
    mine, other = tenant(), tenant("harbour-travel")
    await warehouse.load(mine, NIGHTS, {"loaded": ROWS})

    with pytest.raises(NothingLoaded):
        await warehouse.ask(other, ALL, {})
    await warehouse.load(other, NIGHTS, {"loaded": '[{"id": "c", "night": "2027-01-03", "amount": "3"}]'})
    assert [row["id"] for row in await warehouse.ask(other, ALL, {})] == ["c"]
    assert [row["id"] for row in await warehouse.ask(mine, ALL, {})] == ["a", "b"]
    named = {query["defaultDataset"]["datasetId"] for query in server.queries()}
    assert named == {dataset_name(mine.tenant_uuid), dataset_name(other.tenant_uuid)}


async def test_a_question_over_the_bound_is_refused_by_its_dry_run_and_the_others_carry_it(
    server: BigQueryServer, warehouse: BigQueryWarehouse
) -> None:
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    assert server.queries()[-1]["maximumBytesBilled"] == "50000000"
    server.requests.clear()
    server.bytes_processed = 50_000_001

    with pytest.raises(TooExpensive):
        await warehouse.ask(ctx, ALL, {})

    assert len(server.queries(dry=True)) == 1
    assert server.queries() == []


async def test_a_query_that_bigquery_finds_too_expensive_is_told_so(
    server: BigQueryServer, warehouse: BigQueryWarehouse
) -> None:
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    server.misbehave((400, "bytesBilledLimitExceeded"))

    with pytest.raises(TooExpensive):
        await warehouse.ask(ctx, ALL, {})


@pytest.mark.parametrize("failures", [[(429, "rateLimitExceeded")], [(500, "internalError"), (503, "backendError")]])
async def test_passing_failures_are_tried_again(
    server: BigQueryServer, warehouse: BigQueryWarehouse, failures: list[tuple[int, str]]
) -> None:
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    server.misbehave(*failures)

    assert len(await warehouse.ask(ctx, ALL, {})) == 2


async def test_retries_have_a_budget_over_all_calls(server: BigQueryServer, warehouse: BigQueryWarehouse) -> None:
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    server.requests.clear()
    server.misbehave_always((503, "backendError"))

    for _ in range(15):
        with pytest.raises(WarehouseAway):
            await warehouse.ask(ctx, ALL, {})

    assert 15 < len(server.requests) <= 15 + 10


async def test_an_answer_that_hangs_is_cut_off_at_its_deadline_and_the_next_one_comes(
    server: BigQueryServer, warehouse: BigQueryWarehouse
) -> None:
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    server.misbehave("hang")
    started = time.monotonic()

    with pytest.raises(WarehouseAway):
        await warehouse.ask(ctx, ALL, {})

    assert time.monotonic() - started < 3 * JOB_S
    assert len(await warehouse.ask(ctx, ALL, {})) == 2


async def test_more_questions_than_threads_that_all_hang_end_at_their_deadlines(
    server: BigQueryServer, warehouse: BigQueryWarehouse
) -> None:
    server.misbehave_always("hang")
    started = time.monotonic()

    answers = await asyncio.gather(*(warehouse.ask(tenant(), ALL, {}) for _ in range(12)), return_exceptions=True)

    assert all(isinstance(answer, WarehouseAway) for answer in answers)
    assert time.monotonic() - started < 3 * JOB_S


async def test_a_job_that_is_not_done_at_once_is_waited_for(
    server: BigQueryServer, warehouse: BigQueryWarehouse
) -> None:
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    server.slow = True

    assert [row["id"] for row in await warehouse.ask(ctx, ALL, {})] == ["a", "b"]


async def test_a_job_that_is_never_done_is_cut_off_and_cancelled(
    server: BigQueryServer, warehouse: BigQueryWarehouse
) -> None:
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    server.slow = server.endless = True
    started = time.monotonic()

    with pytest.raises(WarehouseAway):
        await warehouse.ask(ctx, ALL, {})

    assert time.monotonic() - started < 3 * JOB_S
    assert await asyncio.to_thread(server.cancelled.wait, 10)


@pytest.mark.parametrize("answer", ["garbage", "nonsense", (404, "notFound"), (403, "accessDenied"), (400, "invalid")])
async def test_what_cannot_be_understood_or_is_refused_is_an_error_of_ours(
    server: BigQueryServer, warehouse: BigQueryWarehouse, answer: str | tuple[int, str]
) -> None:
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    server.misbehave_always(answer)

    with pytest.raises(WarehouseRefused):
        await warehouse.ask(ctx, ALL, {})
    with pytest.raises(WarehouseRefused):
        await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    assert await warehouse.check() is False


async def test_the_client_is_made_once_and_asks_before_anybody_does(server: BigQueryServer) -> None:
    made: list[str] = []
    connect = connection_to("p", emulator=server.url)
    warehouse = BigQueryWarehouse(lambda: made.append("client") or connect(), BigQueryLimits(JOB_S, 50_000_000))

    await warehouse.warm()
    assert [query["query"] for query in server.queries()] == ["select 1 as answer"]
    await asyncio.gather(*(warehouse.check() for _ in range(5)))
    await warehouse.close()

    assert made == ["client"]


async def test_a_machine_without_credentials_is_an_error_of_ours_and_never_raises_at_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/service-account.json")
    warehouse = BigQueryWarehouse(connection_to("p"), BigQueryLimits(10, 50_000_000))

    await warehouse.warm()
    with pytest.raises(WarehouseRefused):
        await warehouse.ask(tenant(), ALL, {})
    await warehouse.close()


@pytest.mark.parametrize(
    "sql",
    [
        "select * from other.nights",
        "select * from `p.other.nights`",
        "select 1 from nights join other . nights using (id)",
        "merge into other.nights as n using (select 1) as o on true when not matched then insert row",
        "select table_name from INFORMATION_SCHEMA.TABLES",
    ],
)
def test_a_statement_cannot_name_a_dataset(sql: str) -> None:
    with pytest.raises(ValueError, match="without a dataset"):
        Statement(sql)  # pyright: ignore[reportArgumentType] - as no code of ours could write it


async def test_values_of_another_type_name_or_number_are_refused(warehouse: BigQueryWarehouse) -> None:
    for values in ({}, {"id": 7}, {"id": "a", "more": "b"}):
        with pytest.raises(ValueError, match=r"id|takes"):
            ONE.typed(values)
