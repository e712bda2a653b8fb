"""Embedded servers for tests: a running one, a question to it, and a folder that every account can enter."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tembea.kernel.embedded import EmbeddedPostgres


@contextmanager
def running(data_dir: Path, **settings: str) -> Generator[EmbeddedPostgres]:
    """A server that does not wait for the disk, unless told otherwise: what is tested is killed, not unplugged."""
    server = EmbeddedPostgres(data_dir, settings={"fsync": "off", **settings})
    server.start()
    try:
        yield server
    finally:
        server.stop()


def ask(dsn: str, question: str) -> object:
    with psycopg.connect(dsn) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0] if len(row) == 1 else row


@contextmanager
def open_folder() -> Generator[Path]:
    """A folder that any account can reach; pytest's own is closed to all but its user."""
    with tempfile.TemporaryDirectory(prefix="tembea-test-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
