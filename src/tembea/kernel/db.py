"""The only place that opens a database connection, and the two handles that everything else works through.

`Tx` is one transaction in which the tenant is already set; `Db` opens short ones, for whatever waits outside or
streams. Beginning and naming the tenant is one round trip (about 0.15 ms). No session state is used, so a transaction
pooler such as Supavisor may stand in between.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import LiteralString, TypeVar
from uuid import UUID

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import class_row, dict_row, scalar_row
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout

from tembea.kernel.context import Context
from tembea.kernel.db_watch import WatchedCursor, WatchedPool, commit
from tembea.kernel.errors import NotFound, Unavailable

T = TypeVar("T")
Params = Sequence[object] | Mapping[str, object]
Connection = psycopg.AsyncConnection[tuple[object, ...]]


class DatabaseUnavailable(Unavailable):
    """The database did not give a connection in time, or lost it; nothing was changed."""

    code = "database_unavailable"


@dataclass(frozen=True, slots=True)
class DbLimits:
    """Bounds of the pool. Times are seconds, statement bounds milliseconds; see `Settings` for where they are set."""

    min_size: int = 4
    max_size: int = 10
    acquire_timeout_s: float = 0.25
    statement_timeout_ms: int = 2_000
    idle_in_transaction_timeout_ms: int = 5_000
    lock_timeout_ms: int = 1_000
    prepare: bool = False
    """Keep statements prepared in each connection; only without a transaction pooler in between."""


@dataclass(frozen=True, slots=True)
class Published:
    """That an event was published: whose, its number, and its kind. See `tembea.kernel.events`."""

    tenant_id: UUID
    id: int
    kind: str


class Read:
    """One READ ONLY transaction in which the tenant of `ctx` is set."""

    def __init__(self, ctx: Context, connection: Connection) -> None:
        self.ctx = ctx
        self.connection = connection

    async def find(self, row: type[T], query: LiteralString, params: Params = ()) -> T | None:
        """The first row as a `row`, built from its columns by name, or None."""
        async with self.connection.cursor(row_factory=class_row(row)) as cursor:
            await cursor.execute(query, params)
            return await cursor.fetchone()

    async def get(self, row: type[T], query: LiteralString, params: Params = ()) -> T:
        """Like `find`, but raises `NotFound` where there is no row."""
        found = await self.find(row, query, params)
        if found is None:
            raise NotFound
        return found

    async def list(self, row: type[T], query: LiteralString, params: Params = ()) -> list[T]:
        """All rows as `row`s; the query bounds how many there can be."""
        async with self.connection.cursor(row_factory=class_row(row)) as cursor:
            await cursor.execute(query, params)
            return await cursor.fetchall()

    async def rows(self, query: LiteralString, params: Params = ()) -> "list[dict[str, object]]":
        """All rows as dictionaries, for results whose columns have no noun of their own."""
        async with self.connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query, params)
            return await cursor.fetchall()

    async def value(self, kind: type[T], query: LiteralString, params: Params = ()) -> T | None:
        """The first column of the first row, checked to be a `kind`, or None."""
        async with self.connection.cursor(row_factory=scalar_row) as cursor:
            await cursor.execute(query, params)
            found: object = await cursor.fetchone()
        if found is None or isinstance(found, kind):
            return found
        raise TypeError(f"expected {kind.__name__}, the database answered {type(found).__name__}")


class Tx(Read):
    """One read-write transaction in which the tenant of `ctx` is set. Nobody calls commit: its owner does, at the end.

    Whoever holds one awaits nothing but the database. `published` are the events that it tells when it commits.
    """

    def __init__(self, ctx: Context, connection: Connection) -> None:
        super().__init__(ctx, connection)
        self.published: list[Published] = []
        self._to_publish: dict[tuple[str, str], None] = {}

    def publish(self, kind: str, payload: str) -> None:
        """Tell of an event when this commits, once however often it is said; see `tembea.kernel.events.publish`."""
        self._to_publish[kind, payload] = None

    async def flush_events(self) -> None:
        """Write what is to be published, in one round trip. The owner of the transaction does it before the commit."""
        if not self._to_publish:
            return
        kinds, payloads = zip(*self._to_publish, strict=True)
        self._to_publish = {}
        params = {"tenant_id": self.ctx.tenant_uuid, "kinds": list(kinds), "payloads": list(payloads)}
        for row in await self.rows(_PUBLISH, params):
            self.published.append(Published(self.ctx.tenant_uuid, int(str(row["id"])), str(row["kind"])))

    async def execute(self, query: LiteralString, params: Params = ()) -> int:
        """Run one statement; how many rows it touched."""
        async with self.connection.cursor() as cursor:
            await cursor.execute(query, params)
            return cursor.rowcount

    async def execute_many(self, query: LiteralString, rows: Sequence[Params]) -> None:
        """Run one statement for each of `rows`, in one pipeline."""
        async with self.connection.cursor() as cursor:
            await cursor.executemany(query, rows)


class Db:
    """Opens short transactions for a context."""

    def __init__(self, pool: AsyncConnectionPool[Connection]) -> None:
        self.pool = pool
        self.announce: Callable[[Sequence[Published]], Awaitable[None]] | None = None
        """Told what a transaction published once it is committed, before its owner goes on; never raises."""

    @asynccontextmanager
    async def tx(self, ctx: Context) -> AsyncGenerator[Tx]:
        """A read-write transaction: committed when the block ends, rolled back when it raises."""
        async with _Transaction(self.pool, _BEGIN + _acting(ctx)) as connection:
            tx = Tx(ctx, connection)
            yield tx
            await tx.flush_events()
        if tx.published and self.announce is not None:
            await self.announce(tx.published)

    def read(self, ctx: Context) -> AbstractAsyncContextManager[Read]:
        """A read-only transaction with one snapshot."""
        return _Reading(self.pool, ctx)


_LOST = (PoolTimeout, PoolClosed, psycopg.OperationalError, psycopg.errors.IdleInTransactionSessionTimeout)


class _Transaction:
    """A pooled connection with its transaction begun: committed when the block ends, rolled back when it raises.

    A class, since generators that stand in one another cost a request more than a round trip.
    """

    __slots__ = ("_connection", "_opening", "_pool")

    def __init__(self, pool: AsyncConnectionPool[Connection], opening: bytes) -> None:
        self._pool = pool
        self._opening = opening
        self._connection: Connection | None = None

    async def __aenter__(self) -> Connection:
        try:
            self._connection = await self._begun()
        except _LOST as error:
            raise _unavailable() from error
        return self._connection

    async def __aexit__(self, _: type[BaseException] | None, error: BaseException | None, __: object) -> None:
        connection = self._connection
        assert connection is not None  # noqa: S101 - entered before it is left
        try:
            try:
                if error is None:
                    await commit(connection)
            finally:
                await self._give_back(connection)
        except _LOST as lost:
            raise _unavailable() from lost
        if isinstance(error, _LOST):
            raise _unavailable() from error

    async def _begun(self) -> Connection:
        """A connection with its transaction begun.

        Connections are not probed on every use (a round trip each); when one turns out to be dead before anything ran
        on it, the pool drops its dead ones and the transaction begins once more on a live one.
        """
        connection = await self._pool.getconn()
        try:
            await connection.execute(self._opening, prepare=False)
        except BaseException as error:
            await self._give_back(connection)
            if not isinstance(error, psycopg.OperationalError) or not connection.closed:
                raise
        else:
            return connection
        await self._pool.check()
        connection = await self._pool.getconn()
        try:
            await connection.execute(self._opening, prepare=False)
        except BaseException:
            await self._give_back(connection)
            raise
        return connection

    async def _give_back(self, connection: Connection) -> None:
        """Back into the pool, with nothing begun."""
        try:
            if not connection.closed and connection.info.transaction_status is not TransactionStatus.IDLE:
                await connection.rollback()
        finally:
            await self._pool.putconn(connection)


class _Reading:
    """A read-only transaction, as a handle."""

    __slots__ = ("_ctx", "_transaction")

    def __init__(self, pool: AsyncConnectionPool[Connection], ctx: Context) -> None:
        self._ctx = ctx
        self._transaction = _Transaction(pool, _BEGIN_READ + _acting(ctx))

    async def __aenter__(self) -> Read:
        return Read(self._ctx, await self._transaction.__aenter__())

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        await self._transaction.__aexit__(kind, error, trace)


def _unavailable() -> DatabaseUnavailable:
    return DatabaseUnavailable("The database does not answer. Nothing was changed; please try again.")


@asynccontextmanager
async def handed_over(tx: Tx, ctx: Context) -> AsyncGenerator[Tx]:
    """The part of a platform's transaction in which it acts for an agency; both parts commit, or neither.

    At each moment one side alone is seen. A block that raises leaves the transaction fit for nothing but a rollback.
    """
    if not tx.ctx.is_platform or ctx.tenant_id is None:
        raise ValueError("only the platform hands over, and only to a tenant")
    await tx.connection.execute(_acting(ctx))
    acting = Tx(ctx, tx.connection)
    yield acting
    await acting.flush_events()
    tx.published += acting.published
    await tx.connection.execute(_acting(tx.ctx))


# The notice names the tenant, the event and its kind, and nobody's data: every process of the installation hears it.
_PUBLISH: LiteralString = """
    with added as (
      insert into tenant_events (tenant_id, kind, payload)
      select %(tenant_id)s, kind, payload::jsonb
      from unnest(%(kinds)s::text[], %(payloads)s::text[]) as told (kind, payload)
      returning id, kind
    )
    select id, kind, pg_notify('tembea_events', %(tenant_id)s::text || ' ' || id || ' ' || kind)::text as told
    from added
