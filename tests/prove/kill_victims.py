"""The processes of one installation, found from /proc, and when they serve again after they were killed.

Only children of the supervisor that a test started itself are ever touched.
"""

import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal, get_args

import httpx
import psycopg

from tests.acceptance.conftest import Installation

Victim = Literal["API", "worker", "database"]
VICTIMS: tuple[Victim, ...] = get_args(Victim)
RECOVERS_WITHIN_S = 40.0
_POLL_S = 0.02
_LISTENING = "select count(*) from pg_stat_activity where query ilike 'listen%' and state = 'idle'"


def find_process(installation: Installation, victim: Victim) -> int | None:
    """The number of the process under the supervisor, None while there is none."""
    for child in children_of(installation.process.pid):
        with suppress(OSError):
            words = (Path("/proc") / str(child) / "cmdline").read_bytes().split(b"\0")
            if _is(victim, words):
                return child
    return None


def processes_below(parent: int) -> list[int]:
    """The numbers of a process's children, and of theirs."""
    with suppress(OSError):
        children = (Path("/proc") / str(parent) / "task" / str(parent) / "children").read_text().split()
        return [below for child in map(int, children) for below in (child, *processes_below(child))]
    return []


def children_of(parent: int) -> list[int]:
    """The numbers of the processes that a process started itself, those that started last at the end."""
    children: list[int] = []
    for process in Path("/proc").iterdir():
        if process.name.isdecimal():
            with suppress(OSError):
                status = (process / "stat").read_text()
                if int(status.rpartition(")")[2].split()[1]) == parent:
                    children.append(int(process.name))
    return sorted(children)


def _is(victim: Victim, words: list[bytes]) -> bool:
    if victim == "database":
        return Path(words[0].decode()).name == "postgres"
    return {"API": b"serve", "worker": b"worker"}[victim] in words


def kill(installation: Installation, victim: Victim) -> int:
    """SIGKILL to the process; its number."""
    process_id = find_process(installation, victim)
    assert process_id is not None, f"the {victim} is not there"
    os.kill(process_id, signal.SIGKILL)
    return process_id


def wait_until_back(installation: Installation, victim: Victim, killed: int, dsn: str) -> tuple[float, float]:
    """Seconds until another process is there, and until everything serves again, the worker's LISTEN included."""
    began = time.monotonic()
    _wait(lambda: find_process(installation, victim) not in (None, killed), f"the {victim} was not started again")
    restarted = time.monotonic() - began
    _wait(lambda: api_is_ready(installation), "the API is not ready")
    _wait(lambda: mail_is_taken(installation), "the mail listener does not answer")
    _wait(lambda: worker_listens(dsn), "the worker does not listen for jobs")
    return restarted, time.monotonic() - began


def _wait(done: Callable[[], bool], otherwise: str) -> None:
    ends = time.monotonic() + RECOVERS_WITHIN_S
    while not done():
        if time.monotonic() > ends:
            raise AssertionError(f"{otherwise} within {RECOVERS_WITHIN_S:g} s")
        time.sleep(_POLL_S)


def api_is_ready(installation: Installation) -> bool:
    """Whether the API says that it and its database are ready."""
    try:
        return httpx.get(f"{installation.base_url}/health/ready", timeout=2).is_success
    except httpx.TransportError:
        return False


def mail_is_taken(installation: Installation) -> bool:
    """Whether the mail listener greets."""
    smtp = installation.demo["smtp"]
    try:
        with socket.create_connection((smtp["host"], smtp["port"]), timeout=2) as connection:
            return connection.recv(3) == b"220"
    except OSError:
        return False


def worker_listens(dsn: str) -> bool:
    """Whether exactly one session waits for the queue's signals: without one the worker has fallen back to polling."""
    try:
        with psycopg.connect(dsn, connect_timeout=2) as connection:
            row = connection.execute(_LISTENING).fetchone()
    except psycopg.OperationalError:
        return False
    return row == (1,)
