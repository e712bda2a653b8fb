"""One stay under evaluation: the contract, the resolved request, its guests and the season of every night."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeAlias

from tembea.pricing.ages import Guest, guests_of
from tembea.pricing.contract import Contract, Package, Plan, RoomType, Scope, Supplement
from tembea.pricing.effort import Effort
from tembea.pricing.request import PricingRequest
from tembea.pricing.seasons import season_of
from tembea.pricing.terms import Board, SupplementKind

Product: TypeAlias = Plan | Package


@dataclass(frozen=True)
class Stay:
    """Everything the steps after the guests read. `booked` is the booking date, `seasons` one code a night."""

    contract: Contract
    request: PricingRequest
    booked: date
    nights: tuple[date, ...]
    seasons: tuple[str | None, ...]
    guests: tuple[Guest, ...]
    effort: Effort = field(default_factory=Effort, init=False, repr=False, compare=False)
    _found: dict[tuple[SupplementKind, str, int, Board | None], Supplement | None] = field(
        default_factory=dict[tuple[SupplementKind, str, int, Board | None], "Supplement | None"],
        init=False,
        repr=False,
        compare=False,
    )

    @property
    def lead_days(self) -> int:
        """Whole days from the booking date to check-in."""
        return (self.request.check_in - self.booked).days

    @cached_property
    def days(self) -> tuple[tuple[date, str | None], ...]:
        """Each night with its season."""
        return tuple(zip(self.nights, self.seasons, strict=True))

    @cached_property
    def alike(self) -> tuple[int, ...]:
        """For each night the place of the first on which every guest is in the same band; mostly the first of all."""
        first: dict[tuple[str, ...], int] = {}
        bands = [tuple(guest.bands[place] for guest in self.guests) for place in range(len(self.nights))]
        return tuple(first.setdefault(column, place) for place, column in enumerate(bands))

    def covered(self, scope: Scope) -> tuple[int, ...]:
        """The places in the stay of the nights that the scope covers."""
        return tuple(place for place, (night, season) in enumerate(self.days) if scope.covers(night, season))

    def find_supplement(
        self, kind: SupplementKind, room: RoomType, place: int, board: Board | None = None
    ) -> Supplement | None:
        """The supplement of a kind that applies on a night; of several the narrowest, then the first listed."""
        asked = (kind, room.code, place, board)
        if asked not in self._found:
            night, season = self.days[place]
            fitting = [
                row
                for row in self.contract.supplements
                if row.kind is kind and row.board is board and row.scope.takes_room(room.code)
                if row.scope.covers(night, season)
            ]
            self._found[asked] = max(fitting, key=lambda row: row.scope.weight, default=None)
        return self._found[asked]


def stay_of(contract: Contract, request: PricingRequest, booked: date) -> Stay:
    """The stay of a checked request."""
    nights = request.nights
    seasons = tuple(season_of(contract, night) for night in nights)
    return Stay(contract, request, booked, nights, seasons, guests_of(contract, request))
