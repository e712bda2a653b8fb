"""The long proof of isolation asks every operation that takes an id; a new one is not forgotten."""

from collections.abc import Iterator
from typing import Any, cast

from tembea.app import describe
from tests.prove.isolation import BODIES, NAMED_IN_BODY, NAMED_IN_QUERY

Json = dict[str, Any]


def ids_in(schema: Json, document: Json, name: str = "") -> Iterator[str]:
    """The properties of a schema that hold an id, however deep."""
    if "$ref" in schema:
        known = cast("Json", document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]])
        yield from ids_in(known, document, name)
    elif schema.get("format") == "uuid":
        yield name
    for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *filter(None, [schema.get("items")])):
        yield from ids_in(part, document, name)
    for inner, part in schema.get("properties", {}).items():
        yield from ids_in(part, document, inner)


def test_every_id_in_a_body_or_a_query_is_crossed() -> None:
    document = cast("Json", describe())
    missing: list[str] = []
    for path, item in document["paths"].items():
        for method, operation in item.items():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                named = set(ids_in(content["schema"], document))
                if named and ((method, path) not in BODIES or not named <= NAMED_IN_BODY.keys()):
                    missing.append(f"{method} {path}: {named}")
            for parameter in operation.get("parameters", []):
                named = set(ids_in(parameter["schema"], document, parameter["name"]))
                if parameter["in"] == "query" and not named <= NAMED_IN_QUERY.keys():
                    missing.append(f"{method} {path}: {named}")
    assert missing == []


def test_such_an_id_would_be_found() -> None:
    document: Json = {"components": {"schemas": {"Deep": {"properties": {"of_whom": {"format": "uuid"}}}}}}
    listed = {"properties": {"all": {"items": {"anyOf": [{"$ref": "#/components/schemas/Deep"}]}}}}
    assert list(ids_in(listed, document)) == ["of_whom"]
