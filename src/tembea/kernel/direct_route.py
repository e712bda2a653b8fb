"""Answers a route without FastAPI's solving of dependencies, which costs a request more than most routes do.

A route whose dependencies are all of `tembea.kernel.web` says everything by its declaration: who may call, and which
handle it wants. That is worked out once; each request then asks the same functions in the same order, and reads its
parameters and writes its answer with FastAPI's own parts. Whatever wants more stays with FastAPI.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import Any, Self, cast

from fastapi import Request
from fastapi.datastructures import DefaultPlaceholder
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import request_params_to_args
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError, ResponseValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute

from tembea.kernel.context import Context
from tembea.kernel.db import Db, Read
from tembea.kernel.web import ACCESS, HANDLES, PLAIN, authenticated, db_of

_Ask = Callable[[Request], Awaitable[object]]
_Open = Callable[[Db, Context], AbstractAsyncContextManager[Read]]


@dataclass(frozen=True, slots=True)
class DirectRoute:
    """One route: what it asks first, the handle that it works in (its parameter's name and how to open one), how its
    answer is written, and whether it reads anything of the request itself."""

    endpoint: Callable[..., Awaitable[object]]
    dependant: Dependant
    asked: Sequence[tuple[str | None, _Ask]]
    handle: tuple[str, _Open] | None
    write: Callable[[object], Response]
    reads: bool

    @classmethod
    def find(cls, route: APIRoute) -> "Self | None":
        """How to answer `route`, or None where that takes FastAPI."""
        dependant = route.dependant
        calls = [(child.name, child.call) for child in dependant.dependencies]
        handles = [(name, HANDLES[call]) for name, call in calls if name and call and call in HANDLES]
        asked = [(name, cast("_Ask", call)) for name, call in calls if call in ACCESS or call in PLAIN]
        if len(handles) > 1 or len(asked) + len(handles) != len(calls) or not _is_simple(route):
            return None
        reads = bool(dependant.path_params or dependant.query_params or dependant.request_param_name)
        return cls(route.endpoint, dependant, tuple(asked), handles[0] if handles else None, _writer(route), reads)

    async def answer(self, request: Request) -> Response:
        """The answer, written before the transaction commits, to be sent after it: see `TxDep`."""
        values: dict[str, object] = {}
        for name, call in self.asked:
            answer = await call(request)
            if name is not None:
                values[name] = answer
        if self.reads:
            self._read_parameters(request, values)
        if self.handle is None:
            return self._written(await self.endpoint(**values))
        name, open_handle = self.handle
        async with open_handle(db_of(request), await authenticated(request)) as values[name]:
            return self._written(await self.endpoint(**values))

    def _written(self, result: object) -> Response:
        return result if isinstance(result, Response) else self.write(result)

    def _read_parameters(self, request: Request, values: dict[str, object]) -> None:
        """Raises `RequestValidationError`, as FastAPI does."""
        of, errors = self.dependant, list[Any]()
        if of.path_params:
            found, wrong = request_params_to_args(of.path_params, request.path_params)
            values |= found
            errors += wrong
        if of.query_params:
            found, wrong = request_params_to_args(of.query_params, request.query_params)
            values |= found
            errors += wrong
        if errors:
            raise RequestValidationError(errors)
        if of.request_param_name:
            values[of.request_param_name] = request


def _is_simple(route: APIRoute) -> bool:
    """Whether nothing is asked of FastAPI but to read a path and a query, and to write JSON."""
    of = route.dependant
    wants = (
        *(route.body_field, of.header_params, of.cookie_params, of.response_param_name, of.background_tasks_param_name),
        *(of.http_connection_param_name, of.security_scopes_param_name, route.status_code, route.stream_item_type),
    )
    return (
        not any(wants) and iscoroutinefunction(route.endpoint) and isinstance(route.response_class, DefaultPlaceholder)
    )


class _Written(Response):
    """JSON that is ready, with FastAPI's headers for it, which are made out of less."""

    media_type = "application/json"

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """Called once, without `headers`."""
        del headers
        self.raw_headers = [(b"content-length", b"%d" % len(self.body)), (b"content-type", b"application/json")]


def _writer(route: APIRoute) -> Callable[[object], Response]:
    """How FastAPI writes what `route` returns (its `serialize_response`, which is a coroutine that never waits)."""
    field = route.response_field
    if field is None:
        return lambda result: JSONResponse(jsonable_encoder(result))
    options: dict[str, Any] = {
        "include": route.response_model_include,
        "exclude": route.response_model_exclude,
        "by_alias": route.response_model_by_alias,
        "exclude_unset": route.response_model_exclude_unset,
        "exclude_defaults": route.response_model_exclude_defaults,
        "exclude_none": route.response_model_exclude_none,
    }

    def write(result: object) -> Response:
        value, errors = field.validate(result, {}, loc=("response",))
        if errors:
            raise ResponseValidationError(errors=errors, body=result)
        return _Written(field.serialize_json(value, **options))

    return write
