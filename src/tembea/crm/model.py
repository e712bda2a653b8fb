"""A client, the stages it moves through, and its timeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self
from uuid import UUID

import phonenumbers

from tembea.kernel.errors import Conflict
from tembea.kernel.money import Money


class Stage(StrEnum):
    """Where a client stands, in the order of a sale; `LOST` stands beside it."""

    NEW = "NEW"
    QUOTED = "QUOTED"
    NEGOTIATING = "NEGOTIATING"
    BOOKED = "BOOKED"
    PAID = "PAID"
    TRAVELLED = "TRAVELLED"
    LOST = "LOST"


ON_THE_WAY = (Stage.NEW, Stage.QUOTED, Stage.NEGOTIATING, Stage.BOOKED, Stage.PAID, Stage.TRAVELLED)
"""The stages of a sale that goes well, first to last."""

_CLOSED = (Stage.TRAVELLED, Stage.LOST)
_OPEN_TO_LOSS = (Stage.NEW, Stage.QUOTED, Stage.NEGOTIATING)


def is_advance(current: Stage, wanted: Stage) -> bool:
    """Whether an event may move a client from one stage to the other.

    Events only move forward: a second quote leaves a booked client booked, and a declined one loses nobody who has
    booked. Somebody who travelled or was lost starts again with the next quote.
    """
    if wanted is Stage.LOST:
        return current in _OPEN_TO_LOSS
    if current in _CLOSED:
        return wanted is not Stage.NEW and wanted is not current
    return ON_THE_WAY.index(wanted) > ON_THE_WAY.index(current)


class EmailTaken(Conflict):
    """Another client of the agency has this address."""

    code = "email_taken"
    title = "Another client has this address"


@dataclass(frozen=True, slots=True)
class Owner:
    """The consultant who looks after a client."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client as stored. `emails` are in the order in which they were learned; `phones` are E.164 where they parse."""

    id: UUID
    name: str
    name_key: str
    emails: list[str]
    phones: list[str]
    stage: str
    stage_changed_at: datetime
    owner_id: UUID | None
    owner_name: str | None
    tags: list[str]
    language: str | None
    source: str
    created_at: datetime
    last_contact_at: datetime | None


@dataclass(frozen=True, slots=True)
class Totals:
    """What a client has come to, one amount a currency.

    `quotes` counts quotes ever sent (a revised chain once); `quoted` is their value and `booked` that of the accepted
    ones; `invoiced`, `paid` and `outstanding` leave out drafts and voided invoices.
    """

    quotes: int = 0
    quoted: tuple[Money, ...] = ()
    booked: tuple[Money, ...] = ()
    invoiced: tuple[Money, ...] = ()
    paid: tuple[Money, ...] = ()
    outstanding: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class LatestTrip:
    """The trip of a client's newest quote that was not cancelled or revised; `value` as in `quote_values`."""

    client_id: UUID
    quote_id: UUID
    number: str
    status: str
    destination: str
    check_in: date
    check_out: date
    total: Decimal
    currency: str

    @property
    def value(self) -> Money:
        """What the quote is worth."""
        return Money(self.total, self.currency)


@dataclass(frozen=True, slots=True)
class Client:
    """An agency's customer with what they have come to so far."""

    id: UUID
    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    stage: Stage
    stage_changed_at: datetime
    owner: Owner | None
    tags: tuple[str, ...]
    language: str | None
    source: str
    created_at: datetime
    last_contact_at: datetime | None
    totals: Totals = Totals()
    trip: LatestTrip | None = None

    @classmethod
    def of(cls, row: ClientRow, totals: Totals | None = None, trip: LatestTrip | None = None) -> Self:
        """The client of a stored row."""
        return cls(
            id=row.id,
            name=row.name,
            emails=tuple(row.emails),
            phones=tuple(row.phones),
            stage=Stage(row.stage),
            stage_changed_at=row.stage_changed_at,
            owner=Owner(row.owner_id, row.owner_name) if row.owner_id and row.owner_name else None,
            tags=tuple(row.tags),
            language=row.language,
            source=row.source,
            created_at=row.created_at,
            last_contact_at=row.last_contact_at,
            totals=totals or Totals(),
            trip=trip,
        )


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a client's timeline. `kind` is what it is about and what happened: "quote.sent", "note.added"."""

    id: UUID
    client_id: UUID
    kind: str
    title: str
    detail: str
    link: str
    actor_name: str
    occurred_at: datetime


CONTACT_TOPICS = frozenset({"enquiry", "mail", "quote", "call"})
"""Events about these count as contact with the client; a note or a change of stage does not."""


def is_contact(kind: str) -> bool:
    """Whether an event of this kind is contact with the client."""
    return kind.partition(".")[0] in CONTACT_TOPICS


@dataclass(frozen=True, slots=True)
class StageSum:
    """How many clients stand at a stage and what their latest quotes are worth, one amount a currency."""

    stage: Stage
    count: int
    value: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client as staff enter one."""

    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    source: str = "staff"
    owner_id: UUID | None = None


def normal_email(text: str) -> str:
    """The address as we compare and keep it: without blanks around it, in small letters."""
    return text.strip().lower()


def normal_phone(text: str, country: str) -> str:
    """The number in E.164, read as one of `country` (ISO 3166-1 alpha-2) where it has no code; else as it was typed."""
    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return text.strip()
    if not phonenumbers.is_possible_number(parsed):
        return text.strip()
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def display_name(name: str | None, email: str | None, phone: str | None) -> str:
    """How a client is called who may not have told a name: the name, else the address before its @, else the number."""
    if name and name.strip():
        return name.strip()
    if email:
        return email.partition("@")[0]
    return phone or "Unknown"


def money_by_currency(amounts: Mapping[str, Decimal]) -> tuple[Money, ...]:
    """Money in the order of the currency codes; amounts of nothing are left out."""
    return tuple(Money(amount, currency) for currency, amount in sorted(amounts.items()) if amount)
