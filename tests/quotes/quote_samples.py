"""A quote for a family in Zanzibar, to vary in the tests of what customers receive."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from tembea.kernel.money import Money
from tembea.quotes.document import (
    Agency,
    BankAccount,
    Consultant,
    LocalCharge,
    QuoteDocument,
    QuoteLine,
    QuoteOption,
    RoomAllocation,
    Trip,
)

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "src" / "tembea" / "demo" / "images"


def money(amount: str, currency: str = "ZAR") -> Money:
    return Money(Decimal(amount), currency)


def option(name: str = "Mvuli House", total: str = "84300.00", picture: str = "zanzibar-1") -> QuoteOption:
    return QuoteOption(
        hotel=name,
        destination="Zanzibar",
        board="HB",
        total=money(total),
        stars=5,
        rooms=(RoomAllocation("Family suite", 2, (7, 11)),),
        picture=(PICTURES / f"{picture}.jpg").read_bytes(),
        description="A low white house above a bay where the tide hardly leaves the beach.",
        per_person=None,
        lines=(QuoteLine("Accommodation, 7 nights", money("80000.00")), QuoteLine("Transfers", money("4300.00"), 2)),
        included=("Breakfast and dinner",),
        not_included=("Flights",),
        pay_local=(LocalCharge("Tourism levy", money("28.00", "USD")),),
    )


def document(**changes: object) -> QuoteDocument:
    agency = Agency(
        name="Jacaranda Journeys",
        accent="#b4532a",
        logo=(ROOT / "clients" / "africastay" / "logo.png").read_bytes(),
        address=("12 Loop Street", "Cape Town"),
        phone="+27 21 555 0142",
        email="hello@jacaranda.example",
        bank=BankAccount("Jacaranda Journeys", bank="Kaapbank", account_number="62000012345", iban=""),
        terms=("Prices hold while rooms are free.", "A deposit of 30 % secures the booking."),
    )
    plain = QuoteDocument(
        agency=agency,
        number="QT-20261123-0007",
        version=1,
        issued=date(2026, 11, 23),
        valid_until=date(2026, 12, 7),
        customer_name="Ayşe Õzer",
        consultant=Consultant("Naledi Mokoena", "naledi@jacaranda.example", "+27 82 555 0199"),
        language="en",
        trip=Trip("Zanzibar", date(2027, 3, 29), date(2027, 4, 5), 2, (7, 11)),
        options=(
            option(),
            option("Baraza Palms", "91240.00", "zanzibar-2"),
            replace(option("Matemwe Reef Lodge", "58760.00", "zanzibar-3"), per_person=money("14690.00")),
        ),
        cover_text="Here are three places that suit a family.\n\nThe first is our favourite.",
        public_url="https://quotes.jacaranda.example/q/3kJ9x2bVd8QpLw7ZrT5mYn4HcG6fSa1e",
    )
    return replace(plain, **changes)  # pyright: ignore[reportArgumentType] - each test names real fields
