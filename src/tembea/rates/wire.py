"""The wire forms of hotels, contracts and prices."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from tembea.kernel.web import MoneyOut, Wire
from tembea.pricing import (
    ENGINE_VERSION,
    CostLine,
    FxApplied,
    SellLine,
    SourceRef,
)
from tembea.rates.model import ContractVersion, Destination, Hotel
from tembea.rates.pricing import PricedHotel, PricedStay, RejectedHotel
from tembea.rates.rule_words import rule_words


class HotelOut(Wire):
    """A hotel as others refer to it."""

    id: UUID
    name: str
    destination: str
    stars: float | None

    @classmethod
    def of(cls, hotel: Hotel) -> "HotelOut":
        """The wire form."""
        return cls(id=hotel.id, name=hotel.name, destination=hotel.destination, stars=stars_out(hotel.stars))


def stars_out(stars: Decimal | None) -> float | None:
    """Stars are a rating, not money: a plain number such as 4 or 4.5."""
    return None if stars is None else float(stars)


class HotelDetail(HotelOut):
    """A hotel with what the agency says of it."""

    country: str
    time_zone: str
    description: str
    image_url: str | None

    @classmethod
    def of(cls, hotel: Hotel) -> "HotelDetail":
        """The wire form."""
        return cls(
            id=hotel.id,
            name=hotel.name,
            destination=hotel.destination,
            stars=stars_out(hotel.stars),
            country=hotel.country,
            time_zone=hotel.time_zone,
            description=hotel.description,
            image_url=f"/api/v1/rates/hotels/{hotel.id}/image" if hotel.images else None,
        )


class DestinationOut(Wire):
    """A place; `code` is null where only hotels name it."""

    name: str
    code: str | None
    aliases: list[str]
    hotels: int

    @classmethod
    def of(cls, place: Destination) -> "DestinationOut":
        """The wire form."""
        return cls(name=place.name, code=place.code, aliases=list(place.aliases), hotels=place.hotels)


class ContractOut(Wire):
    """A version of a hotel's contract."""

    id: UUID
    hotel_id: UUID
    hotel: str
    version: int
    status: str = Field(description="draft, live or retired")
    currency: str
    source_document: str
    created_at: datetime.datetime

    @classmethod
    def of(cls, version: ContractVersion) -> "ContractOut":
        """The wire form."""
        return cls(
            id=version.id,
            hotel_id=version.hotel_id,
            hotel=version.hotel_name,
            version=version.version,
            status=version.status,
            currency=version.currency,
            source_document=version.source_document,
            created_at=version.created_at,
        )


class ContractDetail(ContractOut):
    """A version with its document."""

    document: dict[str, object]
    document_sha256: str


class RoomOut(Wire):
    """A room type and who sleeps in it."""

    room: str
    guests: list[str]


class LineOut(Wire):
    """A line that the customer pays."""

    kind: str
    description: str
    quantity: int
    amount: MoneyOut

    @classmethod
    def of(cls, line: SellLine) -> "LineOut":
        """The wire form."""
        return cls(
            kind=line.kind.value,
            description=line.description,
            quantity=line.quantity,
            amount=MoneyOut.of(line.amount),
        )


class SourceOut(Wire):
    """Where in the hotel's document an amount stands."""

    document: str
    sheet: str | None = None
    page: int | None = None
    row: int | None = None
    cell: str | None = None

    @classmethod
    def of(cls, source: SourceRef) -> "SourceOut":
        """The wire form."""
        return cls(document=source.document, sheet=source.sheet, page=source.page, row=source.row, cell=source.cell)


class CostLineOut(Wire):
    """A line that the agency, or the guest at the hotel, pays; for staff."""

    kind: str
    component: str
    description: str
    date: datetime.date | None
    guest: str | None
    amount: MoneyOut
    source_ref: SourceOut
    rule: str

    @classmethod
    def of(cls, line: CostLine) -> "CostLineOut":
        """The wire form."""
        return cls(
            kind=line.kind.value,
            component=line.component.value,
            description=line.description,
            date=line.date,
            guest=line.guest,
            amount=MoneyOut.of(line.amount),
            source_ref=SourceOut.of(line.source_ref),
            rule=rule_words(line.rule, line.amount),
        )


