"""The oracle's offers, commission and taxes on one room's charges."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import cast

from tests.pricing.oracle.charging import Charge, Room
from tests.pricing.oracle.reading import (
    DECIMALS,
    Ask,
    Row,
    covers,
    flag,
    for_room,
    half_up,
    inside,
    number,
    rows,
    texts,
    whole,
)


@dataclass
class Left:
    """What is left of a charge: unrounded and rounded."""

    charge: Charge
    exact: Fraction
    rounded: Fraction


def places_of(document: Row, ask: Ask, offer: Row) -> list[int]:
    """The nights that an offer reaches."""
    covered = [
        night for night, day in enumerate(ask.nights) if covers(document, {"seasons": offer.get("seasons", [])}, day)
    ]
    scope = offer.get("scope", "night")
    if scope == "night":
        return covered
    everything = list(range(len(ask.nights)))
    reached = covered == everything if scope == "whole_stay" else 0 in covered
    return everything if reached else []


def eligible(document: Row, ask: Ask, board: str) -> list[Row]:
    lead = (ask.check_in - ask.booked).days
    return [
        offer
        for offer in rows(document, "offers")
        if len(places_of(document, ask, offer)) >= max(1, whole(offer, "stay"))
        if "booking" not in offer or inside(_mapping(offer["booking"]), ask.booked)
        if lead >= whole(offer, "lead_days_min", -10_000)
        if "lead_days_max" not in offer or lead <= whole(offer, "lead_days_max")
        if len(ask.nights) >= whole(offer, "nights_min")
        if not texts(offer, "boards") or board in texts(offer, "boards")
    ]


def _mapping(value: object) -> Row:
    return cast("Row", value)


def combine(one: Row, other: Row) -> bool:
    return str(other["code"]) in texts(one, "combines_with") and str(one["code"]) in texts(other, "combines_with")


def every_set(offers: Sequence[Row]) -> list[tuple[Row, ...]]:
    """Every set of offers in which each may stand with each, the empty one included."""
    sizes = range(len(offers) + 1)
    found = [chosen for size in sizes for chosen in combinations(offers, size)]
    return [chosen for chosen in found if all(combine(one, other) for one, other in combinations(chosen, 2))]


def reduce(room: Room, charges: Sequence[Charge], offers: Sequence[Row]) -> tuple[list[Left], set[str]]:
    """The charges after the offers, and the offers that changed something."""
    currency = str(room.document["currency"])
    left = [Left(charge, charge.exact, half_up(charge.exact, currency)) for charge in charges]
    used: set[str] = set()
    reaching = [offer for offer in offers if for_room(offer, room.code)]
    free = [offer for offer in reaching if offer["kind"] == "stay_pay"]
    for offer in [offer for offer in reaching if offer["kind"] != "stay_pay"] + free:
        before = [(one.exact, one.rounded) for one in left]
        nights = places_of(room.document, room.ask, offer)
        if offer["kind"] == "stay_pay":
            _free(offer, left, nights, currency)
        elif "percent" in offer:
            for one in _reached(left, nights):
                one.exact = one.exact * (100 - number(offer["percent"])) / 100
                one.rounded = half_up(one.exact, currency)
        elif "amount" in offer:
            for night in nights:
                _take(_reached(left, [night]), half_up(number(offer["amount"]), currency), currency)
        if offer["kind"] == "value_add" or before != [(one.exact, one.rounded) for one in left]:
            used.add(str(offer["code"]))
    return left, used


def _reached(left: Sequence[Left], nights: Sequence[int]) -> list[Left]:
    return [one for one in left if one.charge.discountable and not one.charge.local and one.charge.night in nights]


def _take(parts: Sequence[Left], amount: Fraction, currency: str) -> None:
    """Take an amount off by largest remainder, never more than there is."""
    parts = [part for part in parts if part.rounded > 0]
    there = sum((part.rounded for part in parts), Fraction(0))
    amount = min(amount, there)
    if not parts:
        return
    unit = Fraction(1, 10 ** DECIMALS[currency])
    exact = [amount * part.rounded / there / unit for part in parts]
    shares = [int(share) for share in exact]
    missing = int(amount / unit) - sum(shares)
    order = sorted(range(len(parts)), key=lambda place: (shares[place] - exact[place], place))
    for place in order[:missing]:
        shares[place] += 1
    for part, share in zip(parts, shares, strict=True):
        part.rounded -= share * unit
        part.exact = part.rounded


def _free(offer: Row, left: Sequence[Left], nights: Sequence[int], currency: str) -> None:
    stay, pay = whole(offer, "stay"), whole(offer, "pay")
    blocks = [nights[start : start + stay] for start in range(0, len(nights) - stay + 1, stay)]
    granted, most = 0, whole(offer, "max_free", 10_000)
    for block in blocks if flag(offer, "repeatable", default=False) else blocks[:1]:
        number_free = min(stay - pay, most - granted)
        granted += number_free
        parts = [one for one in _reached(left, block) if one.charge.of_the_room]
        worth = {night: sum(one.rounded for one in parts if one.charge.night == night) for night in block}
        way = offer.get("free_night") or "cheapest"
        if way == "average":
            if number_free:
                mean = Fraction(sum(worth.values())) * number_free / len(block)
                _take(parts, half_up(mean, currency), currency)
            continue
        order = {"first": block, "last": block[::-1], "cheapest": sorted(block, key=lambda night: worth[night])}[
            str(way)
        ]
        for one in parts:
            if one.charge.night in order[:number_free]:
                one.exact = one.rounded = Fraction(0)


def commission(document: Row, one: Left) -> Fraction:
    if document.get("rate_kind") != "commissionable" or not one.charge.commissionable:
        return Fraction(0)
    return half_up(one.rounded * number(document["commission_pct"]) / 100, str(document["currency"]))


def taxes(room: Room, left: Sequence[Left]) -> tuple[Fraction, Fraction]:
    """(added to the cost, paid at the hotel)."""
    added = local = Fraction(0)
    net = [(one.charge, one.rounded - commission(room.document, one)) for one in left if not one.charge.local]
    for rule in rows(room.document, "taxes"):
        if rule["settle"] == "included":
            continue
        amount = _amount_tax(room, rule) if "amount" in rule else _percent_tax(room, rule, net)
        if rule["settle"] == "pay_local":
            local += amount
        else:
            added += amount
    return added, local


def _liable(room: Room, rule: Row, night: int) -> list[str]:
    if "max_nights" in rule and night >= whole(rule, "max_nights"):
        return []
    youngest = whole(rule, "min_age")
    found: list[str] = []
    for guest in room.guests:
        age = guest.ages[night]
        if age is None or age >= youngest:
            found.append(guest.name)
    return found


def _amount_tax(room: Room, rule: Row) -> Fraction:
    nights = range(len(room.ask.nights))
    liable = [(night, name) for night in nights for name in _liable(room, rule, night)]
    times = {
        "person_night": len(liable),
        "room_night": len({night for night, _ in liable}),
        "person_stay": len({name for _, name in liable}),
        "room_stay": 1 if liable else 0,
    }[str(rule["per"])]
    return times * half_up(number(rule["amount"]), str(room.document["currency"]))


def _percent_tax(room: Room, rule: Row, net: Sequence[tuple[Charge, Fraction]]) -> Fraction:
    bases: dict[tuple[object, object], Fraction] = {}
    per = str(rule["per"])
    for charge, amount in net:
        liable = _liable(room, rule, charge.night or 0)
        if not liable or (charge.guest is not None and charge.guest not in liable):
            continue
        key = (charge.night if per.endswith("night") else None, charge.guest if per.startswith("person") else None)
        bases[key] = bases.get(key, Fraction(0)) + amount
    percent = number(rule["percent"])
    return sum((half_up(base * percent / 100, str(room.document["currency"])) for base in bases.values()), Fraction(0))
