"""The cost of one room: charges, offers, commission and taxes, in this order."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tembea.kernel.money import Money, round_half_up
from tembea.pricing.charges import RoomParty, percent_of
from tembea.pricing.contract import Offer, Package
from tembea.pricing.occupancy import nightly_charges
from tembea.pricing.offers import Running, before_offers, reduce_charges
from tembea.pricing.packages import package_charges
from tembea.pricing.result import CostLine, LineKind
from tembea.pricing.stay import Product, Stay
from tembea.pricing.supplements import board_charges, event_and_room_charges
from tembea.pricing.taxes import tax_lines
from tembea.pricing.terms import Board, RateKind


@dataclass(frozen=True, slots=True)
class RoomCost:
    """One room's lines, what the guest pays at the hotel, the sum of the lines, and the offers that had an effect."""

    lines: tuple[CostLine, ...]
    pay_local: tuple[CostLine, ...]
    total: Decimal
    offers: frozenset[str]


def charges_of(stay: Stay, product: Product, board: Board, party: RoomParty) -> list[Running]:
    """Every charge of the room before offers. Raises `Unpriced` where a price is missing."""
    if isinstance(product, Package):
        room = package_charges(stay, product, party)
    else:
        room = nightly_charges(stay, product, party)
    meals = board_charges(stay, product, party, board, room)
    charges = [*room.charges, *meals, *event_and_room_charges(stay, party, room)]
    return before_offers(charges, stay.contract.currency)


def cost_of(stay: Stay, party: RoomParty, charges: Sequence[Running], offers: Sequence[Offer]) -> RoomCost:
    """The room's cost with the given offers applied."""
    running, used = reduce_charges(stay, party.room.code, charges, offers)
    lines: list[CostLine] = []
    for entry in running:
        if not entry.charge.pay_local:
            lines += [entry.line, *entry.reductions, *_commission(stay, entry)]
    added, local = tax_lines(stay, party, lines)
    paid_there = [entry.line for entry in running if entry.charge.pay_local]
    lines += added
    total = sum((line.amount.amount for line in lines), Decimal(0))
    return RoomCost(tuple(lines), (*paid_there, *local), total, frozenset(used))


def _commission(stay: Stay, entry: Running) -> list[CostLine]:
    """The agency's commission on what the line costs after offers, as a negative line of its own.

    Line by line, so that a stay split in two earns what the whole one does.
    """
    contract = stay.contract
    if contract.rate_kind is not RateKind.COMMISSIONABLE or not entry.charge.commissionable:
        return []
    amount = round_half_up(percent_of(entry.charged, contract.commission_pct), contract.currency)
    if not amount:
        return []
    line = CostLine(
        kind=LineKind.COMMISSION,
        component=entry.charge.component,
        description=f"Commission: {entry.charge.description}",
        amount=Money(-amount, contract.currency),
        source_ref=entry.charge.source,
        rule=f"commission: {contract.commission_pct} % of {entry.charged}",
        date=entry.charge.date,
        guest=entry.charge.guest,
    )
    return [line]
