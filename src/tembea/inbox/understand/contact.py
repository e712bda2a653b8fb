"""Who the customer is: name, mail address, telephone number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.utils import parseaddr

import phonenumbers

from tembea.inbox.understand.folding import fold
from tembea.inbox.understand.gazetteer import known_places
from tembea.inbox.understand.page import Page, Reading
from tembea.inbox.understand.wording import cue_before

_ADDRESS = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?<![\w@.])(?:\+|\(?0|\(\+)[\d ()./\u00a0-]{6,22}\d(?!\w)|(?<![\w@.])\d{9,12}(?!\w)")
_LOCAL_NUMBER = re.compile(r"(?<![\w@.,/+])\(?\d{2,5}\)?(?:[ .-]?\d{2,5}){1,4}(?![\w.,]\w)")
"""A number without its leading zero or plus, which only a label or a line of its own makes one for the telephone."""
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)")
_ROBOT = re.compile(
    r"(?:^|[.+_-])(?:no-?reply|do-?not-?reply|noreply\w*|leads?|mailer|notifications?|forms?|robot|bot|wordpress|postmaster|mailer-daemon|website|web|alerts?)(?:$|[.+_-])"
)
_ROBOT_DOMAIN = re.compile(r"(?:^|[.-])(?:forms?|relay|fb-relay|leads?|notify|mailer)(?:$|[.-])")
_FEWEST_DIGITS = 8
_DOMAIN_REGIONS = {"uk": "GB", "com": "", "org": "", "net": "", "info": "", "example": "", "test": ""}


@dataclass(frozen=True, slots=True)
class Sender:
    """A mailbox: the name as written, perhaps empty, and the address in the case it was written in."""

    name: str
    address: str

    @property
    def is_robot(self) -> bool:
        """A form or a relay writes for somebody else."""
        local, _, domain = self.address.lower().partition("@")
        return bool(_ROBOT.search(local) or _ROBOT_DOMAIN.search(domain))


def parse_sender(written: str) -> Sender:
    """A From line; a bare name or address will do."""
    name, address = parseaddr(written)
    if "@" not in address:
        found = _ADDRESS.search(written)
        address = found.group() if found else ""
        name = name or re.sub(r"[<>\[\]\"]|mailto:|" + re.escape(address or "\0"), " ", written).strip()
    return Sender(re.sub(r"\s+", " ", name.strip(" '\"")), address)


def clean_name(written: str, page: Page) -> str | None:
    """A name without titles, None where no letters are left or it is no person's."""
    plain = re.sub(r"\([^()]*\)\s*$", "", written)
    words = [word for word in re.split(r"\s+", plain.strip(" ,;|-/*'\"")) if word]
    while words and page.cues["title"].fullmatch(fold(words[0]).strip(".")):
        words = words[1:]
    name = " ".join(words)
    return name if re.search(r"[^\W\d_]{1,}", name) and "@" not in name else None


def read_name(
    sender: Sender, form_name: str | None, signature: Page, page: Page
) -> tuple[str, Reading[str] | None] | None:
    """The fullest form of the customer's name, with where it stands in the signature if it was read there."""
    if form_name:
        cleaned = clean_name(form_name, page)
        if cleaned:
            return cleaned, None
    signed = [*_signed_names(sender, signature), *_signed_in_passing(page)]
    own = clean_name(_natural_order(sender.name), page) if sender.name and not sender.is_robot else None
    if own is not None and _is_two_people(own):
        single = next(
            (reading for reading in signed if _shares_word(reading.value, own) and not _is_two_people(reading.value)),
            None,
        )
        return (single.value, single) if single else (own, None)
    if own is not None and _is_organisation(own, signature):
        own = None
    fuller = next((reading for reading in signed if own is None or _is_fuller(reading.value, own)), None)
    if fuller is not None:
        return fuller.value, fuller
    return (own, None) if own else None


def _natural_order(name: str) -> str:
    """`Surname, Given` as people say it."""
    parts = [part.strip() for part in name.split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) and " " not in parts[0] else name


