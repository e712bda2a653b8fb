"""How many adults travel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tembea.inbox.understand.children import ADULT_FROM, Children
from tembea.inbox.understand.page import Page, Reading
from tembea.inbox.understand.places import is_place
from tembea.inbox.understand.tokens import Hit, Token, pattern
from tembea.inbox.understand.wording import cue_before

MAX_PARTY = 500

_ADULTS = pattern("(?P<n>NUM) TIMES? (?:OTHERADJ|ADJ)? (?:ADULT|PARENTS)|ADULT COLON (?P<n2>NUM)")
_COUPLES = pattern("(?P<n>NUM) (?:ADJ)? COUPLES")
_TOTAL = pattern(
    "(?P<n>NUM) (?:ADJ|OTHERADJ|WORD)? PERSON"
    "|(?:FAMILY|PARTY_OF|FOR) (?P<n2>NUM)"
    "(?=STOP|COMMA|PARA|NL|LP|AND|IN|FROM|FOR|AT|ON|DASH(?!NUM|ORD)|COLON|INCLUDING|WITH|PERSON|BE|BOARD|BUT|OR|WORD|$)"
    "|TIMES (?P<n3>NUM)|PERSON COLON (?P<n4>NUM)|(?P<n5>NUM) TIMES|(?P<n6>HEADS)"
)
_GROUP = pattern("(?P<n>NUM) (?:ADJ|OTHERADJ|WORD)? GROUP")
_JOINED_WITHIN = 2
_GREETING = 2
"""A name among the first words of a mail is greeted: "Hi Faith, our daughter is coming too"."""
_PAIR = 2
_PLUS_SELF = pattern(
    "(?P<n>NUM) (?:ADJ|WORD)? (?:(?:GROUP|FRIEND|PERSON) (?:PLUS|AND)|WORD PLUS) SELF"
    "|(?:SELF) (?:PLUS|AND) (?P<n2>NUM) (?:ADJ|WORD)? (?:GROUP|FRIEND|PERSON)"
)
_COUPLE = pattern("(?:ART|OUR|WE BE ART)? COUPLE")
_FRIENDS = pattern("(?P<with>WITH (?:MY)?)? (?P<n>NUM) ADJ? FRIEND")


_PARTNER = pattern("MY SPOUSE|OUR (?:ORD|NUM)? (?:ADJ|WORD)? ANNIVERSARY|WEDDING ANNIVERSARY")
PARTNER_NAMED = "party.partner_named"
"""The rule for "I want to surprise my wife": weaker than a list, and nothing to go by outside an enquiry."""


def read_adults(page: Page, children: Children | None) -> Reading[int] | None:
    """The adults on this page: an explicit count, a total less the children, or the people listed; else None."""
    explicit = _explicit(page, children)
    if explicit is not None:
        return explicit
    couples = page.row.first(_COUPLES)
    if couples is not None:
        return Reading(2 * couples.number("n"), couples.start, couples.end, "party.couples")
    total = _total(page, children) or _grown_group(page)
    if total is not None:
        return total
    return _by_company(page, children)


def _explicit(page: Page, children: Children | None) -> Reading[int] | None:
    for hit in page.row.find(_ADULTS):
        count = hit.number("n") or hit.number("n2")
        if not cue_before(page.cues, "negation", page.before(hit.start, 20), 0) and 0 < count <= MAX_PARTY:
            grown = children.adults if children is not None and children.rule == "party.children" else 0
            return Reading(count + grown, hit.start, hit.end, "party.adults")
    return None


def _total(page: Page, children: Children | None) -> Reading[int] | None:
    for hit in page.row.find(_PLUS_SELF):
        count = (hit.number("n") or hit.number("n2")) + 1
        if count <= MAX_PARTY and count > 2:
            return Reading(count, hit.start, hit.end, "party.others_and_self")
    best: Hit | None = None
    for hit in page.row.find(_TOTAL):
        count = _number_of(hit)
        if not 0 < count <= MAX_PARTY or _is_no_party(page, hit):
            continue
        if best is None or (page.cues.found("so_total", page.before(hit.start, 12)) and count > _number_of(best)):
            best = hit
    if best is None:
        return None
    return _less_children(page, best, children)


def _grown_group(page: Page) -> Reading[int] | None:
    """People named by what they are, and no children: "8 golfers", "14 winners plus 14 partners"."""
    groups = [hit for hit in page.row.find(_GROUP) if 0 < hit.number("n") <= MAX_PARTY]
    if not groups:
        return None
    joined, total = [groups[0]], groups[0].number("n")
    for hit in groups[1:]:
        if hit.first - joined[-1].last > _JOINED_WITHIN:
            break
        joined.append(hit)
        total += hit.number("n")
    return Reading(total, joined[0].start, joined[-1].end, "party.group")


def _number_of(hit: Hit) -> int:
    return next((hit.number(name) for name in ("n", "n2", "n3", "n4", "n5", "n6") if hit.has(name)), 0)


def _is_no_party(page: Page, hit: Hit) -> bool:
    before = page.before(hit.start, 25)
    tokens = page.row.tokens
    follower = tokens[hit.last + 1].tag if hit.last + 1 < len(tokens) else ""
    if hit.has("n2") and follower == "WORD" and not (hit.group("n2")[0].word == "#" and hit.number("n2") == _PAIR):
        # "What would it cost for two please" is a party; "for 4 star hotels" and "for five star luxury" are not.
        return True
    if hit.has("n2") and hit.group("n2")[0].word != "#" and follower in ("MONTH", "MAY", "NIGHT", "DAY", "WEEK"):
        return True
    return cue_before(page.cues, "not_party", before, 1) or (
        hit.has("n5") and tokens[hit.first - 1].tag in ("DASH", "SLASH")
    )


def _less_children(page: Page, hit: Hit, children: Children | None) -> Reading[int] | None:
    count = _number_of(hit)
    if children is None or not children.is_mentioned:
        is_family = page.row.tokens[hit.first].tag == "FAMILY"
        if is_family and not page.cues.found("all_adults", page.folded):
            return None
        return Reading(count, hit.start, hit.end, "party.people")
    rest = count - children.count
    if not children.is_counted or rest <= 0:
        return None
    return Reading(rest, hit.start, hit.end, "party.people_less_children")


def _by_company(page: Page, children: Children | None) -> Reading[int] | None:
    alone = page.cues["lone_parent"].search(page.folded)
    if alone is not None and children is not None and children.is_mentioned:
        return Reading(1, alone.start(), alone.end(), "party.lone_parent")
    couple = page.row.first(_COUPLE)
    if couple is not None:
        return Reading(2, couple.start, couple.end, "party.couple")
    listed = _longest_list(page)
    if listed is not None and listed.value > 1:
        return listed
    friends = next((hit for hit in page.row.find(_FRIENDS) if hit.number("n") > 1), None)
    if friends is not None:
        count = friends.number("n") + (1 if friends.has("with") else 0)
        return Reading(count, friends.start, friends.end, "party.friends")
    match = page.cues["solo"].search(page.folded)
    if match is not None:
        return Reading(1, match.start(), match.end(), "party.solo")
    partner = next((hit for hit in page.row.find(_PARTNER) if not _is_aside(page, hit.start)), None)
    if partner is not None and page.source == "":
        return Reading(2, partner.start, partner.end, PARTNER_NAMED)
    return listed if listed is not None and children is not None and children.is_mentioned else None


_PERSON_TAGS = frozenset(
    {"SELF", "SPOUSE", "FRIEND", "RELATIVE", "PARENTS", "KIN", "CHILD", "TEEN", "INFANT", "TODDLER", "TWINS", "GROUP"}
)
_CHILD_TAGS = frozenset({"KIN", "CHILD", "TEEN", "INFANT", "TODDLER", "TWINS"})
_SEPARATORS = frozenset({"COMMA", "AND", "PLUS", "WITH"})
_DETERMINERS = frozenset({"MY", "OUR", "ART", "THE", "ADJ", "ALSO", "THEIR", "OTHERADJ", "CLITIC"})


@dataclass(slots=True)
class _Listed:
    """People named one after the other; `next` is the index after the last of them."""

    adults: int = 0
    children: int = 0
    ages: list[int] = field(default_factory=list[int])
    items: int = 0
    has_self: bool = False
    has_partner: bool = False
    has_spouse: bool = False
    by_possessive: bool = False
    only_parents: bool = True
    first: int = 0
    next: int = 0


def _longest_list(page: Page) -> Reading[int] | None:
    readings = [_as_reading(page, listed) for listed in _lists(page)]
    return max((reading for reading in readings if reading is not None), key=lambda found: found.value, default=None)


def listed_children(page: Page) -> Children | None:
    """Children who are only named in a list of people: "me, Sunette and Mieke who will be 12"."""
    for listed in _lists(page):
        if listed.has_self and listed.items >= 2 and listed.ages:
            start, end = page.row.tokens[listed.first].start, page.row.tokens[listed.next - 1].end
            ages = tuple(sorted(listed.ages))
            return Children(ages, listed.children, 0, True, True, start, end, "party.listed_children")
    return None


def _lists(page: Page) -> Iterator[_Listed]:
    index = 0
    while index < len(page.row.tokens):
        listed = _read_list(page, index)
        if listed is not None:
            yield listed
        index = max(index + 1, listed.next if listed is not None else 0)


def _read_list(page: Page, index: int) -> _Listed | None:
    """People joined by commas and "and" from this token on: "me, Sunette, Gran and our son Luke (21)"."""
    listed = _Listed(first=index, next=index)
    position = index
    while position < len(page.row.tokens):
        after = _read_person(page, position, listed)
        if after is None:
            break
        listed.items += 1
        listed.next = after
        position = _skip_separators(page.row.tokens, after)
        if position == after:
            break
    return listed if listed.items else None


def _skip_separators(tokens: Sequence[Token], index: int) -> int:
    if [token.tag for token in tokens[index : index + 2]] in (["RP", "COMMA"], ["RP", "AND"]):
        index += 1
    while index < len(tokens) and tokens[index].tag in _SEPARATORS:
        index += 1
    return index


def _read_person(page: Page, index: int, listed: _Listed) -> int | None:
    tokens = page.row.tokens
    start, count = index, 1
    possessive = False
    while index < len(tokens) and tokens[index].tag in _DETERMINERS | {"NUM"}:
        if tokens[index].tag == "NUM":
            count = tokens[index].whole
        possessive = possessive or tokens[index].tag in ("MY", "OUR", "THEIR")
        index += 1
    if index >= len(tokens) or index - start > 3 or count > MAX_PARTY:
        return None
    token = tokens[index]
    aged = page.row.match_at(_YEAR_OLD, start)
    if aged is not None and aged.number("n") < ADULT_FROM:
        listed.children += 1
        listed.ages.append(aged.number("n"))
        return aged.last + 1
    if token.tag == "WORD" and _is_name(page, index) and _is_possessive(page, index + 1):
        return _read_person(page, index + 2, listed)
    is_name = index == start and token.tag == "WORD" and _is_name(page, index)
    if token.tag not in _PERSON_TAGS and not is_name:
        return None
    if token.tag == "SELF" and listed.has_self:
        return None
    after, age = _name_and_age(page, index + 1, token.tag)
    _count_person(token.tag, count, age, listed)
    listed.has_spouse = listed.has_spouse or (token.tag == "SPOUSE" and tokens[index - 1].tag == "MY")
    listed.by_possessive = listed.by_possessive or possessive
    return after


_YEAR_OLD = pattern("(?:MY|OUR|ART|THE) (?P<n>NUM) DASH? YEAR_OLD (?:KIN|CHILD)?")


def _is_possessive(page: Page, index: int) -> bool:
    return index < len(page.row.tokens) and page.folded[page.row.tokens[index].start :][:2] == "'s"


def _is_name(page: Page, index: int) -> bool:
    word = page.row.source(index)
    previous = page.row.tokens[index - 1].tag if index else "STOP"
    begins = previous in ("STOP", "PARA", "NL")
    follower = page.row.tokens[index + 1].tag if index + 1 < len(page.row.tokens) else ""
    if index <= _GREETING and follower in ("COMMA", "NL", "PARA"):
        return False
    is_capital = word[:1].isupper() and word[1:].islower() and len(word) > 2
    return is_capital and (not begins or follower == "AND") and not is_place(page, word)


def _name_and_age(page: Page, index: int, tag: str) -> tuple[int, int | None]:
    """Past a person's name and age: `Luke (21)`, `who is 12`."""
    if tag != "WORD":
        index = _past_apposition(page, index)
    aged = page.row.match_at(
        pattern(
            "LP AGED? (?P<n>NUM) (?:YEAR_OLD|YEARU|MONTHU)? RP"
            "|(?:COMMA? WHO)? (?:TURN|BE|WILL BE) (?:TURN)? (?P<n2>NUM)"
            "|COMMA (?P<n3>NUM) (?:YEAR_OLD|YEARU)? (?=COMMA|AND|RP)|OF? (?P<n4>NUM) (?:YEARU|YEAR_OLD|MONTHU)"
        ),
        index,
    )
    if aged is not None:
        return aged.last + 1, next((aged.number(name) for name in ("n", "n2", "n3", "n4") if aged.has(name)), 0)
    return index, None


