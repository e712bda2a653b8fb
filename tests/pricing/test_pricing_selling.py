"""From cost to price: exchange, markup, sales tax and rounding, each once, in lines that add up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tembea.kernel.money import Money
from tembea.pricing import (
    Code,
    FxRate,
    MarkupKind,
    MarkupRule,
    PresentationRounding,
    RoundingMode,
    SalesTax,
    SellKind,
    SellPolicy,
    Service,
    TaxedPart,
    sell,
    shares,
    total_of,
)
from tests.pricing.pricing_factories import PLAIN, baobab, priced, rejected, stay

NIGHT = stay("2027-02-01", "2027-02-02")  # costs USD 240.00
ZAR = FxRate("fx-1", "USD", "ZAR", Decimal("18.12345678"), date(2027, 1, 1), "test")


def sold(policy: SellPolicy, cost: str = "240.00") -> list[tuple[str, str]]:
    service = Service(SellKind.ACCOMMODATION, "A stay", Money(Decimal(cost), "USD"))
    return [(line.kind, str(line.amount.amount)) for line in sell([service], policy.currency or "USD", policy).lines]


@pytest.mark.parametrize(
    ("kind", "value", "price"),
    [
        (MarkupKind.MARKUP_ON_COST, "15", "276.00"),
        (MarkupKind.MARGIN_ON_SELL, "15", "282.35"),
        (MarkupKind.FIXED, "15", "255.00"),
        (MarkupKind.MARKUP_ON_COST, "0", "240.00"),
    ],
)
def test_markup_margin_and_fixed_are_different_verbs(kind: MarkupKind, value: str, price: str) -> None:
    assert sold(SellPolicy(markup=MarkupRule(kind, Decimal(value)))) == [("accommodation", price)]


def test_a_margin_of_the_whole_price_is_refused() -> None:
    with pytest.raises(ValueError, match="impossible"):
        sold(SellPolicy(markup=MarkupRule(MarkupKind.MARGIN_ON_SELL, Decimal(100))))


def test_rate_and_buffer_are_one_multiplication_rounded_once() -> None:
    policy = SellPolicy(currency="ZAR", fx=(ZAR,), fx_buffer_percent=Decimal("2.5"))
    # 240 x 18.12345678 x 1.025 = 4458.37036788
    result = priced(baobab(PLAIN), NIGHT, policy)
    assert str(result.total) == "ZAR 4458.37"
    assert str(result.cost_total) == "USD 240.00"
    assert result.fx is not None
    assert (result.fx.rate_id, result.fx.buffer_percent) == ("fx-1", Decimal("2.5"))


def test_no_rate_no_price_and_an_inverse_is_never_derived() -> None:
    inverse = FxRate("fx-2", "ZAR", "USD", Decimal("0.055"), date(2027, 1, 1), "test")
    result = rejected(baobab(PLAIN), NIGHT, SellPolicy(currency="ZAR", fx=(inverse,)))
    assert (result.code, result.reasons) == (Code.NO_FX, (Code.NO_FX,))


def test_a_rate_of_the_oldest_day_allowed_is_used_and_one_of_the_day_before_is_too_old() -> None:
    policy = SellPolicy(currency="ZAR", fx=(ZAR,), fx_oldest=date(2027, 1, 1))
    assert str(priced(baobab(PLAIN), NIGHT, policy).total) == "ZAR 4349.63"
    result = rejected(baobab(PLAIN), NIGHT, replace(policy, fx_oldest=date(2027, 1, 2)))
    assert result.reasons == (Code.FX_STALE,)
    assert result.detail == (
        "No exchange rate from USD to ZAR is recent enough: the last is of 2027-01-01, before 2027-01-02. "
        "Import one, or sell in USD."
    )


def test_the_currency_asked_for_comes_before_the_policy_s() -> None:
    request = stay("2027-02-01", "2027-02-02", currency="USD")
    result = priced(baobab(PLAIN), request, SellPolicy(currency="ZAR"))
    assert (str(result.total), result.fx) == ("USD 240.00", None)


def test_sales_tax_and_rounding_are_lines_of_their_own() -> None:
    policy = SellPolicy(
        markup=MarkupRule(MarkupKind.MARKUP_ON_COST, Decimal(15)),
        sales_tax=SalesTax("VAT 15 %", Decimal(15)),
        rounding=PresentationRounding(Decimal(5)),
    )
    assert sold(policy) == [("accommodation", "276.00"), ("sales_tax", "41.40"), ("rounding", "-2.40")]


def test_sales_tax_on_the_markup_alone() -> None:
    policy = SellPolicy(
        markup=MarkupRule(MarkupKind.MARKUP_ON_COST, Decimal(15)),
        sales_tax=SalesTax("VAT 15 %", Decimal(15), TaxedPart.MARKUP),
    )
    assert sold(policy) == [("accommodation", "276.00"), ("sales_tax", "5.40")]


def test_rounding_up_never_rounds_down() -> None:
    policy = SellPolicy(rounding=PresentationRounding(Decimal(50), RoundingMode.UP))
    assert sold(policy, "240.01") == [("accommodation", "240.01"), ("rounding", "9.99")]
    assert sold(policy, "250.00") == [("accommodation", "250.00")]


@pytest.mark.parametrize("fx", [(), (ZAR,)], ids=["own currency", "exchanged"])
@pytest.mark.parametrize("kind", MarkupKind)
@pytest.mark.parametrize("tax", [None, *TaxedPart])
@pytest.mark.parametrize("rounding", [None, *RoundingMode])
def test_the_total_of_one_service_is_the_same_with_and_without_lines(
    fx: tuple[FxRate, ...], kind: MarkupKind, tax: TaxedPart | None, rounding: RoundingMode | None
) -> None:
    policy = SellPolicy(
        markup=MarkupRule(kind, Decimal("12.5")),
        markups=(MarkupRule(kind, Decimal("17.3"), supplier="Baobab"),),
        fx=fx,
        fx_buffer_percent=Decimal("1.5"),
        sales_tax=None if tax is None else SalesTax("VAT", Decimal("14.7"), tax),
        rounding=None if rounding is None else PresentationRounding(Decimal(25), rounding),
    )
    currency = "ZAR" if fx else "USD"
    for cost, supplier in (("0", "Baobab"), ("240.35", "Baobab"), ("99.995", "Other")):
        service = Service(SellKind.ACCOMMODATION, "A stay", Money(Decimal(cost), "USD"), supplier)
        assert total_of(service, currency, policy) == sell([service], currency, policy).total


def test_a_currency_without_decimals_is_sold_without_decimals() -> None:
    yen = FxRate("fx-3", "USD", "JPY", Decimal("151.237"), date(2027, 1, 1), "test")
    assert str(priced(baobab(PLAIN), NIGHT, SellPolicy(currency="JPY", fx=(yen,))).total) == "JPY 36297"


def test_several_services_each_have_a_line_and_add_up() -> None:
    services = [
        Service(SellKind.ACCOMMODATION, "A stay", Money(Decimal("240.00"), "USD")),
        Service(SellKind.TRANSFER, "A transfer", Money(Decimal("33.33"), "USD")),
    ]
    result = sell(services, "USD", SellPolicy(markup=MarkupRule(MarkupKind.MARKUP_ON_COST, Decimal("12.5"))))
    assert [str(line.amount.amount) for line in result.lines] == ["270.00", "37.50"]
    assert str(result.total.amount) == "307.50"


def test_the_customer_s_lines_hide_cost_and_add_up_to_the_total() -> None:
    policy = SellPolicy(markup=MarkupRule(MarkupKind.MARKUP_ON_COST, Decimal(15)))
    result = priced(baobab(PLAIN), stay("2027-02-01", "2027-02-04", 3), policy)
    (line,) = result.lines
    assert line.amount == result.total
    assert line.description == "Baobab Lodge, 3 nights, BB, 2 x Standard room"


def test_shares_add_up_exactly() -> None:
    split = shares(Money(Decimal("100.00"), "USD"), [1, 1, 1])
    assert [str(share) for share in split] == ["USD 33.34", "USD 33.33", "USD 33.33"]


def test_a_missing_rate_says_what_to_do() -> None:
    result = rejected(baobab(PLAIN), NIGHT, SellPolicy(currency="ZAR"))
    assert result.detail == "No exchange rate from USD to ZAR is stored. Import one, or sell in USD."
    assert len(result.hash) == 64


def test_what_is_pinned_of_a_rate_is_all_that_is_known_of_it() -> None:
    policy = SellPolicy(currency="ZAR", fx=(replace(ZAR, base="EUR"), ZAR), fx_buffer_percent=Decimal(1))
    fx = priced(baobab(PLAIN), NIGHT, policy).fx
    assert fx is not None
    assert (fx.base, fx.quote, fx.rate, fx.as_of, fx.source) == ("USD", "ZAR", ZAR.rate, ZAR.as_of, "test")


def test_tax_and_rounding_are_there_once_under_their_names_and_nothing_is_no_line() -> None:
    policy = SellPolicy(sales_tax=SalesTax("VAT 15 %", Decimal(15)), rounding=PresentationRounding(Decimal(10)))
    service = Service(SellKind.TRANSFER, "A transfer", Money(Decimal("240.00"), "USD"), quantity=2)
    lines = sell([service], "USD", policy).lines
    assert [(line.description, line.quantity, str(line.amount)) for line in lines] == [
        ("A transfer", 2, "USD 240.00"),
        ("VAT 15 %", 1, "USD 36.00"),
        ("Rounding", 1, "USD 4.00"),
    ]
    untaxed = SellPolicy(sales_tax=SalesTax("VAT 0 %", Decimal(0)), rounding=PresentationRounding(Decimal(10)))
    assert sold(untaxed) == [("accommodation", "240.00")]


def test_a_margin_just_below_the_whole_price_is_sold_and_one_below_nothing_refused() -> None:
    assert sold(SellPolicy(markup=MarkupRule(MarkupKind.MARGIN_ON_SELL, Decimal(99))))[0][1] == "24000.00"
    assert sold(SellPolicy(markup=MarkupRule(MarkupKind.MARGIN_ON_SELL, Decimal(0))))[0][1] == "240.00"
    with pytest.raises(ValueError, match="impossible"):
        sold(SellPolicy(markup=MarkupRule(MarkupKind.MARGIN_ON_SELL, Decimal(-1))))


def test_the_offers_that_lost_are_told_in_the_contract_s_currency() -> None:
    offers = [{"code": "A", "kind": "fixed", "percent": "10"}, {"code": "B", "kind": "fixed", "percent": "50"}]
    result = priced(baobab(PLAIN, offers=offers), NIGHT, SellPolicy(currency="ZAR", fx=(ZAR,)))
    assert [str(loss.total) for loss in result.offers_rejected] == ["USD 216.00"]
