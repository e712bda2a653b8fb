"""The stores' own statements, each filter out in turn: one that no longer says whose rows it wants must show them.

While the other agency works, each of its statements that names a tenant is asked once more before it runs, in a
savepoint that is rolled back: in our name, while the database lets the other agency's rows be seen. Nothing but the
statement's own words then keeps them back. As it stands it must find nothing; without the filter it must find, change
or remove a row, or be refused because it would.
"""

import re
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, cast
from unittest.mock import patch
from uuid import UUID

import psycopg

from tembea.kernel.db_watch import WatchedCursor

TRIES_MAX = 40
"""So often a statement is judged whose filter has shown nothing yet: it depends on what it is asked for."""
_NAMED = re.compile(r"(?:\b(?P<alias>\w+)\.)?\b(?:tenant_id|id) = (?P<value>%s|%\((?P<name>\w+)\)s)(?:::uuid)?")
_SOURCE = re.compile(
    r"\b(?:from|join|update|using|into)\s+(?P<table>\w+)(?:\s+(?:as\s+)?(?P<alias>\w+))?", re.IGNORECASE
)
_VIEWS = {"quote_values": ("quotes", "quote_options")}
_BLANK: tuple[object, ...] = (None, 0, Decimal(0), False, "", [], {}, b"")


Matters = Literal["alone", "behind", ""]
"""How a filter was seen to matter: by itself; once the statement's other filters were off, too; or not at all."""


@dataclass
class Filter:
    """One place in which a statement says whose rows it wants."""

    start: int
    end: int
    value: str
    tables: tuple[str, ...]
    matters: Matters = ""


@dataclass
class Statement:
    """A statement of a store, its filters, and the tables that it reaches by joins alone.

    `finds` is what it found as it stands, in another agency's name: nothing.
    """

    filters: list[Filter]
    joined: frozenset[str]
    tries: int = 0
    finds: str = ""

    @property
    def is_settled(self) -> bool:
        """Nothing more can be learned."""
        return self.tries >= TRIES_MAX or all(one.matters for one in self.filters)

    def matters_to(self, table: str) -> str:
        """How this statement's filters of one table matter; "joined" where the table is reached by another's."""
        ways = {one.matters for one in self.filters if table in one.tables}
        if not ways and table in self.joined:
            return "joined" if any(one.matters for one in self.filters) else ""
        return next((way for way in ("alone", "behind") if way in ways), "")


@dataclass
class Ledger:
    """Every statement that was judged, by its text."""

    tables: frozenset[str] = frozenset()
    statements: dict[str, Statement] = field(default_factory=dict[str, Statement])

    def about(self, table: str) -> Counter[str]:
        """How many statements name the table, by how their filters matter to it."""
        return Counter(
            statement.matters_to(table)
            for statement in self.statements.values()
            if table in statement.joined or any(table in one.tables for one in statement.filters)
        )

    @property
    def filters(self) -> list[Filter]:
        """All of them."""
        return [one for statement in self.statements.values() for one in statement.filters]

    @property
    def findings(self) -> list[str]:
        """Statements that show rows of one agency to another as they stand."""
        said = ((" ".join(text.split()), statement.finds) for text, statement in self.statements.items())
        return [f"statement: {text[:200]} finds {finds}" for text, finds in said if finds]


@contextmanager
def judged(ledger: Ledger, *, theirs: UUID, ours: UUID) -> Generator[None]:
    """Judge whatever statements name `theirs` while the block runs."""
    execute = cast("Any", WatchedCursor.execute)

    async def asked_twice(self: Any, query: Any, params: Any = None, **more: Any) -> Any:
        if isinstance(query, str) and params:
            await _judge(ledger, self.connection, query, params, theirs, ours)
        return await execute(self, query, params, **more)

    with patch.object(WatchedCursor, "execute", asked_twice):
        yield