def _is_two_people(name: str) -> bool:
    return bool(re.search(r"\s(?:&|and|en|und|et|e|y|\+)\s", name))


def _is_organisation(name: str, page: Page) -> bool:
    return page.cues.found("organisation", fold(name))


def _shares_word(first: str, second: str) -> bool:
    return bool(set(fold(first).split()) & set(fold(second).split()))


def _is_fuller(signed: str, own: str) -> bool:
    signed_words, own_words = fold(signed).split(), fold(own).split()
    whole = [word for word in signed_words if len(word.strip(".")) > 1]
    return len(whole) > len(own_words) and (
        set(own_words) <= set(signed_words) or not set(own_words) & set(signed_words)
    )


_PERSON = re.compile(
    r"[^\W\d_][\w'’.-]*(?:[ ]+"
    r"(?:(?:van|von|de|der|den|du|la|le|da|dos|di|bin|ibn|el|al|te|ter)[ ]+)*[^\W\d_][\w'’.-]*){0,4}"
)


def _signed_names(sender: Sender, signature: Page) -> Iterator[Reading[str]]:
    """The lines of a signature that can be a person's name."""
    hint = set(re.findall(r"[a-z]+", fold(sender.address.partition("@")[0]))) | set(fold(sender.name).split())
    offset = 0
    for line in signature.text.split("\n"):
        body = re.split(r"[|/(,]|\s-\s", line)[0]
        stripped = re.sub(r"[\d+ ]{7,}.*", "", body).strip(" *_-–")
        start = offset + line.find(stripped) if stripped else offset
        offset += len(line) + 1
        if not stripped or not _PERSON.fullmatch(stripped) or _is_closing_line(signature, stripped):
            continue
        words = fold(stripped).replace(".", "").split()
        related = any(
            word in hint or any(word in part or part in word for part in hint if len(part) > 3 and len(word) > 3)
            for word in words
        )
        capitals = all(
            word[:1].isupper() or word in ("van", "von", "de", "der", "du", "la", "le") for word in stripped.split()
        )
        name = clean_name(stripped, signature)
        if name and (related or (capitals and 2 <= len(words) <= 4)) and not _is_organisation(name, signature):
            yield Reading(name, start, start + len(stripped), "contact.signature")


def _signed_in_passing(page: Page) -> Iterator[Reading[str]]:
    """The name behind a closing that ends the text in the same line: "... Many thanks, Ada Moyo"."""
    written = page.text.rstrip()
    last = written[max(written.rfind("\n"), 0) :]
    found = _SIGNED_IN_PASSING.search(last)
    if found is None or page.cues["closing"].fullmatch(fold(found["closing"]).strip(" ,-")) is None:
        return
    name = clean_name(found["name"], page)
    if name and not _is_organisation(name, page):
        start = len(written) - len(last) + found.start("name")
        yield Reading(name, start, start + len(found["name"]), "contact.signed")


_CAPITALISED = r"[^\W\d_a-z][\w'’-]+"
_FULL_NAME = rf"{_CAPITALISED}(?:[ ](?:(?:van|von|de|der)[ ])*{_CAPITALISED}){{0,3}}"
_SIGNED_IN_PASSING = re.compile(rf"(?:^|[.!?])\s*(?P<closing>[A-Za-z ,&-]{{2,40}}?)[,\s]\s*(?P<name>{_FULL_NAME})\.?$")


def _is_closing_line(page: Page, line: str) -> bool:
    return page.cues["closing"].match(fold(line)) is not None or page.cues.found("role", fold(line))


@dataclass(frozen=True, slots=True)
class _Phone:
    e164: str
    rank: int
    start: int
    end: int


