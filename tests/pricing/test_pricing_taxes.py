"""Taxes and levies: paid at the hotel, added, or inside the rates; and commission, which comes before them."""

import pytest

from tembea.pricing import LineKind
from tests.pricing.pricing_factories import PLAIN, baobab, priced, stay


def tax(**changes: object) -> dict[str, object]:
    return {"code": "vat", "name": "VAT", "per": "person_night", "settle": "added", **changes}


def test_the_levy_is_paid_at_the_hotel_by_whoever_is_old_enough_for_seven_nights() -> None:
    result = priced(baobab(offers=[], restrictions=[]), stay("2027-02-01", "2027-02-10", 2, [11, 12]))
    assert str(result.pay_local_total.amount) == "52.50"  # two adults and the twelve-year-old, 7 x 2.50 each
    assert len(result.pay_local) == 21
    assert all(line.kind is not LineKind.TAX for line in result.cost_lines)
    assert str(result.cost_total.amount) == "3510.00"


@pytest.mark.parametrize(
    ("per", "total"),
    [("person_night", "13.50"), ("room_night", "4.50"), ("person_stay", "4.50"), ("room_stay", "1.50")],
)
def test_an_amount_is_added_per_person_or_room_and_night_or_stay(per: str, total: str) -> None:
    contract = baobab(PLAIN, taxes=[tax(per=per, amount="1.50")])
    lines = priced(contract, stay("2027-02-01", "2027-02-04", 2, [9])).cost_lines
    added = [line.amount.amount for line in lines if line.kind is LineKind.TAX]
    assert str(sum(added)) == total


def test_a_percentage_is_rounded_once_for_each_thing_it_is_charged_on() -> None:
    rows = [{"plan": "bb", "room": "standard", "season": "LOW", "amount": "57.70", "cell": "C12"}]
    by_person = baobab(PLAIN, rates=rows, taxes=[tax(percent="15")])
    by_stay = baobab(PLAIN, rates=rows, taxes=[tax(percent="15", per="room_stay")])
    request = stay("2027-02-01", "2027-02-04")
    assert str(priced(by_person, request).cost_total.amount) == "398.16"  # 346.20 + 6 x 8.66
    assert str(priced(by_stay, request).cost_total.amount) == "398.13"  # 346.20 + 51.93


def test_a_tax_inside_the_rates_adds_nothing() -> None:
    contract = baobab(PLAIN, taxes=[tax(percent="15", settle="included")])
    result = priced(contract, stay("2027-02-01", "2027-02-04"))
    assert (str(result.cost_total.amount), result.pay_local) == ("720.00", ())


def test_a_tax_inside_the_rates_hides_no_tax_that_is_listed_after_it() -> None:
    inside = tax(code="city", percent="15", settle="included")
    result = priced(baobab(PLAIN, taxes=[inside, tax(percent="10")]), stay("2027-02-01", "2027-02-04"))
    assert str(result.cost_total.amount) == "792.00"


def test_a_percentage_paid_at_the_hotel_stays_outside_the_total() -> None:
    contract = baobab(PLAIN, taxes=[tax(percent="10", settle="pay_local", min_age=18)])
    result = priced(contract, stay("2027-02-01", "2027-02-02", 2, [9]))
    assert (str(result.cost_total.amount), str(result.pay_local_total.amount)) == ("300.00", "24.00")


def test_commission_is_taken_off_commissionable_lines_after_offers() -> None:
    contract = baobab(
        PLAIN,
        rate_kind="commissionable",
        commission_pct="10",
        offers=[{"code": "X", "kind": "fixed", "percent": "50"}],
    )
    result = priced(contract, stay("2027-02-01", "2027-02-02", board="HB"))
    commission = [line.amount.amount for line in result.cost_lines if line.kind is LineKind.COMMISSION]
    assert [str(amount) for amount in commission] == ["-6.00", "-6.00"]  # 10 % of 60.00 each, none on board
    assert str(result.cost_total.amount) == "165.00"


def test_per_night_basis_tests_the_age_of_each_night() -> None:
    contract = baobab(offers=[], restrictions=[], child_age_basis="per_night")
    result = priced(contract, stay("2027-02-01", "2027-02-04", 2, born=["2015-02-02"]))
    assert str(result.pay_local_total.amount) == "20.00"  # two adults 3 nights, the child from its twelfth birthday


def test_a_percentage_of_the_stay_is_rounded_once_and_one_of_each_night_by_night() -> None:
    rows = [{"plan": "bb", "room": "standard", "season": "LOW", "amount": "57.73", "cell": "C12"}]
    nights = stay("2027-02-01", "2027-02-04")
    taxed = {
        per: str(priced(baobab(PLAIN, rates=rows, taxes=[tax(percent="5", per=per)]), nights).cost_total.amount)
        for per in ("room_stay", "room_night", "person_stay", "person_night")
    }
    # on 346.38: 17.319; on 115.46 three times: 5.773; on 173.19 twice: 8.6595; on 57.73 six times: 2.8865
    assert taxed == {
        "room_stay": "363.70",
        "room_night": "363.69",
        "person_stay": "363.70",
        "person_night": "363.72",
    }
