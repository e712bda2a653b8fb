"""`tembea worker`: the worker alone, or several beside each other on one queue.

The first of several also does what one process has to: it listens for mail, reads mailboxes and measures. The parent
starts an ended one again in its slot. It loads none of the product: it stays small.
"""

import sys
from contextlib import ExitStack

from tembea.commands.siblings import in_slot, own_slot, shared_environment
from tembea.kernel.exposition import clear_counts, count_in_slot
from tembea.kernel.supervisor import ChildProcess, end_all, stop_signals, watch
from tembea.settings import Settings

_COUNTS = "worker-counts"


def work_with_others(settings: Settings, processes: int | None) -> bool:
    """Where several are to work, run them until a signal; whether they were several.

    A process that is one of them, or alone, goes on by itself. Raises `CrashLoop` or `StopRequested`.
    """
    slot = own_slot()
    if slot is not None:
        count_in_slot(settings.data_dir / _COUNTS, slot)
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
    with stop_signals(), ExitStack() as stack:
        stack.callback(end_all, children, settings.drain_timeout_s + 1)
        for child in children:
            child.start()
        watch(children)
