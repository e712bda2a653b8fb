"""Where the trip goes: the agency's destinations, and wished places that it does not sell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from tembea.inbox.understand.folding import fold
from tembea.inbox.understand.gazetteer import country_of, known_places, other_names
from tembea.inbox.understand.page import Page, Reading
from tembea.inbox.understand.profile import Destination, TenantProfile
from tembea.inbox.understand.wording import cue_after, cue_before, last_clause

_MIN_TYPO_LENGTH = 6
_LONG_WORD = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as it stands in the text."""

    name: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """All names of an agency's destinations in some languages: one pattern, and the name behind each spelling."""

    pattern: re.Pattern[str]
    names: dict[str, str]
    codes: frozenset[str]


@lru_cache(maxsize=256)
def atlas_of(profile: TenantProfile, languages: tuple[str, ...]) -> Atlas:
    """The atlas of an agency; kept, because building it takes some milliseconds."""
    names: dict[str, str] = {}
    codes: set[str] = set()
    for destination in profile.destinations:
        for written in (destination.name, *destination.aliases):
            for spelling in (fold(written), *other_names(written, languages)):
                names.setdefault(spelling, destination.name)
        if destination.code:
            codes.add(destination.code.casefold())
            names.setdefault(destination.code.casefold(), destination.name)
    listed = sorted(names, key=lambda name: (-len(name), name))
    source = "|".join(re.escape(name).replace(r"\ ", r"[\s-]+") for name in listed)
    return Atlas(re.compile(rf"(?<![^\W_])(?:{source})(?![^\W_])" if listed else r"(?!)"), names, frozenset(codes))


def is_place(page: Page, word: str) -> bool:
    """Whether a word is a place's name, sold here or not."""
    folded = fold(word)
    return folded in atlas_of(page.profile, ("en", page.language)).names or folded in known_places(page.language)


def find_destinations(page: Page) -> list[Mention]:
    """Every mention of a sold destination that the customer wishes for, in the order of the text."""
    return [mention for mention in _all_mentions(page) if is_wished(page, mention.start, mention.end)]


def _all_mentions(page: Page) -> list[Mention]:
    atlas = atlas_of(page.profile, ("en", page.language))
    found: list[Mention] = []
    for match in atlas.pattern.finditer(page.folded):
        spelling = re.sub(r"[\s-]+", " ", match.group())
        name = atlas.names.get(spelling) or atlas.names.get(match.group())
        if name is not None and _is_spelled_as_name(page, match.start(), match.end(), spelling in atlas.codes):
            found.append(Mention(name, match.start(), match.end(), "places.name"))
    return found or _typos(page, atlas)


def _is_spelled_as_name(page: Page, start: int, end: int, is_code: bool) -> bool:
    """Short names are also ordinary words ("male"): they count only as names are written."""
    written = page.text[start:end]
    if is_code:
        return written.isupper()
    if end - start <= 4 and not written[:1].isupper():
        return page.cues.found("seek", page.before(start, 25)) and not cue_before(
            page.cues, "number_before", page.before(start, 12), 0
        )
    return True


def _typos(page: Page, atlas: Atlas) -> list[Mention]:
    single = [name for name in atlas.names if " " not in name and len(name) >= _MIN_TYPO_LENGTH]
    found: list[Mention] = []
    for token in page.row.tokens:
        word = page.folded[token.start : token.end]
        if token.tag != "WORD" or len(word) < _MIN_TYPO_LENGTH or not word.isalpha():
            continue
        allowed = 2 if len(word) >= _LONG_WORD else 1
        close = [
            name
            for name in single
            if name[0] == word[0] and DamerauLevenshtein.distance(name, word, score_cutoff=allowed) <= allowed
        ]
        if close:
            best = min(close, key=lambda name: DamerauLevenshtein.distance(name, word))
            found.append(Mention(atlas.names[best], token.start, token.end, "places.misspelt"))
    return found


def is_wished(page: Page, start: int, end: int) -> bool:
    """Not where they come from, change planes, have been or do not want to go."""
    if page.is_past:
        return True
    before = page.cues["neutral"].sub(lambda match: "_" * len(match.group()), page.before(start, 70))
    clause = last_clause(page.cues, before, "then", marks=",;(\n")
    if cue_before(page.cues, "origin", clause, 1) or cue_before(page.cues, "transit", clause, 1):
        return False
    if cue_before(page.cues, "ruled_out", clause, 4):
        return False
    if _is_of_the_past(page, start):
        return False
    after = re.split(r"[,;)\n]", page.after(end, 45))[0]
    if page.by_agency is False and page.cues.found("elsewhere", clause + after):
        return False
    return not (cue_after(page.cues, "ruled_out_after", after, 2) or cue_after(page.cues, "place_aside", after, 0))


