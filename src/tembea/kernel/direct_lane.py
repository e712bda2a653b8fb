"""Leads to direct routes past the layers that FastAPI has inside ours, which they have no use for.

Those are its table of handlers of errors, its stack of what to close, and its router; see `DirectRoute` for why a route
can do without. This is the innermost layer of ours: a direct route stands behind everything that any route does.
"""

from fastapi import FastAPI, Request
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from tembea.kernel.direct_route import DirectRoute
from tembea.kernel.problems import find_answer
from tembea.kernel.route_index import RouteIndex


class DirectLane:
    """Answers the direct routes of the indexes that stand before every other route; the rest is the framework's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request. What a route raises is answered as `install_problem_handlers` has it."""
        direct = _find_direct(scope) if scope["type"] == "http" else None
        if direct is None:
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive, send)
        try:
            response = await direct.answer(request)
        except Exception as error:
            answer = find_answer(error)
            if answer is None:
                raise
            response = await answer(request, error)
        await response(scope, receive, send)


def _find_direct(scope: Scope) -> DirectRoute | None:
    """The direct route that takes the request, its template and parameters then in the scope as the router has them."""
    app: FastAPI = scope["app"]
    for index in app.router.routes:
        if not isinstance(index, RouteIndex):
            return None
        match, found = index.matches(scope)
        if match is Match.FULL:
            direct = index.find_direct(found["route"])
            if direct is not None:
                scope.update(found)
            return direct
        if match is Match.PARTIAL:
            return None
    return None
