"""What layers add to an answer's beginning, and that nothing of a request stays behind."""

import gc

from starlette.types import Message, Scope, Send

from tembea.kernel.head import Head, head_of
from tests.app_fixtures import Agency, Platform


async def answered(send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": ((b"x-own", b"1"),)})
    await send({"type": "http.response.body", "body": b"done"})


def added_to(head: Head, name: bytes) -> None:
    def add(start: Message) -> None:
        start["headers"].append((name, b"step"))

    head.when_it_begins(add)


async def test_layers_add_to_one_beginning() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    outer, to_outer = head_of(send)
    inner, to_inner = head_of(to_outer)
    assert inner is outer
    added_to(outer, b"x-outer")
    added_to(inner, b"x-inner")
    inner.fields.append((b"x-field", b"2"))
    assert not outer.has_begun
    await answered(to_inner)

    assert outer.has_begun
    assert sent[0]["headers"] == [(b"x-own", b"1"), (b"x-outer", b"step"), (b"x-inner", b"step"), (b"x-field", b"2")]
    assert sent[1] == {"type": "http.response.body", "body": b"done"}


async def test_a_layer_that_keeps_an_answer_back_has_it_not_begun_outside() -> None:
    async def send(message: Message) -> None:
        raise AssertionError(message)

    async def keeps_back(message: Message) -> None:
        del message

    outer, _ = head_of(send)
    inner, to_inner = head_of(keeps_back)
    await answered(to_inner)

    assert (inner.has_begun, outer.has_begun) == (True, False)


async def test_a_request_leaves_nothing_for_the_garbage_collector(platform: Platform, agency: Agency) -> None:
    token = agency.admin.headers["authorization"].encode()
    requests = 300

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def ask() -> int:
        found: list[int] = []

        async def send(message: Message) -> None:
            found.append(message.get("status", 0))

        await platform.app(a_scope("/api/v1/quotes", token), receive, send)
        return found[0]

    assert await ask() == 200
    gc.collect()
    gc.disable()
    try:
        for _ in range(requests):
            await ask()
        assert gc.collect() < requests  # what else runs in the process may leave something
    finally:
        gc.enable()


def a_scope(path: str, token: bytes) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "server": ("tembea.test", 80),
        "client": ("127.0.0.1", 5_000),
        "scheme": "http",
        "method": "GET",
        "root_path": "",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"tembea.test"), (b"authorization", token)],
        "state": {},
    }
