"""Keeps the rollups: folds what was written, builds them for a zone, compares them with the rows and mends them.

Whoever changes sums holds the tenant's fold lock; the transactions that write quotes and payments never meet it.
"""

from dataclasses import dataclass

import structlog
from prometheus_client import Counter

from tembea.kernel.context import Context
from tembea.kernel.db import Db, Read
from tembea.rollups import keeping_store
from tembea.rollups.keeping_store import list_unbuilt
from tembea.rollups.kinds_store import KINDS, Kind
from tembea.rollups.store import find_state
from tembea.tenants import get_tenant

__all__ = ["Differences", "build", "check", "fold", "list_unbuilt", "reconcile"]

BATCH = 1_000
"""So many marks are folded in one transaction, and so many things compared in one."""
ROUNDS_MAX = 50
"""After so many batches of a kind a fold lets the next tenant have its turn."""

DIFFERENCES = Counter(
    "tembea_rollup_differences", "What the nightly comparison had to mend in the rollups of the dashboard", ["what"]
)
log = structlog.stdlib.get_logger("tembea.rollups")


@dataclass(frozen=True, slots=True)
class Differences:
    """What a comparison found: things counted otherwise than their rows say, by kind, and sums that are wrong."""

    things: dict[str, int]
    sums: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.things.values()) + self.sums


async def fold(ctx: Context, db: Db) -> int:
    """Fold what was written since, in short transactions; how many marked things were taken.

    Does nothing while somebody else does it, or before the rollups were built.
    """
    taken = 0
    for kind in KINDS:
        for _ in range(ROUNDS_MAX):
            async with db.tx(ctx) as tx:
                state = await find_state(tx) if await keeping_store.try_lock(tx) else None
                if state is None:
                    return taken
                folded = await keeping_store.fold_marked(tx, kind, state.time_zone, BATCH)
            taken += folded.taken
            if folded.taken == 0:
                break
    return taken


async def build(ctx: Context, db: Db, *, anew: bool = False) -> bool:
    """Count everything for the tenant's own zone, in one transaction; until it commits the old sums are read.

    False where that was done already and nobody asks for it `anew`.
    """
    async with db.tx(ctx) as tx:
        await keeping_store.lock(tx)
        zone, state = (await get_tenant(tx)).config.time_zone, await find_state(tx)
        if not anew and state is not None and state.time_zone == zone:
            return False
        await keeping_store.forget_all(tx)
        await keeping_store.count_all(tx, zone)
        await keeping_store.put_state(tx, zone)
    log.info("rollups_built", tenant=ctx.tenant_slug, time_zone=zone)  # the job that asks is the platform's
    return True


async def check(ctx: Context, db: Db) -> Differences | None:
    """Compare, and change nothing; None where the rollups were never built."""
    async with db.read(ctx) as read:
        await keeping_store.take_time(read)
        state = await find_state(read)
        if state is None:
            return None
        zone = state.time_zone
        things = {kind.name: await _count_all_drift(read, kind, zone) for kind in KINDS}
        return Differences(things, await keeping_store.count_wrong_sums(read, zone))


async def _count_all_drift(read: Read, kind: Kind, zone: str) -> int:
    after, found = None, 0
    while True:
        ids = await keeping_store.list_ids(read, kind, after, BATCH)
        found += await keeping_store.count_drift(read, kind, zone, ids)
        if len(ids) < BATCH:
            return found
        after = ids[-1]


async def reconcile(ctx: Context, db: Db) -> Differences | None:
    """Fold what waits, compare everything with its rows, and mend, count and log what differs; None if never built."""
    await fold(ctx, db)
    things: dict[str, int] = {}
    for kind in KINDS:
        found = await _mend_all_drift(ctx, db, kind)
        if found is None:
            return None
        things[kind.name] = found
    async with db.tx(ctx) as tx:
        await keeping_store.lock(tx)
        state = await find_state(tx)
        if state is None:
            return None
        sums = await keeping_store.mend_wrong_sums(tx, state.time_zone)
        await keeping_store.put_reconciled(tx)
    found = Differences(things, sums)
    _tell(found)
    return found


async def _mend_all_drift(ctx: Context, db: Db, kind: Kind) -> int | None:
    after, found = None, 0
    while True:
        async with db.tx(ctx) as tx:
            await keeping_store.lock(tx)
            state = await find_state(tx)
            if state is None:
                return None
            ids = await keeping_store.list_ids(tx, kind, after, BATCH)
            found += await keeping_store.mend_drift(tx, kind, state.time_zone, ids)
        if len(ids) < BATCH:
            return found
        after = ids[-1]


def _tell(found: Differences) -> None:
    for what, count in (*found.things.items(), ("sum", found.sums)):
        if count:
            DIFFERENCES.labels(what).inc(count)
    if found.total:
        log.warning("rollups_mended", sums=found.sums, **found.things)
