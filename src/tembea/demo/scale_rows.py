"""Five years of an agency's trade as rows, more of it lately, drawn from a seed: each time the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

Row = Sequence[object]

SPAN = timedelta(days=5 * 365)
_DESTINATIONS = ("Zanzibar", "Mauritius", "Kenya", "Cape Town", "Victoria Falls", "Seychelles", "Bali", "Maldives",
                 "Morocco", "Madeira", "Azores", "Algarve")  # fmt: skip
_QUOTE_STATUSES = ("draft", "sent", "viewed", "accepted", "converted", "declined", "expired", "cancelled", "revised")
_QUOTE_WEIGHTS = (3, 8, 8, 6, 24, 20, 21, 4, 6)
_STAGES = ("NEW", "QUOTED", "NEGOTIATING", "BOOKED", "PAID", "TRAVELLED", "LOST")
_STAGE_WEIGHTS = (8, 20, 12, 8, 7, 20, 25)
_SOURCES, _SOURCE_WEIGHTS = ("email", "web", "phone", "chat"), (60, 25, 10, 5)
_CURRENCIES, _CURRENCY_WEIGHTS = ("ZAR", "EUR", "USD"), (6, 2, 2)
_CALL_STATUSES, _CALL_WEIGHTS = ("completed", "failed", "cancelled"), (80, 14, 6)
_HOTELS = 60


@dataclass(frozen=True, slots=True)
class _Hotel:
    id: UUID
    name: str
    destination: str
    currency: str


@dataclass(slots=True)
class Batch:
    """Rows of the quotes of one batch, and of what follows from them, in the order of `scale_store`'s columns."""

    quotes: list[Row] = field(default_factory=list[Row])
    options: list[Row] = field(default_factory=list[Row])
    invoices: list[Row] = field(default_factory=list[Row])
    payments: list[Row] = field(default_factory=list[Row])


class Trade:
    """One agency's trade. Clients come before the quotes and calls that belong to them."""

    def __init__(self, seed: int, now: datetime) -> None:
        self._random = Random(seed)  # noqa: S311 - it draws trade and guards nothing
        self._now, self._begin = now, now - SPAN
        self._hotels: list[_Hotel] = []
        self._clients: list[UUID] = []
        self._invoices = 0

    def hotels(self) -> Iterator[Row]:
        """The hotels, each selling in one currency."""
        for number in range(_HOTELS):
            currency = self._random.choices(_CURRENCIES, _CURRENCY_WEIGHTS)[0]
            destination = _DESTINATIONS[number % len(_DESTINATIONS)]
            hotel = _Hotel(self._id(self._begin), f"{destination} House {number:02}", destination, currency)
            self._hotels.append(hotel)
            yield hotel.id, hotel.name, hotel.destination

    def clients(self, numbers: range, of: int) -> tuple[list[Row], list[Row]]:
        """Clients, who came evenly over the years, and their timelines of one to five entries."""
        clients: list[Row] = []
        events: list[Row] = []
        for number in numbers:
            came = self._begin + SPAN * (number / of)
            client_id = self._id(came)
            self._clients.append(client_id)
            stage = self._random.choices(_STAGES, _STAGE_WEIGHTS)[0]
            source = self._random.choices(_SOURCES, _SOURCE_WEIGHTS)[0]
            clients.append((client_id, f"Client {number}", stage, source, came))
            for _ in range(self._random.randrange(1, 6)):
                at = came + (self._now - came) * self._random.random() ** 2
                events.append((self._id(at), client_id, "quote.sent", "Quote sent", at))
        return clients, events

    def quotes(self, numbers: range, of: int) -> Batch:
        """Quotes in the order of their days, with options; every converted one with its invoice and payments."""
        batch = Batch()
        for number in numbers:
            share = (number / of) ** 0.7  # the agency grew: there are more of the later days
            at = self._begin + SPAN * share
            self._quote(batch, number, at, self._client_at(share))
        return batch

    def calls(self, numbers: range, of: int) -> Iterator[Row]:
        """Calls over the years; some of the last day still wait or are planned."""
        for number in numbers:
            share = (number + 1) / of
            at, planned = self._begin + SPAN * share, None
            status = self._random.choices(_CALL_STATUSES, _CALL_WEIGHTS)[0]
            if share > 0.9995:
                status = self._random.choice(("scheduled", "queued", status))
                planned = self._now + timedelta(hours=self._random.randrange(1, 48)) if status == "scheduled" else None
            ended = status in ("completed", "failed")
            outcome = self._random.choice(("booked", "call_back", "not_interested", "no_answer")) if ended else None
            duration_s = self._random.randrange(20, 900) if status == "completed" else None
            yield self._id(at), self._client_at(share), status, outcome, duration_s, at, planned

    def _quote(self, batch: Batch, number: int, at: datetime, client_id: UUID) -> None:
        quote_id, status = self._id(at), self._random.choices(_QUOTE_STATUSES, _QUOTE_WEIGHTS)[0]
        hotels = self._random.sample(self._hotels, 1 if self._random.random() < 0.8 else 2)
        options = [(self._id(at), hotel, Decimal(self._random.randrange(40_000, 900_000)) / 100) for hotel in hotels]
        option_id, hotel, total = self._random.choice(options)
        selected = option_id if status in ("accepted", "converted") else None
        nights = self._random.randrange(3, 15)
        name = f"QT-{at:%Y%m%d}-{number:07}"
        batch.quotes.append((quote_id, name, status, client_id, hotels[0].destination, nights, selected, at))
        for position, (one, there, price) in enumerate(options):
            where = (there.id, there.name, there.destination, there.currency)
            batch.options.append((one, quote_id, position, *where, price))
        if status == "converted":
            self._invoice(batch, quote_id, client_id, hotel.currency, total, at)

    def _invoice(
        self, batch: Batch, quote_id: UUID, client_id: UUID, currency: str, total: Decimal, at: datetime
    ) -> None:
        self._invoices += 1
        invoice_id, issued = self._id(at), at.date()
        due, age = issued + timedelta(days=30), (self._now - at).days
        paid_share = self._random.choices((1, Decimal("0.5"), 0), (92, 4, 4) if age > 45 else (30, 30, 40))[0]
        paid = (total * paid_share).quantize(Decimal("0.01"))
        open_status = "overdue" if due < self._now.date() else "sent"
        status = "paid" if paid == total else "partially_paid" if paid else open_status
        name = f"INV-{issued.year}-{self._invoices:07}"
        batch.invoices.append((invoice_id, name, status, client_id, quote_id, currency, total, paid, issued, due))
        if paid:
            received = issued + timedelta(days=self._random.randrange(0, max(1, min(60, age))))
            batch.payments.append((self._id(at), invoice_id, paid, currency, received))

    def _client_at(self, share: float) -> UUID:
        """Somebody who had come by then, rather lately."""
        known = max(1, int(len(self._clients) * share))
        return self._clients[int(known * self._random.random() ** 0.5)]

    def _id(self, at: datetime) -> UUID:
        """A UUIDv7 (RFC 9562) of that moment."""
        random = self._random.getrandbits(74)
        high, low = random >> 62, random & ((1 << 62) - 1)
        return UUID(int=int(at.timestamp() * 1000) << 80 | 7 << 76 | high << 64 | 2 << 62 | low)
