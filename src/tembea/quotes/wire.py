"""The wire forms of quotes."""

import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, EmailStr, Field

from tembea.kernel.errors import FieldError
from tembea.kernel.money import Money, is_currency
from tembea.kernel.web import NO_NUL, MoneyOut, Wire
from tembea.pricing import RequestRefused, parse_board
from tembea.quotes.model import CoverBy, Customer, Quote, QuoteChange, QuoteOption, QuoteStatus
from tembea.quotes.nearest import Changed, Nearest
from tembea.quotes.trip import Basis, Board, Budget, Kind, TripRequest
from tembea.rates import UnknownCurrencyAsked, stay_refused
from tembea.rates.asking import Age, Day, Number, ServiceIn


def _known_currency(code: str) -> str:
    if not is_currency(code):
        message = f"{code[:40]!r} is not a currency of ISO 4217. Use a code such as USD or ZAR."
        raise UnknownCurrencyAsked(message, errors=[FieldError("body.budget.currency", message)])
    return code


def _known_board(value: object) -> object:
    """The board's code as the trade writes it; an unknown one has its own name, as where a price is asked for."""
    try:
        return parse_board(value).value if isinstance(value, str) else value
    except RequestRefused as refused:
        raise stay_refused(refused) from refused


Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
Short = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]
Phone = Annotated[str, Field(min_length=3, max_length=40, pattern=NO_NUL)]
CoverText = Annotated[str, Field(max_length=5_000, pattern=NO_NUL)]
Currency = Annotated[str, AfterValidator(_known_currency)]


class CustomerIn(Wire):
    """Who the quote is for."""

    name: Name
    email: EmailStr | None = None
    phone: Phone | None = None


class BudgetIn(Wire):
    """What the customer will pay, and what the figure is for."""

    amount: Annotated[Decimal, Field(gt=0, max_digits=15, decimal_places=3)]
    currency: Currency
    basis: Basis = Basis.TOTAL


class GenerateIn(Wire):
    """A trip to be quoted. `send` says whether the quote goes out at once; left out, the agency's setting does."""

    customer: CustomerIn
    destination: Short | None = None
    check_in: Day
    check_out: Day | None = None
    nights: Number | None = None
    adults: Number
    children_ages: Annotated[list[Age], Field(max_length=60, default_factory=list)]
    rooms: Number | None = None
    hotels: Annotated[list[Short], Field(max_length=20, default_factory=list)]
    board: Annotated[Board | None, BeforeValidator(_known_board)] = None
    budget: BudgetIn | None = None
    message: Annotated[CoverText, Field(description="Words to the customer that open the quote")] = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)] | None = None
    send: bool | None = None
    services: Annotated[list[ServiceIn], Field(max_length=60, default_factory=list)]
    nearest: Annotated[bool, Field(description="Where nothing fits, quote the nearest stay and say so")] = False

    def trip(self, check_out: datetime.date) -> TripRequest:
        """The trip as the agent reads it."""
        known = sorted(age for age in self.children_ages if age is not None)
        budget = None
        if self.budget is not None:
            budget = Budget(self.budget.amount, self.budget.currency, self.budget.basis)
        return TripRequest(
            kind=Kind.NEW_ENQUIRY,
            customer_name=self.customer.name,
            customer_email=self.customer.email,
            customer_phone=self.customer.phone,
            destinations=() if self.destination is None else (self.destination,),
            hotels=tuple(self.hotels),
            check_in=self.check_in,
            check_out=check_out,
            nights=(check_out - self.check_in).days,
            adults=self.adults,
            children_ages=tuple(known),
            children_count=len(self.children_ages),
            rooms=self.rooms,
            board=self.board,
            budget=budget,
        )


class QuoteChangeIn(Wire):
    """What is to change of a draft; a part left out stays as it is."""

    customer: CustomerIn | None = None
    cover_text: CoverText | None = None
    valid_until: datetime.date | None = None
    selected_option_id: UUID | None = None

    def parsed(self, customer: Customer | None) -> QuoteChange:
        """What the service takes."""
        return QuoteChange(self.cover_text, self.valid_until, self.selected_option_id, customer)


class CustomerOut(Wire):
    """Who the quote is for."""

    name: str
    email: str | None
    phone: str | None


class ConsultantOut(Wire):
    """Who looks after the quote."""

    id: UUID
    name: str
    email: str | None
    phone: str | None


class GuestsOut(Wire):
    """Who travels."""

    adults: int
    children_ages: list[int]


class HotelOut(Wire):
    """The hotel of an option; `image_url` is null where it has no picture."""

    id: UUID
    name: str
    destination: str
    stars: float | None
    image_url: str | None


class RoomOut(Wire):
    """A room and who sleeps in it."""

    room: str
    guests: list[str]


class LineOut(Wire):
    """A line that the customer pays."""

    kind: str
    description: str
    quantity: int
    amount: MoneyOut


class ChargeOut(Wire):
    """A charge that is paid on the spot."""

    description: str
    amount: MoneyOut


class StayOut(Wire):
    """A stay of an option."""

    hotel: HotelOut
    check_in: datetime.date
    check_out: datetime.date
    board: str
    rooms: list[RoomOut]


