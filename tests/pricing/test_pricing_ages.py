"""Ages and bands: completed years, 29 February, the day on which an age counts."""

from datetime import date

import pytest

from tembea.pricing import Component
from tembea.pricing.ages import completed_years
from tests.pricing.pricing_factories import PLAIN, baobab, cost, priced, stay


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("2015-04-12", "2027-04-11", 11),
        ("2015-04-12", "2027-04-12", 12),
        ("2024-02-29", "2027-02-28", 2),
        ("2024-02-29", "2027-03-01", 3),
        ("2024-02-29", "2028-02-28", 3),
        ("2024-02-29", "2028-02-29", 4),
        ("2027-01-01", "2027-01-01", 0),
    ],
)
def test_a_year_is_completed_on_the_birthday_or_on_1_march(born: str, on: str, years: int) -> None:
    assert completed_years(date.fromisoformat(born), date.fromisoformat(on)) == years


def test_a_birthday_in_the_stay_changes_nothing_at_check_in_basis() -> None:
    contract = baobab(PLAIN)
    # 2 x 185 and a child of 11 at 50 %, although he turns 12 on the second night
    assert cost(contract, stay("2027-04-11", "2027-04-13", born=["2015-04-12"])) == "925.00"


def test_per_night_basis_follows_the_birthday_in_price_and_board() -> None:
    contract = baobab(PLAIN, child_age_basis="per_night")
    # night 1: 370 + 92.50 + HB 57 + 14.25; night 2: 370 + 138.75 + HB 57 + 28.50
    assert cost(contract, stay("2027-04-11", "2027-04-13", born=["2015-04-12"], board="HB")) == "1128.00"


def test_per_night_basis_without_birth_dates_keeps_the_age() -> None:
    contract = baobab(PLAIN, child_age_basis="per_night")
    assert cost(contract, stay("2027-04-11", "2027-04-13", ages=[11])) == "925.00"


def test_trip_start_basis_counts_the_age_on_the_first_day_of_the_trip() -> None:
    contract = baobab(PLAIN, child_age_basis="at_trip_start")
    request = stay("2027-04-12", "2027-04-13", born=["2015-04-12"], trip_start="2027-04-11")
    assert cost(contract, request) == "462.50"
    assert cost(contract, stay("2027-04-12", "2027-04-13", born=["2015-04-12"])) == "508.75"


def test_a_birth_date_wins_over_the_age_beside_it() -> None:
    assert cost(baobab(PLAIN), stay("2027-04-12", "2027-04-13", ages=[9], born=["2015-04-12"])) == "508.75"


def test_a_child_of_sixteen_is_an_adult_for_price_and_allocation_but_listed_as_a_child() -> None:
    result = priced(baobab(PLAIN), stay("2027-04-01", "2027-04-02", adults=1, ages=[16]))
    assert str(result.cost_total.amount) == "370.00"
    assert [line.component for line in result.cost_lines] == [Component.ADULT, Component.ADULT]
    assert result.rooms[0].guests == ("Adult 1", "Child 1 (16)")


def test_two_adults_and_a_child_of_seventeen_need_a_second_room() -> None:
    result = priced(baobab(PLAIN), stay("2027-04-01", "2027-04-02", ages=[17]))
    assert [len(room.guests) for room in result.rooms] == [2, 1]
    assert str(result.cost_total.amount) == "619.75"  # 2 x 185, and 185 with 35 % single supplement


def test_a_child_of_seventeen_alone_is_a_lone_adult() -> None:
    assert cost(baobab(PLAIN), stay("2027-04-01", "2027-04-02", adults=0, ages=[17])) == "249.75"


def test_someone_who_turns_eighteen_by_birth_date_is_an_adult() -> None:
    bands = [{"code": "child", "from": 0, "to": 17}]
    rules = [{"band": "child", "percent": "50"}]
    contract = baobab(PLAIN, age_bands=bands, child_rules=rules, supplements=[], child_age_basis="per_night")
    # 17 on the first night (half), 18 on the second (full)
    assert cost(contract, stay("2027-04-11", "2027-04-13", adults=1, born=["2009-04-12"])) == "647.50"


def test_check_in_basis_counts_the_age_at_check_in_however_early_the_trip_began() -> None:
    request = stay("2027-04-12", "2027-04-13", born=["2015-04-12"], trip_start="2027-04-11")
    assert cost(baobab(PLAIN), request) == "508.75"  # twelve on the day: 75 % of 185
