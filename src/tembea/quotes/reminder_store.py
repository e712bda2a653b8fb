"""The questions asked of quotes that nobody has answered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tembea.kernel.db import Read, Tx

REMINDED_MAX = 200
"""Quotes that one round looks at; the others wait for the next."""


@dataclass(frozen=True, slots=True)
class Silent:
    """A quote without an answer, and the mail that brought it."""

    quote_id: UUID
    message_id: str | None
    subject: str | None


async def list_silent(read: Read, *, before: datetime, times: int) -> list[Silent]:
    """Quotes that were sent, and last reminded of, before this moment, and of which nothing has been heard since."""
    return await read.list(
        Silent,
        _SILENT + " order by q.sent_at, q.id limit %(limit)s",
        {
            "tenant_id": read.ctx.tenant_uuid,
            "before": before,
            "times": times,
            "limit": REMINDED_MAX,
            "quote_id": None,
        },
    )


async def find_silent(tx: Tx, quote_id: UUID, *, before: datetime, times: int) -> Silent | None:
    """The same of one quote, whose row is locked by now."""
    values = {"tenant_id": tx.ctx.tenant_uuid, "before": before, "times": times, "quote_id": quote_id}
    return await tx.find(Silent, _SILENT, values)


# A customer who wrote in the quote's conversation after it was sent has answered, whatever they said.
_SILENT = """
  select q.id as quote_id, m.message_id, m.subject
  from quotes q
  left join lateral (
    select o.message_id, o.subject from outgoing_mails o
    where o.tenant_id = q.tenant_id and o.quote_id = q.id and o.kind = 'quote' and o.status = 'sent'
    order by o.sent_at desc limit 1) m on true
  where q.tenant_id = %(tenant_id)s and (%(quote_id)s::uuid is null or q.id = %(quote_id)s::uuid)
    and q.status in ('sent', 'viewed') and q.customer_email is not null
    and q.valid_until >= current_date and q.reminders < %(times)s
    and greatest(q.sent_at, q.reminded_at) < %(before)s
    and not exists (select from inbound_messages i
                    where i.tenant_id = q.tenant_id and i.enquiry_id = q.enquiry_id and i.received_at > q.sent_at)
    and not exists (select from enquiries e
                    where e.tenant_id = q.tenant_id and e.quote_id = q.id and e.received_at > q.sent_at)
    and not exists (select from quotes later
                    where later.tenant_id = q.tenant_id and later.number = q.number and later.version > q.version
                      and later.status <> 'cancelled')
"""


async def mark_reminded(tx: Tx, quote_id: UUID) -> None:
    """Note that the customer was reminded."""
    await tx.execute(
        "update quotes set reminders = reminders + 1, reminded_at = now() where tenant_id = %s and id = %s",
        [tx.ctx.tenant_uuid, quote_id],
    )
