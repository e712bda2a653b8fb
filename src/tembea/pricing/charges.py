"""Charges: amounts before rounding, one for each guest (or room), night and component."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from tembea.kernel.money import Money, round_half_up
from tembea.pricing.ages import Guest
from tembea.pricing.contract import RoomType, SourceRef
from tembea.pricing.result import Component, CostLine, LineKind


@dataclass(frozen=True, slots=True)
class RoomParty:
    """A room type and the guests who share one such room."""

    room: RoomType
    guests: tuple[Guest, ...]

    def adults_on(self, place: int) -> list[Guest]:
        """Adults by that night's ages."""
        return [guest for guest in self.guests if guest.ages[place].is_adult]

    def children_on(self, place: int) -> list[Guest]:
        """Children and infants by that night's ages, from the eldest."""
        return [guest for guest in self.guests if not guest.ages[place].is_adult]


@dataclass(frozen=True, slots=True)
class Charge:
    """An amount before rounding. `is_room_part` marks what a free night frees: rates and single supplement.

    `date` is None for package totals.
    """

    component: Component
    description: str
    exact: Decimal
    source: SourceRef
    rule: str
    guest: str | None = None
    date: dt.date | None = None
    is_room_part: bool = False
    discountable: bool = False
    commissionable: bool = False
    pay_local: bool = False


@dataclass
class RoomCharges:
    """The charges of one room as they are gathered, and each guest's unrounded share of the room rate by night.

    The shares, by (guest label, place of the night), are what percentages of supplements are taken of.
    """

    charges: list[Charge] = field(default_factory=list[Charge])
    shares: dict[tuple[str, int], Decimal] = field(default_factory=dict[tuple[str, int], Decimal])

    def add_share(self, guest: Guest, place: int, amount: Decimal) -> None:
        """Count the amount to the guest's share of that night."""
        key = (guest.label, place)
        self.shares[key] = self.shares.get(key, Decimal(0)) + amount

    def share(self, guest: Guest, place: int) -> Decimal:
        """The guest's unrounded part of that night's room rate."""
        return self.shares.get((guest.label, place), Decimal(0))


PRECISION = 60
"""Digits that the kernel counts with. A third of a room rate is cut off somewhere: far behind anything that counts."""
_CUT_OFF = Decimal(1).scaleb(-40)
_SHOWN = Decimal(1).scaleb(-6)


def rounded(exact: Decimal, currency: str) -> Decimal:
    """Half-up to minor units. What a third lost at the 60th digit comes back first: 1.5 % of a third of 1 is 0.005."""
    return round_half_up(exact.quantize(_CUT_OFF), currency)


def shown(exact: Decimal) -> str:
    """An unrounded amount as the words of a rule say it, with six decimals where it has more."""
    return str(exact) if exact == round(exact, 2) else f"{exact.quantize(_SHOWN).normalize():f}"


def percent_of(amount: Decimal, percent: Decimal) -> Decimal:
    """That many hundredths of the amount, unrounded."""
    return amount * percent / 100


def line_of(charge: Charge, currency: str) -> CostLine:
    """The charge rounded half-up to the currency's minor units."""
    return CostLine(
        kind=LineKind.CHARGE,
        component=charge.component,
        description=charge.description,
        amount=Money(rounded(charge.exact, currency), currency),
        source_ref=charge.source,
        rule=charge.rule,
        date=charge.date,
        guest=charge.guest,
    )
