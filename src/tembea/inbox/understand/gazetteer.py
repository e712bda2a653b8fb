"""Names of countries and of well-known places, to recognise a wish that the agency does not sell."""

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from babel import Locale, UnknownLocaleError

from tembea.inbox.understand.folding import fold
from tembea.inbox.understand.vocabulary import spellings, split_phrases
from tembea.inbox.understand.world import EXONYMS, PLACES, TERRITORY_NICKNAMES


@lru_cache(maxsize=32)
def territories(language: str) -> dict[str, str]:
    """Folded names of countries in one language -> ISO 3166 code, by the Unicode CLDR."""
    try:
        names = cast("dict[str, str]", Locale(language).territories).items()
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        fold(spelling): code
        for code, name in names
        if len(code) == 2 and code.isalpha() and len(name) > 3
        for spelling in spellings(name)
    }


@lru_cache(maxsize=64)
def known_places(language: str) -> dict[str, tuple[str, bool]]:
    """Folded name -> (ISO 3166 code, whether it is the country itself), in English and this language."""
    found: dict[str, tuple[str, bool]] = {}
    for code, names in PLACES.items():
        found.update({fold(name.strip()): (code, False) for name in names.split("|")})
    for locale in ("en", language):
        found.update({name: (code, True) for name, code in territories(locale).items()})
    found.update({name: (code, True) for name, code in TERRITORY_NICKNAMES.items()})
    return found


def other_names(name: str, languages: Sequence[str]) -> list[str]:
    """What a place is called in these languages, folded."""
    folded = fold(name)
    names = [fold(spelling) for name in split_phrases(EXONYMS.get(folded, "")) for spelling in spellings(name)]
    code = territories("en").get(folded)
    if code is not None:
        names += [local for language in languages for local, found in territories(language).items() if found == code]
    return names


def country_of(name: str) -> str | None:
    """The country that a place is or lies in."""
    known = known_places("en").get(fold(name))
    return known[0] if known else None
