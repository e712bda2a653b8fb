"""Child processes that cannot outlive the process that started them."""

import ctypes
import os
import signal
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def dies_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` that has the kernel send `death_signal` to the child once the calling thread is gone (prctl(2)).

    The kernel watches the thread, not the process: start such children from a thread that lives as long as they should.
    """
    parent_id = os.getpid()

    def preexec() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent_id:  # the parent died before the kernel was asked to watch it
            os._exit(1)

    return preexec
