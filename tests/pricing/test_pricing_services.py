"""Transfers, activities and flights beside the stay."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tembea.pricing import (
    Code,
    Component,
    MarkupKind,
    MarkupRule,
    RequestFault,
    RequestRefused,
    SellKind,
    SellPolicy,
    ServiceWanted,
)
from tests.pricing.pricing_factories import PLAIN, baobab, day, outcome, priced, rejected, stay

TRANSFER = {"kind": "transfer", "name": "Airport transfer", "per": "vehicle", "amount": "45.00", "cell": "H4"}
CRUISE = {
    "kind": "activity",
    "name": "Sunset cruise",
    "per": "person",
    "amount": "60.00",
    "child_amount": "25.005",
    "valid": {"from": "2027-02-02", "to": "2027-02-03"},
}
FLIGHT = {"kind": "flight", "name": "Scenic flight", "per": "person", "amount": "150"}
SERVICES = baobab(PLAIN, services=[TRANSFER, CRUISE, FLIGHT])
THREE_NIGHTS = ("2027-02-01", "2027-02-04")  # two adults: 720.00


def test_a_service_is_added_only_when_it_is_asked_for() -> None:
    assert str(priced(SERVICES, stay(*THREE_NIGHTS)).cost_total.amount) == "720.00"
    both_ways = stay(*THREE_NIGHTS, services=[ServiceWanted("airport transfer", times=2)])
    result = priced(SERVICES, both_ways)
    assert str(result.cost_total.amount) == "810.00"
    line = result.cost_lines[-1]
    assert (line.component, line.guest, line.source_ref.cell) == (Component.TRANSFER, None, "H4")
    assert [(line.kind, line.quantity, str(line.amount.amount)) for line in result.lines] == [
        (SellKind.ACCOMMODATION, 1, "720.00"),
        (SellKind.TRANSFER, 2, "90.00"),
    ]


def test_a_price_per_person_is_a_line_a_guest_and_children_have_their_own() -> None:
    cruise = ServiceWanted("Sunset cruise", day("2027-02-02"))
    result = priced(SERVICES, stay(*THREE_NIGHTS, 2, [5], services=[cruise]))
    lines = [line for line in result.cost_lines if line.component is Component.ACTIVITY]
    assert [(line.guest, str(line.amount.amount)) for line in lines] == [
        ("Adult 1", "60.00"),
        ("Adult 2", "60.00"),
        ("Child 1 (5)", "25.01"),
    ]


def test_without_a_child_amount_children_pay_as_adults_do() -> None:
    result = priced(SERVICES, stay(*THREE_NIGHTS, 2, [5], services=[ServiceWanted("Scenic flight")]))
    assert result.lines[-1].amount.amount == Decimal("450.00")


@pytest.mark.parametrize("wanted", [ServiceWanted("Sunset cruise"), ServiceWanted("Balloon")])
def test_what_is_not_sold_on_that_day_has_no_rate(wanted: ServiceWanted) -> None:
    result = rejected(SERVICES, stay(*THREE_NIGHTS, services=[wanted]))
    assert (result.reasons, str(result.date)) == ((Code.NO_RATE,), "2027-02-01")


def test_the_day_of_departure_still_has_services_and_the_one_after_has_none() -> None:
    home = ServiceWanted("Airport transfer", day("2027-02-04"))
    there = replace(home, on=day("2027-02-01"))
    assert priced(SERVICES, stay(*THREE_NIGHTS, services=[there])).lines[1].description == "Airport transfer"
    assert str(priced(SERVICES, stay(*THREE_NIGHTS, services=[home])).cost_total.amount) == "765.00"
    with pytest.raises(RequestRefused) as refused:
        outcome(SERVICES, stay(*THREE_NIGHTS, services=[ServiceWanted("Airport transfer", day("2027-02-05"))]))
    assert (refused.value.code, refused.value.field) == (RequestFault.BAD_SERVICES, "services")


@pytest.mark.parametrize("times", [0, -1, 51])
def test_an_impossible_number_is_refused(times: int) -> None:
    with pytest.raises(RequestRefused):
        outcome(SERVICES, stay(*THREE_NIGHTS, services=[ServiceWanted("Airport transfer", times=times)]))


def test_the_reasons_of_stay_and_services_stand_together() -> None:
    closed = baobab(PLAIN, services=[TRANSFER], restrictions=[{"kind": "stop_sale", "dates": ["2027-02-02"]}])
    result = rejected(closed, stay(*THREE_NIGHTS, services=[ServiceWanted("Balloon")]))
    assert result.reasons == (Code.STOP_SALE, Code.NO_RATE)


def test_offers_and_a_loser_s_total_know_of_services() -> None:
    offers = [{"code": "A", "kind": "fixed", "percent": "10"}, {"code": "B", "kind": "fixed", "percent": "50"}]
    contract = baobab(PLAIN, offers=offers, services=[TRANSFER])
    result = priced(contract, stay(*THREE_NIGHTS, services=[ServiceWanted("Airport transfer")]))
    assert str(result.cost_total.amount) == "405.00"
    assert [str(loss.total.amount) for loss in result.offers_rejected] == ["693.00"]


def test_the_markup_of_a_line_goes_before_the_supplier_s_and_that_before_the_agency_s() -> None:
    policy = SellPolicy(
        markup=MarkupRule(MarkupKind.MARKUP_ON_COST, Decimal(10)),
        markups=(
            MarkupRule(MarkupKind.MARKUP_ON_COST, Decimal(20), supplier="baobab lodge"),
            MarkupRule(MarkupKind.MARKUP_ON_COST, Decimal(30), supplier="Another Lodge", line=SellKind.TRANSFER),
            MarkupRule(MarkupKind.FIXED, Decimal(5), line=SellKind.TRANSFER),
        ),
    )
    request = stay(*THREE_NIGHTS, services=[ServiceWanted("Airport transfer"), ServiceWanted("Scenic flight")])
    lines = priced(SERVICES, request, policy).lines
    assert [str(line.amount.amount) for line in lines] == ["864.00", "50.00", "360.00"]
    elsewhere = priced(baobab(PLAIN, hotel={**BAOBAB_HOTEL, "name": "Acacia"}), stay(*THREE_NIGHTS), policy)
    assert str(elsewhere.total.amount) == "792.00"


BAOBAB_HOTEL = {"destination": "Victoria Falls", "country": "ZW", "time_zone": "Africa/Harare"}
