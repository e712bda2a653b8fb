"""Money: an exact amount with its currency, rounded by ISO 4217 minor units and shared without losing a cent."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import lcm

# Active codes of ISO 4217. CLDR's digits are not used: they follow cash habits (IQD 0, LBP 0), not the standard.
_CODES_BY_MINOR_UNITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP
        CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR
        JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN
        NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP
        SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_MINOR_UNITS = {code: units for units, codes in _CODES_BY_MINOR_UNITS.items() for code in codes.split()}
_QUANTA = {code: Decimal(1).scaleb(-units) for code, units in _MINOR_UNITS.items()}


class UnknownCurrency(ValueError):
    """The code is not an active currency of ISO 4217."""

    def __init__(self, currency: str) -> None:
        super().__init__(f"{currency!r} is not a currency of ISO 4217. Use a three-letter code such as USD or ZAR.")


class CurrencyMismatch(ValueError):
    """Two currencies met in one sum; amounts in different currencies are never added."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"{left} and {right} cannot be added. Convert one of them first.")


@dataclass(frozen=True, slots=True)
class Money:
    """An exact `amount` in one ISO 4217 `currency`. It is not rounded by itself: see `round_half_up`."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        self._check_same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._check_same(other)
        return Money(self.amount - other.amount, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __str__(self) -> str:
        return f"{self.currency} {self.amount}"

    def rounded(self) -> "Money":
        """The same money at its currency's minor units, half-up."""
        return Money(round_half_up(self.amount, self.currency), self.currency)

    def _check_same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(self.currency, other.currency)


def is_currency(code: str) -> bool:
    """True for an active ISO 4217 code in capitals."""
    return code in _MINOR_UNITS


def minor_units(currency: str) -> int:
    """Decimals of the currency by ISO 4217: USD 2, JPY 0, KWD 3. Raises `UnknownCurrency`."""
    try:
        return _MINOR_UNITS[currency]
    except KeyError:
        raise UnknownCurrency(currency) from None


def quantum(currency: str) -> Decimal:
    """The smallest amount of the currency: 0.01 for USD, 1 for JPY. Raises `UnknownCurrency`."""
    try:
        return _QUANTA[currency]
    except KeyError:
        raise UnknownCurrency(currency) from None


def round_half_up(amount: Decimal, currency: str) -> Decimal:
    """The amount at the currency's minor units; a half goes away from zero."""
    return amount.quantize(quantum(currency), rounding=ROUND_HALF_UP)


def allocate(amount: Decimal, weights: Sequence[Decimal | int], currency: str) -> list[Decimal]:
    """Split a rounded `amount` by non-negative `weights` so that the shares add up to it exactly (largest remainder).

    Equal remainders favour the earlier share. Weights that are all zero split evenly. Raises `ValueError` without
    weights, for a negative one, or for an amount finer than the currency's minor units.
    """
    unit = quantum(currency)
    if not weights or min(weights) < 0:
        raise ValueError("Shares need at least one weight and none below zero.")
    if amount != round_half_up(amount, currency):
        raise ValueError(f"{amount} is finer than {currency} allows. Round it before sharing it out.")
    sign = -1 if amount < 0 else 1
    units = int(abs(amount) / unit)
    scale = _whole_weights(weights) if any(weights) else [1] * len(weights)
    whole = sum(scale)
    exact = [divmod(units * weight, whole) for weight in scale]  # whole numbers: equal remainders have to look equal
    shares = [share for share, _ in exact]
    by_remainder = sorted(range(len(shares)), key=lambda index: -exact[index][1])
    for index in by_remainder[: units - sum(shares)]:
        shares[index] += 1
    return [(sign * share * unit).quantize(unit) for share in shares]


def _whole_weights(weights: Sequence[Decimal | int]) -> list[int]:
    """Whole numbers in the same proportion, which are many times faster than fractions and as exact."""
    ratios = [weight.as_integer_ratio() for weight in weights]
    common = lcm(*(below for _, below in ratios))
    return [above * (common // below) for above, below in ratios]
