"""Quotes with several options: an acceptance speaks of one of them."""

import re
from dataclasses import replace

from tembea.inbox.understand.page import Page
from tembea.inbox.understand.tokens import pattern

_OPTION = pattern("OPTION COLON? (?P<n>NUM|ORD|WORD|ART)|(?P<o>ORD) OPTION")


def accepted_only(quote: Page, acceptance: Page) -> Page:
    """The quote without the options that were not taken; the whole of it where none is named."""
    taken = _named(acceptance)
    if not taken:
        return quote
    begins = [(hit.start, _label(quote, hit.start, hit.end)) for hit in quote.row.find(_OPTION)]
    ends = [start for start, _ in begins[1:]] + [_end_of_last(quote, begins[-1][0])] if begins else []
    text = quote.text
    for (start, label), end in zip(begins, ends, strict=True):
        if label != taken[0]:
            text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return replace(quote, text=text)


def _named(page: Page) -> list[str]:
    return [_label(page, hit.start, hit.end) for hit in page.row.find(_OPTION)]


def _label(page: Page, start: int, end: int) -> str:
    """`option 2`, `second option` and `option two` are one: the number, else the letter."""
    for token in page.row.tokens:
        if start <= token.start < end and token.tag in ("NUM", "ORD"):
            return str(token.whole)
    words = re.findall(r"\w+", page.folded[start:end])
    return words[-1] if words else ""


def _end_of_last(page: Page, start: int) -> int:
    """The last option ends with its paragraph."""
    end = page.text.find("\n\n", start)
    return end if end >= 0 else len(page.text)
