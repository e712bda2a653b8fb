"""One turn of a conversation with the helpdesk."""

from uuid import UUID

from tembea.helpdesk import store
from tembea.helpdesk.agent import get_helpdesk_agent
from tembea.helpdesk.model import Answer
from tembea.kernel.context import Context
from tembea.kernel.db import Tx
from tembea.kernel.errors import Forbidden
from tembea.tenants import get_tenant

MAX_EXCHANGES = 100
"""In one conversation; the oldest go."""

MAX_CONVERSATIONS = 200
"""Of one person; those that were used longest ago go."""


async def chat(tx: Tx, message: str, conversation_id: UUID | None) -> tuple[UUID, Answer]:
    """Answer a message and keep both, in the conversation given or a new one.

    Raises `NotFound` for a conversation that is not the asker's own.
    """
    user_id = _person(tx.ctx)
    if conversation_id is None:
        conversation_id = await store.begin_conversation(tx, user_id)
        await store.forget_conversations(tx, user_id, MAX_CONVERSATIONS)
    else:
        await store.continue_conversation(tx, conversation_id, user_id)
    answer = await get_helpdesk_agent(await get_tenant(tx)).answer(tx, message)
    await store.add_exchange(tx, conversation_id, message, answer)
    await store.forget_exchanges(tx, conversation_id, MAX_EXCHANGES)
    return conversation_id, answer


def _person(ctx: Context) -> UUID:
    if ctx.actor_id is None:
        raise Forbidden("A conversation belongs to a person. Sign in to ask the helpdesk.")
    return ctx.actor_id
