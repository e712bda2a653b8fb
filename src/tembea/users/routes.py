"""Signing in over HTTP. The web app keeps its refresh token in an HttpOnly cookie and its access token in memory."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from pydantic import EmailStr, Field

from tembea.kernel.context import PLATFORM_TENANT_ID, Role, system_context
from tembea.kernel.errors import Forbidden
from tembea.kernel.web import DbDep, Public, SignedIn, Wire, signer_of
from tembea.users import service, store
from tembea.users.model import SESSION_LIFETIME, SessionEnded, SignedInUser

router = APIRouter(tags=["auth"])

COOKIE = "tembea_refresh"
COOKIE_PATH = "/api/v1/auth"


class OriginMismatch(Forbidden):
    """A cookie was sent from a page that is not ours."""

    code = "origin_mismatch"


class LoginIn(Wire):
    """Who wants in. `session: "cookie"` keeps the refresh token out of the body, for browsers."""

    email: EmailStr
    password: Annotated[str, Field(min_length=1, max_length=1_000)]
    tenant_id: Annotated[str | None, Field(max_length=63)] = None
    session: Literal["token", "cookie"] = "token"


class RefreshIn(Wire):
    """The token to renew; browsers send it as their cookie instead."""

    refresh_token: Annotated[str | None, Field(max_length=500)] = None


class UserOut(Wire):
    """The person who is signed in; an operator's `tenant_id` is null."""

    id: str
    email: str
    name: str
    role: str
    tenant_id: str | None


class TokensOut(Wire):
    """An access token for `expires_in` seconds; `refresh_token` is absent in a cookie session."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - the scheme's name, not a secret
    expires_in: int
    refresh_token: str | None = None
    user: UserOut


@router.post("/api/v1/auth/login", response_model_exclude_none=False)
async def sign_in(ctx: Public, db: DbDep, request: Request, response: Response, body: LoginIn) -> TokensOut:
    """Sign in with e-mail and password."""
    signed_in = await service.sign_in(
        db,
        ctx,
        signer_of(request),
        email=body.email,
        password=body.password,
        tenant=body.tenant_id,
        user_agent=request.headers.get("user-agent", ""),
    )
    return _answer(request, response, signed_in, as_cookie=body.session == "cookie")


@router.post("/api/v1/auth/refresh")
async def refresh(
    ctx: Public, db: DbDep, request: Request, response: Response, body: RefreshIn | None = None
) -> TokensOut:
    """Exchange a refresh token, from the body or the cookie, for new tokens. Each works once."""
    token, as_cookie = _refresh_token(request, body)
    signed_in = await service.refresh(db, ctx, signer_of(request), refresh_token=token)
    return _answer(request, response, signed_in, as_cookie=as_cookie)


@router.post("/api/v1/auth/logout", status_code=204)
async def sign_out(ctx: Public, db: DbDep, request: Request, response: Response, body: RefreshIn | None = None) -> None:
    """End the session of a refresh token. Signing out twice is no error."""
    response.delete_cookie(COOKIE, path=COOKIE_PATH)
    try:
        token, _ = _refresh_token(request, body)
    except SessionEnded:
        return
    await service.sign_out(db, ctx, refresh_token=token)


@router.get("/api/v1/auth/me")
async def who_am_i(ctx: SignedIn, db: DbDep) -> UserOut:
    """The person whom the token speaks for."""
    own = system_context(PLATFORM_TENANT_ID, "platform") if ctx.role is Role.OPERATOR else ctx
    if ctx.actor_id is None:
        raise SessionEnded
    async with db.read(own) as read:
        user = await store.get_user(read, ctx.actor_id)
    return UserOut(id=str(user.id), email=user.email, name=user.name, role=user.role, tenant_id=ctx.tenant)


@router.get("/.well-known/jwks.json")
async def public_keys(_: Public, request: Request) -> dict[str, object]:
    """The public keys that access tokens are signed with."""
    return signer_of(request).jwks()


def _refresh_token(request: Request, body: RefreshIn | None) -> tuple[str, bool]:
    if body is not None and body.refresh_token:
        return body.refresh_token, False
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        raise SessionEnded
    _check_origin(request)
    return cookie, True


def _check_origin(request: Request) -> None:
    """A cookie counts only from our own pages (the Origin header cannot be set by a page's script)."""
    origin = request.headers.get("origin", "")
    if urlsplit(origin).netloc != request.headers.get("host", ""):
        raise OriginMismatch("This page may not use your session. Open Tembea itself and sign in there.")


def _answer(request: Request, response: Response, signed_in: SignedInUser, *, as_cookie: bool) -> TokensOut:
    response.headers["Cache-Control"] = "no-store"
    if as_cookie:
        response.set_cookie(
            COOKIE,
            signed_in.refresh_token,
            max_age=int(SESSION_LIFETIME.total_seconds()),
            path=COOKIE_PATH,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
    return TokensOut(
        access_token=signed_in.access_token,
        expires_in=signer_of(request).lifetime_s,
        refresh_token=None if as_cookie else signed_in.refresh_token,
        user=UserOut(
            id=str(signed_in.user_id),
            email=signed_in.email,
            name=signed_in.name,
            role=signed_in.role.value,
            tenant_id=signed_in.tenant,
        ),
    )
