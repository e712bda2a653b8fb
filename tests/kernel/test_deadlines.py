"""A request without an answer in time is cut off and told so; streams of events are not."""

import asyncio
import json
import time

import pytest
from starlette.types import Message, Receive, Scope, Send

from tembea.kernel.deadlines import RequestTimeoutMiddleware

SCOPE: Scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "state": {"request_id": "one"}}


async def asked(app: RequestTimeoutMiddleware, path: str = "/") -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app({**SCOPE, "path": path}, receive, send)
    return sent


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_what_hangs_is_answered_with_a_problem_and_what_it_had_open_is_let_go() -> None:
    let_go = asyncio.Event()

    async def hangs(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, send
        await receive()
        try:
            await asyncio.sleep(60)
        finally:
            let_go.set()

    started = time.monotonic()
    start, body = await asked(RequestTimeoutMiddleware(hangs, 0.2))

    assert start["status"] == 504
    assert json.loads(body["body"])["code"] == "timeout"
    assert let_go.is_set()
    assert time.monotonic() - started < 3


async def test_a_stream_of_events_lasts() -> None:
    async def streams(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        headers = [(b"content-type", b"text/event-stream; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await asyncio.sleep(0.5)
        await send({"type": "http.response.body", "body": b"late"})

    sent = await asked(RequestTimeoutMiddleware(streams, 0.1))

    assert [message.get("status", message.get("body")) for message in sent] == [200, b"late"]


def test_deadlines_hold_in_each_event_loop() -> None:
    async def hangs(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive, send
        await asyncio.sleep(60)

    app = RequestTimeoutMiddleware(hangs, 0.2)
    assert [asyncio.run(asked(app))[0]["status"] for _ in range(2)] == [504, 504]


async def test_whoever_hangs_is_cut_off_and_the_others_are_not() -> None:
    async def takes_its_time(scope: Scope, receive: Receive, send: Send) -> None:
        del receive
        await asyncio.sleep(60 if scope["path"] == "/hangs" else 0.25)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    app = RequestTimeoutMiddleware(takes_its_time, 30, {"/hangs": 0.2})

    both = await asyncio.gather(asked(app, "/hangs"), asked(app, "/ends"))
    assert [sent[0]["status"] for sent in both] == [504, 200]


async def test_somebody_elses_cancelling_is_no_timeout() -> None:
    async def hangs(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive, send
        await asyncio.sleep(60)

    task = asyncio.create_task(asked(RequestTimeoutMiddleware(hangs, 30)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_whoever_ends_in_spite_of_it_has_answered() -> None:
    async def answers_late(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await send({"type": "http.response.start", "status": 200, "headers": []})

    assert [message["status"] for message in await asked(RequestTimeoutMiddleware(answers_late, 0.1))] == [200]
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_a_timeout_of_the_applications_own_is_its_own() -> None:
    async def fails(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive, send
        raise TimeoutError

    with pytest.raises(TimeoutError):
        await asked(RequestTimeoutMiddleware(fails, 5))
