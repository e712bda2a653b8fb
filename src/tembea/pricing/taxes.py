"""Taxes and levies: added to the cost, or shown apart because the guest pays them at the hotel."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tembea.kernel.money import Money, round_half_up
from tembea.pricing.ages import Guest
from tembea.pricing.charges import RoomParty, percent_of
from tembea.pricing.contract import TaxRule
from tembea.pricing.result import Component, CostLine, LineKind
from tembea.pricing.stay import Stay
from tembea.pricing.terms import Settle


def tax_lines(stay: Stay, party: RoomParty, cost: Sequence[CostLine]) -> tuple[list[CostLine], list[CostLine]]:
    """The room's tax lines: (added to the cost, paid locally). A tax inside the rates makes no line.

    Percentages are taken of the room's net cost lines. Nights are capped and ages tested for each guest and night.
    """
    added: list[CostLine] = []
    local: list[CostLine] = []
    for rule in stay.contract.taxes:
        if rule.settle is Settle.INCLUDED:
            continue
        lines = _lines_of(stay, party, rule, cost)
        (local if rule.settle is Settle.PAY_LOCAL else added).extend(lines)
    return added, local


def _lines_of(stay: Stay, party: RoomParty, rule: TaxRule, cost: Sequence[CostLine]) -> list[CostLine]:
    places = range(len(stay.nights) if rule.max_nights is None else min(len(stay.nights), rule.max_nights))
    liable = {
        place: [guest for guest in party.guests if guest.ages[place].has_reached(rule.min_age)] for place in places
    }
    if rule.amount is not None:
        return _amount_lines(stay, rule, rule.amount, liable)
    return _percent_lines(stay, rule, liable, cost)


def _amount_lines(stay: Stay, rule: TaxRule, amount: Decimal, liable: Mapping[int, Sequence[Guest]]) -> list[CostLine]:
    words = f"tax {rule.code}: {amount} per {rule.per}"
    lines: dict[tuple[int | None, str | None], CostLine] = {}
    for place, guests in liable.items():
        for guest in guests:
            key = (place if rule.per.is_night else None, guest.label if rule.per.is_person else None)
            lines.setdefault(key, _line(stay, rule, amount, words, *key))
    return list(lines.values())


def _percent_lines(
    stay: Stay, rule: TaxRule, liable: Mapping[int, Sequence[Guest]], cost: Sequence[CostLine]
) -> list[CostLine]:
    places = {stay.nights[place]: place for place in liable}
    bases: dict[tuple[int | None, str | None], Decimal] = {}
    for line in cost:
        place = 0 if line.date is None else places.get(line.date)
        if place is None or place not in liable or not _is_liable(line, liable[place]):
            continue
        night = place if rule.per.is_night and line.date is not None else None
        key = (night, line.guest if rule.per.is_person else None)
        bases[key] = bases.get(key, Decimal(0)) + line.amount.amount
    return [
        _line(stay, rule, percent_of(base, rule.percent or Decimal(0)), _percent_words(rule, base), *key)
        for key, base in bases.items()
    ]


def _is_liable(line: CostLine, guests: Sequence[Guest]) -> bool:
    if line.guest is None:
        return bool(guests)
    return any(guest.label == line.guest for guest in guests)


def _percent_words(rule: TaxRule, base: Decimal) -> str:
    return f"tax {rule.code}: {rule.percent} % of {base} per {rule.per}"


def _line(stay: Stay, rule: TaxRule, exact: Decimal, words: str, place: int | None, guest: str | None) -> CostLine:
    currency = stay.contract.currency
    return CostLine(
        kind=LineKind.TAX,
        component=Component.TAX,
        description=rule.name,
        amount=Money(round_half_up(exact, currency), currency),
        source_ref=rule.source,
        rule=words,
        date=None if place is None else stay.nights[place],
        guest=guest,
    )
