"""Guests and their age bands, night by night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tembea.pricing.contract import AgeBand, Contract
from tembea.pricing.request import OLDEST_CHILD, Child, PricingRequest
from tembea.pricing.terms import ADULT_BAND, ChildAgeBasis


@dataclass(frozen=True, slots=True)
class AgeOn:
    """A guest's age and band on one night; the age of someone listed as an adult is not asked and stands as None."""

    age: int | None
    band: str

    @property
    def is_adult(self) -> bool:
        """An adult for price, capacity and allocation, however the guest was listed."""
        return self.band == ADULT_BAND

    def has_reached(self, age: int) -> bool:
        """True for anyone of at least that age."""
        return self.age is None or self.age >= age


@dataclass(frozen=True)
class Guest:
    """One guest: the label that lines carry and the age on each night of the stay, in order."""

    label: str
    ages: tuple[AgeOn, ...]

    @cached_property
    def bands(self) -> tuple[str, ...]:
        """The band of each night: guests with the same bands pay the same."""
        return tuple(age.band for age in self.ages)


def completed_years(born: date, day: date) -> int:
    """Age in completed years. Someone born on 29 February turns on 1 March of a year without that day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def band_of(age: int, bands: Sequence[AgeBand]) -> str:
    """The code of the band that holds the age; above the last child's age everyone is an adult."""
    if age > OLDEST_CHILD:
        return ADULT_BAND
    return next(band.code for band in bands if band.first <= age <= band.last)


def guests_of(contract: Contract, request: PricingRequest) -> tuple[Guest, ...]:
    """The party in an order that does not depend on how it was listed: adults, then children from the eldest."""
    nights = request.nights
    adult = AgeOn(None, ADULT_BAND)
    adults = [Guest(f"Adult {place}", (adult,) * len(nights)) for place in range(1, request.adults + 1)]
    first_day = request.trip_start or request.check_in
    fixed_day = first_day if contract.child_age_basis is ChildAgeBasis.AT_TRIP_START else request.check_in
    days = nights if contract.child_age_basis is ChildAgeBasis.PER_NIGHT else (fixed_day,) * len(nights)
    ages = sorted((_ages_on(child, days) for child in request.children), reverse=True)
    children = [
        Guest(f"Child {place} ({years[0]})", tuple(AgeOn(age, band_of(age, contract.age_bands)) for age in years))
        for place, years in enumerate(ages, start=1)
    ]
    return (*adults, *children)


def _ages_on(child: Child, days: Sequence[date]) -> tuple[int, ...]:
    born = child.birth_date
    if born is not None:
        return tuple(completed_years(born, day) for day in days)
    if child.age is None:
        raise ValueError("A child without an age reached the evaluation; check_request comes first.")
    return (child.age,) * len(days)
