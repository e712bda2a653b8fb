"""Keeps the processes of one installation alive, and ends them together.

A child is restarted when it ends by itself, after a growing pause; one that keeps ending stops everything, with a
message that says which. Nothing outlives the supervisor: each child is killed by the kernel when the supervisor dies,
and leads a process group that is killed as a whole at the end.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import NoReturn, Protocol

from tembea.kernel.mendable import Mendable
from tembea.kernel.processes import dies_with_parent

_POLL_S = 0.2
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Somebody asked the process to stop (Ctrl-C, SIGTERM, a closed terminal). Only the top catches it."""


class CrashLoop(Mendable):
    """A child ended too often to go on; the message names it."""


class Service(Protocol):
    """Something that runs beside us and may end by itself."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def start(self) -> None:
        """Start it, or start it again."""
        ...

    def is_running(self) -> bool:
        """Whether it lives."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """When to give up: a service may end `crashes` times within `window_s`; pauses double from `first_pause_s`."""

    crashes: int = 5
    window_s: float = 60.0
    first_pause_s: float = 0.5


@dataclass
class ChildProcess:
    """A process of our own, in a session of its own: Ctrl-C in the terminal reaches the supervisor alone."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    inherited: Sequence[int] = ()
    """Numbers of open files that the process is given."""
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def process_id(self) -> int | None:
        """The number of the running process."""
        return self._process.pid if self._process and self.is_running() else None

    @property
    def exit_code(self) -> int | None:
        """How the last process ended, negative for a signal; None while it runs."""
        return self._process.poll() if self._process else None

    def start(self) -> None:
        """Start the process; it dies with the calling thread."""
        self._kill_group()
        self._process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=self.inherited,
            preexec_fn=dies_with_parent(signal.SIGKILL),  # losing a process so is survived; leaving one behind is not
        )

    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def ask_to_stop(self) -> None:
        """Send SIGTERM; the process then finishes what it is doing."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def end(self, timeout_s: float) -> None:
        """Wait until it has stopped, at most `timeout_s`, then kill it with everything it started."""
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(max(timeout_s, 0))
            self._kill_group()
            self._process.wait()

    def _kill_group(self) -> None:
        if self._process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


def end_all(children: Sequence[ChildProcess], timeout_s: float) -> None:
    """Ask all at once to stop, then wait for each as long as is left of `timeout_s`, and kill what is left then."""
    deadline = time.monotonic() + timeout_s
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.end(deadline - time.monotonic())


def watch(services: Sequence[Service], limits: Limits | None = None) -> NoReturn:
    """Restart whatever ends, for ever. Raises `CrashLoop` when it is no use; a signal raises `StopRequested`."""
    bounds = limits or Limits()
    crashes: dict[str, list[float]] = {service.name: [] for service in services}
    due: dict[str, float] = {}
    while True:
        now = time.monotonic()
        for service in services:
            if service.is_running():
                continue
            if service.name not in due:
                due[service.name] = now + _pause_after_crash(service, crashes[service.name], now, bounds)
            elif now >= due[service.name]:
                del due[service.name]
                service.start()
        time.sleep(_POLL_S)


def _pause_after_crash(service: Service, crashes: list[float], now: float, bounds: Limits) -> float:
    crashes[:] = [when for when in crashes if now - when < bounds.window_s] + [now]
    how = f" with exit code {code}" if (code := getattr(service, "exit_code", None)) is not None else ""
    if len(crashes) > bounds.crashes:
        raise CrashLoop(f"The {service.name} ended {len(crashes)} times within {bounds.window_s:.0f} s, last{how}.")
    pause_s = bounds.first_pause_s * 2 ** (len(crashes) - 1)
    print(f"The {service.name} ended{how}; starting it again in {pause_s:g} s.", file=sys.stderr, flush=True)  # noqa: T201
    return pause_s


@contextmanager
def stop_signals() -> Generator[None]:
    """Within, the first SIGINT, SIGTERM or SIGHUP raises `StopRequested`; later ones do not disturb the orderly end."""

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        for one in _STOP_SIGNALS:
            signal.signal(one, signal.SIG_IGN)
        raise StopRequested

    before = {number: signal.signal(number, stop) for number in _STOP_SIGNALS}
    if before[signal.SIGHUP] is signal.SIG_IGN:  # by nohup and its like: so it stays
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
