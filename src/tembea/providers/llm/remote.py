"""A language model behind HTTP: deadline, retries, rest, and what it used, in one place."""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING

import structlog
from pydantic import BaseModel, ValidationError

from tembea.providers.llm.connecting import Connect
from tembea.providers.llm.model import Answer, LlmError, Prompt, Reason, Shape, TokenPrices, Usage

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelRequest, ModelResponse
    from pydantic_ai.models import Model, ModelRequestParameters
    from pydantic_ai.settings import ModelSettings
    from pydantic_ai.usage import RequestUsage

FIRST_WAIT_S, LONGEST_WAIT_S = 0.2, 3.0
FAILURES_BEFORE_REST, REST_S = 3, 30.0
RETRY_SHARE, RETRIES_SAVED = 0.1, 10.0
"""One try in ten may be a repetition, and ten may be saved up: a service in trouble is not asked twice as often."""
_WORTH_REPEATING: frozenset[Reason] = frozenset(("rate_limited", "server_error", "unreachable"))
_RESTING_FOR: frozenset[Reason] = frozenset(("rate_limited", "refused", "server_error", "timeout", "unreachable"))

log = structlog.stdlib.get_logger("tembea.llm")


class RemoteModel:
    """One model of one service. The client is made on the first question, in a thread: its libraries load slowly."""

    is_on = True

    def __init__(
        self,
        connect: Connect,
        *,
        prices: TokenPrices,
        timeout_s: float,
        attempts: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.prices = prices
        self._connect = connect
        self._timeout_s = timeout_s
        self._attempts = attempts
        self._clock = clock
        self._model: Model | None = None
        self._connecting = asyncio.Lock()
        self._retries = RETRIES_SAVED
        self._failures = 0
        self._rests_until = 0.0

    def ceiling(self, prompt: Prompt, shape: type[BaseModel] | None = None) -> Usage:
        """The most that one question can use, all tries together."""
        return prompt.ceiling(shape).times(self._attempts)

    async def text(self, prompt: Prompt) -> Answer[str]:
        """Plain text. Raises `LlmError`."""
        response, usage = await self._repeatedly(lambda model: _request(model, prompt, None), prompt.ceiling())
        return Answer(_text_of(response, usage), usage)

    async def structured(self, prompt: Prompt, shape: type[Shape]) -> Answer[Shape]:
        """An object of the shape, checked. Raises `LlmError`."""
        ceiling = prompt.ceiling(shape)
        response, usage = await self._repeatedly(lambda model: _request(model, prompt, shape), ceiling)
        try:
            return Answer(shape.model_validate_json(_text_of(response, usage)), usage)
        except ValidationError as error:
            raise LlmError("wrong_shape", usage) from error

    async def stream(self, prompt: Prompt) -> AsyncGenerator[str | Usage]:
        """Text in pieces, and what it used. Nothing is repeated once somebody may have seen the first piece."""
        ceiling = prompt.ceiling()
        model = await self._ready()
        until = self._clock() + self._timeout_s
        async with aclosing(_stream(model, prompt)) as pieces:
            while True:
                try:
                    # Only the wait for the next piece is bounded: a scope around a `yield` would cut off its reader.
                    async with asyncio.timeout(max(0.0, until - self._clock())):
                        piece = await anext(pieces)
                except StopAsyncIteration:
                    break
                except Exception as error:  # the edge, as below
                    raise self._failed(error, ceiling) from error
                yield piece if isinstance(piece, str) else _used(piece, ceiling)
        self._succeeded()

    async def _repeatedly(
        self, ask: "Callable[[Model], Awaitable[ModelResponse]]", ceiling: Usage
    ) -> "tuple[ModelResponse, Usage]":
        model = await self._ready()
        charged, attempt, until = Usage(), 1, self._clock() + self._timeout_s
        self._retries = min(RETRIES_SAVED, self._retries + RETRY_SHARE)
        while True:
            try:
                async with asyncio.timeout(max(0.0, until - self._clock())):
                    response = await ask(model)
            except Exception as error:  # the edge: whatever a library makes of a service's answer
                failed = self._failed(error, ceiling)
                charged += failed.usage
                wait_s = _wait_s(error, attempt)
                if not self._may_repeat(failed.reason, attempt, until - wait_s):
                    raise LlmError(failed.reason, charged) from error
                await asyncio.sleep(wait_s)
                attempt += 1
            else:
                self._succeeded()
                return response, charged + _used(response.usage, ceiling)

    def _may_repeat(self, reason: Reason, attempt: int, until: float) -> bool:
        if reason not in _WORTH_REPEATING or attempt >= self._attempts or self._clock() >= until or self._retries < 1:
            return False
        self._retries -= 1
        return True

    async def _ready(self) -> "Model":
        if self._clock() < self._rests_until:
            raise LlmError("resting")
        async with self._connecting:
            if self._model is None:
                try:
                    self._model = await asyncio.to_thread(self._connect)
                except Exception as error:
                    raise self._failed(error, Usage()) from error
            return self._model

    def _succeeded(self) -> None:
        self._failures = 0

    def _failed(self, error: Exception, ceiling: Usage) -> LlmError:
        if isinstance(error, LlmError):
            return error
        reason, charged = _reason(error)
        if reason in _RESTING_FOR:
            self._failures += 1
            if self._failures >= FAILURES_BEFORE_REST:
                self._rests_until, self._failures = self._clock() + REST_S, 0
        # The library's own words may hold what was asked: only its kind is logged.
        log.warning("llm_failed", reason=reason, error=type(error).__name__)
        return LlmError(reason, ceiling if charged else Usage())


def _reason(error: Exception) -> tuple[Reason, bool]:
    """Why there is no answer, and whether it may have been charged: not where the status is an error's."""
    from pydantic_ai.exceptions import ModelConnectionError, ModelHTTPError, ModelTimeoutError

    if isinstance(error, TimeoutError | ModelTimeoutError):
        return "timeout", True
    if isinstance(error, ModelHTTPError):
        if error.status_code == 429:
            return "rate_limited", False
        return ("server_error" if error.status_code >= 500 else "refused"), False
    if isinstance(error, ModelConnectionError | OSError):
        return "unreachable", False
    if type(error).__module__.startswith("google.auth"):
        return "refused", False
    return "wrong_shape", True


def _wait_s(error: Exception, attempt: int) -> float:
    """As long as the service says, else longer each time, and never the same for all who wait."""
    said = getattr(error, "retry_after", None)
    seconds = float(said) if isinstance(said, int | float) else FIRST_WAIT_S * 2**attempt * random.uniform(0.5, 1.5)  # noqa: S311 - no secret
    return min(LONGEST_WAIT_S, max(0.0, seconds))


def _text_of(response: "ModelResponse", usage: Usage) -> str:
    if response.text is None:
        raise LlmError("wrong_shape", usage)
    return response.text


def _used(usage: "RequestUsage", ceiling: Usage) -> Usage:
    """What the service says; one that says nothing has used the most there is."""
    return Usage(usage.input_tokens or ceiling.input_tokens, usage.output_tokens or ceiling.output_tokens)


async def _request(model: "Model", prompt: Prompt, shape: type[BaseModel] | None) -> "ModelResponse":
    from pydantic_ai.direct import model_request

    return await model_request(
        model, [_message(prompt)], model_settings=_settings(prompt), model_request_parameters=_parameters(shape)
    )


async def _stream(model: "Model", prompt: Prompt) -> "AsyncGenerator[str | RequestUsage]":
    from pydantic_ai.direct import model_request_stream
    from pydantic_ai.messages import PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta

    async with model_request_stream(model, [_message(prompt)], model_settings=_settings(prompt)) as answer:
        async for event in answer:
            if isinstance(event, PartStartEvent) and isinstance(event.part, TextPart) and event.part.content:
                yield event.part.content
            elif isinstance(event, PartDeltaEvent) and isinstance(event.delta, TextPartDelta):
                yield event.delta.content_delta
        yield answer.usage


def _message(prompt: Prompt) -> "ModelRequest":
    from pydantic_ai.messages import ModelRequest, SystemPromptPart, UserPromptPart

    return ModelRequest(parts=[SystemPromptPart(prompt.instructions), UserPromptPart(prompt.text)])


def _settings(prompt: Prompt) -> "ModelSettings":
    from pydantic_ai.settings import ModelSettings

    return ModelSettings(max_tokens=prompt.max_output_tokens, temperature=0.0)


def _parameters(shape: type[BaseModel] | None) -> "ModelRequestParameters | None":
    if shape is None:
        return None
    from pydantic_ai.models import ModelRequestParameters
    from pydantic_ai.output import OutputObjectDefinition

    form = OutputObjectDefinition(json_schema=shape.model_json_schema(), name=shape.__name__)
    return ModelRequestParameters(output_mode="native", output_object=form, allow_text_output=True)
