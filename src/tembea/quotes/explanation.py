"""Why a quote costs what it costs: option, customer's line, the agency's costs, the rule and its place in the contract.

A node's amount is the sum of its children's wherever it has any, down to leaves that name a rule; so every total can be
added up again by whoever doubts it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast

from tembea.kernel.money import Money, round_half_up
from tembea.pricing import FxApplied, SellKind, SellPolicy, ServiceKind
from tembea.quotes.model import Quote, QuoteOption, StoredCostLine, StoredLine, StoredSource
from tembea.quotes.pins import find_fx, find_pin, pinned_options
from tembea.quotes.ranking import margin
from tembea.quotes.selling_words import markup_words, rounding_words, tax_words
from tembea.rates import rule_words

SERVICES = frozenset(kind.value for kind in ServiceKind)
"""Kinds of lines, a customer's and the agency's, that are about what is sold beside the stay."""


@dataclass(frozen=True, slots=True)
class Node:
    """One amount with where it comes from. Leaves carry a rule, and costs their place in the hotel's document."""

    kind: str
    description: str
    amount: Money
    children: tuple["Node", ...] = ()
    rule: str | None = None
    source: StoredSource | None = None
    on: date | None = None
    guest: str | None = None


@dataclass(frozen=True, slots=True)
class OptionExplained:
    """One option's total as a tree, beside what is left to the agency, what is paid on the spot, and the offers that
    counted."""

    option: QuoteOption
    tree: Node
    margin: Money
    pay_local: tuple[Node, ...]
    offers_applied: tuple[str, ...]


def explain(quote: Quote) -> list[OptionExplained]:
    """Every option of the quote, each accounted for by itself."""
    pins = list(pinned_options(quote.snapshot))
    pins += [{}] * (len(quote.options) - len(pins))
    return [
        OptionExplained(
            option=option,
            tree=_tree(option, find_fx(pinned), _policy(pinned)),
            margin=_margin(option, find_fx(pinned)),
            pay_local=tuple(_cost(line, option.cost_currency) for line in option.pay_local),
            offers_applied=tuple(map(str, cast("Sequence[object]", pinned.get("offers_applied", ())))),
        )
        for option, pinned in zip(quote.options, pins, strict=False)
    ]


def _policy(pinned: Mapping[str, object]) -> SellPolicy | None:
    found = find_pin(pinned)
    return None if found is None else found.policy


def _margin(option: QuoteOption, fx: FxApplied | None) -> Money:
    taxes = [line.amount for line in option.lines if line.kind == SellKind.SALES_TAX.value]
    return margin(option.price, sum(taxes, Decimal(0)), option.cost, fx)


def _tree(option: QuoteOption, fx: FxApplied | None, policy: SellPolicy | None) -> Node:
    stay, *services = _costs_by_line(option.cost_lines)
    costs = {"accommodation": iter([stay]), "service": iter(services)}
    lines: list[Node] = []
    for line in option.lines:
        kind = "service" if line.kind in SERVICES else line.kind
        stored = next(costs.get(kind, iter(())), None)
        lines.append(_own(line, option, policy) if stored is None else _line(line, stored, option, fx, policy))
    return Node("option", option.hotel_name, option.price, tuple(lines))


def _costs_by_line(costs: Sequence[StoredCostLine]) -> list[list[StoredCostLine]]:
    """The stay's cost lines, then those of each service: a vehicle has one, a price a person one for each guest."""
    groups: list[list[StoredCostLine]] = [[cost for cost in costs if cost.component not in SERVICES]]
    for cost in costs:
        if cost.component not in SERVICES:
            continue
        last = groups[-1][-1] if len(groups) > 1 else None
        same = last is not None and (cost.description, cost.on) == (last.description, last.on)
        if same and cost.guest is not None and cost.guest not in [one.guest for one in groups[-1]]:
            groups[-1].append(cost)
        else:
            groups.append([cost])
    return groups


def _own(line: StoredLine, option: QuoteOption, policy: SellPolicy | None) -> Node:
    """A line that is a rule of the agency's own."""
    is_rounding = line.kind == SellKind.ROUNDING.value
    rule = rounding_words(policy) if is_rounding else tax_words(policy, line.description)
    return Node(line.kind, line.description, Money(line.amount, option.currency), rule=rule)


def _line(
    line: StoredLine,
    stored: Sequence[StoredCostLine],
    option: QuoteOption,
    fx: FxApplied | None,
    policy: SellPolicy | None,
) -> Node:
    """A customer's line of a service, which holds its cost lines and what the agency adds."""
    amount = Money(line.amount, option.currency)
    costs = [_cost(cost, option.cost_currency) for cost in stored]
    if fx is not None:
        costs = _exchanged(costs, option.currency, fx)
    cost = sum((node.amount.amount for node in costs), Decimal(0))
    added = Money(line.amount - cost, option.currency).rounded()
    words = markup_words(policy, line.kind, option.hotel_name, option.currency)
    markup = [Node("markup", "What the agency adds", added, rule=words)] if added.amount else []
    return Node(line.kind, line.description, amount, (*costs, *markup))


def _exchanged(costs: Sequence[Node], currency: str, fx: FxApplied) -> list[Node]:
    """The cost lines in the customer's currency. The exchange is rounded once, on the whole: a node of its own says how
    far the lines, each rounded by itself, are from it."""
    nodes = [_exchange(node, currency, fx) for node in costs]
    cost = Money(sum((node.amount.amount for node in costs), Decimal(0)), fx.base)
    rest = _in_currency(cost, currency, fx) - sum((node.amount.amount for node in nodes), Decimal(0))
    if not rest:
        return nodes
    words = f"{cost} at {_rate_words(fx)}, rounded once on the whole"
    return [*nodes, Node("fx_rounding", "Exchange, rounded once", Money(rest, currency), rule=words)]


def _exchange(node: Node, currency: str, fx: FxApplied) -> Node:
    amount = Money(_in_currency(node.amount, currency, fx), currency)
    return replace(node, amount=amount, rule=f"{node.rule}; {node.amount} at {_rate_words(fx)}")


def _in_currency(cost: Money, currency: str, fx: FxApplied) -> Decimal:
    return round_half_up(cost.amount * fx.rate * (100 + fx.buffer_percent) / 100, currency)


def _rate_words(fx: FxApplied) -> str:
    buffer = f" and {fx.buffer_percent} %" if fx.buffer_percent else ""
    return f"{fx.base}/{fx.quote} {fx.rate.normalize():f}{buffer} ({fx.source}, {fx.as_of})"


def _cost(line: StoredCostLine, currency: str) -> Node:
    return Node(
        kind=line.kind,
        description=line.description,
        amount=Money(line.amount, currency),
        rule=rule_words(line.rule, Money(line.amount, currency)),
        source=line.source_ref,
        on=line.on,
        guest=line.guest,
    )
