"""Which of the days, months and lengths on a page are the trip's: first and last day, nights, month, how firm."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tembea.inbox.understand.date_forms import Length, MonthMention, Role, Span, Times
from tembea.inbox.understand.dates import read_times
from tembea.inbox.understand.page import Page, Reading
from tembea.inbox.understand.tokens import pattern
from tembea.inbox.understand.wording import cue_after, cue_before

Place = tuple[int, int, str]
"""Where a destination is named: start, end, its name."""

_SEASON = pattern("SEASON|RELYEAR")
_ANY_NIGHTS = pattern("ANYWORD NUM (?:NIGHT|DAY)")


@dataclass(frozen=True, slots=True)
class Stay:
    """What one page says of the trip's time; each part None where it is silent. `change` is nights on top."""

    check_in: Reading[date] | None = None
    check_out: Reading[date] | None = None
    nights: Reading[int] | None = None
    month: Reading[str] | None = None
    flexible: Reading[bool] | None = None
    change: Reading[int] | None = None


def read_stay(page: Page, places: Sequence[Place]) -> Stay:
    """The trip's time as this page puts it."""
    times = read_times(page)
    spans = _moved(page, [_with_role(page, span, times.spans) for span in _trip_spans(page, times.spans)])
    lengths = [length for length in times.lengths if _is_length_of_trip(page, length)]
    change = _change(page, lengths)
    nights = None if change else _nights(page, lengths, places)
    months = [month for month in times.months if not _is_aside(page, month.start, month.end)]
    stay = _from_spans(page, spans, nights) if spans else Stay(nights=nights)
    if not spans and times.easters:
        stay = _from_easter(times.easters[0], nights)
    if not stay.check_in and months and not stay.month:
        stay = replace(stay, month=_month(months[0]))
    stay = _with_weekend(stay, lengths, spans)
    return replace(stay, change=change, flexible=_flexible(page, times, stay, lengths))


def _is_aside(page: Page, start: int, end: int, told: str | None = None) -> bool:
    """Whether something else than the trip falls there; `told` is what stands before, where that is known."""
    before, after = page.before(start) if told is None else told, page.after(end, 40)
    if cue_before(page.cues, "event", before, 4) or cue_before(page.cues, "birth", before, 5):
        return True
    return cue_after(page.cues, "birth", after, 3) or page.cues.found("elsewhere", _clause(page, start, end))


def _clause(page: Page, start: int, end: int) -> str:
    """The words on the same line and in the same sentence."""
    left = page.before(start, 200).rpartition("\n")[2]
    right = page.after(end, 200).partition("\n")[0]
    return left + page.folded[start:end] + right


def _between_spans(page: Page, span: Span, spans: Sequence[Span]) -> str:
    """What stands before a span, back to the span before it."""
    previous = max((other.end for other in spans if other.end <= span.start), default=0)
    return page.before(span.start)[-(span.start - previous) :] if span.start > previous else ""


def _trip_spans(page: Page, spans: Sequence[Span]) -> list[Span]:
    """The days that are the trip's; what is listed after a day that is not ("31 March, 30 April and 31 May") is not."""
    kept: list[Span] = []
    dropped: Span | None = None
    for span in spans:
        listed = dropped is not None and re.fullmatch(r"[\s,;&]*(?:\w{1,3})?\s*", page.folded[dropped.end : span.start])
        if listed or not _is_of_the_trip(page, span, spans):
            dropped = span
        else:
            kept.append(span)
    return kept


def _is_of_the_trip(page: Page, span: Span, spans: Sequence[Span]) -> bool:
    before = _between_spans(page, span, spans)
    if _is_aside(page, span.start, span.end, before) and not cue_before(page.cues, "arrive", before, 3):
        return False
    if cue_before(page.cues, "negation", before, 2):
        return False
    if not page.is_past and cue_before(page.cues, "past", before, 4):
        return False
    if span.rule == "dates.day_of_month" and not (
        _tag_before(page, span.start) == "FROM"
        or any(cue_before(page.cues, role.value, before, 3) for role in (Role.ARRIVE, Role.DEPART, Role.RETURN))
    ):
        return False
    clause = re.split(r"[,;()]", before)[-1]
    is_deadline = cue_before(page.cues, "by", clause, 1) and not cue_before(page.cues, "return", before, 5)
    return not is_deadline


def _tag_before(page: Page, offset: int) -> str:
    """The tag of the token before an offset, empty at the beginning."""
    index = page.row.first_from(offset)
    return page.row.tokens[index - 1].tag if index else ""


