"""Every route says who may call it; one that does not fails here."""

from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from tembea.app import ROUTERS
from tembea.kernel.web import public

NOT_IN_THE_CONTRACT = {"/{path:path}"}


def calls(dependant: Dependant) -> Iterator[str]:
    """The names of every dependency of a route, however deep."""
    for child in dependant.dependencies:
        yield getattr(child.call, "__name__", "")
        yield from calls(child)


def declares(route: APIRoute) -> set[str]:
    """The roles that a route asks for, or `public`."""
    return {name for name in calls(route.dependant) if name.startswith("requires_") or name == public.__name__}


def test_every_route_declares_one_audience() -> None:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    assert len(routes) > 5
    for route in routes:
        assert len(declares(route)) == 1, f"{sorted(route.methods or ())} {route.path} declares {declares(route)}"


def test_a_public_route_opens_no_transaction_by_itself() -> None:
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute) and declares(route) == {public.__name__}:
                assert not {"_tx", "_read"} & set(calls(route.dependant)), route.path