def read_phone(pages: Sequence[Page], form_phone: tuple[str, int] | None, region: str) -> Reading[str] | None:
    """The customer's own number in E.164: from the text, else the form, else the signature's mobile, else its office.

    `pages` are the text and the signature in this order. Numbers of other people, fax lines and the agency's are left.
    """
    found: list[_Phone] = []
    for rank, page in enumerate(pages):
        found += _phones(page, 20 * rank, region)
    offered = [phone for phone in found if phone.rank < 10]
    if not offered and form_phone is not None:
        e164 = normalise(form_phone[0], region)
        if e164:
            start = form_phone[1]
            return Reading(e164, start, start + len(form_phone[0]), "contact.form_phone")
    best = min(found, key=lambda phone: (phone.rank, phone.start), default=None)
    return Reading(best.e164, best.start, best.end, "contact.phone") if best else None


def _phones(page: Page, base: int, region: str) -> Iterator[_Phone]:
    previous_end = 0
    for match in sorted([*_NUMBER.finditer(page.text), *_local_numbers(page, region)], key=re.Match[str].start):
        if match.start() < previous_end:
            continue
        label = page.folded[max(previous_end, match.start() - 45) : match.start()]
        label = re.split(r"[.;!?\n](?=\s|$)|\n", label)[-1] if base else re.split(r"[.;!?](?=\s)|\n\n", label)[-1]
        previous_end = match.end()
        e164 = None if _DATE.match(match.group()) else normalise(match.group(), region)
        if e164 is None or e164 in page.profile.own_phones or cue_before(page.cues, "not_my_phone", label, 4):
            continue
        yield _Phone(e164, base + _rank(page, label), match.start(), match.end())


def _local_numbers(page: Page, region: str) -> Iterator[re.Match[str]]:
    """Numbers such as "912 345 678" and "(11) 98765-4321" behind a label or alone on a line, if they can be dialled."""
    for match in _LOCAL_NUMBER.finditer(page.text):
        if sum(char.isdigit() for char in match.group()) < _FEWEST_DIGITS or _DATE.match(match.group()):
            continue
        line = page.text.rfind("\n", 0, match.start()) + 1
        alone = not page.text[line : match.start()].strip() and page.text[match.end() :][:1].strip() == ""
        label = page.folded[max(line, match.start() - 45) : match.start()]
        told = cue_before(page.cues, "mobile", label, 1) or cue_before(page.cues, "landline", label, 1)
        if (alone or told) and is_dialled(match.group(), region):
            yield match


def is_dialled(written: str, region: str) -> bool:
    """Whether a number of this country can be somebody's, by the numbering plan and not by its length alone."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, region))
    except phonenumbers.NumberParseException:
        return False


def _rank(page: Page, label: str) -> int:
    if cue_before(page.cues, "mobile", label, 2):
        return 0
    return 2 if cue_before(page.cues, "landline", label, 2) else 1


def normalise(written: str, region: str) -> str | None:
    """A number in E.164, None where it cannot be one; without a country code it is read as of `region`."""
    compact = re.sub(r"\(0\)", "", written)
    try:
        number = phonenumbers.parse(compact, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def region_of(page: Page, signature: Page, address: str, language_region: str | None) -> str:
    """The country whose dialling habits a mail shows: one named with a number, the domain's, the language's, ours."""
    for text in (signature, page):
        for match in _NUMBER.finditer(text.text):
            named = re.match(r"\s*\(\s*([^\W\d_]{4,})\s*\)", text.folded[match.end() : match.end() + 30])
            known = known_places("en").get(named[1]) if named else None
            if known is not None and known[1]:
                return known[0]
    if language_region and any(token.word == "CHF" for token in page.row.tokens if token.tag in ("CUR", "MONEY")):
        return "CH"
    ending = address.rpartition(".")[2].lower()
    if len(ending) == 2 and ending in {code.lower() for code in phonenumbers.SUPPORTED_REGIONS} | {"uk"}:
        return _DOMAIN_REGIONS.get(ending) or ending.upper()
    return language_region or page.profile.country


def reply_address(page: Page, sender: Sender) -> Reading[str] | None:
    """Another address that the writer asks us to answer to."""
    for match in _ADDRESS.finditer(page.text):
        if (
            cue_before(page.cues, "reply_other", page.before(match.start(), 60), 4)
            and match.group().lower() != sender.address.lower()
        ):
            return Reading(match.group(), match.start(), match.end(), "contact.reply_to")
    return None
