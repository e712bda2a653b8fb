"""What the forms of a contract document share: exact amounts, codes, spans of days, places in the source, refusals."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

_AMOUNT_PATTERN = r"^\d{1,12}(\.\d{1,6})?$"
_AMOUNT = re.compile(_AMOUNT_PATTERN, re.ASCII)


def _exact(value: object) -> object:
    if isinstance(value, float):
        message = 'A float is not an exact amount. Write it in quotes, such as "28.50".'
        raise PydanticCustomError("float_amount", message)
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise PydanticCustomError("bad_amount", 'Write an amount in quotes, such as "28.50", or a whole number.')
    return _decimal(str(value))


def _decimal(text: str) -> Decimal:
    if _AMOUNT.fullmatch(text) is None:
        message = 'Write a plain amount of zero or more, such as "28.50", without signs, spaces or separators.'
        raise PydanticCustomError("bad_amount", message)
    return Decimal(text)


def _legible(text: str) -> str:
    if "\x00" in text or not text.strip():
        raise PydanticCustomError("bad_value", "Write a text that is not blank, without NUL characters.")
    return text


def _stars(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float) or value * 2 % 1:
        raise PydanticCustomError("bad_value", "Write the stars as a number of halves, such as 4 or 4.5.")
    return Decimal(str(value))


def _plain_stars(stars: Decimal) -> int | float:
    return int(stars) if stars == int(stars) else float(stars)


_EXACT_SCHEMA = WithJsonSchema(
    {"anyOf": [{"type": "string", "pattern": _AMOUNT_PATTERN}, {"type": "integer", "minimum": 0}]}
)
Amount = Annotated[Decimal, BeforeValidator(_exact), _EXACT_SCHEMA]
Percent = Annotated[Decimal, BeforeValidator(_exact), Field(le=1000), _EXACT_SCHEMA]
Reduction = Annotated[Decimal, BeforeValidator(_exact), Field(gt=0, le=100), _EXACT_SCHEMA]
Stars = Annotated[
    Decimal,
    BeforeValidator(_stars),
    Field(ge=0, le=7),
    PlainSerializer(_plain_stars, when_used="json"),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 7, "multipleOf": 0.5}),
]
Key = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_legible)]
Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_legible)]
Age = Annotated[int, Field(ge=0, le=17)]
Nights = Annotated[int, Field(ge=1, le=365)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Form(BaseModel):
    """A part of the document: unknown keys are refused and nothing is coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Placed(Form):
    """An entry that may say where in the hotel's document it stands; what it leaves out is the contract's `source`."""

    sheet: Text | None = None
    page: Annotated[int, Field(ge=1)] | None = None
    row: Annotated[int, Field(ge=1)] | None = None
    cell: Text | None = None


class SourceForm(Form):
    """The hotel's document that the contract was taken from."""

    document: Text
    sheet: Text | None = None
    page: Annotated[int, Field(ge=1)] | None = None


class SpanForm(Form):
    """Days from `from` to `to`, both inclusive."""

    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        check_days(self.first, self.last)
        return self


class WindowForm(Form):
    """Days from `from` to `to`, both inclusive; an end left out is open."""

    first: Annotated[date | None, Field(alias="from")] = None
    last: Annotated[date | None, Field(alias="to")] = None

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        check_days(self.first, self.last)
        return self


class Scoped(Placed):
    """An entry that may be limited to seasons, days (`dates`, or `from` and `to`) and room types."""

    seasons: tuple[Key, ...] = ()
    dates: tuple[date, ...] = ()
    first: Annotated[date | None, Field(alias="from")] = None
    last: Annotated[date | None, Field(alias="to")] = None
    rooms: tuple[Key, ...] = ()

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        check_days(self.first, self.last)
        return self


def wrong(message: str) -> PydanticCustomError:
    """A broken rule of one entry, to be raised by a form; `message` says what to do."""
    return PydanticCustomError("broken_rule", "{message}", {"message": message})


def check_days(first: date | int | None, last: date | int | None) -> None:
    """Refuse a range that ends before it begins."""
    if isinstance(first, date) and isinstance(last, date):
        is_backwards = last < first
    else:
        is_backwards = isinstance(first, int) and isinstance(last, int) and last < first
    if is_backwards:
        raise wrong(f"to ({last}) is before from ({first}). Both ends belong to the range; swap them.")


def check_one(**prices: object) -> None:
    """Refuse an entry that gives none or several of the ways to say a price."""
    given = [name for name, value in prices.items() if value is not None]
    if len(given) != 1:
        raise wrong(f"Give exactly one of {', '.join(prices)}.")
