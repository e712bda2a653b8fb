"""The application that leads to its routes through our layers alone."""

from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from tembea.kernel.contract import DescribedApi
from tembea.kernel.direct_lane import DirectLane


class DirectApi(DescribedApi):
    """FastAPI without what it has around our layers, and with its own inside of them, behind the direct routes.

    Around them it watches for its own telemetry, bounds bodies, and answers a crash with a bare text. The first is off,
    `BodyMiddleware` and `CrashMiddleware` do the others, and where a layer of ours crashes the server says that text.
    """

    def build_middleware_stack(self) -> ASGIApp:
        """Called by the framework, once."""
        framework = ExceptionMiddleware(AsyncExitStackMiddleware(self.router), handlers=self.exception_handlers)
        app: ASGIApp = DirectLane(framework)
        for layer, args, kwargs in reversed(self.user_middleware):
            app = layer(app, *args, **kwargs)
        return app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; what is not HTTP, such as the application's start, is left to the framework."""
        if scope["type"] != "http" or self.middleware_stack is None:
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        await self.middleware_stack(scope, receive, send)
