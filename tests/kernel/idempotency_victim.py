"""The real API in a process of its own that dies by SIGKILL between the commit of a POST and its answer."""

import os
import signal
import sys

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tembea.app import create_app


class DiesBeforeAnswering:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_or_die(message: Message) -> None:
            if scope["type"] == "http" and scope["method"] == "POST":
                os.kill(os.getpid(), signal.SIGKILL)
            await send(message)

        await self.app(scope, receive, send_or_die)


if __name__ == "__main__":
    uvicorn.run(DiesBeforeAnswering(create_app()), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
