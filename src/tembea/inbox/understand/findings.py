"""What one part of a mail says of the trip, and how parts are laid over each other: the newer words win."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

from tembea.inbox.understand.children import Children, read_children
from tembea.inbox.understand.lodging import read_board, read_hotels, read_rooms
from tembea.inbox.understand.money import read_budget
from tembea.inbox.understand.page import Page, Reading
from tembea.inbox.understand.party import PARTNER_NAMED, listed_children, read_adults
from tembea.inbox.understand.places import find_destinations, find_unsold, merge_destinations
from tembea.inbox.understand.stay import Stay, read_stay
from tembea.quotes.trip import Board, Budget, Evidence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value with the evidence for it."""

    value: T
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Findings:
    """All that one part of a mail says; None or empty where it is silent."""

    check_in: Found[date] | None = None
    check_out: Found[date] | None = None
    nights: Found[int] | None = None
    change: Found[int] | None = None
    month: Found[str] | None = None
    flexible: Found[bool] | None = None
    destinations: tuple[Found[str], ...] = ()
    unsold: tuple[Found[str], ...] = ()
    hotels: tuple[Found[str], ...] = ()
    adults: Found[int] | None = None
    children: Found[Children] | None = None
    rooms: Found[int] | None = None
    board: Found[Board] | None = None
    budget: Found[Budget] | None = None

    @property
    def has_time(self) -> bool:
        """Whether any day, month or length is told."""
        return bool(self.check_in or self.check_out or self.nights or self.month)

    @property
    def first_day(self) -> date | None:
        """The day that ages are counted to: check-in, else the first of the month of travel."""
        if self.check_in is not None:
            return self.check_in.value
        if self.check_out is not None and self.nights is not None:
            return self.check_out.value - timedelta(days=self.nights.value)
        return date.fromisoformat(f"{self.month.value}-01") if self.month is not None else None


def found(page: Page, reading: Reading[T] | None) -> Found[T] | None:
    """A reading with its evidence."""
    return None if reading is None else Found(reading.value, page.evidence(reading))


def read_findings(page: Page, born_to: date | None = None) -> Findings:
    """Everything on a page; `born_to` is the day to count birthdays to where the page names no day itself."""
    if page.is_blank:
        return Findings()
    mentions = find_destinations(page)
    destinations = merge_destinations(mentions)
    unsold = find_unsold(page, [reading.value for reading in destinations], mentions)
    legs = [(mention.start, mention.end, mention.name) for mention in mentions]
    stay = read_stay(page, [*legs, *((place.start, place.end, place.value) for place in unsold)])
    findings = _with_stay(page, stay)
    children = read_children(page, findings.first_day or born_to) or listed_children(page)
    adults = read_adults(page, children)
    return replace(
        findings,
        destinations=_all(page, destinations),
        unsold=_all(page, unsold),
        hotels=_all(page, read_hotels(page, mentions)),
        adults=found(page, adults),
        children=found(page, Reading(children, children.start, children.end, children.rule) if children else None),
        rooms=found(page, read_rooms(page)),
        board=found(page, read_board(page)),
        budget=None if page.by_agency else found(page, read_budget(page)),
    )


def _with_stay(page: Page, stay: Stay) -> Findings:
    return Findings(
        check_in=found(page, stay.check_in),
        check_out=found(page, stay.check_out),
        nights=found(page, stay.nights),
        change=found(page, stay.change),
        month=found(page, stay.month),
        flexible=found(page, stay.flexible),
    )


def _all(page: Page, readings: Sequence[Reading[str]]) -> tuple[Found[str], ...]:
    return tuple(Found(reading.value, page.evidence(reading)) for reading in readings)


def overlay(newer: Findings, older: Findings) -> Findings:
    """The newer words, filled up with the older ones where they are silent."""
    time = _overlay_time(newer, older)
    return replace(
        time,
        destinations=newer.destinations or (() if newer.unsold else older.destinations),
        unsold=newer.unsold or (() if newer.destinations else older.unsold),
        hotels=newer.hotels or older.hotels,
        adults=_firmer(newer.adults, older.adults),
        children=_overlay_children(newer.children, older.children),
        rooms=newer.rooms or older.rooms,
        board=newer.board or older.board,
        budget=newer.budget or older.budget,
    )


def _firmer(newer: Found[int] | None, older: Found[int] | None) -> Found[int] | None:
    """The newer count, unless just a partner was named where the older words count."""
    if newer is not None and older is not None and newer.evidence.rule == PARTNER_NAMED:
        return older
    return newer or older


def _overlay_children(newer: Found[Children] | None, older: Found[Children] | None) -> Found[Children] | None:
    """The newer count; where just the known ages of before are missing from it, those too."""
    if newer is None or older is None:
        return newer or older
    ages = (*newer.value.ages, *older.value.ages)
    if newer.value.lacks_an_age and len(ages) == newer.value.count and newer.value.ages:
        return replace(newer, value=replace(newer.value, ages=tuple(sorted(ages))))
    return newer


def _overlay_time(newer: Findings, older: Findings) -> Findings:
    """Days: a moved check-in keeps the nights, a new length keeps the check-in, a new check-out keeps the check-in."""
    nights = newer.nights or (None if newer.check_in and newer.check_out else _older_nights(newer, older))
    base = older.nights or _span_nights(older)
    change = newer.change
    if change is not None and base is not None:
        nights, change = Found(base.value + change.value, change.evidence), None
    check_in = newer.check_in or (None if newer.month else older.check_in)
    keeps_end = not (newer.check_in or newer.nights or newer.change or newer.month)
    check_out = newer.check_out or (older.check_out if keeps_end else None)
    month = newer.month or (None if check_in else older.month)
    told = newer.has_time or newer.flexible is not None
    flexible = newer.flexible if told else older.flexible
    return replace(
        newer, check_in=check_in, check_out=check_out, nights=nights, change=change, month=month, flexible=flexible
    )


def _older_nights(newer: Findings, older: Findings) -> Found[int] | None:
    if newer.check_out is not None:
        return None
    return older.nights or _span_nights(older)


def _span_nights(findings: Findings) -> Found[int] | None:
    if findings.check_in is None or findings.check_out is None:
        return None
    return Found((findings.check_out.value - findings.check_in.value).days, findings.check_out.evidence)