async def _judge(ledger: Ledger, connection: Any, query: str, params: Any, theirs: UUID, ours: UUID) -> None:
    filters = list(_filters(query, params, theirs, ledger.tables))
    if not filters:
        return
    own = {table for one in filters for table in one.tables}
    joined = frozenset(_tables(query) & ledger.tables - own)
    statement = ledger.statements.setdefault(query, Statement(filters, joined))
    if statement.is_settled:
        return
    statement.tries += 1
    renamed = _renamed(params, theirs, ours)
    as_it_stands = await _outcome(connection, query, renamed)
    if _says_something(as_it_stands):
        statement.finds = repr(as_it_stands)[:300]
    for one in statement.filters:
        if not one.matters and await _outcome(connection, _without(query, [one]), renamed) != as_it_stands:
            one.matters = "alone"
    await _judge_behind(connection, query, statement, renamed)


async def _judge_behind(connection: Any, query: str, statement: Statement, params: Any) -> None:
    """A filter behind others: with all of them off rows come, with all but this one off there are others or none."""
    left = [one for one in statement.filters if not one.matters]
    if not left or len(statement.filters) == 1:
        return
    nothing_said = await _outcome(connection, _without(query, statement.filters), params)
    for one in left:
        others = [other for other in statement.filters if other is not one]
        if await _outcome(connection, _without(query, others), params) != nothing_said:
            one.matters = "behind"


async def _outcome(connection: Any, query: str, params: Any) -> object:
    """How many rows and which, or by what the database refused; nothing of it stays."""
    try:
        async with connection.transaction(force_rollback=True):
            cursor = psycopg.AsyncCursor[tuple[object, ...]](connection)
            await cursor.execute(cast("Any", query), params)
            return cursor.rowcount, await cursor.fetchall() if cursor.description else []
    except psycopg.Error as error:
        return type(error).__name__


def _says_something(outcome: object) -> bool:
    if not isinstance(outcome, tuple):
        return False
    count, rows = cast("tuple[int, list[tuple[object, ...]]]", outcome)
    return any(cell not in _BLANK for row in rows for cell in row) if rows else count > 0


def _filters(query: str, params: Any, theirs: UUID, tables: frozenset[str]) -> Generator[Filter]:
    for found in _NAMED.finditer(query):
        position = query[: found.start("value")].replace("%%", "").count("%s")
        bound = params[found["name"]] if found["name"] else params[position]
        if str(bound) == str(theirs):
            table = _table_of(query, found.start(), found["alias"], tables)
            if table is not None:
                yield Filter(found.start(), found.end(), found["value"], _VIEWS.get(table, (table,)))


def _table_of(query: str, position: int, alias: str | None, tables: frozenset[str]) -> str | None:
    """The table that a filter stands for: the alias's, or the nearest one named before it."""
    sources = [one for one in _SOURCE.finditer(query) if one["table"] in tables or one["table"] in _VIEWS]
    before = [one for one in sources if one.start() < position]
    if alias is not None:
        before = [one for one in before if alias in (one["table"], one["alias"])]
    return before[-1]["table"] if before else None


def _tables(query: str) -> set[str]:
    named = {one["table"] for one in _SOURCE.finditer(query)}
    return named | {table for view in named & _VIEWS.keys() for table in _VIEWS[view]}


def _renamed(params: Any, theirs: UUID, ours: UUID) -> Any:
    def renamed(value: object) -> object:
        if value == theirs:
            return ours
        return str(ours) if value == str(theirs) else value

    if isinstance(params, Mapping):
        return {name: renamed(value) for name, value in cast("Mapping[str, object]", params).items()}
    return [renamed(value) for value in cast("Sequence[object]", params)]


def _without(query: str, filters: Sequence[Filter]) -> str:
    """The statement without these filters; what they were given is still given, so that nothing else moves."""
    for one in sorted(filters, key=lambda one: -one.start):
        query = f"{query[: one.start]}{one.value}::uuid is not null{query[one.end :]}"
    return query
