"""Which season owns a night, and which rate row prices it."""

from collections.abc import Sequence
from datetime import date

from tembea.pricing.contract import Contract, Plan, Rate


def season_of(contract: Contract, night: date) -> str | None:
    """The season with the highest priority that holds the night; within one priority seasons never overlap."""
    return next((season.code for season in contract.seasons_by_priority if season.holds(night)), None)


def find_rate(contract: Contract, plan: Plan, room: str, season: str | None) -> Rate | None:
    """The one rate row of the night's own season. A hole is no rate: no other season's price stands in for it."""
    return None if season is None else contract.rates_by_key.get((plan.code, room, season))


def first_night_without_rate(
    contract: Contract, plan: Plan, room: str, nights: Sequence[tuple[date, str | None]]
) -> date | None:
    """The first of the (night, season) pairs that no rate row prices."""
    return next((night for night, season in nights if find_rate(contract, plan, room, season) is None), None)
