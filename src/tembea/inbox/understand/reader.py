"""Reading a mail from end to end: parts, kind, fields, and what is still missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from tembea.inbox.understand import contact
from tembea.inbox.understand.contact import Sender
from tembea.inbox.understand.findings import Findings, Found, overlay, read_findings
from tembea.inbox.understand.folding import fold
from tembea.inbox.understand.form_reading import FormReader
from tembea.inbox.understand.forms import Form, read_form
from tembea.inbox.understand.kind import KindInput, read_kind
from tembea.inbox.understand.language import detect, reading_words
from tembea.inbox.understand.layers import Layers, Line, Part, split_layers, split_signature
from tembea.inbox.understand.options import accepted_only
from tembea.inbox.understand.page import Page, Reading
from tembea.inbox.understand.party import PARTNER_NAMED
from tembea.inbox.understand.profile import TenantProfile
from tembea.inbox.understand.vocabulary import Cues
from tembea.quotes.trip import Evidence, Kind, Missing, TripRequest

MAX_TEXT = 60_000
"""Characters of a mail that are read; what stands further down is thread, not news."""
MAX_OLDER_PARTS = 6


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a mail comes to.

    `evidence` names, for each filled field of `trip_request`, the words it was read from. `new_text` holds the spans of
    the writer's own new words. `confidence` runs from 0 to 1 and falls with every field that had to come from older
    text, with what is missing and with a kind that nothing spoke for.
    """

    trip_request: TripRequest
    evidence: dict[str, Evidence]
    language: str
    new_text: tuple[tuple[int, int], ...]
    confidence: float


class _MakePage(Protocol):
    """A masked copy of the mail, or another header's text, as a page to read."""

    def __call__(self, masked: str, *, source: str = "", by_agency: bool = False, language: str = "") -> Page: ...


@dataclass(frozen=True)
class _Mail:
    """A mail taken apart, with the pages to read, the newest first."""

    layers: Layers
    sender: Sender
    new: Page
    subject: Page
    signature: Page
    older: tuple[Page, ...]
    form: Form
    form_reader: FormReader
    said: tuple[Line, ...]
    is_forward: bool
    language_region: str | None


def understand(
    message_text: str, subject: str, sender: str, received_at: datetime, tenant_profile: TenantProfile
) -> Understanding:
    """Read an enquiry by rules alone; the same words always give the same answer.

    `sender` is the From line, `received_at` an aware time. Dates are read against the day of receipt in the agency's
    zone. Never raises on odd text.
    """
    text = message_text[:MAX_TEXT]
    mail = _take_apart(text, subject, sender, received_at, tenant_profile)
    told = mail.new if not mail.is_forward else _joined(mail)
    kind = read_kind(
        KindInput(
            text=told,
            subject=mail.subject,
            sender=mail.sender,
            is_forward=mail.is_forward,
            is_form=bool(mail.form.fields),
            has_agency_quote=any(page.by_agency for page in mail.older),
        )
    )
    spans = tuple((line.end - len(line.body), line.end) for line in mail.said if line.body.strip())
    evidence = {"kind": told.evidence(kind)} if kind.end > kind.start else {}
    if not kind.value.is_from_a_customer:
        return Understanding(TripRequest(kind.value), evidence, told.language, spans, 1.0)
    findings = _read(mail, kind.value)
    trip, more = _compose(kind.value, findings)
    trip, who = _with_contact(trip, mail)
    whole = {**evidence, **more, **who}
    return Understanding(trip, whole, told.language, spans, _confidence(trip, whole, kind.rule))


