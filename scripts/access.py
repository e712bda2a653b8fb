"""Writes docs/access.md: who may call what, as the routes themselves declare it. `make docs` runs it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, cast

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from tembea.app import ROUTERS
from tembea.kernel.context import Role
from tembea.kernel.web import ACCESS

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


class Served(Protocol):
    """What FastAPI knows of an operation: of a plain route, and of one that came with an included router."""

    path: str
    methods: set[str] | None
    dependant: Dependant
    include_in_schema: bool


def served() -> Iterator[Served]:
    """Every operation of the application, those of included routers too."""
    for router in ROUTERS:
        for route in router.routes:
            included = getattr(route, "effective_route_contexts", None)
            if isinstance(route, APIRoute):
                yield cast("Served", route)
            elif included is not None:
                yield from cast("Callable[[], Iterator[Served]]", included)()


def _rows() -> Iterator[str]:
    for operation in served():
        if operation.include_in_schema:
            yield from (_row(method, operation) for method in sorted(operation.methods or ()))


def _row(method: str, operation: Served) -> str:
    access = next((ACCESS[call] for call in _calls(operation.dependant) if call in ACCESS), None)
    marks = ["" if access else "yes", *("yes" if access and role in access.roles else "" for role in _PEOPLE)]
    scope = f"`{access.scope.value}`" if access and access.scope else ""
    return f"| {method} | `{operation.path}` | {' | '.join(marks)} | {scope} |"


def _calls(dependant: Dependant) -> Iterator[Callable[..., object]]:
    for child in dependant.dependencies:
        if child.call is not None:
            yield child.call
        yield from _calls(child)


def _by_path(row: str) -> tuple[str, str]:
    _, method, path, *_ = row.split("|")
    return path, method


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
