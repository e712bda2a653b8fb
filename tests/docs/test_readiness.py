"""The production readiness page tells the truth: it is current, and what it names exists."""

import importlib
from pathlib import Path

import pytest

from scripts.readiness import PAGE, Line, read_registry, render
from tests.app_fixtures import Platform

ROOT = Path(__file__).parents[2]
LINES = [line for section in read_registry() for line in section.lines]


def test_the_page_is_made_from_the_registry() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(read_registry()), "run `make docs`"


@pytest.mark.parametrize("line", [line for line in LINES if line.state != "planned"], ids=lambda line: line.says[:50])
def test_what_is_claimed_has_a_proof_that_exists(line: Line) -> None:
    assert line.proof is not None
    if not line.proof.startswith("make "):
        assert (ROOT / line.proof.split("::")[0]).exists()


async def test_every_function_and_route_named_exists(platform: Platform) -> None:
    schema = (await platform.anonymous.get("/api/v1/openapi.json")).json()
    for name in (name for line in LINES for name in line.names):
        if name.startswith(("GET ", "POST ", "PUT ")):
            method, path = name.split(" ")
            assert method.lower() in schema["paths"].get(path, {}), name
        else:
            module, attribute = name.split(":")
            assert hasattr(importlib.import_module(module), attribute), name
