"""Rollups: what the dashboard and the pipeline count, counted beforehand, so that looking costs the same at any size.

Owns `rollups` (sums by day, dekad, month, year and over everything), `counted_*` (what was counted of each thing),
`rollup_marks` (what was written since) and `rollup_states`.
Invariants: a write and its mark are one transaction; whoever reads adds what is marked and not folded yet, in the same
snapshot, so that a figure is never behind its rows, up to `WAITING_MAX` marked things of a kind; only the holder of the
tenant's fold lock changes sums, so that writers never wait; days are those of the zone for which they were built.
Verbs: `open_rollups` reads; `fold`, `build`, `reconcile` and `check` keep and prove them.
"""

from tembea.rollups.asks import FOREVER, Ask, Sum
from tembea.rollups.keeping import Differences, build, check, fold, list_unbuilt, reconcile
from tembea.rollups.kinds_store import ACTIVE_WINDOWS_DAYS
from tembea.rollups.reading import Rollups, open_rollups
from tembea.rollups.store import DaySum

__all__ = [
    "ACTIVE_WINDOWS_DAYS",
    "FOREVER",
    "Ask",
    "DaySum",
    "Differences",
    "Rollups",
    "Sum",
    "build",
    "check",
    "fold",
    "list_unbuilt",
    "open_rollups",
    "reconcile",
]
