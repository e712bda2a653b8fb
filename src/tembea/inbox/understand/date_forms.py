"""The forms in which people write days, months and lengths of stay, as patterns over tags, and what they come to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tembea.inbox.understand.tokens import pattern

_DAY = "(?:ORD|NUM)"
_MON = "(?:MONTH|MAY)"
_YEAR = "(?:YEAR|RELYEAR)"
_WDAY = "(?:THE? (?:WDAY|WDAYQ) COMMA?)?"
_NOT_A_COUNT = (
    "(?!NIGHT|DAY|WEEK|PERSON|ADULT|CHILD|KIN|PP|PN|ROOM|ROOMTYPE|UNIT|PERCENT|COLON NUM|GROUP|MONTHU|YEARU|HOURU"
    "|FRIEND|COUPLES|YEAR_OLD)"
)
_SEP = "(?:TO|DASH|TILL|TO THE|TILL THE|DASH TO)"


def _day(tag: str, *, bare: str = "") -> str:
    """The pattern of one day with its groups named after `tag`; `bare` also allows a day's number alone."""
    words = f"(?P<d{tag}>{_DAY}) {_NOT_A_COUNT} OF? (?P<m{tag}>{_MON}) (?:(?:COMMA|OF)? (?P<y{tag}>{_YEAR}))?"
    month_first = f"(?P<n{tag}>{_MON}) THE? (?P<e{tag}>{_DAY}) {_NOT_A_COUNT} (?:COMMA? (?P<z{tag}>{_YEAR}))?"
    relative = f"(?P<r{tag}>{_DAY}) OF? (?P<q{tag}>NEXT|THIS) MONTHU"
    return f"(?:{_WDAY} THE? (?:(?P<x{tag}>DATE|DM)|{words}|{month_first}|{relative}{bare.replace('@', tag)}))"


_BARE = f"|(?P<b@>{_DAY}) {_NOT_A_COUNT} (?:COMMA? (?P<c@>{_YEAR}))?"
RANGE = pattern(
    f"(?P<between>BETWEEN)? FROM? (?P<first>{_day('1', bare=_BARE)})"
    f"COMMA? (?:{_SEP}|(?(between)AND|NEVER))+ FROM? (?P<second>{_day('2', bare=_BARE)})"
)
SINGLE = pattern(_day("1"))
BARE_DAY = pattern(
    f"(?:{_WDAY} (?:THE|ON) (?P<b1>ORD)|(?:WDAY) THE? (?P<b3>{_DAY}) {_NOT_A_COUNT})(?!HALF|WEEK|TIME|WDAY|MONTH|MAY)"
)
MONTHS = pattern(
    f"(?P<early>EARLY|MID|LATE|(?:ORD|LAST) (?:WEEK|HALF|WEEKEND|LONG_WEEKEND) (?:OF|IN))? DASH? THE? (?P<m>{_MON})"
    f"(?P<holiday>SCHOOL_HOLIDAY)? (?:(?:COMMA|OF)? (?P<y>{_YEAR}))?"
    f"(?:(?:OR|TO|DASH|SLASH|AND|TILL|COMMA)+ (?:EARLY|MID|LATE)? (?P<m2>{_MON}))?"
    f"(?:COMMA? (?P<y2>{_YEAR}))? (?P<r>OF? RELYEAR)?"
)
NTH_WEEKDAY = pattern(f"(?P<nth>ORD|LAST) (?P<w>WDAY) (?:OF|IN) (?P<m>{_MON}) (?P<y>{_YEAR})?")
NEXT_MONTH = pattern("(?:EARLY|MID|LATE|ORD WEEK OF)? (?P<q>NEXT|THIS) MONTHU")
IN_WEEKS = pattern(
    "(?:IN (?P<n>NUM|ART) OTHERADJ? (?P<u>WEEK|DAY|FORTNIGHT)|(?P<n2>NUM|ART) (?P<u2>WEEK|DAY|FORTNIGHT) FROM TODAY)"
    "(?! (?:OF|IN))"
)
WEEKS_FROM = pattern(f"(?P<n>NUM|ART) (?P<u>WEEK) FROM (?={_day('1')})")
NAMED_WEEKDAY = pattern(
    "(?P<how>NEXT|THIS|ON|FROM|FOR) (?:THIS|THE)? (?P<w>WDAY) (?!COMMA? (?:THE? (?:ORD|NUM)|MONTH|MAY|DM|DATE))"
)
NAMED_WEEKEND = pattern("(?P<how>NEXT|THIS) (?:WEEKEND|LONG_WEEKEND)")
WEEKDAY_TO = pattern(
    "(?P<how1>NEXT|THIS)? (?P<w1>WDAY) (?:TO|TILL|DASH) (?P<how>NEXT|THIS)? (?P<w2>WDAY)"
    "(?!COMMA? (?:THE? (?:ORD|NUM)|MONTH|MAY|DM))"
)
BARE_WEEKDAY = pattern("(?P<w>WDAY) (?!COMMA? (?:THE? (?:ORD|NUM)|MONTH|MAY|DM|DATE))")
TOMORROW = pattern("TOMORROW")
EASTER = pattern(f"(?P<e>EASTER|EASTER_HOLIDAY) OF? (?:COMMA? (?P<y>{_YEAR}))?")
FEAST = pattern(f"(?P<m>FEAST) (?:COMMA? (?P<y>{_YEAR}))?")
LENGTH = pattern(
    "(?P<ext>OTHERADJ)? (?P<n>NUM|ART|FEW|ANYWORD (?=WEEK))"
    "(?:PLUS (?P<p>NUM))? (?:(?:TO|DASH|OR|SLASH|TILL) (?P<n2>NUM))? DASH?"
    "(?P<more>OTHERADJ)? (?:ADJ)? DASH? (?P<u>NIGHT|DAY|WEEK)"
    "|(?:ART|THE|NUM)? (?P<f>FORTNIGHT)|(?P<k>NIGHT) COLON (?P<n3>NUM)|(?P<wd>LONG_WEEKEND|WEEKEND)"
)


class Role(StrEnum):
    """What a day does in a trip, by the words around it."""

    ARRIVE = "arrive"
    DEPART = "depart"
    RETURN = "return"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `until`, which is None where one day is named. `is_between` marks "between ... and ..."."""

    first: date
    until: date | None
    start: int
    end: int
    rule: str
    role: Role = Role.PLAIN
    is_between: bool = False


@dataclass(frozen=True, slots=True)
class MonthMention:
    """A month, or a part of one, in which the trip may fall: "YYYY-MM"."""

    month: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Length:
    """Nights; `is_least` says that more were allowed."""

    nights: int
    start: int
    end: int
    rule: str
    is_least: bool = False
    is_weekend: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """Everything that a page says about time, in the order of the text."""

    spans: tuple[Span, ...]
    months: tuple[MonthMention, ...]
    lengths: tuple[Length, ...]
    easters: tuple[Span, ...] = ()
