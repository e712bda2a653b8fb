"""Changes the pricing kernel in one place at a time and sees whether a test notices: `python scripts/mutation.py`.

mutmut makes the changes (`[tool.mutmut]` in pyproject.toml). Without `--sample` every one of them is tried, which takes
hours; a sample is drawn by a seed. What the tests by example let pass is then shown to the oracle and the properties.
The report names every change that nobody noticed.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "proofs" / "mutation.md"
SLOW = ("tests/pricing/test_pricing_oracle.py", "tests/pricing/test_pricing_properties.py")
BY_EXAMPLE = " ".join(f"--ignore={path}" for path in SLOW)
KILLED, LEFT = ("killed", "timeout", "caught by type check"), ("survived", "no tests")


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
    """Try changes a few at a time, as long as there is time."""
    for start in range(0, len(names), 40):
        if time.monotonic() > until:
            return
        mutmut("run", "--max-children", str(children), *names[start : start + 40], pytest_options=pytest_options)


def report(found: dict[str, str], total: int, seed: int) -> str:
    """The page under docs/proofs."""
    counts = Counter(found.values())
    killed, left = sum(counts[name] for name in KILLED), sum(counts[name] for name in LEFT)
    tried = killed + left
    how = "all of them" if tried == total else f"a sample drawn with seed {seed}"
    lines = [
        "# Mutation of the pricing kernel",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, `python scripts/mutation.py`: of {total:,} changes that mutmut makes to",
        f"`src/tembea/pricing`, {tried:,} were tried ({how}). Tests noticed {killed:,}, which is",
        f"**{killed / max(tried, 1):.1%}**. The other {left} were let pass:",
        "",
        *(f"- `{name}`" for name, status in sorted(found.items()) if status in LEFT),
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
    until = time.monotonic() + given.minutes * 60
    mutmut("run", "--max-children", str(given.children), "tembea.pricing.seasons*", pytest_options=BY_EXAMPLE)
    names = sorted(results())
    chosen = sorted(random.Random(given.seed).sample(names, min(given.sample or len(names), len(names))))  # noqa: S311 - a sample
    random.Random(given.seed).shuffle(chosen)  # noqa: S311 - so that a run cut short is a sample too
    attempt(chosen, pytest_options=BY_EXAMPLE, children=given.children, until=until)
    survivors = [name for name in chosen if results().get(name) in LEFT]
    attempt(survivors, pytest_options="", children=given.children, until=until + 600)
    found = {name: status for name, status in results().items() if name in set(chosen)}
    REPORT.write_text(report(found, len(names), given.seed), encoding="utf-8")
    counts = Counter(found.values())
    killed = sum(counts[name] for name in KILLED)
    sys.stdout.write(f"{dict(counts)}\n")
    return 0 if killed >= given.wanted * (killed + sum(counts[name] for name in LEFT)) else 1


if __name__ == "__main__":
    sys.exit(main())