def _with_role(page: Page, span: Span, spans: Sequence[Span]) -> Span:
    before = _between_spans(page, span, spans)
    after = page.after(span.end, 30).partition("\n")[0]
    ranked: list[tuple[int, Role]] = []
    for role in (Role.ARRIVE, Role.DEPART, Role.RETURN):
        found = [match.end() for match in page.cues[role.value].finditer(before)]
        if found and len(re.findall(r"\w+", before[found[-1] :])) <= 6:
            ranked.append((found[-1], role))
    if ranked:
        return replace(span, role=max(ranked)[1])
    for role in (Role.RETURN, Role.ARRIVE):
        if cue_after(page.cues, role.value, after, 2):
            return replace(span, role=role)
    return span


def _moved(page: Page, spans: list[Span]) -> list[Span]:
    """ "Move it from the 3rd to the 10th": of days joined by a move, only the last one stands."""
    kept: list[Span] = []
    for span in spans:
        sentence_start = span.start - len(page.before(span.start, 200))
        has_move = page.cues.found("move", page.folded[sentence_start : span.start])
        if has_move and kept and kept[-1].start >= sentence_start and _is_joined(page, kept[-1], span):
            kept.pop()
        if has_move and span.until is not None and span.role is Role.ARRIVE and _begins_with_from(page, span):
            span = replace(span, first=span.until, until=None)
        kept.append(span)
    return kept


def _begins_with_from(page: Page, span: Span) -> bool:
    return any(token.start == span.start and token.tag == "FROM" for token in page.row.tokens)


def _is_joined(page: Page, first: Span, second: Span) -> bool:
    return page.cues["joined"].fullmatch(page.folded[first.end : second.start].strip()) is not None


def _is_length_of_trip(page: Page, length: Length) -> bool:
    before, after = page.before(length.start, 40), page.after(length.end, 30)
    if cue_before(page.cues, "negation", before, 1) or cue_after(page.cues, "ago", after, 1):
        return False
    if page.cues.found("elsewhere", _clause(page, length.start, length.end)):
        return False
    return page.is_past or not cue_before(page.cues, "past", before, 3)


def _change(page: Page, lengths: Sequence[Length]) -> Reading[int] | None:
    """Nights added to or taken from what was agreed, unless the new total is told as well."""
    if any(page.cues.found("total", _clause(page, length.start, length.end)) for length in lengths):
        return None
    for name, sign in (("extend", 1), ("shorten", -1)):
        for length in lengths:
            # "Extend it to nine nights" tells the new length and no addition.
            if _tag_before(page, length.start) in ("TO", "TILL", "ON"):
                return None
            if cue_before(page.cues, name, page.before(length.start, 30), 3):
                return Reading(sign * length.nights, length.start, length.end, f"stay.{name}")
    for name, sign in (("extend", 1), ("shorten", -1)):
        for hit in page.row.find(pattern("(?P<n>NUM|ART) OTHERADJ? NIGHT")):
            if cue_before(page.cues, name, page.before(hit.start, 30), 3):
                return Reading(sign * max(1, hit.number("n")), hit.start, hit.end, f"stay.{name}")
    return None


def _nights(page: Page, lengths: Sequence[Length], places: Sequence[Place]) -> Reading[int] | None:
    counted = [length for length in lengths if not length.is_weekend]
    if not counted:
        return None
    for length in counted:
        if page.cues.found("total", page.after(length.end, 20)) or cue_before(
            page.cues, "total", page.before(length.start, 20), 2
        ):
            return _as_nights(length)
    by_place: dict[str, Length] = {}
    for length in counted:
        place = _place_of(page, length, places)
        if place is not None:
            by_place.setdefault(place, length)
    legs = list(by_place.values())
    whole = sum(leg.nights for leg in legs)
    if len(legs) > 1 and not any(length.nights == whole for length in counted):
        return Reading(whole, legs[0].start, legs[-1].end, "stay.legs")
    longest = next((length for length in counted if len(legs) > 1 and length.nights == whole), counted[0])
    return _as_nights(longest)


def _place_of(page: Page, length: Length, places: Sequence[Place]) -> str | None:
    """The destination that stands nearest to a length of stay, within its clause."""
    near: list[tuple[int, bool, str]] = []
    for start, end, name in places:
        is_after = start >= length.end
        between = page.folded[length.end : start] if is_after else page.folded[end : length.start]
        if len(between) <= 40 and "\n\n" not in between and ". " not in between:
            # "3 nights in Kruger" binds closer than "Kruger, 3 nights", and a comma, "and" or "then" loosens.
            joints = page.row.tags_within(length.end if is_after else end, start if is_after else length.start)
            loose = 10 * (len(re.findall(r"[;+\n]", between)) + sum(tag in _JOINTS for tag in joints))
            near.append((len(between) + loose, not is_after, name))
    return min(near)[2] if near else None


