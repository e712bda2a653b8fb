"""What a traveller receives, fully worked out: the one source of the PDF, the mail and the customer's page.

Nothing here computes a price or looks anything up, and no field holds a cost or a margin, so that neither can
leak into a file that leaves the agency.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from tembea.kernel.money import Money


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where the customer pays to; an empty field is not shown. The payment reference is the quote's number."""

    account_name: str
    bank: str = ""
    account_number: str = ""
    branch_code: str = ""
    iban: str = ""
    swift: str = ""

    def filled(self) -> Iterator[tuple[str, str]]:
        """Field name and value of everything that is filled in, in reading order."""
        for field in fields(self):
            value = getattr(self, field.name)
            if value:
                yield field.name, value


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency as its customers see it."""

    name: str
    accent: str
    """The brand colour as #rrggbb; darkened for text where it is too pale."""
    logo: bytes | None = None
    """PNG, JPEG or SVG; None shows the name in type."""
    tagline: str = ""
    address: tuple[str, ...] = ()
    """Lines of the postal address."""
    phone: str = ""
    email: str = ""
    website: str = ""
    registration: str = ""
    """Company and trade registrations, for the foot of the page."""
    bank: BankAccount | None = None
    terms: tuple[str, ...] = ()
    """One paragraph each, in the customer's language where the agency wrote it in that language."""


@dataclass(frozen=True, slots=True)
class Consultant:
    """The person who looks after this quote."""

    name: str
    email: str = ""
    phone: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Trip:
    """What was asked for: where, when and who."""

    destination: str
    check_in: date
    check_out: date
    adults: int
    children_ages: tuple[int, ...] = ()
    rooms: int = 1

    @property
    def nights(self) -> int:
        """Nights from check-in to check-out."""
        return (self.check_out - self.check_in).days

    @property
    def guests(self) -> int:
        """Adults and children together."""
        return self.adults + len(self.children_ages)


@dataclass(frozen=True, slots=True)
class AskedStay:
    """The stay that was asked for where the options are for another one, and why that could not be had."""

    trip: Trip
    board: str | None
    is_board: bool
    """Whether the board alone is another."""
    hotel: str
    code: str
    """The pricing kernel's reason against the stay, at `hotel`."""


@dataclass(frozen=True, slots=True)
class RoomAllocation:
    """One room and who sleeps in it."""

    name: str
    adults: int
    children_ages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One sell line; the lines of an option add up to its total."""

    description: str
    amount: Money
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class LocalCharge:
    """A charge that the customer pays on the spot: outside every line and every total."""

    description: str
    amount: Money


@dataclass(frozen=True, slots=True)
class QuoteOption:
    """One hotel, for the whole trip, at one total."""

    hotel: str
    destination: str
    board: str
    """RO, BB, HB, FB or AI; any other text is shown as it stands."""
    total: Money
    stars: int = 0
    """1 to 5; 0 shows none."""
    rooms: tuple[RoomAllocation, ...] = ()
    picture: bytes | None = None
    """JPEG or PNG, wider than high; None gives its room to the words."""
    description: str = ""
    per_person: Money | None = None
    """Only where every guest pays the same."""
    lines: tuple[QuoteLine, ...] = ()
    included: tuple[str, ...] = ()
    not_included: tuple[str, ...] = ()
    pay_local: tuple[LocalCharge, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteDocument:
    """One version of one quote, as its customer reads it."""

    agency: Agency
    number: str
    version: int
    issued: date
    valid_until: date
    customer_name: str
    consultant: Consultant
    language: str
    """BCP 47, such as ``en``, ``en-ZA``, ``af``, ``fr`` or ``de``: picks the words and how dates and money look."""
    trip: Trip
    options: tuple[QuoteOption, ...]
    cover_text: str = ""
    """Paragraphs parted by an empty line."""
    asked: AskedStay | None = None
    """None where the options are what was asked for."""
    public_url: str | None = None
    """The customer's page; None leaves out the link and its QR code."""
