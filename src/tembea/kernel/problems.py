"""Every error leaves as `application/problem+json` (RFC 9457) with its code, request id and the fields to correct."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import cast

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from tembea.kernel.errors import AppError, BadRequest, FieldError, Invalid, NotFound, RateLimited
from tembea.kernel.head import head_of
from tembea.kernel.telemetry.metrics import REFUSED

log = structlog.stdlib.get_logger("tembea.errors")

_TITLES = {404: ("not_found", "Not found"), 405: ("method_not_allowed", "This address does not take that method")}


Answer = Callable[[Request, Exception], Awaitable[Response]]


def install_problem_handlers(app: FastAPI) -> None:
    """Answer every kind of error with a problem document."""
    for kind, answer in _ANSWERS.items():
        app.add_exception_handler(kind, answer)


def find_answer(error: Exception) -> Answer | None:
    """What answers an error of this kind; None for what nobody foresaw."""
    return next((answer for kind, answer in _ANSWERS.items() if isinstance(error, kind)), None)


def problem(request: Request, error: AppError) -> Response:
    """The response that says `error`."""
    return _problem(
        request,
        error.status,
        error.code,
        error.title,
        error.detail,
        errors=error.errors,
        extra=error.extra(),
        headers=error.headers,
    )


async def _answer_app_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)  # noqa: S101 - the handler is registered for this type alone
    if error.status == 503:  # known and passing: a traceback for each request would bury what matters
        log.warning("request_deferred", code=error.code, cause=type(error.__cause__).__name__)
    elif isinstance(error, RateLimited):
        REFUSED.labels(error.limit).inc()
        log.warning("rate_limited", limit=error.limit)
    elif error.status >= 500:
        log.error("request_failed", code=error.code, exc_info=error)
    return problem(request, error)


async def _answer_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - the handler is registered for this type alone
    found = cast("Sequence[dict[str, object]]", error.errors())
    if any(item.get("type") == "json_invalid" for item in found):
        return problem(request, BadRequest("The body is not valid JSON. Check its quotes, commas and brackets."))
    errors = [FieldError(_dotted(item.get("loc")), str(item.get("msg", "is not right"))) for item in found]
    fields = ", ".join(sorted({field.loc for field in errors})[:10])
    return problem(request, Invalid(f"Please correct: {fields}.", errors=errors[:100]))


async def _answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - the handler is registered for this type alone
    if error.status_code == 404:
        return problem(request, NotFound())
    if error.status_code == 400:
        return problem(request, BadRequest("The request cannot be read. Check its body and content type."))
    code, title = _TITLES.get(error.status_code, ("http_error", "The request was refused"))
    return _problem(request, error.status_code, code, title, str(error.detail), headers=dict(error.headers or {}))


# Coroutines, though they wait for nothing: plain functions would be run by a thread.
_ANSWERS: Mapping[type[Exception], Answer] = {
    AppError: _answer_app_error,
    RequestValidationError: _answer_validation,
    HTTPException: _answer_http,
}


class CrashMiddleware:
    """Answers what nobody foresaw with a plain 500, inside the other middleware so that its headers are there too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; an exception after the answer began can only end the connection."""
        head, send = head_of(send)
        try:
            await self.app(scope, receive, send)
        except Exception as error:
            log.error("request_crashed", route=getattr(scope.get("route"), "path", None), exc_info=error)
            if head.has_begun or scope["type"] != "http":
                raise
            answer = problem(Request(scope), AppError("This is our mistake, and it is noted. Please try again later."))
            await answer(scope, receive, send)


def _problem(
    request: Request,
    status: int,
    code: str,
    title: str,
    detail: str,
    *,
    errors: Sequence[FieldError] = (),
    extra: dict[str, object] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    body: dict[str, object] = {
        "type": f"urn:tembea:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": getattr(request.state, "request_id", ""),
        **(extra or {}),
    }
    if errors:
        body["errors"] = [{"loc": field.loc, "msg": field.msg} for field in errors]
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", errors="replace")
    return Response(content, status, headers, media_type="application/problem+json")


def _dotted(loc: object) -> str:
    parts = cast("Sequence[object]", loc) if isinstance(loc, list | tuple) else ()
    return ".".join(str(part) for part in parts)
