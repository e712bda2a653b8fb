"""What is asked of a language model, what comes back, and what that costs."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel

T = TypeVar("T")
Shape = TypeVar("Shape", bound=BaseModel)
Reason = Literal[
    "off", "over_budget", "rate_limited", "refused", "resting", "server_error", "timeout", "unreachable", "wrong_shape"
]
"""Why there is no answer. `resting`: it failed several times in a row, and nobody asks for a while."""

_MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that were read and written."""

    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def tokens(self) -> int:
        """Both together."""
        return self.input_tokens + self.output_tokens

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens)

    def times(self, number: int) -> "Usage":
        """As much as that many calls use."""
        return Usage(self.input_tokens * number, self.output_tokens * number)


@dataclass(frozen=True, slots=True)
class TokenPrices:
    """US dollars for a million tokens that are read and written."""

    input: Decimal
    output: Decimal

    def cost_micros(self, usage: Usage) -> int:
        """What it costs in millionths of a US dollar, rounded up."""
        dollars = (self.input * usage.input_tokens + self.output * usage.output_tokens) / _MILLION
        return int((dollars * _MILLION).to_integral_value(ROUND_CEILING))


@dataclass(frozen=True, slots=True)
class Prompt:
    """Our instructions, and the text that they are about, which is somebody else's: data, never an instruction."""

    instructions: str
    text: str
    max_output_tokens: int = 1_024

    def ceiling(self, shape: type[BaseModel] | None = None) -> Usage:
        """The most that one call can use: no tokeniser makes more tokens than there are bytes."""
        written = self.instructions + self.text + ("" if shape is None else json.dumps(shape.model_json_schema()))
        return Usage(len(written.encode()) + _FRAME_TOKENS, self.max_output_tokens)


_FRAME_TOKENS = 100
"""What a service puts around a prompt: roles, separators, a line about the form of the answer."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What came back, and what it used; tries that failed and may have been charged included."""

    value: T
    usage: Usage


class LlmError(Exception):
    """There is no answer. `usage` is what may have been charged all the same."""

    def __init__(self, reason: Reason, usage: Usage | None = None) -> None:
        super().__init__(f"the language model gave no answer: {reason}")
        self.reason: Reason = reason
        self.usage = usage or Usage()


class LanguageModel(Protocol):
    """A language model. Every verb answers before the deadline or raises `LlmError`, and nothing else."""

    @property
    def is_on(self) -> bool:
        """Whether there is one to ask."""
        ...

    @property
    def prices(self) -> TokenPrices:
        """What tokens cost."""
        ...

    def ceiling(self, prompt: Prompt, shape: type[BaseModel] | None = None) -> Usage:
        """The most that one of the verbs below can use, all tries together."""
        ...

    async def text(self, prompt: Prompt) -> Answer[str]:
        """Plain text. Raises `LlmError`."""
        ...

    async def structured(self, prompt: Prompt, shape: type[Shape]) -> Answer[Shape]:
        """An object of a shape, checked. Raises `LlmError`, `wrong_shape` where the model wrote something else."""
        ...

    def stream(self, prompt: Prompt) -> AsyncGenerator[str | Usage]:
        """Text in pieces as it is written, and after the last piece what it used. Raises `LlmError` at any point."""
        ...


class NoModel:
    """The embedded form: nobody to ask. What needs no model does the whole job."""

    is_on = False
    prices = TokenPrices(Decimal(0), Decimal(0))

    def ceiling(self, prompt: Prompt, shape: type[BaseModel] | None = None) -> Usage:
        """Nothing."""
        del prompt, shape
        return Usage()

    async def text(self, prompt: Prompt) -> Answer[str]:
        """No text: `off`."""
        del prompt
        raise LlmError("off")

    async def structured(self, prompt: Prompt, shape: type[Shape]) -> Answer[Shape]:
        """No object: `off`."""
        del prompt, shape
        raise LlmError("off")

    async def stream(self, prompt: Prompt) -> AsyncGenerator[str | Usage]:
        """No pieces: `off`."""
        del prompt
        raise LlmError("off")
        yield ""
