"""The helpdesk over HTTP: one question, answered as JSON or as a stream of events."""

import json
import re
import time
from collections.abc import AsyncGenerator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import Field, StringConstraints

from tembea.helpdesk.model import Answer
from tembea.helpdesk.service import chat
from tembea.kernel.web import Staff, TxDep, Wire

router = APIRouter(prefix="/api/v1/helpdesk", tags=["helpdesk"])

MESSAGE_MAX_CHARS = 2_000
EVENT_STREAM = "text/event-stream"
_Message = Annotated[str, StringConstraints(max_length=MESSAGE_MAX_CHARS, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]


class ChatIn(Wire):
    """A question; without a `conversation_id` it begins a conversation."""

    message: _Message
    conversation_id: UUID | None = None


class CitationOut(Wire):
    """The passage behind the number `n` of an answer, whole."""

    n: int
    document_id: UUID
    title: str
    heading: str
    passage: str
    score: float


class TimingOut(Wire):
    """How long the answer took."""

    total_ms: int


class ChatOut(Wire):
    """An answer with its citations, or `abstained`: the knowledge does not say.

    `confidence` is the share of the question that the answer covers, between 0 and 1; `suggestions` are subjects near
    to it that the knowledge does speak of.
    """

    conversation_id: UUID
    answer: str = Field(examples=["A passport must be valid for six months after the journey. [1]"])
    citations: list[CitationOut]
    abstained: bool
    confidence: float
    suggestions: list[str]
    timing: TimingOut


@router.post(
    "/chat",
    response_model=ChatOut,
    responses={200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}}}}},
)
async def ask(_: Staff, request: Request, tx: TxDep, body: ChatIn) -> Response:
    """Answer from the agency's knowledge. With `Accept: text/event-stream` the answer comes as the events `token`
    (a piece of the text), `citations`, and `done` (the whole answer)."""
    started = time.perf_counter()
    conversation_id, answer = await chat(tx, body.message, body.conversation_id)
    out = _wire(conversation_id, answer, round((time.perf_counter() - started) * 1000))
    if EVENT_STREAM in request.headers.get("accept", ""):
        return StreamingResponse(_events(out), media_type=EVENT_STREAM)
    return JSONResponse(out.model_dump(mode="json"))


def _wire(conversation_id: UUID, answer: Answer, total_ms: int) -> ChatOut:
    names = CitationOut.model_fields
    return ChatOut(
        conversation_id=conversation_id,
        answer=answer.text,
        citations=[CitationOut(**{name: getattr(one, name) for name in names}) for one in answer.citations],
        abstained=answer.abstained,
        confidence=answer.confidence,
        suggestions=list(answer.suggestions),
        timing=TimingOut(total_ms=total_ms),
    )


async def _events(out: ChatOut) -> AsyncGenerator[str]:
    """The answer word by word, then what it rests on, then all of it (WHATWG HTML, server-sent events)."""
    for piece in re.findall(r"\S+\s*", out.answer):
        yield _event("token", {"text": piece})
    whole = out.model_dump(mode="json")
    yield _event("citations", {"citations": whole["citations"]})
    yield _event("done", whole)


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
