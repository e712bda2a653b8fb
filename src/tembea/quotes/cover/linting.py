"""What a cover text may not hold that nobody has looked at. Pure: the text, its language, and the names in play.

Letters and signs are allowed by list, not forbidden by list: whatever is not a letter of the agencies' languages or
plain punctuation is refused. Words are forbidden by list (`refused_words.toml`), in the text's language. It refuses too
much rather than too little: what it refuses costs nothing but the model's words.
"""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import cast

from babel.dates import get_day_names, get_month_names
from babel.numbers import list_currencies

from tembea.quotes.cover.placeholders import PLACEHOLDER

PARAGRAPHS_MAX, CHARS_MAX, WORDS_MIN, PLACEHOLDERS_MAX = 2, 900, 5, 16


class Objection(StrEnum):
    """Why a text is refused."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL = "control"
    """A sign that nobody sees."""
    SCRIPT = "script"
    """A letter that the language does not have."""
    FIGURE = "figure"
    AMOUNT = "amount"
    """A number in words, a currency, a share of something."""
    DATE = "date"
    LINK = "link"
    """An address of any kind, or what asks to follow one."""
    MARKUP = "markup"
    PLACEHOLDER = "placeholder"
    """One that is unknown, open, or grown together with a word."""
    UNLINKED = "unlinked"
    """An option's total or board that does not stand behind its own hotel."""
    NAME = "name"
    """A proper name that no placeholder put in."""
    PROMISE = "promise"
    """A discount, a room that is held, what is included, what a price is for."""
    PAYMENT = "payment"
    LANGUAGE = "language"


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzàáâãäçèéêëìíîïñòóôõöùúûüýÿßœ")
_SIGNS = frozenset(" \u00a0\u202f.,;:!?'’‘‚\"“”„«»‹›-–—()…")
_BEFORE, _AFTER = "\\s(\"“„«‘'’—", "\\s.,;:!?…)\"”“»’'—"
_GLUED = re.compile(rf"[^{_BEFORE}]\{{\{{|\}}\}}[^{_AFTER}]")
_WORD = re.compile(r"[^\W\d_]+")
_DOMAIN = re.compile(r"[^\W_]\.[^\W_]")
_SPELLED = re.compile(r"(?:\b[^\W\d_]\b[ .\-–—]+){2,}[^\W\d_]\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?…])[\s\"“”„«»‘’(]*$")
_GERMAN_START = re.compile(_SENTENCE_START.pattern.replace("[.!?…]", "[.!?…:]"))
_OF_AN_OPTION = re.compile(r"option\.([1-9])\.([a-z]+)")
_FILLED = "\ufffc"
"""What stands for a placeholder while the words around it are looked at."""

_WORDS_FILE = Path(__file__).with_name("refused_words.toml")
_LISTED = (Objection.AMOUNT, Objection.LINK, Objection.PROMISE, Objection.PAYMENT)


def find_objection(
    paragraphs: Sequence[str], *, language: str, placeholders: Collection[str], names: Collection[str]
) -> Objection | None:
    """The first reason against a text in `language` (of `LANGUAGES`); None where there is none.

    `placeholders` are those that have a value, `names` those that only a placeholder may put in.
    """
    whole = " ".join(paragraphs)
    if len(paragraphs) > PARAGRAPHS_MAX or len(whole) > CHARS_MAX:
        return Objection.TOO_LONG
    if _FILLED in whole:
        return Objection.MARKUP
    parts = [PLACEHOLDER.sub(_FILLED, paragraph) for paragraph in paragraphs]
    said = " ".join(parts)
    words = folded_words(said)
    if len(words) < WORDS_MIN:
        return Objection.EMPTY
    return (
        _against_placeholders(paragraphs, placeholders)
        or next(filter(None, map(_against_sign, said)), None)
        or _against_shape(said)
        or _against_dates(said, language)
        or _against_words(words, language)
        or _against_names(parts, words, language, names)
        or _against_language(words, language)
    )


