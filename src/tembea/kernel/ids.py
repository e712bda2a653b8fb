"""Keys are made in Python as UUIDv7 (RFC 9562): a row knows its key before it is written, and keys sort by time."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


def new_request_id() -> str:
    """A fresh UUIDv7 as text, for logs and answers; a tenth of what a `UUID` costs."""
    return str(uuid_utils.uuid7())


def find_uuid(text: str) -> UUID | None:
    """The UUID that a text spells in its usual form, or None; other spellings that `UUID` tolerates are refused."""
    try:
        parsed = UUID(text)
    except ValueError:
        return None
    return parsed if str(parsed) == text.lower() else None
