"""Runs the benchmarks, prints what they print, and keeps it in `docs/proofs/benchmarks.md`.

`python scripts/benchmarks.py [NAME [ARGUMENT ...]]`: with a name only that one runs, with the arguments behind it, and
the others' figures stay as they are on the page.
"""

import ast
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "proofs" / "benchmarks.md"
HEAD = """# What things cost

`make bench` runs all of it and writes this page, `python scripts/benchmarks.py NAME` one of it. Figures are those of
the machine and the day that stand with them; ratios are of one run, ours beside the barest thing that does the same.
"""
SECTION = re.compile(r"^## (\w+)\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def main() -> None:
    """Run, print, keep."""
    names = sys.argv[1:2] or [path.stem for path in sorted((ROOT / "benchmarks").glob("*.py"))]
    kept = {found[1]: found[0].rstrip() for found in SECTION.finditer(PAGE.read_text() if PAGE.exists() else "")}
    for name in names:
        kept[name] = section(name, run(name, sys.argv[2:]))
        PAGE.write_text("\n\n".join([HEAD.rstrip(), *(kept[one] for one in sorted(kept))]) + "\n")


def run(name: str, arguments: list[str]) -> str:
    """What the benchmark prints, printed as it comes; ends this program where it fails."""
    say(f"== {name}\n")
    command = [sys.executable, str(ROOT / "benchmarks" / f"{name}.py"), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    printed: list[str] = []
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603 - ours
        for line in running.stdout or ():
            say(line)
            printed.append(line)
    if running.returncode:
        raise SystemExit(running.returncode)
    return "".join(printed)


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def section(name: str, printed: str) -> str:
    """The page's part about one benchmark: what it measures, when and where, and what it printed."""
    about = ast.get_docstring(ast.parse((ROOT / "benchmarks" / f"{name}.py").read_text())) or ""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    words = about.partition("\n\n")[0].replace("\n", " ")
    return f"## {name}\n\n{words}\n\n{datetime.now(UTC):%Y-%m-%d}, {machine}:\n\n```\n{printed.rstrip()}\n```"


if __name__ == "__main__":
    main()
