"""Conversations in SQL."""

from dataclasses import asdict
from uuid import UUID

from psycopg.types.json import Jsonb

from tembea.helpdesk.model import Answer
from tembea.kernel.db import Tx
from tembea.kernel.errors import NotFound
from tembea.kernel.ids import new_id


async def begin_conversation(tx: Tx, user_id: UUID) -> UUID:
    """A new conversation of a person."""
    conversation_id = new_id()
    await tx.execute(
        "insert into helpdesk_conversations (tenant_id, id, user_id) values (%s, %s, %s)",
        [tx.ctx.tenant_uuid, conversation_id, user_id],
    )
    return conversation_id


async def continue_conversation(tx: Tx, conversation_id: UUID, user_id: UUID) -> None:
    """Mark a conversation as used now, and hold it; raises `NotFound` where the person has none of this id."""
    found = await tx.execute(
        "update helpdesk_conversations set updated_at = now() where tenant_id = %s and id = %s and user_id = %s",
        [tx.ctx.tenant_uuid, conversation_id, user_id],
    )
    if not found:
        raise NotFound


async def add_exchange(tx: Tx, conversation_id: UUID, question: str, answer: Answer) -> None:
    """Keep what was asked and answered, with the passages as they were."""
    citations = [{**asdict(citation), "document_id": str(citation.document_id)} for citation in answer.citations]
    await tx.execute(
        """
        insert into helpdesk_exchanges
          (tenant_id, id, conversation_id, question, answer, citations, abstained, confidence)
        values (%s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            tx.ctx.tenant_uuid,
            new_id(),
            conversation_id,
            question,
            answer.text,
            Jsonb(citations),
            answer.abstained,
            answer.confidence,
        ],
    )


async def forget_exchanges(tx: Tx, conversation_id: UUID, keep: int) -> None:
    """Drop all but the newest exchanges of a conversation."""
    await tx.execute(
        """
        delete from helpdesk_exchanges where tenant_id = %(tenant_id)s and id in (
          select id from helpdesk_exchanges where tenant_id = %(tenant_id)s and conversation_id = %(conversation_id)s
          order by id desc offset %(keep)s)
        """,
        {"tenant_id": tx.ctx.tenant_uuid, "conversation_id": conversation_id, "keep": keep},
    )


async def forget_conversations(tx: Tx, user_id: UUID, keep: int) -> None:
    """Drop all but a person's newest conversations, with what was said in them."""
    await tx.execute(
        """
        delete from helpdesk_conversations where tenant_id = %(tenant_id)s and id in (
          select id from helpdesk_conversations where tenant_id = %(tenant_id)s and user_id = %(user_id)s
          order by updated_at desc, id desc offset %(keep)s)
        """,
        {"tenant_id": tx.ctx.tenant_uuid, "user_id": user_id, "keep": keep},
    )
