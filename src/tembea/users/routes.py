"""Signing in over HTTP. The web app keeps its refresh token in an HttpOnly cookie and its access token in memory."""

from datetime import datetime
from typing import Annotated, Literal, cast
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import EmailStr, Field

from tembea.kernel.errors import Forbidden, NotFound
from tembea.kernel.web import DbDep, Oneself, Page, Public, Wire, address_of, signer_of
from tembea.settings import Settings
from tembea.users import service, session_store, sessions, store
from tembea.users.doors import front_desk_of, own_context, person_of, session_of
from tembea.users.front_desk import Attempt
from tembea.users.model import SESSION_LIFETIME, OpenSession, SessionEnded, SignedInUser

router = APIRouter(tags=["auth"])

COOKIE = "tembea_refresh"
COOKIE_PATH = "/api/v1/auth"


class OriginMismatch(Forbidden):
    """A cookie was sent from a page that is not ours."""

    code = "origin_mismatch"


class LoginIn(Wire):
    """Who wants in. `session: "cookie"` keeps the refresh token out of the body, for browsers.

    `code` is one of the authenticator app or a recovery code, wanted after `second_factor_code_required`.
    """

    email: EmailStr
    password: Annotated[str, Field(min_length=1, max_length=1_000)]
    tenant_id: Annotated[str | None, Field(max_length=63)] = None
    session: Literal["token", "cookie"] = "token"
    code: Annotated[str | None, Field(max_length=40)] = None


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


class SessionOut(Wire):
    """One sign-in of the person; `current` is the one that asks. `last_used_at` is when it was renewed last."""

    id: UUID
    current: bool
    user_agent: str
    address: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


class PasswordChangeIn(Wire):
    """The password as it is, and as it shall be."""

    current_password: Annotated[str, Field(min_length=1, max_length=1_000)]
    password: Annotated[str, Field(min_length=1, max_length=1_000)]


@router.post("/api/v1/auth/login")
async def sign_in(ctx: Public, request: Request, response: Response, body: LoginIn) -> TokensOut:
    """Sign in with e-mail and password, and a code where the account has a second factor."""
    if body.session == "cookie" and "origin" in request.headers:
        _check_origin(request)
    attempt = Attempt(
        email=body.email,
        password=body.password,
        tenant=body.tenant_id,
        code=body.code,
        user_agent=request.headers.get("user-agent", ""),
        address=address_of(request),
        remembered=request.cookies.get(COOKIE, ""),
    )
    signed_in = await front_desk_of(request).sign_in(ctx, attempt)
    return _answer(request, response, signed_in, as_cookie=body.session == "cookie")


@router.post("/api/v1/auth/refresh")
async def refresh(
    ctx: Public, db: DbDep, request: Request, response: Response, body: RefreshIn | None = None
) -> TokensOut:
    """Exchange a refresh token, from the body or the cookie, for new tokens. Each works once."""
    token, as_cookie = _refresh_token(request, body)
    signed_in = await sessions.refresh(db, ctx, signer_of(request), refresh_token=token)
    return _answer(request, response, signed_in, as_cookie=as_cookie)


@router.post("/api/v1/auth/logout", status_code=204)
async def sign_out(ctx: Public, db: DbDep, request: Request, response: Response, body: RefreshIn | None = None) -> None:
    """End the session of a refresh token. Signing out twice is no error."""
    response.delete_cookie(COOKIE, path=COOKIE_PATH)
    try:
        token, _ = _refresh_token(request, body)
    except SessionEnded:
        return
    await sessions.sign_out(db, ctx, refresh_token=token)


@router.get("/api/v1/auth/me")
async def who_am_i(ctx: Oneself, db: DbDep) -> UserOut:
    """The person whom the token speaks for."""
    async with db.read(own_context(ctx)) as read:
        user = await store.get_user(read, person_of(ctx))
    return UserOut(id=str(user.id), email=user.email, name=user.name, role=user.role, tenant_id=ctx.tenant)


@router.get("/api/v1/auth/sessions")
async def list_sessions(ctx: Oneself, db: DbDep, request: Request) -> Page[SessionOut]:
    """Where the person is signed in, the last used first."""
    async with db.read(own_context(ctx)) as read:
        found = await session_store.list_sessions(read, person_of(ctx))
    return Page(items=[_session_out(one, session_of(request)) for one in found])


@router.get("/api/v1/auth/sessions/{session_id}")
async def read_session(ctx: Oneself, db: DbDep, request: Request, session_id: UUID) -> SessionOut:
    """One sign-in of the person."""
    async with db.read(own_context(ctx)) as read:
        found = await session_store.list_sessions(read, person_of(ctx))
    for one in found:
        if one.id == session_id:
            return _session_out(one, session_of(request))
    raise NotFound


@router.delete("/api/v1/auth/sessions/{session_id}", status_code=204)
async def end_session(ctx: Oneself, db: DbDep, session_id: UUID) -> None:
    """Sign out there."""
    async with db.tx(own_context(ctx)) as tx:
        await sessions.end_session(tx, person_of(ctx), session_id)


@router.delete("/api/v1/auth/sessions", status_code=204)
async def end_other_sessions(ctx: Oneself, db: DbDep, request: Request) -> None:
    """Sign out everywhere but here."""
    async with db.tx(own_context(ctx)) as tx:
        await session_store.revoke_sessions_of(tx, person_of(ctx), but=session_of(request))


@router.post("/api/v1/auth/password/change", status_code=204)
async def change_password(ctx: Oneself, db: DbDep, request: Request, body: PasswordChangeIn) -> None:
    """Choose another password. Everywhere else the person is signed out."""
    await service.change_password(
        db,
        own_context(ctx),
        front_desk_of(request).identity,
        person_of(ctx),
        present=body.current_password,
        wanted=body.password,
        session_id=session_of(request),
    )


@router.get("/.well-known/jwks.json")
async def public_keys(_: Public, request: Request, response: Response) -> dict[str, object]:
    """The public keys that access tokens are signed with: the present one first, then those before it."""
    response.headers["Cache-Control"] = "public, max-age=60"
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
    origin = request.headers.getlist("origin")
    own = (request.headers.get("host", ""), urlsplit(_settings_of(request).base_url).netloc)
    if len(origin) != 1 or urlsplit(origin[0]).netloc not in own:
        raise OriginMismatch("This page may not use your session. Open Tembea itself and sign in there.")


def _settings_of(request: Request) -> Settings:
    return cast("Settings", request.app.state.settings)


def _is_https(request: Request) -> bool:
    """Whether the browser speaks https with us, or with what stands in front of us."""
    return request.url.scheme == "https" or _settings_of(request).base_url.startswith("https://")


def _session_out(session: OpenSession, current: UUID) -> SessionOut:
    return SessionOut(
        id=session.id,
        current=session.id == current,
        user_agent=session.user_agent,
        address=session.address,
        created_at=session.created_at,
        last_used_at=session.rotated_at,
        expires_at=session.expires_at,
    )


def _answer(request: Request, response: Response, signed_in: SignedInUser, *, as_cookie: bool) -> TokensOut:
    response.headers["Cache-Control"] = "no-store"
    if as_cookie:
        response.set_cookie(
            COOKIE,
            signed_in.refresh_token,
            max_age=int(SESSION_LIFETIME.total_seconds()),
            path=COOKIE_PATH,
            secure=_is_https(request),
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
