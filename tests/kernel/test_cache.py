"""The cache: one load however many ask, bounded, and stale values only while or because renewing is under way."""

import asyncio
from uuid import UUID, uuid4

import pytest

from tembea.kernel.cache import Cache
from tembea.kernel.db import Published

TENANT = uuid4()


def happened(tenant: UUID = TENANT) -> Published:
    return Published(tenant, 1, "test.happened")


class Clock:
    """A clock that a test winds."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class Source:
    """Counts how often it is asked; waits for `gate` when there is one."""

    def __init__(self) -> None:
        self.asked = 0
        self.gate: asyncio.Event | None = None
        self.broken = False

    async def __call__(self) -> int:
        self.asked += 1
        asked = self.asked
        if self.gate is not None:
            await self.gate.wait()
        if self.broken:
            raise RuntimeError("the source is down")
        return asked


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cache(clock: Clock) -> Cache[int]:
    return Cache("test", max_entries=2, stale_s=60, clock=clock)


async def test_a_value_is_loaded_once_and_then_hit_until_its_time_is_over(cache: Cache[int], clock: Clock) -> None:
    source = Source()
    first = await cache.get_or_load(TENANT, "a", 30, source)
    clock.now_s += 29.9
    second = await cache.get_or_load(TENANT, "a", 30, source)
    clock.now_s += 0.2
    third = await cache.get_or_load(TENANT, "a", 30, source)

    assert [(c.value, c.status, c.age_ms) for c in (first, second, third)] == [
        (1, "miss", 0),
        (1, "hit", 29_900),
        (2, "miss", 0),
    ]


async def test_however_many_ask_at_once_it_is_loaded_once(cache: Cache[int]) -> None:
    source = Source()
    source.gate = asyncio.Event()
    asking = [asyncio.create_task(cache.get_or_load(TENANT, "a", 30, source)) for _ in range(50)]
    await asyncio.sleep(0)
    source.gate.set()

    answers = await asyncio.gather(*asking)

    assert source.asked == 1
    assert {answer.value for answer in answers} == {1}


async def test_who_asked_first_may_go_away_without_harm_to_the_others(cache: Cache[int]) -> None:
    source = Source()
    source.gate = asyncio.Event()
    first = asyncio.create_task(cache.get_or_load(TENANT, "a", 30, source))
    second = asyncio.create_task(cache.get_or_load(TENANT, "a", 30, source))
    await asyncio.sleep(0)
    first.cancel()
    source.gate.set()

    assert (await second).value == 1
    assert source.asked == 1


async def test_while_one_renews_the_others_get_the_stale_value(cache: Cache[int], clock: Clock) -> None:
    source = Source()
    await cache.get_or_load(TENANT, "a", 30, source)
    clock.now_s += 31
    source.gate = asyncio.Event()
    renewing = asyncio.create_task(cache.get_or_load(TENANT, "a", 30, source))
    await asyncio.sleep(0)

    beside = await cache.get_or_load(TENANT, "a", 30, source)
    source.gate.set()

    assert (beside.value, beside.status, beside.age_ms) == (1, "stale", 31_000)
    assert (await renewing).value == 2


async def test_a_failed_renewal_serves_the_stale_value_for_a_while_and_then_fails(
    cache: Cache[int], clock: Clock
) -> None:
    source = Source()
    await cache.get_or_load(TENANT, "a", 30, source)
    source.broken = True
    clock.now_s += 89
    served = await cache.get_or_load(TENANT, "a", 30, source)
    clock.now_s += 2

    assert served.status == "stale"
    with pytest.raises(RuntimeError):
        await cache.get_or_load(TENANT, "a", 30, source)


async def test_a_failure_is_not_kept(cache: Cache[int]) -> None:
    source = Source()
    source.broken = True
    with pytest.raises(RuntimeError):
        await cache.get_or_load(TENANT, "a", 30, source)
    source.broken = False

    assert (await cache.get_or_load(TENANT, "a", 30, source)).value == 2


async def test_what_is_not_worth_keeping_is_answered_and_loaded_anew(cache: Cache[int]) -> None:
    source = Source()

    first = await cache.get_or_load(TENANT, "a", 30, source, keep_s=lambda value: None if value > 1 else 0.0)
    second = await cache.get_or_load(TENANT, "a", 30, source, keep_s=lambda value: None if value > 1 else 0.0)
    third = await cache.get_or_load(TENANT, "a", 30, source, keep_s=lambda value: None if value > 1 else 0.0)

    assert [(c.value, c.status) for c in (first, second, third)] == [(1, "miss"), (2, "miss"), (2, "hit")]


async def test_the_least_recently_used_value_leaves_first(cache: Cache[int]) -> None:
    source = Source()
    for key in ("a", "b", "a", "c"):
        await cache.get_or_load(TENANT, key, 30, source)

    assert (await cache.get_or_load(TENANT, "a", 30, source)).status == "hit"
    assert (await cache.get_or_load(TENANT, "b", 30, source)).status == "miss"


async def test_what_is_worth_less_is_kept_only_so_long_and_never_served_stale(cache: Cache[int], clock: Clock) -> None:
    source = Source()
    await cache.get_or_load(TENANT, "a", 30, source, keep_s=lambda _: 5.0)
    clock.now_s += 4.9
    kept = await cache.get_or_load(TENANT, "a", 30, source)
    clock.now_s += 0.2
    source.broken = True

    assert kept.status == "hit"
    with pytest.raises(RuntimeError):
        await cache.get_or_load(TENANT, "a", 30, source)


async def test_whoever_did_something_is_answered_anew_at_once(cache: Cache[int], clock: Clock) -> None:
    source = Source()
    await cache.get_or_load(TENANT, "a", 30, source)
    clock.now_s += 0.001
    await cache.told([happened()])

    assert (await cache.get_or_load(TENANT, "a", 30, source)).value == 2
    assert (await cache.get_or_load(TENANT, "a", 30, source)).status == "hit"


async def test_a_loading_that_began_before_something_was_done_answers_nobody_who_comes_after_it(
    cache: Cache[int], clock: Clock
) -> None:
    source = Source()
    source.gate = asyncio.Event()
    before = asyncio.create_task(cache.get_or_load(TENANT, "a", 30, source))
    await asyncio.sleep(0.01)
    clock.now_s += 0.001
    await cache.told([happened()])
    after = asyncio.create_task(cache.get_or_load(TENANT, "a", 30, source))
    await asyncio.sleep(0.01)
    source.gate.set()

    assert [(await before).value, (await after).value] == [1, 2]
    assert (await cache.get_or_load(TENANT, "a", 30, source)).value == 2


async def test_what_happened_elsewhere_ends_a_value_within_a_second_but_not_for_a_moment(
    cache: Cache[int], clock: Clock
) -> None:
    source = Source()
    await cache.get_or_load(TENANT, "a", 30, source)
    clock.now_s += 0.1
    cache.heard(happened())
    young = await cache.get_or_load(TENANT, "a", 30, source)
    clock.now_s += 0.5

    assert (young.value, young.status) == (1, "hit")
    assert (await cache.get_or_load(TENANT, "a", 30, source)).value == 2


async def test_what_happens_to_one_tenant_leaves_the_others_alone_and_missed_news_nobody(
    cache: Cache[int], clock: Clock
) -> None:
    source = Source()
    await cache.get_or_load(TENANT, "a", 30, source)
    clock.now_s += 1
    await cache.told([happened(uuid4())])
    untouched = await cache.get_or_load(TENANT, "a", 30, source)
    cache.missed()

    assert untouched.status == "hit"
    assert (await cache.get_or_load(TENANT, "a", 30, source)).value == 2


async def test_two_tenants_never_share_a_value(cache: Cache[int]) -> None:
    source = Source()
    first = await cache.get_or_load(TENANT, "a", 30, source)
    second = await cache.get_or_load(uuid4(), "a", 30, source)

    assert first.value != second.value
