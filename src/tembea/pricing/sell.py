"""From cost to what the customer pays: exchange, markup, sales tax and presentation rounding, each rounded once.

The customer sees one line a service with the markup inside, then sales tax and rounding as lines of their own; the
lines add up to the total, and no other place computes that number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum

from tembea.kernel.money import Money, allocate, round_half_up
from tembea.pricing.charges import percent_of
from tembea.pricing.result import Code, FxApplied, SellKind, SellLine


class MarkupKind(StrEnum):
    """Percent on top of the cost, percent of the selling price, or a fixed amount in the selling currency."""

    MARKUP_ON_COST = "markup_on_cost"
    MARGIN_ON_SELL = "margin_on_sell"
    FIXED = "fixed"


class TaxedPart(StrEnum):
    """What sales tax is taken of: the whole selling price, or the agency's markup alone."""

    TOTAL = "total"
    MARKUP = "markup"


class RoundingMode(StrEnum):
    """Where presentation rounding goes: to the nearest step (half-up), or up."""

    NEAREST = "nearest"
    UP = "up"


@dataclass(frozen=True, slots=True)
class MarkupRule:
    """The agency's earning: `value` is a percentage (a margin below 100) or, for FIXED, an amount for each service.

    A rule with a `line` is for services of that kind, one with a `supplier` for what that hotel's contract sells.
    """

    kind: MarkupKind
    value: Decimal
    line: SellKind | None = None
    supplier: str | None = None

    def fits(self, service: "Service") -> bool:
        """True when the rule is about the service."""
        same_supplier = self.supplier is None or self.supplier.casefold() == service.supplier.casefold()
        return same_supplier and self.line in (None, service.kind)

    @property
    def level(self) -> tuple[bool, bool]:
        """How near the rule is to the service: line before supplier before tenant."""
        return (self.line is not None, self.supplier is not None)


@dataclass(frozen=True, slots=True)
class SalesTax:
    """A percentage that the agency adds for its own tax office, under the name that the customer reads."""

    name: str
    percent: Decimal
    part: TaxedPart = TaxedPart.TOTAL


@dataclass(frozen=True, slots=True)
class PresentationRounding:
    """Round the total to multiples of `step` in the selling currency."""

    step: Decimal
    mode: RoundingMode = RoundingMode.NEAREST


@dataclass(frozen=True, slots=True)
class FxRate:
    """A stored rate: one `base` costs `rate` of `quote`. It is used in this direction alone."""

    rate_id: str
    base: str
    quote: str
    rate: Decimal
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class SellPolicy:
    """A tenant's way from cost to price. `currency` None sells in the contract's own; `fx` are the rates to pin.

    `markup` is the tenant's own; of `markups` the rule nearest to a service goes before it, the first listed on a tie.
    """

    currency: str | None = None
    markup: MarkupRule = MarkupRule(MarkupKind.MARKUP_ON_COST, Decimal(0))
    markups: tuple[MarkupRule, ...] = ()
    sales_tax: SalesTax | None = None
    rounding: PresentationRounding | None = None
    fx: tuple[FxRate, ...] = ()
    fx_buffer_percent: Decimal = Decimal(0)
    fx_oldest: date | None = None
    """Rates of an earlier day are too old to sell by."""

    def markup_for(self, service: "Service") -> MarkupRule:
        """The rule that counts for a service: line before supplier before tenant."""
        if not self.markups:
            return self.markup
        fitting = [rule for rule in self.markups if rule.fits(service)]
        return max(fitting, key=lambda rule: rule.level, default=self.markup)


@dataclass(frozen=True, slots=True)
class Service:
    """One thing the customer buys, with its cost: a stay at a hotel, a transfer, an activity."""

    kind: SellKind
    description: str
    cost: Money
    supplier: str = ""
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Sold:
    """The customer's lines, their total, and the rates that were used."""

    lines: tuple[SellLine, ...]
    total: Money
    fx: tuple[FxApplied, ...]


class NoFxRate(LookupError):
    """No stored rate leads from the cost's currency to the selling one; nothing is assumed in its place."""

    code = Code.NO_FX

    def __init__(self, base: str, quote: str, problem: str = "is stored") -> None:
        super().__init__(f"No exchange rate from {base} to {quote} {problem}. Import one, or sell in {base}.")


class StaleFxRate(NoFxRate):
    """The last stored rate is older than the tenant allows."""

    code = Code.FX_STALE

    def __init__(self, rate: FxRate, oldest: date) -> None:
        super().__init__(rate.base, rate.quote, f"is recent enough: the last is of {rate.as_of}, before {oldest}")


