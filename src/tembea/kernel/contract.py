"""The OpenAPI document as it is true: who may call what, and every refusal with its body.

FastAPI describes what a route answers when all goes well. What refuses stands in front of or behind it (tokens, limits,
bodies, rules), so it is added here, from the same declarations that decide it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, cast

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from tembea.kernel.access import Access
from tembea.kernel.route_index import routes_of
from tembea.kernel.web import ACCESS

Json = dict[str, object]

_PLAIN = ("/health", "/metrics", "/.well-known/")
"""Without limits: nothing stands in front of these."""

_REFUSALS = {
    "400": "The request cannot be read",
    "401": "Nobody is signed in, or what signs in does not hold",
    "403": "Who asks may not do this",
    "404": "Not there, or not for whoever asks: both answer the same",
    "409": "The thing is in a state that does not allow this",
    "413": "More bytes than this address takes",
    "422": "Readable, but some values need correcting; `errors` names them",
    "429": "A limit is used up; `Retry-After` says when to come back",
    "503": "Something that this depends on does not answer; nothing was changed",
    "504": "There was no answer in time",
}
_PROBLEM: Json = {
    "title": "Problem",
    "description": "Why a request was refused (RFC 9457). `code` is stable, `detail` is for people.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:tembea:problem:not_found"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "examples": ["not_found"]},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["loc", "msg"],
                "properties": {"loc": {"type": "string", "examples": ["body.check_in"]}, "msg": {"type": "string"}},
            },
        },
    },
}
_BEARER: Json = {
    "type": "http",
    "scheme": "bearer",
    "description": "An access token of `POST /api/v1/auth/login`, or an API key (`tmb_...`)",
}


class Served(Protocol):
    """What FastAPI knows of an operation: of a plain route, and of one that came with an included router."""

    path: str
    methods: set[str] | None
    dependant: Dependant
    include_in_schema: bool


class DescribedApi(FastAPI):
    """An application whose OpenAPI document says what `contract` adds."""

    described: Sequence[APIRouter] = ()

    def openapi(self) -> Json:
        """The document, made once."""
        if self.openapi_schema is None:
            # Of the routers: the application itself knows their routes as one, see `RouteIndex`.
            routes = [route for router in self.described for route in routes_of(router)]
            document = get_openapi(title=self.title, version=self.version, description=self.description, routes=routes)
            _complete(document, {(m.lower(), path): access for m, path, access in operations(self.described)})
            self.openapi_schema = document
        return self.openapi_schema


def operations(routers: Sequence[APIRouter]) -> Iterator[tuple[str, str, Access | None]]:
    """Method, path and who may call it of every operation in the document; None: anybody may."""
    for served in _served(routers):
        access = next((ACCESS[call] for call in _calls(served.dependant) if call in ACCESS), None)
        if served.include_in_schema:
            yield from ((method, served.path, access) for method in sorted(served.methods or ()))


def _served(routers: Sequence[APIRouter]) -> Iterator[Served]:
    for router in routers:
        for route in router.routes:
            included = getattr(route, "effective_route_contexts", None)
            if isinstance(route, APIRoute):
                yield cast("Served", route)
            elif included is not None:
                yield from cast("Callable[[], Iterator[Served]]", included)()


def _calls(dependant: Dependant) -> Iterator[Callable[..., object]]:
    for child in dependant.dependencies:
        if child.call is not None:
            yield child.call
        yield from _calls(child)


def _complete(document: Json, access: dict[tuple[str, str], Access | None]) -> None:
    components = cast("dict[str, Json]", document["components"])
    components["securitySchemes"] = {"bearer": _BEARER}
    components["schemas"]["Problem"] = _PROBLEM
    for unused in ("HTTPValidationError", "ValidationError"):  # what FastAPI would answer, and this never does
        components["schemas"].pop(unused, None)
    for path, item in cast("dict[str, dict[str, Json]]", document["paths"]).items():
        for method, operation in item.items():
            _describe(path, method, operation, access[method, path])


def _describe(path: str, method: str, operation: Json, access: Access | None) -> None:
    operation["security"] = [{"bearer": []}] if access else []
    if access:
        operation["x-roles"] = sorted(role.value for role in access.roles)
        operation["x-scope"] = access.scope.value if access.scope else None
    answers = cast("dict[str, Json]", operation["responses"])
    answers.pop("422", None)
    for status in _refusals(path, method, operation, access):
        answers.setdefault(status, _refusal(status))


def _refusals(path: str, method: str, operation: Json, access: Access | None) -> Iterator[str]:
    if not path.startswith(_PLAIN):
        yield from ("429", "503", "504")
    if access or method != "get":  # what is public and changes something proves by its body who asks
        yield from ("401", "403")
    if "{" in path or operation.get("requestBody"):  # a body may name things too
        yield "404"
    if method != "get":
        yield from ("400", "409", "413")
    if operation.get("parameters") or operation.get("requestBody") or access or method != "get":
        yield "422"


def _refusal(status: str) -> Json:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": _REFUSALS[status], "content": {"application/problem+json": {"schema": schema}}}
