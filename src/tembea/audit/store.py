"""Writes the audit trail."""

from collections.abc import Mapping

from psycopg.types.json import Jsonb

from tembea.kernel.context import PLATFORM_TENANT_ID
from tembea.kernel.db import Tx
from tembea.kernel.ids import new_id


async def record(
    tx: Tx,
    action: str,
    *,
    subject_kind: str,
    subject_id: str,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Note a change in the transaction that makes it. `action` is a verb of the trade, such as "quote.sent".

    What an operator does outside of any agency is noted under the platform's own tenant.
    """
    await tx.execute(
        """
        insert into audit_entries
          (tenant_id, id, actor_id, actor_name, action, subject_kind, subject_id, before, after, request_id)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            PLATFORM_TENANT_ID if tx.ctx.is_platform else tx.ctx.tenant_uuid,
            new_id(),
            tx.ctx.actor_id,
            tx.ctx.actor_name,
            action,
            subject_kind,
            subject_id,
            None if before is None else Jsonb(dict(before)),
            None if after is None else Jsonb(dict(after)),
            tx.ctx.request_id,
        ],
    )
