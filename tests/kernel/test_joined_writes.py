"""Answers leave in as few writes as they can, whole, in order, and no later than the event loop comes round."""

import asyncio

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from tembea.kernel.joined_writes import JOINED_BYTES, JoinedWrites
from tests.operations.event_reader import served


class Written(asyncio.Transport):
    """A transport that remembers each write."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert not self.closed
        self.pieces.append(bytes(data))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


@pytest.fixture
def written() -> Written:
    return Written()


async def joined(written: Written) -> JoinedWrites:
    return JoinedWrites(written, asyncio.get_running_loop())


async def test_a_head_and_its_body_are_one_write(written: Written) -> None:
    transport = await joined(written)
    for _ in range(2):
        transport.write(b"head ")
        transport.write(b"body")
    await asyncio.sleep(0)
    assert written.pieces == [b"head body", b"head body"]


async def test_what_nothing_follows_leaves_when_the_loop_comes_round(written: Written) -> None:
    transport = await joined(written)
    transport.write(b"event")
    assert written.pieces == []
    await asyncio.sleep(0)
    assert written.pieces == [b"event"]


async def test_a_long_piece_is_not_copied_behind_another(written: Written) -> None:
    transport, long = await joined(written), b"x" * (JOINED_BYTES + 1)
    transport.write(b"head")
    transport.write(long)
    assert written.pieces == [b"head", long]


async def test_closing_lets_go_of_what_was_written_and_a_lost_connection_of_nothing(written: Written) -> None:
    transport = await joined(written)
    transport.write(b"last")
    transport.close()
    assert (written.pieces, transport.is_closing()) == ([b"last"], True)
    lost = Written()
    transport = await joined(lost)
    transport.write(b"never")
    lost.close()
    await asyncio.sleep(0)
    assert lost.pieces == []


BIG = bytes(range(256)) * 40_000


async def answers(scope: Scope, receive: Receive, send: Send) -> None:
    """Ten megabytes in two pieces at /big, else a body in three pieces, the last two of which wait for each other."""
    assert scope["type"] == "http"
    big = scope["path"] == "/big"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-kind", b"big" if big else b"slow")]})
    for piece in (BIG, BIG[:7]) if big else (b"one,", b"two,", b"three"):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        await asyncio.sleep(0 if big else 0.01)
    await send({"type": "http.response.body", "body": b""})


async def test_answers_arrive_whole_on_one_connection() -> None:
    async with served(answers) as address, httpx.AsyncClient(base_url=address) as client:
        for _ in range(2):
            slow, big = await client.get("/"), await client.get("/big")
            assert (slow.content, slow.headers["x-kind"]) == (b"one,two,three", "slow")
            assert big.content == BIG + BIG[:7]
        closing = await client.get("/", headers={"Connection": "close"})
        assert (closing.content, closing.headers["connection"]) == (b"one,two,three", "close")
