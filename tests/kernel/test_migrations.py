"""Migrations: applied in order, once, whoever else is at it, and on top of what was pasted by hand."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tembea.kernel.embedded import Dsns
from tembea.kernel.migrations import APPLIED, MigrationError, list_pending, migrate, read_migrations

MIGRATIONS = Path(__file__).parents[2] / "database" / "migrations"
NAMES = [path.stem for path in sorted(MIGRATIONS.glob("*.sql"))]


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name.removeprefix('m')}.sql").write_text(text)
    return folder


def paste_all(dsn: str) -> None:
    """What a person does in an SQL editor: the text of each file, sent as it is."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        for file in read_migrations(MIGRATIONS):
            connection.execute(file.path.read_bytes())


def count_tables(dsn: str) -> int:
    with psycopg.connect(dsn) as connection:
        row = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert row is not None
    return row[0]


def test_the_project_s_migrations_apply_in_order_and_only_once(empty_database: Dsns) -> None:
    assert list_pending(empty_database.owner, MIGRATIONS) == NAMES
    assert migrate(empty_database.owner, MIGRATIONS) == NAMES
    assert list_pending(empty_database.owner, MIGRATIONS) == []
    assert migrate(empty_database.owner, MIGRATIONS) == []


def test_pasting_everything_twice_and_applying_then_works(empty_database: Dsns) -> None:
    paste_all(empty_database.owner)
    tables = count_tables(empty_database.owner)
    paste_all(empty_database.owner)
    assert migrate(empty_database.owner, MIGRATIONS) == NAMES
    bookkeeping = 4
    assert count_tables(empty_database.owner) == tables + bookkeeping


def test_pasting_over_an_applied_schema_works(database: Dsns) -> None:
    paste_all(database.owner)
    paste_all(database.owner)
    assert list_pending(database.owner, MIGRATIONS) == []


def test_the_app_s_role_may_ask_what_was_applied_and_not_change_it(database: Dsns) -> None:
    with psycopg.connect(database.app, autocommit=True) as connection:
        assert [name for (name,) in connection.execute(APPLIED)] == NAMES
        for statement in ("delete from _yoyo_migration", "select * from _yoyo_log"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


def test_a_file_goes_in_whole_or_not_at_all_and_the_message_names_it(empty_database: Dsns, tmp_path: Path) -> None:
    folder = write(tmp_path, m001_good="create table a (x int)", m002_bad="create table b (x int); select 1/0;")
    with pytest.raises(MigrationError, match=r"002_bad\.sql.*division by zero"):
        migrate(empty_database.owner, folder)
    assert list_pending(empty_database.owner, folder) == ["002_bad"]
    with psycopg.connect(empty_database.owner) as connection:
        assert connection.execute("select to_regclass('a') is null, to_regclass('b') is null").fetchone() == (
            False,
            True,
        )


def test_a_non_transactional_file_may_build_an_index_concurrently(empty_database: Dsns, tmp_path: Path) -> None:
    index = "create index concurrently if not exists a_x on a (x);"
    folder = write(
        tmp_path,
        m001_table="create table a (x int)",
        m002_index=f"-- non-transactional\nset lock_timeout = '5s';\n{index}",
    )
    assert migrate(empty_database.owner, folder) == ["001_table", "002_index"]
    with psycopg.connect(empty_database.owner) as connection:
        assert connection.execute("select indisvalid from pg_index where indexrelid = 'a_x'::regclass").fetchone() == (
            True,
        )


def test_the_same_file_without_the_mark_is_refused_by_postgresql(empty_database: Dsns, tmp_path: Path) -> None:
    folder = write(tmp_path, m001_index="create table a (x int); create index concurrently a_x on a (x);")
    with pytest.raises(MigrationError, match="CREATE INDEX CONCURRENTLY cannot"):
        migrate(empty_database.owner, folder)


def test_percent_signs_and_quoted_bodies_are_sent_as_they_are(empty_database: Dsns, tmp_path: Path) -> None:
    body = "do $a$ begin execute format('create table %I (x text default %L)', 'a', '100 %; -- $$'); end $a$;"
    migrate(empty_database.owner, write(tmp_path, m001_body=body))
    with psycopg.connect(empty_database.owner) as connection:
        assert connection.execute("insert into a default values returning x").fetchone() == ("100 %; -- $$",)


def test_several_processes_that_migrate_at_once_apply_each_file_once(empty_database: Dsns, tmp_path: Path) -> None:
    folder = write(
        tmp_path, m001_slow="create table a (x int); select pg_sleep(0.2);", m002_more="insert into a values (1);"
    )
    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(migrate, empty_database.owner, folder) for _ in range(4)]
        applied = [one.result() for one in running]
    assert sorted(applied) == [[], [], [], ["001_slow", "002_more"]]


def test_waiting_for_another_process_ends(empty_database: Dsns, tmp_path: Path) -> None:
    folder = write(tmp_path, m001_slow="select pg_sleep(1.5);")
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(migrate, empty_database.owner, folder)
        with psycopg.connect(empty_database.owner, autocommit=True) as connection:
            while connection.execute("select 1 from pg_locks where locktype = 'advisory'").fetchone() is None:
                pass
        with pytest.raises(MigrationError, match="Another process"):
            migrate(empty_database.owner, folder, wait_s=0.1)
        assert slow.result() == ["001_slow"]


def test_a_row_that_a_killed_migration_left_behind_does_not_matter(empty_database: Dsns, tmp_path: Path) -> None:
    folder = write(tmp_path, m001_one="create table a (x int)")
    migrate(empty_database.owner, folder)
    with psycopg.connect(empty_database.owner) as connection:
        connection.execute("insert into yoyo_lock (ctime, pid) values (now(), 1)")
    write(tmp_path, m002_two="create table b (x int)")
    assert migrate(empty_database.owner, folder) == ["002_two"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "holds no migrations"),
        ({"m1_short": ""}, "is called NNN_what"),
        ({"m001_one": "", "m001_two": ""}, "the number 001 belongs to 001_one.sql"),
    ],
)
def test_a_folder_that_is_not_in_order_is_refused(tmp_path: Path, files: dict[str, str], message: str) -> None:
    with pytest.raises(MigrationError, match=message):
        read_migrations(write(tmp_path, **files))
