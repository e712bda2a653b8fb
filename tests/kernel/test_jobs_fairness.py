"""No tenant waits for another one's backlog, however deep the queue. Measured in positions, not seconds."""

from importlib.metadata import version

import psycopg
import pytest
from procrastinate import sql

from tembea.kernel.embedded import Dsns
from tembea.kernel.ids import new_id
from tests.kernel.queue_parts import BULK, FETCH, FINISH, QueueTables, fill, last_position, served


@pytest.fixture
def queue(database: Dsns) -> QueueTables:
    return QueueTables(database.app)


@pytest.mark.parametrize("slots", [1, 4])
def test_ten_jobs_are_delayed_at_most_twofold_by_ten_thousand(queue: QueueTables, slots: int) -> None:
    heavy, light = new_id(), new_id()
    fill(queue, heavy, 10_000)
    served(queue, jobs=50, slots=slots)
    fill(queue, light, 10)
    order = served(queue, jobs=60, slots=slots)
    assert order.count(light) == 10
    assert last_position(order, light) <= 2 * 10 + slots


def test_a_tenant_whose_jobs_are_long_leaves_room_for_the_others(queue: QueueTables) -> None:
    slow, quick = new_id(), new_id()
    fill(queue, slow, 1_000)
    with psycopg.connect(queue.dsn, autocommit=True) as connection:
        for _ in range(3):  # three of four slots are held, and stay held
            connection.execute(FETCH)
        fill(queue, quick, 20)
        for _ in range(20):
            job_id, whose = connection.execute(FETCH).fetchone() or (None, None)
            assert whose == quick
            connection.execute(FINISH, [job_id])


def test_transactions_that_cannot_see_each_other_do_not_gain_by_it(queue: QueueTables) -> None:
    """Ten open transactions of one tenant are all given the same turn."""
    heavy, light = new_id(), new_id()
    connections = [psycopg.connect(queue.dsn) for _ in range(10)]
    for _ in range(10):
        for connection in connections:
            connection.execute(BULK, [str(heavy), None, 1])
        for connection in connections:
            connection.commit()
    fill(queue, light, 10)
    order = served(queue, jobs=110, slots=4)
    assert last_position(order, light) <= 2 * 10 + 4


def test_each_of_many_tenants_gets_its_turn(queue: QueueTables) -> None:
    heavy, others = new_id(), [new_id() for _ in range(200)]
    fill(queue, heavy, 1_000)
    for other in others:
        fill(queue, other, 1)
    order = served(queue, jobs=205, slots=4)
    assert set(others) <= set(order)


def test_jobs_of_one_tenant_keep_their_order(queue: QueueTables) -> None:
    tenant_id = new_id()
    fill(queue, tenant_id, 10)
    fill(queue, tenant_id, 10)
    promised = [row["id"] for row in queue.rows()]
    with psycopg.connect(queue.dsn, autocommit=True) as connection:
        begun = [row[0] for _ in range(20) if (row := connection.execute(FETCH).fetchone())]
    assert begun == promised


def test_what_becomes_due_queues_up_then_and_not_before_the_others(queue: QueueTables) -> None:
    retrying, light = new_id(), new_id()
    fill(queue, retrying, 500, at="2100-01-01")
    fill(queue, light, 5)
    queue.make_due()
    order = served(queue, jobs=40, slots=4)
    assert last_position(order, light) <= 2 * 5 + 4


def test_a_connection_that_knew_an_empty_queue_reads_no_more_of_a_full_one(queue: QueueTables) -> None:
    """The plan that it keeps must not read the table: that once cost 200 ms a job at 100,000 waiting."""
    tenant_id = new_id()
    with psycopg.connect(queue.dsn, autocommit=True) as connection:
        for _ in range(20):
            fill(queue, tenant_id, 1)
            job_id = (connection.execute(FETCH).fetchone() or [None])[0]
            connection.execute(FINISH, [job_id])
        fill(queue, tenant_id, 5_000)
        fill(queue, tenant_id, 5_000, at="2100-01-01")
        before = blocks(queue, connection)
        for _ in range(20):
            connection.execute(FETCH)
        assert (blocks(queue, connection) - before) / 20 < 250


def blocks(queue: QueueTables, connection: psycopg.Connection) -> int:
    """How many blocks of the table and its indexes were read so far; the whole table has some 300."""
    connection.execute("select pg_stat_force_next_flush()")
    connection.execute("select 1")
    row = queue.rows(
        "select (heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit)::int as blocks"
        " from pg_statio_user_tables where relname = 'procrastinate_jobs'"
    )[0]
    return int(str(row["blocks"]))


def test_the_library_still_calls_the_functions_that_a_migration_replaces() -> None:
    assert version("procrastinate").startswith("3.10.")
    assert "procrastinate_fetch_job_v2(%(queues)s::varchar[], %(worker_id)s)" in sql.queries["fetch_job"]
