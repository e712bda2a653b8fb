"""Makes docs/production-readiness.md from docs/readiness.yaml; `--check` says whether it is current."""

import sys
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from tembea.kernel.yaml_text import load_yaml

ROOT = Path(__file__).parents[1]
REGISTRY = ROOT / "docs" / "readiness.yaml"
PAGE = ROOT / "docs" / "production-readiness.md"

_MARKS = {"proven": "proven", "partial": "in part", "planned": "planned"}


class Line(BaseModel):
    """One line of the specification and where it lives here."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    says: str
    ours: str
    state: Literal["proven", "partial", "planned"]
    names: tuple[str, ...] = ()
    proof: str | None = None

    @property
    def command(self) -> str:
        """What to run to see it hold."""
        if self.proof is None:
            return "-"
        return f"`{self.proof}`" if self.proof.startswith("make ") else f"`make test T={self.proof}`"


class Section(BaseModel):
    """A heading of the specification."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    section: str
    lines: tuple[Line, ...]


def read_registry() -> tuple[Section, ...]:
    """The registry, checked."""
    return TypeAdapter(tuple[Section, ...]).validate_python(load_yaml(REGISTRY.read_text(encoding="utf-8")))


def render(sections: tuple[Section, ...]) -> str:
    """The page."""
    lines = [line for section in sections for line in section.lines]
    count = {state: sum(line.state == state for line in lines) for state in _MARKS}
    parts = [
        "# Production readiness",
        "",
        "Every line of the platform's specification, and under Product what goes beyond it: where each lives, and the",
        "command that proves it.",
        "Made by `make docs` from [readiness.yaml](readiness.yaml); do not edit by hand. A test keeps it current and",
        "checks that every function, route and proof named here exists.",
        "",
        f"**{count['proven']} proven, {count['partial']} in part, {count['planned']} planned.**",
    ]
    for section in sections:
        parts += [
            "",
            f"## {section.section}",
            "",
            "| the specification says | here | state | proof |",
            "|---|---|---|---|",
        ]
        parts += [f"| {line.says} | {_here(line)} | {_MARKS[line.state]} | {line.command} |" for line in section.lines]
    return "\n".join(parts) + "\n"


def _here(line: Line) -> str:
    names = ", ".join(f"`{name}`" for name in line.names)
    return f"{line.ours} ({names})" if names else line.ours


def main() -> int:
    """Write the page, or check it."""
    page = render(read_registry())
    if "--check" in sys.argv:
        current = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page
        if not current:
            sys.stderr.write("docs/production-readiness.md is out of date: run `make docs`.\n")
        return 0 if current else 1
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
