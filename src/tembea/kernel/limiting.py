"""Every request passes its rate limits, and every answer says how they stand: refusals, errors and streams too.

Which limits a request falls under is the `Gate`'s to say. The header fields are those of the IETF draft
(draft-ietf-httpapi-ratelimit-headers-10, structured fields) and the older X-RateLimit-*, which name the limit that
would refuse first.
"""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import NamedTuple, Protocol

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from tembea.kernel.errors import RateLimited
from tembea.kernel.head import Fields, head_of
from tembea.kernel.limits import Decision, Standing
from tembea.kernel.problems import problem
from tembea.kernel.telemetry.metrics import REFUSED
from tembea.kernel.web import address_of

log = structlog.stdlib.get_logger("tembea.limits")

_UNLIMITED = frozenset(("/health", "/health/live", "/health/ready", "/metrics"))
"""What probes and scrapers ask. What only begins like it is nobody's."""


class Ruling(NamedTuple):
    """A decision, with what the log says of it: the class of request, and the tenant or address that it was for."""

    decision: Decision
    kind: str
    tenant: str | None
    address: str


class Gate(Protocol):
    """Decides about requests, each once."""

    async def rule(self, request: Request) -> Ruling:
        """Take one of every limit that the request falls under, or of none."""
        ...


class LimitsMiddleware:
    """Asks `app.state.gate` about each request; 429 for those that it refuses, header fields for all."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, admitted or refused."""
        if scope["type"] != "http" or scope["path"] in _UNLIMITED:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        gate: Gate = scope["app"].state.gate
        ruling = await gate.rule(request)
        head, send = head_of(send)
        head.fields += header_fields(ruling.decision)
        if ruling.decision.admitted:
            await self.app(scope, receive, send)
        else:
            await problem(request, _refusal(ruling))(scope, receive, send)


def header_fields(decision: Decision) -> Fields:
    """The five fields that say how the limits stand; `t` and Reset are seconds until one more is admitted again."""
    binding, standings = decision.binding, decision.standings
    limit, remaining, reset_s = binding.limit, binding.remaining, binding.reset_s
    if len(standings) == 1:  # as nearly always
        policy, standing = limit.policy, f'"{limit.name}";r={remaining};t={reset_s}'
    else:
        policy = ", ".join([standing.limit.policy for standing in standings])
        standing = ", ".join([f'"{s.limit.name}";r={s.remaining};t={s.reset_s}' for s in standings])
    return [
        (b"ratelimit-policy", policy.encode()),
        (b"ratelimit", standing.encode()),
        (b"x-ratelimit-limit", b"%d" % limit.limit),
        (b"x-ratelimit-remaining", b"%d" % remaining),
        (b"x-ratelimit-reset", b"%d" % reset_s),
    ]


def client_address(request: Request) -> str:
    """Whom an address limit counts: the socket's other end, or who a trusted proxy says it is; IPv6 by its /64.

    One customer of a provider has a whole /64, so that its addresses are one.
    """
    return _counted_as(address_of(request))


@lru_cache(maxsize=10_000)
def _counted_as(host: str) -> str:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return f"{IPv6Address(int(address) >> 64 << 64)}/64"


def _refusal(ruling: Ruling) -> RateLimited:
    spent = [standing for standing in ruling.decision.standings if standing.remaining == 0]
    wait_s = max([1, *(ceil(standing.frees_in_s) for standing in spent)])
    for standing in spent:
        name = standing.limit.name
        REFUSED.labels(name).inc()
        log.warning("rate_limited", tenant=ruling.tenant, limit=name, kind=ruling.kind, address=ruling.address)
    return RateLimited(_sentence(ruling.decision.binding, wait_s), headers={"Retry-After": str(wait_s)})


def _sentence(spent: Standing, wait_s: int) -> str:
    if spent.limit.limit == 0:
        return "This is closed for a moment, to be on the safe side. Please try again soon."
    per = {60: "a minute", 3_600: "an hour"}.get(spent.limit.window_s, f"in {spent.limit.window_s} seconds")
    wait = f"{wait_s} seconds" if wait_s < 120 else f"{ceil(wait_s / 60)} minutes"
    return f"More than {spent.limit.limit} requests {per} are not taken here. Please try again in {wait}."
