"""English enquiries, whole: every field of the trip, and the words that it was read from."""

import pytest

from tembea.quotes.trip import trip_request_to_json
from tests.inbox.reading_room import Example, examples

EXAMPLES = [*examples("enquiries_en.yaml"), *examples("enquiries_en_harder.yaml")]
DERIVED = {"missing", "kind", "customer_name"}
"""Fields that may be filled without words of their own."""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_a_mail_is_read_as_a_careful_consultant_would(example: Example) -> None:
    assert trip_request_to_json(example.read().trip_request) == trip_request_to_json(example.expected())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_every_field_names_the_words_it_was_read_from(example: Example) -> None:
    read = example.read()
    filled = {name for name, value in trip_request_to_json(read.trip_request).items() if value} - DERIVED

    assert filled <= set(read.evidence)
    for evidence in read.evidence.values():
        if evidence.start is None:
            assert evidence.rule.startswith(("subject.", "from."))
        else:
            assert example.body[evidence.start : evidence.end] == evidence.text
            assert evidence.text.strip()
