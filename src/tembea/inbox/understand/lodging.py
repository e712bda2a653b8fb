"""Rooms, board and hotels."""

import re
from collections.abc import Iterator, Sequence

from tembea.inbox.understand.folding import fold
from tembea.inbox.understand.gazetteer import known_places
from tembea.inbox.understand.page import Page, Reading
from tembea.inbox.understand.places import Mention
from tembea.inbox.understand.tokens import Hit, pattern
from tembea.inbox.understand.wording import cue_after, cue_before, last_clause
from tembea.quotes.trip import Board

MAX_ROOMS = 300

_ROOMS = pattern(
    "(?P<label>ROOM) COLON (?P<n2>NUM)"
    "|(?P<n>NUM|ART|OUR|ORD)? TIMES?"
    "(?P<adj>(?:ADJ|OTHERADJ|WORD|ROOMTYPE|FAMILY|COUPLE|DASH|STAR|KIN|BOARD) (?:ADJ|WORD|ROOMTYPE|FAMILY)?)?"
    "(?P<what>ROOM|ROOMTYPE|UNIT)"
)
_MORE_ROOMS = pattern("AND (?P<n>NUM) FOR")
"""The rest of "one room for Gran and one for us three"."""


def read_rooms(page: Page) -> Reading[int] | None:
    """Rooms or units, kinds in one breath added up ("3 doubles and a single"); None where none is counted."""
    counted = [(hit, number) for hit in page.row.find(_ROOMS) if (number := _rooms_of(page, hit)) is not None]
    if not counted:
        return None
    first, total = counted[0]
    end = first
    for hit, number in counted[1:]:
        between = page.folded[end.end : hit.start]
        if not page.cues["room_join"].fullmatch(re.sub(r"\s+", " ", between).strip()) and not _joins(page, between):
            break
        total, end = total + number, hit
    total += sum(hit.number("n") for hit in page.row.find(_MORE_ROOMS) if end.last < hit.first <= end.last + 4)
    return Reading(total, first.start, end.end, "lodging.rooms") if total <= MAX_ROOMS else None


def _joins(page: Page, between: str) -> bool:
    return (
        len(between) < 40
        and page.cues.found("room_and", between)
        and "." not in between
        and not page.cues.found("room_or", between)
    )


def _rooms_of(page: Page, hit: Hit) -> int | None:
    number, what = hit.one("n"), hit.group("what")
    if hit.has("label"):
        return hit.number("n2") or None
    previous = page.row.tokens[hit.first - 1].tag if hit.first else "STOP"
    if previous in ("PN", "PP", "PPPN") or page.cues["room_aside"].search(
        page.folded[max(0, hit.start - 12) : hit.end + 12]
    ):
        return None
    if cue_before(page.cues, "negation", page.before(hit.start, 20), 0) or cue_before(
        page.cues, "room_reference", page.before(hit.start, 12), 0
    ):
        return None
    if number is not None and number.tag == "NUM":
        return number.whole if 0 < number.whole <= MAX_ROOMS and number.whole != 100 else None
    is_plural = page.cues["plural"].fullmatch(page.folded[what[0].start : what[-1].end]) is not None
    if number is not None and number.tag in ("ART", "OUR"):
        is_share = previous == "IN" and hit.first > 1 and page.row.tokens[hit.first - 2].tag == "NUM"
        return None if is_plural or is_share else 1
    # A unit without an article ("self-catering chalet would be perfect") is one; a room type may be any number of them.
    names_one = (
        what[0].tag in ("UNIT", "ROOMTYPE") and not is_plural and previous not in ("THE", "PER", "IN", "BY", "EVERY")
    )
    return (
        1
        if names_one
        and (what[0].tag == "UNIT" or hit.has("adj") or previous in ("STOP", "COMMA", "NL", "PARA", "COLON"))
        else None
    )


def read_board(page: Page) -> Reading[Board] | None:
    """The first board named that is not refused."""
    for token in page.row.tokens:
        if token.tag != "BOARD" or not _is_wanted_board(page, token.start, token.end):
            continue
        return Reading(Board(token.word), token.start, token.end, f"lodging.board.{token.word.lower()}")
    return None


def _is_wanted_board(page: Page, start: int, end: int) -> bool:
    words = page.text[start:end]
    if (
        len(words) == 2
        and not words.isupper()
        and words.lower() in ("ai", "ro", "fb", "hb", "bb")
        and words.lower() != words
    ):
        return False
    before = last_clause(page.cues, page.before(start, 45))
    after = page.after(end, 40)
    if page.cues.found("board_aside", before[-12:] + page.folded[start:end] + after[:14]):
        return False
    if cue_before(page.cues, "refused", before, 3) and not cue_before(page.cues, "neutral", before, 3):
        return False
    return not cue_after(page.cues, "refused_after", after, 2)


def read_hotels(page: Page, places: Sequence[Mention]) -> list[Reading[str]]:
    """Hotels that are wished for, asked about or held up as a yardstick, as written, without "the"."""
    found: list[Reading[str]] = []
    for start, end, rule in sorted(_hotel_spans(page, places), key=lambda span: (span[0], -span[1])):
        if any(start < other.end and other.start < end for other in found) or _is_refused(page, start, end):
            continue
        name = re.sub(r"^(?:[Tt]he|[Dd]ie|[Dd]as)\s+", "", page.text[start:end]).strip(" .,;:'\"")
        if page.text[start:end].startswith("The ") and rule in ("lodging.hotel.suffix", "lodging.hotel.item"):
            name = page.text[start:end].strip(" .,;:'\"")
        if name and fold(name) not in {fold(other.value) for other in found}:
            found.append(Reading(name, start, end, rule))
    return found


