"""Asking a language model for an agency, within what the agency may spend on it today."""

import time
from dataclasses import dataclass

from prometheus_client import Counter, Histogram

from tembea.kernel.context import Context
from tembea.kernel.db import Db, Read
from tembea.providers.llm import Answer, LanguageModel, LlmError, Prompt, Shape, TokenPrices, Usage
from tembea.tenants import llm_store
from tembea.tenants.llm_store import Spend
from tembea.tenants.model import Tenant, local_today

MICROS_PER_CENT = 10_000
QUESTIONS = Counter("tembea_llm_questions", "Questions to the language model by how they ended", ["outcome"])
TOKENS = Counter("tembea_llm_tokens", "Tokens that questions to the language model used", ["direction"])
COST = Counter("tembea_llm_cost_micros", "What questions to the language model cost, in millionths of a US dollar")
SECONDS = Histogram(
    "tembea_llm_seconds", "How long questions to the language model took", buckets=(0.25, 0.5, 1, 2, 4, 8, 16, 32)
)


@dataclass(frozen=True, slots=True)
class DailyLimit:
    """How much of a daily budget of the language model is used, by its name in the limits."""

    name: str
    limit: int
    used: int


async def ask_model(
    ctx: Context, db: Db, llm: LanguageModel, tenant: Tenant, prompt: Prompt, shape: type[Shape]
) -> Answer[Shape]:
    """An object of the shape. Raises `LlmError`, `over_budget` where the day's budget is too small for the question.

    The most that the question can use is reserved before it and settled after it, each in a transaction of its own. A
    question that is cut off stays counted as if it had used all of that.
    """
    day, most = local_today(tenant), _spend(llm.prices, llm.ceiling(prompt, shape))
    async with db.tx(ctx) as tx:
        reserved = await llm_store.reserve(tx, day, most, _limit(tenant))
    if not reserved:
        QUESTIONS.labels("over_budget").inc()
        raise LlmError("over_budget")
    begun = time.monotonic()
    try:
        outcome = await llm.structured(prompt, shape)
    except LlmError as error:
        outcome = error
    spent = _spend(llm.prices, outcome.usage)
    _count(outcome, spent, time.monotonic() - begun)
    async with db.tx(ctx) as tx:
        await llm_store.settle(tx, day, most, spent)
    if isinstance(outcome, LlmError):
        raise outcome
    return outcome


async def model_usage(read: Read, tenant: Tenant) -> tuple[DailyLimit, DailyLimit]:
    """How the agency's daily budgets stand; what is under way counts with the most it can use."""
    spent, limits = await llm_store.spent_on(read, local_today(tenant)), tenant.config.limits
    cents = -(-spent.cost_micros // MICROS_PER_CENT)
    return (
        DailyLimit("daily_llm_tokens", limits.daily_llm_tokens, spent.tokens),
        DailyLimit("daily_llm_cost_cents", limits.daily_llm_cost_cents, cents),
    )


def _limit(tenant: Tenant) -> Spend:
    limits = tenant.config.limits
    return Spend(limits.daily_llm_tokens, limits.daily_llm_cost_cents * MICROS_PER_CENT)


def _spend(prices: TokenPrices, usage: Usage) -> Spend:
    return Spend(usage.tokens, prices.cost_micros(usage))


def _count(outcome: Answer[Shape] | LlmError, spent: Spend, seconds: float) -> None:
    QUESTIONS.labels(outcome.reason if isinstance(outcome, LlmError) else "answered").inc()
    TOKENS.labels("read").inc(outcome.usage.input_tokens)
    TOKENS.labels("written").inc(outcome.usage.output_tokens)
    COST.inc(spent.cost_micros)
    SECONDS.observe(seconds)
