"""People of two agencies at work while things break: what each answer was, and whether it was right."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, field

import httpx

from tests.acceptance.conftest import Installation

AGENCIES = ("africastay", "indigo-travel")
EVERY_S = 1.0
"""How often an agency looks, lists and writes: well below its 600 a minute, and what a busy machine can do."""
NAME = "Fault"
_PATIENCE_S = 30.0
_RETRY_S = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, with the moments (of `time.monotonic`) between which it was made. Status 0: the line broke."""

    began: float
    ended: float
    what: str
    status: int
    code: str = ""


@dataclass
class Work:
    """What happened. `written` are the clients that an agency was told are stored, `asked` those it asked for."""

    answers: list[Answer] = field(default_factory=list[Answer])
    wrong: list[str] = field(default_factory=list[str])
    asked: dict[str, set[str]] = field(default_factory=lambda: {agency: set[str]() for agency in AGENCIES})
    written: dict[str, set[str]] = field(default_factory=lambda: {agency: set[str]() for agency in AGENCIES})


class People:
    """Those of each agency look, list and write, on time whether or not the last answer came."""

    def __init__(self, installation: Installation) -> None:
        self.work = Work()
        self._installation = installation
        self._numbers = 0
        self._ended = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._working: list[asyncio.Task[None]] = []
        self._counted: dict[str, int] = {}

    async def start(self) -> None:
        """Sign in and begin."""
        for agency in AGENCIES:
            with self._installation.staff(agency, "admin") as signed_in:
                headers = dict(signed_in.headers)
            client = httpx.AsyncClient(base_url=self._installation.base_url, headers=headers, timeout=_PATIENCE_S)
            self._counted[agency] = await _count_clients(client)
            self._working.append(asyncio.create_task(self._keep_on(agency, client)))

    async def finish(self) -> None:
        """Begin nothing more, and wait for what is under way."""
        self._ended.set()
        await asyncio.gather(*self._working)

    async def _keep_on(self, agency: str, client: httpx.AsyncClient) -> None:
        async with aclosing(client):
            while not self._ended.is_set():
                for work in (self._look(agency, client), self._list(agency, client), self._write(agency, client)):
                    task = asyncio.create_task(work)
                    self._under_way.add(task)
                    task.add_done_callback(self._under_way.discard)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ended.wait(), EVERY_S)
            await asyncio.gather(*self._under_way)

    async def _look(self, agency: str, client: httpx.AsyncClient) -> None:
        """The dashboard: it counts at least what this agency was told is stored, at most what it asked for."""
        known = self._counted[agency] + len(self.work.written[agency])
        answer = await self._ask("look", client, "GET", "/api/v1/dashboard/all", params={"period": "all"})
        if answer is None or answer.status_code != 200 or answer.json()["stats"] is None:
            return
        total = answer.json()["stats"]["clients"]["total"]
        most = self._counted[agency] + len(self.work.asked[agency])
        if not known <= total <= most:
            self.work.wrong.append(f"{agency}: the dashboard counts {total} clients, not {known} to {most}")

    async def _list(self, agency: str, client: httpx.AsyncClient) -> None:
        """The newest clients: none of them is another agency's."""
        answer = await self._ask("list", client, "GET", "/api/v1/crm/clients", params={"sort": "newest", "limit": 20})
        if answer is None or answer.status_code != 200:
            return
        names: list[str] = [item["name"] for item in answer.json()["items"]]
        strangers = [name for name in names if name.startswith(NAME) and name not in self.work.asked[agency]]
        if strangers:
            self.work.wrong.append(f"{agency}: sees {strangers}")

    async def _write(self, agency: str, client: httpx.AsyncClient) -> None:
        """A new client, asked for under one key until somebody says that it is stored."""
        self._numbers += 1
        name = f"{NAME} {agency} {self._numbers}"
        self.work.asked[agency].add(name)
        ends = time.monotonic() + 2 * _PATIENCE_S
        while time.monotonic() < ends:
            headers = {"Idempotency-Key": name.replace(" ", "-")}
            answer = await self._ask(
                "write", client, "POST", "/api/v1/crm/clients", json={"name": name}, headers=headers
            )
            if answer is not None and answer.status_code == 201:
                self.work.written[agency].add(name)
                return
            await asyncio.sleep(_RETRY_S)
        self.work.wrong.append(f"{agency}: {name} was never taken")

    async def _ask(
        self,
        what: str,
        client: httpx.AsyncClient,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        json: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response | None:
        began = time.monotonic()
        try:
            answer = await client.request(method, path, params=params, json=json, headers=headers)
        except httpx.HTTPError as error:
            self.work.answers.append(Answer(began, time.monotonic(), what, 0, type(error).__name__))
            return None
        code = "" if answer.is_success else _code_of(answer)
        self.work.answers.append(Answer(began, time.monotonic(), what, answer.status_code, code))
        return answer


async def _count_clients(client: httpx.AsyncClient) -> int:
    """As the dashboard has it; a machine that has just started everything may need a second look."""
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            answer = await client.get("/api/v1/dashboard/all", params={"period": "all"})
            if answer.status_code == 200 and answer.json()["stats"] is not None:
                return int(answer.json()["stats"]["clients"]["total"])
            await asyncio.sleep(_RETRY_S)


class Probes:
    """A load balancer: asks for liveness and readiness five times a second."""

    def __init__(self, base_url: str) -> None:
        self.alive: list[Answer] = []
        self.ready: list[Answer] = []
        self.redis: list[tuple[float, str]] = []
        """What readiness said of Redis, and when."""
        self._base_url = base_url

    async def run(self, ended: asyncio.Event) -> None:
        """Until `ended`."""
        async with httpx.AsyncClient(base_url=self._base_url, timeout=_PATIENCE_S) as client:
            await asyncio.gather(self._probe_life(client, ended), self._probe_readiness(client, ended))

    async def _probe_life(self, client: httpx.AsyncClient, ended: asyncio.Event) -> None:
        while not ended.is_set():
            await self._probe(client, "/health/live", self.alive)

    async def _probe_readiness(self, client: httpx.AsyncClient, ended: asyncio.Event) -> None:
        while not ended.is_set():
            answer = await self._probe(client, "/health/ready", self.ready)
            if answer is not None:
                self.redis.append((time.monotonic(), answer.json()["checks"]["redis"]["status"]))

    async def _probe(self, client: httpx.AsyncClient, path: str, into: list[Answer]) -> httpx.Response | None:
        began, answer = time.monotonic(), None
        with suppress(httpx.HTTPError):
            answer = await client.get(path)
        into.append(Answer(began, time.monotonic(), path, 0 if answer is None else answer.status_code))
        await asyncio.sleep(0.2)
        return answer


def _code_of(answer: httpx.Response) -> str:
    """The problem's code; what is no problem document has none."""
    if answer.headers.get("content-type") != "application/problem+json":
        return ""
    return str(answer.json().get("code", ""))
