"""How an answer begins: what the layers around the routes add to it, on one list and in one step.

A layer that stood in the answer's way itself would cost each of its messages two calls more; there are half a dozen.
Nothing here is kept beyond its request: whatever refers to itself would wait for the garbage collector.
"""

from collections.abc import Awaitable, Callable

from starlette.types import Message, Send

Fields = list[tuple[bytes, bytes]]
"""Header fields, their names in small letters, as ASGI has them."""


class Head:
    """The beginning of one request's answer. `fields` are added to those that the route gives."""

    __slots__ = ("_send", "_steps", "fields", "has_begun")

    def __init__(self, send: Send) -> None:
        self.fields: Fields = []
        self.has_begun = False
        self._send = send
        self._steps: list[Callable[[Message], None]] = []

    def when_it_begins(self, step: Callable[[Message], None]) -> None:
        """Have `step` look at the answer's first message and add to its headers, which are a list."""
        self._steps.append(step)

    def send(self, message: Message) -> Awaitable[None]:
        """As ASGI's `send`."""
        if not self.has_begun and message["type"] == "http.response.start":
            self.has_begun = True
            message["headers"] = list(message.get("headers", ()))
            steps, self._steps = self._steps, []
            for step in steps:
                step(message)
            message["headers"] += self.fields
        return self._send(message)


def head_of(send: Send) -> tuple[Head, Send]:
    """The head that `send` belongs to, and where to send the answer to: the same.

    Where an outer layer asked before, it stands in the answer's way for this one too; else this one does.
    """
    known = getattr(send, "__self__", None)
    if isinstance(known, Head):
        return known, send
    head = Head(send)
    return head, head.send