_NAME = r"[A-ZÀ-Þ][\w'’-]+(?:[ ]+(?:(?:&|of|by|de|la|le|du|des|St\.?)[ ]+)?[A-ZÀ-Þ][\w'’-]+){0,4}"


def _hotel_spans(page: Page, places: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
    yield from _known_hotels(page)
    yield from _suffixed(page)
    for name, rule in (("hotel_before", "lodging.hotel.label"), ("hotel_at", "lodging.hotel.at")):
        for match in page.cues[name].finditer(page.folded):
            yield from _listed_names(page, match.end(), places, rule)
    if page.by_agency:
        yield from _items(page, places)
    for match in page.cues["hotel_open"].finditer(page.folded):
        before = re.search(
            rf"\b(?:[Ii]s|[Aa]re)\s+(?:the\s+|[Tt]he\s+)?({_NAME})\s*$", page.text[: match.start()][-60:]
        )
        if before is not None:
            offset = match.start() - min(60, match.start())
            yield offset + before.start(1), offset + before.end(1), "lodging.hotel.open"


def _items(page: Page, places: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
    """Names that stand alone between commas or bars, as quotes list them: "2 adults, The Haven Bali, breakfast"."""
    for match in re.finditer(rf"(?<=[,|:] )({_NAME})(?=\s*[,|\n])", page.text):
        start, end = match.span(1)
        covered = any(place.start <= start and end <= place.end for place in places)
        if " " in match[1] and not covered and _is_plain_name(page, start, end):
            yield start, end, "lodging.hotel.item"


def _known_hotels(page: Page) -> Iterator[tuple[int, int, str]]:
    for hotel in page.profile.hotels:
        folded = fold(hotel)
        at = page.folded.find(folded)
        while at >= 0 and folded:
            if (
                not page.folded[at - 1 : at].isalnum()
                and not page.folded[at + len(folded) : at + len(folded) + 1].isalnum()
            ):
                yield at, at + len(folded), "lodging.hotel.rated"
            at = page.folded.find(folded, at + 1)


def _suffixed(page: Page) -> Iterator[tuple[int, int, str]]:
    """ "Leopard Beach Resort", "Bay Hotel": names that end in what they are."""
    for match in re.finditer(rf"\b{_NAME}\b", page.text):
        words = list(re.finditer(r"\S+", match.group()))
        kinds = [
            index
            for index, word in enumerate(words)
            if page.cues["hotel_word"].fullmatch(fold(word.group()).strip("'"))
        ]
        if not kinds or kinds[-1] == 0:
            continue
        first = 0
        while first < kinds[-1] and page.cues["not_name"].fullmatch(fold(words[first].group())):
            if (
                words[first].group() == words[first].group().capitalize()
                and first + 1 < len(words)
                and kinds[0] == first
            ):
                break
            first += 1
        if first < kinds[-1]:
            # A place after the kind belongs to the name ("Beach Resort Zanzibar"), as the customer wrote it.
            yield match.start() + words[first].start(), match.end(), "lodging.hotel.suffix"


def _listed_names(page: Page, offset: int, places: Sequence[Mention], rule: str) -> Iterator[tuple[int, int, str]]:
    """Names joined by commas and "and" after a cue: "prices for Meeru and Kurumba"."""
    position = offset
    while True:
        match = re.match(rf"[\s,:\"'“]{{0,3}}(?:[Tt]he\s+)?({_NAME})", page.text[position : position + 80])
        if match is None:
            return
        start, end = position + match.start(1), position + match.end(1)
        titled = re.search(r"\bHotel\s+$", page.text[max(0, start - 8) : start])
        start -= len(titled.group()) if titled else 0
        # "Kuramathi Maldives" is a hotel and where it stands.
        tail = next((place.start for place in places if start < place.start < end), end)
        end = start + len(page.text[start:tail].rstrip())
        is_place = any(start < place.end and place.start < end for place in places)
        if not is_place and _is_plain_name(page, start, end):
            yield start, end, rule
        joined = re.match(r"\s*(?:,\s*(?:and\s+)?|and\s+|or\s+|&\s*)", page.text[end : end + 12])
        if is_place or joined is None:
            return
        position = end + joined.end()


def _is_plain_name(page: Page, start: int, end: int) -> bool:
    tags = {token.tag for token in page.row.tokens if start <= token.start < end}
    if tags - {"WORD", "OF", "AND", "UNIT", "ADJ", "AT", "ART", "THE", "ROOM", "CLITIC", "TO", "KIN", "IN", "HOTEL"}:
        return False
    if page.cues["not_hotel"].search(page.folded[start:end]) or fold(page.text[start:end]) in known_places(
        page.language
    ):
        return False
    return cue_after(page.cues, "hotel_aside", page.after(end, 20), 0) is False


def _is_refused(page: Page, start: int, end: int) -> bool:
    clause = re.split(r"[.;!?\n]", page.before(start, 50))[-1]
    after = re.split(r"[;\n]", page.after(end, 30))[0]
    if cue_before(page.cues, "hotel_refused", clause, 3):
        return not cue_before(page.cues, "neutral", clause, 3)
    return cue_after(page.cues, "hotel_refused_after", after, 3)
