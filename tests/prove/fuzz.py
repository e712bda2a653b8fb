"""Calls every operation of the OpenAPI document with what a machine thinks up, as every kind of caller.

`python -m tests.prove.fuzz --calls 50000 --report docs/proofs/fuzz.md`. Requests are made by schemathesis from the
document, half of them with ids of things that exist, and go through the whole application on a real PostgreSQL. Every
answer has to be one that the document names, with the content type and the body that it promises; none may be a 5xx.
"""

# What schemathesis hands out has type parameters that its users have no names for.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false, reportUnknownParameterType=false
# pyright: reportUnknownArgumentType=false, reportMissingTypeArgument=false, reportAttributeAccessIssue=false

import argparse
import itertools
import platform
import sys
import time
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import hypothesis
import requests
import schemathesis
from anyio.from_thread import BlockingPortal, start_blocking_portal
from httpx import AsyncClient, Response
from hypothesis import HealthCheck, Phase
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.failures import Failure, FailureGroup

from tembea.app import describe
from tembea.inbox import receive
from tembea.kernel.access import Scope
from tembea.kernel.signing_key import new_signing_key
from tests.app_fixtures import Platform, running_platform, settings_on
from tests.conftest import MIGRATED_TEMPLATE, running_server
from tests.inbox.mails import mail
from tests.tenancy.planting import plant

ROLES = ("admin", "consultant", "operator", "api key", "nobody")
LEFT_OUT = {"/api/v1/events": "an answer without an end; tests/operations/test_events.py reads it"}
DEAR = {"/api/v1/auth/login": 40, "/api/v1/auth/password/change": 40}
"""At most so many calls as one caller: each costs a password hash, and the throttle refuses most of the rest anyway."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@dataclass
class Run:
    """What was asked and what came of it."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter[tuple[str, int]])
    findings: dict[str, str] = field(default_factory=dict[str, str])
    dear: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    operations: int = 0
    seconds: float = 0

    @property
    def calls(self) -> int:
        return sum(self.statuses.values())


@dataclass
class World:
    """The running application, an HTTP client for each role, and ids of things that exist, by their noun."""

    portal: BlockingPortal
    clients: dict[str, AsyncClient]
    ids: dict[str, str]
    running: Platform
    people: dict[str, str]

    def answer(self, role: str, case: Case) -> Response | None:
        """What comes back; None for what no client can send."""
        try:
            prepared = requests.Request(**case.as_transport_kwargs(base_url="http://tembea.test")).prepare()
        except (ValueError, requests.RequestException):
            return None
        thought_up = {name: value for name, value in prepared.headers.items() if name.lower() != "authorization"}
        headers = {**{name: str(value) for name, value in thought_up.items()}, **self.clients[role].headers}
        url, method = str(prepared.url), str(prepared.method)
        client = self.clients[role]
        content = cast("bytes | str | None", prepared.body)
        answer = self.portal.call(lambda: client.request(method, url, headers=headers, content=content))
        if answer.status_code == 401 and role in self.people:
            self._sign_in_again(role)
        return answer

    def _sign_in_again(self, role: str) -> None:
        """A call may have ended the caller's session; those that follow are to be made by somebody."""
        with suppress(AssertionError):  # a call may also have changed who may come in
            self.clients[role] = self.portal.call(self.running.signed_in, self.people[role])

    def path_parameters(self, path: str) -> dict[str, str]:
        """The id of a thing that exists, where the path has a place for one."""
        noun, _, rest = path.partition("/{")
        known = self.ids.get(noun.removeprefix("/api/v1/")) or self.ids.get(noun.rsplit("/", 1)[-1])
        return {rest.partition("}")[0]: known} if rest and known else {}


@contextmanager
def world() -> Generator[World]:
    """Everything running, with an agency that has one of everything."""
    with (
        TemporaryDirectory(prefix="tembea-fuzz-") as folder,
        running_server(Path(folder) / "postgres") as server,
        server.fresh(MIGRATED_TEMPLATE) as database,
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(
            running_platform(settings_on(database, Path(folder), new_signing_key()))
        ) as running,
    ):
        yield portal.call(_peopled, running, portal)


async def _peopled(running: Platform, portal: BlockingPortal) -> World:
    agency = await running.new_agency("savanna-trails")
    planted = await plant(running, agency)
    key = await agency.admin.post("/api/v1/api-keys", json={"name": "All", "scopes": [one.value for one in Scope]})
    await running.signed_in(agency.users["admin"])  # a session that may be ended without ending what is tried here
    sessions = (await agency.admin.get("/api/v1/auth/sessions")).json()["items"]
    operator = await running.operator()
    await receive(
        running.db,
        raw=mail(),
        recipient="x@nobody.example",
        envelope_from="a@b.example",
        source="smtp",
        inbound_domain=running.settings.inbound_domain,
    )
    quarantined = (await operator.get("/api/v1/operator/quarantine")).json()["items"]
    ids = {
        **planted.ids,
        "sessions": next(one["id"] for one in sessions if not one["current"]),
        "branding": agency.key.tenant,
        "operator/quarantine": quarantined[0]["id"],
        "operator/outbox": planted.ids["mail"],
    }
    clients = {
        "admin": agency.admin,
        "consultant": agency.consultant,
        "operator": operator,
        "api key": running.client(key.json()["key"]),
        "nobody": running.anonymous,
    }
    people = {**agency.users, "operator": "ops@tembea.example"}
    return World(portal, clients, ids, running, people)


