"""The web app leaves escaping to React: nothing writes markup by itself."""

import re
from pathlib import Path

WEB = Path(__file__).parents[2] / "web" / "src"
RAW_MARKUP = re.compile(r"dangerouslySetInnerHTML|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write")


def writes_markup(text: str) -> bool:
    return RAW_MARKUP.search(text) is not None


def test_no_source_writes_markup_past_react() -> None:
    sources = [path for path in WEB.rglob("*.ts*") if path.is_file()]

    assert len(sources) > 50
    assert [str(path) for path in sources if writes_markup(path.read_text(encoding="utf-8"))] == []


def test_the_rule_sees_what_it_forbids() -> None:
    assert writes_markup("<p dangerouslySetInnerHTML={{ __html: mail }} />")
    assert not writes_markup("<p>{mail}</p>")
