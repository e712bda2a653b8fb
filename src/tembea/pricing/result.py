"""What comes back: a priced stay whose every line explains itself, or a rejection with its reasons and no amount."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tembea.kernel.money import Money
from tembea.pricing.contract import SourceRef
from tembea.pricing.terms import Board

ENGINE_VERSION = "4"
"""Changes whenever the same inputs may give another price."""


class Code(StrEnum):
    """Why a stay cannot be priced, in the order that decides which reason comes first."""

    CAPACITY = "CAPACITY"
    RELEASE = "RELEASE"
    STOP_SALE = "STOP_SALE"
    NO_RATE = "NO_RATE"
    CTA = "CTA"
    CTD = "CTD"
    MAX_STAY = "MAX_STAY"
    MIN_STAY_THROUGH = "MIN_STAY_THROUGH"
    MIN_STAY_ARRIVAL = "MIN_STAY_ARRIVAL"
    NO_FX = "NO_FX"
    FX_STALE = "FX_STALE"

    @property
    def rank(self) -> int:
        """0 for the reason that is named first."""
        return list(Code).index(self)


class LineKind(StrEnum):
    """What a cost line does to the cost."""

    CHARGE = "charge"
    OFFER = "offer"
    COMMISSION = "commission"
    TAX = "tax"


class Component(StrEnum):
    """What a cost line is for."""

    ADULT = "adult"
    ROOM = "room"
    SINGLE = "single"
    EXTRA_ADULT = "extra_adult"
    CHILD = "child"
    INFANT = "infant"
    BOARD = "board"
    EVENT = "event"
    ROOM_SUPPLEMENT = "room_supplement"
    TAX = "tax"
    TRANSFER = "transfer"
    ACTIVITY = "activity"
    FLIGHT = "flight"


@dataclass(frozen=True, slots=True)
class CostLine:
    """One amount the agency pays (or the guest pays at the hotel), rounded to minor units.

    `date` is None for what is charged once a stay, `guest` None for what is charged to the room. `rule` says in words
    how the amount came about, `source_ref` where in the hotel's document it stands.
    """

    kind: LineKind
    component: Component
    description: str
    amount: Money
    source_ref: SourceRef
    rule: str
    date: dt.date | None = None
    guest: str | None = None


@dataclass(frozen=True, slots=True)
class RoomStay:
    """One allocated room: its type's code and name, and the labels of the guests in it."""

    room: str
    name: str
    guests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferLoss:
    """An offer that applied but lost to others, with the cost total that it alone would have given."""

    code: str
    total: Money


class SellKind(StrEnum):
    """What a customer's line is: a service, sales tax on it, or the rounding of the whole."""

    ACCOMMODATION = "accommodation"
    TRANSFER = "transfer"
    ACTIVITY = "activity"
    FLIGHT = "flight"
    SALES_TAX = "sales_tax"
    ROUNDING = "rounding"


@dataclass(frozen=True, slots=True)
class SellLine:
    """One line that the customer sees; the markup is inside."""

    kind: SellKind
    description: str
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True)
class FxApplied:
    """The pinned rate that turned cost into the selling currency, with the buffer that went into the same step."""

    rate_id: str
    base: str
    quote: str
    rate: Decimal
    buffer_percent: Decimal
    as_of: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class Priced:
    """A priced stay. `cost_*` and `pay_local*` are in the contract's currency, `lines` and `total` in the customer's.

    `cost_total` is the sum of `cost_lines`, `total` the sum of `lines`; `pay_local` is in neither. `on_request`: the
    hotel has to be asked before these rooms are certain.
    """

    hotel: str
    board: Board
    rooms: tuple[RoomStay, ...]
    lines: tuple[SellLine, ...]
    total: Money
    cost_lines: tuple[CostLine, ...]
    cost_total: Money
    pay_local: tuple[CostLine, ...]
    pay_local_total: Money
    offers_applied: tuple[str, ...]
    offers_rejected: tuple[OfferLoss, ...]
    on_request: bool
    fx: FxApplied | None
    contract_digest: str
    engine_version: str
    hash: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason against a stay, with the day it is about where there is one."""

    code: Code
    detail: str
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A stay that cannot be priced: the first reason's code and date, all codes in order, and the reasons in words."""

    hotel: str
    code: Code
    date: dt.date | None
    reasons: tuple[Code, ...]
    detail: str
    engine_version: str
    hash: str


class Unpriced(Exception):
    """Raised inside the kernel when a room cannot be charged; `reason` becomes part of the rejection."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.detail)
        self.reason = reason