def sell(services: Sequence[Service], currency: str, policy: SellPolicy) -> Sold:
    """Sell the services in one currency. The sum of the lines is the total exactly.

    Raises `NoFxRate`, and `StaleFxRate` where the only rate is too old.
    """
    used = {service.cost.currency: _fx(service.cost.currency, currency, policy) for service in services}
    costs = [_converted(service.cost, used[service.cost.currency], currency) for service in services]
    prices = [
        _marked_up(cost, policy.markup_for(service), currency) for service, cost in zip(services, costs, strict=True)
    ]
    lines = [
        SellLine(service.kind, service.description, service.quantity, Money(price, currency))
        for service, price in zip(services, prices, strict=True)
    ]
    taxable = sum(prices, Decimal(0))
    if policy.sales_tax is not None and policy.sales_tax.part is TaxedPart.MARKUP:
        taxable -= sum(costs, Decimal(0))
    lines += _sales_tax(taxable, policy.sales_tax, currency)
    lines += _rounding(sum((line.amount.amount for line in lines), Decimal(0)), policy.rounding, currency)
    total = sum((line.amount.amount for line in lines), Decimal(0))
    return Sold(tuple(lines), Money(total, currency), tuple(fx for fx in used.values() if fx is not None))


def total_of(service: Service, currency: str, policy: SellPolicy) -> Money:
    """The total of `sell` for one service alone, for whoever asks of hundreds and wants no lines.

    Raises `NoFxRate` and `StaleFxRate` as `sell` does.
    """
    cost = _converted(service.cost, _fx(service.cost.currency, currency, policy), currency)
    price = _marked_up(cost, policy.markup_for(service), currency)
    tax = policy.sales_tax
    if tax is not None:
        price += _tax_on(price - cost if tax.part is TaxedPart.MARKUP else price, tax, currency)
    if policy.rounding is not None:
        price += _rounded_by(price, policy.rounding, currency)
    return Money(price, currency)


def shares(total: Money, weights: Sequence[Decimal | int]) -> list[Money]:
    """The total split by weights (deposit and balance, per head) by largest remainder: the shares add up exactly."""
    return [Money(share, total.currency) for share in allocate(total.amount, weights, total.currency)]


def _fx(base: str, quote: str, policy: SellPolicy) -> FxApplied | None:
    if base == quote:
        return None
    stored = next((rate for rate in policy.fx if (rate.base, rate.quote) == (base, quote)), None)
    if stored is None:
        raise NoFxRate(base, quote)
    if policy.fx_oldest is not None and stored.as_of < policy.fx_oldest:
        raise StaleFxRate(stored, policy.fx_oldest)
    return FxApplied(stored.rate_id, base, quote, stored.rate, policy.fx_buffer_percent, stored.as_of, stored.source)


def _converted(cost: Money, fx: FxApplied | None, currency: str) -> Decimal:
    if fx is None:
        return round_half_up(cost.amount, currency)
    return round_half_up(cost.amount * fx.rate * (100 + fx.buffer_percent) / 100, currency)


def _marked_up(cost: Decimal, rule: MarkupRule, currency: str) -> Decimal:
    if rule.kind is MarkupKind.MARKUP_ON_COST:
        return round_half_up(cost + percent_of(cost, rule.value), currency)
    if rule.kind is MarkupKind.FIXED:
        return round_half_up(cost + rule.value, currency)
    if not 0 <= rule.value < 100:
        raise ValueError(f"A margin of {rule.value} % of the selling price is impossible. Use 0 to below 100.")
    return round_half_up(cost * 100 / (100 - rule.value), currency)


def _sales_tax(taxable: Decimal, tax: SalesTax | None, currency: str) -> list[SellLine]:
    if tax is None:
        return []
    amount = _tax_on(taxable, tax, currency)
    return [SellLine(SellKind.SALES_TAX, tax.name, 1, Money(amount, currency))] if amount else []


def _tax_on(taxable: Decimal, tax: SalesTax, currency: str) -> Decimal:
    return round_half_up(percent_of(taxable, tax.percent), currency)


def _rounding(total: Decimal, rounding: PresentationRounding | None, currency: str) -> list[SellLine]:
    if rounding is None:
        return []
    difference = _rounded_by(total, rounding, currency)
    return [SellLine(SellKind.ROUNDING, "Rounding", 1, Money(difference, currency))] if difference else []


def _rounded_by(total: Decimal, rounding: PresentationRounding, currency: str) -> Decimal:
    mode = ROUND_CEILING if rounding.mode is RoundingMode.UP else ROUND_HALF_UP
    target = (total / rounding.step).to_integral_value(rounding=mode) * rounding.step
    return round_half_up(target - total, currency)
