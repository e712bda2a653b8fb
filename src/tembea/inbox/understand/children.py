"""The children of a party: how many, and how old on the first day of the trip."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tembea.inbox.understand import calendar
from tembea.inbox.understand.dates import read_times
from tembea.inbox.understand.page import Page
from tembea.inbox.understand.tokens import Hit, Token, pattern
from tembea.inbox.understand.wording import cue_after, cue_before

_OLDEST_TOLD = 30
ADULT_FROM = 18
"""Whoever has completed this many years is an adult, whatever the mail calls them."""

_WORDS = "(?:CHILD|PUPIL|KIN|INFANT|TODDLER|TEEN|TWINS|TRIPLETS)"
_AGE = "(?:NUM (?:DASH? (?:MONTHU|MONTH_OLD|YEAR_OLD|YEARU))?)"
_JOIN = "(?:COMMA|AND|SLASH|PLUS|OR|DASH)"
_LINK = "(?:LP NUM BE|COMMA|OF|LP|DASH|COLON|BE|WILL|AGED|WHO|WORD|ALL|NL|HE|JUST|BOTH|TURN|THE)"
_MENTION = pattern(
    f"(?P<n>NUM|ART|BOTH)? (?:OTHERADJ|ADJ|OF|OUR|MY|THEIR|THE)* (?P<kind>{_WORDS})"
    f"(?:COLON (?P<n2>NUM) (?!{_JOIN} NUM|YEAR_OLD|MONTHU|MONTH_OLD))?"
    f"(?:(?P<link>(?:{_LINK}){{0,4}}?) (?P<ages>(?:AGED)? {_AGE} (?:{_JOIN}+ (?:THE|ART|AGED|WORD)* {_AGE})*)"
    "(?P<old>YEAR_OLD)?)?"
)
_OLD_FIRST = pattern(
    f"(?P<the>THE|BOTH)? (?P<ages>(?:ART|OUR|MY)? NUM (?:DASH? (?:YEAR_OLD|MONTH_OLD))?"
    f"(?:{_JOIN}+ (?:ART|OUR|MY)? NUM (?:DASH? (?:YEAR_OLD|MONTH_OLD))?)* DASH? (?P<u>YEAR_OLD|MONTH_OLD))"
    f"DASH? (?P<kind>{_WORDS})?"
)
_NAMED = pattern(
    "WORD (?:LP|COMMA? WHO WILL?) (?:(?P<turn>TURN)|AGED|BE)* (?P<n>NUM) (?=RP|YEAR_OLD|ON|STOP|COMMA|AND|PARA|NL|BY)"
)
_CORRECTED = pattern(f"(?:THE|OUR|MY)? {_WORDS} (?:BE|TODAY)? (?P<n>NUM) NOT NUM")
_COUNTED = pattern(
    "NUM (?:TO|TILL|DASH NUM|NIGHT|DAY|WEEK|"
    "ROOM|ROOMTYPE|UNIT|MONTH|MAY|ADULT|PERSON|PP|STAR|MONEY|HOURU|GROUP|CHILD|KIN|TEEN|INFANT|TODDLER"
    "|PERCENT)"
)


@dataclass(frozen=True, slots=True)
class Child:
    """One child as mentioned: completed years, or None where no age is told."""

    age: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Children:
    """All children of the party. `adults` counts those called children who are grown up; `is_known` is False where
    children come along and their number is not told; `none_told` says that there are none, in so many words."""

    ages: tuple[int, ...] = ()
    count: int = 0
    adults: int = 0
    is_mentioned: bool = False
    is_counted: bool = True
    start: int = 0
    end: int = 0
    rule: str = ""

    @property
    def lacks_an_age(self) -> bool:
        """Whether a quote has to ask for an age."""
        return self.is_mentioned and (len(self.ages) < self.count or not self.is_counted)


@dataclass(frozen=True, slots=True)
class _Mention:
    count: int | None
    ages: tuple[int, ...]
    kind: str
    start: int
    end: int


def read_children(page: Page, on: date | None) -> Children | None:
    """The children on this page, None where it speaks of none; `on` is the day that birthdays are counted to."""
    mentions = [mention for mention in _mentions(page, on) if not _is_left_out(page, mention)]
    mentions += [*_friends(page), *_named(page, on, mentions)]
    told_none = page.cues["no_children"].search(page.folded)
    if told_none and not any(mention.ages for mention in mentions):
        return Children(start=told_none.start(), end=told_none.end(), rule="party.no_children")
    if not mentions:
        return None
    return _merged(mentions)


def _mentions(page: Page, on: date | None) -> Iterator[_Mention]:
    taken: list[tuple[int, int]] = []
    aside = [match.span() for match in page.cues["child_aside"].finditer(page.folded)]
    hits = [(hit, True) for hit in page.row.find(_OLD_FIRST)] + [(hit, False) for hit in page.row.find(_MENTION)]
    for hit, old_first in hits:
        if any(hit.start < end and start < hit.end for start, end in [*taken, *aside]):
            continue
        mention = _old_first(page, hit) if old_first else _mention(page, hit, on)
        if mention is not None:
            taken.append((mention.start, mention.end))
            yield mention


def _friends(page: Page) -> Iterator[_Mention]:
    """A friend who is called no child, but is one by age: "Annie's friend (also 12)"."""
    for hit in page.row.find(pattern("FRIEND LP WORD? (?P<n>NUM) RP")):
        if hit.number("n") < ADULT_FROM:
            yield _Mention(1, (hit.number("n"),), "FRIEND", hit.start, hit.end)


def _named(page: Page, on: date | None, known: Sequence[_Mention]) -> Iterator[_Mention]:
    """Children called by name and age alone: "Anya (turns 6 on 3 June) and Dev, who is 9"."""
    for hit in page.row.find(_NAMED):
        covered = any(mention.start < hit.end and hit.start < mention.end for mention in known)
        if covered or not page.row.source(hit.first)[:1].isupper() or hit.number("n") >= ADULT_FROM:
            continue
        birthday = _day_at(page, hit.end)
        late = birthday is not None and on is not None and on < birthday and hit.has("turn")
        yield _Mention(1, (hit.number("n") - (1 if late else 0),), "NAMED", hit.start, hit.end)


def _day_at(page: Page, offset: int) -> date | None:
    return next((span.first for span in read_times(page).spans if 0 <= span.start - offset <= 8), None)


def _old_first(page: Page, hit: Hit) -> _Mention | None:
    """ "A 4 and a 7 year old", "6-year-old twins"; "our 5-year anniversary" is none."""
    ages = _ages(hit.group("ages"))
    kind = hit.one("kind")
    if not ages or max(ages) > 25 or (kind is None and page.cues["not_aged"].match(page.after(hit.end, 25).strip())):
        return None
    number = {"TWINS": 2, "TRIPLETS": 3}.get(kind.tag if kind else "", len(ages))
    if len(ages) == 1 and number > 1:
        ages = ages * number
    return _Mention(number, ages, "THE" if hit.has("the") else "AGED", hit.start, hit.end)


def _mention(page: Page, hit: Hit, on: date | None) -> _Mention | None:
    kind = hit.group("kind")[0]
    corrected = page.row.match_at(_CORRECTED, hit.first)
    if corrected is not None:
        return _Mention(corrected.number("n"), (), kind.tag, hit.start, corrected.end)
    number = _count(page, hit, kind)
    ages = _ages(_told_ages(page, hit))
    end = hit.end if ages else kind.end
    if ages and any(token.tag == "TURN" for token in hit.group("link")):
        birthday = _day_at(page, end)
        late = 1 if birthday and on and on < birthday else _birthday_to_come(page, end, on)
        ages = tuple(age - late for age in ages)
    if not ages:
        ages, end = _age_told_apart(page, kind, on)
    if kind.tag == "INFANT" and not ages and (number or 1) == 1:
        ages = (0,)
    if kind.tag == "TWINS" and len(ages) == 1:
        ages = ages * 2
    if number is not None and len(ages) == 1 and number > 1 and page.cues.found("both", page.folded[kind.end : end]):
        ages = ages * number
    return _Mention(number, ages, kind.tag, hit.start, end)


def _count(page: Page, hit: Hit, kind: Token) -> int | None:
    number = hit.one("n2") or hit.one("n")
    if kind.tag in ("TWINS", "TRIPLETS"):
        return 2 if kind.tag == "TWINS" else 3
    if number is not None and number.tag == "NUM":
        return number.whole
    if number is not None and number.tag == "BOTH":
        return 2
    is_one = page.cues["singular_child"].fullmatch(page.folded[kind.start : kind.end]) is not None
    return 1 if is_one else None


def _told_ages(page: Page, hit: Hit) -> tuple[Token, ...]:
    """The ages behind the children, without a last number that counts something else: "2 kids of 7 and 9, one room"."""
    ages = hit.group("ages")
    while ages:
        last = max(index for index, token in enumerate(ages) if token.tag == "NUM")
        counted = page.row.match_at(_COUNTED, page.row.tokens.index(ages[last]))
        if counted is None:
            break
        ages = ages[:last] if any(token.tag == "NUM" for token in ages[:last]) else ()
    link = [token.tag for token in hit.group("link")]
    first = next(iter(ages), None)
    unlinked = not link and not hit.has("old") and first is not None and first.tag != "AGED"
    return () if unlinked and page.row.tokens[hit.first].tag != "NUM" and len(ages) == 1 else ages


def _ages(tokens: Sequence[Token]) -> tuple[int, ...]:
    found: list[int] = []
    for index, token in enumerate(tokens):
        if token.tag != "NUM":
            continue
        units = [
            other.tag
            for other in tokens[index + 1 : index + 3]
            if other.tag in ("MONTHU", "MONTH_OLD", "YEAR_OLD", "NUM")
        ]
        found.append(token.whole // 12 if units[:1] in (["MONTHU"], ["MONTH_OLD"]) else token.whole)
    return tuple(age for age in found if age <= 99)


def _age_told_apart(page: Page, kind: Token, on: date | None) -> tuple[tuple[int, ...], int]:
    """An age or a birthday told a few words on: "the baby? She'll be 5 months", "a baby who was born on ..."."""
    after = page.folded[kind.end : kind.end + 90]
    for cue in ("born", "turns"):
        match = page.cues[cue].search(after)
        if match is None or "\n\n" in after[: match.start()]:
            continue
        begin = kind.end + match.end()
        age = _age_by_birthday(page, begin, cue, on)
        told = _age_after(page, begin) if cue == "turns" and age is None else None
        if told is not None:
            return (told[0] - _birthday_to_come(page, told[1], on),), told[1]
        if age is not None:
            return (age,), begin
    return (), kind.end


_YEARS_TOLD = pattern("(?:WORD|ADJ|JUST|AROUND|ALSO|THEN|HE|BE|WILL|TURN){0,4} (?P<n>NUM) (?P<m>MONTHU|MONTH_OLD)?")
_OTHER_UNIT = frozenset({"NIGHT", "DAY", "WEEK", "MONTH", "MAY", "PERSON", "ADULT", "ROOM", "HOURU", "STAR", "PERCENT"})


def _age_after(page: Page, offset: int) -> tuple[int, int] | None:
    """The number within a few words: completed years, and where it ends."""
    row = page.row
    hit = row.match_at(_YEARS_TOLD, row.first_from(offset))
    if hit is None or hit.number("n") >= _OLDEST_TOLD:
        return None
    follower = row.tokens[hit.last + 1].tag if hit.last + 1 < len(row.tokens) else ""
    age = hit.number("n") // 12 if hit.has("m") else hit.number("n")
    return None if follower in _OTHER_UNIT else (age, hit.end)


_IN_MONTH = pattern("(?:IN|OF)? (?P<m>MONTH|MAY)")


def _birthday_to_come(page: Page, offset: int, on: date | None) -> int:
    """1 where the month in which this age is reached still lies after the trip: "she turns 11 in July"."""
    row = page.row
    hit = row.match_at(_IN_MONTH, row.first_from(offset))
    birthday = calendar.next_such(hit.number("m"), 1, page.today) if hit is not None else None
    return 1 if birthday is not None and on is not None and on < birthday else 0


def _age_by_birthday(page: Page, begin: int, cue: str, on: date | None) -> int | None:
    span = next((span for span in read_times(page).spans if begin - 2 <= span.start <= begin + 12), None)
    if span is None or on is None:
        return None
    if cue == "born":
        had_birthday = (on.month, on.day) >= (span.first.month, span.first.day)
        return max(0, on.year - span.first.year - (0 if had_birthday else 1))
    told = _age_after(page, span.end)
    return told[0] - (1 if on < span.first else 0) if told else None


def _is_left_out(page: Page, mention: _Mention) -> bool:
    """Children who do not travel, and words that only sound like children."""
    before, sentence = page.before(mention.start, 30), page.sentence_around(mention.start, mention.end)
    words = page.folded[mention.start : mention.end].split()
    if (
        mention.kind == "KIN"
        and mention.count is None
        and not mention.ages
        and not page.cues.found("own_child", " ".join(words))
    ):
        return True
    if page.cues.found("stays_home", sentence):
        return True
    possessive = page.folded[mention.end : mention.end + 3].startswith(("'s", "' "))
    if possessive and not mention.ages:
        return True
    return cue_before(page.cues, "not_with", before, 2) or cue_after(
        page.cues, "child_noun", page.after(mention.end, 20), 0
    )


def _merged(mentions: Sequence[_Mention]) -> Children:
    ages: list[int] = []
    repeated: list[_Mention] = []
    for mention in mentions:
        is_repeat = bool(ages) and mention.kind in ("THE", "CHILD", "KIN") and all(age in ages for age in mention.ages)
        if is_repeat and mention.ages and (mention.kind == "THE" or len(mention.ages) == len(ages)):
            repeated.append(mention)
        elif not (is_repeat and mention.kind == "THE"):
            ages += mention.ages
    general = [m.count for m in mentions if m.count is not None and not m.ages]
    generic = max(
        (m.count for m in mentions if m.count is not None and m.kind in ("CHILD", "TEEN", "PUPIL")), default=0
    )
    specific = sum(m.count or len(m.ages) for m in mentions if m.kind not in ("CHILD", "THE") and m not in repeated)
    count = max(generic, len(ages), specific if not ages or not generic else 0, general[0] if general else 0)
    young = sorted(age for age in ages if age < ADULT_FROM)
    grown = len(ages) - len(young)
    return Children(
        ages=tuple(young),
        count=max(count - grown, len(young)),
        adults=grown,
        is_mentioned=True,
        is_counted=count > 0,
        start=mentions[0].start,
        end=max(mention.end for mention in mentions),
        rule="party.children",
    )
