"""What a reader of events has seen: PostgreSQL's snapshots, as text, and how two of them compare.

Ids are given out before transactions commit, so an event with a lower id may appear after one with a higher id. What a
reader has not seen yet is therefore not "everything after id n" but "everything that its snapshot could not see"
(pg_current_snapshot(), PostgreSQL 13): exact, without waiting for anybody.
"""

import re
import time
from dataclasses import dataclass

_SNAPSHOT = re.compile(r"(\d{1,19}):(\d{1,19}):((?:\d{1,19},)*\d{1,19})?")
_CURSOR = re.compile(r"(?P<at>\d{1,11})~(?P<seen>[\d:,]+)(?:~(?P<within>[\d:,]+)~(?P<last_id>\d{1,18}))?")
MAX_CHARS = 4_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Transactions below `xmin` are seen, from `xmax` on they are not, between them all but those in `running`."""

    xmin: int
    xmax: int
    running: frozenset[int]

    @classmethod
    def parse(cls, text: str) -> "Snapshot":
        """Of PostgreSQL's own text form; raises ValueError for anything else."""
        match = _SNAPSHOT.fullmatch(text)
        if match is None or len(text) > MAX_CHARS or int(match[1]) > int(match[2]):
            raise ValueError("not a snapshot")
        return cls(int(match[1]), int(match[2]), frozenset(map(int, match[3].split(",") if match[3] else ())))

    def __str__(self) -> str:
        return f"{self.xmin}:{self.xmax}:{','.join(map(str, sorted(self.running)))}"

    def sees(self, xid: int) -> bool:
        """Whether what this transaction wrote is visible."""
        return xid < self.xmin or (xid < self.xmax and xid not in self.running)

    def is_after(self, other: "Snapshot") -> bool:
        """Whether it was taken later than `other`, as far as the two differ."""
        return (self.xmax, self.xmin, -len(self.running)) > (other.xmax, other.xmin, -len(other.running))


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far somebody has read: all that `seen` sees, and of what `within` sees the events up to `last_id`.

    `at` is when that was, in seconds since 1970: what happened since may be kept no longer.
    """

    seen: Snapshot
    at: int
    within: Snapshot | None = None
    last_id: int = 0

    @classmethod
    def now(cls, seen: Snapshot, *, within: Snapshot | None = None, last_id: int = 0) -> "Cursor":
        """A cursor of this moment."""
        return cls(seen, int(time.time()), within, last_id)

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Of its text form; raises ValueError for anything else."""
        match = _CURSOR.fullmatch(text[: 2 * MAX_CHARS])
        if match is None:
            raise ValueError("not a cursor")
        within = Snapshot.parse(match["within"]) if match["within"] else None
        return cls(Snapshot.parse(match["seen"]), int(match["at"]), within, int(match["last_id"] or 0))

    def __str__(self) -> str:
        within = f"~{self.within}~{self.last_id}" if self.within else ""
        return f"{self.at}~{self.seen}{within}"
