"""`tembea up`: the whole installation under one process, from an empty folder to a ready address.

This process stays small: what needs the features runs in children (`prepare`, `serve`, `worker`).
"""

import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tembea.commands.log_ins import greeting, log_ins_path, read_log_ins, write_demo_file
from tembea.kernel.embedded import EmbeddedPostgres
from tembea.kernel.mendable import Mendable
from tembea.kernel.processes import dies_with_parent
from tembea.kernel.secret_files import write_secret
from tembea.kernel.supervisor import ChildProcess, Service, end_all, stop_signals, watch
from tembea.settings import Settings

READY_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 7.0
"""How long children may finish what they are doing; the database has the rest of ten seconds."""
_POLL_S = 0.05


class NotReady(Mendable):
    """The installation did not come up; the message says what is in the way."""


def up(settings: Settings) -> None:
    """Start everything, say so, and keep it alive until a signal. Raises `NotReady`, `CrashLoop` or `StopRequested`."""
    _check_ports_are_free(settings)
    if settings.demo_file is not None:
        settings.demo_file.unlink(missing_ok=True)  # its being there says that everything runs
    with stop_signals(), ExitStack() as stack:
        services: list[Service] = []
        # Two arenas instead of eight a core: glibc keeps what each thread once needed, some 60 MB a process.
        environment = {"MALLOC_ARENA_MAX": "2", **os.environ, "TEMBEA_DATA_DIR": str(settings.data_dir)}
        if settings.database is None:
            postgres = _Database(settings.data_dir)
            stack.callback(postgres.server.stop)
            postgres.start()
            services.append(postgres)
            environment |= {
                "DATABASE_URL": postgres.server.dsn_app,
                "DATABASE_DIRECT_URL": postgres.server.dsn_app,
                "DATABASE_OWNER_URL": postgres.server.dsn_owner,
                "TEMBEA_EMBEDDED_DATABASE": "true",
            }
        settings.ensure_secrets()
        _prepare(settings, environment)
        children = [_child("API", "serve", environment), _child("worker", "worker", environment)]
        stack.callback(end_all, children, STOP_TIMEOUT_S)
        for child in children:
            child.start()
        _wait_until_ready(settings, children)
        _announce(settings)
        watch([*services, *children])


class _Database:
    """The embedded server as something that can be watched and started again, on the same port."""

    name = "database"

    def __init__(self, data_dir: Path) -> None:
        self.server = EmbeddedPostgres(data_dir)

    def start(self) -> None:
        self.server.start()

    def is_running(self) -> bool:
        return self.server.is_running()


def _child(name: str, command: str, environment: dict[str, str]) -> ChildProcess:
    return ChildProcess(name, [sys.executable, "-m", "tembea", command], environment)


def _check_ports_are_free(settings: Settings) -> None:
    for variable, host, port in (
        ("PORT", settings.host, settings.port),
        ("TEMBEA_SMTP_PORT", settings.smtp_host, settings.smtp_port),
    ):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise NotReady(f"{host}:{port} cannot be listened on ({error.strerror}). Set {variable}.") from error


def _prepare(settings: Settings, environment: dict[str, str]) -> None:
    """Migrate, sync and set the demonstration up, in a child; skipped when the last start did the same."""
    # A database that somebody brought is filled with a demonstration only when asked for its log-ins.
    with_demo = settings.database is None or settings.demo_file is not None
    stamp, state = settings.data_dir / "prepared", _state_of_sources(settings)
    complete = log_ins_path(settings.data_dir).exists() or not with_demo
    if settings.database is None and complete and stamp.exists() and stamp.read_text() == state:
        return
    command = [sys.executable, "-m", "tembea", "prepare", *(["--demo"] if with_demo else [])]
    done = subprocess.run(  # noqa: S603 - our own command
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        check=False,
        preexec_fn=dies_with_parent(signal.SIGKILL),
    )
    if done.returncode != 0:
        raise NotReady("The database could not be prepared; the reason stands above.")
    write_secret(stamp, state)


def _state_of_sources(settings: Settings) -> str:
    """Changes whenever a migration, an agency's file or the code does."""
    folders = (settings.migrations_dir, settings.clients_dir, Path(__file__).parents[1])
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix not in {".pyc", ""})
    described = "\n".join(f"{path} {found.st_size} {found.st_mtime_ns}" for path in files if (found := path.stat()))
    return hashlib.sha256(described.encode()).hexdigest()


def _wait_until_ready(settings: Settings, children: Sequence[ChildProcess]) -> None:
    deadline = time.monotonic() + READY_TIMEOUT_S
    while not (_api_is_ready(settings) and _mail_is_taken(settings)):
        for child in children:
            if not child.is_running():
                raise NotReady(f"The {child.name} ended with exit code {child.exit_code} while starting.")
        if time.monotonic() > deadline:
            raise NotReady(f"Not ready after {READY_TIMEOUT_S:.0f} s; see the lines above.")
        time.sleep(_POLL_S)


def _api_is_ready(settings: Settings) -> bool:
    connection = http.client.HTTPConnection(_loopback(settings.host), settings.port, timeout=2)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _mail_is_taken(settings: Settings) -> bool:
    try:
        with socket.create_connection((settings.smtp_client_host, settings.smtp_port), timeout=2) as connection:
            return connection.recv(3) == b"220"
    except OSError:
        return False


def _loopback(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not listened on


def _announce(settings: Settings) -> None:
    log_ins = read_log_ins(settings.data_dir)
    if log_ins is not None and settings.demo_file is not None:
        write_demo_file(settings.demo_file, settings, log_ins)
    print(greeting(settings, log_ins), flush=True)  # noqa: T201 - for the person at the terminal
