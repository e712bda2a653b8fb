"""When a room may be sold: release, stop-sale, closed days, lengths of stay. All reasons are found, none hides another.

The check-out day is never restricted but by closed-to-departure. Where several rows of one kind cover the same night
the strictest counts; a THROUGH value is then the maximum over all nights.
"""

from collections.abc import Iterable

from tembea.pricing.contract import Restriction
from tembea.pricing.result import Code, Reason
from tembea.pricing.seasons import season_of
from tembea.pricing.stay import Stay
from tembea.pricing.terms import RestrictionKind, StayMode


def find_breaches(stay: Stay, room: str) -> list[Reason]:
    """Every restriction that the stay breaks in a room type."""
    rows = [row for row in stay.contract.restrictions if row.scope.takes_room(room)]
    if not rows:
        return [] if (outside := _booking_window(stay)) is None else [outside]
    found = [
        _release(stay, rows),
        _stop_sale(stay, rows),
        _closed_to_arrival(stay, rows),
        _closed_to_departure(stay, rows),
        _max_stay(stay, rows),
        _min_stay(stay, rows, StayMode.THROUGH),
        _min_stay(stay, rows, StayMode.ARRIVAL),
        _booking_window(stay),
    ]
    return [reason for reason in found if reason is not None]


def _on_arrival(stay: Stay, rows: Iterable[Restriction], kind: RestrictionKind) -> list[Restriction]:
    arrival, season = stay.days[0]
    return [row for row in rows if row.kind is kind and row.scope.covers(arrival, season)]


def _release(stay: Stay, rows: Iterable[Restriction]) -> Reason | None:
    days = max((row.days for row in _on_arrival(stay, rows, RestrictionKind.RELEASE)), default=0)
    if stay.lead_days >= days:
        return None
    detail = f"Booked {stay.lead_days} days before arrival; the release period is {days} days."
    return Reason(Code.RELEASE, detail, stay.nights[0])


def _stop_sale(stay: Stay, rows: Iterable[Restriction]) -> Reason | None:
    stopped = [
        stay.nights[place] for row in rows if row.kind is RestrictionKind.STOP_SALE for place in stay.covered(row.scope)
    ]
    return Reason(Code.STOP_SALE, f"Sales are stopped on {min(stopped)}.", min(stopped)) if stopped else None


def _closed_to_arrival(stay: Stay, rows: Iterable[Restriction]) -> Reason | None:
    if not _on_arrival(stay, rows, RestrictionKind.CLOSED_TO_ARRIVAL):
        return None
    return Reason(Code.CTA, f"Arrival is closed on {stay.nights[0]}.", stay.nights[0])


def _closed_to_departure(stay: Stay, rows: Iterable[Restriction]) -> Reason | None:
    leaving = stay.request.check_out
    season = season_of(stay.contract, leaving)
    closed = any(row.kind is RestrictionKind.CLOSED_TO_DEPARTURE and row.scope.covers(leaving, season) for row in rows)
    return Reason(Code.CTD, f"Departure is closed on {leaving}.", leaving) if closed else None


def _max_stay(stay: Stay, rows: Iterable[Restriction]) -> Reason | None:
    longest = [row.nights for row in _on_arrival(stay, rows, RestrictionKind.MAX_STAY) if row.mode is StayMode.ARRIVAL]
    through = _limits_by_night(stay, rows, RestrictionKind.MAX_STAY)
    allowed = [min(longest)] if longest else []
    if through:
        allowed.append(max(min(limits) for limits in through))
    nights = len(stay.nights)
    if not allowed or nights <= min(allowed):
        return None
    return Reason(Code.MAX_STAY, f"{nights} nights are more than the maximum of {min(allowed)}.", stay.nights[0])


def _min_stay(stay: Stay, rows: Iterable[Restriction], mode: StayMode) -> Reason | None:
    if mode is StayMode.ARRIVAL:
        arriving = _on_arrival(stay, rows, RestrictionKind.MIN_STAY)
        shortest = max((row.nights for row in arriving if row.mode is mode), default=0)
    else:
        through = _limits_by_night(stay, rows, RestrictionKind.MIN_STAY)
        shortest = max((max(limits) for limits in through), default=0)
    nights = len(stay.nights)
    if nights >= shortest:
        return None
    code = Code.MIN_STAY_ARRIVAL if mode is StayMode.ARRIVAL else Code.MIN_STAY_THROUGH
    return Reason(code, f"{nights} nights are fewer than the minimum of {shortest}.", stay.nights[0])


def _limits_by_night(stay: Stay, rows: Iterable[Restriction], kind: RestrictionKind) -> list[list[int]]:
    through = [row for row in rows if row.kind is kind and row.mode is StayMode.THROUGH]
    by_night = [[row.nights for row in through if row.scope.covers(*day)] for day in stay.days]
    return [limits for limits in by_night if limits]


def _booking_window(stay: Stay) -> Reason | None:
    window = stay.contract.booking_window
    if window.holds(stay.booked):
        return None
    opens, closes = window.first or "any day", window.last or "any day"
    detail = f"The contract is booked from {opens} to {closes}; the booking date is {stay.booked}."
    return Reason(Code.NO_RATE, detail, stay.nights[0])
