"""Prometheus' text, of this process or of all that listen on the same port together.

Processes that share a port count in files of one folder, each in a *slot* of its own: a process that takes a dead one's
place goes on with its numbers, so that no sum ever goes backwards and no file is left over.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client import values as client_values
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SERVING = ("tembea_http_", "tembea_event_streams")


def clear_counts(folder: Path) -> None:
    """Begin at nothing: before the processes that will count in `folder` start, and with none of them running."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        file.unlink()


def count_in_slot(folder: Path, slot: int) -> None:
    """Let this process count in its slot of `folder`. Comes before whatever declares a metric is imported."""
    for file in folder.glob(f"gauge_live*_{slot}.db"):
        file.unlink()  # what the one before was just doing is not going on any more
    os.environ[FOLDER_VARIABLE] = str(folder)
    client_values.ValueClass = client_values.MultiProcessValue(lambda: slot)  # pyright: ignore[reportUnknownMemberType] - untyped


def metrics_text() -> bytes:
    """What is counted, as Prometheus reads it. Takes a moment: files are read where processes share a port."""
    if FOLDER_VARIABLE not in os.environ:
        from prometheus_client import REGISTRY

        return generate_latest(REGISTRY)
    return shared_text(Path(os.environ[FOLDER_VARIABLE]))


def worker_text() -> bytes:
    """What the workers count, and what this one measures of the whole installation.

    Nothing of what serving counts: the zeros of a process that serves nobody would hide that the API is gone.
    """
    from prometheus_client import REGISTRY

    from tembea.kernel.telemetry.metrics import MEASURED

    registry = CollectorRegistry()
    folder = os.environ.get(FOLDER_VARIABLE)
    registry.register(_NotServing(REGISTRY if folder is None else _Shared(Path(folder))))
    return generate_latest(registry) + generate_latest(MEASURED)


def shared_text(folder: Path) -> bytes:
    """What all processes counted in `folder`, summed up."""
    registry = CollectorRegistry()
    registry.register(_Shared(folder))
    return generate_latest(registry)


class _NotServing:
    """All but what is counted of requests and streams."""

    def __init__(self, everything: Collector) -> None:
        self._everything = everything

    def collect(self) -> Iterable[Metric]:
        """The rest as it is now."""
        return [family for family in self._everything.collect() if not family.name.startswith(_SERVING)]


class _Shared:
    """The processes' sums, without the gauges that the worker alone measures: here they would all be 0."""

    def __init__(self, folder: Path) -> None:
        self._all = MultiProcessCollector(None, str(folder))

    def collect(self) -> Iterable[Metric]:
        """The sums as they are now."""
        from tembea.kernel.telemetry.metrics import MEASURED

        elsewhere = {family.name for family in MEASURED.collect()}
        summed = cast("Iterable[Metric]", self._all.collect())  # pyright: ignore[reportUnknownMemberType] - untyped
        return [family for family in summed if family.name not in elsewhere]
