"""Life and death of the embedded server."""

import fcntl
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from tembea.kernel.embedded.account import Account, choose_account
from tembea.kernel.embedded.binaries import find_programs
from tembea.kernel.embedded.cluster import ENVIRONMENT, Cluster, check_version, initialise
from tembea.kernel.embedded.errors import EmbeddedPostgresError
from tembea.kernel.embedded.leftovers import end_leftovers, forget_dead_postmaster
from tembea.kernel.embedded.passwords import Dsns, Passwords, create_passwords, passwords_path, read_passwords
from tembea.kernel.embedded.roles import prepare
from tembea.kernel.processes import dies_with_parent

# Two cores and a small share of the memory; durable as PostgreSQL is by default. Fewer helpers than stock: no
# replication, no parallel plans (each worker is a process of its own), input and output in the backends themselves.
_SETTINGS: Mapping[str, str] = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "256MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "io_method": "sync",
    "huge_pages": "off",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "autovacuum_max_workers": "2",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "max_logical_replication_workers": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
    "log_min_messages": "warning",
}
_START_TIMEOUT_S = 60.0  # recovery after a crash replays at most max_wal_size
_PORT_ATTEMPTS = 5
_PAUSE_S = 0.005
_STOP_STEPS = ((signal.SIGINT, 6.0), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 2.0))
_LOG_LIMIT_BYTES = 5_000_000


