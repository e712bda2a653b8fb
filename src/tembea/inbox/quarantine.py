"""Mail for nobody we know: kept within bounds, looked at by operators, given to an agency or thrown away."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from tembea import audit
from tembea.inbox import quarantine_store as store
from tembea.inbox.model import QuarantinedMail, QuarantinedNotFound, QuarantineFilter, Receipt
from tembea.inbox.service import prepare_arrival, store_arrival
from tembea.kernel.context import Context
from tembea.kernel.db import Db, Read, Tx, handed_over
from tembea.tenants import TenantKey

T = TypeVar("T")


async def list_quarantined(
    read: Read, wanted: QuarantineFilter, before: tuple[datetime, UUID] | None, limit: int
) -> list[QuarantinedMail]:
    """Mail for nobody, newest first, after the keyset `before`. Needs the operator's context, as all verbs here."""
    return await store.list_quarantined(read, wanted, before, limit)


async def get_quarantined(read: Read, mail_id: UUID) -> QuarantinedMail:
    """One message without its bytes; raises `QuarantinedNotFound`."""
    return _found(await store.find_quarantined(read, mail_id), mail_id)


async def get_quarantined_raw(read: Read, mail_id: UUID) -> bytes:
    """The message byte for byte; raises `QuarantinedNotFound`."""
    return _found(await store.find_quarantined_raw(read, mail_id), mail_id)


async def assign_quarantined(db: Db, ctx: Context, mail_id: UUID, tenant: TenantKey) -> Receipt:
    """Give a message to an agency, where it is then read as if it had just come. Raises `QuarantinedNotFound`.

    It leaves the quarantine and enters the agency in one transaction: killed at whatever moment, it stands in one of
    them, and never in two agencies.
    """
    async with db.read(ctx) as read:
        mail = await get_quarantined(read, mail_id)
        raw = await get_quarantined_raw(read, mail_id)
    arrival = await asyncio.to_thread(prepare_arrival, raw, mail.recipient, mail.envelope_from, mail.source)
    async with db.tx(ctx) as tx:
        await _lock(tx, mail_id)
        async with handed_over(tx, ctx.acting_for(tenant.tenant_id, tenant.tenant)) as own:
            receipt = await store_arrival(own, arrival)
        await _remove(tx, mail, "quarantine.assigned", {"tenant": tenant.tenant, "outcome": receipt.outcome.value})
    return receipt


async def discard_quarantined(tx: Tx, mail_id: UUID) -> None:
    """Throw a message away; the audit keeps whose it seemed to be. Raises `QuarantinedNotFound`."""
    await _remove(tx, await _lock(tx, mail_id), "quarantine.discarded", None)


async def _lock(tx: Tx, mail_id: UUID) -> QuarantinedMail:
    return _found(await store.lock_quarantined(tx, mail_id), mail_id)


async def _remove(tx: Tx, mail: QuarantinedMail, action: str, after: Mapping[str, object] | None) -> None:
    before = {"recipient": mail.recipient, "reason": mail.reason, "received_at": mail.received_at.isoformat()}
    await store.delete_quarantined(tx, mail.id)
    await audit.record(tx, action, subject_kind="quarantined", subject_id=str(mail.id), before=before, after=after)


def _found(found: T | None, mail_id: UUID) -> T:
    if found is None:
        raise QuarantinedNotFound(
            f"There is no message {mail_id} in the quarantine. It may have been assigned or discarded."
        )
    return found
