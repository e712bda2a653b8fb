"""What holds for every contract and stay: sums, splits, order, bytes, sources, minor units."""

import os
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tembea.kernel.money import quantum
from tembea.pricing import (
    Child,
    Contract,
    FxRate,
    MarkupKind,
    MarkupRule,
    PresentationRounding,
    Priced,
    PricingRequest,
    Rejected,
    SalesTax,
    SellPolicy,
    canonical_bytes,
    parse_board,
)
from tests.pricing.pricing_factories import PLAIN, baobab, day, outcome

SEASONS = ("LOW", "HIGH", "LOW2", "PEAK")
FEW = settings(max_examples=int(os.environ.get("PROPERTY_CASES", "100")), deadline=None)

amounts = st.integers(1, 99_999).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")
percents = st.integers(0, 1000).map(lambda tenths: f"{tenths // 10}.{tenths % 10}")
offers = st.lists(
    st.sampled_from(
        [
            {"code": "EB", "kind": "early_bird", "percent": "15", "lead_days_min": 90, "combines_with": ["SP", "LS"]},
            {"code": "SP", "kind": "stay_pay", "stay": 3, "pay": 2, "repeatable": True, "combines_with": ["EB"]},
            {"code": "AV", "kind": "stay_pay", "stay": 4, "pay": 3, "free_night": "average"},
            {"code": "LS", "kind": "long_stay", "percent": "7.5", "nights_min": 4, "combines_with": ["EB", "FX"]},
            {"code": "FX", "kind": "fixed", "amount": "12.34", "combines_with": ["LS"]},
        ]
    ),
    unique_by=lambda offer: str(offer["code"]),
)


@st.composite
def contracts(draw: st.DrawFn, *, simple: bool = False) -> Contract:
    """The reference contract with other amounts, percentages, currency and, unless simple, offers and restrictions."""
    rates = [
        {"plan": "bb", "room": "standard", "season": season, "amount": draw(amounts), "cell": f"C{place}"}
        for place, season in enumerate(SEASONS, start=12)
    ]
    bands = ("infant", "child", "teen")
    rules = [{"band": band, "percent": draw(percents)} for band in bands]
    meals = {band: draw(amounts) for band in ("adult", *bands)}
    supplements: list[object] = [
        {"kind": "single", "percent": draw(percents), "discountable": True},
        {"kind": "board", "board": "HB", "amounts": meals},
    ]
    parts: dict[str, object] = {"rates": rates, "child_rules": rules, "supplements": supplements}
    parts["currency"] = draw(st.sampled_from(["USD", "JPY", "KWD"]))
    return baobab(PLAIN, parts) if simple else baobab(parts, offers=draw(offers))


@st.composite
def requests(draw: st.DrawFn, *, max_adults: int = 5, max_children: int = 3) -> PricingRequest:
    check_in = day("2027-01-11") + timedelta(days=draw(st.integers(0, 350)))
    ages = draw(st.lists(st.integers(0, 17), max_size=max_children))
    return PricingRequest(
        check_in=check_in,
        check_out=check_in + timedelta(days=draw(st.integers(1, 12))),
        adults=draw(st.integers(1, max_adults)),
        children=tuple(Child(age) for age in ages),
        board=parse_board(draw(st.sampled_from(["BB", "HB"]))),
        booking_date=check_in - timedelta(days=draw(st.integers(0, 200))),
    )


def policy_for(contract: Contract) -> SellPolicy:
    rate = FxRate("fx", contract.currency, "ZAR", Decimal("18.12345678"), day("2027-01-01"), "test")
    return SellPolicy(
        currency="ZAR",
        markup=MarkupRule(MarkupKind.MARGIN_ON_SELL, Decimal("12.5")),
        sales_tax=SalesTax("VAT", Decimal(15)),
        rounding=PresentationRounding(Decimal(5)),
        fx=(rate,),
        fx_buffer_percent=Decimal("1.5"),
    )


def cost_of(contract: Contract, request: PricingRequest) -> Decimal | None:
    result = outcome(contract, request)
    return result.cost_total.amount if isinstance(result, Priced) else None


