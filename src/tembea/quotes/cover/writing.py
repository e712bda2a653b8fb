"""Asking for a cover text and keeping what may be kept. No transaction is open while the model is asked."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from prometheus_client import Counter

from tembea import audit
from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.providers.llm import LanguageModel, LlmError
from tembea.quotes import store as quotes
from tembea.quotes.cover import store
from tembea.quotes.cover.asking import CoverAnswer, paragraphs_of, question
from tembea.quotes.cover.linting import Objection, find_objection
from tembea.quotes.cover.placeholders import cover_values, fill
from tembea.quotes.model import COVER_ASKING, COVER_WRITTEN, Quote, QuoteStatus
from tembea.quotes.words import words_for
from tembea.tenants import Tenant, ask_model

GRACE_S = 5.0
"""Beyond the wait for an answer, until a worker that asked counts as lost and nobody waits for it."""

COVERS = Counter(
    "tembea_quote_covers", "Cover texts that a language model was to write, by what came of it", ["outcome"]
)
log = structlog.stdlib.get_logger("tembea.quotes")


@dataclass(frozen=True, slots=True)
class _Claim:
    """The quote to ask about, marked as asked; without one, whether another worker is at it."""

    quote: Quote | None
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class _Written:
    """What came of asking: the paragraphs, or as the outcome the reason why there are none."""

    outcome: str
    paragraphs: Sequence[str] = ()


def awaits_cover(tenant: Tenant, quote: Quote) -> bool:
    """Whether a model is to write the cover text of this version, or is at it."""
    is_open = quote.status is QuoteStatus.DRAFT and not quote.cover_text and quote.cover_outcome in (None, COVER_ASKING)
    return is_open and tenant.config.quotes.cover_text == "model"


async def write_cover(
    ctx: Context, db: Db, llm: LanguageModel, tenant: Tenant, quote_id: UUID, *, wait_s: float
) -> bool:
    """Have the cover text written, once however often this runs; false while another worker is at it.

    The model has `wait_s` seconds. A worker that was lost while it asked is given up `GRACE_S` later; nobody asks
    again. Raises `NotFound`.
    """
    claim = await _claim(ctx, db, tenant, quote_id, wait_s)
    if claim.quote is None:
        return not claim.is_elsewhere
    written = await _ask(ctx, db, llm, tenant, claim.quote, wait_s)
    await _keep(ctx, db, tenant, quote_id, written)
    return True


async def _claim(ctx: Context, db: Db, tenant: Tenant, quote_id: UUID, wait_s: float) -> _Claim:
    now = datetime.now(UTC)
    async with db.tx(ctx) as tx:
        quote = await quotes.lock_quote(tx, quote_id)
        if not awaits_cover(tenant, quote):
            return _Claim(None)
        if quote.cover_outcome is None:
            await store.mark_asked(tx, quote_id, now)
            return _Claim(quote)
        if quote.cover_asked_at is not None and now < quote.cover_asked_at + timedelta(seconds=wait_s + GRACE_S):
            return _Claim(None, is_elsewhere=True)
        await store.note_refusal(tx, quote_id, "interrupted")
    COVERS.labels("interrupted").inc()
    return _Claim(None)


async def _ask(ctx: Context, db: Db, llm: LanguageModel, tenant: Tenant, quote: Quote, wait_s: float) -> _Written:
    if not llm.is_on:
        return _Written("off")
    values = cover_values(tenant, quote)
    try:
        async with asyncio.timeout(wait_s):
            answer = await ask_model(ctx, db, llm, tenant, question(quote, values), CoverAnswer)
    except LlmError as error:
        return _Written(error.reason)
    except TimeoutError:
        return _Written("timeout")
    paragraphs = paragraphs_of(answer.value)
    language = words_for(quote.language).language
    names = {quote.destination, quote.customer_name, tenant.config.company.name, values.get("consultant", "")}
    names |= {option.hotel_name for option in quote.options}
    objection = find_objection(paragraphs, language=language, placeholders=values, names=names)
    return _Written(COVER_WRITTEN, paragraphs) if objection is None else _Written(objection.value)


async def _keep(ctx: Context, db: Db, tenant: Tenant, quote_id: UUID, written: _Written) -> None:
    """Keep what came of it, unless a person wrote or the quote moved on meanwhile."""
    async with db.tx(ctx) as tx:
        quote = await quotes.lock_quote(tx, quote_id)
        if quote.cover_outcome != COVER_ASKING or not awaits_cover(tenant, quote):
            return
        draft = "\n\n".join(written.paragraphs)
        text, outcome = fill(draft, cover_values(tenant, quote)), written.outcome
        if text:
            await store.keep_cover(tx, quote_id, draft=draft, text=text)
            after = {"written_by": "model"}
            await audit.record(tx, "quote.cover_written", subject_kind="quote", subject_id=str(quote_id), after=after)
        else:
            # A name that the text asks for may have been taken out of the quote while the model wrote.
            outcome = Objection.PLACEHOLDER.value if outcome == COVER_WRITTEN else outcome
            await store.note_refusal(tx, quote_id, outcome)
    COVERS.labels(outcome).inc()
    log.info("cover_text", outcome=outcome, quote_id=str(quote_id))
