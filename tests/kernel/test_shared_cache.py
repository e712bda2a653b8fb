"""The cache in Redis: one refresh for all processes, none older than it may be, and Redis may be away or mad."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tembea.kernel.cache import Cache
from tembea.kernel.db import Published
from tembea.kernel.redis import RedisLink, open_redis
from tembea.kernel.shared_values import SharedValues
from tests.kernel.cache_worker import CODEC
from tests.redis_servers import Misbehaving, RedisServer, black_hole, garbage, read_only, running_redis, wrong_shape

TENANT = uuid4()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with running_redis(tmp_path_factory.mktemp("redis")) as running:
        yield running


@pytest.fixture
async def link(server: RedisServer) -> AsyncIterator[RedisLink]:
    with server.client() as client:
        client.flushall()  # pyright: ignore[reportUnknownMemberType]
    opened = open_redis(server.url, timeout_s=2, max_connections=10)
    assert opened is not None
    yield opened
    await opened.close()


def process(link: RedisLink) -> Cache[int]:
    """A cache as a process of its own has it."""
    return Cache("test", max_entries=10, stale_s=60, shared=SharedValues(link, "test", CODEC, lease_s=5))


class Source:
    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self) -> int:
        self.asked += 1
        asked = self.asked
        await asyncio.sleep(0.05)
        return asked


async def test_what_one_process_made_the_others_find(link: RedisLink) -> None:
    source = Source()
    made = await process(link).get_or_load(TENANT, "a", 30, source)
    found = await process(link).get_or_load(TENANT, "a", 30, source)
    stranger = await process(link).get_or_load(uuid4(), "a", 30, source)

    assert [(one.value, one.status) for one in (made, found)] == [(1, "miss"), (1, "hit")]
    assert found.age_ms >= 50
    assert (stranger.value, stranger.status) == (2, "miss")


async def test_five_hundred_clients_of_four_processes_cause_one_refresh_at_expiry(server: RedisServer) -> None:
    with server.client() as client:
        client.flushall()  # pyright: ignore[reportUnknownMemberType]
    rounds = await asyncio.gather(*(asking(server.url, TENANT, 125, processes=4) for _ in range(4)))

    first = [answer for one in rounds for answer in one[0]]
    at_expiry = [answer for one in rounds for answer in one[1]]
    assert len(first) == len(at_expiry) == 500
    assert {value for value, _ in first} == {1}
    assert {value for value, _ in at_expiry} <= {1, 2}
    assert 2 in {value for value, _ in at_expiry}
    assert {status for value, status in at_expiry if value == 1} <= {"stale"}


async def asking(url: str, tenant: UUID, clients: int, *, processes: int) -> list[list[tuple[int, str]]]:
    command = [sys.executable, "-m", "tests.kernel.cache_worker", url, str(tenant), str(clients), str(processes)]
    worker = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    output, _ = await worker.communicate()
    assert worker.returncode == 0
    return [[(value, status) for value, status in json.loads(line)] for line in output.splitlines()]


async def test_a_process_that_dies_while_it_makes_a_value_holds_nobody_up_for_long(link: RedisLink) -> None:
    shared = SharedValues(link, "test", CODEC, lease_s=0.5)
    await shared.lease(TENANT, "a")
    started = time.monotonic()
    answer = await Cache("test", max_entries=10, stale_s=60, shared=shared).get_or_load(TENANT, "a", 30, Source())

    assert answer.status == "miss"
    assert time.monotonic() - started < 3 * 1


async def test_whoever_did_something_is_not_given_what_another_process_made_before(link: RedisLink) -> None:
    source, here, there = Source(), process(link), process(link)
    await there.get_or_load(TENANT, "a", 30, source)
    published = Published(TENANT, 1, "test.happened")
    there.heard(published)
    await here.told([published])
    mine = await here.get_or_load(TENANT, "a", 30, source)
    await asyncio.sleep(0.6)
    theirs = await there.get_or_load(TENANT, "a", 30, source)

    assert mine.value == 2
    # Where the answer from Redis takes long, an age counts as more than it is, and the value is made once more.
    assert theirs.value >= 2


async def test_an_older_value_never_replaces_a_newer_one(link: RedisLink) -> None:
    shared = SharedValues(link, "test", CODEC, lease_s=5)
    old = await shared.lease(TENANT, "a")
    await shared.release(TENANT, "a", old)  # pyright: ignore[reportArgumentType]
    new = await shared.lease(TENANT, "a")
    await shared.put(TENANT, "a", new, 2, ttl_s=30, stale_s=60)  # pyright: ignore[reportArgumentType]
    await shared.put(TENANT, "a", old, 1, ttl_s=30, stale_s=60)  # pyright: ignore[reportArgumentType]

    assert (await process(link).get_or_load(TENANT, "a", 30, Source())).value == 2


async def test_what_does_not_decode_is_made_anew(link: RedisLink, server: RedisServer) -> None:
    await process(link).get_or_load(TENANT, "a", 30, Source())
    with server.client() as client:
        for key in list(client.scan_iter("tembea:cache:*")):  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType, reportUnknownVariableType]
            client.hset(key, "v", b"\x80\x04nonsense")  # pyright: ignore[reportUnknownMemberType, reportArgumentType, reportUnknownArgumentType]

    assert (await process(link).get_or_load(TENANT, "a", 30, Source())).status == "miss"


@pytest.mark.parametrize("misbehaving", [black_hole(), garbage(), read_only(), wrong_shape()])
async def test_a_redis_that_misbehaves_costs_a_moment_and_nothing_else(misbehaving: Misbehaving) -> None:
    async with misbehaving.serving():
        link = open_redis(misbehaving.url, timeout_s=0.2, max_connections=4)
        assert link is not None
        cache, source = process(link), Source()
        started = time.monotonic()
        answers = await asyncio.gather(*(cache.get_or_load(TENANT, "a", 30, source) for _ in range(50)))
        took_s = time.monotonic() - started
        again = await cache.get_or_load(TENANT, "a", 30, source)
        await link.close()

    assert {answer.value for answer in answers} == {1}
    assert (again.value, again.status) == (1, "hit")
    assert source.asked == 1
    assert took_s < 3 * 1


async def test_a_redis_that_dies_in_between_is_done_without(tmp_path: Path) -> None:
    with running_redis(tmp_path) as server:
        link = open_redis(server.url, timeout_s=0.2, max_connections=4)
        assert link is not None
        cache, source = process(link), Source()
        await cache.get_or_load(TENANT, "a", 30, source)
        server.stop()
        await asyncio.sleep(1.1)
        kept = await cache.get_or_load(TENANT, "a", 30, source)
        other = await cache.get_or_load(TENANT, "b", 30, source)
        await link.close()

    assert (kept.value, kept.status) == (1, "hit")
    assert (other.value, other.status) == (2, "miss")