"""
_BEGIN = b"begin; "
_BEGIN_READ = b"begin isolation level repeatable read read only; "


def _acting(ctx: Context) -> bytes:
    """The role and the tenant until the transaction ends; without a tenant the setting is empty, no policy matches.

    In one round trip with BEGIN, which takes no parameters; neither a role of ours nor a UUID needs quoting.
    """
    role = "tembea_operator" if ctx.is_platform else "tembea_app"
    tenant = ctx.tenant_id or ""
    return f"select set_config('role', '{role}', true), set_config('app.tenant_id', '{tenant}', true)".encode()


async def open_pool(dsn: str, limits: DbLimits) -> AsyncConnectionPool[Connection]:
    """A pool on `dsn` whose connections carry the limits. It opens lazily: a database that is down is met per call."""
    options = (
        f"-c statement_timeout={limits.statement_timeout_ms}"
        f" -c idle_in_transaction_session_timeout={limits.idle_in_transaction_timeout_ms}"
        f" -c lock_timeout={limits.lock_timeout_ms} -c timezone=UTC"
    )
    pool: AsyncConnectionPool[Connection] = WatchedPool(
        dsn,
        min_size=min(limits.min_size, limits.max_size),
        max_size=limits.max_size,
        timeout=limits.acquire_timeout_s,
        max_idle=60.0,  # a burst's connections are 10 MB each and need not stay
        reconnect_timeout=0.5,
        kwargs={
            "autocommit": True,
            "cursor_factory": WatchedCursor,
            "prepare_threshold": 5 if limits.prepare else None,
            "options": options,
            "connect_timeout": 2,
        },
        open=False,
    )
    await pool.open(wait=False)
    return pool
