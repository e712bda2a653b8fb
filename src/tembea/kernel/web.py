"""What routes are written with: who asks (`Staff`, `Admin`, `Operator`, `Public`), handles, pages, wire types.

Every route names who may call it, and where an agency's programs may too, the scope that their key needs; a test fails
the build for one that does not. Tenant and role come from the verified token or key alone: `X-Client-ID` may repeat the
tenant and is refused when it says anything else.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from tembea.kernel.access import Access, Caller, Doorkeeper, Scope
from tembea.kernel.context import Context, Role, anonymous_context
from tembea.kernel.db import Db, Read, Tx
from tembea.kernel.errors import Forbidden, Unauthorized
from tembea.kernel.money import Money
from tembea.kernel.paging import DEFAULT_LIMIT, MAX_LIMIT
from tembea.kernel.tokens import Claims, TokenSigner

T = TypeVar("T")

ACCESS: dict[Callable[..., object], Access] = {}
"""What each dependency of `requires` lets through, for the page that says who may call what."""


class TenantMismatch(Forbidden):
    """`X-Client-ID` names another tenant than the token."""

    code = "tenant_mismatch"
    title = "Another agency than the one you are signed in to"


def request_id_of(request: Request) -> str:
    """The id that telemetry gave this request."""
    request_id: str = request.scope["state"]["request_id"]
    return request_id


def address_of(request: Request) -> str:
    """Where the request comes from, as the server sees it (or a trusted proxy in front of it)."""
    client: tuple[str, int] | None = request.scope.get("client")
    return client[0] if client else ""


def db_of(request: Request) -> Db:
    """The process's database."""
    db: Db = request.app.state.db
    return db


def signer_of(request: Request) -> TokenSigner:
    """The process's token signer."""
    signer: TokenSigner = request.app.state.signer
    return signer


def doorkeeper_of(request: Request) -> Doorkeeper:
    """Who decides about bearers in this process."""
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    return doorkeeper


def caller_of(request: Request) -> Caller:
    """Whom the request's token or key stands for; only behind `authenticated`."""
    caller: Caller = request.scope["state"]["caller"]
    return caller


def bearer_of(request: Request) -> str:
    """The bearer token or API key of the request; raises `Unauthorized` where there is none, or more than one."""
    found = find_bearer(request)
    if found is None:
        raise Unauthorized("Please sign in.", headers={"WWW-Authenticate": "Bearer"})
    return found


def find_bearer(request: Request) -> str | None:
    """The bearer token or API key of the request; None where there is none, or more than one."""
    given = [value for name, value in request.scope["headers"] if name == b"authorization"]
    if len(given) != 1:
        return None
    scheme, token = given[0][:7], given[0][7:]
    return token.decode("latin-1").strip() or None if scheme.lower() == b"bearer " else None


async def authenticated(request: Request) -> Context:
    """The context of the bearer token or API key, asked once a request; raises `Unauthorized` without a valid one."""
    state: dict[str, Any] = request.scope["state"]
    known: Context | None = state.get("context")
    if known is not None:
        return known
    caller = await doorkeeper_of(request).admit(bearer_of(request))
    ctx = caller.context(request_id_of(request), address_of(request))
    check_client_id(request, ctx)
    state["caller"] = caller
    state["context"] = ctx
    return ctx


def find_claims(request: Request) -> Claims | None:
    """The claims of the bearer token, which may speak for a session that has ended since; None without a valid one."""
    token = find_bearer(request)
    try:
        return signer_of(request).verify(token) if token else None
    except Unauthorized:
        return None


def check_client_id(request: Request, ctx: Context) -> None:
    """Every `X-Client-ID` must equal the token's tenant; raises `TenantMismatch`."""
    given = [value for name, value in request.scope["headers"] if name == b"x-client-id"]
    if any(value.decode("latin-1").strip() != ctx.tenant for value in given):
        raise TenantMismatch("X-Client-ID names another agency than your sign-in. Leave it out, or correct it.")


def requires(*roles: Role, scope: Scope | None = None) -> Callable[..., Awaitable[Context]]:
    """A dependency that lets only these roles through, and keys with `scope`; raises `Forbidden` for the others."""
    return _guard(Access(frozenset(roles), scope))


def _guard(access: Access) -> Callable[..., Awaitable[Context]]:
    async def check_access(request: Request) -> Context:
        # Called, not depended upon: a dependency costs FastAPI more than the look-up itself.
        ctx = await authenticated(request)
        access.check(caller_of(request))
        return ctx

    check_access.__name__ = "requires_" + "_or_".join(sorted(role.value for role in access.roles))
    ACCESS[check_access] = access
    return check_access


