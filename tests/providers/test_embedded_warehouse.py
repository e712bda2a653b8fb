"""The embedded warehouse: a DuckDB file a tenant, in a process of its own that can reach no other file."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import duckdb
import pytest

from tembea.kernel.context import Context, system_context
from tembea.kernel.ids import new_id
from tembea.providers.warehouse import NothingLoaded, Statement, Values, WarehouseAway, WarehouseRefused, embedded
from tembea.providers.warehouse.embedded import EmbeddedWarehouse
from tests.providers.test_bigquery import ALL, NIGHTS, ONE, ROWS

ENDLESS = Statement(
    """
    select count(*) as n from unnest(generate_array(1, 100000)) as a, unnest(generate_array(1, 100000)) as b,
      unnest(generate_array(1, 100000)) as c where a + b + c < 0
    """
)
HUGE = Statement("select string_agg(repeat('x', 1000), ',') as text from unnest(generate_array(1, 1000000)) as n")


@pytest.fixture
async def warehouse(tmp_path: Path) -> AsyncIterator[EmbeddedWarehouse]:
    made = EmbeddedWarehouse(tmp_path / "warehouse", memory_mb=64, ask_timeout_s=15)  # a busy machine starts slowly
    yield made
    await made.close()


def tenant() -> Context:
    return system_context(new_id(), "savanna-trails")


def pid_of(warehouse: EmbeddedWarehouse) -> int:
    assert warehouse.pid is not None
    return warehouse.pid


async def gone(pid: int) -> None:
    """Wait until there is no such process."""
    with pytest.raises(ProcessLookupError):
        for _ in range(200):
            os.kill(pid, 0)
            await asyncio.sleep(0.05)


def peak_kb(pid: int) -> int:
    """The most memory that a process ever held."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


async def test_the_same_statements_give_the_same_rows_as_bigquery_and_loading_again_adds_none(
    warehouse: EmbeddedWarehouse,
) -> None:
    ctx = tenant()
    for _ in range(2):
        await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})

    assert await warehouse.ask(ctx, ALL, {}) == [
        {"id": "a", "night": "2027-01-01", "amount": "10.500"},
        {"id": "b", "night": "2027-01-02", "amount": "0.100"},
    ]


async def test_no_parameter_and_not_even_a_statement_reaches_another_tenant_s_file(
    warehouse: EmbeddedWarehouse, tmp_path: Path
) -> None:
    mine, other = tenant(), tenant()
    await warehouse.load(mine, NIGHTS, {"loaded": ROWS})
    await warehouse.load(other, NIGHTS, {"loaded": "[]"})
    file = tmp_path / "warehouse" / f"{mine.tenant_uuid}.duckdb"
    assert file.exists()

    for hostile in (f"a' union select * from read_blob('{file}') --", f"../{mine.tenant_uuid}", "a"):
        assert await warehouse.ask(other, ONE, {"id": hostile}) == []
    for sql in (
        f"attach '{file}' as mine",
        f"select * from read_blob('{file}')",
        f"select * from read_text('{file}')",
        f"select content from read_text('{tmp_path}/*/*')",
        f"copy nights to '{tmp_path}/out.csv'",
        f"export database '{tmp_path}/out'",
        "set enable_external_access = true",
        "reset lock_configuration",
        "set memory_limit = '10GB'",
        "install httpfs",
        "load spatial",
    ):
        with pytest.raises(WarehouseRefused):
            await warehouse.ask(other, Statement(sql), {})  # pyright: ignore[reportArgumentType] - as no code of ours
    with pytest.raises(NothingLoaded):
        await warehouse.ask(tenant(), ALL, {})
    assert not (tmp_path / "out.csv").exists()


