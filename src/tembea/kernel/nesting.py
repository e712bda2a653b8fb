"""What JSON a body may be: not nested too deeply, and no name twice in one object.

A parser that follows a thousand brackets runs out of stack, or of time. Of two values under one name every parser
silently takes one, and not all the same one: a price for somebody else's guests.
"""

import json
import re

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tembea.kernel.errors import BadRequest, FieldError
from tembea.kernel.headers import header
from tembea.kernel.problems import problem

MAX_DEPTH = 64
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


class TooDeep(BadRequest):
    """The body nests deeper than anything that we take."""

    code = "too_deep"

    def __init__(self) -> None:
        super().__init__(f"This JSON nests deeper than {MAX_DEPTH} levels. Send it flatter.")


class DuplicateKey(BadRequest):
    """An object of the body has two values under one name."""

    code = "duplicate_key"

    def __init__(self, name: str) -> None:
        message = f"The key {name:.60} stands twice in one object. Remove one of them."
        super().__init__(message, errors=[FieldError(f"body.{name:.60}", message)])


class NestingMiddleware:
    """Refuses JSON bodies that nest too deeply, before any parser sees them, and those that say one thing twice.

    `BodyMiddleware` bounds their size.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; only a JSON body is looked at, once it is whole."""
        if scope["type"] != "http" or not _is_json(scope):
            await self.app(scope, receive, send)
            return
        messages = [await receive()]
        while messages[-1].get("more_body"):
            messages.append(await receive())
        try:
            check_json(b"".join(message.get("body", b"") for message in messages))
        except BadRequest as refused:
            await problem(Request(scope), refused)(scope, receive, send)
            return
        waiting = iter(messages)

        async def receive_again() -> Message:
            return next(waiting, None) or await receive()

        await self.app(scope, receive_again, send)


def check_json(body: bytes) -> None:
    """Raise `TooDeep` or `DuplicateKey`. What is no JSON at all is left to whoever reads the body."""
    if is_too_deep(body):
        raise TooDeep
    try:
        json.loads(body, object_pairs_hook=_check_names, parse_int=str, parse_float=str)
    except ValueError:
        return


def is_too_deep(body: bytes) -> bool:
    """Whether a JSON text nests deeper than `MAX_DEPTH`; for a text that is no JSON, whether it seems to."""
    if body.count(b"[") + body.count(b"{") <= MAX_DEPTH:
        return False
    depth = 0
    for token in _TOKENS.finditer(body):
        first = token[0][:1]
        if first in b"[{":
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif first in b"]}":
            depth -= 1
    return False


def _check_names(pairs: list[tuple[str, object]]) -> None:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise DuplicateKey(next(name for place, name in enumerate(names) if name in names[:place]))


def _is_json(scope: Scope) -> bool:
    return b"json" in (header(scope, b"content-type") or b"").lower()
