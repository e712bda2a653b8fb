"""Asking for a second reading and taking it in. No transaction is open while the model is asked."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import structlog

from tembea.inbox.reading import ReadMessage
from tembea.inbox.second_reading.asking import Findings, Words, question
from tembea.inbox.second_reading.combining import combined
from tembea.inbox.second_reading.weighing import weigh
from tembea.inbox.understand import TenantProfile, Understanding
from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.providers.llm import LanguageModel, LlmError
from tembea.quotes.trip import Kind
from tembea.tenants import Tenant, ask_model

MESSAGES_MAX = 3
"""Of one enquiry's unread messages read twice: a long thread that came in at once is not asked about for minutes."""

log = structlog.stdlib.get_logger("tembea.inbox")


async def read_again(
    ctx: Context,
    db: Db,
    llm: LanguageModel,
    tenant: Tenant,
    profile: TenantProfile,
    messages: Sequence[ReadMessage],
) -> list[ReadMessage]:
    """The messages with what a second reading adds and doubts; as they were where there is none."""
    if not llm.is_on:
        return list(messages)
    first = [await _again(ctx, db, llm, tenant, profile, message) for message in messages[:MESSAGES_MAX]]
    return [*first, *messages[MESSAGES_MAX:]]


async def read_words_again(
    ctx: Context, db: Db, llm: LanguageModel, tenant: Tenant, profile: TenantProfile, words: Words, first: Understanding
) -> tuple[Understanding, tuple[str, ...]] | None:
    """The first reading with what a second one adds, and what that doubts; None where there is no second."""
    kind = first.trip_request.kind
    if not llm.is_on or not (kind.is_from_a_customer or kind is Kind.OTHER):
        return None
    try:
        answer = await ask_model(ctx, db, llm, tenant, question(words, profile), Findings)
    except LlmError as error:
        log.info("second_reading_missing", reason=error.reason)
        return None
    second = await asyncio.to_thread(weigh, answer.value.findings, words, profile)
    if not kind.is_from_a_customer:
        # What the rules take for no customer's mail stays empty; a person hears that the model sees it otherwise.
        second = replace(second, evidence={name: e for name, e in second.evidence.items() if name == "kind"})
    return combined(first, second)


async def _again(
    ctx: Context, db: Db, llm: LanguageModel, tenant: Tenant, profile: TenantProfile, message: ReadMessage
) -> ReadMessage:
    if message.automatic:
        return message
    words = Words(message.subject, message.text, message.received_at)
    first = Understanding(message.trip, message.evidence, message.language, (), message.confidence)
    read = await read_words_again(ctx, db, llm, tenant, profile, words, first)
    if read is None:
        return message
    both, doubts = read
    return replace(
        message,
        trip=both.trip_request,
        evidence=both.evidence,
        confidence=both.confidence,
        doubts=doubts,
        by_rules=message,
    )