def _is_of_the_past(page: Page, start: int) -> bool:
    """Whether the sentence speaks of years gone by only."""
    row = page.row
    index = min(row.first_from(start), len(row.tokens) - 1)
    first, last = row.sentence(index)
    years = [token.whole for token in row.tokens[first : last + 1] if token.tag == "YEAR"]
    return bool(years) and max(years) < page.today.year


def merge_destinations(mentions: Sequence[Mention]) -> list[Reading[str]]:
    """Each destination once, where it was first mentioned."""
    seen: dict[str, Reading[str]] = {}
    for mention in mentions:
        seen.setdefault(mention.name, Reading(mention.name, mention.start, mention.end, mention.rule))
    return list(seen.values())


def find_unsold(page: Page, sold: Sequence[str], elsewhere: Sequence[Mention]) -> list[Reading[str]]:
    """Wished places outside the catalogue as written; what contains a listed place, or lies in one, is not listed."""
    places = known_places(page.language)
    found: list[tuple[Reading[str], str, bool]] = []
    for start, end, folded in _phrases(page):
        known = places.get(folded)
        if known is None or any(start < other.end and other.start < end for other in elsewhere):
            continue
        code, is_country = known
        if not page.text[start].isupper() and (end - start < 5 or page.cues["common_word"].fullmatch(folded)):
            continue
        if _is_wanted(page, start, end, is_country):
            found.append((Reading(page.text[start:end], start, end, "places.unsold"), code, is_country))
    countries = {code for _, code, is_country in found if is_country}
    framed = {_country_of_sold(page.profile, name) for name in sold}
    kept: dict[str, Reading[str]] = {}
    for reading, code, is_country in found:
        inside = not is_country and code in countries
        if not inside and not (is_country and code in framed):
            kept.setdefault(code if is_country else fold(reading.value), reading)
    return list(kept.values()) or ([] if sold else _unknown(page))


def _phrases(page: Page) -> list[tuple[int, int, str]]:
    """Runs of up to three words, the longer first, none overlapping."""
    places = known_places(page.language)
    words = [match.span() for match in re.finditer(r"[^\W\d_]+(?:'[^\W\d_]+)?", page.folded)]
    found: list[tuple[int, int, str]] = []
    index = 0
    while index < len(words):
        for length in (4, 3, 2, 1):
            if index + length > len(words):
                continue
            start, end = words[index][0], words[index + length - 1][1]
            folded = re.sub(r"[\s-]+", " ", page.folded[start:end])
            if folded in places:
                found.append((start, end, folded))
                index += length - 1
                break
        index += 1
    return found


def _is_wanted(page: Page, start: int, end: int, is_country: bool) -> bool:
    if not is_wished(page, start, end):
        return False
    before = page.before(start, 40)
    sought = page.cues.found("seek", before) or page.source == "subject" or cue_before(page.cues, "heading", before, 1)
    return (
        sought
        or (is_country and not cue_after(page.cues, "place_aside", page.after(end, 20), 0))
        or _starts_line(page, start)
    )


def _starts_line(page: Page, start: int) -> bool:
    return page.folded[max(0, start - 60) : start].rpartition("\n")[2].strip(" -*") == ""


def _country_of_sold(profile: TenantProfile, name: str) -> str | None:
    destination = next((entry for entry in profile.destinations if entry.name == name), Destination(name))
    if destination.country is not None:
        return destination.country.upper()
    for written in (destination.name, *destination.aliases):
        code = country_of(written)
        if code is not None:
            return code
    return None


def _unknown(page: Page) -> list[Reading[str]]:
    """A name after "quote for" or "trip to" that no list knows."""
    for match in page.cues["seek_name"].finditer(page.folded):
        name = re.match(r"\s+(?:the\s+)?([A-Z][\w'-]+(?:\s+[A-Z][\w'-]+){0,2})", page.text[match.end() :])
        if name is None:
            continue
        start = match.end() + name.start(1)
        index = next((i for i, token in enumerate(page.row.tokens) if token.start == start), None)
        if (
            index is not None
            and page.row.tokens[index].tag == "WORD"
            and not page.cues["not_a_place"].match(fold(name[1]))
        ):
            return [Reading(name[1], start, start + len(name[1]), "places.unknown")]
    return []
