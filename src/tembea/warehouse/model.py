"""What is kept in the warehouse, and how a contract becomes rows of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Literal
from uuid import UUID

from tembea.pricing import Contract
from tembea.pricing.contract import Rate, SourceRef
from tembea.pricing.seasons import season_of

NIGHTS_BEFORE, NIGHTS_AFTER = 3 * 366, 7 * 366
"""How far around the day of its import a version's nights are kept; seasons may be open for centuries."""
PACKAGE_BASIS = "per_person_stay"
RATE_ROWS_MAX = 50_000
"""Rows of one version at most; what lies further in the future is left out."""

Status = Literal["complete", "behind", "unavailable"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that the warehouse was not told of yet."""

    kind: str
    entity_id: UUID


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A contract's version as it is loaded."""

    id: UUID
    hotel_id: UUID
    hotel: str
    destination: str
    version: int
    document: dict[str, object]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StoredPrice:
    """An option of a quote as it is loaded."""

    id: UUID
    quoted_at: datetime
    quote_id: UUID
    position: int
    hotel_id: UUID
    hotel: str
    destination: str
    check_in: date
    nights: int
    adults: int
    children_ages: list[int]
    board: str
    total: Decimal
    currency: str
    engine_version: str


@dataclass(frozen=True, slots=True)
class QuotedPrice:
    """A price that a customer was quoted for a stay. `quoted_at` is UTC, `children_ages` such as "4,9"."""

    id: str
    quoted_at: datetime
    quote_id: str
    position: int
    hotel_id: str
    hotel: str
    destination: str
    check_in: date
    nights: int
    adults: int
    children_ages: str
    board: str
    total: Decimal
    currency: str
    engine_version: str


@dataclass(frozen=True, slots=True)
class RateNight:
    """What a version of a contract charges for nights of one season, as its basis and rate kind say.

    A `per_person_stay` is a package: the total of a stay that lies inside the nights, of as many as `season` says.
    """

    id: str
    contract_id: str
    contract_version: int
    hotel_id: str
    hotel: str
    first_night: date
    last_night: date
    season: str
    plan: str
    board: str
    basis: str
    room: str
    amount: Decimal
    currency: str
    rate_kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How much an answer can be relied on: `reason` says why it is missing, `waiting` how much is not loaded yet."""

    status: Status
    source: str
    reason: str | None
    waiting: int


@dataclass(frozen=True, slots=True)
class PriceHistory:
    """Prices, the newest first; None where the warehouse did not answer. One more than asked for: more follow."""

    standing: Standing
    prices: list[QuotedPrice] | None


@dataclass(frozen=True, slots=True)
class RateHistory:
    """The rates of a night by version, the newest first; None where the warehouse did not answer."""

    standing: Standing
    rates: list[RateNight] | None


@dataclass(frozen=True, slots=True)
class Run:
    """Nights in a row that one season owns, both ends included."""

    season: str
    first: date
    last: date


def season_runs(contract: Contract, around: date) -> list[Run]:
    """The nights around a day by the season that owns them. Nights of no season are in no run."""
    if not contract.seasons:
        return []
    first = max(min(season.first for season in contract.seasons), around - timedelta(NIGHTS_BEFORE))
    last = min(max(season.last for season in contract.seasons), around + timedelta(NIGHTS_AFTER))
    nights = [first + timedelta(offset) for offset in range((last - first).days + 1)]
    grouped = groupby(nights, key=lambda night: season_of(contract, night))
    runs = [(season, list(members)) for season, members in grouped]
    return [Run(season, members[0], members[-1]) for season, members in runs if season is not None]


def rate_rows(contract: Contract, version: StoredVersion, *, tenant: str) -> Iterator[Mapping[str, object]]:
    """The rows of a version, one for each rate and run of nights; their ids are the same whenever they are made."""
    boards = {plan.code: plan for plan in contract.plans}
    by_season: dict[str, list[Rate]] = {}
    for rate in contract.rates:
        by_season.setdefault(rate.season, []).append(rate)
    for run in season_runs(contract, version.created_at.date()):
        for rate in by_season.get(run.season, []):
            plan = boards[rate.plan]
            yield {
                "id": f"{version.id}/{rate.plan}/{rate.room}/{run.first}",
                **_heading(contract, version, tenant),
                "first_night": run.first.isoformat(),
                "last_night": run.last.isoformat(),
                "season": run.season,
                "plan": rate.plan,
                "board": plan.board.value,
                "basis": plan.basis.value,
                "room": rate.room,
                "amount": str(rate.amount),
                "source": _place(rate.source),
            }


def package_rows(contract: Contract, version: StoredVersion, *, tenant: str) -> Iterator[Mapping[str, object]]:
    """The packages of a version, one row for each price: a total for all nights of a stay inside the row's nights."""
    for package in contract.packages:
        prices = {
            "sharing": package.sharing,
            "single": package.single,
            "child": package.child,
            "infant": package.infant,
        }
        for who, amount in prices.items():
            if amount is None:
                continue
            cell = (package.cells or {}).get(who)
            yield {
                "id": f"{version.id}/{package.code}/{who}",
                **_heading(contract, version, tenant),
                "first_night": (package.valid.first or date.min).isoformat(),
                "last_night": (package.valid.last or date.max).isoformat(),
                "season": f"{package.nights} nights, {who}",
                "plan": package.code,
                "board": package.board.value,
                "basis": PACKAGE_BASIS,
                "room": package.room,
                "amount": str(amount),
                "source": _place(replace(package.source, cell=cell) if cell else package.source),
            }


def _heading(contract: Contract, version: StoredVersion, tenant: str) -> Mapping[str, object]:
    """What all rows of a version say."""
    return {
        "tenant": tenant,
        "hotel_id": str(version.hotel_id),
        "hotel": version.hotel,
        "destination": version.destination,
        "contract_id": str(version.id),
        "contract_version": version.version,
        "currency": contract.currency,
        "rate_kind": contract.rate_kind.value,
    }


def price_row(price: StoredPrice, *, tenant: str, destination_key: str) -> Mapping[str, object]:
    """A quoted option as the warehouse keeps it, in values that JSON has."""
    quoted_at = price.quoted_at.astimezone(UTC).replace(tzinfo=None)
    return {
        "id": str(price.id),
        "tenant": tenant,
        "quoted_on": quoted_at.date().isoformat(),
        "quoted_at": quoted_at.isoformat(),
        "quote_id": str(price.quote_id),
        "position": price.position,
        "hotel_id": str(price.hotel_id),
        "hotel": price.hotel,
        "destination": price.destination,
        "destination_key": destination_key,
        "check_in": price.check_in.isoformat(),
        "nights": price.nights,
        "adults": price.adults,
        "children_ages": ",".join(str(age) for age in price.children_ages),
        "board": price.board,
        "total": str(price.total),
        "currency": price.currency,
        "engine_version": price.engine_version,
    }


def _place(source: SourceRef) -> str:
    """Where an amount stands in the hotel's own document, in one line."""
    row = source.cell or (f"row {source.row}" if source.row else None)
    page = f"page {source.page}" if source.page else None
    return " / ".join(part for part in (source.document, source.sheet, page, row) if part)