@FEW
@given(contract=contracts(), request=requests())
def test_totals_are_the_sums_of_their_lines_at_minor_units_each_with_a_source(
    contract: Contract, request: PricingRequest
) -> None:
    result = outcome(contract, request, policy_for(contract))
    if isinstance(result, Rejected):
        assert result.reasons
        assert result.code == result.reasons[0]
        assert result.detail
        return
    assert sum(line.amount.amount for line in result.cost_lines) == result.cost_total.amount
    assert sum(line.amount.amount for line in result.lines) == result.total.amount
    assert sum(line.amount.amount for line in result.pay_local) == result.pay_local_total.amount
    for line in (*result.cost_lines, *result.pay_local):
        assert line.source_ref.document
        assert line.rule
        assert line.amount.currency == contract.currency
        assert line.amount.amount.as_tuple().exponent == quantum(contract.currency).as_tuple().exponent
    assert {line.amount.currency for line in result.lines} == {"ZAR"}
    assert result.cost_total.amount >= 0


@FEW
@given(contract=contracts(simple=True), request=requests(max_adults=2, max_children=2), at=st.integers(1, 11))
def test_splitting_a_stay_conserves_its_cost(contract: Contract, request: PricingRequest, at: int) -> None:
    middle = request.check_in + timedelta(days=min(at, (request.check_out - request.check_in).days))
    whole = cost_of(contract, request)
    first = cost_of(contract, replace(request, check_out=middle))
    second = Decimal(0) if middle == request.check_out else cost_of(contract, replace(request, check_in=middle))
    if whole is not None:
        assert first is not None
        assert second is not None
        assert whole == first + second


@FEW
@given(contract=contracts(simple=True), request=requests())
def test_a_later_check_out_never_costs_less(contract: Contract, request: PricingRequest) -> None:
    shorter, longer = cost_of(contract, request), cost_of(contract, replace(request, check_out=next_day(request)))
    if shorter is not None and longer is not None:
        assert longer >= shorter


def next_day(request: PricingRequest) -> date:
    return request.check_out + timedelta(days=1)


@FEW
@given(contract=contracts(simple=True), request=requests(max_adults=4, max_children=2), age=st.integers(0, 15))
def test_a_further_child_never_costs_less(contract: Contract, request: PricingRequest, age: int) -> None:
    more = replace(request, children=(*request.children, Child(age)))
    before, after = cost_of(contract, request), cost_of(contract, more)
    if before is not None and after is not None:
        assert after >= before


@FEW
@given(contract=contracts(simple=True), request=requests(max_adults=4, max_children=2))
def test_a_further_adult_never_costs_less(contract: Contract, request: PricingRequest) -> None:
    before, after = cost_of(contract, request), cost_of(contract, replace(request, adults=request.adults + 1))
    if before is not None and after is not None:
        assert after >= before


@FEW
@given(contract=contracts(), request=requests(), data=st.data())
def test_the_order_of_guests_does_not_matter_and_the_same_inputs_give_the_same_bytes(
    contract: Contract, request: PricingRequest, data: st.DataObject
) -> None:
    shuffled = replace(request, children=tuple(data.draw(st.permutations(request.children))))
    policy = policy_for(contract)
    assert canonical_bytes(outcome(contract, request, policy)) == canonical_bytes(outcome(contract, shuffled, policy))


@FEW
@given(contract=contracts(), request=requests())
def test_rate_rows_of_other_rooms_and_plans_do_not_matter(contract: Contract, request: PricingRequest) -> None:
    stranger = replace(contract.rates[0], plan="other", amount=Decimal("1.00"))
    other = replace(contract, rates=(stranger, *contract.rates))
    one, two = outcome(contract, request), outcome(other, request)
    if isinstance(one, Priced) and isinstance(two, Priced):
        assert one.cost_lines == two.cost_lines
    else:
        assert isinstance(one, Rejected)
        assert isinstance(two, Rejected)
        assert one.reasons == two.reasons


@FEW
@given(contract=contracts(), request=requests())
def test_the_lowest_total_is_never_above_any_single_offer_or_none(contract: Contract, request: PricingRequest) -> None:
    chosen = cost_of(contract, request)
    if chosen is None:
        return
    for offer in contract.offers:
        alone = cost_of(replace(contract, offers=(offer,)), request)
        assert alone is not None
        assert chosen <= alone


def test_another_contract_request_or_policy_gives_another_hash() -> None:
    request = PricingRequest(day("2027-02-01"), day("2027-02-03"), 2, booking_date=day("2027-01-01"))
    results = [
        outcome(baobab(), request),
        outcome(baobab(currency="EUR"), request),
        outcome(baobab(), replace(request, adults=1)),
        outcome(baobab(), request, SellPolicy(markup=MarkupRule(MarkupKind.MARKUP_ON_COST, Decimal(1)))),
    ]
    assert len({result.hash for result in results}) == len(results)
