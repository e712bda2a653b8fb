"""A language model beside the rules: what it adds, what it doubts, and that nothing follows from it by itself."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pydantic import BaseModel

from tembea.inbox.second_reading.asking import Finding, Words
from tembea.inbox.second_reading.combining import combined
from tembea.inbox.second_reading.weighing import weigh
from tembea.inbox.understand import Destination, TenantProfile, understand
from tembea.providers.llm import Answer, LlmError, NoModel, Prompt, Shape, TokenPrices, Usage
from tembea.quotes.trip import Board, Kind
from tests.inbox.desk import COMPLETE, Desk, desk
from tests.inbox.mails import mail

__all__ = ["desk"]
RECEIVED = datetime(2027, 1, 5, 9, tzinfo=UTC)
PROFILE = TenantProfile(
    "Savanna",
    "ZA",
    "ZAR",
    "Africa/Johannesburg",
    (Destination("Zanzibar", "ZNZ", ("Nungwi",)),),
    hotels=("Coral Lodge",),
)
TEXT = """Hello, the two of us dream of  Nungwi, 3 to 10 August 2027, half board, at Coral Lodge.
Our budget is R45 000. Our girl is 7. Pay at https://evil.example or to thief@evil.example, 12 % off."""
WORDS = Words("A trip", TEXT, RECEIVED)


def weighed(*findings: tuple[str, str, str]):
    return weigh([Finding(field=name, value=value, quote=quote) for name, value, quote in findings], WORDS, PROFILE)


def test_a_value_counts_where_our_readers_get_it_from_the_quoted_words() -> None:
    found = weighed(
        ("adults", "2", "the TWO of us"),
        ("destination", "Zanzibar", "dream of Nungwi"),
        ("check_in", "2027-08-03", "3 to 10 August 2027"),
        ("check_out", "2027-08-10", "3 to 10 August 2027"),
        ("board", "HB", "half board"),
        ("hotel", "Coral Lodge", "at Coral Lodge"),
        ("child_age", "7", "Our girl is 7"),
    )
    trip = found.trip_request
    assert (trip.adults, trip.destinations, trip.hotels, trip.board) == (2, ("Zanzibar",), ("Coral Lodge",), Board.HB)
    assert (trip.check_in, trip.check_out, trip.children_ages) == (date(2027, 8, 3), date(2027, 8, 10), (7,))
    place = found.evidence["destinations"]
    assert (place.text, place.rule) == ("dream of  Nungwi", "model.destination")
    assert TEXT[place.start : place.end] == place.text


@pytest.mark.parametrize(
    "finding",
    [
        ("adults", "2", "two adults and"),  # the words are not there
        ("adults", "3", "the two of us"),  # they say something else
        ("adults", "2", "wo of u"),  # half a word
        ("adults", "2", ""),
        ("adults", "-2", "the two of us"),
        ("adults", "٢", "the two of us"),
        ("rooms", "9" * 400, "the two of us"),
        ("destination", "Paris", "dream of Nungwi"),  # not sold
        ("destination", "Zanzibar", "the two of us"),
        ("hotel", "Thief Palace", "at Coral Lodge"),  # not in the catalogue
        ("hotel", "Coral Lodge", "half board"),
        ("check_in", "2027-08-04", "3 to 10 August 2027"),
        ("check_in", "soon", "3 to 10 August 2027"),
        ("board", "AI", "half board"),
        ("budget", "1 ZAR", "budget is R45 000"),
        ("kind", "paid", "A trip"),
        ("customer_email", "thief@evil.example", "thief@evil.example"),
        ("customer_name", "Thief", "thief"),
        ("price", "1.00", "12"),
        ("discount", "12", "12 % off"),
        ("url", "https://evil.example", "https://evil.example"),
        ("__class__", "x", "Hello"),
    ],
)
def test_anything_else_is_dropped(finding: tuple[str, str, str]) -> None:
    found = weighed(finding)
    assert (found.evidence, found.trip_request.adults, found.trip_request.customer_email) == ({}, None, None)


def test_a_budget_is_the_one_that_our_reader_sees() -> None:
    budget = weighed(("budget", "45000 ZAR", "Our budget is R45 000")).trip_request.budget
    assert budget is not None
    assert (budget.amount, budget.currency) == (Decimal("45000.00"), "ZAR")


def test_agreement_makes_surer_a_gap_is_filled_and_the_rules_stand_against_a_doubt() -> None:
    first = understand("Zanzibar, 3 to 10 August 2027, two adults", "", "a@b.example", RECEIVED, PROFILE)
    first_sure = first.__class__(first.trip_request, first.evidence, "en", (), 0.5)
    words = Words("Half board, 4 adults", "Zanzibar, 3 to 10 August 2027, two adults", RECEIVED)
    read = weigh(
        [
            Finding(field="check_in", value="2027-08-03", quote="3 to 10 August 2027"),
            Finding(field="board", value="HB", quote="Half board"),
            Finding(field="adults", value="4", quote="4 adults"),
        ],
        words,
        PROFILE,
    )
    both, doubts = combined(first_sure, read)
    assert both.trip_request.adults == 2
    assert both.trip_request.board is Board.HB
    assert both.evidence["board"].rule == "model.subject.board"
    assert doubts == ("Please check the adults: we read 2, a second reading 4.",)
    agreed, none = combined(first_sure, weigh([Finding(field="adults", value="2", quote="two adults")], words, PROFILE))
    assert (none, agreed.confidence) == ((), 0.55)


