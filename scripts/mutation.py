"""Changes the pricing kernel in one place at a time and sees whether a test notices: `python scripts/mutation.py`.

mutmut makes the changes (`[tool.mutmut]` in pyproject.toml). Without `--sample` every one of them is tried, which takes
hours; a sample is drawn by a seed. What the tests by example let pass is then shown to the oracle and the properties.
The report names every change that nobody noticed.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tembea.pricing import ENGINE_VERSION

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "proofs" / "mutation.md"
JUDGED = ROOT / "scripts" / "mutation_judged.toml"
SLOW = ("tests/pricing/test_pricing_oracle.py", "tests/pricing/test_pricing_properties.py")
BY_EXAMPLE = " ".join(f"--ignore={path}" for path in SLOW)
KILLED, LEFT = ("killed", "timeout", "caught by type check"), ("survived", "no tests")
BATCH = 150
"""Changes tried by one start of mutmut. It tries each in a fork of one loaded pytest, and starting takes longer than
many of them; small batches in a drawn order keep a run that is cut short a fair sample."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that the tests let pass: the line before and after, and `why` nobody could notice it if that is so."""

    name: str
    before: str
    after: str
    why: str


def mutmut(*arguments: str, pytest_options: str = "") -> str:
    """Run mutmut here and return what it says."""
    environment = {**os.environ, "PYTEST_ADDOPTS": pytest_options, "PROPERTY_CASES": "20"}
    command = [sys.executable, "-m", "mutmut", *arguments]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    return run.stdout


def results() -> dict[str, str]:
    """How every change stands, by its name."""
    lines = [line.strip() for line in mutmut("results", "--all", "true").splitlines() if ": " in line]
    return dict(line.rsplit(": ", 1) for line in lines)


def attempt(names: Sequence[str], *, pytest_options: str, children: int, until: float) -> None:
    """Try changes a batch at a time, as long as there is time."""
    for start in range(0, len(names), BATCH):
        if time.monotonic() > until:
            return
        mutmut("run", "--max-children", str(children), *names[start : start + BATCH], pytest_options=pytest_options)


def change_of(name: str) -> Change:
    """What mutmut changed there, with the judgement on it."""
    lines = mutmut("show", name).splitlines()
    before = [line[1:].strip() for line in lines if line.startswith("-") and not line.startswith("---")]
    after = [line[1:].strip() for line in lines if line.startswith("+") and not line.startswith("+++")]
    return Change(name, " ".join(before), " ".join(after), judge(name, " ".join(before), " ".join(after)))


def judge(name: str, before: str, after: str) -> str:
    """Why a change alters nothing that can be seen; empty for one that a test should have noticed."""
    if _TYPE_ONLY.sub("", before) == _TYPE_ONLY.sub("", after):
        return "the same program: a type for the checker, or a length that is equal anyway"
    function = name.partition("__mutmut_")[0]
    for row in tomllib.loads(JUDGED.read_text(encoding="utf-8"))["judged"]:
        if row["function"] == function and (row.get("after") == after or row.get("before") == before):
            return row["why"]
    return ""


_TYPE_ONLY = re.compile(r"cast\((\"[^\"]*\"|None), |,\s*strict=\w+|,\s*(?=\))")


def report(found: dict[str, str], total: int, seed: int, seconds: float) -> str:
    """The page under docs/proofs."""
    counts = Counter(found.values())
    killed = sum(counts[status] for status in KILLED)
    changes = [change_of(name) for name, status in sorted(found.items()) if status in LEFT]
    equal = [change for change in changes if change.why]
    missed = [change for change in changes if not change.why]
    tried = killed + len(changes)
    how = "all of them" if tried == total else f"a sample drawn with seed {seed}"
    lines = [
        "# Mutation of the pricing kernel",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, `python scripts/mutation.py`, engine {ENGINE_VERSION}: of {total:,} changes",
        f"that mutmut makes to `src/tembea/pricing`, {tried:,} were tried ({how}),",
        f"{seconds / max(tried, 1):.1f} s each. Tests noticed {killed:,}, which is **{killed / max(tried, 1):.1%}**;",
        f"without the {len(equal)} that change nothing that anybody could see it is",
        f"**{killed / max(tried - len(equal), 1):.1%}**.",
        "",
        f"## Let pass: {len(missed)}",
        "",
        *(line for change in missed for line in (f"- `{change.name}`", f"  `{change.after}`")),
        "",
        f"## Change nothing: {len(equal)}",
        "",
        *(line for change in equal for line in (f"- `{change.name}`: {change.why}", f"  `{change.after}`")),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Draw, try, report; ends with 1 below the share that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=None, help="how many changes to try; all without it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--wanted", type=float, default=0.9)
    given = parser.parse_args()
    began = time.monotonic()
    mutmut("run", "--max-children", str(given.children), "tembea.pricing.seasons*", pytest_options=BY_EXAMPLE)
    names = sorted(results())
    chosen = sorted(random.Random(given.seed).sample(names, min(given.sample or len(names), len(names))))  # noqa: S311 - a sample
    random.Random(given.seed).shuffle(chosen)  # noqa: S311 - so that a run cut short is a sample too
    until = began + given.minutes * 60
    attempt(chosen, pytest_options=BY_EXAMPLE, children=given.children, until=until)
    standing = results()
    survivors = [name for name in chosen if standing.get(name) in LEFT]
    attempt(survivors, pytest_options="", children=given.children, until=until + 600)
    standing = results()
    found = {name: standing[name] for name in chosen if standing.get(name) in (*KILLED, *LEFT)}
    REPORT.write_text(report(found, len(names), given.seed, time.monotonic() - began), encoding="utf-8")
    counts = Counter(found.values())
    killed = sum(counts[name] for name in KILLED)
    sys.stdout.write(f"{dict(counts)}\n")
    return 0 if killed >= given.wanted * (killed + sum(counts[name] for name in LEFT)) else 1


if __name__ == "__main__":
    sys.exit(main())
