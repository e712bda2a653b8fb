"""Canonical bytes: the same values always give the same bytes, so that a hash can vouch for a price.

Sorted keys, no spaces, dates in ISO form, decimals by value (120.0 and 120.00 are the same), sets sorted.
"""

import hashlib
import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


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
    kind = type(value)
    if kind is str or kind is int or value is None or kind is bool:
        return value
    if kind is dict:
        return {
            name if type(name) is str else str(_plain(name)): _plain(entry)
            for name, entry in cast("dict[object, object]", value).items()
        }
    if kind is list or kind is tuple:
        return [_plain(entry) for entry in cast("list[object]", value)]
    if kind is Decimal:
        return decimal_text(cast("Decimal", value))
    return _plain_others(value)


def _plain_others(value: object) -> object:
    """What is rarer than the kinds above, which are nearly everything and are told apart fastest by their very type."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str | int):
        return value
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return _plain_parts(value)


def _plain_parts(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, Mapping):
        entries = cast("Mapping[object, object]", value).items()
        return {str(_plain(key)): _plain(entry) for key, entry in entries}
    if isinstance(value, AbstractSet):
        return sorted((_plain(entry) for entry in cast("AbstractSet[object]", value)), key=str)
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in cast("tuple[object, ...]", value)]
    raise TypeError(f"{type(value).__name__} has no canonical form.")


@cache
def _names(kind: "type[DataclassInstance]") -> tuple[str, ...]:
    return tuple(part.name for part in fields(kind))