def _take_apart(text: str, subject: str, sender: str, received_at: datetime, profile: TenantProfile) -> _Mail:
    today = received_at.astimezone(ZoneInfo(profile.time_zone)).date()
    whole = detect(f"{subject}\n{text}")
    layers = split_layers(text, reading_words(whole)[2])
    own_words = "\n".join(line.body for line in layers.new.lines)
    language = detect(f"{subject}\n{own_words}", whole)
    vocabulary, _, cues = reading_words(language)
    from_line = contact.parse_sender(sender)
    prefix = re.match(r"\s*(?:\[[^\]]{1,20}\]\s*)?((?:[\w]{1,7}(?:\[\d+\])?\s*:\s*(?:\[[^\]]{1,20}\]\s*)?)*)", subject)
    prefixes = re.findall(r"\w+", fold(prefix[1])) if prefix else []
    is_forward = _is_forward(prefixes, layers, profile, cues)
    person = _inner_sender(layers.older[0]) if is_forward else None
    customer = person or from_line
    names = [customer.name, from_line.name]
    said, signed = split_signature(layers.new, names, cues)

    def page(masked: str, *, source: str = "", by_agency: bool = False, language: str = language) -> Page:
        _, words, phrases = reading_words(language)
        return Page(masked, words, phrases, profile, today, language, source, by_agency)

    older, inner_signed = _older_pages(layers, names, cues, is_forward, profile, language, page)
    form = read_form(said, cues)
    if is_forward and not form.fields:
        form = Form((), form.rest)
    body = subject[prefix.end(1) :] if prefix else subject
    return _Mail(
        layers=layers,
        sender=customer,
        new=page(_until_second_trip(layers.masked(form.rest), cues)),
        subject=page(body, source="subject"),
        signature=page(layers.masked(inner_signed if person is not None else signed)),
        older=tuple(older),
        form=form,
        form_reader=FormReader(text, form, page),
        said=tuple(said),
        is_forward=is_forward,
        language_region=vocabulary.region,
    )


def _is_forward(prefixes: Sequence[str], layers: Layers, profile: TenantProfile, cues: Cues) -> bool:
    """Whether the enquiry proper is the forwarded mail: somebody else's words, and not the agency's own."""
    if not layers.older or not (
        layers.older[0].is_forward or any(cues["forward_prefix"].fullmatch(word) for word in prefixes)
    ):
        return False
    inner = _inner_sender(layers.older[0])
    return inner is None or not profile.is_own_address(inner.address)


def _inner_sender(part: Part) -> Sender | None:
    written = part.headers.get("from", "")
    sender = contact.parse_sender(written) if written else None
    return sender if sender is not None and sender.address else None


def _older_pages(
    layers: Layers,
    names: Sequence[str],
    cues: Cues,
    is_forward: bool,
    profile: TenantProfile,
    language: str,
    page: "_MakePage",
) -> tuple[list[Page], list[Line]]:
    pages: list[Page] = []
    signed_inside: list[Line] = []
    for index, part in enumerate(layers.older[:MAX_OLDER_PARTS]):
        said, signed = split_signature(part, names, cues) if is_forward and index == 0 else (part.lines, [])
        signed_inside = signed_inside or list(signed)
        by_agency = _is_agency(part, profile) and not (is_forward and index == 0)
        masked = layers.masked(said)
        pages.append(page(masked, by_agency=by_agency, language=detect(masked, language)))
    return pages, signed_inside


def _is_agency(part: Part, profile: TenantProfile) -> bool:
    """Whether the agency wrote a quoted part: by its address or name in what introduces it, or by its references."""
    introduced = fold(" ".join([part.author, *part.headers.values()]))
    if part.headers.get("from"):
        introduced = fold(part.headers["from"])
    name = fold(profile.name)
    addresses = re.findall(r"[\w.+-]+@[\w.-]+", introduced)
    if any(profile.is_own_address(address) for address in addresses) or (name and name in introduced):
        return True
    words = fold("\n".join(line.body for line in part.lines))
    return bool(re.search(r"\b[a-z]{2}-?\d{4,}", words)) or (bool(name) and name in words and not addresses)


def _until_second_trip(masked: str, cues: Cues) -> str:
    """Of several separate trips only the first is read."""
    match = cues["second_trip"].search(fold(masked))
    if match is None or len(masked[: match.start()].split()) < 8:
        return masked
    return masked[: match.start()] + re.sub(r"[^\n]", " ", masked[match.start() :])


def _joined(mail: _Mail) -> Page:
    """The new words and the forwarded ones as one page."""
    pieces = [mail.new.text, *(page.text for page in mail.older[:1])]
    merged = "".join(next((char for char in chars if char != " "), " ") for chars in zip(*pieces, strict=False))
    return replace(mail.older[0] if mail.older else mail.new, text=merged, by_agency=False)