class EmbeddedPostgres:
    """One server on `<data_dir>/postgres`, alive between `start` and `stop` and never longer than the calling thread.

    `settings` are further PostgreSQL settings, for tests that trade durability for speed.
    """

    def __init__(self, data_dir: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir.absolute()
        self._settings = {**_SETTINGS, **(settings or {})}
        self._lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._cluster: Cluster | None = None
        self._passwords: Passwords | None = None
        self._port: int | None = None

    @property
    def dsn_owner(self) -> str:
        """The address of the role that owns the schema and applies migrations."""
        return self.dsns().owner

    @property
    def dsn_app(self) -> str:
        """The address of the product's own role, which row level security binds."""
        return self.dsns().app

    @property
    def port(self) -> int:
        """The TCP port on loopback; it stays the same over a restart of this object where it is still free."""
        if self._port is None:
            raise EmbeddedPostgresError("The embedded PostgreSQL has not been started.")
        return self._port

    @property
    def passwords(self) -> Passwords:
        """The roles' passwords, the superuser's among them."""
        if self._passwords is None:
            raise EmbeddedPostgresError("The embedded PostgreSQL has not been started.")
        return self._passwords

    def dsns(self, database: str = "tembea") -> Dsns:
        """The addresses of one database of this server."""
        return self.passwords.dsns(self.port, database)

    def is_running(self) -> bool:
        """Whether the server's main process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the server, make its folder first where there is none, and return once it answers.

        Raises `EmbeddedPostgresError` when another process uses the folder, when it is of another major version, or
        when the server does not come up; the message says what to do.
        """
        if self.is_running():
            return
        self._release()
        account = choose_account(self.data_dir / "postgres")
        try:
            # Others may pass through, so that the account reaches its folder; nobody can look around.
            self.data_dir.mkdir(mode=0o711 if account.dropped else 0o700, parents=True, exist_ok=True)
            self._lock = _take_lock(self.data_dir)
            self._start(account)
        except PermissionError as error:
            self.stop()
            raise EmbeddedPostgresError(
                f"{error.filename} cannot be used by this user; an earlier start was another's. "
                "Start as that user again, or set TEMBEA_DATA_DIR to another folder."
            ) from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server: sessions are ended and everything is on disk before this returns. Harmless when stopped."""
        process = self._process
        if process is not None:
            for signal_number, patience_s in _STOP_STEPS:
                if process.poll() is None:
                    process.send_signal(signal_number)
                try:
                    process.wait(patience_s)
                    break
                except subprocess.TimeoutExpired:
                    continue
        self._release()

    def _start(self, account: Account) -> None:
        programs = find_programs(self.data_dir, account)
        cluster_path = self.data_dir / "postgres"
        check_version(cluster_path)
        self._passwords = _passwords_for(self.data_dir, cluster_path)
        if not (cluster_path / "PG_VERSION").exists():
            options = ["--no-sync"] if self._settings.get("fsync") == "off" else []
            initialise(cluster_path, programs, account, self._passwords.superuser, options=options)
        self._cluster = Cluster(cluster_path, account)
        end_leftovers(cluster_path)
        forget_dead_postmaster(cluster_path)
        _remove_sockets(cluster_path)
        for attempt in range(_PORT_ATTEMPTS):
            # The number is free now and could be taken a moment later; then the server ends and another is tried.
            self._port = _free_port(None if attempt else self._port)
            self._process = self._spawn(programs, account, self._cluster)
            if self._wait_until_ready(self._process, self._cluster):
                prepare(self._port, self._passwords)
                return
        raise EmbeddedPostgresError(f"PostgreSQL did not start. The end of {self._log_path}:\n{self._log_end()}")

    def _spawn(self, programs: Path, account: Account, cluster: Cluster) -> subprocess.Popen[bytes]:
        settings = {**self._settings, "port": str(self.port), "unix_socket_directories": cluster.socket_folder}
        options = [f"--{name}={value}" for name, value in settings.items()]
        if self._log_path.exists() and self._log_path.stat().st_size > _LOG_LIMIT_BYTES:
            self._log_path.rename(self._log_path.with_suffix(".log.1"))
        log = os.open(self._log_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            # A session of its own: Ctrl-C in the terminal must not stop the database before those who use it.
            return subprocess.Popen(  # noqa: S603 - our own programs
                [programs / "bin" / "postgres", "-D", cluster.argument, *options],
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=cluster.descriptors,
                preexec_fn=dies_with_parent(signal.SIGINT),
                **account.arguments,
            )
        finally:
            os.close(log)

    def _wait_until_ready(self, process: subprocess.Popen[bytes], cluster: Cluster) -> bool:
        """True once our own child, and no other server that happens to listen there, says that it is ready."""
        deadline = time.monotonic() + _START_TIMEOUT_S
        while time.monotonic() < deadline:
            if process.poll() is not None:
                return False
            lines = _pid_file_lines(cluster.path)
            if lines[0] == str(process.pid) and lines[-1] == "ready":
                return True
            time.sleep(_PAUSE_S)
        raise EmbeddedPostgresError(
            f"PostgreSQL was not ready after {_START_TIMEOUT_S:.0f} s. The end of {self._log_path}:\n{self._log_end()}"
        )

    @property
    def _log_path(self) -> Path:
        return self.data_dir / "postgres.log"

    def _log_end(self) -> str:
        return "\n".join(self._log_path.read_text(errors="replace").splitlines()[-15:])

    def _release(self) -> None:
        self._process = None
        if self._cluster is not None:
            self._cluster.close()
            self._cluster = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def find_running(data_dir: Path) -> Dsns | None:
    """The addresses of the server that another process runs on `data_dir`, or None when none does."""
    path = data_dir.absolute()
    try:
        os.close(_take_lock(path))
    except FileNotFoundError:
        return None
    except EmbeddedPostgresError:
        passwords, lines = read_passwords(path), _pid_file_lines(path / "postgres")
        return passwords.dsns(int(lines[3])) if passwords and lines[-1] == "ready" else None
    return None


def _take_lock(data_dir: Path) -> int:
    """The lock of `data_dir`, held while the descriptor is open; the kernel lets go of it whatever happens to us."""
    descriptor = os.open(data_dir / "postgres.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 32, 0).decode() or "unknown"
        os.close(descriptor)
        raise EmbeddedPostgresError(
            f"{data_dir} is in use by process {holder}. Stop that one first, or set TEMBEA_DATA_DIR to another folder."
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return descriptor


def _passwords_for(data_dir: Path, cluster_path: Path) -> Passwords:
    kept = read_passwords(data_dir)
    if kept is not None:
        return kept
    if (cluster_path / "PG_VERSION").exists():
        raise EmbeddedPostgresError(
            f"{cluster_path} holds data, but its passwords in {passwords_path(data_dir)} are gone. "
            "Restore that file, or move the data folder away to begin anew."
        )
    return create_passwords(data_dir)


def _remove_sockets(cluster: Path) -> None:
    """Sockets of servers that were killed; each start has a number of its own."""
    for socket_file in cluster.glob(".s.PGSQL.*"):
        socket_file.unlink()


def _free_port(wanted: int | None) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted or 0))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _pid_file_lines(cluster: Path) -> list[str]:
    """The lines of postmaster.pid: process, folder, start, port, socket folder, address, memory, status.

    Empty ones while the server has not written them all.
    """
    try:
        lines = [line.strip() for line in (cluster / "postmaster.pid").read_text().splitlines()]
    except FileNotFoundError:
        lines = []
    return lines if len(lines) == 8 else [""] * 8
