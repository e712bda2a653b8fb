"""The trace context of the W3C (https://www.w3.org/TR/trace-context/): `00-<trace id>-<parent id>-<flags>`."""

import re

_TRACE_PARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def parse_trace_parent(value: str) -> str | None:
    """The header as it came, or None where it is not one: a broken header starts no trace and breaks no request."""
    return value if _TRACE_PARENT.fullmatch(value) else None
