"""Which rate limits a request falls under, and how high they are for whom.

Whoever is signed in is counted for their agency, as the verified token names it, and for nobody else: a colleague's
address is no concern of theirs. So is a program, for the agency of its API key. Everybody else is counted by address.
What costs money (`PaidRoute`) has a limit of its own beside the agency's. All of it is one question to Redis a request,
save that a key which this process has not met takes one of its address before it is looked up: guessing at keys costs
the database no more than any other flood.
"""

import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal
from uuid import UUID

import psycopg
from pydantic import ValidationError
from starlette.requests import Request

from tembea.kernel.access import Caller
from tembea.kernel.context import Context, system_context
from tembea.kernel.db import Db
from tembea.kernel.errors import AppError, Unauthorized
from tembea.kernel.limiting import Ruling, client_address
from tembea.kernel.limits import Decision, Limit, Limiter
from tembea.kernel.patience import wait_for
from tembea.kernel.web import doorkeeper_of, find_bearer, find_claims
from tembea.tenants.config import Limits
from tembea.tenants.store import get_tenant

KNOWN_S = 10.0
"""How long a process goes by an agency's limits before it reads them again."""
READ_S = 2.25
"""How long a request waits here for the database, unless told otherwise: its own deadline begins behind the limits."""
TENANTS_KEPT = 5_000
KEYS_KEPT = 20_000
"""API keys that a process remembers to have met, as hashes."""
ADDRESSES_KEPT = 5_000
"""Addresses whose limits are kept ready; how much they have used is not what is kept here."""
_MINUTE_S, _HOUR_S = 60, 3_600
_OPERATOR_LIMIT = 600

AddressKind = Literal["site", "webhook", "login", "form", "public", "address"]
PaidName = Literal["quote_generation", "helpdesk_chat"]
_NOT_THE_SITE = ("/api/", "/webhooks/", "/q/", "/f/", "/.well-known/")
_SIGN_IN = (
    "/api/v1/auth/login",
    "/api/v1/auth/password/forgot",
    "/api/v1/auth/password/reset",
    "/api/v1/auth/invitations/accept",
)
_PUBLIC_LINKS = ("/q/", "/f/", "/api/v1/public/")
_NOT_READ = (AppError, TimeoutError, psycopg.Error, ValidationError)
"""A database that is away or older than this version, a configuration that this version cannot read: nothing that is
raised here would be answered by anybody."""
_FORM = re.compile(r"/f/([a-z0-9][a-z0-9-]{1,62})/enquiries")


@dataclass(frozen=True, slots=True)
class PaidRoute:
    """A route that an hourly limit of the agency holds down. `path` is a regular expression for the whole path."""

    method: str
    path: re.Pattern[str]
    name: PaidName


