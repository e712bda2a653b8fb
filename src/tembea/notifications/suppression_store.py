"""The questions asked of `mail_suppressions`."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from tembea.kernel.db import Read, Tx
from tembea.notifications.model import Suppression

_SUPPRESSION: LiteralString = """
  select id, address::text as address, reason, evidence, created_by, created_at
  from mail_suppressions where tenant_id = %(tenant_id)s
"""


async def add_suppression(tx: Tx, suppression: Suppression) -> bool:
    """Keep an address from being written to; false where it stands on the list already, with its first reason."""
    added = await tx.execute(
        """
        insert into mail_suppressions (tenant_id, id, address, reason, evidence, created_by, created_at)
        values (%s, %s, %s, %s, %s, %s, %s)
        on conflict (tenant_id, address) do nothing
        """,
        [
            tx.ctx.tenant_uuid,
            suppression.id,
            suppression.address,
            suppression.reason,
            suppression.evidence,
            suppression.created_by,
            suppression.created_at,
        ],
    )
    return added > 0


async def find_suppression_of_mail(read: Read, mail_id: UUID) -> Suppression | None:
    """Why a stored mail's recipient is not written to, letter case aside."""
    return await read.find(
        Suppression,
        """
        select s.id, s.address::text as address, s.reason, s.evidence, s.created_by, s.created_at
        from outgoing_mails m join mail_suppressions s on s.tenant_id = m.tenant_id and s.address = m.to_address
        where m.tenant_id = %(tenant_id)s and m.id = %(mail_id)s
        """,
        {"tenant_id": read.ctx.tenant_uuid, "mail_id": mail_id},
    )


async def get_suppression(read: Read, suppression_id: UUID) -> Suppression:
    """One entry of the list; raises `NotFound`."""
    return await read.get(
        Suppression, _SUPPRESSION + " and id = %(id)s", {"tenant_id": read.ctx.tenant_uuid, "id": suppression_id}
    )


async def list_suppressions(
    read: Read, q: str | None, before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Suppression]:
    """The list, newest first; `q` is part of an address."""
    created_at, suppression_id = before or (None, None)
    return await read.list(
        Suppression,
        _SUPPRESSION
        + """
          and (%(q)s::text is null or position(lower(%(q)s) in lower(address::text)) > 0)
          and (%(created_at)s::timestamptz is null or (created_at, id) < (%(created_at)s, %(id)s::uuid))
        order by created_at desc, id desc limit %(limit)s
        """,
        {
            "tenant_id": read.ctx.tenant_uuid,
            "q": q,
            "created_at": created_at,
            "id": suppression_id,
            "limit": limit,
        },
    )


async def delete_suppression(tx: Tx, suppression_id: UUID) -> None:
    """Let an address be written to again."""
    await tx.execute(
        "delete from mail_suppressions where tenant_id = %s and id = %s", [tx.ctx.tenant_uuid, suppression_id]
    )
