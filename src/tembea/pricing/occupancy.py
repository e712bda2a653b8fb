"""Who pays what for sleeping in a room: sharing, single use, extra adult, child, infant."""

from dataclasses import dataclass
from decimal import Decimal

from tembea.pricing.ages import Guest
from tembea.pricing.charges import Charge, RoomCharges, RoomParty, percent_of, shown
from tembea.pricing.contract import ChildRule, Contract, Plan, Rate, Supplement
from tembea.pricing.result import Code, Component, Reason, Unpriced
from tembea.pricing.seasons import find_rate
from tembea.pricing.stay import Stay
from tembea.pricing.supplements import Occasion, supplement_charges
from tembea.pricing.terms import Basis, LoneAdultRule, SupplementKind


@dataclass(frozen=True, slots=True)
class Sleepers:
    """The roles of one room's guests on one night; `alone` is true when the one adult owes the single supplement."""

    sharing: tuple[Guest, ...]
    extra: tuple[Guest, ...]
    children: tuple[Guest, ...]
    alone: bool


def sleepers_on(contract: Contract, party: RoomParty, place: int) -> Sleepers:
    """The roles by that night's ages. Raises `Unpriced` when a lone adult meets children and no rule says how."""
    adults = party.adults_on(place)
    children = party.children_on(place)
    alone = len(adults) == 1 and party.room.base_adults > 1
    companions = counted_children(contract, party, place)
    if len(adults) == 1 and companions:
        rule = _lone_adult_rule(contract)
        alone = alone and rule is LoneAdultRule.ADULT_SINGLE_PLUS_CHILD
        if rule is LoneAdultRule.CHILD_AS_ADULT and party.room.base_adults > 1:
            promoted = companions[0]
            adults = [*adults, promoted]
            children = [child for child in children if child is not promoted]
    base = party.room.base_adults
    return Sleepers(tuple(adults[:base]), tuple(adults[base:]), tuple(children), alone)


def counted_children(contract: Contract, party: RoomParty, place: int) -> list[Guest]:
    """Children who take a place in the room: infants only where the room type counts them."""
    children = party.children_on(place)
    if party.room.infants_count:
        return children
    return [child for child in children if child.ages[place].band != contract.infant_band]


def nightly_charges(stay: Stay, plan: Plan, party: RoomParty) -> RoomCharges:
    """The room rate of every night, then single use and extra adults. Raises `Unpriced` where a price is missing.

    A rate per room is paid once, also by a lone adult, so it knows no single supplement; what children and extra
    adults pay a percentage of is then one base adult's share of it.
    """
    gathered = RoomCharges()
    singles: list[tuple[Supplement, Occasion]] = []
    extras: list[tuple[Supplement, Occasion]] = []
    roles: dict[int, Sleepers] = {}
    for place, like in enumerate(stay.alike):
        if place == like:
            roles[place] = sleepers_on(stay.contract, party, place)
        sleepers = roles[like]
        rate = _rate_on(stay, plan, party, place)
        sharing = rate.amount
        if plan.basis is Basis.PER_ROOM_NIGHT:
            sharing = rate.amount / party.room.base_adults
        _charge_adults(gathered, stay, plan, party, place, sleepers, rate, sharing)
        _charge_children(gathered, stay, party, place, sleepers, rate, sharing)
        extras += [_extra_adult(gathered, stay, party, place, guest, sharing) for guest in sleepers.extra]
        single = stay.find_supplement(SupplementKind.SINGLE, party.room, place)
        if sleepers.alone and single is not None and plan.basis is Basis.PER_PERSON_NIGHT:
            singles.append((single, Occasion(place, sleepers.sharing[0], sharing)))
    gathered.charges += supplement_charges(stay, Component.SINGLE, singles, is_room_part=True)
    gathered.charges += supplement_charges(stay, Component.EXTRA_ADULT, extras, is_room_part=True)
    return gathered


def find_child_rule(contract: Contract, band: str, ordinal: int, adults: int) -> ChildRule | None:
    """The narrowest rule for the nth child of a band beside that many adults; adults are narrower than ordinals."""
    fitting = [
        rule
        for rule in contract.child_rules
        if rule.band == band and rule.ordinal in (None, ordinal) and rule.adults in (None, adults)
    ]
    return max(fitting, key=lambda rule: (rule.adults is not None, rule.ordinal is not None), default=None)


