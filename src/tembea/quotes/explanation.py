"""Why a quote costs what it costs: option, customer's line, the agency's costs, the rule and its place in the contract.

A node's amount is the sum of its children's wherever it has any, down to leaves that name a rule; so every total can be
added up again by whoever doubts it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from tembea.kernel.money import Money
from tembea.quotes.model import Quote, QuoteOption, StoredCostLine, StoredLine, StoredSource


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
    """One option's total as a tree, beside what is paid on the spot and the offers that counted."""

    option: QuoteOption
    tree: Node
    pay_local: tuple[Node, ...]
    offers_applied: tuple[str, ...]


def explain(quote: Quote) -> list[OptionExplained]:
    """Every option of the quote, each accounted for by itself."""
    contracts = cast("Sequence[dict[str, object]]", quote.snapshot.get("contracts", ()))
    applied = [tuple(map(str, cast("Sequence[object]", one.get("offers_applied", ())))) for one in contracts]
    return [
        OptionExplained(
            option=option,
            tree=_tree(option),
            pay_local=tuple(_cost(line, option.cost_currency) for line in option.pay_local),
            offers_applied=applied[index] if index < len(applied) else (),
        )
        for index, option in enumerate(quote.options)
    ]


def _tree(option: QuoteOption) -> Node:
    return Node("option", option.hotel_name, option.price, tuple(_line(line, option) for line in option.lines))


def _line(line: StoredLine, option: QuoteOption) -> Node:
    """A customer's line. The stay holds the cost lines and what the agency adds; other lines are rules of their own.

    Cost and price are in one currency, because the kernel refuses a price that no stored exchange rate leads to.
    """
    amount = Money(line.amount, option.currency)
    if line.kind != "accommodation":
        rule = "The agency's presentation rounding" if line.kind == "rounding" else f"The agency's {line.description}"
        return Node(line.kind, line.description, amount, rule=rule)
    costs = tuple(_cost(cost, option.cost_currency) for cost in option.cost_lines)
    added = Money(line.amount - option.cost_total, option.currency).rounded()
    return Node(line.kind, line.description, amount, (*costs, _markup(added)) if added.amount else costs)


def _markup(amount: Money) -> Node:
    return Node("markup", "What the agency adds", amount, rule="The agency's markup as configured when quoted")


def _cost(line: StoredCostLine, currency: str) -> Node:
    return Node(
        kind=line.kind,
        description=line.description,
        amount=Money(line.amount, currency),
        rule=line.rule,
        source=line.source_ref,
        on=line.on,
        guest=line.guest,
    )
