"""One part of a mail, ready to be read, and what a reader found in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from tembea.inbox.understand.folding import fold
from tembea.inbox.understand.profile import TenantProfile
from tembea.inbox.understand.tokens import Lexicon, TokenRow, tokenize
from tembea.inbox.understand.vocabulary import Cues
from tembea.quotes.trip import Evidence

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value, the words it was read from (offsets into the page's text) and the rule that read them."""

    value: T
    start: int
    end: int
    rule: str

    def map(self, change: Callable[[T], U]) -> "Reading[U]":
        """The same words read as another value."""
        return Reading(change(self.value), self.start, self.end, self.rule)


@dataclass(frozen=True)
class Page:
    """A masked copy of a mail (or its subject) with everything that readers ask of it.

    `today` is the day of receipt in the agency's zone. `source` is "" for the mail's text, else the name of the header
    that stands here instead. `is_past` says that the mail looks back, so that dates without a year are past ones.
    `month_before` is the year and month of the quote below, in which a day's bare number falls ("rather on the 2nd").
    `memo` keeps what one reader found for the next.
    """

    text: str
    lexicon: Lexicon
    cues: Cues
    profile: TenantProfile
    today: date
    language: str = "en"
    source: str = ""
    by_agency: bool = False
    is_past: bool = False
    month_before: tuple[int, int] | None = None
    memo: dict[str, object] = field(init=False, default_factory=dict[str, object], repr=False, compare=False)

    @cached_property
    def folded(self) -> str:
        """The text folded, offset for offset."""
        return fold(self.text)

    @cached_property
    def row(self) -> TokenRow:
        """The tokens of the text."""
        return tokenize(self.text, self.lexicon)

    @property
    def is_blank(self) -> bool:
        """Nothing to read."""
        return not self.text.strip()

    def evidence(self, reading: Reading[T]) -> Evidence:
        """The words of a reading as they leave the package."""
        words = self.text[reading.start : reading.end]
        if self.source:
            return Evidence(words, None, None, f"{self.source}.{reading.rule}")
        return Evidence(words, reading.start, reading.end, reading.rule)

    def before(self, offset: int, reach: int = 60) -> str:
        """The folded words before an offset, back to the beginning of the clause's sentence."""
        return _after_last_break(self.folded[max(0, offset - reach) : offset])

    def after(self, offset: int, reach: int = 60) -> str:
        """The folded words after an offset, up to the end of the sentence."""
        return _before_first_break(self.folded[offset : offset + reach])

    def sentence_around(self, start: int, end: int) -> str:
        """The folded sentence or line around some words."""
        return self.before(start, 400) + self.folded[start:end] + self.after(end, 400)


_BREAKS = (". ", "! ", "? ", "; ", "\n\n", ".\n", "!\n", "?\n", "\n- ", "\n* ")


def _after_last_break(text: str) -> str:
    cut = max((text.rfind(mark) + len(mark) for mark in _BREAKS if mark in text), default=0)
    return text[cut:]


def _before_first_break(text: str) -> str:
    cut = min((text.find(mark) for mark in _BREAKS if mark in text), default=len(text))
    return text[:cut]
