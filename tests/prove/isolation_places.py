"""Where words of one agency could end up besides an answer: logs, mails, prompts, caches, warehouse parameters.

Real servers stand around the platform and keep what they are told: Redis, an endpoint with OpenAI's protocol, and one
with BigQuery's. In each place the canary must stand where it belongs, or looking for it would prove nothing.
"""

import gc
import io
import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

import pydantic_ai.models
from pydantic import SecretStr
from pypdf import PdfReader

from tembea.kernel.cache import Cache
from tembea.providers.warehouse.bigquery import dataset_name
from tembea.settings import Settings
from tests.prove.isolation_scene import Proof, Scene
from tests.providers.bigquery_server import BigQueryServer, bigquery_server
from tests.providers.model_server import ModelServer, serving_models
from tests.redis_servers import RedisServer, running_redis
from tests.telemetry.log_lines import lines_of
from tests.tenancy.planting import CANARY

NO_FINDINGS = json.dumps({"findings": []})
MARKS = (CANARY, CANARY.lower())


@dataclass
class Outside:
    """What stands around the platform."""

    redis: RedisServer
    bigquery: BigQueryServer
    model: ModelServer
    log: io.StringIO = field(default_factory=io.StringIO)
    prompts_of_theirs: int = 0
    """So many questions were asked of the model before our agency did anything."""

    def begin_with_ours(self) -> None:
        """From here on it is our agency that asks."""
        self.prompts_of_theirs = len(self.model.asked)

    def settings(self, plain: Settings) -> Settings:
        """The settings of a platform that uses all of it."""
        update = {
            "redis": SecretStr(self.redis.url),
            "google_cloud_project": "p",
            "bigquery_emulator": self.bigquery.url,
            "bigquery_job_timeout_s": 30,
            "llm": "openai",
            "llm_model": "own",
            "llm_base_url": self.model.url,
        }
        return plain.model_copy(update=update)


@contextmanager
def outside(folder: Path) -> Generator[Outside]:
    """All of it, running."""
    with (
        patch.object(pydantic_ai.models, "ALLOW_MODEL_REQUESTS", True),
        running_redis(folder) as redis,
        bigquery_server() as bigquery,
        serving_models() as model,
    ):
        model.reply = lambda _: NO_FINDINGS
        yield Outside(redis, bigquery, model)


async def look_everywhere(here: Scene, around: Outside, proof: Proof) -> None:
    """Every place once; the dashboards are asked just before, so that the caches hold what both agencies see."""
    for agency in (here.theirs.agency, here.ours.agency):
        await agency.admin.get("/api/v1/dashboard/all", params={"period": "all"})
    _look_at_log(around, proof)
    _look_at_mails(here, proof)
    _look_at_prompts(around, proof)
    _look_at_warehouse(here, around, proof)
    _look_at_caches(here, proof)
    _look_at_redis(here, around, proof)


def _look_at_log(around: Outside, proof: Proof) -> None:
    """Nobody is named in a log, of whichever agency: here the canary belongs nowhere."""
    for line in lines_of(around.log):
        _note(proof, "lines of log", json.dumps(line, ensure_ascii=False), is_theirs=False)


def _look_at_mails(here: Scene, proof: Proof) -> None:
    rows = here.root.execute(
        "select tenant_id, raw, row_to_json(m)::text from outgoing_mails m where tenant_id = any(%s::uuid[])",
        [[here.theirs.agency.key.tenant_id, here.ours.agency.key.tenant_id]],
    ).fetchall()
    for tenant_id, raw, row in rows:
        text = "\n".join((row, *_words_of(raw)))
        _note(proof, "mails, with PDFs", text, is_theirs=tenant_id == here.theirs.agency.key.tenant_id)


def _words_of(raw: bytes) -> Iterator[str]:
    """What a mail says once it is decoded: headers, texts, and the texts of its PDFs."""
    message = BytesParser(policy=policy.default).parsebytes(raw)
    yield from (f"{name}: {value}" for name, value in message.items())
    for part in message.walk():
        content: Any = None if part.is_multipart() else part.get_content()
        if part.get_content_type() == "application/pdf":
            yield from (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        elif content is not None:
            yield str(content)


def _look_at_prompts(around: Outside, proof: Proof) -> None:
    for number, (_, body) in enumerate(around.model.asked):
        text = json.dumps(body, ensure_ascii=False)
        _note(proof, "prompts", text, is_theirs=number < around.prompts_of_theirs)


def _look_at_warehouse(here: Scene, around: Outside, proof: Proof) -> None:
    """What BigQuery was sent, parameters and all: their words in their dataset alone, and never the other's name."""
    theirs, ours = (dataset_name(one.agency.key.tenant_id) for one in (here.theirs, here.ours))
    for _, path, body in around.bigquery.requests:
        text = f"{path} {json.dumps(body, ensure_ascii=False)}"
        _note(proof, "warehouse requests", text, is_theirs=theirs in text)
        if theirs in text and ours in text:
            proof.leaks.append(f"warehouse: one request names both datasets: {text[:200]}")


def _look_at_caches(here: Scene, proof: Proof) -> None:
    """What the process keeps in memory, each value under its tenant; who a token is, under the token."""
    theirs, ours = (one.agency.key.tenant_id for one in (here.theirs, here.ours))
    caches: list[Any] = [one for one in gc.get_objects() if isinstance(one, Cache)]
    for cache in caches:
        for (owner, part), entry in cache._entries.items():
            text = repr((part, entry))
            _note(proof, "values in memory", text, is_theirs=owner == theirs or (owner != ours and str(theirs) in text))


def _look_at_redis(here: Scene, around: Outside, proof: Proof) -> None:
    with around.redis.client() as client:
        for key in cast("list[bytes]", cast("Any", client).keys("*")):
            kind = cast("bytes", client.type(key)).decode()
            read: dict[str, tuple[object, ...]] = {
                "string": ("GET", key),
                "hash": ("HGETALL", key),
                "zset": ("ZRANGE", key, 0, -1),
                "list": ("LRANGE", key, 0, -1),
                "set": ("SMEMBERS", key),
            }
            held = cast("Any", client).execute_command(*read[kind])
            text = f"{key!r} {held!r}"
            _note(proof, "keys in Redis", text, is_theirs=str(here.theirs.agency.key.tenant_id) in text)


def _note(proof: Proof, place: str, text: str, *, is_theirs: bool) -> None:
    """Count one thing that was looked at, and whether the canary stands in it."""
    holds = any(mark in text for mark in MARKS)
    found = proof.places.setdefault(place, [0, 0, 0])
    found[0] += 1
    found[1] += holds and is_theirs
    found[2] += holds and not is_theirs
    if holds and not is_theirs:
        where = text.find(next(mark for mark in MARKS if mark in text))
        proof.leaks.append(f"{place}: …{text[max(0, where - 200) : where + 60]}…")
