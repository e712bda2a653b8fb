"""A stored quote as its customer reads it: gathered for the PDF, the mail and the page, without a single cost."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast
from uuid import UUID

from tembea.kernel.db import Read
from tembea.kernel.money import Money, round_half_up
from tembea.quotes import document as doc
from tembea.quotes.model import Quote, QuoteOption, StoredCostLine, StoredLine
from tembea.quotes.nearest import Changed, Nearest
from tembea.quotes.words import Words, words_for
from tembea.rates import Hotel, find_hotel_image, get_hotels
from tembea.tenants import Tenant, get_asset

_CHILD = re.compile(r"Child \d+ \((\d+)\)")
"""How the pricing kernel labels a child: its place and its age."""


async def load_document(read: Read, tenant: Tenant, quote: Quote) -> doc.QuoteDocument:
    """Everything the customer's paper shows: lines, totals and terms as the version holds them, the agency as it is."""
    words = words_for(quote.language)
    hotels = {hotel.id: hotel for hotel in await get_hotels(read, [option.hotel_id for option in quote.options])}
    trip = doc.Trip(
        destination=quote.destination,
        check_in=quote.check_in,
        check_out=quote.check_out,
        adults=quote.adults,
        children_ages=tuple(quote.children_ages),
        rooms=len(quote.main_option.rooms),
    )
    options = [
        _option(option, hotels[option.hotel_id], await _picture(read, option.hotel_id), trip, words)
        for option in quote.options
    ]
    return doc.QuoteDocument(
        agency=await load_agency(read, tenant, terms=_terms(quote)),
        number=quote.number,
        version=quote.version,
        issued=quote.created_at.astimezone(tenant.config.zone).date(),
        valid_until=quote.valid_until,
        customer_name=quote.customer_name,
        consultant=consultant_of(tenant, quote),
        language=quote.language,
        trip=trip,
        options=tuple(options),
        cover_text=quote.cover_text,
        asked=None if quote.nearest is None else _asked(quote.nearest, trip),
    )


def _asked(nearest: Nearest, offered: doc.Trip) -> doc.AskedStay:
    return doc.AskedStay(
        trip=replace(offered, check_in=nearest.asked_check_in, check_out=nearest.asked_check_out),
        board=nearest.asked_board,
        is_board=nearest.changed is Changed.BOARD,
        hotel=nearest.hotel,
        code=nearest.code,
    )


async def load_agency(read: Read, tenant: Tenant, *, terms: Sequence[str] = ()) -> doc.Agency:
    """The agency as its customers see it, with its logo."""
    company, banking = tenant.config.company, tenant.config.banking
    logo = await get_asset(read, "logo")
    bank = None
    if banking is not None:
        bank = doc.BankAccount(
            account_name=banking.account_name,
            bank=banking.bank,
            account_number=banking.account_number,
            branch_code=banking.branch_code,
            iban=banking.iban,
            swift=banking.swift,
        )
    return doc.Agency(
        name=company.name,
        accent=tenant.config.branding.accent,
        logo=None if logo is None else logo.content,
        address=company.address,
        phone=company.phone,
        email=company.email or "",
        website=company.website,
        registration=", ".join(filter(None, (company.registration, company.vat_number))),
        bank=bank,
        terms=tuple(terms),
    )


def _terms(quote: Quote) -> list[str]:
    return [str(term) for term in cast("Sequence[object]", quote.snapshot.get("terms", ()))]


def consultant_of(tenant: Tenant, quote: Quote) -> doc.Consultant:
    """Who looks after a quote, as its customer sees them; the agency itself where nobody does."""
    if quote.consultant_name is None:
        return doc.Consultant(tenant.config.company.name)
    return doc.Consultant(quote.consultant_name, quote.consultant_email or "", quote.consultant_phone or "")


async def _picture(read: Read, hotel_id: UUID) -> bytes | None:
    image = await find_hotel_image(read, hotel_id)
    return None if image is None else image.content


def _option(option: QuoteOption, hotel: Hotel, picture: bytes | None, trip: doc.Trip, words: Words) -> doc.QuoteOption:
    rooms = tuple(_room(room.name, room.guests) for room in option.rooms)
    return doc.QuoteOption(
        hotel=option.hotel_name,
        destination=option.destination,
        board=option.board,
        total=option.price,
        stars=int(option.hotel_stars or 0),
        rooms=rooms,
        picture=picture,
        description=hotel.description,
        per_person=_per_person(option.price, rooms),
        lines=tuple(_line(line, option, trip, words) for line in option.lines),
        pay_local=_pay_local(option.pay_local, option.cost_currency),
    )


def _room(name: str, guests: Sequence[str]) -> doc.RoomAllocation:
    ages = [int(found[1]) for guest in guests if (found := _CHILD.fullmatch(guest))]
    return doc.RoomAllocation(name, len(guests) - len(ages), tuple(sorted(ages)))


def _per_person(total: Money, rooms: Sequence[doc.RoomAllocation]) -> Money | None:
    """The share of each, where all sleep alike and the total splits evenly; None leaves it out."""
    if len(set(rooms)) != 1 or rooms[0].children_ages or rooms[0].adults == 0:
        return None
    share = total.amount / (rooms[0].adults * len(rooms))
    return Money(share, total.currency) if share == round_half_up(share, total.currency) else None


def _line(line: StoredLine, option: QuoteOption, trip: doc.Trip, words: Words) -> doc.QuoteLine:
    descriptions: Mapping[str, str] = {
        "accommodation": ", ".join((words.nights(trip), words.board(option.board))),
        "rounding": words.say("quote.rounding"),
    }
    text = descriptions.get(line.kind, line.description)
    return doc.QuoteLine(text, Money(line.amount, option.currency), line.quantity)


def _pay_local(lines: Sequence[StoredCostLine], currency: str) -> tuple[doc.LocalCharge, ...]:
    """What is paid on the spot, one line a charge however many nights and guests it is for."""
    sums: dict[str, Money] = {}
    for line in lines:
        amount = Money(line.amount, currency)
        sums[line.description] = sums[line.description] + amount if line.description in sums else amount
    return tuple(doc.LocalCharge(text, amount) for text, amount in sums.items())
