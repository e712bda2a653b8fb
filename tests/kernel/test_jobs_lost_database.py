"""A database that goes away: whoever promises a job hears so, and a worker that lost its ear for jobs gets it back."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tembea.kernel.db import DatabaseUnavailable
from tembea.kernel.embedded import Dsns
from tembea.kernel.jobs import enqueue
from tests.conftest import TestServer
from tests.kernel.queue_parts import Queue, queue_on, tenant
from tests.kernel.queue_worker import sleep

_LISTENER = "select pid from pg_stat_activity where datname = current_database() and query ilike 'listen%'"


@pytest.fixture
async def queue(database: Dsns, anyio_backend: str) -> AsyncIterator[Queue]:
    async with queue_on(database) as running:
        yield running


async def until(look: Callable[[], bool], *, within_s: float = 30) -> None:
    ends = time.monotonic() + within_s
    while not look():
        assert time.monotonic() < ends
        await asyncio.sleep(0.05)


async def test_a_listener_that_could_not_come_back_at_once_listens_again(queue: Queue, postgres: TestServer) -> None:
    name = str(conninfo_to_dict(queue.dsn)["dbname"])
    server = psycopg.connect(postgres.dsn_superuser("postgres"), autocommit=True)
    everything = psycopg.connect(postgres.dsn_superuser(name), autocommit=True)

    def listeners() -> list[int]:
        return [pid for (pid,) in everything.execute(_LISTENER)]

    def shut(door: bool) -> None:
        allowed = sql.SQL("alter database {} with allow_connections {}")
        server.execute(allowed.format(sql.Identifier(name), sql.Literal(not door)))

    with server, everything:
        async with queue.working([sleep]):
            await until(lambda: len(listeners()) == 1)
            (before,) = listeners()
            shut(True)
            try:
                everything.execute("select pg_terminate_backend(%s)", [before])
                await until(lambda: before not in listeners())
                await asyncio.sleep(1)  # the listener's own try to come back is turned away
            finally:
                shut(False)

            await until(lambda: len(listeners()) == 1)
            assert listeners() != [before]


async def test_a_connection_lost_while_promising_is_the_database_not_answering(queue: Queue) -> None:
    with pytest.raises(DatabaseUnavailable):
        async with queue.db.tx(tenant("savanna")) as tx:
            queue.execute("select pg_terminate_backend(%s)", await tx.value(int, "select pg_backend_pid()"))
            await enqueue(tx, sleep, seconds=0)
