"""The words of a hotel contract: the kinds, bases and modes that the kernel knows."""

from enum import StrEnum

ADULT_BAND = "adult"
"""The reserved band: guests of 18 and over, and a child whose age falls into a band of this code."""
INFANT_BAND = "infant"


class RateKind(StrEnum):
    """Whether rates are what the agency pays, or what it pays before its commission is taken off."""

    NET = "net"
    COMMISSIONABLE = "commissionable"


class ChildAgeBasis(StrEnum):
    """The day on which a child's age is counted."""

    AT_CHECK_IN = "at_check_in"
    AT_TRIP_START = "at_trip_start"
    PER_NIGHT = "per_night"


class LoneAdultRule(StrEnum):
    """How one adult with children in a room is charged."""

    ADULT_SINGLE_PLUS_CHILD = "adult_single_plus_child"
    CHILD_AS_ADULT = "child_as_adult"
    SHARING_PLUS_CHILD = "sharing_plus_child"


class OfferSelection(StrEnum):
    """Who wins among offers that exclude each other: the lowest total, or the order of the list."""

    LOWEST_TOTAL = "lowest_total"
    PRIORITY = "priority"


class Board(StrEnum):
    """Meals, from room only to all inclusive; `rank` grows with them."""

    RO = "RO"
    BB = "BB"
    HB = "HB"
    FB = "FB"
    AI = "AI"

    @property
    def rank(self) -> int:
        """0 for room only up to 4 for all inclusive."""
        return list(Board).index(self)


class Basis(StrEnum):
    """What a plan's unit amount buys for one night. PER_PERSON_STAY rows are `Package`s."""

    PER_PERSON_NIGHT = "per_person_night"
    PER_ROOM_NIGHT = "per_room_night"


class Per(StrEnum):
    """What one amount of a supplement or a tax is charged for."""

    PERSON_NIGHT = "person_night"
    ROOM_NIGHT = "room_night"
    PERSON_STAY = "person_stay"
    ROOM_STAY = "room_stay"

    @property
    def is_person(self) -> bool:
        """Charged to each guest rather than to the room."""
        return self in (Per.PERSON_NIGHT, Per.PERSON_STAY)

    @property
    def is_night(self) -> bool:
        """Charged each night rather than once a stay."""
        return self in (Per.PERSON_NIGHT, Per.ROOM_NIGHT)


class SupplementKind(StrEnum):
    """What a supplement is for: the party (single, extra adult, board) or dates and rooms (event, room)."""

    SINGLE = "single"
    EXTRA_ADULT = "extra_adult"
    BOARD = "board"
    EVENT = "event"
    ROOM = "room"


class RestrictionKind(StrEnum):
    """One kind a row, so that changing one never clears another."""

    MIN_STAY = "min_stay"
    MAX_STAY = "max_stay"
    CLOSED_TO_ARRIVAL = "closed_to_arrival"
    CLOSED_TO_DEPARTURE = "closed_to_departure"
    STOP_SALE = "stop_sale"
    RELEASE = "release"


class StayMode(StrEnum):
    """Whose value counts: the arrival night's, or the maximum over all nights."""

    ARRIVAL = "arrival"
    THROUGH = "through"


class OfferKind(StrEnum):
    """The trade's names for offers; the conditions that each must carry are checked when the contract is loaded."""

    EARLY_BIRD = "early_bird"
    LAST_MINUTE = "last_minute"
    LONG_STAY = "long_stay"
    STAY_PAY = "stay_pay"
    FIXED = "fixed"
    VALUE_ADD = "value_add"


class OfferScope(StrEnum):
    """Nights that qualify: each by itself; all of them when the arrival night does; all or none."""

    NIGHT = "night"
    ARRIVAL = "arrival"
    WHOLE_STAY = "whole_stay"


class FreeNight(StrEnum):
    """Which nights of a block of `stay` nights are free."""

    CHEAPEST = "cheapest"
    FIRST = "first"
    LAST = "last"
    AVERAGE = "average"


class Settle(StrEnum):
    """Whether a tax is inside the rates, paid by the guest at the hotel, or added to the cost."""

    INCLUDED = "included"
    PAY_LOCAL = "pay_local"
    ADDED = "added"


class AllotmentKind(StrEnum):
    """How a room type is had on a night: held for the agency, sold freely, or only after the hotel has been asked."""

    ALLOTMENT = "allotment"
    FREE_SALE = "free_sale"
    ON_REQUEST = "on_request"


class ServiceKind(StrEnum):
    """What is sold beside the stay."""

    TRANSFER = "transfer"
    ACTIVITY = "activity"
    FLIGHT = "flight"


class ServicePer(StrEnum):
    """What a service's amount is charged for, each time that it is taken."""

    PERSON = "person"
    VEHICLE = "vehicle"
