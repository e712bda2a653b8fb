"""One word for one thing in whatever people read: it is an e-mail."""

import re
from pathlib import Path

from tembea.inbox.web_form_words import WORDS

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "web" / "src" / "shared" / "lib" / "messages" / "en"
OTHER_SPELLING = re.compile(r"\b[Ee]mail", re.ASCII)


def spelt_otherwise(text: str) -> bool:
    """Names in braces are filled in and not read."""
    return OTHER_SPELLING.search(re.sub(r"\{\w+\}", "", text)) is not None


def test_everything_that_people_read_says_e_mail() -> None:
    shown = [text for path in CATALOGUES.glob("*.ts") for text in re.findall(r':\s+"([^"]*)"', path.read_text("utf-8"))]
    shown += WORDS["en"].values()
    shown.append((ROOT / "src/tembea/quotes/wording/en.toml").read_text("utf-8"))

    assert len(shown) > 500
    assert [text for text in shown if spelt_otherwise(text)] == []


def test_the_rule_sees_what_it_forbids() -> None:
    assert spelt_otherwise("Email")
    assert spelt_otherwise("Your email address")
    assert not spelt_otherwise("Add an e-mail address for {email}")
