"""What a message may cost to be taken apart: the standard parser makes an object of every part and line, and asks every
open part about every line, so a few megabytes made for it would take minutes and gigabytes.

Whatever is cut off is cut off from reading alone: the stored message is whole.
"""

import re
from itertools import islice

MAX_BYTES = 30 * 1024 * 1024
MAX_HEAD_BYTES = 1024 * 1024
MAX_LINES = 1_000_000
MAX_BOUNDARY_LINES = 10_000
MAX_CONTAINERS, MIN_CONTAINERS = 200, 20
MAX_LINES_TIMES_CONTAINERS = 20_000_000

BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_BOUNDARY_LINE = re.compile(rb"\n--")
_CONTAINER = re.compile(rb"\ncontent-type:[ \t]*(?:multipart|message)/", re.IGNORECASE)


def bounded(raw: bytes) -> bytes:
    """The beginning of a message that can be taken apart in seconds: all of it, unless it was made to be costly.

    Bounds the bytes, the bytes of the head, the lines, the parts, and the parts that may hold others, of which there
    may be the fewer the more lines there are. A 25 MB attachment in base64 has a third of the lines that are read.
    """
    raw = raw[:MAX_BYTES]
    end = BLANK_LINE.search(raw)
    head, body = (raw[: end.start()], raw[end.start() :]) if end else (raw, b"")
    if len(head) > MAX_HEAD_BYTES:
        raw = head[:MAX_HEAD_BYTES].rpartition(b"\n")[0] + body
    lines = raw.count(b"\n")
    if lines > MAX_LINES:
        raw = b"\n".join(raw.split(b"\n", MAX_LINES)[:MAX_LINES])
    raw = _cut_at(raw, _BOUNDARY_LINE, MAX_BOUNDARY_LINES)
    containers = MAX_LINES_TIMES_CONTAINERS // max(1, min(lines, MAX_LINES))
    return _cut_at(raw, _CONTAINER, min(MAX_CONTAINERS, max(MIN_CONTAINERS, containers)))


def _cut_at(raw: bytes, pattern: re.Pattern[bytes], count: int) -> bytes:
    """The bytes before the match that is one too many."""
    beyond = next(islice(pattern.finditer(raw), count, None), None)
    return raw if beyond is None else raw[: beyond.start()]
