"""PostgreSQL for every test that needs one: a server a test process, and as many fresh databases as wanted.

Each xdist worker starts a server of its own (0.6 s): a shared one would have to die with the last of them, and would
die with the first. A database is copied from a template that was migrated once, which takes some 30 ms.
"""

import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql
from xdist.remote import Producer  # pyright: ignore[reportMissingTypeStubs]
from xdist.scheduler import LoadFileScheduling  # pyright: ignore[reportMissingTypeStubs]

from tembea.kernel.embedded import Dsns, EmbeddedPostgres
from tembea.kernel.embedded.passwords import SUPERUSER, dsn
from tembea.kernel.migrations import migrate

# A property is about what is true, not about how fast a busy machine finds out.
settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")

MIGRATIONS = Path(__file__).parents[1] / "database" / "migrations"
MIGRATED_TEMPLATE, EMPTY_TEMPLATE = "tembea", "empty"
PROOF_TIMEOUT_S = 14_400
MEMORY, MEMORY_WANTED_BYTES = Path("/dev/shm"), 4 * 2**30
_CREATE = sql.SQL("create database {} template {} owner tembea_owner strategy file_copy")
_DROP = sql.SQL("drop database {} with (force)")
# Nothing here survives the tests, so nothing has to reach the disk. A connection that a test gave up while it was being
# made holds up the drop of its database until the server gives it up, too: after a minute, were it not told.
FAST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "authentication_timeout": "10s",
    "scram_iterations": "1",  # passwords that are drawn for a test need no slowing down: half of a connection's time
}


class _Scheduling(LoadFileScheduling):
    """A file goes to one process; those that look at a whole installation go together, so that there is one of it."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "tests/acceptance" if file.startswith("tests/acceptance/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _Scheduling:
    """Files go in the order of their names, so that those of installations, which take longest, do not come last."""
    config.option.loadscopereorder = False
    return _Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What `make prove` runs takes minutes, and one of it an hour: four minutes are no sign there that a test hangs."""
    for item in items:
        if item.get_closest_marker("prove") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(PROOF_TIMEOUT_S))


class TestServer:
    """A running server with a migrated template database."""

    __test__ = False

    def __init__(self, server: EmbeddedPostgres) -> None:
        self.server = server
        self._numbers = count(1)
        self._superuser = psycopg.connect(self.dsn_superuser("postgres"), autocommit=True)
        self._execute(_CREATE, EMPTY_TEMPLATE, MIGRATED_TEMPLATE)
        migrate(server.dsn_owner, MIGRATIONS)

    def dsn_superuser(self, database: str) -> str:
        """For tests about the database itself; row level security does not bind this one."""
        return dsn(SUPERUSER, self.server.passwords.superuser, self.server.port, database)

    @contextmanager
    def fresh(self, template: str) -> Generator[Dsns]:
        """A new database like `template`, dropped afterwards whoever is still connected."""
        name = f"test_{next(self._numbers)}"
        self._execute(_CREATE, name, template)
        try:
            yield self.server.dsns(name)
        finally:
            self._execute(_DROP, name)

    def close(self) -> None:
        self._superuser.close()

    def _execute(self, statement: sql.SQL, *names: str) -> None:
        self._superuser.execute(statement.format(*map(sql.Identifier, names)))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestServer]:
    """The server of this test process."""
    with _quick_folder(tmp_path_factory) as folder, running_server(folder) as server:
        yield server


@contextmanager
def running_server(folder: Path) -> Generator[TestServer]:
    """A server with its data in `folder`, stopped afterwards."""
    server = EmbeddedPostgres(folder, settings=FAST_SETTINGS)
    server.start()
    try:
        running = TestServer(server)
        yield running
        running.close()
    finally:
        server.stop()


@contextmanager
def _quick_folder(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    """In memory, where there is room: hundreds of databases are copied, and a disk is waited for."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_WANTED_BYTES:
        with tempfile.TemporaryDirectory(prefix="tembea-tests-", dir=MEMORY) as folder:
            yield Path(folder)
    else:
        yield tmp_path_factory.mktemp("postgres")


@pytest.fixture
def database(postgres: TestServer) -> Iterator[Dsns]:
    """A fresh migrated database for one test: `.owner` and `.app` are its connection strings."""
    with postgres.fresh(MIGRATED_TEMPLATE) as dsns:
        yield dsns


@pytest.fixture(scope="module")
def module_database(postgres: TestServer) -> Iterator[Dsns]:
    """A fresh migrated database for all tests of a module, for those that do not disturb each other."""
    with postgres.fresh(MIGRATED_TEMPLATE) as dsns:
        yield dsns


@pytest.fixture
def empty_database(postgres: TestServer) -> Iterator[Dsns]:
    """A database as the server prepares it on its first start, before any migration."""
    with postgres.fresh(EMPTY_TEMPLATE) as dsns:
        yield dsns