async def test_a_question_that_does_not_end_is_ended_with_its_process_and_the_next_one_is_answered(
    warehouse: EmbeddedWarehouse, tmp_path: Path
) -> None:
    ctx, hasty = tenant(), EmbeddedWarehouse(tmp_path / "warehouse", memory_mb=64, ask_timeout_s=3)
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    asking = asyncio.create_task(hasty.ask(ctx, ENDLESS, {}))
    started = time.monotonic()
    await asyncio.sleep(1)
    pid = pid_of(hasty)
    with pytest.raises(WarehouseAway):
        await asking

    assert time.monotonic() - started < 3 * 3
    await gone(pid)
    assert len(await warehouse.ask(ctx, ALL, {})) == 2


async def test_a_question_that_wants_more_memory_than_allowed_is_refused_and_the_process_stays_small(
    warehouse: EmbeddedWarehouse,
) -> None:
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    with pytest.raises(WarehouseRefused, match="Out of Memory"):
        await warehouse.ask(ctx, HUGE, {})

    assert peak_kb(pid_of(warehouse)) < 300_000
    assert len(await warehouse.ask(ctx, ALL, {})) == 2


async def test_many_questions_at_once_take_turns_in_one_process(warehouse: EmbeddedWarehouse) -> None:
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    first = pid_of(warehouse)
    asked: list[Values] = [{"id": "a" if number % 2 else "b"} for number in range(20)]

    answers = await asyncio.gather(*(warehouse.ask(ctx, ONE, values) for values in asked))

    assert [answer[0]["id"] for answer in answers] == [values["id"] for values in asked]
    assert pid_of(warehouse) == first


async def test_one_that_gives_up_waiting_leaves_the_answers_of_the_others_right(warehouse: EmbeddedWarehouse) -> None:
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    leaving = asyncio.create_task(warehouse.ask(ctx, ONE, {"id": "a"}))
    await asyncio.sleep(0)
    staying = [asyncio.create_task(warehouse.ask(ctx, ONE, {"id": "b"})) for _ in range(3)]
    await asyncio.sleep(0)
    leaving.cancel()

    assert [(await one)[0]["id"] for one in staying] == ["b"] * 3


async def test_the_process_goes_when_nobody_asks_and_comes_back(
    warehouse: EmbeddedWarehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "IDLE_S", 0.1)
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    await gone(pid_of(warehouse))
    assert len(await warehouse.ask(ctx, ALL, {})) == 2


async def test_a_process_that_was_killed_loses_nothing_that_was_loaded(warehouse: EmbeddedWarehouse) -> None:
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    loading = asyncio.create_task(warehouse.load(ctx, NIGHTS, {"loaded": ROWS.replace('"a"', '"c"')}))
    await asyncio.sleep(0.01)
    os.kill(pid_of(warehouse), signal.SIGKILL)
    await asyncio.gather(loading, return_exceptions=True)

    assert {row["id"] for row in await warehouse.ask(ctx, ALL, {})} >= {"a", "b"}
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS.replace('"a"', '"c"')})
    assert [row["id"] for row in await warehouse.ask(ctx, ALL, {})] == ["a", "b", "c"]


async def test_a_file_that_another_process_holds_is_waited_for(warehouse: EmbeddedWarehouse, tmp_path: Path) -> None:
    ctx = tenant()
    await warehouse.load(ctx, NIGHTS, {"loaded": ROWS})
    file = tmp_path / "warehouse" / f"{ctx.tenant_uuid}.duckdb"
    held = duckdb.connect(str(file))
    asking = asyncio.create_task(warehouse.ask(ctx, ALL, {}))
    await asyncio.sleep(0.3)
    assert not asking.done()
    held.close()

    assert len(await asking) == 2


def test_building_it_loads_neither_client_nor_database() -> None:
    program = (
        "import sys; from pathlib import Path; from tembea.settings import Settings\n"
        "from tembea.providers import build_providers; build_providers(Settings(data_dir=Path('/nowhere')))\n"
        "print([name for name in ('duckdb', 'sqlglot', 'google.cloud.bigquery', 'grpc') if name in sys.modules])"
    )
    src = str(Path(__file__).parents[2] / "src")
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": src}
    )
    assert found.stdout.strip() == "[]"
