"""Writes a whole contract document for a demo hotel, in the form that rates are imported in.

Seasons run from the first day of last year to the last day of the year after next, so that a demo started on any day
has prices behind and before it. Prices rise by `YEARLY_RISE` a year and are rounded as hotels round them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tembea.demo.hotels import DemoHotel

YEARS_BEHIND = 1
YEARS_AHEAD = 2
YEARLY_RISE = Decimal("1.06")
LEVELS = {"low": Decimal(1), "mid": Decimal("1.15"), "high": Decimal("1.35"), "peak": Decimal("1.80")}
FAMILY_ROOM = Decimal("1.12")
"""What an adult pays in the family room beside the standard one."""

ADULT, TEEN, CHILD, INFANT = "adult", "teen", "child", "infant"
_CHILD_SHARE = {ADULT: Decimal(1), TEEN: Decimal(1), CHILD: Decimal("0.5"), INFANT: Decimal(0)}
PLAN, STANDARD, FAMILY = "nightly", "standard", "family"


@dataclass(frozen=True, slots=True)
class _Season:
    code: str
    level: str
    first: date
    last: date


def contract_document(hotel: DemoHotel, currency: str, today: date) -> dict[str, object]:
    """The document of one hotel as plain values; `tembea.rates.load_values` reads it."""
    seasons = list(_seasons(hotel, today.year))
    return {
        "contract": 1,
        "hotel": {
            "name": hotel.name,
            "destination": hotel.place.name,
            "country": hotel.place.country,
            "stars": hotel.stars,
            "time_zone": hotel.place.zone,
        },
        "currency": currency,
        "rate_kind": "net",
        "child_age_basis": "at_check_in",
        "lone_adult_rule": "adult_single_plus_child",
        "offer_selection": "lowest_total",
        "source": {"document": f"{hotel.name}, rates {today.year - YEARS_BEHIND} to {today.year + YEARS_AHEAD}"},
        "age_bands": [
            {"code": INFANT, "from": 0, "to": 1},
            {"code": CHILD, "from": 2, "to": 11},
            {"code": TEEN, "from": 12, "to": 17},
        ],
        "rooms": _rooms(hotel),
        "plans": [{"code": PLAN, "board": hotel.board, "basis": "per_person_night"}],
        "seasons": [
            {"code": season.code, "from": season.first.isoformat(), "to": season.last.isoformat()} for season in seasons
        ],
        "rates": list(_rates(hotel, seasons, today.year)),
        "child_rules": [
            {"band": INFANT, "percent": "0"},
            {"band": CHILD, "percent": "35" if "kids" in hotel.traits else "50"},
            {"band": TEEN, "percent": "70"},
        ],
        "supplements": list(_supplements(hotel, seasons, today.year)),
        "restrictions": list(_restrictions(hotel, seasons)),
        "offers": list(_offers(hotel, seasons)),
        "taxes": list(_levies(hotel)),
    }


def _seasons(hotel: DemoHotel, year: int) -> Iterator[_Season]:
    """Every price level of every year, each lasting to the day before the next begins."""
    for of_year in range(year - YEARS_BEHIND, year + YEARS_AHEAD + 1):
        starts = [
            (date.fromisoformat(f"{of_year}-{day}"), level) for day, level in map(str.split, hotel.place.climate.value)
        ]
        ends = [start - timedelta(days=1) for start, _ in starts[1:]] + [date(of_year, 12, 31)]
        for number, ((first, level), last) in enumerate(zip(starts, ends, strict=True), start=1):
            yield _Season(f"{level.upper()}{of_year}-{number}", level, first, last)


def _rooms(hotel: DemoHotel) -> list[dict[str, object]]:
    standard, family = hotel.rooms
    shape = {"base_adults": 2, "min_adults": 1, "infants_count": False}
    return [
        {"code": STANDARD, "name": standard, "max_adults": 3, "max_children": 1, "max_guests": 3, **shape},
        {"code": FAMILY, "name": family, "max_adults": 4, "max_children": 3, "max_guests": 5, **shape},
    ]


def _rates(hotel: DemoHotel, seasons: list[_Season], year: int) -> Iterator[Mapping[str, object]]:
    row = 4
    for room, factor in ((STANDARD, Decimal(1)), (FAMILY, FAMILY_ROOM)):
        for season in seasons:
            rise = YEARLY_RISE ** (season.first.year - year)
            amount = _rounded(hotel.sharing * LEVELS[season.level] * factor * rise)
            row += 1
            yield {"plan": PLAN, "room": room, "season": season.code, "amount": amount, "cell": f"D{row}"}


def _rounded(amount: Decimal) -> str:
    """As hotels write prices: to tens above 500, to whole units below."""
    unit = Decimal(10) if amount > 500 else Decimal(1)
    return str((amount / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit) + ".00"


def _supplements(hotel: DemoHotel, seasons: list[_Season], year: int) -> Iterator[Mapping[str, object]]:
    quiet = [season.code for season in seasons if season.level in ("low", "mid")]
    busy = [season.code for season in seasons if season.level in ("high", "peak")]
    yield {"kind": "single", "percent": "25", "seasons": quiet, "discountable": True}
    yield {"kind": "single", "percent": "45", "seasons": busy, "discountable": True}
    yield {"kind": "extra_adult", "percent": "75", "discountable": True}
    for board, amount in hotel.upgrades:
        amounts = _by_band(Decimal(amount))
        yield {"kind": "board", "board": board, "per": "person_night", "amounts": amounts, "discountable": False}
    if "gala" in hotel.traits:
        nights = [date(of_year, 12, 31).isoformat() for of_year in range(year - YEARS_BEHIND, year + YEARS_AHEAD + 1)]
        amounts = _by_band(Decimal(hotel.sharing) * Decimal("0.35"))
        name = "New Year's Eve dinner"
        yield {"kind": "event", "name": name, "dates": nights, "per": "person_night", "mandatory": True} | {
            "amounts": amounts,
            "discountable": False,
        }


def _by_band(amount: Decimal) -> dict[str, str]:
    return {band: _rounded(amount * part) for band, part in _CHILD_SHARE.items()}


def _restrictions(hotel: DemoHotel, seasons: list[_Season]) -> Iterator[Mapping[str, object]]:
    yield {"kind": "release", "days": 1 if "flexible" in hotel.traits else 3}
    if "min stay" in hotel.traits:
        peak = [season.code for season in seasons if season.level == "peak"]
        yield {"kind": "min_stay", "mode": "arrival", "nights": 4, "seasons": peak}


def _offers(hotel: DemoHotel, seasons: list[_Season]) -> Iterator[Mapping[str, object]]:
    quiet = [season.code for season in seasons if season.level in ("low", "mid")]
    if "early bird" in hotel.traits:
        yield {"code": "EARLY", "name": "Book ninety days ahead", "kind": "early_bird", "percent": "10"} | {
            "lead_days_min": 90,
            "seasons": quiet,
            "scope": "night",
        }
    if "long stay" in hotel.traits:
        yield {"code": "LONG", "name": "Ten nights or more", "kind": "long_stay", "percent": "8", "nights_min": 10}
    for trait, stay, pay in (("stay four", 4, 3), ("stay seven", 7, 6)):
        if trait in hotel.traits:
            yield {"code": f"STAY{stay}", "name": f"Stay {stay}, pay {pay}", "kind": "stay_pay"} | {
                "stay": stay,
                "pay": pay,
                "repeatable": False,
                "free_night": "cheapest",
                "seasons": quiet,
            }


def _levies(hotel: DemoHotel) -> Iterator[Mapping[str, object]]:
    if hotel.place.levy is not None:
        name, amount = hotel.place.levy
        yield {"code": "levy", "name": name, "per": "person_night", "amount": f"{amount}.00"} | {
            "min_age": 12,
            "max_nights": 14,
            "settle": "pay_local",
        }
