"""An agency and its mails, for tests of understanding: what is written, and what a careful person reads in it."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from tembea.inbox.understand import Destination, TenantProfile, Understanding, understand
from tembea.inbox.understand.contact import parse_sender
from tembea.quotes.trip import TripRequest

HERE = Path(__file__).parent
SOUTH_AFRICA = timezone(timedelta(hours=2))

AGENCY = TenantProfile(
    name="Baobab Travel",
    country="ZA",
    currency="ZAR",
    time_zone="Africa/Johannesburg",
    destinations=(
        Destination("Zanzibar", "ZNZ", ("Stone Town", "Nungwi", "Unguja")),
        Destination("Maldives", "MLE", ("Male",)),
        Destination("Mauritius", "MRU", ("Grand Baie",)),
        Destination("Seychelles", "SEZ", ("Mahe", "Praslin", "La Digue")),
        Destination("Cape Town", "CPT", ("Mother City", "Camps Bay")),
        Destination("Kruger National Park", "KNP", ("Kruger", "Hazyview")),
        Destination("Victoria Falls", "VFA", ("Vic Falls",)),
        Destination("Kenya", "NBO", ("Masai Mara", "Diani", "Mombasa")),
        Destination("Bali", "DPS", ("Ubud", "Seminyak")),
        Destination("Mozambique", "MPM", ("Vilanculos", "Tofo")),
    ),
    own_addresses=("hello@baobab.example",),
    own_phones=("+27115550100",),
)


class Example(BaseModel):
    """A mail and what it says; `expect` leaves out what is empty, and the name and address of the From line."""

    model_config = ConfigDict(frozen=True)

    id: str
    at: datetime
    sender: str = Field(alias="from")
    subject: str
    body: str
    expect: dict[str, JsonValue | date]

    def read(self) -> Understanding:
        """What the reader makes of it."""
        return understand(self.body, self.subject, self.sender, self.at.replace(tzinfo=SOUTH_AFRICA), AGENCY)

    def expected(self) -> TripRequest:
        """What it should make of it."""
        known = parse_sender(self.sender)
        trip: dict[str, object] = {
            "customer_name": known.name or None,
            "customer_email": known.address or None,
            **self.expect,
        }
        budget = trip.get("budget")
        if isinstance(budget, list):
            trip["budget"] = dict(zip(("amount", "currency", "basis"), cast("list[str]", budget), strict=True))
        return TypeAdapter(TripRequest).validate_python(trip)


def examples(name: str) -> list[Example]:
    """The examples of one file."""
    return TypeAdapter(list[Example]).validate_python(yaml.safe_load((HERE / name).read_text("utf-8")))


def read(
    body: str,
    *,
    subject: str = "Enquiry",
    sender: str = "Ann Example <ann@example.org>",
    at: str = "2026-11-11T09:00",
    agency: TenantProfile = AGENCY,
) -> TripRequest:
    """The trip that a mail with this text asks for, received on Wednesday 11 November 2026 unless told otherwise."""
    return understood(body, subject=subject, sender=sender, at=at, agency=agency).trip_request


def understood(
    body: str,
    *,
    subject: str = "Enquiry",
    sender: str = "Ann Example <ann@example.org>",
    at: str = "2026-11-11T09:00",
    agency: TenantProfile = AGENCY,
) -> Understanding:
    """The whole reading of such a mail."""
    received = datetime.fromisoformat(at)
    return understand(body, subject, sender, received if received.tzinfo else received.replace(tzinfo=UTC), agency)
