"""What a message wants of the agency."""

from dataclasses import dataclass

from tembea.inbox.understand.contact import Sender
from tembea.inbox.understand.page import Page, Reading
from tembea.inbox.understand.places import find_destinations
from tembea.inbox.understand.tokens import pattern
from tembea.quotes.trip import Kind

_TRIP = pattern("NUM (?:NIGHT|PERSON|ADULT|ROOM)")
_SURE = 2
"""That many different words of advertising outweigh a word of asking."""


@dataclass(frozen=True, slots=True)
class KindInput:
    """What the kind is read from. `has_agency_quote` says that the mail quotes something the agency wrote."""

    text: Page
    subject: Page
    sender: Sender
    is_forward: bool
    is_form: bool
    has_agency_quote: bool


def read_kind(given: KindInput) -> Reading[Kind]:
    """The kind; a new enquiry where nothing speaks for another."""
    for kind, found in (
        (Kind.AUTO_REPLY, _auto_reply(given)),
        (Kind.SPAM, _spam(given)),
        (Kind.OTHER, _other(given)),
    ):
        if found is not None:
            return found.map(lambda _, kind=kind: kind)
    if given.is_form:
        return Reading(Kind.NEW_ENQUIRY, 0, 0, "kind.form")
    return _by_customer(given)


def _auto_reply(given: KindInput) -> Reading[str] | None:
    if given.text.cues.found("robot_sender", f"{given.sender.name} {given.sender.address}".lower()):
        return Reading("", 0, 0, "kind.robot_sender")
    return _cue(given.subject, "auto_subject") or _cue(given.text, "auto_text")


def _spam(given: KindInput) -> Reading[str] | None:
    text = given.text
    hits = {match.group() for match in text.cues["spam"].finditer(text.folded + "\n" + given.subject.folded)}
    if len(hits) >= _SURE or (hits and not _cue(text, "wants")):
        return _cue(text, "spam") or _cue(given.subject, "spam")
    injected = _cue(text, "ai_instruction") or _cue(given.subject, "ai_instruction")
    return injected if injected is not None and not find_destinations(text) and not _cue(text, "wants") else None


def _other(given: KindInput) -> Reading[str] | None:
    if given.text.profile.is_own_address(given.sender.address) and not given.is_forward and not given.is_form:
        return Reading("", 0, 0, "kind.own_address")
    for name in ("job", "newsletter", "misdirected"):
        found = _cue(given.text, name) or _cue(given.subject, name)
        hits = {match.group() for match in given.text.cues[name].finditer(given.text.folded + given.subject.folded)}
        if found is not None and not (name == "newsletter" and len(hits) < _SURE and _cue(given.text, "wants")):
            return found
    return None


def _by_customer(given: KindInput) -> Reading[Kind]:
    text, subject = given.text, given.subject
    existing = _cue(text, "existing") or _cue(subject, "existing") or _reference(given)
    asks = _cue(text, "wants")
    complaint = _cue(text, "complaint") or _cue(subject, "complaint")
    grievances = {match.group() for match in text.cues["complaint"].finditer(text.folded)}
    is_sure = len(grievances) >= _SURE or _cue(text, "complaint_strong") is not None
    if complaint is not None and (asks is None or existing is not None or is_sure):
        return complaint.map(lambda _: Kind.COMPLAINT)
    invoice = _cue(text, "invoice") or _cue(subject, "invoice")
    accept = _cue(text, "accept")
    change = _cue(text, "change") or _cue(text, "cancel")
    about_ours = existing is not None or given.has_agency_quote
    is_accepting = about_ours or (asks is None and not _tells_a_trip(text))
    if accept is not None and is_accepting and not _cue(text, "accept_but"):
        return accept.map(lambda _: Kind.REPLY_ACCEPT)
    if (
        invoice is not None
        and (asks is None or existing is not None)
        and not (change and about_ours and _cue(text, "change_strong"))
    ):
        return invoice.map(lambda _: Kind.INVOICE_QUESTION)
    if change is not None and about_ours:
        return change.map(lambda _: Kind.CHANGE_REQUEST)
    if existing is not None and (asks is None or _cue(text, "booking")):
        return existing.map(lambda _: Kind.BOOKING_QUESTION)
    return (asks or Reading("", 0, 0, "kind.default")).map(lambda _: Kind.NEW_ENQUIRY)


def _tells_a_trip(text: Page) -> bool:
    """Whoever says "please book" and then tells the trip asks for a new one."""
    return text.row.first(_TRIP) is not None


def _reference(given: KindInput) -> Reading[str] | None:
    for page in (given.text, given.subject):
        token = next((token for token in page.row.tokens if token.tag == "REF"), None)
        if token is not None:
            return Reading(token.word, token.start, token.end, "kind.reference")
    return None


def _cue(page: Page, name: str) -> Reading[str] | None:
    match = page.cues[name].search(page.folded)
    return Reading(match.group(), match.start(), match.end(), f"kind.{name}") if match else None
