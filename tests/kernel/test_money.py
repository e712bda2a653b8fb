"""Money: minor units by ISO 4217, half-up rounding, exact shares, no sums across currencies."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tembea.kernel.money import (
    CurrencyMismatch,
    Money,
    UnknownCurrency,
    allocate,
    is_currency,
    minor_units,
    quantum,
    round_half_up,
)

WEIGHTS = st.lists(st.integers(0, 1000), min_size=1, max_size=12)


@pytest.mark.parametrize(("currency", "units"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("UGX", 0), ("CLF", 4)])
def test_minor_units_follow_iso_4217(currency: str, units: int) -> None:
    assert minor_units(currency) == units
    assert quantum(currency) == Decimal(10) ** -units


def test_an_unknown_currency_is_named() -> None:
    assert not is_currency("XXQ")
    with pytest.raises(UnknownCurrency, match="XXQ"):
        minor_units("XXQ")
    with pytest.raises(UnknownCurrency):
        quantum("usd")


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("28.865", "USD", "28.87"),
        ("28.8649", "USD", "28.86"),
        ("-28.865", "USD", "-28.87"),
        ("0.5", "JPY", "1"),
        ("1.0005", "KWD", "1.001"),
        ("7", "USD", "7.00"),
    ],
)
def test_a_half_rounds_away_from_zero(amount: str, currency: str, rounded: str) -> None:
    assert str(round_half_up(Decimal(amount), currency)) == rounded


def test_amounts_in_different_currencies_are_never_added() -> None:
    with pytest.raises(CurrencyMismatch, match="USD and ZAR"):
        _ = Money(Decimal(1), "USD") + Money(Decimal(1), "ZAR")
    with pytest.raises(CurrencyMismatch):
        _ = Money(Decimal(1), "USD") - Money(Decimal(1), "ZAR")


def test_money_adds_negates_and_rounds() -> None:
    total = Money(Decimal("1.005"), "USD") + -Money(Decimal("0.5"), "USD") - Money(Decimal(0), "USD")
    assert str(total.rounded()) == "USD 0.51"


@settings(max_examples=200, deadline=None)
@given(units=st.integers(-10_000_000, 10_000_000), weights=WEIGHTS, currency=st.sampled_from(["USD", "JPY", "KWD"]))
def test_shares_add_up_and_stay_within_a_unit_of_their_due(units: int, weights: list[int], currency: str) -> None:
    unit = quantum(currency)
    amount = units * unit
    split = allocate(amount, weights, currency)
    assert sum(split) == amount
    scale = weights if sum(weights) else [1] * len(weights)
    for share, weight in zip(split, scale, strict=True):
        assert abs(share - amount * weight / sum(scale)) < unit


def test_equal_remainders_favour_the_earlier_share() -> None:
    assert [str(share) for share in allocate(Decimal("0.05"), [1, 1, 1], "USD")] == ["0.02", "0.02", "0.01"]


def test_remainders_of_different_weights_that_are_equal_are_seen_to_be() -> None:
    weights = [Decimal("306.98"), Decimal("184.19")] * 3  # each leaves two thirds of a cent
    split = allocate(Decimal("491.17"), weights, "USD")
    assert [str(share) for share in split] == ["102.33", "61.40", "102.33", "61.40", "102.32", "61.39"]


@pytest.mark.parametrize(("amount", "weights"), [("1", []), ("1", [1, -1]), ("0.001", [1])])
def test_shares_need_weights_and_a_rounded_amount(amount: str, weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"weight|finer"):
        allocate(Decimal(amount), weights, "USD")
