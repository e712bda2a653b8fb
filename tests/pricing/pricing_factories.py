"""Contracts and requests for the pricing tests: the reference contract with keys replaced, and short stays."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import tembea.rates
from tembea.pricing import (
    Contract,
    Priced,
    PricingRequest,
    Rejected,
    SellPolicy,
    ServiceWanted,
    children_of,
    parse_board,
    price_stay,
)
from tembea.rates.loading import load_values
from tembea.rates.reading import read_raw

EXAMPLES = Path(tembea.rates.__file__).parent / "worked"
NOW = datetime(2027, 1, 1, 12, tzinfo=UTC)
BAOBAB = cast("Mapping[str, object]", read_raw((EXAMPLES / "baobab.contract.yaml").read_text("utf-8")).value)

PLAIN: Mapping[str, object] = {"offers": [], "restrictions": [], "taxes": []}
"""The reference contract without whatever depends on length, arrival or lead time."""


def baobab(*patches: Mapping[str, object], **patch: object) -> Contract:
    """The reference contract, top-level keys replaced by the patches and then by the keywords."""
    document = dict(BAOBAB)
    for one in (*patches, patch):
        document.update(one)
    return load_values(document).contract


def day(text: str) -> date:
    return date.fromisoformat(text)


def stay(
    check_in: str,
    check_out: str,
    adults: int = 2,
    ages: Sequence[int | None] = (),
    *,
    born: Sequence[str] = (),
    rooms: int | None = None,
    board: str | None = "BB",
    booked: str = "2027-01-01",
    currency: str | None = None,
    trip_start: str | None = None,
    services: Sequence[ServiceWanted] = (),
) -> PricingRequest:
    return PricingRequest(
        check_in=day(check_in),
        check_out=day(check_out),
        adults=adults,
        children=children_of(ages, [day(text) for text in born]),
        rooms=rooms,
        board=None if board is None else parse_board(board),
        booking_date=day(booked),
        currency=currency,
        trip_start=None if trip_start is None else day(trip_start),
        services=tuple(services),
    )


def outcome(contract: Contract, request: PricingRequest, policy: SellPolicy | None = None) -> Priced | Rejected:
    return price_stay(contract, request, policy=policy or SellPolicy(), now=NOW)


def priced(contract: Contract, request: PricingRequest, policy: SellPolicy | None = None) -> Priced:
    result = outcome(contract, request, policy)
    assert isinstance(result, Priced), result
    return result


def rejected(contract: Contract, request: PricingRequest, policy: SellPolicy | None = None) -> Rejected:
    result = outcome(contract, request, policy)
    assert isinstance(result, Rejected), result
    return result


def cost(contract: Contract, request: PricingRequest) -> str:
    """The cost total as text, such as "1460.00"."""
    return str(priced(contract, request).cost_total.amount)


def examples() -> list[dict[str, object]]:
    """The worked examples of the pricing specification."""
    return cast("list[dict[str, object]]", json.loads((EXAMPLES / "baobab.examples.json").read_text("utf-8")))
