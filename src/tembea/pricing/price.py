"""The kernel's one verb: price a stay at a hotel, or say why not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, localcontext

from tembea.kernel.money import Money, quantum
from tembea.pricing.canonical import sha256_of
from tembea.pricing.charges import PRECISION
from tembea.pricing.contract import Contract
from tembea.pricing.costing import Costed, cost_stay, in_order
from tembea.pricing.request import PricingRequest, check_request, today_at
from tembea.pricing.result import (
    ENGINE_VERSION,
    CostLine,
    Priced,
    Reason,
    Rejected,
    RoomStay,
    SellKind,
    Unpriced,
)
from tembea.pricing.sell import NoFxRate, SellPolicy, Service, Sold, sell
from tembea.pricing.services import ServiceCost, service_costs
from tembea.pricing.stay import Stay, stay_of


def price_stay(contract: Contract, request: PricingRequest, *, policy: SellPolicy, now: datetime) -> Priced | Rejected:
    """Price a stay under one contract. `now` is an aware moment; it matters only without a booking date.

    Raises `RequestRefused` for a request that makes no sense (BAD_DATES, PAST_DATE, MISSING_AGES and a few more); a
    stay that cannot be sold or priced is a `Rejected` with every reason and no amount.
    """
    booked = request.booking_date or today_at(contract.hotel, now)
    check_request(request, booked)
    with localcontext(prec=PRECISION):
        return _price(contract, replace(request, booking_date=booked), booked, policy)


def _price(contract: Contract, resolved: PricingRequest, booked: date, policy: SellPolicy) -> Priced | Rejected:
    mark = _hash(contract, resolved, policy)
    stay = stay_of(contract, resolved, booked)
    costed = cost_stay(stay)
    try:
        services = service_costs(stay)
    except Unpriced as verdict:
        return _rejected(contract, in_order([verdict.reason, *(() if isinstance(costed, Costed) else costed)]), mark)
    if not isinstance(costed, Costed):
        return _rejected(contract, costed, mark)
    try:
        sold = _sold(stay, costed, services, policy)
    except NoFxRate as missing:
        return _rejected(contract, [Reason(missing.code, str(missing))], mark)
    return _priced(contract, costed, services, sold, mark)


def _hash(contract: Contract, request: PricingRequest, policy: SellPolicy) -> str:
    """SHA-256 over the inputs and the snapshot; guests in one order, so that listing them otherwise changes nothing."""
    children = sorted(request.children, key=lambda child: (str(child.birth_date or ""), child.age or 0))
    inputs = replace(request, children=tuple(children))
    return sha256_of({"engine": ENGINE_VERSION, "contract": contract.digest, "request": inputs, "policy": policy})


def _sold(stay: Stay, costed: Costed, services: Sequence[ServiceCost], policy: SellPolicy) -> Sold:
    contract = stay.contract
    currency = stay.request.currency or policy.currency or contract.currency
    names = [party.room.name for party, _ in costed.rooms]
    rooms = ", ".join(f"{names.count(name)} x {name}" for name in dict.fromkeys(names))
    nights = f"{len(stay.nights)} night{'' if len(stay.nights) == 1 else 's'}"
    description = f"{contract.hotel.name}, {nights}, {costed.board}, {rooms}"
    supplier = contract.hotel.name
    sold = [Service(SellKind.ACCOMMODATION, description, Money(costed.total, contract.currency), supplier)]
    for one in services:
        sold.append(Service(one.kind, one.name, Money(one.total, contract.currency), supplier, one.times))
    return sell(sold, currency, policy)


def _priced(contract: Contract, costed: Costed, services: Sequence[ServiceCost], sold: Sold, mark: str) -> Priced:
    currency = contract.currency
    beside = sum((service.total for service in services), Decimal(0))
    local = [line for _, cost in costed.rooms for line in cost.pay_local]
    return Priced(
        hotel=contract.hotel.name,
        board=costed.board,
        rooms=tuple(
            RoomStay(party.room.code, party.room.name, tuple(guest.label for guest in party.guests))
            for party, _ in costed.rooms
        ),
        lines=sold.lines,
        total=sold.total,
        cost_lines=(
            *(line for _, cost in costed.rooms for line in cost.lines),
            *(line for service in services for line in service.lines),
        ),
        cost_total=Money((costed.total + beside).quantize(quantum(currency)), currency),
        pay_local=tuple(local),
        pay_local_total=_sum(local, currency),
        offers_applied=costed.offers_applied,
        offers_rejected=tuple(
            replace(loss, total=Money(loss.total.amount + beside, currency)) for loss in costed.offers_rejected
        ),
        on_request=costed.on_request,
        fx=next(iter(sold.fx), None),
        contract_digest=contract.digest,
        engine_version=ENGINE_VERSION,
        hash=mark,
    )


def _sum(lines: Sequence[CostLine], currency: str) -> Money:
    total = sum((line.amount.amount for line in lines), Decimal(0))
    return Money(total.quantize(quantum(currency)), currency)


def _rejected(contract: Contract, reasons: Sequence[Reason], mark: str) -> Rejected:
    first = reasons[0]
    return Rejected(
        hotel=contract.hotel.name,
        code=first.code,
        date=first.date,
        reasons=tuple(reason.code for reason in reasons),
        detail=" ".join(reason.detail for reason in reasons),
        engine_version=ENGINE_VERSION,
        hash=mark,
    )
