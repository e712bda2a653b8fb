"""A name behind a closing in the same line is a signature too; a place or a word of thanks is not a name."""

from datetime import UTC, datetime

import pytest

from tembea.inbox.understand import Destination, TenantProfile, understand

PROFILE = TenantProfile(
    name="Savanna Trails",
    country="ZA",
    currency="ZAR",
    time_zone="Africa/Johannesburg",
    destinations=(Destination("Zanzibar", "ZNZ"), Destination("Cape Town", "CPT")),
    own_addresses=("quotes@savanna-trails.example",),
    own_phones=(),
    hotels=(),
)


@pytest.mark.parametrize(
    ("sender", "text", "name"),
    [
        ("b@people.example", "We would love a week in Zanzibar. Regards, Bheki Zulu", "Bheki Zulu"),
        ("Bob <bob@people.example>", "Hi, quote Zanzibar please. Many thanks, Bob Stone", "Bob Stone"),
        ("a@people.example", "Hello, quote Zanzibar. Kind regards Ada van der Merwe", "Ada van der Merwe"),
        ("a@people.example", "Hi, we cannot choose: Zanzibar, Cape Town", None),
        ("a@people.example", "Please quote Zanzibar. Thanks so much.", None),
    ],
)
def test_the_name_at_the_end_of_the_line(sender: str, text: str, name: str | None) -> None:
    understood = understand(text, "Trip", sender, datetime(2026, 11, 23, tzinfo=UTC), PROFILE)

    assert understood.trip_request.customer_name == name
    if name:
        found = understood.evidence["customer_name"]
        assert found.start is not None
        assert text[found.start : found.end] == name
