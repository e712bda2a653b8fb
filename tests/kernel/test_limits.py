"""The limiter: no window holds more than its limit, all limits or none, and one truth for all processes."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tembea.kernel.limits import KEYS_KEPT, Decision, Limit, Limiter, LocalWindows
from tembea.kernel.redis import RedisLink, open_redis
from tests import redis_servers
from tests.kernel.limit_traces import edge, exact_log, flood, poisson, worst_window
from tests.redis_servers import Misbehaving, RedisServer, free_port, running_redis

LIMIT = 30
PROCESS = Path(__file__).with_name("limit_process.py")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    with running_redis(tmp_path) as running:
        yield running


def link_to(url: str, *, timeout_s: float = 5.0) -> RedisLink:
    link = open_redis(url, timeout_s=timeout_s, max_connections=20)
    assert link is not None
    return link


@pytest.fixture
async def link(server: RedisServer) -> AsyncIterator[RedisLink]:
    """With a deadline that a busy machine does not reach."""
    made = link_to(server.url)
    yield made
    await made.close()


def a_limit(
    name: str = "api", limit: int = 5, *, window_s: int = 3_600, who: str = "a tenant", alone: int | None = None
) -> Limit:
    return Limit(name, limit, window_s, who, limit if alone is None else alone)


class Clock:
    def __init__(self) -> None:
        self.now_s = 1_000_000.0

    def __call__(self) -> float:
        return self.now_s


async def admitted(limiter: Limiter, limits: list[Limit], times: int) -> int:
    decisions = await asyncio.gather(*(limiter.decide(limits, kind="test") for _ in range(times)))
    return sum(decision.admitted for decision in decisions)


@pytest.mark.parametrize("trace", [edge, flood, poisson])
def test_no_window_holds_more_than_the_limit(trace: Callable[[int], list[float]]) -> None:
    clock = Clock()
    windows, limit, start = LocalWindows(clock=clock), a_limit(limit=LIMIT, window_s=60), clock.now_s
    moments, let_in = trace(LIMIT), list[float]()
    for at in moments:
        clock.now_s = start + at
        if windows.decide([limit], take=True).admitted:
            let_in.append(at)

    assert worst_window(let_in) <= LIMIT
    assert len(let_in) >= 0.9 * exact_log(moments, LIMIT), "careful, but not stingy"


@pytest.mark.parametrize("trace", [flood, poisson])
async def test_no_window_holds_more_than_the_limit_in_redis_either(
    link: RedisLink, trace: Callable[[int], list[float]]
) -> None:
    # In the server's own time: a window of one second, whose 60 buckets are 17 ms each.
    limiter, limit = Limiter(link), a_limit(limit=LIMIT, window_s=1)
    let_in, moments, start = list[float](), [at / 60 for at in trace(LIMIT)], time.monotonic()
    for at in moments[: 12 * LIMIT]:
        await asyncio.sleep(max(0.0, start + at - time.monotonic()))
        began = time.monotonic()
        if (await limiter.decide([limit], kind="test")).admitted:
            let_in.append(began)

    # The server decided after `began`, at most a moment later: a window shorter by that moment is sure to be inside.
    assert worst_window(let_in, window_s=0.9) <= LIMIT
    assert len(let_in) >= LIMIT


async def test_in_redis_a_slot_comes_back_a_bucket_after_the_window_and_not_before(link: RedisLink) -> None:
    limiter, limit = Limiter(link), a_limit(limit=3, window_s=1)
    taken = time.monotonic()
    assert await admitted(limiter, [limit], 5) == 3
    refused = await limiter.decide([limit], kind="test")
    decision = refused
    for _ in range(1_000):
        decision = await limiter.decide([limit], kind="test")
        if decision.admitted:
            break
        await asyncio.sleep(0.005)
    waited_s = time.monotonic() - taken

    assert not refused.admitted
    assert 0 < refused.binding.frees_in_s <= 1 + 2 / 60
    assert decision.admitted
    assert waited_s >= 1.0


@pytest.mark.parametrize("where", ["redis", "process"])
async def test_a_refused_request_takes_nothing_from_any_limit(link: RedisLink, where: str) -> None:
    limiter = Limiter(link if where == "redis" else None)
    wide, narrow, both = a_limit("api", 10), a_limit("quote_generation", 2), 5
    taken = await admitted(limiter, [wide, narrow], both)
    standing = await limiter.look([wide, narrow])

    assert taken == 2
    assert [(s.used, s.remaining) for s in standing.standings] == [(2, 8), (2, 0)]
    assert standing.binding.limit == narrow


async def test_what_another_process_took_of_one_limit_leaves_the_others_whole(link: RedisLink) -> None:
    wide, narrow = a_limit("api", 10), a_limit("quote_generation", 2)
    await admitted(Limiter(link), [narrow], 2)
    refused = await Limiter(link).decide([wide, narrow], kind="test")

    assert not refused.admitted
    assert [standing.used for standing in refused.standings] == [0, 2]


@pytest.mark.parametrize("where", ["redis", "process"])
async def test_looking_takes_nothing(link: RedisLink, where: str) -> None:
    limiter, limit = Limiter(link if where == "redis" else None), a_limit()
    seen = [(await limiter.look([limit])).standings[0] for _ in range(10)]

    assert {(standing.used, standing.frees_in_s) for standing in seen} == {(0, 0.0)}


async def test_tenants_and_members_have_windows_of_their_own(link: RedisLink) -> None:
    limiter, limit = Limiter(link), a_limit(limit=1)
    others = [limit, replace(limit, who="another"), replace(limit, member=":ann"), replace(limit, name="chat")]

    assert [await admitted(limiter, [one], 2) for one in others] == [1, 1, 1, 1]


async def test_its_keys_are_the_tenants_on_one_node_and_go_by_themselves(link: RedisLink, server: RedisServer) -> None:
    await Limiter(link).decide([a_limit(window_s=60)], kind="test")
    with server.client() as client:
        keys: list[bytes] = client.keys("*")  # pyright: ignore[reportUnknownMemberType, reportAssignmentType]
        left_ms = client.pttl(keys[0])

    assert keys == [b"tembea:limit:{a tenant}:api:60"]
    assert 60_000 < int(left_ms) <= 62_000  # pyright: ignore[reportArgumentType]


def test_four_processes_at_once_admit_exactly_the_limit(server: RedisServer) -> None:
    command = [sys.executable, str(PROCESS), server.url, "400", "600"]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    counts = [int(process.communicate(timeout=60)[0]) for process in processes]

    assert sum(counts) == 600


async def test_a_process_forgets_the_windows_asked_for_the_longest_ago() -> None:
    windows = LocalWindows(max_keys=2)
    for who in ("a", "b", "a", "c"):
        windows.decide([a_limit(who=who)], take=True)

    used = {who: windows.decide([a_limit(who=who)], take=False).standings[0].used for who in ("c", "a", "b")}
    assert used == {"c": 1, "a": 2, "b": 0}
    assert KEYS_KEPT > 1_000


MISBEHAVING = [
    redis_servers.black_hole,
    lambda: redis_servers.slow(1.0),
    redis_servers.read_only,
    redis_servers.garbage,
    redis_servers.wrong_shape,
]


@pytest.mark.parametrize("misbehaving", MISBEHAVING)
async def test_while_redis_misbehaves_a_process_admits_its_share_and_waits_once(
    misbehaving: Callable[[], Misbehaving],
) -> None:
    async with misbehaving().serving() as server:
        link = link_to(server.url, timeout_s=0.5)
        limiter, started = Limiter(link), time.monotonic()
        let_in = [(await limiter.decide([a_limit(limit=40, alone=10)], kind="api")).admitted for _ in range(40)]

        assert sum(let_in) == 10
        assert time.monotonic() - started < 3 * 0.5, "one deadline, not forty"
        await link.close()


async def test_what_closes_without_redis_is_closed() -> None:
    link = link_to(f"redis://127.0.0.1:{free_port()}/0", timeout_s=0.5)
    limiter = Limiter(link)

    assert await admitted(limiter, [a_limit(limit=3, alone=0)], 2) == 0
    await link.close()


async def test_losing_redis_and_finding_it_empty_admits_no_more_than_the_limit(tmp_path: Path) -> None:
    server = RedisServer(tmp_path)
    server.start()
    link = link_to(server.url, timeout_s=1)
    limiter, limit = Limiter(link), a_limit(limit=30)
    before = await admitted(limiter, [limit], 10)
    server.stop()
    during = await admitted(limiter, [limit], 10)
    server.start()
    for _ in range(600):
        if not link.is_away:
            break
        await asyncio.sleep(0.01)
    after = await admitted(limiter, [limit], 40)
    server.stop()

    assert not link.is_away
    assert (before, during, after) == (10, 10, 10)
    await link.close()


async def test_a_script_that_the_server_forgot_is_sent_again(link: RedisLink, server: RedisServer) -> None:
    limiter, limit = Limiter(link), a_limit(limit=10)
    first = await limiter.decide([limit], kind="test")
    with server.client() as client:
        client.script_flush()  # pyright: ignore[reportUnknownMemberType, reportUnusedCallResult]
    second: Decision = await limiter.decide([limit], kind="test")

    assert (first.standings[0].used, second.standings[0].used) == (1, 2)
