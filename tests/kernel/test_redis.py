"""The link to Redis: bounded when it is away in any way, free after the first failure, and back soon."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from redis.asyncio import Redis

from tembea.kernel.redis import Away, RedisLink, call_redis, open_redis
from tests import redis_servers
from tests.redis_servers import Misbehaving, RedisServer, free_port, running_redis

TIMEOUT_S = 0.5  # long enough for a busy machine to answer within it
RECOVERED_S = 2.0


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[RedisServer]:
    with running_redis(tmp_path) as running:
        yield running


def link_to(url: str, *, max_connections: int = 5, timeout_s: float = TIMEOUT_S) -> RedisLink:
    link = open_redis(url, timeout_s=timeout_s, max_connections=max_connections)
    assert link is not None
    return link


async def increase(client: Redis) -> int:
    return int(await client.incr("tembea:test:count"))  # refuses what is no number


async def timed(link: RedisLink) -> tuple[int | Away, float]:
    started = time.monotonic()
    answer = await link.run("test", increase)
    return answer, time.monotonic() - started


async def wait_until_back(link: RedisLink) -> float:
    started = time.monotonic()
    for _ in range(600):
        if not link.is_away:
            break
        await asyncio.sleep(0.01)
    return time.monotonic() - started


async def test_it_answers_what_the_server_says(server: RedisServer) -> None:
    link = link_to(server.url)

    assert [await link.run("test", increase) for _ in range(3)] == [1, 2, 3]
    await link.close()


async def test_without_an_address_there_is_none() -> None:
    assert open_redis(None, timeout_s=1, max_connections=1) is None
    assert await call_redis(None, "test", increase) == Away("not_configured")


async def test_many_at_once_wait_for_their_turn_and_none_of_them_fails(server: RedisServer) -> None:
    link = link_to(server.url, max_connections=4, timeout_s=2)

    answers = await asyncio.gather(*(link.run("test", increase) for _ in range(400)))

    assert sorted(answer for answer in answers if isinstance(answer, int)) == list(range(1, 401))
    await link.close()


@pytest.mark.parametrize(
    ("misbehaving", "reason"),
    [
        (redis_servers.black_hole, "timeout"),
        (lambda: redis_servers.slow(1.0), "timeout"),
        (redis_servers.read_only, "read_only"),
        (redis_servers.garbage, "garbage"),
        (redis_servers.wrong_shape, "garbage"),
    ],
)
async def test_a_server_that_misbehaves_costs_one_deadline_and_then_nothing(
    misbehaving: Callable[[], Misbehaving], reason: str
) -> None:
    async with misbehaving().serving() as server:
        link = link_to(server.url)
        first, first_s = await timed(link)
        asked = server.commands
        rest = [await timed(link) for _ in range(50)]

        assert first == Away(reason)  # pyright: ignore[reportArgumentType] - one of its reasons
        assert first_s < 3 * TIMEOUT_S
        assert {answer for answer, _ in rest} == {Away("circuit_open")}
        assert max(took_s for _, took_s in rest) < TIMEOUT_S / 2
        assert server.commands - asked <= 1, "only a probe may have asked meanwhile"
        await link.close()


async def test_a_refused_port_costs_next_to_nothing() -> None:
    link = link_to(f"redis://127.0.0.1:{free_port()}/0")
    first, first_s = await timed(link)

    assert first == Away("unreachable")
    assert first_s < 3 * TIMEOUT_S
    assert await link.run("test", increase) == Away("circuit_open")
    await link.close()


async def test_who_waits_for_a_turn_hears_of_the_failure_of_those_before() -> None:
    async with redis_servers.black_hole().serving() as server:
        link = link_to(server.url, max_connections=2)
        started = time.monotonic()
        answers = await asyncio.gather(*(link.run("test", increase) for _ in range(40)))

        assert time.monotonic() - started < 3 * TIMEOUT_S, "twenty deadlines, had each waited for its own"
        assert sum(answer == Away("circuit_open") for answer in answers) == 38
        await link.close()


async def test_a_server_that_starts_again_is_used_again_soon(tmp_path: Path) -> None:
    server = RedisServer(tmp_path)
    server.start()
    link = link_to(server.url)
    await link.run("test", increase)
    server.stop()
    assert isinstance(await link.run("test", increase), Away)
    await asyncio.sleep(1)  # long enough for the probes to have become rare
    server.start()

    took_s = await wait_until_back(link)

    assert took_s < RECOVERED_S
    assert await link.run("test", increase) == 1
    server.stop()
    await link.close()


async def test_connections_from_before_a_hang_are_not_used_again(server: RedisServer) -> None:
    link = link_to(server.url, max_connections=5)
    await asyncio.gather(*(link.run("test", increase) for _ in range(5)))
    server.pause()
    assert await link.run("test", increase) == Away("timeout")
    server.resume()

    assert await wait_until_back(link) < RECOVERED_S
    answers = [await link.run("test", increase) for _ in range(10)]
    assert all(isinstance(answer, int) for answer in answers)
    await link.close()


async def test_a_replica_without_its_primary_is_away_until_it_may_write(server: RedisServer) -> None:
    link = link_to(server.url)
    with server.client() as admin:
        admin.replicaof("127.0.0.1", str(free_port()))  # pyright: ignore[reportUnknownMemberType]
        assert await link.run("test", increase) == Away("read_only")
        await asyncio.sleep(0.3)
        assert link.is_away, "it answers PING, and cannot be written"
        admin.replicaof("NO", "ONE")  # pyright: ignore[reportUnknownMemberType]

    assert await wait_until_back(link) < RECOVERED_S
    await link.close()


@pytest.mark.parametrize("setting", [("maxmemory", 1), ("min-replicas-to-write", 1), None])
async def test_a_server_that_refuses_what_a_script_writes_is_away(
    server: RedisServer, setting: tuple[str, int] | None
) -> None:
    link = link_to(server.url)
    with server.client() as admin:
        if setting is None:
            admin.replicaof("127.0.0.1", str(free_port()))  # pyright: ignore[reportUnknownMemberType]
        else:
            admin.config_set(*setting)  # pyright: ignore[reportUnknownMemberType]
    answer = await link.run("test", lambda client: client.eval("return redis.call('INCR', KEYS[1])", 1, "tembea:test"))  # pyright: ignore[reportArgumentType, reportUnknownLambdaType, reportUnknownMemberType, reportUnknownVariableType]

    assert answer == Away("read_only")
    assert link.is_away
    await link.close()


async def test_an_error_of_one_call_is_that_calls_alone(server: RedisServer) -> None:
    link = link_to(server.url)
    with server.client() as admin:
        admin.lpush("tembea:test:count", "a list")  # pyright: ignore[reportUnknownMemberType, reportUnusedCallResult]

    assert await link.run("test", increase) == Away("refused")
    assert not link.is_away
    await link.close()


async def test_a_process_that_is_late_itself_does_not_take_redis_for_dead(tmp_path: Path) -> None:
    deadline_s = 0.05

    async def is_busy() -> None:
        while True:
            time.sleep(deadline_s / 2)  # noqa: ASYNC251 - the loop is to be late
            await asyncio.sleep(0)

    server = RedisServer(tmp_path)
    link = link_to(server.url, timeout_s=deadline_s)
    assert isinstance(await link.run("test", increase), Away)
    busy = asyncio.create_task(is_busy())
    server.start()
    try:
        await wait_until_back(link)
        answers = [await link.run("test", increase) for _ in range(5)]
        at_once = await asyncio.gather(*(link.run("test", increase) for _ in range(5)))
    finally:
        busy.cancel()
        server.stop()
    await link.close()

    assert [*answers, *sorted(map(int_or_away, at_once))] == [*range(1, 11)]


def int_or_away(answer: int | Away) -> int:
    return -1 if isinstance(answer, Away) else answer
