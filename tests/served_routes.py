"""Every route that is served, those of included routers too."""

from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from tembea.app import ROUTERS


def served_routes() -> Iterator[APIRoute]:
    for router in ROUTERS:
        yield from _routes(router)


def _routes(router: APIRouter) -> Iterator[APIRoute]:
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route
        else:  # what FastAPI makes of an included router
            yield from _routes(getattr(route, "original_router"))  # noqa: B009 - it has no public type


def calls(dependant: Dependant) -> Iterator[object]:
    """Every dependency of a route, however deep."""
    for child in dependant.dependencies:
        yield child.call
        yield from calls(child)
