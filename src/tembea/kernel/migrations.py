"""Applies `database/migrations/NNN_what.sql`, forward only, one process at a time.

Each file is plain SQL that may also be pasted into an SQL editor, before or after, any number of times. A file runs as
a whole in one transaction; one whose first line is `-- non-transactional` (for CREATE INDEX CONCURRENTLY) runs
statement by statement without. yoyo keeps the books; three of its ways are replaced here: files are sent as they are
instead of being taken apart by a parser, an advisory lock stands in for a row that a killed process leaves behind, and
the machine's name is not looked up, which can hang where there is no DNS.
"""

import os
import re
import types
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString

import psycopg
import sqlparse
from uuid_utils import uuid7
from yoyo.backends.core.postgresql import PostgresqlPsycopgBackend
from yoyo.connections import DatabaseURI
from yoyo.migrations import Migration, StepCollector

from tembea.kernel.mendable import Mendable

APPLIED: LiteralString = "select migration_id from public._yoyo_migration"
"""What has been applied, by name; the app's role may ask, for readiness."""

_LOCK_KEY = 7_436_522_301  # any number that nobody else uses for an advisory lock
_NAME = re.compile(r"(\d{3})_[a-z0-9_]+\.sql")
_NON_TRANSACTIONAL = "-- non-transactional"
_TABLE = "_yoyo_migration"

# Supabase grants its web roles everything on new tables in public; whoever could delete these rows could have
# migrations run again.
_GUARD: LiteralString = """
do $guard$
declare
  name text;
begin
  foreach name in array array['_yoyo_migration', '_yoyo_log', '_yoyo_version', 'yoyo_lock'] loop
    execute format('alter table public.%I enable row level security', name);
    execute format('revoke all on public.%I from public', name);
  end loop;
  if exists (select from pg_roles where rolname = 'tembea_app') then
    drop policy if exists readiness on public._yoyo_migration;
    create policy readiness on public._yoyo_migration for select to tembea_app using (true);
    grant select on public._yoyo_migration to tembea_app;
  end if;
end
$guard$
"""


class MigrationError(Mendable):
    """A migration cannot be applied; the message names the file and what PostgreSQL said."""


@dataclass(frozen=True, slots=True)
class MigrationFile:
    """One numbered file; `name` is its file name without the ending, under which it is remembered."""

    name: str
    path: Path


def read_migrations(folder: Path) -> list[MigrationFile]:
    """The files of `folder` in their order. Raises `MigrationError` for a strange name or a number used twice."""
    files: dict[str, MigrationFile] = {}
    for path in sorted(folder.glob("*.sql")):
        match = _NAME.fullmatch(path.name)
        if match is None:
            raise MigrationError(f"{path}: a migration is called NNN_what.sql")
        other = files.setdefault(match[1], MigrationFile(path.stem, path))
        if other.path != path:
            raise MigrationError(f"{path}: the number {match[1]} belongs to {other.path.name} already")
    if not files:
        raise MigrationError(f"{folder} holds no migrations; TEMBEA_MIGRATIONS_DIR names their folder")
    return list(files.values())


def list_pending(dsn: str, folder: Path) -> list[str]:
    """The names in `folder` that have not been applied to `dsn`, in their order; changes nothing."""
    with _connected(dsn) as connection:
        exists = connection.execute("select to_regclass('public._yoyo_migration') is not null").fetchone()
        rows = connection.execute(APPLIED).fetchall() if exists == (True,) else []
    applied = {str(name) for (name,) in rows}
    return [file.name for file in read_migrations(folder) if file.name not in applied]


def migrate(dsn: str, folder: Path, *, wait_s: float = 60.0) -> list[str]:
    """Apply what is pending as the role of `dsn`, which owns the schema, and return the names applied.

    `dsn` must lead to a session of its own (not through a transaction pooler). Another process that is migrating is
    waited for, up to `wait_s`. Raises `MigrationError`; files before the failing one stay applied.
    """
    files = read_migrations(folder)
    with _connected(dsn) as connection, _locked(connection, wait_s):
        backend = _Backend(DatabaseURI("postgresql", None, None, None, None, None, {"conninfo": dsn}), _TABLE)
        try:
            applied = _apply(backend, files)
        finally:
            backend.connection.close()
        connection.execute(_GUARD)
        return applied


def _apply(backend: "_Backend", files: list[MigrationFile]) -> list[str]:
    backend.init_database()
    backend.break_lock()  # a row of a killed process: the advisory lock says that nobody is at work
    applied = backend.get_applied_migration_hashes()
    pending = [one for one in map(_SqlFile, files) if one.hash not in applied]
    for one in pending:
        try:
            backend.apply_one(one)
        except psycopg.Error as error:
            raise MigrationError(f"{one.path}: {str(error).strip()}") from error
    return [one.id for one in pending]


class _SqlFile(Migration):
    """A file as yoyo sees it: one step with all of it, or one a statement where there is no transaction."""

    def __init__(self, file: MigrationFile) -> None:
        super().__init__(file.name, str(file.path), str(file.path.parent))

    def load(self) -> None:
        if self.loaded:
            return
        text = Path(self.path).read_text()
        self.use_transactions = not text.startswith(_NON_TRANSACTIONAL)
        self.module = types.ModuleType(self.id)
        self._depends = set()
        steps = StepCollector(migration=self)
        for statement in [text] if self.use_transactions else sqlparse.split(text):
            steps.add_step(_executing(statement))
        self.steps = steps.create_steps(self.use_transactions)


class _Backend(PostgresqlPsycopgBackend):
    def get_log_data(self, migration: Migration | None = None, operation: str = "apply") -> dict[str, object]:
        return {
            "id": str(uuid7()),
            "migration_id": migration.id if migration else None,
            "migration_hash": migration.hash if migration else None,
            "username": str(os.getuid()),
            "hostname": os.uname().nodename,
            "created_at_utc": datetime.now(UTC).replace(tzinfo=None),
            "operation": operation,
        }


def _executing(statement: str) -> Callable[[psycopg.Connection], None]:
    def execute(connection: psycopg.Connection) -> None:
        # Without parameters psycopg sends the text as it is: many statements at once, `%` included.
        connection.execute(statement.encode())

    return execute


@contextmanager
def _connected(dsn: str) -> Generator[psycopg.Connection]:
    with psycopg.connect(dsn, autocommit=True, connect_timeout=10) as connection:
        yield connection


@contextmanager
def _locked(connection: psycopg.Connection, wait_s: float) -> Generator[None]:
    connection.execute("select set_config('lock_timeout', %s, false)", [f"{round(wait_s * 1000)}ms"])
    try:
        connection.execute("select pg_advisory_lock(%s)", [_LOCK_KEY])
    except psycopg.errors.LockNotAvailable as error:
        raise MigrationError(f"Another process has been migrating this database for {wait_s:.0f} s.") from error
    yield