async def public(request: Request) -> Context:
    """Marks a route that anybody may call; its context sees no rows."""
    return anonymous_context(request_id_of(request), address_of(request))


Staff = Annotated[Context, Depends(requires(Role.ADMIN, Role.CONSULTANT))]
Admin = Annotated[Context, Depends(requires(Role.ADMIN))]
Operator = Annotated[Context, Depends(requires(Role.OPERATOR))]
SignedIn = Annotated[Context, Depends(requires(Role.ADMIN, Role.CONSULTANT, Role.OPERATOR))]
Oneself = Annotated[
    Context, Depends(_guard(Access(frozenset({Role.ADMIN, Role.CONSULTANT, Role.OPERATOR}), while_enrolling=True)))
]
"""Anybody about their own account, also while the agency still waits for their second factor."""

Public = Annotated[Context, Depends(public)]

# Staff, and the agency's programs whose key has the scope.
_STAFF = (Role.ADMIN, Role.CONSULTANT)
EnquiriesWrite = Annotated[Context, Depends(requires(*_STAFF, scope=Scope.ENQUIRIES_WRITE))]
EnquiriesRead = Annotated[Context, Depends(requires(*_STAFF, scope=Scope.ENQUIRIES_READ))]
QuotesWrite = Annotated[Context, Depends(requires(*_STAFF, scope=Scope.QUOTES_WRITE))]
QuotesRead = Annotated[Context, Depends(requires(*_STAFF, scope=Scope.QUOTES_READ))]
ClientsWrite = Annotated[Context, Depends(requires(*_STAFF, scope=Scope.CLIENTS_WRITE))]
ClientsRead = Annotated[Context, Depends(requires(*_STAFF, scope=Scope.CLIENTS_READ))]
RatesWrite = Annotated[Context, Depends(requires(*_STAFF, scope=Scope.RATES_WRITE))]
RatesRead = Annotated[Context, Depends(requires(*_STAFF, scope=Scope.RATES_READ))]
PricingRead = Annotated[Context, Depends(requires(*_STAFF, scope=Scope.PRICING_READ))]
DashboardRead = Annotated[Context, Depends(requires(*_STAFF, scope=Scope.DASHBOARD_READ))]


async def _tx(request: Request) -> AsyncGenerator[Tx]:
    async with db_of(request).tx(await authenticated(request)) as tx:
        yield tx


async def _read(request: Request) -> AsyncGenerator[Read]:
    async with db_of(request).read(await authenticated(request)) as read:
        yield read


async def _db(request: Request) -> Db:
    return db_of(request)  # a plain function would be run by a thread, which costs more than most routes


# scope="function": the transaction commits before the answer leaves, so an answer never promises what a commit refuses.
TxDep = Annotated[Tx, Depends(_tx, scope="function")]
ReadDep = Annotated[Read, Depends(_read, scope="function")]
DbDep = Annotated[Db, Depends(_db)]

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many items at most")]
Cursor = Annotated[str | None, Query(max_length=1_000, description="The next_cursor of the page before")]
LIMIT_DEFAULT = DEFAULT_LIMIT

PLAIN: frozenset[Callable[..., object]] = frozenset((public, _db))
"""The dependencies that ask for nothing but the request, beside those of `ACCESS`."""
HANDLES: dict[Callable[..., object], Callable[[Db, Context], AbstractAsyncContextManager[Read]]] = {
    _tx: Db.tx,
    _read: Db.read,
}
"""How the handle that a dependency stands for is opened."""

NO_NUL = r"^[^\x00]*$"
"""Any text that PostgreSQL can hold: every character but NUL."""
ONE_LINE = r"^[^\x00-\x1f]*$"
"""A text without line breaks and other control characters: a name, a number."""


class Wire(BaseModel):
    """Base of what goes over the wire; unknown keys in a request are refused, so that a typing error is noticed."""

    model_config = ConfigDict(extra="forbid")


class MoneyOut(Wire):
    """An amount as a decimal string in its currency's minor units, never a float."""

    amount: str = Field(examples=["1460.00"])
    currency: str = Field(examples=["USD"])

    @classmethod
    def of(cls, money: Money) -> "MoneyOut":
        """The wire form of `money`."""
        return cls(amount=str(money.rounded().amount), currency=money.currency)


class Page(Wire, Generic[T]):
    """One page of a list; `next_cursor` is null on the last."""

    items: list[T]
    next_cursor: str | None = None
