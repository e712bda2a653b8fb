"""The questions asked of `quarantined_messages`. All of them need the operator's context."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from tembea.inbox.model import QuarantinedMail, QuarantineFilter, QuarantineLimits
from tembea.inbox.store import Arrival, contains
from tembea.kernel.db import Read, Tx
from tembea.kernel.ids import new_id

# octet_length of a stored-out value is read from its pointer; the bytes themselves are not fetched.
_MAIL: LiteralString = """
  select id, recipient, envelope_from, subject, source, reason, octet_length(raw) as size_bytes, received_at
  from quarantined_messages
"""


async def insert_quarantined(tx: Tx, arrival: Arrival, reason: str) -> bool:
    """Keep a message for nobody; false where it is kept already."""
    stored = await tx.execute(
        """
        insert into quarantined_messages
          (id, dedupe_key, recipient, envelope_from, subject, source, reason, raw, received_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (dedupe_key) do nothing
        """,
        [
            new_id(),
            f"{arrival.recipient}\n{arrival.dedupe_key}",
            arrival.recipient,
            arrival.envelope_from,
            arrival.headers.subject,
            arrival.source,
            reason,
            arrival.raw,
            arrival.received_at,
        ],
    )
    return stored > 0


async def make_room(tx: Tx, limits: QuarantineLimits) -> int:
    """Remove the oldest beyond the bounds, never the newest; how many had to go."""
    return await tx.execute(
        """
        delete from quarantined_messages where id in (
          select id from (
            select id, row_number() over newest as messages, sum(octet_length(raw)) over newest as total_bytes
            from quarantined_messages
            window newest as (order by received_at desc, id desc)
          ) as kept
          where messages > %(max_messages)s or (total_bytes > %(max_bytes)s and messages > 1)
        )
        """,
        {"max_messages": limits.max_messages, "max_bytes": limits.max_total_bytes},
    )


async def list_quarantined(
    read: Read, wanted: QuarantineFilter, before: tuple[datetime, UUID] | None, limit: int
) -> list[QuarantinedMail]:
    """Quarantined messages, newest first, after the keyset `before`."""
    received_at, last_id = before or (None, None)
    return await read.list(
        QuarantinedMail,
        _MAIL
        + """
        where (%(reason)s::text is null or reason = %(reason)s)
          and (%(pattern)s::text is null or recipient ilike %(pattern)s or envelope_from ilike %(pattern)s
               or subject ilike %(pattern)s)
          and (%(received_at)s::timestamptz is null
               or (received_at, id) < (%(received_at)s::timestamptz, %(last_id)s::uuid))
        order by received_at desc, id desc limit %(limit)s
        """,
        {
            "reason": wanted.reason,
            "pattern": contains(wanted.q),
            "received_at": received_at,
            "last_id": last_id,
            "limit": limit,
        },
    )


async def find_quarantined(read: Read, mail_id: UUID) -> QuarantinedMail | None:
    """One quarantined message without its bytes."""
    return await read.find(QuarantinedMail, _MAIL + " where id = %s", [mail_id])


async def find_quarantined_raw(read: Read, mail_id: UUID) -> bytes | None:
    """The bytes of one quarantined message."""
    return await read.value(bytes, "select raw from quarantined_messages where id = %s", [mail_id])


async def lock_quarantined(tx: Tx, mail_id: UUID) -> QuarantinedMail | None:
    """One quarantined message that nobody else assigns or removes until the transaction ends."""
    return await tx.find(QuarantinedMail, _MAIL + " where id = %s for update", [mail_id])


async def delete_quarantined(tx: Tx, mail_id: UUID) -> None:
    """Take a message out of the quarantine."""
    await tx.execute("delete from quarantined_messages where id = %s", [mail_id])
