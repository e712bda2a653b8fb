"""The questions asked of a quote's cover text."""

from datetime import datetime
from uuid import UUID

from tembea.kernel.db import Tx
from tembea.kernel.events import publish
from tembea.quotes.model import COVER_ASKING, COVER_WRITTEN


async def mark_asked(tx: Tx, quote_id: UUID, at: datetime) -> None:
    """A model is asked from now on."""
    await tx.execute(
        "update quotes set cover_outcome = %s, cover_asked_at = %s where tenant_id = %s and id = %s",
        [COVER_ASKING, at, tx.ctx.tenant_uuid, quote_id],
    )


async def keep_cover(tx: Tx, quote_id: UUID, *, draft: str, text: str) -> None:
    """The model's words, with their placeholders and as the customer reads them."""
    await tx.execute(
        """
        update quotes
        set cover_outcome = %s, cover_draft = %s, cover_text = %s, updated_at = clock_timestamp()
        where tenant_id = %s and id = %s and status = 'draft'
        """,
        [COVER_WRITTEN, draft, text, tx.ctx.tenant_uuid, quote_id],
    )
    publish(tx, "quote.changed", quote_id=str(quote_id))


async def note_refusal(tx: Tx, quote_id: UUID, reason: str) -> None:
    """Why the model's words are not there: the catalogue's stay."""
    await tx.execute(
        "update quotes set cover_outcome = %s where tenant_id = %s and id = %s",
        [reason, tx.ctx.tenant_uuid, quote_id],
    )
    publish(tx, "quote.changed", quote_id=str(quote_id))
