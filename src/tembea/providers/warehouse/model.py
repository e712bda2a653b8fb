"""What a warehouse is asked and what it may answer, whichever one it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Literal, LiteralString, Protocol

from tembea.kernel.context import Context

WarehouseKind = Literal["bigquery", "duckdb"]
ValueType = Literal["STRING", "INT64", "DATE", "DATETIME", "STRINGS"]
"""BigQuery's names; STRINGS is an ARRAY of STRING, which is never null (BigQuery has no null arrays)."""
Value = str | int | date | datetime | Sequence[str] | None
Values = Mapping[str, Value]
Cells = Mapping[str, object]
"""A row by the names of its columns. Decimals, dates and times may be their ISO texts: whoever asks parses."""

MAX_ROWS = 10_000
"""Rows of one answer; a statement bounds itself far below it."""

# A table behind one of these words with a dot or a backtick in its name would be in a dataset of its own choosing.
_QUALIFIED = re.compile(r"`|\b(from|join|into|using|table|update|view|call)\s+[\w-]+\s*\.|information_schema", re.I)
_PYTHON: Mapping[ValueType, tuple[type, ...]] = {
    "STRING": (str,),
    "INT64": (int,),
    "DATE": (date,),
    "DATETIME": (datetime,),
    "STRINGS": (list, tuple),
}


class WarehouseError(Exception):
    """The warehouse did not do it. `reason` is a stable word for figures and answers; the text is for logs alone."""

    reason: ClassVar[str] = "failed"


class WarehouseAway(WarehouseError):
    """It cannot be reached, is overloaded or took too long; later it may work."""

    reason = "unreachable"


class TooExpensive(WarehouseError):
    """The question would read more bytes than one may; it was not run."""

    reason = "too_expensive"


class WarehouseRefused(WarehouseError):
    """It answered that it does not do this, or something that cannot be understood."""

    reason = "refused"


class NothingLoaded(WarehouseError):
    """Nothing was ever loaded for this tenant."""

    reason = "nothing_loaded"


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL text in BigQuery's dialect and the types of its parameters (`@name`).

    Tables are named without a dataset: the tenant selects it. Raises ValueError for a text that names one.
    """

    sql: LiteralString
    takes: Mapping[str, ValueType] = field(default_factory=dict[str, ValueType])

    def __post_init__(self) -> None:
        if _QUALIFIED.search(self.sql):
            raise ValueError("a statement names its tables without a dataset")
        if set(re.findall(r"@(\w+)", self.sql)) != set(self.takes):
            raise ValueError("a statement declares exactly the parameters that it uses")

    def typed(self, values: Values) -> list[tuple[str, ValueType, Value]]:
        """The values with their names and types; raises ValueError where one is missing, too many or wrong."""
        if values.keys() != self.takes.keys():
            raise ValueError(f"takes {sorted(self.takes)}, was given {sorted(values)}")
        for name, kind in self.takes.items():
            if not _fits(values[name], kind):
                raise ValueError(f"{name} is not a {kind}")
        return [(name, kind, values[name]) for name, kind in self.takes.items()]


def _fits(value: Value, kind: ValueType) -> bool:
    if value is None:
        return kind != "STRINGS"
    if kind == "DATE" and isinstance(value, datetime):  # a datetime is a date in Python, and nowhere else
        return False
    return isinstance(value, _PYTHON[kind])


@dataclass(frozen=True, slots=True)
class Table:
    """A table of every tenant's dataset: what makes it, run before the first load, and what takes in rows.

    `load` takes `loaded`, a JSON array of objects, and leaves out the rows whose id is there already.
    """

    name: str
    create: tuple[Statement, ...]
    load: Statement


class Warehouse(Protocol):
    """A warehouse. Every method is cut off at its deadline; `ask` and `load` raise `WarehouseError`."""

    @property
    def kind(self) -> WarehouseKind:
        """Which one it is."""
        ...

    async def ask(self, ctx: Context, statement: Statement, values: Values) -> list[Cells]:
        """The rows that the tenant's own data answers with. Raises `NothingLoaded` before the first load."""
        ...

    async def load(self, ctx: Context, table: Table, values: Values) -> None:
        """Take in rows of the tenant by the table's `load`; the table is made where it is missing."""
        ...

    async def check(self) -> bool | None:
        """Whether it answers a real question now; None where there is nothing outside to ask."""
        ...

    async def warm(self) -> None:
        """Connect and ask once, so that nobody waits for it later; never raises."""
        ...

    async def close(self) -> None:
        """Let go of what it holds."""
        ...
