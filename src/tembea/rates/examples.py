"""Worked examples as data: a contract with keys replaced, a stay, and what it has to come to.

Each is `{id, contract, patch, request, expect}`: `contract` names a document, `patch` replaces top-level keys,
`request` is a body of `/pricing/price`, and `expect` holds `cost_total`, or a rejection's `code`, `date` and `reasons`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from pydantic import BaseModel, ConfigDict, ValidationError

from tembea.kernel.errors import AppError
from tembea.pricing import Priced, Rejected, SellPolicy, price_stay
from tembea.pricing.request import RequestRefused
from tembea.rates.asking import PriceIn
from tembea.rates.loading import load_values
from tembea.rates.reading import DocumentRefused, read_raw


class ExamplesRefused(ValueError):
    """The file holds no examples that could be priced; the message says which and why."""


class Example(BaseModel):
    """One worked example."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    contract: str
    patch: dict[str, object] = {}
    request: dict[str, object]
    expect: dict[str, object]


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """What was asked and expected, and what came out, in words."""

    name: str
    asked: str
    expected: str
    said: str
    is_right: bool


def run_examples(content: object, contracts: Mapping[str, str]) -> Iterator[ExampleOutcome]:
    """Price every example. Raises `ExamplesRefused`."""
    if not isinstance(content, list):
        raise ExamplesRefused("it is no list of examples.")
    for place, entry in enumerate(cast("list[object]", content), start=1):
        try:
            example = Example.model_validate(entry)
        except ValidationError as invalid:
            raise ExamplesRefused(f"example {place} is not of the form: {invalid.errors()[0]['msg']}.") from invalid
        yield _outcome(example, _price(example, contracts))


def _price(example: Example, contracts: Mapping[str, str]) -> Priced | Rejected | str:
    """The outcome, or the code of a refusal."""
    if example.contract not in contracts:
        raise ExamplesRefused(f"{example.id} names the contract {example.contract}, which is not beside the file.")
    document = cast("dict[str, object]", read_raw(contracts[example.contract]).value)
    try:
        contract = load_values({**document, **example.patch}).contract
        request = PriceIn.model_validate(example.request).parsed()
        return price_stay(contract, request, policy=SellPolicy(), now=datetime.now(UTC))
    except DocumentRefused as refused:
        raise ExamplesRefused(f"the contract of {example.id} is refused: {refused}") from refused
    except ValidationError as invalid:
        raise ExamplesRefused(f"the request of {example.id} cannot be read: {invalid.errors()[0]['msg']}.") from invalid
    except RequestRefused as refused:
        return refused.code.value
    except AppError as refused:
        return refused.code


def _outcome(example: Example, outcome: Priced | Rejected | str) -> ExampleOutcome:
    said: dict[str, object] = {"code": outcome}
    if isinstance(outcome, Priced):
        said = {"cost_total": str(outcome.cost_total.amount), "offers_applied": list(outcome.offers_applied)}
    elif isinstance(outcome, Rejected):
        day = None if outcome.date is None else outcome.date.isoformat()
        said = {"code": outcome.code.value, "date": day, "reasons": [code.value for code in outcome.reasons]}
    asked = example.request
    children = cast("list[object]", asked.get("child_birth_dates") or asked.get("children_ages") or [])
    party = f"{asked.get('adults')} adults" + (f" and {', '.join(map(str, children))}" if children else "")
    until = asked.get("check_out") or f"{asked.get('nights')} nights"
    return ExampleOutcome(
        name=example.id,
        asked=f"{asked.get('check_in')} to {until}, {party}, {asked.get('board') or 'any board'}",
        expected=_words(example.expect),
        said=_words({key: said[key] for key in said if key in example.expect} or said),
        is_right={key: said.get(key) for key in example.expect} == example.expect,
    )


def _words(values: Mapping[str, object]) -> str:
    return ", ".join(f"{key} {_plain(value)}" for key, value in values.items())


def _plain(value: object) -> str:
    return "+".join(map(str, cast("list[object]", value))) or "none" if isinstance(value, list) else str(value)