def folded_words(text: str) -> list[str]:
    """The words of a text without accents and case; an apostrophe parts two."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return _WORD.findall(plain.casefold())


def _against_placeholders(paragraphs: Sequence[str], known: Collection[str]) -> Objection | None:
    whole = " ".join(paragraphs)
    used = PLACEHOLDER.findall(whole)
    rest = PLACEHOLDER.sub("", whole)
    if len(used) > PLACEHOLDERS_MAX or not set(used) <= set(known) or "{" in rest or "}" in rest:
        return Objection.PLACEHOLDER
    if _GLUED.search(whole):
        return Objection.PLACEHOLDER
    return None if all(map(_is_linked, paragraphs)) else Objection.UNLINKED


def _is_linked(paragraph: str) -> bool:
    """Whether every total and board stands behind the hotel that it is of."""
    hotel = None
    for place, part in _OF_AN_OPTION.findall(paragraph):
        if part == "hotel":
            hotel = place
        elif place != hotel:
            return False
    return True


def _against_sign(char: str) -> Objection | None:
    category = unicodedata.category(char)
    if char == _FILLED or char in _SIGNS or (category[0] == "L" and char.lower() in _LETTERS):
        return None
    if char in "%‰٪":
        return Objection.AMOUNT
    if char == "@":
        return Objection.LINK
    by_category = {"L": Objection.SCRIPT, "M": Objection.SCRIPT, "N": Objection.FIGURE, "Sc": Objection.AMOUNT}
    by_category |= {"C": Objection.CONTROL, "Z": Objection.CONTROL}
    return by_category.get(category) or by_category.get(category[0]) or Objection.MARKUP


def _against_shape(said: str) -> Objection | None:
    if _DOMAIN.search(said):
        return Objection.LINK
    if _SPELLED.search(said):
        return Objection.MARKUP
    if any(word.isupper() and word in list_currencies() for word in _WORD.findall(said)):
        return Objection.AMOUNT
    return None


def _against_dates(said: str, language: str) -> Objection | None:
    return Objection.DATE if not _days_and_months(language).isdisjoint(_WORD.findall(said)) else None


@cache
def _days_and_months(language: str) -> frozenset[str]:
    """As the language writes them. "May" begins questions, too; inside a sentence it is refused as a name."""
    named = (get_day_names("wide", locale=language), get_month_names("wide", locale=language))
    words = [name for names in named for name in cast("Mapping[int, str]", names).values()]
    return frozenset(_WORD.findall(" ".join(words))) - {"May"}


def _against_words(words: Sequence[str], language: str) -> Objection | None:
    said = " ".join(words)
    return next((reason for reason in _LISTED if _listed(language, reason).search(said)), None)


@cache
def _listed(language: str, reason: Objection) -> re.Pattern[str]:
    """What finds the words of a list. `*` stands for any letters, a blank for any space between two words."""
    listed = [*_lists()["all"].get(reason.value, ()), *_lists()[language].get(reason.value, ())]
    patterns = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in listed)
    return re.compile(rf"\b(?:{patterns})\b")


@cache
def _lists() -> Mapping[str, Mapping[str, Sequence[str]]]:
    with _WORDS_FILE.open("rb") as file:
        return cast("Mapping[str, Mapping[str, Sequence[str]]]", tomllib.load(file))


def _against_names(
    paragraphs: Sequence[str], words: Sequence[str], language: str, names: Collection[str]
) -> Objection | None:
    row, written = f" {' '.join(words)} ", set(_WORD.findall(" ".join(paragraphs)))
    for name in names:
        parts = folded_words(name)
        if (len(parts) > 1 and f" {' '.join(parts)} " in row) or (len(parts) == 1 and name.strip() in written):
            return Objection.NAME
    return Objection.NAME if any(any(_proper_names(part, language)) for part in paragraphs) else None


def _proper_names(said: str, language: str) -> Iterator[str]:
    """Words with a capital that no sentence begins with; in German, where every noun has one, two in a row."""
    allowed = _lists()[language].get("capital", ())
    begins = _GERMAN_START if language == "de" else _SENTENCE_START
    before_end, was_capital = -1, False
    for found in _WORD.finditer(said):
        word = found[0]
        is_first = begins.search(said, 0, found.start()) is not None
        is_capital = word[0].isupper() and not is_first and word not in allowed
        follows = was_capital and said[before_end : found.start()] in (" ", "-")
        if (len(word) > 1 and word.isupper()) or (is_capital and (language != "de" or follows)):
            yield word
        before_end, was_capital = found.end(), is_capital


def _against_language(words: Sequence[str], language: str) -> Objection | None:
    """A text in clearly another language: it has twice as many of that one's commonest words, or none of its own."""
    scores = {name: sum(word in lists["common"] for word in words) for name, lists in _lists().items() if name != "all"}
    ours = scores.pop(language)
    return Objection.LANGUAGE if ours == 0 or ours * 2 < max(scores.values()) else None
