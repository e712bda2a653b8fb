"""The answers of a web form as findings."""

import re
from collections.abc import Callable
from dataclasses import replace

from tembea.inbox.understand.children import Children, read_children
from tembea.inbox.understand.dates import read_times
from tembea.inbox.understand.findings import Findings, Found, found
from tembea.inbox.understand.forms import Form, FormField
from tembea.inbox.understand.layers import mask
from tembea.inbox.understand.lodging import read_board, read_rooms
from tembea.inbox.understand.money import read_budget
from tembea.inbox.understand.page import Page, Reading
from tembea.inbox.understand.party import read_adults
from tembea.inbox.understand.places import find_destinations, find_unsold, merge_destinations
from tembea.inbox.understand.tokens import pattern
from tembea.quotes.trip import Board, Budget, Evidence

MakePage = Callable[[str], Page]
_NUMBER = pattern("NUM")


class FormReader:
    """Reads the fields of one form; each value is a page of its own, so that no answer colours another."""

    def __init__(self, text: str, form: Form, make_page: MakePage) -> None:
        self._text = text
        self._form = form
        self._make_page = make_page

    def value(self, name: str) -> tuple[str, int] | None:
        """A field's answer as written and where it stands, None where it was left empty."""
        entry = self._form.find(name)
        if entry is None:
            return None
        written = self._text[entry.start : entry.end]
        stripped = written.strip()
        return (
            (stripped, entry.start + written.find(stripped))
            if stripped and stripped not in ("-", "n/a", "N/A")
            else None
        )

    def _page(self, name: str) -> Page | None:
        entry = self._form.find(name)
        if entry is None or self.value(name) is None:
            return None
        return self._make_page(mask(self._text, [(entry.start, entry.end)]))

    def _line_page(self, entry: FormField) -> Page:
        begin = self._text.rfind("\n", 0, entry.start) + 1
        return self._make_page(mask(self._text, [(begin, entry.end)]))

    def read(self) -> Findings:
        """Every answered field."""
        findings = self._times()
        return replace(
            self._places(findings),
            adults=self._adults(),
            children=self._children(findings),
            rooms=self._rooms(),
            board=self._board(),
            budget=self._budget(),
        )

    def _times(self) -> Findings:
        findings = Findings()
        page = self._page("check_in")
        if page is not None:
            times = read_times(page)
            for span in times.spans[:1]:
                findings = replace(
                    findings, check_in=found(page, Reading(span.first, span.start, span.end, "form.check_in"))
                )
                if span.until is not None:
                    findings = replace(
                        findings, check_out=found(page, Reading(span.until, span.start, span.end, "form.check_in"))
                    )
            if not times.spans and times.months:
                month = times.months[0]
                reading = Reading(month.month, month.start, month.end, "form.month")
                findings = replace(
                    findings, month=found(page, reading), flexible=found(page, reading.map(lambda _: True))
                )
        findings = self._check_out(findings)
        return replace(findings, nights=self._nights())

    def _check_out(self, findings: Findings) -> Findings:
        page = self._page("check_out") or self._second_day()
        spans = read_times(page).spans if page is not None else ()
        if page is None or not spans:
            return findings
        return replace(
            findings, check_out=found(page, Reading(spans[0].first, spans[0].start, spans[0].end, "form.check_out"))
        )

    def _second_day(self) -> Page | None:
        """ "Departure" below "Arrival" is the last day, although alone it is the first."""
        days = [entry for entry in self._form.fields if entry.name == "check_in"]
        return self._make_page(mask(self._text, [(days[1].start, days[1].end)])) if len(days) > 1 else None

    def _nights(self) -> Found[int] | None:
        page, entry = self._page("nights"), self._form.find("nights")
        if page is None or entry is None:
            return None
        lengths = read_times(page).lengths
        if lengths:
            return found(page, Reading(lengths[0].nights, lengths[0].start, lengths[0].end, "form.nights"))
        number = self._number("nights")
        less = 1 if page.cues["form_days"].search(entry.label) else 0
        return Found(number.value - less, number.evidence) if number is not None and number.value > less else None

    def _number(self, name: str) -> Found[int] | None:
        page = self._page(name)
        hit = page.row.first(_NUMBER) if page is not None else None
        if page is None or hit is None:
            return None
        return found(page, Reading(page.row.tokens[hit.first].whole, hit.start, hit.end, f"form.{name}"))

    def _adults(self) -> Found[int] | None:
        number = self._number("adults")
        if number is not None:
            return number if number.value > 0 else None
        page = self._page("people")
        if page is None:
            return None
        children = read_children(page, None)
        reading = read_adults(page, children)
        if reading is not None:
            return found(page, reading)
        people, young = self._number("people"), self._number("children")
        if people is None or children is not None or (young is None and self.value("children") is not None):
            return None
        grown = people.value - (young.value if young is not None else 0)
        return replace(people, value=grown) if grown > 0 else None

    def _children(self, findings: Findings) -> Found[Children] | None:
        asked = [name for name in ("children", "ages") if self.value(name) is not None]
        ages: list[int] = []
        count: int | None = None
        evidence: Evidence | None = None
        for name in asked:
            page = self._page(name)
            numbers = [token for token in page.row.tokens if token.tag == "NUM" and token.number < 100] if page else []
            if page is None or not numbers:
                continue
            evidence = page.evidence(Reading(0, numbers[0].start, numbers[-1].end, f"form.{name}"))
            if name == "children":
                count, numbers = numbers[0].whole, numbers[1:]
            ages += [_age(page, token.end, token.whole) for token in numbers]
        if count == 0 or evidence is None:
            page = self._page("people")
            read = read_children(page, findings.first_day) if page is not None else None
            return (
                Found(read, page.evidence(Reading(0, read.start, read.end, "form.people"))) if page and read else None
            )
        told = Children(tuple(sorted(ages)), max(count or 0, len(ages)), 0, True, True, rule="party.children")
        return Found(told, evidence)

    def _rooms(self) -> Found[int] | None:
        page = self._page("rooms")
        if page is None:
            return None
        reading = found(page, read_rooms(page))
        number = self._number("rooms")
        return reading or (number if number is not None and 0 < number.value < 300 else None)

    def _board(self) -> Found[Board] | None:
        page = self._page("board")
        return found(page, read_board(page)) if page is not None else None

    def _budget(self) -> Found[Budget] | None:
        entry = self._form.find("budget")
        if entry is None or self.value("budget") is None:
            return None
        page = self._line_page(entry)
        return found(page, read_budget(page))

    def _places(self, findings: Findings) -> Findings:
        page = self._page("destination")
        hotel = self.value("hotel")
        if hotel is not None:
            name, start = hotel
            findings = replace(findings, hotels=(Found(name, Evidence(name, start, start + len(name), "form.hotel")),))
        if page is None:
            return findings
        mentions = find_destinations(page)
        sold = merge_destinations(mentions)
        unsold = find_unsold(page, [reading.value for reading in sold], mentions)
        return replace(
            findings,
            destinations=tuple(Found(reading.value, page.evidence(reading)) for reading in sold),
            unsold=tuple(Found(reading.value, page.evidence(reading)) for reading in unsold),
        )


def _age(page: Page, end: int, number: int) -> int:
    """Completed years; a number of months counts as the years in it."""
    return number // 12 if page.cues["form_months"].match(re.sub(r"^\s+", "", page.folded[end : end + 12])) else number
