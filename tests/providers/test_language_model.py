"""Language models through the vendors' own clients, over HTTP to a stand-in on this machine."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel

from tembea.providers.llm import LanguageModel, LlmError, Prompt, TokenPrices, Usage, build_language_model
from tembea.providers.llm.remote import FAILURES_BEFORE_REST
from tembea.settings import SettingsError, load_settings
from tests.providers.model_server import ModelServer, service_account, serving_models

pytestmark = pytest.mark.anyio
PROMPT = Prompt("Say what the text says.", "Two adults to Zanzibar", max_output_tokens=50)
DATABASE = {"DATABASE_URL": "postgresql://nobody@127.0.0.1/none"}
IMPOSSIBLY_PATIENT_S = 60.0


class Party(BaseModel):
    adults: int
    place: str


KEPT = list[LanguageModel]()
"""The vendors' clients close themselves when they are collected, in whatever loop runs then: another test's."""


@dataclass
class Service:
    """A stand-in with the settings that lead to it."""

    server: ModelServer
    environ: dict[str, str]

    def model(self, **changed: str) -> LanguageModel:
        KEPT.append(build_language_model(load_settings(self.environ | changed)))
        return KEPT[-1]


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    import pydantic_ai.models

    monkeypatch.setattr(pydantic_ai.models, "ALLOW_MODEL_REQUESTS", True)


@pytest.fixture
def vertex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: None) -> Iterator[Service]:
    """Vertex AI as it is reached in production: a service account's file, its token, the REST methods of Gemini."""
    with serving_models() as server:
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(service_account(tmp_path, server)))
        google = {"TEMBEA_LLM": "google", "GOOGLE_CLOUD_PROJECT": "trial", "TEMBEA_LLM_BASE_URL": server.url}
        yield Service(server, DATABASE | google | {"TEMBEA_LLM_TIMEOUT_S": str(IMPOSSIBLY_PATIENT_S)})


@pytest.fixture
def own(allowed: None) -> Iterator[Service]:
    """An endpoint of one's own that speaks OpenAI's protocol."""
    with serving_models() as server:
        own = {"TEMBEA_LLM": "openai", "TEMBEA_LLM_MODEL": "own", "TEMBEA_LLM_BASE_URL": f"{server.url}/v1"}
        yield Service(server, DATABASE | own | {"TEMBEA_LLM_API_KEY": "sesame", "TEMBEA_LLM_TIMEOUT_S": "60"})


async def test_vertex_writes_text_and_says_what_it_used(vertex: Service) -> None:
    answer = await vertex.model().text(PROMPT)
    assert (answer.value, answer.usage) == ("Good day", Usage(120, 30))
    ((path, body),) = vertex.server.asked
    assert "/projects/trial/locations/global/publishers/google/models/gemini" in path
    assert body["authorization"] == "Bearer of-the-stand-in"
    assert body["generationConfig"]["maxOutputTokens"] == 50
    assert body["contents"][-1]["parts"][-1]["text"] == "Two adults to Zanzibar"
    assert body["systemInstruction"]["parts"][0]["text"] == "Say what the text says."
    assert "tools" not in body


async def test_vertex_fills_a_shape(vertex: Service) -> None:
    vertex.server.reply = lambda _: '{"adults": 2, "place": "Zanzibar"}'
    answer = await vertex.model().structured(PROMPT, Party)
    assert answer.value == Party(adults=2, place="Zanzibar")
    config = vertex.server.asked[0][1]["generationConfig"]
    assert config["responseMimeType"] == "application/json"
    assert "adults" in json.dumps(config)


@pytest.mark.parametrize("written", ['{"adults": "many"}', "I would rather talk.", "", "[]"])
async def test_an_answer_of_another_shape_is_none_and_was_paid_for(vertex: Service, written: str) -> None:
    vertex.server.reply = lambda _: written
    with pytest.raises(LlmError) as failed:
        await vertex.model().structured(PROMPT, Party)
    assert failed.value.reason == "wrong_shape"
    assert failed.value.usage.tokens > 0
    assert len(vertex.server.asked) == 1


async def test_vertex_streams_pieces_and_then_its_usage(vertex: Service) -> None:
    vertex.server.reply = lambda _: "We have read your words"
    pieces = [piece async for piece in vertex.model().stream(PROMPT)]
    written = "".join(piece for piece in pieces if isinstance(piece, str))
    assert written.split() == ["We", "have", "read", "your", "words"]
    assert len(pieces) > 3
    assert pieces[-1] == Usage(120, 30)


@pytest.mark.parametrize("trouble", ["429", "500", "cut"])
async def test_a_passing_trouble_is_asked_again_and_costs_nothing(vertex: Service, trouble: str) -> None:
    vertex.server.script = [trouble]  # type: ignore[list-item] - the literals above
    answer = await vertex.model().text(PROMPT)
    assert (answer.value, answer.usage) == ("Good day", Usage(120, 30))
    assert len(vertex.server.asked) == 2


@pytest.mark.parametrize(
    ("trouble", "reason", "asked"),
    [("429", "rate_limited", 2), ("500", "server_error", 2), ("403", "refused", 1), ("garbage", "wrong_shape", 1)],
)
async def test_a_lasting_trouble_is_an_error_that_says_why(
    vertex: Service, trouble: str, reason: str, asked: int
) -> None:
    vertex.server.script = [trouble] * 9  # type: ignore[list-item] - the literals above
    with pytest.raises(LlmError) as failed:
        await vertex.model().text(PROMPT)
    assert failed.value.reason == reason
    assert len(vertex.server.asked) == asked  # the libraries repeat nothing by themselves
    assert (failed.value.usage == Usage()) == (trouble != "garbage")


