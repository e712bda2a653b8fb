"""How many stays the kernel prices a second, beside a bare loop that only multiplies and adds. Prints figures.

A stay is 14 nights of four guests at half board under a contract with five offers, of which three may stand together.
The bare loop does what nobody can do without: four guests, 14 nights, two components, one rounding each.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from tembea.kernel.money import round_half_up
from tembea.pricing import Priced, SellPolicy, price_stay
from tests.pricing.pricing_factories import baobab, stay

MEASURED_S = 4.0
NIGHTS, GUESTS = 14, 4
OFFERS = [
    {"code": "EB", "kind": "early_bird", "percent": "15", "lead_days_min": 60, "combines_with": ["SP", "FX"]},
    {"code": "SP", "kind": "stay_pay", "stay": 5, "pay": 4, "repeatable": True, "combines_with": ["EB", "FX"]},
    {"code": "FX", "kind": "fixed", "amount": "10", "combines_with": ["EB", "SP"]},
    {"code": "LS", "kind": "long_stay", "percent": "12.5", "nights_min": 7},
    {"code": "AV", "kind": "stay_pay", "stay": 7, "pay": 6, "repeatable": True, "free_night": "average"},
]
CONTRACT = baobab(offers=OFFERS)
REQUEST = stay("2027-03-25", "2027-04-08", 2, [9, 13], board="HB")


def price() -> None:
    outcome = price_stay(CONTRACT, REQUEST, policy=SellPolicy(), now=datetime.now(UTC))
    if not isinstance(outcome, Priced):
        raise TypeError(outcome.detail)


def bare_loop() -> Decimal:
    total = Decimal(0)
    for night in range(NIGHTS):
        rate = Decimal("120.00") if night < NIGHTS // 2 else Decimal("185.00")
        for guest in range(GUESTS):
            share = Decimal(100 if guest < 2 else 75 - 25 * (guest - 2))
            total += round_half_up(rate * share / 100, "USD")
            total += round_half_up(Decimal("28.50"), "USD")
    return total


def per_second(work: Callable[[], object]) -> float:
    work()
    done, started = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - started) < MEASURED_S:
        work()
        done += 1
    return done / elapsed


def main() -> None:
    outcome = price_stay(CONTRACT, REQUEST, policy=SellPolicy(), now=datetime.now(UTC))
    lines = len(outcome.cost_lines) if isinstance(outcome, Priced) else 0
    stays, loops = per_second(price), per_second(bare_loop)
    print(f"kernel     {stays:8.0f} stays/s  ({1000 / stays:.1f} ms each, {lines} cost lines with rule and source)")
    print(f"bare loop  {loops:8.0f} stays/s  ({1000 / loops:.2f} ms each, no rules, no sources, no choice)")
    print(f"ratio      {loops / stays:8.0f} x")


if __name__ == "__main__":
    main()
