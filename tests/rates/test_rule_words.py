"""What a percentage is taken of, in words: all the guests and nights that it covers, wherever it covers several."""

from decimal import Decimal
from typing import Any, cast

from tembea.kernel.money import Money
from tembea.rates import rule_words
from tests.app_fixtures import Agency, Platform
from tests.quotes.quotes_factories import generated
from tests.rates.rates_factories import imported, nightly

PEAK = {"kind": "event", "name": "Peak", "percent": "10", "cell": "S9"}
SUPPLEMENTS: list[dict[str, object]] = [{**PEAK, "name": per, "per": per} for per in (
    "person_night", "room_night", "person_stay", "room_stay"
)]  # fmt: skip
SAID = {
    "person_night": "event supplement: 10 % of 100.00 per person and night",
    "room_night": "event supplement: 10 % of the rate of its guests that night, per room and night",
    "person_stay": "event supplement: 10 % of the guest’s rate for its nights, per person and stay",
    "room_stay": "event supplement: 10 % of the rate of its guests for its nights, per room and stay",
}


def leaves(node: dict[str, Any]) -> list[dict[str, Any]]:
    below: list[dict[str, Any]] = node["lines"] if "lines" in node else node["children"]
    return [found for child in below for found in leaves(child)] or [node]


async def test_the_words_name_all_that_a_percentage_is_taken_of(platform: Platform, agency: Agency) -> None:
    await imported(agency, nightly("Baobab Lodge", "100.00", supplements=SUPPLEMENTS))

    quote = cast("dict[str, Any]", await generated(agency, destination="Victoria Falls"))
    explained = (await agency.consultant.get(quote["explanation_url"])).json()["options"][0]

    told = {leaf["description"]: leaf for leaf in leaves(explained) if leaf["description"] in SAID}
    assert {name: leaf["rule"] for name, leaf in told.items()} == SAID
    assert told["room_night"]["amount"]["amount"] == "20.00"  # of two guests
    assert told["room_stay"]["amount"]["amount"] == "100.00"  # of two guests and five nights


def test_words_that_account_for_the_amount_stay() -> None:
    whole = "extra_adult supplement: 70 % of 700.00 per person_stay"
    assert (
        rule_words(whole, Money(Decimal("490.00"), "ZAR"))
        == "extra_adult supplement: 70 % of 700.00 per person and stay"
    )
    assert "700.00" not in rule_words(whole, Money(Decimal("980.00"), "ZAR"))
    nights = rule_words("rate bb/tent/20270201-20270331: 9 per adult", Money(Decimal(9), "ZAR"))
    assert nights == "rate bb/tent/2027-02-01 to 2027-03-31: 9 per adult"
    assert rule_words("rate of adult (LOW)", Money(Decimal("10.00"), "ZAR")) == "rate of adult (LOW)"
