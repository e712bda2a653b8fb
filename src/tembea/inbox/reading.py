"""From a stored message to a trip, read with what the agency is and sells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tembea.inbox.headers import storable
from tembea.inbox.message import Message, parse_message
from tembea.inbox.model import Enquiry, InboundMessage
from tembea.inbox.understand import Destination, TenantProfile, Understanding, understand
from tembea.quotes.trip import Evidence, Kind, TripRequest
from tembea.rates import Hotel, fold
from tembea.tenants import Tenant, TenantConfig

BODY_MAX_CHARS = 200_000
"""Of a message's text that is kept beside its raw bytes."""


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """One message as it was understood. `text` is what the evidence's offsets count in; `doubts` are sentences about
    what a second reading sees otherwise."""

    id: UUID
    subject: str
    text: str
    attachments: tuple[Mapping[str, object], ...]
    automatic: str | None
    language: str
    trip: TripRequest
    evidence: dict[str, Evidence]
    sender: str | None
    """The address in the From line, in small letters."""
    references: tuple[str, ...]
    confidence: float
    received_at: datetime
    doubts: tuple[str, ...] = ()
    by_rules: "ReadMessage | None" = None
    """The same message as the rules alone read it, where a second reading added to it."""


def profile_of(tenant: Tenant, hotels: Sequence[Hotel], *, inbound_domain: str) -> TenantProfile:
    """The agency, as far as reading its mail needs it. It sells the places that it names, and those of its hotels."""
    config = tenant.config
    own = [
        *config.addresses,
        config.mail.sender_address,
        config.mail.reply_to,
        config.company.email,
        *(person.email for person in config.consultants),
        f"quotes+{tenant.slug}@{inbound_domain}",
    ]
    return TenantProfile(
        name=config.company.name,
        country=config.country,
        currency=config.currency,
        time_zone=config.time_zone,
        destinations=_places(config, hotels),
        own_addresses=tuple(dict.fromkeys(address.lower() for address in own if address)),
        own_phones=tuple(phone for phone in (config.company.phone, *(p.phone for p in config.consultants)) if phone),
        hotels=tuple(hotel.name for hotel in hotels),
    )


def _places(config: TenantConfig, hotels: Sequence[Hotel]) -> tuple[Destination, ...]:
    named = [Destination(place.name, place.code, place.aliases) for place in config.destinations]
    known = {fold(name) for place in named for name in (place.name, place.code, *place.aliases)}
    others = {fold(hotel.destination): hotel.destination for hotel in hotels}
    return (*named, *(Destination(name) for key, name in others.items() if key not in known))


def read_message(stored: InboundMessage, enquiry: Enquiry, profile: TenantProfile) -> ReadMessage:
    """What one message of an enquiry says; never raises on its content. It costs tens of milliseconds of processor."""
    message = parse_message(stored.raw, envelope_from=stored.envelope_from)
    text = storable(message.text, BODY_MAX_CHARS)
    if message.automatic:
        automatic = Understanding(TripRequest(Kind.AUTO_REPLY), {}, enquiry.language or "en", (), 1.0)
        return _read(stored, message, text, automatic)
    understood = understand(text, message.subject, message.from_line, stored.received_at, profile)
    return _read(stored, message, text, _answered_where_asked(understood, message, enquiry, profile))


def read_words(text: str, subject: str, sender: str, received_at: datetime, profile: TenantProfile) -> Understanding:
    """What words say that are stored nowhere."""
    return understand(storable(text, BODY_MAX_CHARS), subject, sender, received_at, profile)


def _read(stored: InboundMessage, message: Message, text: str, understood: Understanding) -> ReadMessage:
    files = tuple(
        {"filename": file.filename, "content_type": file.content_type, "size": file.size_bytes}
        for file in message.attachments
        if not file.is_inline
    )
    return ReadMessage(
        id=stored.id,
        subject=message.subject,
        text=text,
        attachments=files,
        automatic=message.automatic,
        language=understood.language,
        trip=understood.trip_request,
        evidence=understood.evidence,
        sender=message.sender.address.lower() if message.sender else None,
        references=message.references,
        confidence=understood.confidence,
        received_at=stored.received_at,
    )


def _answered_where_asked(
    understood: Understanding, message: Message, enquiry: Enquiry, profile: TenantProfile
) -> Understanding:
    """Answers go to Reply-To where the sender set one (RFC 5322, 3.6.2), as web forms do; what a form's fields said
    beside the text fills what the text leaves open."""
    trip, evidence = understood.trip_request, dict(understood.evidence)
    if not trip.kind.is_from_a_customer:
        return understood
    reply_to, sender = message.reply_to, message.sender
    from_header = sender is None or trip.customer_email in (None, sender.address)
    if reply_to and from_header and not profile.is_own_address(reply_to.address):
        trip = replace(trip, customer_email=reply_to.address)
        evidence["customer_email"] = Evidence(reply_to.address, None, None, "reply_to.address")
    if trip.customer_name is None and enquiry.from_name and enquiry.channel != "email":
        trip = replace(trip, customer_name=enquiry.from_name)
        evidence["customer_name"] = Evidence(enquiry.from_name, None, None, "field.name")
    if trip.customer_phone is None and enquiry.phone:
        trip = replace(trip, customer_phone=enquiry.phone)
        evidence["customer_phone"] = Evidence(enquiry.phone, None, None, "field.phone")
    return replace(understood, trip_request=trip, evidence=evidence)
