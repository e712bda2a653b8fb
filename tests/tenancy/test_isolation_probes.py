"""One row of another tenant in every table: the app must not see, change, remove or add to it.

Then each table's protection is switched off in turn, and the same probe must see the row: a probe that cannot fail
proves nothing.
"""

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from tembea.kernel.embedded import Dsns
from tests.conftest import MIGRATED_TEMPLATE, TestServer

OURS, THEIRS = uuid.uuid4(), uuid.uuid4()
SAMPLES = {
    "uuid": "gen_random_uuid()",
    "text": "'x'",
    "citext": "gen_random_uuid()::text",
    "jsonb": "'{}'",
    "bytea": "sha256(gen_random_uuid()::text::bytea)",
    "int4": "1",
    "int8": "1",
    "numeric": "1",
    "float8": "1",
    "tsvector": "'x'",
    "date": "'2027-01-01'",
    "timestamptz": "now()",
    "bool": "true",
    "_text": "'{}'",
    "_int4": "'{}'",
    "_numeric": "'{}'",
    "xid8": "pg_current_xact_id()",
    "_date": "'{}'",
    "daterange": "'[2027-01-01,2027-01-08)'",
}


@pytest.fixture(scope="module")
def planted(postgres: TestServer) -> Iterator[Dsns]:
    """A database in which the other tenant has one row in every tenant table."""
    with postgres.fresh(MIGRATED_TEMPLATE) as dsns:
        name = dsns.owner.rsplit("/", 1)[-1].split("?")[0]
        with psycopg.connect(postgres.dsn_superuser(name), autocommit=True) as root:
            root.execute("set session_replication_role = replica")  # foreign keys are not what is tested here
            for table in tables(root):
                plant(root, table)
        yield dsns


def tables(connection: psycopg.Connection) -> list[str]:
    """Every table that the isolation policy stands on."""
    found = connection.execute("select tablename from pg_policies where policyname = 'tenant_isolation' order by 1")
    return [row[0] for row in found]


def plant(root: psycopg.Connection, table: str) -> None:
    checks = root.execute(
        "select conname from pg_constraint where contype = 'c' and conrelid = %s::regclass", [table]
    ).fetchall()
    for (check,) in checks:
        root.execute(sql.SQL("alter table {} drop constraint {}").format(sql.Identifier(table), sql.Identifier(check)))
    columns = root.execute(
        "select column_name, udt_name from information_schema.columns"
        " where table_schema = 'public' and table_name = %s and is_generated = 'NEVER'",
        [table],
    ).fetchall()
    key = key_of(table)
    values = [f"'{THEIRS}'" if name == key else SAMPLES[kind] for name, kind in columns]
    root.execute(
        sql.SQL("insert into {} ({}) overriding system value values ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(sql.Identifier(name) for name, _ in columns),
            sql.SQL(", ").join(sql.SQL(value) for value in values),  # pyright: ignore[reportArgumentType] - from the table above
        )
    )


def key_of(table: str) -> str:
    return "id" if table == "tenants" else "tenant_id"


def seen(app: psycopg.Connection, table: str, tenant: uuid.UUID) -> int:
    with app.transaction():
        app.execute(
            "select set_config('role', 'tembea_app', true), set_config('app.tenant_id', %s, true)", [str(tenant)]
        )
        row = app.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
    assert row is not None
    return row[0]


def test_every_table_shows_its_row_to_its_tenant_and_to_nobody_else(planted: Dsns) -> None:
    with psycopg.connect(planted.app, autocommit=True) as app, psycopg.connect(planted.owner) as owner:
        names = tables(owner)
        assert len(names) > 20
        for table in names:
            assert seen(app, table, THEIRS) == 1, table
            assert seen(app, table, OURS) == 0, table
            assert app.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone() == (0,), (
                table
            )


def test_no_table_lets_another_tenants_row_be_changed_removed_or_taken_over(planted: Dsns) -> None:
    with psycopg.connect(planted.app, autocommit=True) as app, psycopg.connect(planted.owner) as owner:
        for table in tables(owner):
            key = sql.Identifier(key_of(table))
            for statement in (
                sql.SQL("update {} set {} = {}").format(sql.Identifier(table), key, sql.Literal(OURS)),
                sql.SQL("delete from {}").format(sql.Identifier(table)),
            ):
                try:
                    with app.transaction():
                        app.execute("select set_config('app.tenant_id', %s, true)", [str(OURS)])
                        assert app.execute(statement).rowcount == 0, table
                except psycopg.errors.InsufficientPrivilege:
                    continue  # append-only tables do not even grant it
            assert seen(app, table, THEIRS) == 1, table


def test_no_table_takes_a_row_for_another_tenant(planted: Dsns) -> None:
    with psycopg.connect(planted.app, autocommit=True) as app, psycopg.connect(planted.owner) as owner:
        for table in tables(owner):
            copied = sql.SQL("insert into {0} overriding system value select * from {0}").format(sql.Identifier(table))
            with app.transaction():
                app.execute("select set_config('app.tenant_id', %s, true)", [str(OURS)])
                try:
                    with app.transaction():
                        assert app.execute(copied).rowcount == 0, table
                except psycopg.errors.InsufficientPrivilege:
                    continue


def test_each_protection_switched_off_makes_its_probe_fail(postgres: TestServer, planted: Dsns) -> None:
    name = planted.owner.rsplit("/", 1)[-1].split("?")[0]
    with (
        psycopg.connect(postgres.dsn_superuser(name), autocommit=True) as root,
        psycopg.connect(planted.app, autocommit=True) as app,
    ):
        for table in tables(root):
            named = sql.Identifier(table)
            root.execute(sql.SQL("alter table {} disable row level security").format(named))
            assert seen(app, table, OURS) == 1, f"the probe of {table} cannot fail"
            root.execute(sql.SQL("alter table {} enable row level security").format(named))
            assert seen(app, table, OURS) == 0, table