def _lone_adult_rule(contract: Contract) -> LoneAdultRule:
    if contract.lone_adult_rule is None:
        detail = "The contract does not say how one adult with children is charged (lone_adult_rule)."
        raise Unpriced(Reason(Code.NO_RATE, detail))
    return contract.lone_adult_rule


def _rate_on(stay: Stay, plan: Plan, party: RoomParty, place: int) -> Rate:
    night, season = stay.days[place]
    rate = find_rate(stay.contract, plan, party.room.code, season)
    if rate is None:
        detail = f"No rate of plan {plan.code} for {party.room.name} on the night of {night}."
        raise Unpriced(Reason(Code.NO_RATE, detail, night))
    return rate


def _charge_adults(
    gathered: RoomCharges,
    stay: Stay,
    plan: Plan,
    party: RoomParty,
    place: int,
    sleepers: Sleepers,
    rate: Rate,
    sharing: Decimal,
) -> None:
    per_room = plan.basis is Basis.PER_ROOM_NIGHT
    rule = f"rate {plan.code}/{rate.room}/{rate.season}: {rate.amount} per {'room' if per_room else 'adult sharing'}"
    for guest in sleepers.sharing:
        gathered.add_share(guest, place, sharing)
    payers = [None] if per_room else [guest.label for guest in sleepers.sharing]
    gathered.charges += [
        Charge(
            component=Component.ROOM if per_room else Component.ADULT,
            description=f"{party.room.name}, {'room' if per_room else 'adult sharing'}",
            exact=rate.amount,
            source=rate.source,
            rule=rule,
            guest=payer,
            date=stay.nights[place],
            is_room_part=True,
            discountable=True,
            commissionable=True,
        )
        for payer in payers
    ]


def _charge_children(
    gathered: RoomCharges, stay: Stay, party: RoomParty, place: int, sleepers: Sleepers, rate: Rate, sharing: Decimal
) -> None:
    seen: dict[str, int] = {}
    adults = len(party.adults_on(place))
    for child in sleepers.children:
        band = child.ages[place].band
        seen[band] = seen.get(band, 0) + 1
        rule = find_child_rule(stay.contract, band, seen[band], adults)
        if rule is None:
            detail = f"No child rule for child {seen[band]} of band {band} with {adults} adults in {party.room.name}."
            raise Unpriced(Reason(Code.NO_RATE, detail, stay.nights[place]))
        charge = _child_charge(stay, party, place, child, rule, rate, sharing)
        gathered.add_share(child, place, charge.exact)
        gathered.charges.append(charge)


def _child_charge(
    stay: Stay, party: RoomParty, place: int, child: Guest, rule: ChildRule, rate: Rate, sharing: Decimal
) -> Charge:
    is_infant = rule.band == stay.contract.infant_band
    if rule.amount is not None:
        exact, words, source = rule.amount, f"child rule {rule.band}: {rule.amount} a night", rule.source
    else:
        percent = rule.percent or Decimal(0)
        exact = percent_of(sharing, percent)
        words, source = f"child rule {rule.band}: {percent} % of {shown(sharing)} ({rate.season})", rate.source
    return Charge(
        component=Component.INFANT if is_infant else Component.CHILD,
        description=f"{party.room.name}, {rule.band}",
        exact=exact,
        source=source,
        rule=words,
        guest=child.label,
        date=stay.nights[place],
        is_room_part=True,
        discountable=True,
        commissionable=True,
    )


def _extra_adult(
    gathered: RoomCharges, stay: Stay, party: RoomParty, place: int, guest: Guest, sharing: Decimal
) -> tuple[Supplement, Occasion]:
    supplement = stay.find_supplement(SupplementKind.EXTRA_ADULT, party.room, place)
    if supplement is None:
        detail = f"{party.room.name} takes {party.room.base_adults} adults; there is no extra adult rate."
        raise Unpriced(Reason(Code.CAPACITY, detail, stay.nights[place]))
    gathered.add_share(guest, place, sharing)
    return supplement, Occasion(place, guest, sharing)
