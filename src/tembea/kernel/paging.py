"""Keyset paging: a cursor is the last row's sort key, opaque to the client and safe to lose."""

import base64
import json
from collections.abc import Sequence
from typing import cast

from tembea.kernel.errors import FieldError, Invalid

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


def encode_cursor(key: Sequence[str | int | None]) -> str:
    """The cursor that continues after a row with this sort key."""
    return base64.urlsafe_b64encode(json.dumps(list(key)).encode()).rstrip(b"=").decode()


def decode_cursor(cursor: str, *, parts: int) -> list[str]:
    """The sort key in a cursor, as `parts` texts; raises `Invalid` for one that we never gave out."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        decoded: object = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, UnicodeEncodeError) as error:
        raise _unknown_cursor() from error
    if not isinstance(decoded, list):
        raise _unknown_cursor()
    key = cast("list[object]", decoded)
    if len(key) != parts or not all(isinstance(part, str) and "\x00" not in part for part in key):
        raise _unknown_cursor()
    return [str(part) for part in key]


def _unknown_cursor() -> Invalid:
    msg = "Use the next_cursor of an earlier answer, or leave it out to start at the beginning."
    return Invalid("This cursor is not one of ours.", errors=[FieldError("query.cursor", msg)])