_JOINTS = frozenset({"COMMA", "AND", "THEN", "OR"})


def _as_nights(length: Length) -> Reading[int]:
    return Reading(length.nights, length.start, length.end, length.rule)


def _from_spans(page: Page, spans: Sequence[Span], nights: Reading[int] | None) -> Stay:
    ranges = [span for span in spans if span.until is not None]
    if ranges:
        return _from_ranges(page, ranges, nights)
    returns = [span for span in spans if span.role is Role.RETURN]
    others = [span for span in spans if span.role is not Role.RETURN] or []
    if not others:
        return Stay(check_out=_first(returns[-1]), nights=nights)
    arrivals = [span for span in others if span.role is Role.ARRIVE]
    corrected = [span for span in others if cue_before(page.cues, "correction", page.before(span.start, 30), 4)]
    begin = (corrected or [min(arrivals or others, key=lambda span: (span.first, span.start))])[-1]
    later = [span for span in spans if span.first > begin.first]
    ends = [span for span in later if span.role is Role.RETURN] or [
        span for span in later if span.role is Role.DEPART or _fits(begin, span, nights)
    ]
    end = max(ends, key=lambda span: span.first) if ends else None
    return Stay(check_in=_first(begin), check_out=_first(end) if end else None, nights=None if end else nights)


def _fits(begin: Span, end: Span, nights: Reading[int] | None) -> bool:
    return nights is None or begin.first + timedelta(days=nights.value) == end.first


def _from_ranges(page: Page, ranges: Sequence[Span], nights: Reading[int] | None) -> Stay:
    corrected = [span for span in ranges if cue_before(page.cues, "correction", page.before(span.start, 40), 5)]
    chosen = corrected[-1] if corrected else ranges[0]
    until = chosen.until or chosen.first
    for span in ranges:
        if (
            not corrected
            and span.until is not None
            and until <= span.first <= until + timedelta(days=1)
            and span is not chosen
        ):
            until = span.until
    is_loose = chosen.is_between or page.row.first(_ANY_NIGHTS) is not None
    if nights is not None and nights.value < (until - chosen.first).days and is_loose:
        month = Reading(f"{chosen.first:%Y-%m}", chosen.start, chosen.end, "stay.window")
        return Stay(nights=nights, month=month)
    begin = Reading(chosen.first, chosen.start, chosen.end, chosen.rule)
    return Stay(check_in=begin, check_out=Reading(until, chosen.start, chosen.end, chosen.rule))


def _first(span: Span) -> Reading[date]:
    return Reading(span.first, span.start, span.end, f"{span.rule}.{span.role.value}")


def _from_easter(easter: Span, nights: Reading[int] | None) -> Stay:
    days = (easter.until - easter.first).days if easter.until else 0
    if nights is not None and nights.value != days:
        return Stay(nights=nights, month=Reading(f"{easter.first:%Y-%m}", easter.start, easter.end, easter.rule))
    begin = Reading(easter.first, easter.start, easter.end, easter.rule)
    return Stay(check_in=begin, check_out=begin.map(lambda _: easter.until or easter.first))


def _month(mention: MonthMention) -> Reading[str]:
    return Reading(mention.month, mention.start, mention.end, mention.rule)


def _with_weekend(stay: Stay, lengths: Sequence[Length], spans: Sequence[Span]) -> Stay:
    """A weekend lasts two nights where nothing else is said."""
    weekend = next((length for length in lengths if length.is_weekend), None)
    if weekend is None or stay.nights or stay.check_out or not (stay.check_in or stay.month):
        return stay
    return replace(stay, nights=_as_nights(weekend)) if spans or stay.month else stay


def _flexible(page: Page, times: Times, stay: Stay, lengths: Sequence[Length]) -> Reading[bool] | None:
    """Whether the dates may move; None where the page does not say."""
    if stay.month is not None:
        return stay.month.map(lambda _: True)
    if page.cues.found("inflexible", page.folded):
        return None
    least = next((length for length in lengths if length.is_least), None)
    if least is not None:
        return Reading(True, least.start, least.end, "stay.range_of_nights")
    for match in page.cues["flexible"].finditer(page.folded):
        if not page.cues.found("money", _near(page, match.start(), match.end())):
            return Reading(True, match.start(), match.end(), "stay.flexible")
    for span in times.spans:
        if cue_before(page.cues, "around", page.before(span.start, 30), 1):
            return Reading(True, span.start, span.end, "stay.around")
    if stay.check_in is None:
        season = page.row.first(_SEASON)
        if season is not None and not page.is_past:
            return Reading(True, season.start, season.end, "stay.season")
    return None


def _near(page: Page, start: int, end: int) -> str:
    return page.before(start, 30) + page.folded[start:end] + page.after(end, 30)