def _past_apposition(page: Page, index: int) -> int:
    """Past the name of somebody just called by what they are: `my son Luke`, `my wife, Thandeka, has always wanted`."""
    tokens = page.row.tokens
    if index < len(tokens) and tokens[index].tag == "WORD" and _is_name(page, index):
        return index + 1
    tags = [token.tag for token in tokens[index : index + 4]]
    if tags[:3] == ["COMMA", "WORD", "COMMA"] and _is_name(page, index + 1) and tags[3:] not in (["AND"], ["SELF"]):
        return index + 3 if tags[3:] == ["WORD"] and not _is_name(page, index + 3) else index
    return index


def _count_person(tag: str, count: int, age: int | None, listed: _Listed) -> None:
    listed.only_parents = listed.only_parents and tag == "PARENTS"
    if tag == "SELF":
        listed.has_self = True
        listed.adults += 1
    elif tag in _CHILD_TAGS and (age is None or age < ADULT_FROM):
        listed.children += count
        listed.ages += [age] if age is not None else []
    elif tag == "PARENTS":
        listed.adults += 2
    elif age is not None and age < ADULT_FROM:
        listed.children += 1
        listed.ages.append(age)
    else:
        listed.has_partner = listed.has_partner or tag in ("SPOUSE", "FRIEND", "RELATIVE")
        listed.adults += count


def _as_reading(page: Page, listed: _Listed) -> Reading[int] | None:
    tokens = page.row.tokens
    start, end = tokens[listed.first].start, tokens[listed.next - 1].end
    if listed.has_self and listed.items >= 2:
        return Reading(listed.adults, start, end, "party.listed")
    if listed.has_self or listed.adults == 0:
        return None
    previous = tokens[listed.first - 1].tag if listed.first else ""
    if listed.has_partner and listed.by_possessive and not _is_aside(page, start):
        with_writer = previous in ("WITH", "AND", "PLUS", "SELF") or (
            listed.has_spouse and (previous == "FOR" or listed.items >= 2)
        )
        return Reading(listed.adults + 1, start, end, "party.with_company") if with_writer else None
    if listed.by_possessive and listed.has_partner and listed.items >= 2 and not listed.has_spouse:
        return Reading(listed.adults, start, end, "party.others")
    if listed.only_parents and listed.by_possessive:
        extra = 1 if previous == "WITH" else 0
        return Reading(listed.adults + extra, start, end, "party.parents")
    return None


def _is_aside(page: Page, start: int) -> bool:
    return cue_before(page.cues, "not_with", page.before(start, 40), 3)