def fuzz(
    calls: int, *, seed: int = 1, examples: int = 6, roles: Sequence[str] = ROLES, within_s: float = 86_400
) -> Run:
    """About `calls` calls, dealt out over operations, callers and kinds of input, round after round."""
    run, began = Run(), time.monotonic()
    with world() as here:
        schema = schemathesis.openapi.from_dict(describe())
        operations = [found.ok() for found in schema.get_all_operations()]
        operations = [one for one in operations if one.path not in LEFT_OUT]
        run.operations = len(operations)
        for turn in itertools.count():
            for operation, role in itertools.product(operations, roles):
                for mode, given in _ways(here, operation.path):
                    run.seconds = time.monotonic() - began
                    if run.calls >= calls or run.seconds > within_s:
                        return run
                    strategy = operation.as_strategy(generation_mode=mode, path_parameters=given or None)
                    _try(here, run, role, strategy, seed=seed + turn, examples=examples)
    raise AssertionError("unreachable: the rounds have no end")


def _ways(here: World, path: str) -> Iterator[tuple[GenerationMode, dict[str, str]]]:
    """Right input for what exists, right input for what may not, and wrong input."""
    known = here.path_parameters(path)
    if known:
        yield GenerationMode.POSITIVE, known
        yield GenerationMode.NEGATIVE, known
    yield GenerationMode.POSITIVE, {}
    yield GenerationMode.NEGATIVE, {}


def _try(here: World, run: Run, role: str, strategy: SearchStrategy[Case], *, seed: int, examples: int) -> None:
    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=cast("list[HealthCheck]", list(HealthCheck)),
    )
    @hypothesis.given(strategy)
    def one(case: Case) -> None:
        if run.dear[role, case.path] >= DEAR.get(case.path, sys.maxsize):
            return
        run.dear[role, case.path] += 1
        answer = here.answer(role, case)
        if answer is not None:
            run.statuses[role, answer.status_code] += 1
            _judge(run, role, case, answer)

    try:
        one()
    except Unsatisfiable:  # wrong input for an operation that takes none
        return


def _judge(run: Run, role: str, case: Case, answer: Response) -> None:
    """No finding stops the run; of each kind the first one is kept."""
    try:
        case.validate_response(answer, checks=CHECKS)
    except (FailureGroup, Failure) as found:
        for failure in found.exceptions if isinstance(found, FailureGroup) else [found]:
            kind = (
                f"{case.method} {case.path}: {getattr(failure, 'title', type(failure).__name__)} {answer.status_code}"
            )
            said = f"as {role}: {case.as_curl_command()[:600]}\n{failure}\n{answer.text[:400]}"
            run.findings.setdefault(kind, said)


def report(run: Run, *, seed: int) -> str:
    """The page of a run."""
    today = datetime.now(UTC).date()
    rows = [
        f"| {role} | {sum(n for (one, _), n in run.statuses.items() if one == role)} | "
        + ", ".join(f"{status} {n}x" for (one, status), n in sorted(run.statuses.items()) if one == role)
        + " |"
        for role in ROLES
    ]
    found = [f"- {kind}\n\n```\n{said}\n```" for kind, said in run.findings.items()]
    return f"""# Every operation, called with what a machine thinks up

What `python -m tests.prove.fuzz --calls {run.calls}` showed; `make prove` repeats a part of it.

{today}, {platform.system()} {platform.machine()}, Python {platform.python_version()}, seed {seed}: {run.calls} calls of
{run.operations} operations in {run.seconds:.0f} s through the whole application on PostgreSQL, right and wrong input,
half of them for things that exist where a path names one. Each answer was held against the OpenAPI document: status,
content type, headers, body.

| caller | calls | answers |
|---|---|---|
{chr(10).join(rows)}

- server errors (5xx): {sum(n for (_, status), n in run.statuses.items() if status >= 500)}
- answers that the document does not name, or names differently: {len(run.findings)}
{"".join(f"- left out: {path} ({why}){chr(10)}" for path, why in LEFT_OUT.items())}
{chr(10).join(found)}"""


def main() -> int:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--calls", type=int, default=2_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--examples", type=int, default=6, help="calls in a row of one kind")
    asked.add_argument("--within-s", type=float, default=86_400, help="end after so many seconds, with what was done")
    asked.add_argument("--roles", nargs="+", choices=ROLES, default=ROLES)
    asked.add_argument("--report", type=Path)
    given = asked.parse_args()
    run = fuzz(given.calls, seed=given.seed, examples=given.examples, roles=given.roles, within_s=given.within_s)
    page = report(run, seed=given.seed).rstrip() + "\n"
    print(page)
    if given.report:
        given.report.write_text(page, encoding="utf-8")
    return 1 if run.findings else 0


if __name__ == "__main__":
    sys.exit(main())
