"""Rules between the entries of a contract document: what is named must exist, bands tile, seasons do not overlap."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import combinations
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tembea.kernel.money import is_currency
from tembea.pricing.terms import ADULT_BAND
from tembea.rates.document import ContractForm, SeasonForm
from tembea.rates.reading import MAX_FAULTS, DocumentFault, DocumentRefused, Path, RawDocument

Found = tuple[Path, str, str]


def check_document(form: ContractForm, raw: RawDocument) -> None:
    """Raise `DocumentRefused` with every broken rule between entries."""
    found = [
        *_currency_and_zone(form),
        *_bands(form),
        *_codes(form),
        *_seasons(form),
        *_rates(form),
        *_children(form),
        *_references(form),
        *_packages(form),
    ]
    faults: list[DocumentFault] = [raw.fault(*entry) for entry in found[:MAX_FAULTS]]
    if faults:
        raise DocumentRefused(faults)


def _currency_and_zone(form: ContractForm) -> Iterator[Found]:
    if not is_currency(form.currency):
        message = f"{form.currency} is not a currency of ISO 4217. Use a code such as USD or ZAR."
        yield ("currency",), "unknown_currency", message
    try:
        ZoneInfo(form.hotel.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"{form.hotel.time_zone} is not a time zone. Use an IANA name such as Africa/Harare."
        yield ("hotel", "time_zone"), "unknown_time_zone", message


def _bands(form: ContractForm) -> Iterator[Found]:
    owners: dict[int, str] = {}
    for place, band in enumerate(form.age_bands):
        for age in range(band.first, band.last + 1):
            if age in owners:
                message = f"Age {age} is in {owners[age]} and in {band.code}. Bands may not overlap."
                yield ("age_bands", place), "band_overlap", message
                break
            owners[age] = band.code
    missing = [age for age in range(18) if age not in owners]
    if missing:
        message = f"No band holds age {missing[0]}. Bands tile the ages 0 to 17 without a hole."
        yield ("age_bands",), "band_hole", message


def _codes(form: ContractForm) -> Iterator[Found]:
    listed = {
        "age_bands": [band.code for band in form.age_bands],
        "rooms": [room.code for room in form.rooms],
        "plans": [plan.code for plan in form.plans],
        "offers": [offer.code for offer in form.offers],
        "taxes": [tax.code for tax in form.taxes],
    }
    for name, codes in listed.items():
        for place, code in enumerate(codes):
            if code in codes[:place]:
                message = f"The code {code} stands twice in {name}. Give each entry its own."
                yield (name, place, "code"), "duplicate_code", message


def _seasons(form: ContractForm) -> Iterator[Found]:
    for (_, one), (place, other) in combinations(enumerate(form.seasons), 2):
        if one.priority == other.priority and _share_a_night(one, other):
            message = (
                f"{one.code} and {other.code} share nights at priority {one.priority}. "
                "Correct the dates, or give the one that wins a higher priority."
            )
            yield ("seasons", place), "season_overlap", message
        if one.code == other.code and one.priority != other.priority:
            message = f"The season {one.code} has two priorities. Use one, or another code."
            yield ("seasons", place, "priority"), "season_priority", message


def _share_a_night(one: SeasonForm, other: SeasonForm) -> bool:
    first, last = max(one.first, other.first), min(one.last, other.last)
    if last < first:
        return False
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    shared = set(one.weekdays or days) & set(other.weekdays or days)
    span = min((last - first).days, 6)
    return any(days[(first.weekday() + step) % 7] in shared for step in range(span + 1))


def _rates(form: ContractForm) -> Iterator[Found]:
    plans = {plan.code for plan in form.plans}
    rooms = {room.code for room in form.rooms}
    seasons = {season.code for season in form.seasons}
    seen: set[tuple[str, str, str]] = set()
    for place, rate in enumerate(form.rates):
        yield from _unknown(("rates", place, "plan"), [rate.plan], plans, "plan")
        yield from _unknown(("rates", place, "room"), [rate.room], rooms, "room")
        yield from _unknown(("rates", place, "season"), [rate.season], seasons, "season")
        key = (rate.plan, rate.room, rate.season)
        if key in seen:
            message = f"{rate.plan}, {rate.room}, {rate.season} has a rate already. Keep one of the two rows."
            yield ("rates", place), "duplicate_rate", message
        seen.add(key)


def _children(form: ContractForm) -> Iterator[Found]:
    bands = {band.code for band in form.age_bands}
    seen: set[tuple[str, int | None, int | None]] = set()
    for place, rule in enumerate(form.child_rules):
        yield from _unknown(("child_rules", place, "band"), [rule.band], bands | {ADULT_BAND}, "age band")
        key = (rule.band, rule.ordinal, rule.adults)
        if key in seen:
            message = (
                f"The band {rule.band} has such a rule already. Keep one, or tell them apart by ordinal or adults."
            )
            yield ("child_rules", place), "duplicate_child_rule", message
        seen.add(key)
    prices_children = any(rule.band != ADULT_BAND for rule in form.child_rules) or any(
        package.child is not None or package.infant is not None for package in form.packages
    )
    if prices_children and form.lone_adult_rule is None:
        message = (
            "Children are priced, so say how one adult with a child pays: adult_single_plus_child, child_as_adult "
            "or sharing_plus_child."
        )
        yield ("lone_adult_rule",), "missing_lone_adult_rule", message


def _references(form: ContractForm) -> Iterator[Found]:
    rooms = {room.code for room in form.rooms}
    seasons = {season.code for season in form.seasons}
    bands = {band.code for band in form.age_bands} | {ADULT_BAND}
    scoped = {"supplements": form.supplements, "restrictions": form.restrictions, "offers": form.offers}
    for name, entries in scoped.items():
        for place, entry in enumerate(entries):
            yield from _unknown((name, place, "seasons"), entry.seasons, seasons, "season")
            yield from _unknown((name, place, "rooms"), entry.rooms, rooms, "room")
    for place, supplement in enumerate(form.supplements):
        yield from _unknown(("supplements", place, "bands"), supplement.bands, bands, "age band")
        yield from _unknown(("supplements", place, "amounts"), supplement.amounts or (), bands, "age band")
    for place, allotment in enumerate(form.allotments):
        yield from _unknown(("allotments", place, "room"), [allotment.room], rooms, "room")


def _packages(form: ContractForm) -> Iterator[Found]:
    rooms = {room.code for room in form.rooms}
    bands = {band.code for band in form.age_bands}
    for place, package in enumerate(form.packages):
        yield from _unknown(("packages", place, "room"), [package.room], rooms, "room")
        if package.child_band is not None:
            yield from _unknown(("packages", place, "child_band"), [package.child_band], bands, "age band")


def _unknown(path: Path, codes: Iterable[str], known: AbstractSet[str], noun: str) -> Iterator[Found]:
    for code in codes:
        if code not in known:
            names = ", ".join(sorted(known)) or "none is listed"
            yield (
                path,
                f"unknown_{noun.replace(' ', '_')}",
                f"{code} is no {noun} of this contract ({names}). Correct it.",
            )
