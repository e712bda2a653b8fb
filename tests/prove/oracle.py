"""Random stays priced by the kernel and by the oracle of the tests: `python -m tests.prove.oracle --stays 100000`.

The report says how many stays of which kind were compared. A stay that comes out differently is named by its world, and
`--first` starts there.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from tembea.pricing import ENGINE_VERSION
from tests.pricing.oracle.comparing import STAYS_PER_WORLD, Tally, compare_world


def run(
    stays: int, first: int = 0, workers: int | None = None, *, so_far: Callable[[Tally], None] | None = None
) -> Tally:
    """Compare at least so many stays, in worlds from the first one on; `so_far` hears of every two hundred worlds."""
    worlds = range(first, first + -(-stays // STAYS_PER_WORLD))
    total = Tally()
    with ProcessPoolExecutor(workers or os.cpu_count()) as pool:
        for place, tally in enumerate(pool.map(compare_world, worlds, chunksize=10), start=1):
            total.add(tally)
            if so_far is not None and place % 200 == 0:
                so_far(total)
    return total


def report(tally: Tally, first: int, duration_s: float) -> str:
    """The run as a page of Markdown."""
    return "\n".join(_lines(tally, first, duration_s)) + "\n"


def _lines(tally: Tally, first: int, duration_s: float) -> Iterator[str]:
    priced = tally.kinds["priced"]
    yield "# The pricing kernel beside an independent pricer"
    yield ""
    yield f"{datetime.now(UTC):%Y-%m-%d}, engine {ENGINE_VERSION}, "
    yield f"`python -m tests.prove.oracle --stays {tally.stays} --first {first}`: {tally.stays:,} random stays under"
    yield f"{tally.stays // STAYS_PER_WORLD:,} random contracts in {duration_s / 60:.0f} minutes."
    yield f"**{len(tally.differences)} came out differently.**"
    yield ""
    yield "The oracle (`tests/pricing/oracle`) reads the contract document, counts in fractions and tries every way to"
    yield "house a party and every set of offers. Compared are the cost, what is paid at the hotel, the offers that"
    yield "applied, the totals of those that lost, and for a rejection its reasons and date."
    yield ""
    yield "What it does not compare: which of several equally cheap sets of offers is named, and the reasons where"
    yield "several room types or products are each rejected for their own. Where the specification leaves a choice,"
    yield "both sides were written by people who read it the same way."
    yield ""
    yield "| stays | share |"
    yield "|---|---|"
    for name, count in tally.kinds.most_common():
        whole = tally.stays if name in ("priced", "rejected") or name.startswith("rejected:") else priced
        of_what = "all" if whole == tally.stays else "those priced"
        yield f"| {name} | {count:,} ({count / max(whole, 1):.1%} of {of_what}) |"
    for difference in tally.differences[:100]:
        yield f"- {difference}"


def main() -> int:
    """Run, write the report, and end with 1 when a stay came out differently."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stays", type=int, default=100_000)
    arguments.add_argument("--first", type=int, default=0, help="the first world")
    arguments.add_argument("--workers", type=int, default=None)
    arguments.add_argument("--report", type=Path, default=None)
    given = arguments.parse_args()
    started = time.monotonic()

    def write(tally: Tally) -> None:
        if given.report is not None:
            given.report.write_text(report(tally, given.first, time.monotonic() - started), encoding="utf-8")

    tally = run(given.stays, given.first, given.workers, so_far=write)
    write(tally)
    print(report(tally, given.first, time.monotonic() - started))
    return 1 if tally.differences else 0


if __name__ == "__main__":
    sys.exit(main())
