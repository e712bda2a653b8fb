"""What the processes of an installation hold and use, read from /proc (Linux): memory, descriptors, processor time."""

import os
import statistics
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.acceptance.conftest import Installation
from tests.prove.kill_victims import VICTIMS, Victim, find_process, processes_below

PROC = Path("/proc")
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
FLAT_SHARE, FLAT_BYTES = 0.05, 8_000_000
"""Memory is flat when what a line through the second half rises is under the larger of these: a share of its level, or
bytes. In an hour at ten a second 8 MB are some 450 bytes a mail."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one part holds: the API, the worker, or all of the database's processes together.

    `pss_bytes` counts shared pages by their share, so that PostgreSQL's processes may be added up.
    """

    processes: int
    pss_bytes: int
    rss_bytes: int
    descriptors: int
    cpu_s: float


@dataclass
class Gauge:
    """Readings of every part, each with its second."""

    seconds: list[float] = field(default_factory=list[float])
    held: dict[Victim, list[Held]] = field(default_factory=lambda: {part: list[Held]() for part in VICTIMS})

    def read(self, installation: Installation, second: float) -> None:
        """Take one reading."""
        self.seconds.append(second)
        for part in VICTIMS:
            parent = find_process(installation, part)
            self.held[part].append(self._held([] if parent is None else [parent, *processes_below(parent)]))

    def _held(self, processes: Sequence[int]) -> Held:
        pss = rss = descriptors = 0
        cpu_s = 0.0
        for process in processes:
            with suppress(OSError):  # it ended while it was looked at
                memory = _memory(process)
                pss, rss = pss + memory["Pss"], rss + memory["Rss"]
                descriptors += len(list((PROC / str(process) / "fd").iterdir()))
                cpu_s += _cpu_s(process)
        return Held(len(processes), pss, rss, descriptors, cpu_s)

    def growth(self, part: Victim, name: str) -> float:
        """How much a line through the second half of the readings rises from its first to its last."""
        half = len(self.seconds) // 2
        seconds = self.seconds[half:]
        values = [float(getattr(held, name)) for held in self.held[part][half:]]
        slope, _ = statistics.linear_regression(seconds, values)
        return slope * (seconds[-1] - seconds[0])

    def may_grow(self, part: Victim) -> float:
        """Bytes that the second half may rise and still be flat."""
        half = len(self.seconds) // 2
        return max(FLAT_BYTES, FLAT_SHARE * statistics.mean(held.pss_bytes for held in self.held[part][half:]))


def _memory(process: int) -> dict[str, int]:
    lines = (PROC / str(process) / "smaps_rollup").read_text().splitlines()[1:]
    return {name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines)}


def _cpu_s(process: int) -> float:
    fields = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS_A_SECOND  # its own, and its ended children's


def size_bytes(folder: Path) -> int:
    """What the files below a folder take on disk."""
    total = 0
    for path, _, files in os.walk(folder):
        for name in files:
            with suppress(OSError):
                total += (Path(path) / name).lstat().st_blocks * 512
    return total