class OfferLossOut(Wire):
    """An offer that applied and lost to others, with the cost that it alone would have given."""

    code: str
    total: MoneyOut


class PricedOut(Wire):
    """A hotel that can take the stay. `lines` and `total` are the customer's, `cost_*` the agency's."""

    hotel: HotelOut
    rooms: list[RoomOut]
    board: str
    lines: list[LineOut]
    total: MoneyOut
    cost_lines: list[CostLineOut]
    cost_total: MoneyOut
    pay_local: list[CostLineOut]
    pay_local_total: MoneyOut
    offers_applied: list[str]
    offers_rejected: list[OfferLossOut]
    on_request: bool = Field(description="The hotel has to be asked before these rooms are certain")

    @classmethod
    def of(cls, option: PricedHotel) -> "PricedOut":
        """The wire form."""
        priced = option.priced
        return cls(
            hotel=HotelOut.of(option.hotel),
            rooms=[RoomOut(room=room.name, guests=list(room.guests)) for room in priced.rooms],
            board=priced.board.value,
            lines=[LineOut.of(line) for line in priced.lines],
            total=MoneyOut.of(priced.total),
            cost_lines=[CostLineOut.of(line) for line in priced.cost_lines],
            cost_total=MoneyOut.of(priced.cost_total),
            pay_local=[CostLineOut.of(line) for line in priced.pay_local],
            pay_local_total=MoneyOut.of(priced.pay_local_total),
            offers_applied=list(priced.offers_applied),
            offers_rejected=[
                OfferLossOut(code=loss.code, total=MoneyOut.of(loss.total)) for loss in priced.offers_rejected
            ],
            on_request=priced.on_request,
        )


class RejectedOut(Wire):
    """A hotel that cannot take the stay: the first reason, all of them in order, and words."""

    hotel: HotelOut
    code: str
    date: datetime.date | None
    reasons: list[str]
    detail: str

    @classmethod
    def of(cls, one: RejectedHotel) -> "RejectedOut":
        """The wire form."""
        return cls(
            hotel=HotelOut.of(one.hotel),
            code=one.rejected.code.value,
            date=one.rejected.date,
            reasons=[code.value for code in one.rejected.reasons],
            detail=one.rejected.detail,
        )


class FxOut(Wire):
    """A pinned exchange rate that a price used."""

    rate_id: str
    base: str
    quote: str
    rate: str
    buffer_percent: str
    as_of: datetime.date
    source: str

    @classmethod
    def of(cls, fx: FxApplied) -> "FxOut":
        """The wire form."""
        return cls(
            rate_id=fx.rate_id,
            base=fx.base,
            quote=fx.quote,
            rate=f"{fx.rate.normalize():f}",
            buffer_percent=str(fx.buffer_percent),
            as_of=fx.as_of,
            source=fx.source,
        )


class PriceOut(Wire):
    """The stay at every hotel that was asked. `fx` lists the exchange rates used; `hash` vouches for all of it."""

    options: list[PricedOut]
    rejected: list[RejectedOut]
    fx: list[FxOut]
    engine_version: str
    hash: str

    @classmethod
    def of(cls, stay: PricedStay) -> "PriceOut":
        """The wire form."""
        used: Sequence[FxApplied] = [one.priced.fx for one in stay.options if one.priced.fx is not None]
        return cls(
            options=[PricedOut.of(option) for option in stay.options],
            rejected=[RejectedOut.of(one) for one in stay.rejected],
            fx=[FxOut.of(fx) for fx in dict.fromkeys(used)],
            engine_version=ENGINE_VERSION,
            hash=stay.hash,
        )
