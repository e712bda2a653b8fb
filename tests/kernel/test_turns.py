"""Turns: a few at a time, nobody's burst in front of another's, and whoever waits too long is told so."""

import asyncio

import pytest

from tembea.kernel.turns import Busy, Turns
from tests.app_fixtures import Agency, Platform


class Work:
    """Work that is counted while it is going on."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.now: list[str] = []
        self.most: dict[str, int] = {}
        self.done: list[str] = []

    async def do(self, tenant: str, name: str = "") -> None:
        async with self._turns.turn(tenant):
            self.now.append(tenant)
            for whose, number in (("everybody", len(self.now)), (tenant, self.now.count(tenant))):
                self.most[whose] = max(self.most.get(whose, 0), number)
            await asyncio.sleep(0.01)
            self.now.remove(tenant)
            self.done.append(name or tenant)


async def test_so_many_at_a_time_and_of_one_tenant_fewer() -> None:
    work = Work(Turns(3, 2))

    await asyncio.gather(*(work.do(tenant) for tenant in "aaaaaabbbbbbcccccc"))

    assert work.most.pop("everybody") == 3
    assert max(work.most.values()) == 2
    assert len(work.done) == 18


async def test_whoever_comes_behind_anothers_burst_does_not_wait_for_all_of_it() -> None:
    work = Work(Turns(3, 2))

    await asyncio.gather(*(work.do("burst") for _ in range(30)), work.do("other"))

    assert work.done.index("other") < 5


async def test_those_of_a_tenant_come_in_the_order_in_which_they_asked() -> None:
    work = Work(Turns(1, 1))

    await asyncio.gather(*(work.do("a", str(number)) for number in range(10)))

    assert work.done == [str(number) for number in range(10)]


async def test_who_waits_too_long_is_told_so_and_takes_nobodys_turn() -> None:
    turns = Turns(1, 1, wait_s=0.05)
    async with turns.turn("a"):
        for tenant in ("a", "b"):
            with pytest.raises(Busy) as refused:
                async with turns.turn(tenant):
                    raise AssertionError("not in turn")
            assert refused.value.headers["Retry-After"] == "5"

    async with asyncio.timeout(30):
        await Work(turns).do("b")


async def test_a_turn_ends_with_whatever_ends_its_work() -> None:
    turns = Turns(1, 1)
    with pytest.raises(ZeroDivisionError):
        async with turns.turn("a"):
            raise ZeroDivisionError
    hanging = asyncio.create_task(Work(turns).do("a"))
    waiting = asyncio.create_task(Work(turns).do("a"))
    await asyncio.sleep(0)
    waiting.cancel()
    hanging.cancel()
    await asyncio.gather(hanging, waiting, return_exceptions=True)

    async with asyncio.timeout(30):
        await Work(turns).do("a")


async def test_a_request_that_has_no_turn_in_time_is_told_when_to_come_back(platform: Platform, agency: Agency) -> None:
    platform.app.state.turns = Turns(1, 1, wait_s=0.05)
    stay = {"check_in": "2027-06-12", "nights": 7, "adults": 2}
    async with platform.app.state.turns.turn(str(agency.key.tenant_id)):
        busy = await agency.consultant.post("/api/v1/pricing/price", json=stay)
        other = await agency.consultant.get("/api/v1/quotes")
    then = await agency.consultant.post("/api/v1/pricing/price", json=stay)

    assert (busy.status_code, busy.json()["code"], busy.headers["retry-after"]) == (503, "busy", "5")
    assert busy.headers["content-type"] == "application/problem+json"
    assert (other.status_code, then.status_code) == (200, 200)
