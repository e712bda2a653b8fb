"""`tembea jobs` without anybody signed in: what is dead is seen, tried again, and given up."""

import asyncio
from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from tembea.commands.jobs import commands
from tembea.kernel.context import Context, system_context
from tembea.kernel.db import Db, DbLimits, open_pool
from tembea.kernel.ids import new_id
from tembea.kernel.jobs import bind_jobs, enqueue, job
from tembea.settings import Settings

Command = Callable[..., str]


@job("test.fail", attempts=1)
async def fail(ctx: Context, db: Db, providers: object) -> None:
    raise ValueError("nothing to be done")


async def make_dead_letter(dsn: str) -> str:
    pool = await open_pool(dsn, DbLimits(acquire_timeout_s=10))
    db = Db(pool)
    async with db.tx(system_context(new_id(), "savanna")) as tx:
        number = await enqueue(tx, fail)
    queue = bind_jobs([fail], db=db, providers=None, dsn=dsn)
    async with queue.open_async():
        await queue.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)
    await pool.close()
    return str(number)


@pytest.fixture
def command(settings: Settings) -> Command:
    def call(*arguments: str, exit_code: int = 0) -> str:
        result = CliRunner().invoke(commands, list(arguments), obj=lambda: settings)
        assert result.exit_code == exit_code, result.output
        return result.output

    return call


def test_a_dead_letter_is_listed_retried_and_in_the_end_discarded(settings: Settings, command: Command) -> None:
    number = asyncio.run(make_dead_letter(settings.app_dsn))
    listed = command("list", "--status", "dead")
    assert "0 waiting, 0 running, 0 scheduled, 1 dead" in listed
    assert f"{number}  dead  test.fail  savanna  attempts 1  ValueError: nothing to be done" in listed

    assert command("retry", number) == f"{number}: waiting again\n"
    assert "1 waiting" in command("list")
    assert "Only a dead letter" in command("discard", number, exit_code=1)


def test_a_dead_letter_is_discarded(settings: Settings, command: Command) -> None:
    number = asyncio.run(make_dead_letter(settings.app_dsn))
    assert command("discard", number) == f"{number}: discarded\n"
    assert f"There is no job {number}" in command("discard", number, exit_code=1)
