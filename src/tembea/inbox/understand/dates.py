"""Days, ranges, months and lengths of stay on a page; `stay` decides which of them are the trip's."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tembea.inbox.understand import calendar, date_forms
from tembea.inbox.understand.date_forms import Length, MonthMention, Span, Times
from tembea.inbox.understand.page import Page
from tembea.inbox.understand.tokens import Hit, Token
from tembea.inbox.understand.wording import cue_before

_LONGEST_RANGE_DAYS = 366
Days = tuple[date, date | None]
_UNIT_DAYS = {"DAY": 1, "WEEK": 7, "FORTNIGHT": 14}


@dataclass(frozen=True, slots=True)
class _Partial:
    """A day as far as its own words say it; `ahead` counts months from the month of receipt."""

    day: int
    month: int | None = None
    year: int | None = None
    ahead: int | None = None


def read_times(page: Page) -> Times:
    """All that a page says about time, each stretch of words read once and in its longest form."""
    known = page.memo.get("times")
    if not isinstance(known, Times):
        known = page.memo["times"] = _TimeReader(page).read()
    return known


class _TimeReader:
    def __init__(self, page: Page) -> None:
        self._page = page
        self._taken: list[tuple[int, int]] = []
        self._anchor: tuple[int, int] | None = None

    def read(self) -> Times:
        lengths = self._lengths()
        spans = [
            *self._spans(date_forms.RANGE, self._range, "dates.range"),
            *self._spans(date_forms.WEEKS_FROM, self._weeks_from, "dates.weeks_from_day"),
            *self._spans(date_forms.SINGLE, self._single, "dates.day"),
            *self._spans(date_forms.NTH_WEEKDAY, self._nth_weekday, "dates.nth_weekday"),
            *self._spans(date_forms.WEEKDAY_TO, self._weekday_range, "dates.weekday_range"),
            *self._spans(date_forms.NAMED_WEEKDAY, self._named_weekday, "dates.weekday"),
            *self._spans(date_forms.BARE_WEEKDAY, self._bare_weekday, "dates.weekday"),
            *self._spans(date_forms.NAMED_WEEKEND, self._weekend, "dates.weekend"),
            *self._spans(date_forms.TOMORROW, lambda _: (self._page.today + timedelta(days=1), None), "dates.tomorrow"),
            *self._spans(date_forms.IN_WEEKS, self._in_weeks, "dates.weeks_ahead"),
        ]
        easters = self._spans(date_forms.EASTER, self._easter, "dates.easter")
        months = [*self._months(), *self._next_months(), *self._feasts()]
        self._anchor = self._find_anchor(spans, months)
        spans += self._spans(date_forms.BARE_DAY, self._bare_day, "dates.day_of_month")
        return Times(
            tuple(sorted(spans, key=lambda span: span.start)),
            tuple(sorted(months, key=lambda month: month.start)),
            tuple(length for length in lengths if not self._overlaps_day(length)),
            tuple(easters),
        )

    def _overlaps_day(self, length: Length) -> bool:
        return any(length.start < end and start < length.end for start, end in self._taken)

    def _spans(self, wanted: re.Pattern[str], resolve: Callable[[Hit], Days | None], rule: str) -> list[Span]:
        found: list[Span] = []
        for hit in self._page.row.find(wanted):
            days = None if self._is_taken(hit.start, hit.end) else resolve(hit)
            if days is not None:
                self._taken.append((hit.start, hit.end))
                is_window = "between" in hit.groups and hit.has("between")
                found.append(Span(days[0], days[1], hit.start, hit.end, rule, is_between=is_window))
        return found

    def _is_taken(self, start: int, end: int) -> bool:
        return any(start < other_end and other_start < end for other_start, other_end in self._taken)

    def _partial(self, hit: Hit, tag: str) -> _Partial | None:
        numeric = hit.one(f"x{tag}")
        if numeric is not None:
            year, month, day = (int(part) for part in numeric.word.split("-"))
            return _Partial(day, month, year or None)
        for day_group, month_group, year_group in (("d", "m", "y"), ("e", "n", "z")):
            if hit.has(day_group + tag):
                year = self._year(hit.one(year_group + tag))
                return _Partial(hit.number(day_group + tag), hit.number(month_group + tag), year)
        relative = hit.one(f"q{tag}")
        if relative is not None:
            return _Partial(hit.number(f"r{tag}"), ahead=1 if relative.tag == "NEXT" else 0)
        if f"b{tag}" in hit.groups and hit.has(f"b{tag}"):
            return _Partial(hit.number(f"b{tag}"), year=self._year(hit.one(f"c{tag}")))
        return None

    def _year(self, token: Token | None) -> int | None:
        if token is None:
            return None
        return self._page.today.year + token.whole if token.tag == "RELYEAR" else token.whole

    def _single(self, hit: Hit) -> Days | None:
        partial = self._partial(hit, "1")
        day = self._resolve(partial, self._year_nearby(hit)) if partial else None
        return (day, None) if day else None

    def _range(self, hit: Hit) -> Days | None:
        first, second = self._partial(hit, "1"), self._partial(hit, "2")
        if first is None or second is None or max(first.day, second.day) > 31:
            return None
        if first.month is None and second.month is None and first.ahead is None and second.ahead is None:
            return self._bare_range(hit, first, second)
        first, second = _shared(first, second), _shared(second, first)
        nearby = self._year_nearby(hit)
        until = self._resolve(second, nearby)
        since = self._resolve(first, nearby)
        if since is None or until is None:
            return None
        if first.year is None and second.year is not None:
            since = self._resolve(replace(first, year=second.year), None)
            if since is not None and since > until:
                since = self._resolve(replace(first, year=second.year - 1), None)
        elif second.year is None and until <= since:
            until = calendar.next_such(until.month, until.day, since)
        elif second.year is None and (until - since).days > _LONGEST_RANGE_DAYS:
            # Only 29 February can be that far off: the first day then belongs to the same leap year.
            since = calendar.last_such(since.month, since.day, until)
        if since is None or until is None or since >= until:
            return None
        return since, until

    def _bare_range(self, hit: Hit, first: _Partial, second: _Partial) -> Days | None:
        ordinals = [token for name in ("b1", "b2") for token in hit.group(name) if token.tag == "ORD"]
        if len(ordinals) < 2 or self._page.folded[hit.start : hit.end].count("'"):
            return None
        anchor = self._find_anchor([], self._peek_months())
        since = self._day_in(anchor, first.day) or calendar.next_day_of_month(first.day, self._page.today)
        until = calendar.next_day_of_month(second.day, since) if since else None
        return (since, until) if since and until else None

    def _resolve(self, partial: _Partial, nearby_year: int | None) -> date | None:
        today = self._page.today
        if partial.ahead is not None:
            return calendar.day_or_none(*calendar.add_months(today.year, today.month, partial.ahead), partial.day)
        if partial.month is None:
            return None
        if partial.year is not None:
            return calendar.day_or_none(partial.year, partial.month, partial.day)
        if nearby_year is not None:
            found = calendar.day_or_none(nearby_year, partial.month, partial.day)
            if found is not None and found > today:
                return found
        find = calendar.last_such if self._page.is_past else calendar.next_such
        return find(partial.month, partial.day, today)

    def _year_nearby(self, hit: Hit) -> int | None:
        """A year that the same sentence names apart from any date: "next year, 3 to 10 May"."""
        row = self._page.row
        first, last = row.sentence(hit.first)
        years = {
            self._year(token)
            for index, token in enumerate(row.tokens[first : last + 1], first)
            if token.tag in ("YEAR", "RELYEAR") and not hit.first <= index <= hit.last
        }
        return years.pop() if len(years) == 1 else None

    def _nth_weekday(self, hit: Hit) -> Days | None:
        nth = -1 if hit.one("nth") and hit.group("nth")[0].tag == "LAST" else hit.number("nth")
        month, year = hit.number("m"), self._year(hit.one("y"))
        for candidate in [year] if year else [self._page.today.year, self._page.today.year + 1]:
            found = calendar.nth_weekday(candidate, month, hit.number("w"), nth)
            if found is not None and (year or found > self._page.today):
                return found, None
        return None

    def _weekday_range(self, hit: Hit) -> Days:
        is_next = any(token.tag == "NEXT" for token in hit.group("how1"))
        find = calendar.weekday_of_next_week if is_next else calendar.coming_weekday
        first = find(hit.number("w1"), self._page.today)
        return first, calendar.coming_weekday(hit.number("w2"), first)

    def _named_weekday(self, hit: Hit) -> Days:
        if hit.group("how")[0].tag == "NEXT":
            return calendar.weekday_of_next_week(hit.number("w"), self._page.today), None
        return calendar.coming_weekday(hit.number("w"), self._page.today), None

    def _bare_weekday(self, hit: Hit) -> Days | None:
        """ "Starting Tuesday": a weekday alone is a day of the trip only right after what one does on it."""
        before = self._page.before(hit.start, 25)
        if not any(cue_before(self._page.cues, name, before, 0) for name in ("arrive", "depart", "return")):
            return None
        return calendar.coming_weekday(hit.number("w"), self._page.today), None

    def _weekend(self, hit: Hit) -> Days:
        is_next = hit.group("how")[0].tag == "NEXT"
        find = calendar.weekday_of_next_week if is_next else calendar.coming_weekday
        friday = find(4, self._page.today)
        return friday, friday + timedelta(days=2)

    def _in_weeks(self, hit: Hit) -> Days:
        unit = (hit.one("u") or hit.group("u2")[0]).tag
        count = max(1, hit.number("n") or hit.number("n2"))
        return self._page.today + timedelta(days=count * _UNIT_DAYS[unit]), None

    def _weeks_from(self, hit: Hit) -> Days | None:
        after = next((other for other in self._page.row.find(date_forms.SINGLE) if other.first == hit.last + 1), None)
        day = self._single(after) if after else None
        if after is None or day is None or max(1, hit.number("n")) > 8:
            return None
        self._taken.append((after.start, after.end))
        return day[0], day[0] + timedelta(days=7 * max(1, hit.number("n")))

    def _easter(self, hit: Hit) -> Days | None:
        year = self._year(hit.one("y")) or self._year_nearby(hit)
        if hit.group("e")[0].tag == "EASTER_HOLIDAY":
            return None
        return calendar.next_easter(self._page.today, year)

    def _months(self) -> list[MonthMention]:
        found: list[MonthMention] = []
        for hit in self._page.row.find(date_forms.MONTHS):
            if self._is_taken(hit.start, hit.end) or not self._is_month(hit):
                continue
            year = next((self._year(token) for name in ("y", "y2") for token in hit.group(name)), None)
            year = year or next((self._year(token) for token in hit.group("r") if token.tag == "RELYEAR"), None)
            found.append(self._month(hit.number("m"), year or self._year_nearby(hit), hit, "dates.month"))
            self._taken.append((hit.start, hit.end))
        return found

    def _is_month(self, hit: Hit) -> bool:
        token = hit.group("m")[0]
        if token.tag == "MONTH":
            return True
        previous = self._page.row.tokens[hit.first - 1].tag if hit.first else ""
        held_up = any(hit.has(name) for name in ("early", "holiday", "y", "m2"))
        capital = self._page.text[token.start].isupper()
        return held_up or (previous in ("IN", "OF", "OR", "TILL", "COLON", "THIS", "NEXT", "ON", "FOR") and capital)

    def _month(self, month: int, year: int | None, hit: Hit, rule: str) -> MonthMention:
        today = self._page.today
        if year is None or (year, month) < (today.year, today.month):
            ahead = month < today.month
            year = today.year + (1 if ahead else 0)
        return MonthMention(f"{year:04}-{month:02}", hit.start, hit.end, rule)

    def _next_months(self) -> list[MonthMention]:
        found: list[MonthMention] = []
        for hit in self._page.row.find(date_forms.NEXT_MONTH):
            if not self._is_taken(hit.start, hit.end):
                ahead = 1 if hit.group("q")[0].tag == "NEXT" else 0
                year, month = calendar.add_months(self._page.today.year, self._page.today.month, ahead)
                found.append(MonthMention(f"{year:04}-{month:02}", hit.start, hit.end, "dates.next_month"))
        return found

    def _feasts(self) -> list[MonthMention]:
        found: list[MonthMention] = []
        for hit in self._page.row.find(date_forms.FEAST):
            year = self._year(hit.one("y")) or self._year_nearby(hit)
            found.append(self._month(hit.number("m"), year, hit, "dates.feast"))
        for hit in self._page.row.find(date_forms.EASTER):
            if hit.group("e")[0].tag == "EASTER_HOLIDAY":
                friday, _ = calendar.next_easter(self._page.today, self._year(hit.one("y")) or self._year_nearby(hit))
                found.append(MonthMention(f"{friday:%Y-%m}", hit.start, hit.end, "dates.easter_holidays"))
        return found

    def _peek_months(self) -> list[MonthMention]:
        hits = [hit for hit in self._page.row.find(date_forms.MONTHS) if self._is_month(hit)]
        return [self._month(hit.number("m"), self._year(hit.one("y")), hit, "dates.month") for hit in hits]

    def _find_anchor(self, spans: list[Span], months: list[MonthMention]) -> tuple[int, int] | None:
        """The month that a day's bare number belongs to: the one named with a day, else the first one named."""
        if spans:
            return spans[0].first.year, spans[0].first.month
        if months:
            return int(months[0].month[:4]), int(months[0].month[5:])
        return self._page.month_before

    def _day_in(self, anchor: tuple[int, int] | None, day: int) -> date | None:
        return calendar.day_or_none(*anchor, day) if anchor else None

    def _bare_day(self, hit: Hit) -> Days | None:
        day = hit.number("b1") or hit.number("b3")
        found = self._day_in(self._anchor, day) or calendar.next_day_of_month(day, self._page.today)
        return (found, None) if found else None

    def _lengths(self) -> list[Length]:
        return [length for hit in self._page.row.find(date_forms.LENGTH) if (length := self._length(hit)) is not None]

    def _length(self, hit: Hit) -> Length | None:
        if hit.has("wd"):
            return Length(2, hit.start, hit.end, "dates.weekend_length", is_weekend=True)
        if hit.has("f"):
            return Length(14, hit.start, hit.end, "dates.fortnight")
        if hit.has("k"):
            return Length(hit.number("n3"), hit.start, hit.end, "dates.nights")
        unit, first = hit.group("u")[0].tag, hit.group("n")[0]
        if first.tag == "FEW" or (first.tag == "ART" and unit != "WEEK") or first.number > 90:
            return None
        count = 1 if first.tag in ("ART", "ANYWORD") else first.whole + hit.number("p")
        if unit == "DAY" and (hit.has("ext") or hit.has("more")):
            unit = "NIGHT"
        nights = count * 7 if unit == "WEEK" else count - (1 if unit == "DAY" else 0)
        is_range = hit.has("n2") and hit.number("n2") > count
        rule = f"dates.{unit.lower()}s"
        return Length(nights, hit.start, hit.end, rule, is_least=is_range) if nights > 0 else None


def _shared(own: _Partial, other: _Partial) -> _Partial:
    """A day with the month, and where the month is the other's the year too, that the other end of its range names."""
    if own.month is not None or own.ahead is not None:
        return own
    return replace(own, month=other.month, year=own.year or other.year, ahead=other.ahead)