class OptionOut(Wire):
    """One alternative with its own total; options are never added together. `reasons` say why it stands where it is."""

    id: UUID
    hotel: HotelOut
    destination: str
    board: str
    lines: list[LineOut]
    total: MoneyOut
    stays: list[StayOut]
    pay_local: list[ChargeOut]
    reasons: list[str]

    @classmethod
    def of(cls, option: QuoteOption, quote: Quote) -> "OptionOut":
        """The wire form."""
        hotel = _hotel(option)
        rooms = [RoomOut(room=room.name, guests=room.guests) for room in option.rooms]
        stay = StayOut(hotel=hotel, check_in=quote.check_in, check_out=quote.check_out, board=option.board, rooms=rooms)
        return cls(
            id=option.id,
            hotel=hotel,
            destination=option.destination,
            board=option.board,
            lines=[
                LineOut(
                    kind=line.kind,
                    description=line.description,
                    quantity=line.quantity,
                    amount=_money(line.amount, option.currency),
                )
                for line in option.lines
            ],
            total=MoneyOut.of(option.price),
            stays=[stay],
            pay_local=_charges(option),
            reasons=option.reasons,
        )


def _hotel(option: QuoteOption) -> HotelOut:
    stars = None if option.hotel_stars is None else float(option.hotel_stars)
    return HotelOut(
        id=option.hotel_id,
        name=option.hotel_name,
        destination=option.destination,
        stars=stars,
        image_url=f"/api/v1/rates/hotels/{option.hotel_id}/image" if option.has_picture else None,
    )


def _charges(option: QuoteOption) -> list[ChargeOut]:
    """One charge a description: a levy for each guest and night is one sum to whoever pays it."""
    sums: dict[str, Decimal] = {}
    for line in option.pay_local:
        sums[line.description] = sums.get(line.description, Decimal(0)) + line.amount
    return [ChargeOut(description=said, amount=_money(sum_, option.cost_currency)) for said, sum_ in sums.items()]


def _money(amount: Decimal, currency: str) -> MoneyOut:
    return MoneyOut.of(Money(amount, currency))


class NearestOut(Wire):
    """The quote is for another stay than was asked for: what is `changed`, what was asked for, and the reason against
    it at `hotel`, the first of those that are offered."""

    changed: Changed
    asked_check_in: datetime.date
    asked_check_out: datetime.date
    asked_board: str | None
    hotel: str
    code: str
    detail: str

    @classmethod
    def of(cls, nearest: Nearest) -> "NearestOut":
        """The wire form."""
        return cls(
            changed=nearest.changed,
            asked_check_in=nearest.asked_check_in,
            asked_check_out=nearest.asked_check_out,
            asked_board=nearest.asked_board,
            hotel=nearest.hotel,
            code=nearest.code,
            detail=nearest.detail,
        )


class QuoteOut(Wire):
    """A quote as staff see it. `hotel`, `destination`, `currency` and `total` are those of the option that speaks for
    it: the selected one, else the first."""

    id: UUID
    number: str = Field(examples=["QT-20261123-0007"])
    version: int
    status: QuoteStatus
    customer: CustomerOut
    client_id: UUID
    enquiry_id: UUID | None
    consultant: ConsultantOut | None
    destination: str
    hotel: HotelOut
    check_in: datetime.date
    check_out: datetime.date
    nights: int
    guests: GuestsOut
    options: list[OptionOut]
    selected_option_id: UUID | None
    currency: str
    total: MoneyOut
    language: str
    cover_text: str
    cover_by: CoverBy
    cover_note: Annotated[
        str | None,
        Field(description="`asking` while a model writes the cover text; else why its words are not used"),
    ]
    nearest: Annotated[NearestOut | None, Field(description="Set where the stay is not the one asked for")]
    valid_until: datetime.date
    created_at: datetime.datetime
    send_requested_at: datetime.datetime | None
    leaves_at: Annotated[datetime.datetime | None, Field(description="Until when sending can be taken back")]
    sent_at: datetime.datetime | None
    viewed_at: datetime.datetime | None
    accepted_at: datetime.datetime | None
    public_url: str | None = Field(description="The customer's page, once there is one")
    pdf_url: str
    explanation_url: str

    @classmethod
    def of(cls, quote: Quote) -> "QuoteOut":
        """The wire form."""
        main, address = quote.main_option, f"/api/v1/quotes/{quote.id}"
        return cls(
            id=quote.id,
            number=quote.number,
            version=quote.version,
            status=quote.status,
            customer=CustomerOut(name=quote.customer_name, email=quote.customer_email, phone=quote.customer_phone),
            client_id=quote.client_id,
            enquiry_id=quote.enquiry_id,
            consultant=_consultant(quote),
            destination=quote.destination,
            hotel=_hotel(main),
            check_in=quote.check_in,
            check_out=quote.check_out,
            nights=quote.nights,
            guests=GuestsOut(adults=quote.adults, children_ages=quote.children_ages),
            options=[OptionOut.of(option, quote) for option in quote.options],
            selected_option_id=quote.selected_option_id,
            currency=main.currency,
            total=MoneyOut.of(main.price),
            language=quote.language,
            cover_text=quote.cover_text,
            cover_by=quote.cover_by,
            cover_note=quote.cover_note,
            nearest=None if quote.nearest is None else NearestOut.of(quote.nearest),
            valid_until=quote.valid_until,
            created_at=quote.created_at,
            send_requested_at=quote.send_requested_at,
            leaves_at=quote.leaves_at,
            sent_at=quote.sent_at,
            viewed_at=quote.viewed_at,
            accepted_at=quote.accepted_at,
            public_url=None,
            pdf_url=f"{address}/pdf",
            explanation_url=f"{address}/explanation",
        )


def _consultant(quote: Quote) -> ConsultantOut | None:
    if quote.consultant_id is None or quote.consultant_name is None:
        return None
    return ConsultantOut(
        id=quote.consultant_id,
        name=quote.consultant_name,
        email=quote.consultant_email,
        phone=quote.consultant_phone,
    )
