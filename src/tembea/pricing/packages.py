"""Packages: totals per person for exactly so many nights, by the ages of the arrival night.

A total belongs to no single night, so offers, which work night by night, leave it alone.
"""

from dataclasses import replace
from decimal import Decimal

from tembea.pricing.ages import Guest
from tembea.pricing.charges import Charge, RoomCharges, RoomParty
from tembea.pricing.contract import Package, SourceRef
from tembea.pricing.occupancy import sleepers_on
from tembea.pricing.result import Code, Component, Reason, Unpriced
from tembea.pricing.stay import Stay
from tembea.pricing.supplements import Occasion, supplement_charges
from tembea.pricing.terms import SupplementKind

ARRIVAL = 0


def fits(stay: Stay, package: Package) -> bool:
    """True when the package answers these dates."""
    nights = stay.nights
    return len(nights) == package.nights and package.valid.holds(nights[0]) and package.valid.holds(nights[-1])


def find_misfit(stay: Stay, package: Package) -> Reason | None:
    """Why the package does not answer these dates; None when length and validity fit."""
    nights = len(stay.nights)
    if nights != package.nights:
        detail = f"Package {package.code} is sold for {package.nights} nights, not for {nights}."
        return Reason(Code.NO_RATE, detail, stay.nights[0])
    outside = next((night for night in stay.nights if not package.valid.holds(night)), None)
    if outside is None:
        return None
    return Reason(Code.NO_RATE, f"Package {package.code} does not cover the night of {outside}.", outside)


def package_charges(stay: Stay, package: Package, party: RoomParty) -> RoomCharges:
    """The package's price for each guest, extra adults by their supplement. Raises `Unpriced` for a missing price."""
    gathered = RoomCharges()
    sleepers = sleepers_on(stay.contract, party, ARRIVAL)
    adult = Component.SINGLE if sleepers.alone else Component.ADULT
    for guest in sleepers.sharing:
        amount = package.single if sleepers.alone else package.sharing
        _charge(gathered, stay, package, guest, adult, "single" if sleepers.alone else "sharing", amount)
    for guest in sleepers.extra:
        _charge_extra_adult(gathered, stay, package, party, guest)
    for child in sleepers.children:
        band = child.ages[ARRIVAL].band
        if band == package.child_band:
            _charge(gathered, stay, package, child, Component.CHILD, "child", package.child)
        elif band == stay.contract.infant_band:
            _charge(gathered, stay, package, child, Component.INFANT, "infant", package.infant)
        else:
            _charge(gathered, stay, package, child, Component.CHILD, f"band {band}", None)
    return gathered


def _charge(
    gathered: RoomCharges,
    stay: Stay,
    package: Package,
    guest: Guest,
    component: Component,
    price_name: str,
    amount: Decimal | None,
) -> None:
    if amount is None:
        detail = f"Package {package.code} has no {price_name} price for {guest.label}."
        raise Unpriced(Reason(Code.NO_RATE, detail, stay.nights[ARRIVAL]))
    for place in range(package.nights):
        gathered.add_share(guest, place, amount / package.nights)
    gathered.charges.append(
        Charge(
            component=component,
            description=f"Package {package.code}, {package.nights} nights, {price_name}",
            exact=amount,
            source=_source(package, price_name),
            rule=f"package {package.code}: {amount} per person {price_name}",
            guest=guest.label,
            commissionable=True,
        )
    )


def _source(package: Package, price_name: str) -> SourceRef:
    cell = (package.cells or {}).get(price_name)
    return package.source if cell is None else replace(package.source, cell=cell)


def _charge_extra_adult(gathered: RoomCharges, stay: Stay, package: Package, party: RoomParty, guest: Guest) -> None:
    supplement = stay.find_supplement(SupplementKind.EXTRA_ADULT, party.room, ARRIVAL)
    if supplement is None or package.sharing is None:
        detail = f"{party.room.name} takes {party.room.base_adults} adults; there is no extra adult rate."
        raise Unpriced(Reason(Code.CAPACITY, detail, stay.nights[ARRIVAL]))
    whole_stay = supplement.percent is not None
    places = [ARRIVAL] if whole_stay else range(package.nights)
    due = [(supplement, Occasion(place, guest, package.sharing)) for place in places]
    gathered.charges += supplement_charges(stay, Component.EXTRA_ADULT, due, is_room_part=True)
