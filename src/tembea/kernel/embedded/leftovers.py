"""Processes of an earlier server on the same folder, whose supervisor was killed."""

import os
import signal
import time
from pathlib import Path

from tembea.kernel.embedded.errors import EmbeddedPostgresError

# Each step is tried for so long before the next, harder one. The first only waits: a server whose supervisor has just
# been killed is already shutting down, told by the kernel.
_STEPS: tuple[tuple[signal.Signals | None, float], ...] = (
    (None, 5.0),
    (signal.SIGINT, 5.0),
    (signal.SIGQUIT, 5.0),
    (signal.SIGKILL, 5.0),
)
_PAUSE_S = 0.02


def end_leftovers(cluster: Path) -> None:
    """Wait for, then end, every server process that works in `cluster`; afterwards nobody holds its files.

    A killed postmaster leaves backends that notice within moments. The caller holds the folder's lock, so whatever is
    found belongs to nobody.
    """
    for signal_number, patience_s in _STEPS:
        processes = _processes_in(cluster)
        if signal_number is not None:
            for process_id in processes:
                _send(process_id, signal_number)
        deadline = time.monotonic() + patience_s
        while processes and time.monotonic() < deadline:
            time.sleep(_PAUSE_S)
            processes = _processes_in(cluster)
        if not processes:
            return
    raise EmbeddedPostgresError(f"Processes {_processes_in(cluster)} still use {cluster} and cannot be ended.")


def forget_dead_postmaster(cluster: Path) -> None:
    """Remove a postmaster.pid whose number meanwhile belongs to some other program.

    PostgreSQL clears a stale file by itself unless a process of that number lives, as is likely in a fresh container.
    """
    pid_file = cluster / "postmaster.pid"
    try:
        process_id = int(pid_file.read_text().split("\n", 1)[0])
        os.kill(process_id, 0)
    except (FileNotFoundError, ProcessLookupError):
        return
    except (ValueError, PermissionError):
        pass
    pid_file.unlink()


def _processes_in(cluster: Path) -> list[int]:
    """Every server process changes into its data folder; the folder's identity tells whose it is, whatever its name."""
    wanted = cluster.stat()
    return [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdecimal() and _works_in(process, wanted)
    ]


def _works_in(process: Path, wanted: os.stat_result) -> bool:
    try:
        # A shell that happens to stand in the folder is none of our business.
        return os.path.samestat((process / "cwd").stat(), wanted) and (process / "exe").readlink().name.startswith(
            "postgres"
        )
    except OSError:
        return False


def _send(process_id: int, signal_number: signal.Signals) -> None:
    try:
        os.kill(process_id, signal_number)
    except ProcessLookupError:
        return
