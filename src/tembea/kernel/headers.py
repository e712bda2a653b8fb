"""What the headers of ASGI messages say."""

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.types import Message


def header(of: Mapping[str, Any], wanted: bytes) -> bytes | None:
    """The first `wanted` header (in small letters, as ASGI has them) of a request's scope or an answer's beginning."""
    headers: Iterable[tuple[bytes, bytes]] = of.get("headers", ())
    for name, value in headers:
        if name == wanted:
            return value
    return None


def is_stream_of_events(start: Message) -> bool:
    """Whether the answer lasts for as long as somebody looks."""
    return (header(start, b"content-type") or b"").startswith(b"text/event-stream")
