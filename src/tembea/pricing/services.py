"""What is sold beside the stay: transfers, activities and flights, priced by person or by vehicle on a day.

Each is a service of its own: its cost lines add up to one line of the customer's. Offers, commission and the hotel's
taxes are about the stay and leave services alone.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tembea.kernel.money import Money, round_half_up
from tembea.pricing.ages import Guest
from tembea.pricing.contract import ServiceRate
from tembea.pricing.request import ServiceWanted
from tembea.pricing.result import Code, Component, CostLine, LineKind, Reason, SellKind, Unpriced
from tembea.pricing.stay import Stay
from tembea.pricing.terms import ServicePer


@dataclass(frozen=True, slots=True)
class ServiceCost:
    """One service with its cost lines."""

    kind: SellKind
    name: str
    times: int
    lines: tuple[CostLine, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.amount.amount for line in self.lines), Decimal(0))


def service_costs(stay: Stay) -> tuple[ServiceCost, ...]:
    """The cost of every service that is wanted, in the order asked. Raises `Unpriced` for one that is not sold then."""
    return tuple(_cost(stay, wanted) for wanted in stay.request.services)


def _cost(stay: Stay, wanted: ServiceWanted) -> ServiceCost:
    day = wanted.on or stay.request.check_in
    rate = _find_rate(stay.contract.services, wanted.name, day)
    if rate is None:
        raise Unpriced(Reason(Code.NO_RATE, f"The contract does not sell {wanted.name} on {day}.", day))
    return ServiceCost(SellKind(rate.kind.value), rate.name, wanted.times, tuple(_lines(stay, rate, wanted.times, day)))


def _find_rate(rates: Sequence[ServiceRate], name: str, day: dt.date) -> ServiceRate | None:
    wanted = name.casefold()
    return next((rate for rate in rates if rate.name.casefold() == wanted and rate.valid.holds(day)), None)


def _lines(stay: Stay, rate: ServiceRate, times: int, day: dt.date) -> Iterator[CostLine]:
    if rate.per is ServicePer.VEHICLE:
        yield _line(stay, rate, rate.amount, times, day, None)
        return
    place = min((day - stay.request.check_in).days, len(stay.nights) - 1)
    for guest in stay.guests:
        is_child = not guest.ages[place].is_adult and rate.child_amount is not None
        yield _line(stay, rate, rate.child_amount if is_child else rate.amount, times, day, guest)


def _line(
    stay: Stay, rate: ServiceRate, amount: Decimal | None, times: int, day: dt.date, guest: Guest | None
) -> CostLine:
    each = amount or Decimal(0)
    currency = stay.contract.currency
    return CostLine(
        kind=LineKind.CHARGE,
        component=Component(rate.kind.value),
        description=rate.name,
        amount=Money(round_half_up(each * times, currency), currency),
        source_ref=rate.source,
        rule=f"{rate.kind} {rate.name}: {times} x {each} per {rate.per}",
        date=day,
        guest=None if guest is None else guest.label,
    )