def _read(mail: _Mail, kind: Kind) -> Findings:
    is_past = kind is Kind.COMPLAINT
    findings = read_findings(replace(mail.new, is_past=is_past, month_before=_month_of_quote(mail)))
    if mail.form.fields:
        findings = overlay(findings, mail.form_reader.read())
    if mail.is_forward and mail.older:
        findings = overlay(findings, read_findings(mail.older[0], findings.first_day))
    findings = overlay(findings, _of_subject(mail, is_past))
    older = mail.older[1:] if mail.is_forward else mail.older
    if kind is Kind.REPLY_ACCEPT:
        older = tuple(accepted_only(page, mail.new) for page in older)
    for page in older:
        read = read_findings(replace(page, is_past=is_past), findings.first_day)
        if kind is Kind.REPLY_ACCEPT or _is_same_trip(findings, read, kind):
            findings = overlay(findings, read)
    return findings


def _month_of_quote(mail: _Mail) -> tuple[int, int] | None:
    """The month of the quote that this mail answers."""
    for page in mail.older:
        if page.by_agency:
            first_day = read_findings(page).first_day
            return (first_day.year, first_day.month) if first_day else None
    return None


def _of_subject(mail: _Mail, is_past: bool) -> Findings:
    """The subject line names places, dates and people; a hotel or a sum in it is as likely an advertisement."""
    read = read_findings(replace(mail.subject, is_past=is_past))
    return replace(read, hotels=(), budget=read.budget, flexible=None if not read.has_time else read.flexible)


def _is_same_trip(newer: Findings, older: Findings, kind: Kind) -> bool:
    new_places = {entry.value for entry in (*newer.destinations, *newer.unsold)}
    old_places = {entry.value for entry in (*older.destinations, *older.unsold)}
    return kind is Kind.CHANGE_REQUEST or not new_places or not old_places or bool(new_places & old_places)


def _compose(kind: Kind, findings: Findings) -> tuple[TripRequest, dict[str, Evidence]]:
    check_in, check_out, nights = _days(findings)
    if kind not in _PRICED_KINDS and check_in is None:
        nights = None
    month = findings.month if check_in is None else None
    if kind is not Kind.NEW_ENQUIRY and findings.adults is not None and findings.adults.evidence.rule == PARTNER_NAMED:
        findings = replace(findings, adults=None)
    children = findings.children.value if findings.children else None
    flexible = bool(month) or (findings.flexible is not None and findings.flexible.value)
    trip = TripRequest(
        kind=kind,
        destinations=tuple(entry.value for entry in findings.destinations),
        unmatched_destinations=tuple(entry.value for entry in findings.unsold),
        hotels=tuple(entry.value for entry in findings.hotels),
        check_in=check_in.value if check_in else None,
        check_out=check_out.value if check_out else None,
        nights=nights.value if nights else None,
        dates_flexible=flexible,
        travel_month=month.value if month else None,
        adults=findings.adults.value if findings.adults else None,
        children_ages=children.ages if children else (),
        children_count=children.count if children else 0,
        rooms=findings.rooms.value if findings.rooms else None,
        board=findings.board.value if findings.board else None,
        budget=findings.budget.value if findings.budget and kind in _PRICED_KINDS else None,
    )
    missing = _missing(trip, children.lacks_an_age if children else False)
    trip = replace(trip, missing=missing)
    named = {
        "destinations": findings.destinations[0] if findings.destinations else None,
        "unmatched_destinations": findings.unsold[0] if findings.unsold else None,
        "hotels": findings.hotels[0] if findings.hotels else None,
        "check_in": check_in,
        "check_out": check_out,
        "nights": nights,
        "dates_flexible": (findings.flexible or month) if flexible else None,
        "travel_month": month,
        "adults": findings.adults,
        "children_ages": findings.children if trip.children_ages else None,
        "children_count": findings.children if trip.children_count else None,
        "rooms": findings.rooms,
        "board": findings.board,
        "budget": findings.budget if trip.budget else None,
    }
    return trip, {name: entry.evidence for name, entry in named.items() if entry is not None}


_PRICED_KINDS = frozenset({Kind.NEW_ENQUIRY, Kind.CHANGE_REQUEST})