@pytest.mark.parametrize("verb", ["text", "stream"])
async def test_who_hangs_is_left_at_the_deadline_and_counted_as_if_they_had_answered(
    vertex: Service, verb: str
) -> None:
    await vertex.model().text(PROMPT)  # the libraries are loaded, which no deadline is for
    vertex.server.script = ["hang"]
    model, begun = vertex.model(TEMBEA_LLM_TIMEOUT_S="1"), time.monotonic()
    with pytest.raises(LlmError) as failed:
        if verb == "text":
            await model.text(PROMPT)
        else:
            _ = [piece async for piece in model.stream(PROMPT)]
    assert failed.value.reason == "timeout"
    assert failed.value.usage == PROMPT.ceiling()
    assert time.monotonic() - begun < 10


async def test_the_deadline_is_for_all_tries_together(vertex: Service) -> None:
    await vertex.model().text(PROMPT)
    vertex.server.script = ["500", "500", "hang", "500"]
    begun = time.monotonic()
    with pytest.raises(LlmError):
        await vertex.model(TEMBEA_LLM_TIMEOUT_S="2", TEMBEA_LLM_ATTEMPTS="5").text(PROMPT)
    assert time.monotonic() - begun < 12


async def test_a_service_that_fails_again_and_again_is_left_alone_for_a_while(vertex: Service) -> None:
    model = vertex.model(TEMBEA_LLM_ATTEMPTS="1")
    vertex.server.script = ["500"] * FAILURES_BEFORE_REST
    reasons = list[str]()
    for _ in range(FAILURES_BEFORE_REST + 1):
        with pytest.raises(LlmError) as failed:
            await model.text(PROMPT)
        reasons.append(failed.value.reason)
    assert reasons == ["server_error"] * FAILURES_BEFORE_REST + ["resting"]
    assert len(vertex.server.asked) == FAILURES_BEFORE_REST


async def test_credentials_that_are_missing_are_an_error_like_any_other(
    vertex: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "nowhere.json"))
    with pytest.raises(LlmError) as failed:
        await vertex.model().text(PROMPT)
    assert failed.value.reason == "refused"


async def test_an_endpoint_of_ones_own_does_the_same(own: Service) -> None:
    model = own.model()
    own.server.script = ["500"]
    answer = await model.text(PROMPT)
    assert (answer.value, answer.usage) == ("Good day", Usage(120, 30))
    path, body = own.server.asked[-1]
    assert (path, body["model"], body["authorization"]) == ("/v1/chat/completions", "own", "Bearer sesame")
    own.server.reply = lambda _: '{"adults": 2, "place": "Zanzibar"}'
    assert (await model.structured(PROMPT, Party)).value == Party(adults=2, place="Zanzibar")
    assert own.server.asked[-1][1]["response_format"]["type"] == "json_schema"
    pieces = [piece async for piece in model.stream(PROMPT)]
    assert len(pieces) > 2
    for trouble, reason in (("429", "rate_limited"), ("garbage", "wrong_shape")):
        own.server.script = [trouble] * 2  # type: ignore[list-item] - the literals above
        with pytest.raises(LlmError) as failed:
            await model.text(PROMPT)
        assert failed.value.reason == reason


async def test_nobody_answering_is_unreachable_and_free(own: Service) -> None:
    with pytest.raises(LlmError) as failed:
        await own.model(TEMBEA_LLM_BASE_URL="http://127.0.0.1:9/v1").text(PROMPT)
    assert (failed.value.reason, failed.value.usage) == ("unreachable", Usage())


async def test_one_who_stops_asking_stops_the_question(own: Service) -> None:
    await own.model().text(PROMPT)
    own.server.script = ["hang"]
    asking = asyncio.create_task(own.model().text(PROMPT))
    await asyncio.sleep(0.5)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_without_a_model_nothing_is_asked() -> None:
    model = build_language_model(load_settings(DATABASE))
    assert not model.is_on
    with pytest.raises(LlmError) as failed:
        await model.text(PROMPT)
    assert failed.value.reason == "off"


def test_half_a_setting_says_what_is_missing() -> None:
    with pytest.raises(SettingsError, match="GOOGLE_CLOUD_PROJECT"):
        load_settings(DATABASE | {"TEMBEA_LLM": "google"})
    with pytest.raises(SettingsError, match="TEMBEA_LLM_BASE_URL"):
        load_settings(DATABASE | {"TEMBEA_LLM": "openai"})


def test_a_cost_is_never_rounded_down() -> None:
    prices = TokenPrices(Decimal("0.30"), Decimal("2.50"))
    assert prices.cost_micros(Usage(1, 0)) == 1
    assert prices.cost_micros(Usage(1_000_000, 1_000_000)) == 2_800_000


def test_the_libraries_are_loaded_by_whoever_asks_first_and_by_nobody_else() -> None:
    program = (
        "import sys, tembea.worker, tembea.app; from tembea.providers import build_providers;"
        "from tembea.settings import load_settings;"
        "environ = {'DATABASE_URL': 'x', 'TEMBEA_LLM': 'google', 'GOOGLE_CLOUD_PROJECT': 'trial'};"
        "assert build_providers(load_settings(environ)).llm.is_on;"
        "print([name for name in sys.modules if name.split('.')[0] in ('pydantic_ai', 'openai') or 'genai' in name])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=200)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
