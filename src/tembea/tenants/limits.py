"""Which rate limits a request falls under, and how high they are for whom.

Whoever is signed in is counted for their agency, as the verified token names it, and for nobody else: a colleague's
address is no concern of theirs. Everybody else is counted by address. What costs money (`PaidRoute`) has a limit of its
own beside the agency's. All of it is one question to Redis a request.
"""

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from starlette.requests import Request

from tembea.kernel.context import Context, system_context
from tembea.kernel.db import Db
from tembea.kernel.errors import AppError
from tembea.kernel.limiting import Ruling, client_address
from tembea.kernel.limits import Decision, Limit, Limiter
from tembea.kernel.tokens import Claims
from tembea.kernel.web import find_claims
from tembea.tenants.config import Limits
from tembea.tenants.store import get_tenant

KNOWN_S = 10.0
"""How long a process goes by an agency's limits before it reads them again."""
TENANTS_KEPT = 5_000
_MINUTE_S, _HOUR_S = 60, 3_600
_OPERATOR_LIMIT = 600

PaidName = Literal["quote_generation", "helpdesk_chat"]
_NOT_THE_SITE = ("/api/", "/webhooks/", "/q/", "/.well-known/")
_SIGN_IN = ("/api/v1/auth/login", "/api/v1/auth/password/", "/api/v1/auth/invitations/accept")
_PUBLIC_LINKS = ("/q/", "/api/v1/public/")


@dataclass(frozen=True, slots=True)
class PaidRoute:
    """A route that an hourly limit of the agency holds down. `path` is a regular expression for the whole path."""

    method: str
    path: re.Pattern[str]
    name: PaidName


@dataclass(frozen=True, slots=True)
class AddressLimits:
    """Requests a minute from one address. `sign_in_alone` is what a process lets through while Redis is away."""

    anybody: int
    site: int
    public_links: int
    webhooks: int
    sign_in: int
    sign_in_alone: int


class RequestLimits:
    """The gate of one process. `processes` is how many like it share Redis."""

    def __init__(
        self,
        db: Db,
        limiter: Limiter,
        *,
        processes: int,
        addresses: AddressLimits,
        paid: Sequence[PaidRoute],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._db = db
        self._limiter = limiter
        self._processes = processes
        self._addresses = addresses
        self._paid = tuple(paid)
        self._clock = clock
        self._known: OrderedDict[UUID, _Known] = OrderedDict()

    async def rule(self, request: Request) -> Ruling:
        """Decide about a request, by its agency where it is signed in, else by its address."""
        address = client_address(request)
        claims = find_claims(request)
        if claims is None:
            kind, limits = self._by_address(request, address)
        elif claims.tenant_key is None or claims.tenant is None:
            kind, limits = "operator", (self._minute("api", _OPERATOR_LIMIT, f"operator:{claims.user_id}"),)
        else:
            kind, limits = await self._by_tenant(request, claims)
        decision = await self._limiter.decide(limits, kind=kind)
        return Ruling(decision, kind, claims.tenant if claims else None, address)

    async def look(self, ctx: Context) -> Decision:
        """How the limits of the context's tenant stand: `api`, `quote_generation`, `helpdesk_chat`. Takes nothing."""
        limits = (await self._known_of(ctx.tenant_uuid, ctx.tenant_slug)).limits
        who = str(ctx.tenant_uuid)
        paid = [self._hour(name, limits, who) for name in ("quote_generation", "helpdesk_chat")]
        return await self._limiter.look([self._minute("api", limits.api, who), *paid])

    async def _by_tenant(self, request: Request, claims: Claims) -> tuple[str, tuple[Limit, ...]]:
        assert claims.tenant_key is not None  # noqa: S101 - the caller has looked
        assert claims.tenant is not None  # noqa: S101 - the caller has looked
        known = await self._known_of(claims.tenant_key, claims.tenant)
        paid = self._paid_name(request)
        limits = known.sets.get((claims.user_id, paid))
        if limits is None:
            limits = known.sets[claims.user_id, paid] = tuple(self._set_of(known.limits, claims, paid))
        return paid or "api", limits

    def _set_of(self, configured: Limits, claims: Claims, paid: PaidName | None) -> Iterator[Limit]:
        who = str(claims.tenant_key)
        yield self._minute("api", configured.api, who)
        if configured.user is not None:
            yield self._minute("user", configured.user, who, member=f":{claims.user_id}")
        if paid is not None:
            yield self._hour(paid, configured, who)

    def _paid_name(self, request: Request) -> PaidName | None:
        method, path = request.method, request.scope["path"]
        for route in self._paid:
            if route.method == method and route.path.fullmatch(path):
                return route.name
        return None

    def _by_address(self, request: Request, address: str) -> tuple[str, tuple[Limit, ...]]:
        path, who, most = request.scope["path"], f"address:{address}", self._addresses
        if not path.startswith(_NOT_THE_SITE):
            # A page is dozens of files: counted, and not worth asking Redis about each.
            return "site", (Limit("site", most.site, _MINUTE_S, who, most.site, shared=False),)
        if path.startswith("/webhooks/"):
            return "webhook", (self._minute("webhook", most.webhooks, who),)
        anybody = self._minute("address", most.anybody, who)
        if path.startswith(_SIGN_IN):
            strict = min(most.sign_in_alone, self._share(most.sign_in))
            return "login", (anybody, Limit("login", most.sign_in, _MINUTE_S, who, strict))
        if path.startswith(_PUBLIC_LINKS):
            return "public", (anybody, self._minute("public", most.public_links, who))
        return "address", (anybody,)

    def _minute(self, name: str, limit: int, who: str, *, member: str = "") -> Limit:
        return Limit(name, limit, _MINUTE_S, who, self._share(limit), member=member)

    def _hour(self, name: PaidName, limits: Limits, who: str) -> Limit:
        """What costs money closes beyond the share, though the share be nothing."""
        limit = limits.quote_generation if name == "quote_generation" else limits.helpdesk_chat
        return Limit(name, limit, _HOUR_S, who, limit // self._processes)

    def _share(self, limit: int) -> int:
        return max(1, limit // self._processes)

    async def _known_of(self, key: UUID, tenant: str) -> "_Known":
        """The tenant's limits, at most `KNOWN_S` old; while one request reads them anew the others go by these."""
        now = self._clock()
        known = self._known.get(key)
        if known is not None and now < known.until:
            return known
        before = known.limits if known else Limits()
        if known is not None:
            self._keep(key, before, now)
        try:
            async with self._db.read(system_context(key, tenant)) as read:
                found = (await get_tenant(read)).config.limits
        except AppError:  # the request itself will meet it; limits hold on to what was known, or to the defaults
            found = before
        return self._keep(key, found, self._clock())

    def _keep(self, key: UUID, limits: Limits, now: float) -> "_Known":
        known = self._known[key] = _Known(limits, now + KNOWN_S)
        self._known.move_to_end(key)
        while len(self._known) > TENANTS_KEPT:
            self._known.popitem(last=False)
        return known


@dataclass(frozen=True, slots=True)
class _Known:
    """An agency's limits, and until when they are taken for true (seconds of the gate's clock).

    `sets` are what each of its people's requests fall under: made once, not for every request.
    """

    limits: Limits
    until: float
    sets: dict[tuple[UUID, PaidName | None], tuple[Limit, ...]] = field(
        default_factory=dict[tuple[UUID, PaidName | None], tuple[Limit, ...]]
    )