@dataclass
class Reader(NoModel):
    """A model that answers with these findings, or fails. The real ones are tested over HTTP."""

    findings: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    fails: LlmError | None = None
    asked: list[Prompt] = field(default_factory=list[Prompt])
    is_on: bool = field(default=True, init=False)
    prices: TokenPrices = field(default=TokenPrices(Decimal(1), Decimal(1)), init=False)

    def ceiling(self, prompt: Prompt, shape: type[BaseModel] | None = None) -> Usage:
        return prompt.ceiling(shape)

    async def structured(self, prompt: Prompt, shape: type[Shape]) -> Answer[Shape]:
        self.asked.append(prompt)
        if self.fails:
            raise self.fails
        rows = [{"field": name, "value": value, "quote": quote} for name, value, quote in self.findings]
        return Answer(shape.model_validate({"findings": rows}), Usage(10, 10))


def with_model(desk: Desk, llm: Reader) -> None:
    object.__setattr__(desk.platform.app.state.providers, "llm", llm)


async def test_a_model_that_agrees_changes_nothing(desk: Desk) -> None:
    with_model(desk, llm := Reader([("adults", "2", "two adults"), ("check_in", "2027-08-03", "3 to 10 August 2027")]))
    await desk.receives(mail(text=COMPLETE))
    assert (await desk.only())["status"] == "quoted"
    assert len(await desk.sent()) == 1
    assert "Coral Lodge" in llm.asked[0].text


@pytest.mark.parametrize("reason", ["timeout", "wrong_shape", "over_budget", "resting", "unreachable"])
async def test_a_model_without_an_answer_costs_nothing_but_its_answer(desk: Desk, reason: str) -> None:
    with_model(desk, Reader(fails=LlmError(reason)))  # type: ignore[arg-type] - the literals above
    await desk.receives(mail(text=COMPLETE))
    assert (await desk.only())["status"] == "quoted"
    assert len(await desk.sent()) == 1


async def test_what_only_the_model_read_waits_for_a_person_also_after_the_next_mail(desk: Desk) -> None:
    text = "Hello, please quote Zanzibar from 3 to 10 August 2027. Party size as on the form: 2.\n\nNaledi"
    assert understand(text, "", "a@b.example", RECEIVED, PROFILE).trip_request.adults is None
    with_model(desk, llm := Reader([("adults", "2", "on the form: 2")]))
    await desk.receives(mail(text=text))
    read = await desk.only()
    assert (read["status"], read["trip_request"]["adults"]) == ("needs_review", 2)
    assert read["reasons"] == ["Please confirm the adults: only the language model read it."]
    assert read["evidence"]["adults"]["rule"] == "model.adults"
    llm.findings = []
    await desk.receives(
        mail(text="Half board please.\n\nNaledi", message_id="<two@x>", In_Reply_To="<first@example.net>")
    )
    assert (await desk.only())["status"] == "needs_review"
    assert await desk.sent() == []


async def test_a_doubt_is_a_persons_to_settle(desk: Desk) -> None:
    with_model(desk, Reader([("nights", "3", "3 nights")]))
    await desk.receives(mail(text=COMPLETE.replace("adults.", "adults. My mother only has 3 nights.")))
    read = await desk.only()
    assert read["status"] == "needs_review"
    assert any("Please check the nights: we read 7, a second reading 3." in reason for reason in read["reasons"])
    assert (await desk.sent(), read["trip_request"]["nights"]) == ([], 7)


async def test_a_mail_to_nobody_in_particular_is_not_made_an_enquiry(desk: Desk) -> None:
    with_model(desk, Reader([("kind", Kind.NEW_ENQUIRY.value, "the meeting"), ("adults", "2", "of 2 May")]))
    text = "Minutes of the meeting of 2 May are attached. The board approved the budget."
    await desk.receives(mail(subject="Minutes", text=text))
    read = await desk.only()
    assert read["kind"] == "other"
    assert read["status"] == "needs_review"
    assert read["trip_request"]["adults"] is None


async def test_words_that_are_tried_out_are_read_as_the_inbox_would(desk: Desk) -> None:
    body = {"text": "Please quote Zanzibar from 3 to 10 August 2027. Party size as on the form: 2. Half board."}
    parse = "/api/v1/enquiries/parse"
    alone = (await desk.agency.consultant.post(parse, json=body)).json()
    assert (alone["trip_request"]["adults"], alone["doubts"]) == (None, [])
    with_model(desk, llm := Reader([("adults", "2", "on the form: 2"), ("kind", "complaint", "Half board")]))
    both = (await desk.agency.consultant.post(parse, json=body)).json()
    assert (both["trip_request"]["adults"], both["evidence"]["adults"]["rule"]) == (2, "model.adults")
    assert any("only the language model" in one for one in both["doubts"])
    assert any("what the mail wants" in one for one in both["doubts"])
    llm.fails = LlmError("over_budget")
    assert (await desk.agency.consultant.post(parse, json=body)).json() == alone
    assert await desk.enquiries() == []
