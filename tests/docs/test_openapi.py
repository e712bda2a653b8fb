"""The web app's types are made from the document that the server really serves."""

import json
from pathlib import Path

from tembea.app import describe

EXPORTED = Path(__file__).parents[2] / "web" / "openapi.json"


def test_the_exported_document_is_the_servers_own() -> None:
    is_current = json.loads(EXPORTED.read_text(encoding="utf-8")) == json.loads(json.dumps(describe()))

    assert is_current, "run `make api`"  # the two documents side by side would be thousands of lines