@dataclass(frozen=True, slots=True)
class AddressLimits:
    """Requests a minute from one address. `sign_in_alone` is what a process lets through while Redis is away.

    `tenant_form` is how many web forms an agency takes from all addresses together.
    """

    anybody: int
    site: int
    public_links: int
    webhooks: int
    sign_in: int
    sign_in_alone: int
    form: int = 10
    tenant_form: int = 30


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
        read_s: float = READ_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._db = db
        self._read_s = read_s
        self._limiter = limiter
        self._processes = processes
        self._addresses = addresses
        self._paid = tuple(paid)
        self._clock = clock
        self._known: OrderedDict[UUID, _Known] = OrderedDict()
        self._met: OrderedDict[bytes, None] = OrderedDict()
        self._by_address = lru_cache(maxsize=ADDRESSES_KEPT)(self._set_of_address)

    async def rule(self, request: Request) -> Ruling:
        """Decide about a request: by its agency where it is signed in or brings a key that counts, else by address."""
        address = client_address(request)
        if request.scope["path"].startswith(_SIGN_IN):  # a token of one's own is no leave to guess at others' passwords
            return await self._rule_stranger(request, address)
        claims = find_claims(request)
        if claims is None:
            key = self._find_key(request)
            return await (
                self._rule_stranger(request, address) if key is None else self._rule_key(request, address, key)
            )
        if claims.tenant_key is None or claims.tenant is None:
            kind, limits = "operator", (self._minute("api", _OPERATOR_LIMIT, f"operator:{claims.user_id}"),)
        else:
            known = self._find_known(claims.tenant_key) or await self._known_of(claims.tenant_key, claims.tenant)
            kind, limits = self._by_tenant(request, known, claims.tenant_key, claims.user_id)
        return Ruling(await self._limiter.decide(limits, kind=kind), kind, claims.tenant, address)

    async def look(self, ctx: Context) -> Decision:
        """How the limits of the context's tenant stand: `api`, `quote_generation`, `helpdesk_chat`. Takes nothing."""
        limits = (await self._known_of(ctx.tenant_uuid, ctx.tenant_slug)).limits
        who = str(ctx.tenant_uuid)
        paid = [self._hour(name, limits, who) for name in ("quote_generation", "helpdesk_chat")]
        return await self._limiter.look([self._minute("api", limits.api, who), *paid])

    async def _rule_stranger(self, request: Request, address: str) -> Ruling:
        kind = _kind_of(request.method, request.scope["path"])
        decision = await self._limiter.decide(self._by_address(kind, address), kind=kind)
        form = _FORM.fullmatch(request.scope["path"]) if kind == "form" and decision.admitted else None
        if form is not None:  # a question of its own: in a cluster the agency's count stands on another node
            agencys = self._minute("agency_form", self._addresses.tenant_form, f"form:{form[1]}")
            decision = await self._limiter.decide((agencys,), kind=kind)
        return Ruling(decision, kind, None, address)

    async def _rule_key(self, request: Request, address: str, key: str) -> Ruling:
        """As the agency's, once it is known whose key it is; a key that does not count is a stranger's."""
        met_as = hashlib.sha256(key.encode()).digest()
        at_door = None if met_as in self._met else await self._rule_stranger(request, address)
        if at_door is not None and not at_door.decision.admitted:
            return at_door
        caller = await self._find_program(request, key, met_as)
        if caller is None or caller.tenant_id is None or caller.tenant is None:
            return at_door or await self._rule_stranger(request, address)
        known = await self._known_of(caller.tenant_id, caller.tenant)
        kind, limits = self._by_tenant(request, known, caller.tenant_id, None)
        return Ruling(await self._limiter.decide(limits, kind=kind), kind, caller.tenant, address)

    def _find_key(self, request: Request) -> str | None:
        """What may be an API key; the site asks for none."""
        bearer = find_bearer(request)
        if bearer is None or not request.scope["path"].startswith(_NOT_THE_SITE):
            return None
        return bearer if doorkeeper_of(request).is_key(bearer) else None

    async def _find_program(self, request: Request, key: str, met_as: bytes) -> Caller | None:
        """Whose key it is. The doorkeeper remembers it for seconds, so that the route asks at no cost."""
        try:
            caller = await doorkeeper_of(request).admit(key)
        except Unauthorized:
            self._met.pop(met_as, None)
            return None
        except _NOT_READ:  # the request itself will meet it
            return None
        self._met[met_as] = None
        self._met.move_to_end(met_as)
        while len(self._met) > KEYS_KEPT:
            self._met.popitem(last=False)
        return caller

    def _by_tenant(
        self, request: Request, known: "_Known", tenant_id: UUID, user_id: UUID | None
    ) -> tuple[str, tuple[Limit, ...]]:
        paid = self._paid_name(request)
        limits = known.sets.get((user_id, paid))
        if limits is None:
            limits = known.sets[user_id, paid] = tuple(self._set_of(known.limits, tenant_id, user_id, paid))
        return paid or "api", limits

    def _set_of(
        self, configured: Limits, tenant_id: UUID, user_id: UUID | None, paid: PaidName | None
    ) -> Iterator[Limit]:
        """`user_id` is None for a program: the limit of one person is not its own."""
        who = str(tenant_id)
        yield self._minute("api", configured.api, who)
        if configured.user is not None and user_id is not None:
            yield self._minute("user", configured.user, who, member=f":{user_id}")
        if paid is not None:
            yield self._hour(paid, configured, who)

    def _paid_name(self, request: Request) -> PaidName | None:
        method, path = request.method, request.scope["path"]
        for route in self._paid:
            if route.method == method and route.path.fullmatch(path):
                return route.name
        return None

    def _set_of_address(self, kind: AddressKind, address: str) -> tuple[Limit, ...]:
        most, who = self._addresses, f"address:{address}"
        if kind == "site":
            # A page is dozens of files: counted, and not worth asking Redis about each.
            return (Limit("site", most.site, _MINUTE_S, who, most.site, shared=False),)
        if kind == "webhook":
            return (self._minute("webhook", most.webhooks, who),)
        anybody = self._minute("address", most.anybody, who)
        if kind == "login":
            strict = min(most.sign_in_alone, self._share(most.sign_in))
            return (anybody, Limit("login", most.sign_in, _MINUTE_S, who, strict))
        if kind == "form":
            return (anybody, self._minute("form", most.form, who))
        if kind == "public":
            return (anybody, self._minute("public", most.public_links, who))
        return (anybody,)

    def _minute(self, name: str, limit: int, who: str, *, member: str = "") -> Limit:
        return Limit(name, limit, _MINUTE_S, who, self._share(limit), member=member)

    def _hour(self, name: PaidName, limits: Limits, who: str) -> Limit:
        """What costs money closes beyond the share, though the share be nothing."""
        limit = limits.quote_generation if name == "quote_generation" else limits.helpdesk_chat
        return Limit(name, limit, _HOUR_S, who, limit // self._processes)

    def _share(self, limit: int) -> int:
        return max(1, limit // self._processes)

    def _find_known(self, key: UUID) -> "_Known | None":
        known = self._known.get(key)
        return known if known is not None and self._clock() < known.until else None

    async def _known_of(self, key: UUID, tenant: str) -> "_Known":
        """The tenant's limits, at most `KNOWN_S` old; while one request reads them anew the others go by these."""
        if known := self._find_known(key):
            return known
        known = self._known.get(key)
        before = known.limits if known else Limits()
        if known is not None:
            self._keep(key, before, self._clock())
        try:
            return await wait_for(self._read(key, tenant), self._read_s)
        except _NOT_READ:  # the request itself will meet it; what was known holds, or the defaults
            return self._keep(key, before, self._clock())

    async def _read(self, key: UUID, tenant: str) -> "_Known":
        async with self._db.read(system_context(key, tenant)) as read:
            found = (await get_tenant(read)).config.limits
        return self._keep(key, found, self._clock())

    def _keep(self, key: UUID, limits: Limits, now: float) -> "_Known":
        known = self._known[key] = _Known(limits, now + KNOWN_S)
        self._known.move_to_end(key)
        while len(self._known) > TENANTS_KEPT:
            self._known.popitem(last=False)
        return known


def _kind_of(method: str, path: str) -> AddressKind:
    if not path.startswith(_NOT_THE_SITE):
        return "site"
    if path.startswith("/webhooks/"):
        return "webhook"
    if path.startswith(_SIGN_IN):
        return "login"
    if method == "POST" and _FORM.fullmatch(path):
        return "form"
    return "public" if path.startswith(_PUBLIC_LINKS) else "address"


@dataclass(frozen=True, slots=True)
class _Known:
    """An agency's limits, and until when they are taken for true (seconds of the gate's clock).

    `sets` are what the requests of each of its people fall under, and of its programs (None): made once, not for each.
    """

    limits: Limits
    until: float
    sets: dict[tuple[UUID | None, PaidName | None], tuple[Limit, ...]] = field(
        default_factory=dict[tuple[UUID | None, PaidName | None], tuple[Limit, ...]]
    )
