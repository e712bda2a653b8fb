"""The helpdesk over HTTP, in an agency with knowledge and in one without."""

import asyncio
import json
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response

from tembea.helpdesk import service
from tembea.knowledge import put_document
from tests.app_fixtures import Agency, Platform

PAGE = """# Luggage

## In the air
Light aircraft carry **15 kg** in soft bags. Suitcases stay at the airport.

## At sea
Boats take any suitcase.
"""


@pytest.fixture
async def informed(platform: Platform, agency: Agency) -> Agency:
    """An agency that knows about luggage."""
    async with platform.db.tx(agency.ctx) as tx:
        await put_document(tx, title="Luggage", filename="luggage.md", content_type="text/markdown", text=PAGE)
    await platform.run_jobs()
    return agency


async def ask(person: AsyncClient, message: str, **more: object) -> Response:
    return await person.post("/api/v1/helpdesk/chat", json={"message": message, **more})


async def test_an_answer_has_the_shape_that_the_contract_promises(informed: Agency) -> None:
    answer = (await ask(informed.consultant, "How much luggage may I take on a light aircraft?")).json()

    assert answer["answer"] == "Light aircraft carry 15 kg in soft bags. [1]"
    assert answer["abstained"] is False
    assert 0 < answer["confidence"] <= 1
    (citation,) = answer["citations"]
    assert (citation["n"], citation["title"], citation["heading"]) == (1, "Luggage", "In the air")
    assert citation["passage"] == "Light aircraft carry 15 kg in soft bags. Suitcases stay at the airport."
    assert 0 < citation["score"] <= 1
    documents = (await informed.consultant.get("/api/v1/knowledge/documents")).json()["items"]
    assert citation["document_id"] == documents[0]["id"]
    assert set(answer) == {
        "conversation_id", "answer", "citations", "abstained", "confidence", "suggestions", "timing",
    }  # fmt: skip


async def test_what_the_knowledge_does_not_say_is_not_known(informed: Agency) -> None:
    answer = (await ask(informed.consultant, "Do you sell cruises to Antarctica?")).json()

    assert answer["abstained"] is True
    assert answer["answer"].startswith("I do not know")
    assert (answer["citations"], answer["confidence"]) == ([], 0.0)


async def test_a_new_agency_hears_that_there_is_no_knowledge_yet(agency: Agency) -> None:
    answer = (await ask(agency.consultant, "How much is the deposit?")).json()

    assert answer["abstained"] is True
    assert "no knowledge to answer from yet" in answer["answer"]
    assert (answer["citations"], answer["suggestions"]) == ([], [])
    assert (await agency.consultant.get("/api/v1/knowledge/documents")).json() == {"items": [], "next_cursor": None}


async def test_the_stream_says_the_same_in_pieces(informed: Agency) -> None:
    question = "How much luggage may I take on a light aircraft?"
    plain = (await ask(informed.consultant, question)).json()
    streamed = await informed.consultant.post(
        "/api/v1/helpdesk/chat", json={"message": question}, headers={"Accept": "text/event-stream"}
    )

    assert streamed.headers["content-type"].startswith("text/event-stream")
    events = [dict(line.split(": ", 1) for line in block.splitlines()) for block in streamed.text.strip().split("\n\n")]
    names = [event["event"] for event in events]
    assert names == ["token"] * (len(names) - 2) + ["citations", "done"]
    assert "".join(json.loads(event["data"])["text"] for event in events[:-2]) == plain["answer"]
    assert json.loads(events[-2]["data"])["citations"] == plain["citations"]
    done = json.loads(events[-1]["data"])
    assert (done["answer"], done["abstained"]) == (plain["answer"], False)


async def test_a_conversation_goes_on_and_belongs_to_the_person_who_began_it(
    informed: Agency, other_agency: Agency
) -> None:
    begun = (await ask(informed.consultant, "Which suitcases do boats take?")).json()["conversation_id"]

    assert (await ask(informed.consultant, "And soft bags?", conversation_id=begun)).json()["conversation_id"] == begun
    unknown = await ask(informed.admin, "And soft bags?", conversation_id=str(uuid4()))
    for stranger in (informed.admin, other_agency.consultant):
        answer = await ask(stranger, "And soft bags?", conversation_id=begun)
        assert answer.status_code == unknown.status_code == 404
        assert answer.json()["detail"] == unknown.json()["detail"]


async def test_questions_of_one_conversation_that_come_at_once_are_all_answered_and_kept(
    platform: Platform, informed: Agency
) -> None:
    begun = (await ask(informed.consultant, "Which suitcases do boats take?")).json()["conversation_id"]
    questions = [f"Which suitcases do {number} boats take?" for number in range(4)]

    answers = await asyncio.gather(*(ask(informed.consultant, one, conversation_id=begun) for one in questions))

    assert [answer.status_code for answer in answers] == [200] * 4
    async with platform.db.read(informed.ctx) as read:
        kept = await read.rows("select question from helpdesk_exchanges where tenant_id = %s", [informed.key.tenant_id])
    assert sorted(str(row["question"]) for row in kept) == sorted([*questions, "Which suitcases do boats take?"])


async def test_conversations_are_bounded(platform: Platform, informed: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MAX_EXCHANGES", 2)
    monkeypatch.setattr(service, "MAX_CONVERSATIONS", 2)
    first = (await ask(informed.consultant, "Which suitcases do boats take?")).json()["conversation_id"]
    for number in range(3):
        await ask(informed.consultant, f"Which suitcases do {number} boats take?", conversation_id=first)
    async with platform.db.read(informed.ctx) as read:
        kept = await read.rows("select question from helpdesk_exchanges order by id")
    assert [row["question"] for row in kept] == [f"Which suitcases do {number} boats take?" for number in (1, 2)]

    for _ in range(2):
        await ask(informed.consultant, "Which suitcases do boats take?")
    assert (await ask(informed.consultant, "Still there?", conversation_id=first)).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body.message"),
        ({"message": "   "}, "body.message"),
        ({"message": "a\x00b"}, "body.message"),
        ({"message": "x" * 2_001}, "body.message"),
        ({"message": "hi", "conversation_id": "none"}, "body.conversation_id"),
        ({"message": "hi", "language": "en"}, "body.language"),
    ],
)
async def test_a_question_that_cannot_be_read_is_named_by_its_field(
    agency: Agency, body: dict[str, object], field: str
) -> None:
    answer = await agency.consultant.post("/api/v1/helpdesk/chat", json=body)

    assert answer.status_code == 422
    assert field in {error["loc"] for error in answer.json()["errors"]}


@pytest.mark.parametrize(
    "message",
    [
        "?!",
        "''' | & ! <-> :*",
        "日本語の質問",
        "a" * 2_000,
        "how what where",
        "😀",
        "'; drop table users; --",
        "\\ \\\\ E'x'",
        "ﬁ ǆ İ",
    ],
)
async def test_odd_questions_are_answered_or_not_known(informed: Agency, message: str) -> None:
    assert (await ask(informed.consultant, message)).status_code == 200
