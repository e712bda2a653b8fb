"""Serves the built web app: hashed files forever, and the one page for every address that is the app's own."""

from collections.abc import Awaitable
from functools import partial
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tembea.kernel.errors import NotFound
from tembea.kernel.head import Fields, head_of
from tembea.kernel.problems import problem

_NOT_THE_APPS = ("/api/", "/webhooks/", "/health", "/metrics", "/.well-known/", "/q/", "/f/", "/assets/")
_CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-src 'self' blob:;"
    " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# OWASP Secure Headers Project. What a route says itself stays.
_ALWAYS: Fields = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"x-permitted-cross-domain-policies", b"none"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"content-security-policy", b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
]
_NOT_KEPT: Fields = [(b"cache-control", b"private, no-store")]
_OVER_TLS: Fields = [(b"strict-transport-security", b"max-age=31536000; includeSubDomains")]
_WANTED: dict[tuple[bool, bool], Fields] = {
    (is_tls, is_kept): _ALWAYS + (_OVER_TLS if is_tls else []) + ([] if is_kept else _NOT_KEPT)
    for is_tls in (False, True)
    for is_kept in (False, True)
}
_NAMES = frozenset(name for name, _ in _WANTED[True, False])
_NOT_TO_BE_KEPT = ("/api/", "/q/", "/f/", "/webhooks/", "/metrics")


class SecurityHeadersMiddleware:
    """Adds the headers that every answer should carry, and forbids storing what belongs to a tenant."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """One request, its answer hardened."""
        if scope["type"] == "http":
            head, send = head_of(send)
            head.when_it_begins(partial(_harden, scope))
        return self.app(scope, receive, send)


def _harden(scope: Scope, start: Message) -> None:
    headers: Fields = start["headers"]
    wanted = _WANTED[scope["scheme"] == "https", not scope["path"].startswith(_NOT_TO_BE_KEPT)]
    said = {name.lower() for name, _ in headers}
    if said.isdisjoint(_NAMES):  # as nearly always
        headers += wanted
    else:
        headers += [(name, value) for name, value in wanted if name not in said]


def mount_site(app: FastAPI, folder: Path) -> None:
    """Serve the web app from `folder`; without a build every page says how to make one."""
    root = folder.resolve()

    @app.get("/{path:path}", include_in_schema=False)
    async def page(request: Request, path: str) -> Response:
        """A file of the build, or the app's page."""
        file = (root / path).resolve()
        if path and file.is_relative_to(root) and file.is_file():
            forever = path.startswith("assets/")
            cache = "public, max-age=31536000, immutable" if forever else "no-cache"
            return FileResponse(file, headers={"Cache-Control": cache})
        index = root / "index.html"
        if f"/{path}".startswith(_NOT_THE_APPS) or not index.is_file():
            return problem(request, NotFound())
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": _CONTENT_SECURITY_POLICY}
        return FileResponse(index, headers=headers)
