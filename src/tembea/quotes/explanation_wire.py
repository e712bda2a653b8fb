"""The wire forms of a quote's explanation. For staff alone: they hold costs and margins."""

import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from tembea.kernel.web import MoneyOut, Wire
from tembea.quotes.explanation import Node, OptionExplained


class SourceOut(Wire):
    """Where in the hotel's document an amount stands."""

    document: str
    sheet: str | None
    page: int | None
    row: int | None
    cell: str | None


class NodeOut(Wire):
    """One amount; where it has children, it is exactly their sum. A leaf says the rule it follows."""

    kind: str
    description: str
    amount: MoneyOut
    rule: str | None
    source_ref: SourceOut | None
    date: datetime.date | None
    guest: str | None
    children: list["NodeOut"]

    @classmethod
    def of(cls, node: Node) -> "NodeOut":
        """The wire form, with everything below."""
        source = node.source
        place = source and SourceOut(
            document=source.document, sheet=source.sheet, page=source.page, row=source.row, cell=source.cell
        )
        return cls(
            kind=node.kind,
            description=node.description,
            amount=MoneyOut.of(node.amount),
            rule=node.rule,
            source_ref=place,
            date=node.on,
            guest=node.guest,
            children=[cls.of(child) for child in node.children],
        )


class OptionExplainedOut(Wire):
    """How an option's total comes about."""

    option_id: UUID
    hotel: str
    total: MoneyOut
    cost_total: MoneyOut
    margin: Annotated[MoneyOut, Field(description="What is left to the agency; decides between what is alike")]
    lines: list[NodeOut]
    pay_local: list[NodeOut]
    offers_applied: list[str]

    @classmethod
    def of(cls, explained: OptionExplained) -> "OptionExplainedOut":
        """The wire form."""
        return cls(
            option_id=explained.option.id,
            hotel=explained.option.hotel_name,
            total=MoneyOut.of(explained.tree.amount),
            cost_total=MoneyOut.of(explained.option.cost),
            margin=MoneyOut.of(explained.margin),
            lines=[NodeOut.of(line) for line in explained.tree.children],
            pay_local=[NodeOut.of(charge) for charge in explained.pay_local],
            offers_applied=list(explained.offers_applied),
        )


class ExplanationOut(Wire):
    """How a version's totals come about; `sha256` vouches for the version."""

    quote_id: UUID
    number: str
    version: int
    engine_version: str
    sha256: str
    options: list[OptionExplainedOut]
