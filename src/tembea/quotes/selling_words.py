"""What the agency's own rules are called in an explanation: its markup, sales tax and rounding, as pinned."""

from decimal import Decimal

from tembea.kernel.money import Money
from tembea.pricing import MarkupKind, RoundingMode, SellKind, SellPolicy, TaxedPart
from tembea.pricing.sell import Service


def markup_words(policy: SellPolicy | None, line_kind: str, hotel: str, currency: str) -> str:
    """The rule that counted for a line; `policy` is None for a version that was made before policies were pinned."""
    if policy is None:
        return "The agency's markup as configured when quoted"
    service = Service(SellKind(line_kind), "", Money(Decimal(0), currency), supplier=hotel)
    rule = policy.markup_for(service)
    if rule.kind is MarkupKind.FIXED:
        return f"The agency's fixed amount, {Money(rule.value, currency)}"
    if rule.kind is MarkupKind.MARGIN_ON_SELL:
        return f"The agency's margin, {rule.value:f} % of the selling price"
    return f"The agency's markup, {rule.value:f} % of the cost"


def tax_words(policy: SellPolicy | None, name: str) -> str:
    """How the sales tax was taken."""
    if policy is None or policy.sales_tax is None:
        return f"The agency's {name}"
    part = "what the agency adds" if policy.sales_tax.part is TaxedPart.MARKUP else "the selling price"
    return f"The agency's {name}, {policy.sales_tax.percent:f} % of {part}"


def rounding_words(policy: SellPolicy | None) -> str:
    """How the total was rounded to be shown."""
    if policy is None or policy.rounding is None:
        return "The agency's presentation rounding"
    way = "up to a multiple" if policy.rounding.mode is RoundingMode.UP else "to the nearest multiple"
    return f"The agency's presentation rounding, {way} of {policy.rounding.step:f}"
