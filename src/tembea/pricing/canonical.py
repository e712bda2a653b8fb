"""Canonical bytes: the same values always give the same bytes, so that a hash can vouch for a price.

Sorted keys, no spaces, dates in ISO form, decimals by value (120.0 and 120.00 are the same), sets sorted.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import cast


def canonical_bytes(value: object) -> bytes:
    """UTF-8 JSON of dataclasses, mappings, sequences, sets, enums, dates, decimals and plain values."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def sha256_of(value: object) -> str:
    """Hexadecimal SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def decimal_text(amount: Decimal) -> str:
    """A decimal by its value, without an exponent or trailing zeros."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _plain(value: object) -> object:
    return _writer(type(value))(value)


@cache
def _writer(kind: type[object]) -> Callable[[object], object]:
    """How values of a type become plain: looked up once, since the same few types come by thousands in a price."""
    if issubclass(kind, Enum):
        return lambda value: str(cast("Enum", value).value)
    if issubclass(kind, str | int | NoneType):
        return lambda value: value
    if issubclass(kind, Decimal):
        return lambda value: decimal_text(cast("Decimal", value))
    if issubclass(kind, date):  # and datetime, which is one
        return lambda value: cast("date", value).isoformat()
    if is_dataclass(kind):
        return _parts_writer(tuple(part.name for part in fields(kind)))
    return _container_writer(kind)


def _parts_writer(names: tuple[str, ...]) -> Callable[[object], object]:
    return lambda value: {name: _plain(getattr(value, name)) for name in names}


def _container_writer(kind: type[object]) -> Callable[[object], object]:
    if issubclass(kind, Mapping):
        return lambda value: {
            str(_plain(name)): _plain(entry) for name, entry in cast("Mapping[object, object]", value).items()
        }
    if issubclass(kind, AbstractSet):
        return lambda value: sorted((_plain(entry) for entry in cast("AbstractSet[object]", value)), key=str)
    if issubclass(kind, tuple | list):
        return lambda value: [_plain(entry) for entry in cast("Sequence[object]", value)]
    raise TypeError(f"{kind.__name__} has no canonical form.")
