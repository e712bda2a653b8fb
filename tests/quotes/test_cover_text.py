"""A model writes the opening words: over HTTP to a stand-in, behind the linter, once, and never in anybody's way."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tembea.providers.llm import LanguageModel, build_language_model
from tembea.quotes.cover import GRACE_S, write_cover
from tembea.settings import load_settings
from tembea.tenants import TenantConfig, get_tenant
from tests.app_fixtures import Agency, Platform, agency_config
from tests.providers.model_server import ModelServer, serving_models
from tests.quotes.quotes_factories import current, generated, step, three_hotels

Answer = dict[str, Any]
KEPT = list[LanguageModel]()
"""The vendors' clients close themselves when they are collected, in whatever loop runs then: another test's."""
PATIENT_S, IMPATIENT_S = 60.0, 0.2
GOOD = [
    "Thank you for thinking of us, {{customer}}. We have put together {{options}} in {{destination}} for {{party}}.",
    "Our favourite is {{option.1.hotel}}, at {{option.1.total}} for the whole stay.",
]
THANKS = "Thank you for your enquiry."


@dataclass
class Writer:
    """A model behind HTTP, and an agency that lets it write."""

    server: ModelServer
    platform: Platform
    agency: Agency

    def answers(self, *paragraphs: str) -> None:
        self.server.reply = lambda _: json.dumps({"paragraphs": list(paragraphs)})

    def waits(self, seconds: float) -> None:
        self._provide("settings", self.platform.settings.model_copy(update={"llm_cover_timeout_s": seconds}))

    def asks(self) -> None:
        environ = {"DATABASE_URL": "x", "TEMBEA_LLM": "openai", "TEMBEA_LLM_MODEL": "own"}
        environ |= {"TEMBEA_LLM_BASE_URL": f"{self.server.url}/v1", "TEMBEA_LLM_TIMEOUT_S": str(PATIENT_S)}
        KEPT.append(build_language_model(load_settings(environ)))
        self._provide("llm", KEPT[-1])

    def _provide(self, name: str, value: object) -> None:
        object.__setattr__(self.platform.app.state.providers, name, value)

    async def letters(self) -> list[str]:
        async with self.platform.db.read(self.agency.ctx) as read:
            rows = await read.rows("select body_text from outgoing_mails where kind = 'quote' order by created_at")
        return [str(row["body_text"]) for row in rows]


def writing_agency(slug: str, **limits: int) -> TenantConfig:
    config = agency_config(slug).model_dump(mode="json")
    config["quotes"] |= {"cover_text": "model"}
    config["limits"] |= limits
    return TenantConfig.model_validate(config)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    import pydantic_ai.models

    monkeypatch.setattr(pydantic_ai.models, "ALLOW_MODEL_REQUESTS", True)
    with serving_models() as server:
        yield server


@pytest.fixture
async def writer(platform: Platform, server: ModelServer) -> Writer:
    agency = await platform.new_agency("savanna-trails", writing_agency("savanna-trails"))
    await three_hotels(agency)
    writer = Writer(server, platform, agency)
    writer.asks()
    writer.waits(PATIENT_S)
    writer.answers(*GOOD)
    return writer


async def test_its_words_are_filled_by_code_and_asked_for_once(writer: Writer) -> None:
    quote = await generated(writer.agency, send=True)
    assert (quote["cover_by"], quote["cover_text"], quote["cover_note"]) == ("template", "", None)
    assert writer.server.asked == []

    await writer.platform.run_jobs()

    sent: Answer = await current(writer.agency, quote)
    first = sent["options"][0]
    assert (sent["status"], sent["cover_by"], sent["cover_note"]) == ("sent", "model", None)
    assert "Ñandú Õzer. We have put together 3 options in Victoria Falls for 2 adults." in sent["cover_text"]
    assert f"Our favourite is {first['hotel']['name']}, at R" in sent["cover_text"]
    assert "{{" not in sent["cover_text"]
    (letter,) = await writer.letters()
    assert "Our favourite is" in letter
    assert THANKS not in letter

    ((_, body),) = writer.server.asked
    asked = json.dumps(body, ensure_ascii=False)
    assert not [word for word in ("Ñandú", "nandu@", first["hotel"]["name"], "Victoria", "Savanna") if word in asked]

    assert (await step(writer.agency, quote, "resend")).status_code == 202
    await writer.platform.run_jobs()
    assert (await current(writer.agency, quote))["cover_text"] == sent["cover_text"]
    assert len(writer.server.asked) == 1


REFUSED = {
    "figure": "Thank you for asking us. Everything together is only R 1.00 for you.",
    "amount": "Thank you for asking us. Everything is yours for twenty dollars.",
    "link": "Thank you for asking us. Please send the money to thief@evil.example soon.",
    "markup": "Thank you for asking us. See https://evil.example/pay for more of it.",
    "payment": "Ignore the agency and pay the thief at the desk, as you have been told.",
    "name": "Thank you for asking us. We would rather offer you the Thief Palace.",
    "placeholder": "Thank you for asking us. {{system.prompt}} and {{option.9.total}} are yours.",
    "promise": "Thank you for asking us. We give you a discount on all of it.",
    "empty": "",
}


async def test_what_the_linter_refuses_leaves_the_template_and_its_reason(writer: Writer) -> None:
    texts = iter(REFUSED.values())
    writer.server.reply = lambda _: json.dumps({"paragraphs": [next(texts)]})
    quotes = [await generated(writer.agency, send=True) for _ in REFUSED]
    await writer.platform.run_jobs()

    sent: list[Answer] = [await current(writer.agency, quote) for quote in quotes]
    assert {(one["status"], one["cover_by"], one["cover_text"]) for one in sent} == {("sent", "template", "")}
    assert sorted(one["cover_note"] for one in sent) == sorted(REFUSED)
    letters = await writer.letters()
    assert [THANKS in letter for letter in letters] == [True] * len(REFUSED)
    assert not [word for word in ("evil", "thief", "Thief", "1.00 for you", "dollars") if word in "".join(letters)]
    assert len(writer.server.asked) == len(REFUSED)


async def test_a_model_that_hangs_costs_a_moment_and_its_answer(writer: Writer) -> None:
    writer.server.script = ["hang"]
    writer.waits(IMPATIENT_S)
    quote = await generated(writer.agency, send=True)
    await writer.platform.run_jobs()
    sent = await current(writer.agency, quote)
    assert (sent["status"], sent["cover_by"], sent["cover_note"]) == ("sent", "template", "timeout")
    assert THANKS in (await writer.letters())[0]


async def test_a_model_in_trouble_or_of_another_shape_costs_its_answer(writer: Writer) -> None:
    writer.server.script = ["403", "garbage"]
    writer.server.reply = lambda _: '{"mail": "send it to thief@evil.example"}'
    quotes = [await generated(writer.agency, send=True) for _ in range(3)]
    await writer.platform.run_jobs()
    sent = [await current(writer.agency, quote) for quote in quotes]
    assert {(one["status"], one["cover_by"]) for one in sent} == {("sent", "template")}
    assert sorted(str(one["cover_note"]) for one in sent) == ["refused", "wrong_shape", "wrong_shape"]


async def test_over_its_budget_nobody_is_asked(writer: Writer) -> None:
    poor = await writer.platform.new_agency("poor-travel", writing_agency("poor-travel", daily_llm_tokens=10))
    await three_hotels(poor)
    quote = await generated(poor, send=True)
    await writer.platform.run_jobs()
    sent = await current(poor, quote)
    assert (sent["status"], sent["cover_by"], sent["cover_note"]) == ("sent", "template", "over_budget")
    assert writer.server.asked == []


async def test_a_new_agency_without_a_model_sends_what_it_always_did(platform: Platform) -> None:
    usual = await platform.new_agency("usual-travel")
    wanting = await platform.new_agency("wanting-travel", writing_agency("wanting-travel"))
    for agency, note in ((usual, None), (wanting, "off")):
        await three_hotels(agency)
        quote = await generated(agency, send=True)
        await platform.run_jobs()
        sent = await current(agency, quote)
        assert (sent["status"], sent["cover_by"], sent["cover_note"]) == ("sent", "template", note)


async def test_a_persons_words_are_never_asked_for_nor_written_over(writer: Writer) -> None:
    spoken = await generated(writer.agency, message="As discussed.")
    await writer.platform.run_jobs()
    assert (await current(writer.agency, spoken))["cover_by"] == "person"
    assert writer.server.asked == []

    quick: Answer = await generated(writer.agency)
    path = f"/api/v1/quotes/{quick['id']}"
    assert (await writer.agency.consultant.patch(path, json={"cover_text": "By hand."})).status_code == 200
    await writer.platform.run_jobs()
    kept = await current(writer.agency, quick)
    assert (kept["cover_by"], kept["cover_text"]) == ("person", "By hand.")
    assert writer.server.asked == []

    emptied = (await writer.agency.consultant.patch(path, json={"cover_text": ""})).json()
    await step(writer.agency, quick, "send")
    await writer.platform.run_jobs()
    assert (emptied["cover_by"], emptied["cover_note"]) == ("template", None)
    assert writer.server.asked == []


async def test_its_words_follow_the_customers_name_until_a_person_writes(writer: Writer) -> None:
    quote: Answer = await generated(writer.agency)
    path = f"/api/v1/quotes/{quote['id']}"
    await writer.platform.run_jobs()
    written = await current(writer.agency, quote)
    patch = writer.agency.consultant.patch
    renamed = (await patch(path, json={"customer": {"name": "{{option.1.total}} Khumalo"}})).json()
    assert (renamed["cover_by"], "us, {{option.1.total}} Khumalo." in renamed["cover_text"]) == ("model", True)
    saved = (await patch(path, json={"cover_text": renamed["cover_text"]})).json()
    assert saved["cover_by"] == "model"
    nameless = (await patch(path, json={"customer": {"name": "khumalo@example.com"}})).json()
    assert (nameless["cover_by"], nameless["cover_note"]) == ("template", "placeholder")
    edited = (await patch(path, json={"cover_text": written["cover_text"]})).json()
    assert (edited["cover_by"], edited["cover_note"]) == ("person", None)
    assert len(writer.server.asked) == 1


async def test_the_next_version_is_asked_for_anew(writer: Writer) -> None:
    quote = await generated(writer.agency, send=True)
    await writer.platform.run_jobs()
    before = await current(writer.agency, quote)
    writer.answers("Here it is once more for you, {{customer}}: {{options}} in {{destination}}.")
    answer = await writer.agency.consultant.post(f"/api/v1/quotes/{quote['id']}/revise")
    assert answer.status_code == 201
    await writer.platform.run_jobs()
    assert "once more" in str((await current(writer.agency, answer.json()))["cover_text"])
    assert (await current(writer.agency, quote))["cover_text"] == before["cover_text"]
    assert len(writer.server.asked) == 2


async def test_a_worker_that_was_lost_while_it_asked_is_given_up_and_nobody_asks_again(writer: Writer) -> None:
    platform, agency = writer.platform, writer.agency
    quote: Answer = await generated(agency)
    claimed = "update quotes set cover_outcome = 'asking', cover_asked_at = %s"
    async with platform.db.tx(agency.ctx) as tx:
        tenant = await get_tenant(tx)
        await tx.execute(claimed, [datetime.now(UTC)])
    assert (await current(agency, quote))["cover_note"] == "asking"
    llm, quote_id = platform.app.state.providers.llm, UUID(quote["id"])
    assert not await write_cover(agency.ctx, platform.db, llm, tenant, quote_id, wait_s=PATIENT_S)

    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute(claimed, [datetime.now(UTC) - timedelta(seconds=PATIENT_S + GRACE_S)])
    await step(agency, quote, "send")
    await platform.run_jobs()
    sent = await current(agency, quote)
    assert (sent["status"], sent["cover_by"], sent["cover_note"]) == ("sent", "template", "interrupted")
    assert writer.server.asked == []


async def test_what_comes_after_a_person_wrote_is_dropped(writer: Writer) -> None:
    quote: Answer = await generated(writer.agency)
    by_hand = "update quotes set cover_text = 'By hand.', cover_outcome = 'edited'"

    async def write_meanwhile() -> None:
        async with writer.platform.db.tx(writer.agency.ctx) as tx:
            await tx.execute(by_hand)

    llm = writer.platform.app.state.providers.llm
    ask = llm.structured

    async def structured(*asked: Any) -> Any:
        answer = await ask(*asked)
        await write_meanwhile()
        return answer

    llm.structured = structured
    await writer.platform.run_jobs()
    kept = await current(writer.agency, quote)
    assert (kept["cover_by"], kept["cover_text"]) == ("person", "By hand.")
    assert len(writer.server.asked) == 1
