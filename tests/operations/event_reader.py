"""A viewer of live events, and the API as a server on a port: httpx's own transport waits for an answer's end."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import uvicorn
from httpx import AsyncClient
from starlette.types import ASGIApp

from tembea.kernel.joined_writes import JoiningProtocol
from tests.redis_servers import free_port


async def eventually(is_so: Callable[[], bool], *, timeout_s: float = 45) -> None:
    """Wait until `is_so`; raises TimeoutError."""
    async with asyncio.timeout(timeout_s):
        while True:
            if is_so():
                return
            await asyncio.sleep(0.01)


@dataclass(frozen=True)
class Seen:
    """One message of a stream."""

    kind: str
    data: dict[str, object]
    id: str


@dataclass
class Reader:
    """Reads a stream into `seen`; `ended` once the server closed it."""

    seen: list[Seen] = field(default_factory=list[Seen])
    status: int = 0
    ended: bool = False
    last_id: str = ""
    problem: dict[str, object] = field(default_factory=dict[str, object])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    comments: int = 0
    retry_ms: int = 0

    async def read(self, client: AsyncClient, url: str, headers: dict[str, str]) -> None:
        async with client.stream("GET", url, headers=headers, timeout=60) as answer:
            if answer.status_code != 200:
                self.problem = json.loads(await answer.aread())
            self.status, self.headers = answer.status_code, dict(answer.headers)
            if self.problem:
                return
            fields: dict[str, str] = {}
            async for line in answer.aiter_lines():
                self._take(line, fields)
        self.ended = True

    def _take(self, line: str, fields: dict[str, str]) -> None:
        if line.startswith(":"):
            self.comments += 1
        elif line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            self.last_id = fields.get("id", self.last_id)
            self.retry_ms = int(fields.get("retry", self.retry_ms))
            self.seen.append(Seen(fields["event"], json.loads(fields["data"]), self.last_id))
            fields.clear()

    def kinds(self) -> list[str]:
        return [one.kind for one in self.seen]

    def events(self) -> list[Seen]:
        return [one for one in self.seen if "type" in one.data]

    async def until(self, kind: str, *, count: int = 1, timeout_s: float = 45) -> None:
        await eventually(lambda: self.kinds().count(kind) >= count, timeout_s=timeout_s)

    async def until_ended(self, timeout_s: float = 45) -> None:
        await eventually(lambda: self.ended, timeout_s=timeout_s)


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncGenerator[str]:
    """The application on a free port, as `tembea serve` has it, for as long as the block. Yields its address."""
    port = free_port()
    config = uvicorn.Config(app, host="127.0.0.1", port=port, http=JoiningProtocol, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await eventually(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        server.force_exit = True
        await serving


@asynccontextmanager
async def following(
    base_url: str, token_of: AsyncClient, *, last_event_id: str | None = None
) -> AsyncGenerator[Reader]:
    """A reader who follows with the sign-in of `token_of` while the block runs."""
    reader = Reader()
    headers = {"Authorization": token_of.headers["Authorization"]}
    if last_event_id is not None:
        headers["Last-Event-ID"] = last_event_id
    async with AsyncClient() as client:
        reading = asyncio.create_task(reader.read(client, f"{base_url}/api/v1/events", headers))
        try:
            async with asyncio.timeout(45):
                while not reader.status:
                    if reading.done():
                        await reading
                    await asyncio.sleep(0.01)
            yield reader
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
