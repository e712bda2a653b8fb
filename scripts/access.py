"""Writes docs/access.md: who may call what, as the routes themselves declare it. `make docs` runs it."""

from collections.abc import Iterator
from pathlib import Path

from tembea.app import ROUTERS
from tembea.kernel.access import Access
from tembea.kernel.context import Role
from tembea.kernel.contract import operations

PAGE = Path(__file__).parents[1] / "docs" / "access.md"
_PEOPLE = (Role.ADMIN, Role.CONSULTANT, Role.OPERATOR)
_HEAD = """# Who may call what

Made by `make docs` from the routes themselves; a test keeps it current. `anyone` needs no token: such a route proves
whom it answers by what it is given (a password, a link, a signature), or tells what anybody may know. An API key may
use a route whose scope it has, inside its agency, and no other. Rows belong to one agency whoever asks: see
[tenancy](../ARCHITECTURE.md#tenancy).

| method | path | anyone | admin | consultant | operator | API key with |
|---|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "\n".join(sorted(_rows(), key=_by_path)) + "\n"


def _rows() -> Iterator[str]:
    for method, path, access in operations(ROUTERS):
        yield _row(method, path, access)


def _row(method: str, path: str, access: Access | None) -> str:
    marks = ["" if access else "yes", *("yes" if access and role in access.roles else "" for role in _PEOPLE)]
    scope = f"`{access.scope.value}`" if access and access.scope else ""
    return f"| {method} | `{path}` | {' | '.join(marks)} | {scope} |"


def _by_path(row: str) -> tuple[str, str]:
    _, method, path, *_ = row.split("|")
    return path, method


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
