"""What is asked of a price: the wire form of a stay."""

import datetime
import re
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from pydantic import (
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from tembea.kernel.errors import FieldError
from tembea.kernel.web import NO_NUL, Wire
from tembea.pricing import (
    Child,
    PricingRequest,
    RequestRefused,
    ServiceWanted,
    check_request,
    children_of,
    parse_board,
)
from tembea.rates.model import BadDates, end_of_stay, stay_refused

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PARTS = {"on": "services"}


def _calendar_day(value: object, parse: ValidatorFunctionWrapHandler, about: ValidationInfo) -> datetime.date:
    """A day that the calendar does not have is a stay's bad date by name, before anything else is looked at."""
    if type(value) is datetime.date:
        return value
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return parse(value)
    except ValidationError:
        pass
    shown = "Nothing" if value is None else f"{value!s:.40}"
    message = f"{shown} is not a day of the calendar. Write it as 2027-02-28."
    part = _PARTS.get(about.field_name or "", about.field_name)
    raise BadDates(message, errors=[FieldError(f"body.{part}", message)])


def _number(value: object) -> object:
    """JSON's true is no number of guests, though Python counts it as one."""
    if isinstance(value, bool):
        raise ValueError("give a whole number")
    return value


Day = Annotated[datetime.date, WrapValidator(_calendar_day)]
Number = Annotated[int, BeforeValidator(_number)]
Age = Annotated[Number | None, Field(description="Completed years at check-in; null asks for it")]


class ServiceIn(Wire):
    """A service of the hotel's contract: on a day of the stay, the arrival when left out; times, or vehicles."""

    name: Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]
    on: Day | None = None
    times: Number = 1

    def parsed(self) -> ServiceWanted:
        """What the kernel takes."""
        return ServiceWanted(self.name, self.on, self.times)


class PriceIn(Wire):
    """A stay to price, at the hotels of a destination, at named hotels, or at all."""

    destination: Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)] | None = None
    hotel_ids: Annotated[list[UUID], Field(min_length=1, max_length=200)] | None = None
    check_in: Day
    check_out: Day | None = None
    nights: Number | None = None
    adults: Number
    children_ages: Annotated[list[Age], Field(max_length=60, default_factory=list)]
    child_birth_dates: Annotated[list[datetime.date | None], Field(max_length=60)] | None = None
    rooms: Number | None = None
    board: str | None = None
    booking_date: Day | None = None
    currency: str | None = None
    trip_start: Annotated[Day | None, Field(description="First day of a longer trip, where ages count from it")] = None
    services: Annotated[list[ServiceIn], Field(max_length=60, default_factory=list)]

    def parsed(self) -> PricingRequest:
        """What the kernel takes, which says what makes no sense. Raises `BadDates`, and `StayRefused` for a board."""
        request = PricingRequest(
            check_in=self.check_in,
            check_out=end_of_stay(self.check_in, self.check_out, self.nights),
            adults=self.adults,
            children=self._children(),
            rooms=self.rooms,
            booking_date=self.booking_date,
            currency=self.currency,
            trip_start=self.trip_start,
            services=tuple(one.parsed() for one in self.services),
        )
        try:
            return request if self.board is None else replace(request, board=parse_board(self.board))
        except RequestRefused as refused:
            self._check_dates_first(request)
            raise stay_refused(refused) from refused

    def _check_dates_first(self, request: PricingRequest) -> None:
        try:
            check_request(request, self.booking_date or datetime.datetime.now(datetime.UTC).date())
        except RequestRefused as refused:
            raise stay_refused(refused) from refused

    def _children(self) -> tuple[Child, ...]:
        try:
            return children_of(self.children_ages, self.child_birth_dates or ())
        except RequestRefused:
            return (Child(),)  # the kernel asks for the age in its turn, after the dates
