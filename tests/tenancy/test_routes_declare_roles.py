"""Every route says who may call it; one that does not fails here."""

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from tembea.kernel.web import public
from tests.served_routes import calls, served_routes

NOT_IN_THE_CONTRACT = {"/{path:path}"}


def names(dependant: Dependant) -> set[str]:
    return {getattr(call, "__name__", "") for call in calls(dependant)}


def declares(route: APIRoute) -> set[str]:
    """The roles that a route asks for, or `public`."""
    return {name for name in names(route.dependant) if name.startswith("requires_") or name == public.__name__}


def test_every_route_declares_one_audience() -> None:
    routes = list(served_routes())
    assert len(routes) > 40
    for route in routes:
        assert len(declares(route)) == 1, f"{sorted(route.methods or ())} {route.path} declares {declares(route)}"


def test_a_public_route_opens_no_transaction_by_itself() -> None:
    for route in served_routes():
        if declares(route) == {public.__name__}:
            assert not {"_tx", "_read", "keyed_tx"} & names(route.dependant), route.path
