"""`tembea worker`: the worker alone, or several beside each other on one queue.

The first of several also does what one process has to: it listens for mail, reads mailboxes and measures. The parent
starts an ended one again in its slot. It loads none of the product: it stays small.
"""

import sys

from tembea.commands.siblings import in_slot, is_one_of_several, keep_running, shared_environment
from tembea.kernel.exposition import clear_counts
from tembea.kernel.supervisor import ChildProcess, stop_signals
from tembea.settings import Settings

_COUNTS = "worker-counts"


def work_with_others(settings: Settings, processes: int | None) -> bool:
    """Where several are to work, run them until a signal; whether they were several.

    A process that is one of them, or alone, goes on by itself. Raises `CrashLoop` or `StopRequested`.
    """
    if is_one_of_several(settings, _COUNTS):
        return False
    wanted = processes or settings.worker_processes
    if wanted == 1:
        return False
    _ = settings.app_dsn  # says what is missing before anything else does
    _work_side_by_side(settings, wanted)
    return True


def _work_side_by_side(settings: Settings, processes: int) -> None:
    clear_counts(settings.data_dir / _COUNTS)
    environment, command = shared_environment(settings, _COUNTS), [sys.executable, "-m", "tembea", "worker"]
    children = [ChildProcess(f"worker {slot}", command, in_slot(environment, slot)) for slot in range(processes)]
    with stop_signals():
        keep_running(children, stop_within_s=settings.drain_timeout_s + 1)
