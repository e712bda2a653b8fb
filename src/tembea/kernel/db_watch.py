"""Cursors and a pool that count: how long statements took, and how long work waited for a connection.

A statement costs about a microsecond more. Parameters are looked at by nobody.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self, TypeVar

import psycopg
from psycopg.abc import Query
from psycopg_pool import AsyncConnectionPool

from tembea.kernel.telemetry.metrics import POOL_WAIT_SECONDS, STATEMENT_SECONDS
from tembea.kernel.telemetry.tracing import TRACING
from tembea.kernel.telemetry.work import CURRENT

Row = TypeVar("Row", covariant=True)
_Params = Sequence[Any] | Mapping[str, Any]  # as the library has it
_observe_statement = STATEMENT_SECONDS.observe
_observe_wait = POOL_WAIT_SECONDS.observe


class WatchedCursor(psycopg.AsyncCursor[Row]):
    """A cursor whose statements are timed, and traced where traces are on."""

    async def execute(
        self,
        query: Query,
        params: _Params | None = None,
        *,
        prepare: bool | None = None,
        binary: bool | None = None,
    ) -> Self:
        """As the library's."""
        started = time.perf_counter()
        try:
            if not TRACING.is_on:
                return await super().execute(query, params, prepare=prepare, binary=binary)  # pyright: ignore[reportArgumentType] - templates need Python 3.14
            with TRACING.span("statement", "client") as span:
                if span is not None:
                    span.describe(*_described(query))
                return await super().execute(query, params, prepare=prepare, binary=binary)  # pyright: ignore[reportArgumentType] - templates need Python 3.14
        finally:
            _note_statement(time.perf_counter() - started)

    async def executemany(self, query: Query, params_seq: Iterable[_Params], *, returning: bool = False) -> None:
        """As the library's; counted as one statement."""
        started = time.perf_counter()
        try:
            with TRACING.span("statement", "client") as span:
                if span is not None:
                    span.describe(*_described(query))
                await super().executemany(query, params_seq, returning=returning)
        finally:
            _note_statement(time.perf_counter() - started)


async def commit(connection: "psycopg.AsyncConnection[tuple[object, ...]]") -> None:
    """Commit what was begun, timed and traced as a statement; without a cursor, which would cost half of it again."""
    started = time.perf_counter()
    try:
        if not TRACING.is_on:
            await connection.commit()
            return
        with TRACING.span("statement", "client") as span:
            if span is not None:
                span.describe(*_described("commit"))
            await connection.commit()
    finally:
        _note_statement(time.perf_counter() - started)


class WatchedPool(AsyncConnectionPool[psycopg.AsyncConnection[tuple[object, ...]]]):
    """A pool that counts how long it let people wait."""

    async def getconn(self, timeout: float | None = None) -> psycopg.AsyncConnection[tuple[object, ...]]:  # noqa: ASYNC109 - the library's name
        """As the library's."""
        started = time.perf_counter()
        try:
            return await super().getconn(timeout)
        finally:
            waited_s = time.perf_counter() - started
            _observe_wait(waited_s)
            work = CURRENT.get()
            if work is not None:
                work.pool_wait_s += waited_s


def _note_statement(seconds: float) -> None:
    _observe_statement(seconds)
    work = CURRENT.get()
    if work is not None:
        work.statements += 1
        work.database_s += seconds


def _described(query: Query) -> tuple[str, dict[str, str]]:
    """The statement as it stands in the code. One that was put together holds values: BEGIN with its tenant."""
    text = query if isinstance(query, str) else "begin"
    return text.split(None, 1)[0].upper(), {"db.system.name": "postgresql", "db.query.text": text.strip()}
