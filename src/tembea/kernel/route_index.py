"""Finds the route of a request by how its path begins; asking each of a hundred routes costs more than most of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from tembea.kernel.direct_route import DirectRoute

_SEGMENTS = 3
"""As far as paths tell features apart: `/api/v1/quotes`."""


class RouteIndex(BaseRoute):
    """Many routes as one, each under the first three segments of its path.

    A route without parameters is found by its whole path. Of the others those that begin alike are asked in their
    order; those with a parameter among the three come last.
    """

    def __init__(self, routes: Iterable[APIRoute]) -> None:
        self._by_beginning: defaultdict[str, list[APIRoute]] = defaultdict(list)
        self._by_path: dict[tuple[str, str], APIRoute] = {}
        self._direct: dict[int, DirectRoute] = {}  # by the identity of the route, which cannot be hashed
        variable: list[APIRoute] = []
        for route in routes:
            beginning = _beginning(route.path)
            if "{" not in route.path:
                for method in route.methods or ():
                    self._by_path.setdefault((method, route.path), route)
            if direct := DirectRoute.find(route):
                self._direct[id(route)] = direct
            (variable if "{" in beginning else self._by_beginning[beginning]).append(route)
        self._variable = tuple(variable)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first route that takes the request, else the first that would with another method."""
        exact = self._by_path.get((scope.get("method", ""), scope["path"]))
        if exact is not None:
            return Match.FULL, {"endpoint": exact.endpoint, "path_params": {}, "route": exact}
        found = Match.NONE, dict[str, object]()
        for route in (*self._by_beginning.get(_beginning(scope["path"]), ()), *self._variable):
            match, child_scope = route.matches(scope)
            if match is Match.FULL:
                return match, child_scope
            if match is Match.PARTIAL and found[0] is Match.NONE:
                found = match, child_scope
        return found

    def find_direct(self, route: APIRoute) -> DirectRoute | None:
        """How a route of this index is answered without FastAPI's solving of dependencies, if it can be."""
        return self._direct.get(id(route))

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The route that was found stands in the scope."""
        route: APIRoute = scope["route"]
        direct = self.find_direct(route)
        if direct is not None and scope["method"] in (route.methods or ()):
            response = await direct.answer(Request(scope, receive, send))
            await response(scope, receive, send)
        else:
            await route.handle(scope, receive, send)


def routes_of(router: APIRouter) -> Iterator[APIRoute]:
    """The routes of a router, and of those that it includes as they are."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route
        else:  # what FastAPI makes of an included router, which has no public type
            yield from routes_of(getattr(route, "original_router"))  # noqa: B009 - no public type


def _beginning(path: str) -> str:
    return "/".join(path.split("/", _SEGMENTS + 1)[: _SEGMENTS + 1])
