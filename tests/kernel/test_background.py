"""Work beside other work: it ends when told, also when the first word gets lost."""

import asyncio

import pytest

from tembea.kernel.background import running_beside

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_a_loop_that_loses_its_cancellation_ends_all_the_same() -> None:
    lost, rounds = 0, 0

    async def deaf_once() -> None:
        nonlocal lost, rounds
        while True:
            rounds += 1
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                if lost:
                    raise
                lost += 1

    async with asyncio.timeout(5), running_beside(deaf_once()):
        await asyncio.sleep(0)
    assert (lost, rounds) == (1, 2)


async def test_what_the_block_raises_comes_out_and_the_work_ends() -> None:
    ended = False

    async def wait() -> None:
        nonlocal ended
        try:
            await asyncio.Event().wait()
        finally:
            ended = True

    with pytest.raises(LookupError):
        async with running_beside(wait()):
            await asyncio.sleep(0)
            raise LookupError
    assert ended


async def test_work_that_failed_does_not_hide_the_block_s_own_end() -> None:
    async def fail() -> None:
        raise ValueError

    async with running_beside(fail()):
        await asyncio.sleep(0.01)
