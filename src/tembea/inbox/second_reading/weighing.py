"""What of a model's findings counts: our own readers must get the same value from the words that it quotes."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from tembea.inbox.second_reading.asking import Finding, Words
from tembea.inbox.understand import TenantProfile, Understanding
from tembea.inbox.understand.dates import read_times
from tembea.inbox.understand.language import detect, reading_words
from tembea.inbox.understand.lodging import read_board
from tembea.inbox.understand.money import read_budget
from tembea.inbox.understand.page import Page
from tembea.inbox.understand.tokens import tokenize
from tembea.quotes import is_same_hotel
from tembea.quotes.trip import Board, Budget, Evidence, Kind, TripRequest
from tembea.rates import fold

RULE = "model"
"""What the rules' names begin with where a model pointed at the words."""
FINDINGS_MAX, QUOTE_MAX_CHARS = 40, 160
PEOPLE_MAX, NIGHTS_MAX, ADULT_AGE = 99, 365, 18
CONFIDENCE = 0.5

Reader = Callable[[Page, str], object]


def weigh(findings: Sequence[Finding], words: Words, profile: TenantProfile) -> Understanding:
    """The trip of those findings whose words are there and say so. Never raises on what a model wrote."""
    language = detect(f"{words.subject}\n{words.text}")
    _, lexicon, cues = reading_words(language)
    today = words.received_at.astimezone(ZoneInfo(profile.time_zone)).date()
    read: dict[str, list[object]] = {}
    evidence: dict[str, Evidence] = {}
    for finding in findings[:FINDINGS_MAX]:
        reader = _READERS.get(finding.field)
        quoted = _quoted(finding, words)
        if reader is None or quoted is None:
            continue
        name, reading = reader
        value = reading(Page(quoted.text, lexicon, cues, profile, today, language), finding.value.strip())
        if value is not None:
            read.setdefault(name, []).append(value)
            evidence.setdefault(name, quoted)
    return Understanding(_trip(read), evidence, language, (), CONFIDENCE)


def _trip(read: dict[str, list[object]]) -> TripRequest:
    single = {name: values[0] for name, values in read.items() if name not in _SEVERAL}
    names = {name: tuple(dict.fromkeys(read.get(name, ()))) for name in ("destinations", "hotels")}
    ages = sorted(age for age in read.get("children_ages", ()) if isinstance(age, int))
    return _TRIP.validate_python(
        {"kind": Kind.OTHER, **single, **names, "children_ages": ages, "children_count": len(ages)}
    )


def _quoted(finding: Finding, words: Words) -> Evidence | None:
    """Where the quote stands, letter case and spaces aside; in the text before the subject."""
    pieces = finding.quote.split()
    if not pieces or len(finding.quote) > QUOTE_MAX_CHARS:
        return None
    wanted = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, pieces)) + r"(?!\w)", re.IGNORECASE)
    rule = f"{RULE}.{finding.field}"
    if found := wanted.search(words.text):
        return Evidence(found[0], found.start(), found.end(), rule)
    found = wanted.search(words.subject)
    return Evidence(found[0], None, None, f"{RULE}.subject.{finding.field}") if found else None


def _kind(page: Page, value: str) -> Kind | None:
    del page
    return Kind(value) if value in list(Kind) else None


def _destination(page: Page, value: str) -> str | None:
    said = f" {fold(page.text)} "
    for place in page.profile.destinations:
        if fold(value) == fold(place.name):
            names = (place.name, *place.aliases)
            return place.name if any(f" {fold(name)} " in said for name in names) else None
    return None


def _hotel(page: Page, value: str) -> str | None:
    known = next((hotel for hotel in page.profile.hotels if fold(hotel) == fold(value)), None)
    return known if known is not None and is_same_hotel(page.text, known) else None


def _check_in(page: Page, value: str) -> date | None:
    return _day(value, [span.first for span in read_times(page).spans])


def _check_out(page: Page, value: str) -> date | None:
    return _day(value, [span.until or span.first for span in read_times(page).spans])


def _day(value: str, said: Sequence[date]) -> date | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day in said else None


def _month(page: Page, value: str) -> str | None:
    return value if value in [mention.month for mention in read_times(page).months] else None


def _nights(page: Page, value: str) -> int | None:
    number = _number(value, NIGHTS_MAX)
    return number if number in [length.nights for length in read_times(page).lengths] else None


def _people(page: Page, value: str) -> int | None:
    number = _number(value, PEOPLE_MAX)
    return number if number in _numbers(page) else None


def _child_age(page: Page, value: str) -> int | None:
    number = _number(value, ADULT_AGE - 1)
    return number if number in _numbers(page) else None


def _board(page: Page, value: str) -> Board | None:
    reading = read_board(page)
    return reading.value if reading is not None and reading.value.value == value else None


def _budget(page: Page, value: str) -> Budget | None:
    reading, written = read_budget(page), re.fullmatch(r"([\d.]{1,15})\s*([A-Z]{3})", value)
    if reading is None or written is None:
        return None
    try:
        amount = Decimal(written[1])
    except InvalidOperation:
        return None
    return reading.value if (reading.value.amount, reading.value.currency) == (amount, written[2]) else None


def _number(value: str, most: int) -> int | None:
    return int(value) if re.fullmatch(r"\d{1,3}", value, re.ASCII) and 0 < int(value) <= most else None


def _numbers(page: Page) -> list[int]:
    """The numbers in the words, as figures or spelled; each word by itself too: "the two of us" is one token."""
    alone = [tokenize(word, page.lexicon) for word in re.findall(r"\w+", page.text)]
    return [token.whole for row in (page.row, *alone) for token in row.tokens if token.tag == "NUM"]


_TRIP = TypeAdapter(TripRequest)
_SEVERAL = ("destinations", "hotels", "children_ages")
_READERS: dict[str, tuple[str, Reader]] = {
    "kind": ("kind", _kind),
    "destination": ("destinations", _destination),
    "hotel": ("hotels", _hotel),
    "check_in": ("check_in", _check_in),
    "check_out": ("check_out", _check_out),
    "travel_month": ("travel_month", _month),
    "nights": ("nights", _nights),
    "adults": ("adults", _people),
    "rooms": ("rooms", _people),
    "child_age": ("children_ages", _child_age),
    "board": ("board", _board),
    "budget": ("budget", _budget),
}
