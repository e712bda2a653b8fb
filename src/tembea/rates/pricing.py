"""Pricing one stay at several hotels: the kernel's verb with the tenant's policy and today's date put in."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from tembea.kernel.errors import FieldError
from tembea.pricing import (
    ENGINE_VERSION,
    Code,
    MarkupKind,
    MarkupRule,
    PresentationRounding,
    Priced,
    PricingRequest,
    Rejected,
    RequestRefused,
    RoundingMode,
    SalesTax,
    SellKind,
    SellPolicy,
    TaxedPart,
    check_request,
    price_stay,
    sha256_of,
    today_at,
)
from tembea.rates.fx import FxBook, selling_currency
from tembea.rates.model import Hotel, LiveContract, StayRefused, stay_refused
from tembea.tenants import Markup, TenantConfig, local_today

LONGEST_S = 8.0
"""How long a request may be priced; a request as a whole has ten seconds."""


@dataclass(frozen=True, slots=True)
class PricedHotel:
    """A hotel that can take the stay, under which version of its contract, and its price.

    `request` and `policy` are what the kernel was given: with the contract they give the same price again.
    """

    hotel: Hotel
    live: LiveContract
    priced: Priced
    request: PricingRequest
    policy: SellPolicy


@dataclass(frozen=True, slots=True)
class RejectedHotel:
    """A hotel that cannot take the stay, and why."""

    hotel: Hotel
    rejected: Rejected


@dataclass(frozen=True, slots=True)
class PricedStay:
    """A stay at every hotel that was asked. `hash` stands for inputs and snapshot together."""

    options: tuple[PricedHotel, ...]
    rejected: tuple[RejectedHotel, ...]

    @property
    def hash(self) -> str:
        """SHA-256 over what every hotel answered."""
        return sha256_of([*(one.priced.hash for one in self.options), *(one.rejected.hash for one in self.rejected)])


def price_hotels(
    hotels: Sequence[Hotel],
    live: Sequence[LiveContract],
    request: PricingRequest,
    config: TenantConfig,
    now: datetime,
    fx: FxBook,
    *,
    until_s: float | None = None,
) -> PricedStay:
    """Price the stay at each of the hotels; one without a live contract is rejected as NO_RATE.

    Raises `BadDates`, `PastDate`, `MissingAges` (in this order) or `StayRefused` for a request that makes no sense
    anywhere, and `StayRefused` where the hotels are not all priced by the monotonic `until_s`. `now` is an aware moment
    and matters only without a booking date.
    """
    _check(live, request, config, now)
    by_hotel = {one.hotel.id: one for one in live}
    options: list[PricedHotel] = []
    rejected: list[RejectedHotel] = []
    for hotel in hotels:
        if until_s is not None and time.monotonic() > until_s:
            raise StayRefused("Pricing all these hotels takes too long. Name fewer hotels, or a smaller party.")
        outcome = _price(hotel, by_hotel.get(hotel.id), request, config, now, fx)
        if isinstance(outcome, PricedHotel):
            options.append(outcome)
        else:
            rejected.append(RejectedHotel(hotel, outcome))
    return PricedStay(tuple(options), tuple(rejected))


def _check(live: Sequence[LiveContract], request: PricingRequest, config: TenantConfig, now: datetime) -> None:
    todays = [today_at(one.contract.hotel, now) for one in live]
    try:
        check_request(request, request.booking_date or min(todays, default=local_today(config, now)))
    except RequestRefused as refused:
        raise stay_refused(refused) from refused
    if _adds_fixed_amounts(config) and request.currency not in (None, config.currency):
        message = f"Your agency adds a fixed amount in {config.currency}. Leave the currency out, or ask for that one."
        raise StayRefused(message, errors=[FieldError("body.currency", message)])


def _price(
    hotel: Hotel, live: LiveContract | None, request: PricingRequest, config: TenantConfig, now: datetime, fx: FxBook
) -> PricedHotel | Rejected:
    if live is None:
        return _rejection(hotel, Code.NO_RATE, "The hotel has no live contract. Import one.")
    asked = replace(request, booking_date=request.booking_date or today_at(live.contract.hotel, now))
    policy = sell_policy(config, asked, live.contract.currency, fx)
    try:
        outcome = price_stay(live.contract, asked, policy=policy, now=now)
    except RequestRefused as refused:  # the day has begun at this hotel and not yet at another
        return _rejection(hotel, Code.RELEASE, refused.detail)
    return PricedHotel(hotel, live, outcome, asked, policy) if isinstance(outcome, Priced) else outcome


def _rejection(hotel: Hotel, code: Code, detail: str) -> Rejected:
    return Rejected(hotel.name, code, None, (code,), detail, ENGINE_VERSION, sha256_of([hotel.id.hex, code, detail]))


def sell_policy(config: TenantConfig, request: PricingRequest, contract_currency: str, fx: FxBook) -> SellPolicy:
    """The tenant's way from a contract's cost to a price, with the exchange rate that it may use.

    Presentation rounding and fixed amounts are in the tenant's own currency: rounding is left out elsewhere, and a
    fixed amount makes every price one in the tenant's currency.
    """
    quotes = config.quotes
    currency = selling_currency(config, request, contract_currency)
    policy = SellPolicy(
        currency=currency,
        markup=_markup(quotes.markup),
        markups=tuple(
            replace(_markup(rule), supplier=rule.hotel, line=None if rule.line is None else SellKind(rule.line))
            for rule in quotes.markups
        ),
    )
    if currency != contract_currency:
        policy = replace(
            policy,
            fx=fx.rates_for(contract_currency, currency),
            fx_buffer_percent=quotes.fx.buffer_percent,
            fx_oldest=fx.day - timedelta(days=quotes.fx.max_age_days),
        )
    if quotes.sales_tax is not None:
        part = TaxedPart.MARKUP if quotes.sales_tax.base == "markup" else TaxedPart.TOTAL
        policy = replace(policy, sales_tax=SalesTax(quotes.sales_tax.name, quotes.sales_tax.percent, part))
    if quotes.rounding is not None and policy.currency == config.currency:
        rounding = PresentationRounding(Decimal(quotes.rounding.to), RoundingMode(quotes.rounding.mode))
        policy = replace(policy, rounding=rounding)
    return policy


def _adds_fixed_amounts(config: TenantConfig) -> bool:
    return any(rule.kind == "fixed" for rule in (config.quotes.markup, *config.quotes.markups))


def _markup(rule: Markup) -> MarkupRule:
    return MarkupRule(MarkupKind(rule.kind), rule.amount if rule.kind == "fixed" else rule.percent)
