"""How people write amounts and days in a sheet: what can be read in one way alone is read, anything else is refused."""

import re
from datetime import date
from decimal import Decimal

_THIN_SPACES = str.maketrans("", "", " \u00a0\u2009\u202f")
_PLAIN = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)
_COMMA_DECIMALS = re.compile(r"(\d{1,12}|\d{1,3}(\.\d{3}){1,3}),\d{1,2}", re.ASCII)
_COMMA_THOUSANDS = re.compile(r"\d{1,3}((,\d{3}){1,3}\.\d{1,6}|(,\d{3}){2,3})", re.ASCII)
_TWO_READINGS = re.compile(r"\d{1,3}[.,]\d{3}", re.ASCII)
_MANY_DECIMALS = re.compile(r"\d{1,12}\.\d{7,}", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/])(\d\d?)\2(\d\d?)([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?", re.ASCII)


def find_amount(text: str, *, thousandths: bool) -> Decimal | None:
    """The amount: 1250.50, 1 250,50, 1,250.50 and 1.250,50 are one; None where the text is no amount.

    40.000 is forty in one country and forty thousand in the next: it is read only where the currency has
    `thousandths`, and 40,000 nowhere.
    """
    bare = text.translate(_THIN_SPACES)
    if _TWO_READINGS.fullmatch(bare) and ("," in bare or not thousandths):
        return None
    if _COMMA_DECIMALS.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if _COMMA_THOUSANDS.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    return Decimal(bare) if _PLAIN.fullmatch(bare) else None


def amount_fault(text: str) -> str:
    """What to do about a text that is no amount."""
    bare = text.translate(_THIN_SPACES)
    if _TWO_READINGS.fullmatch(bare):
        whole, decimals = bare[:-4], bare[-3:]
        return f"“{text}” can be read in two ways. Write {whole}{decimals}, or {whole}.{decimals[:2]} if you mean that."
    if _MANY_DECIMALS.fullmatch(bare):
        return f"“{text[:40]}” has more than six decimals. Round it."
    return f"“{text[:40]}” is no amount. Write a number such as 1250.50, without a sign or a currency."


def amount_cell(amount: Decimal) -> str:
    """An amount as an export writes it: with three decimals a fourth says that the point is no thousands' mark."""
    text = format(amount, "f")
    return f"{text}0" if _TWO_READINGS.fullmatch(text) else text


def find_day(text: str) -> date | None:
    """A day with its year first, such as 2027-01-31, 2027/01/31 or midnight of it; None for any other order."""
    match = _YEAR_FIRST.fullmatch(text)
    try:
        return match and date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