def _days(findings: Findings) -> tuple[Found[date] | None, Found[date] | None, Found[int] | None]:
    """Two of check-in, check-out and nights give the third; two dates beat a length."""
    check_in, check_out, nights = findings.check_in, findings.check_out, findings.nights
    if check_in is not None and check_out is not None and check_out.value > check_in.value:
        return check_in, check_out, Found((check_out.value - check_in.value).days, check_out.evidence)
    if check_in is not None and nights is not None:
        return check_in, Found(check_in.value + timedelta(days=nights.value), nights.evidence), nights
    if check_in is None and check_out is not None and nights is not None:
        return Found(check_out.value - timedelta(days=nights.value), check_out.evidence), check_out, nights
    return check_in, check_out if check_in is None else None, nights


def _missing(trip: TripRequest, lacks_an_age: bool) -> tuple[Missing, ...]:
    if trip.kind is not Kind.NEW_ENQUIRY:
        return ()
    lacking = {
        Missing.DESTINATION: not (trip.destinations or trip.unmatched_destinations),
        Missing.DATES: trip.check_in is None and trip.travel_month is None,
        Missing.ADULTS: trip.adults is None,
        Missing.CHILDREN_AGES: lacks_an_age,
    }
    return tuple(name for name, is_lacking in lacking.items() if is_lacking)


def _with_contact(trip: TripRequest, mail: _Mail) -> tuple[TripRequest, dict[str, Evidence]]:
    evidence: dict[str, Evidence] = {}
    form_name, form_email, form_phone = (mail.form_reader.value(name) for name in ("name", "email", "phone"))
    text = _joined(mail) if mail.is_forward else mail.new
    name = contact.read_name(mail.sender, form_name[0] if form_name else None, mail.signature, text)
    if name is not None:
        header = Evidence(mail.sender.name, None, None, "from.name")
        evidence["customer_name"] = (
            _standing(mail.signature, text, name[1]).evidence(name[1])
            if name[1]
            else _form_evidence(form_name, "name") or header
        )
    email = _email(mail, form_email, text, evidence)
    region = contact.region_of(text, mail.signature, email or "", mail.language_region)
    phone = contact.read_phone([text, mail.signature], form_phone, region)
    if phone is not None:
        evidence["customer_phone"] = (
            text.evidence(phone) if text.text[phone.start : phone.end].strip() else mail.signature.evidence(phone)
        )
        if not evidence["customer_phone"].text.strip():
            evidence["customer_phone"] = Evidence(
                mail.layers.text[phone.start : phone.end], phone.start, phone.end, phone.rule
            )
    composed = replace(
        trip,
        customer_name=name[0] if name else None,
        customer_email=email,
        customer_phone=phone.value if phone else None,
    )
    return composed, evidence


def _form_evidence(value: tuple[str, int] | None, name: str) -> Evidence | None:
    return Evidence(value[0], value[1], value[1] + len(value[0]), f"form.{name}") if value else None


def _standing(signature: Page, text: Page, reading: Reading[str]) -> Page:
    """Which of the two a reading was made from; both are the same mail with the other's words masked."""
    return signature if signature.text[reading.start : reading.end].strip() else text


def _email(mail: _Mail, form_email: tuple[str, int] | None, text: Page, evidence: dict[str, Evidence]) -> str | None:
    told = _form_evidence(form_email, "email")
    if told is not None and "@" in told.text:
        evidence["customer_email"] = told
        return told.text.strip("<> ")
    other = contact.reply_address(text, mail.sender)
    if other is not None and not text.profile.is_own_address(other.value):
        evidence["customer_email"] = text.evidence(other)
        return other.value
    if mail.sender.address:
        evidence["customer_email"] = Evidence(mail.sender.address, None, None, "from.address")
    return mail.sender.address or None


def _confidence(trip: TripRequest, evidence: dict[str, Evidence], kind_rule: str) -> float:
    """A plain count, good for sorting and thresholds only: each weakness takes a tenth."""
    weak = 2 * (kind_rule == "kind.default") + len(trip.missing)
    weak += sum(entry.rule in ("places.misspelt", "places.unknown") for entry in evidence.values())
    return max(0.0, round(1.0 - weak / 10, 2))


def new_text(message_text: str) -> str:
    """The writer's own words without what they quote; the signature stays."""
    text = message_text[:MAX_TEXT]
    _, _, cues = reading_words(detect(text))
    return "\n".join(line.body for line in split_layers(text, cues).new.lines).strip()
