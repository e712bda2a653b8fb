"""Enquiries in eight languages, as `evals/mails` holds them: what they say, and the words that it was read from."""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import cast

import pytest
import yaml
from pydantic import JsonValue

from tembea.inbox.understand import Destination, TenantProfile, Understanding, understand
from tembea.inbox.understand.language import detect
from tembea.inbox.understand.languages import VOCABULARIES
from tembea.quotes.trip import trip_request_to_json

MAILS = Path(__file__).parents[2] / "evals" / "mails"
CORE = ("kind", "destinations", "check_in", "check_out", "nights", "adults", "children_ages", "board", "budget")
DERIVED = {"missing", "kind", "customer_name"}
Mail = dict[str, JsonValue]


@lru_cache(maxsize=1)
def agency() -> TenantProfile:
    """The made-up agency of these mails."""
    listed = yaml.safe_load((MAILS / "enquiries.catalogue.yaml").read_text("utf-8"))
    told = yaml.safe_load((MAILS / "enquiries.agency.yaml").read_text("utf-8"))
    return TenantProfile(
        name=told["name"],
        country=told["country"],
        currency=told["currency"],
        time_zone=told["time_zone"],
        destinations=tuple(Destination(place["name"], place["code"], tuple(place["aliases"])) for place in listed),
        own_addresses=tuple(told["own_addresses"]),
    )


@lru_cache(maxsize=1)
def mails() -> list[Mail]:
    """The half that the reader was tuned on; the other is unseen, and scored by `evals/enquiries.py` alone."""
    return [json.loads(line) for line in (MAILS / "enquiries.tuned.jsonl").read_text("utf-8").splitlines()]


def of_language(code: str) -> list[Mail]:
    """The mails in one language."""
    return [mail for mail in mails() if f"lang:{code}" in cast("list[str]", mail["tags"])]


def read(mail: Mail) -> Understanding:
    """What the reader makes of a mail."""
    received = datetime.fromisoformat(str(mail["received_at"]))
    return understand(str(mail["body"]), str(mail["subject"]), str(mail["from"]), received, agency())


def told(value: JsonValue) -> JsonValue:
    """A value for comparison; sums are numbers whatever their notation."""
    return {**value, "amount": float(str(value["amount"]))} if isinstance(value, dict) else value


@pytest.mark.parametrize("code", VOCABULARIES)
def test_the_mails_of_each_language_are_read_as_a_careful_consultant_would(code: str) -> None:
    chosen = of_language(code)
    wrong: list[str] = []
    for mail in chosen:
        got, expected = trip_request_to_json(read(mail).trip_request), cast("Mail", mail["expected"])
        differ = [name for name in CORE if told(got[name]) != told(expected[name])]
        wrong += [f"{mail['id']}: {', '.join(differ)}"] if differ else []

    assert chosen
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize("code", VOCABULARIES)
def test_every_field_names_the_words_it_was_read_from(code: str) -> None:
    for mail in of_language(code):
        understood = read(mail)
        filled = {name for name, value in trip_request_to_json(understood.trip_request).items() if value} - DERIVED

        assert filled <= set(understood.evidence), mail["id"]
        for evidence in understood.evidence.values():
            if evidence.start is None:
                assert evidence.rule.startswith(("subject.", "from.")), mail["id"]
            else:
                assert str(mail["body"])[evidence.start : evidence.end] == evidence.text, mail["id"]
                assert evidence.text.strip(), mail["id"]


def test_the_language_is_told_apart() -> None:
    for mail in mails():
        language = detect(f"{mail['subject']}\n{mail['body']}")
        assert f"lang:{language}" in cast("list[str]", mail["tags"]), mail["id"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("2 adults, Easter", "en"),
        ("2 Erwachsene, Ostern", "de"),
        ("2 adultes, Pâques", "fr"),
        ("2 adultos, Páscoa", "pt"),
        ("2 adulti, Pasqua", "it"),
        ("2 volwassenen, Pasen", "nl"),
        ("2 volwassenes, Paasnaweek", "af"),
        ("watu wazima 2, Pasaka", "sw"),
    ],
)
def test_a_few_words_of_the_trade_tell_the_language(words: str, code: str) -> None:
    assert detect(words) == code
