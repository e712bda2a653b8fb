"""`tembea serve`: the API on its port, in one process or in several that share it.

The parent of several holds the listening socket, so that a connection that waits while one of them dies is taken by
another, and starts an ended one again in its slot. It loads none of the product: it stays small.
"""

import os
import socket
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager

from tembea.commands.siblings import in_slot, is_one_of_several, keep_running, own_slot, shared_environment
from tembea.kernel.exposition import clear_counts, metrics_text
from tembea.kernel.mendable import Mendable
from tembea.kernel.scraping import serving_metrics
from tembea.kernel.supervisor import ChildProcess, stop_signals
from tembea.settings import Settings

_SOCKET_VARIABLE = "TEMBEA_SERVE_SOCKET"
"""How a parent tells its processes the number of the socket that they inherit."""
_COUNTS = "counts"
_BACKLOG = 2_048


class PortTaken(Mendable):
    """The port cannot be listened on; the message says why."""


def serve_with_others(settings: Settings, processes: int | None) -> bool:
    """Where several are to share the port, run them until a signal; whether they were several.

    A process that is one of them, or alone, goes on by itself. Raises `PortTaken`, `CrashLoop` or `StopRequested`.
    """
    if is_one_of_several(settings, _COUNTS):
        return False
    wanted = processes or settings.serve_processes
    if wanted == 1:
        return False
    _ = settings.app_dsn  # says what is missing before anything else does
    _share_the_port(settings, wanted)
    return True


def inherited_socket() -> int | None:
    """The number of the socket that this process shares with others, or None where it opens its own."""
    return int(os.environ[_SOCKET_VARIABLE]) if own_slot() is not None else None


@contextmanager
def serving_figures(settings: Settings) -> Generator[None]:
    """Answer scrapes on the port of their own, where one is set: by one of the processes, for all of them."""
    if settings.metrics_port is None or own_slot() not in (None, 0):
        yield
        return
    with serving_metrics(settings.host, settings.metrics_port, metrics_text):
        yield


def _share_the_port(settings: Settings, processes: int) -> None:
    clear_counts(settings.data_dir / _COUNTS)
    with stop_signals(), _listening(settings) as listening:
        environment = _environment(settings, listening, processes)
        command = [sys.executable, "-m", "tembea", "serve"]
        children = [
            ChildProcess(f"API process {slot}", command, in_slot(environment, slot), (listening.fileno(),))
            for slot in range(processes)
        ]
        keep_running(children, stop_within_s=settings.drain_delay_s + settings.drain_timeout_s + 1)


def _listening(settings: Settings) -> socket.socket:
    try:
        return socket.create_server(
            (settings.host, settings.port),
            family=socket.AF_INET6 if ":" in settings.host else socket.AF_INET,
            backlog=_BACKLOG,
        )
    except OSError as error:
        raise PortTaken(
            f"{settings.host}:{settings.port} cannot be listened on ({error.strerror}). Set PORT to another."
        ) from error


def _environment(settings: Settings, listening: socket.socket, processes: int) -> Mapping[str, str]:
    return {
        **shared_environment(settings, _COUNTS),
        "TEMBEA_API_PROCESSES": str(max(settings.api_processes, processes)),  # each admits its share of a limit
        _SOCKET_VARIABLE: str(listening.fileno()),
    }
