"""The IMAP door: mail is looked for in mailboxes, and stored before it is marked there.

How far a mailbox was read stands in the database, by UID: whoever reads it by hand hides nothing from us. A look that
breaks off is repeated from where it was, and what was stored already is known by its Message-ID. One worker looks at a
time. In a mailbox that was never read before, only what came lately and nobody has read is taken: nobody wants quotes
for last year's mail.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
import structlog
from prometheus_client import Counter, Gauge

from tembea.inbox import mailbox_store as store
from tembea.inbox.headers import one_line, read_headers, read_return_path, written_recipients
from tembea.inbox.mailbox_store import Position
from tembea.inbox.model import MAX_MESSAGE_BYTES, QuarantineLimits
from tembea.inbox.service import is_known_recipient, receive_for_all
from tembea.kernel.context import platform_context
from tembea.kernel.db import Db
from tembea.kernel.errors import AppError
from tembea.providers.mailbox import Mailbox, MailboxError, MailboxSession

LEASE_S = 90.0
"""Longer than one message can take; whoever dies in between is followed by another after as long."""

FIRST_LOOK_BACK = timedelta(days=7)
LOOK_BACK_AGAIN = timedelta(days=2)
"""How far back a mailbox is read whose UIDs mean something else now: from before it was last read, to the day."""

LOOKS = Counter("tembea_imap_looks", "Looks into mailboxes by how they ended", ["outcome"])
MESSAGES = Counter("tembea_imap_messages", "Messages found in mailboxes by what became of them", ["outcome"])
FAILING = Gauge("tembea_imap_failing", "1 for a mailbox that could not be read the last time", ["mailbox"])
log = structlog.stdlib.get_logger("tembea.imap")


@dataclass(frozen=True, slots=True)
class MailboxDoor:
    """What every look needs; `max_message_bytes` is the biggest message that is taken."""

    db: Db
    inbound_domain: str
    quarantine: QuarantineLimits
    max_message_bytes: int = MAX_MESSAGE_BYTES


async def keep_reading(door: MailboxDoor, mailboxes: Sequence[Mailbox], *, every_s: float) -> None:
    """Look into each mailbox again and again, until cancelled. One that fails holds up no other."""
    await asyncio.gather(*(_keep_reading(door, mailbox, every_s) for mailbox in mailboxes))


async def _keep_reading(door: MailboxDoor, mailbox: Mailbox, every_s: float) -> None:
    while True:
        await look_into(door, mailbox)
        await asyncio.sleep(every_s)


async def look_into(door: MailboxDoor, mailbox: Mailbox) -> bool:
    """Store what is new in one mailbox; false where that failed, and the next look goes on from there."""
    try:
        async with door.db.tx(platform_context()) as tx:
            position = await store.take_lease(tx, mailbox.name, LEASE_S)
        if position is None:
            return True
        error = await _look(door, mailbox, position)
        async with door.db.tx(platform_context()) as tx:
            await store.end_lease(tx, mailbox.name, error)
    except (AppError, psycopg.Error):
        log.warning("mailbox_not_read", mailbox=mailbox.name, exc_info=True)
        error = "the database does not answer"
    LOOKS.labels("failed" if error else "read").inc()
    FAILING.labels(mailbox.name).set(1 if error else 0)
    return error is None


async def _look(door: MailboxDoor, mailbox: Mailbox, position: Position) -> str | None:
    """What kept the mailbox from being read, or None."""
    try:
        session = await asyncio.to_thread(MailboxSession.open, mailbox)
        try:
            await _read_new(door, mailbox, session, position)
            await asyncio.to_thread(session.close)
        finally:
            session.abort()
    except (MailboxError, AppError, psycopg.Error) as error:
        log.warning("mailbox_not_read", mailbox=mailbox.name, error=str(error))
        return one_line(str(error), 300)
    except Exception as error:  # a message that we cannot store keeps its place, and the others of other mailboxes
        log.exception("mailbox_failed", mailbox=mailbox.name)
        return type(error).__name__
    return None


async def _read_new(door: MailboxDoor, mailbox: Mailbox, session: MailboxSession, position: Position) -> None:
    if position.uid_validity == session.uid_validity:
        for uid in await asyncio.to_thread(session.list_from, position.next_uid):
            await _take(door, mailbox, session, uid)
            async with door.db.tx(platform_context()) as tx:
                await store.save_position(tx, mailbox.name, session.uid_validity, uid + 1)
            await _mark(session.mark_read, uid)
        return
    # Where to go on from is known only at the end: a look that breaks off begins anew, and doubles nothing.
    found = await asyncio.to_thread(_look_back, session, position)
    for uid in found:
        await _take(door, mailbox, session, uid)
        await _mark(session.mark_read, uid)
    next_uid = session.uid_next or max(found, default=0) + 1
    async with door.db.tx(platform_context()) as tx:
        await store.save_position(tx, mailbox.name, session.uid_validity, next_uid)


def _look_back(session: MailboxSession, position: Position) -> list[int]:
    if position.read_at is None or position.uid_validity is None:
        return session.list_since((datetime.now(UTC) - FIRST_LOOK_BACK).date(), unread=True)
    return session.list_since((position.read_at - LOOK_BACK_AGAIN).date(), unread=False)


async def _take(door: MailboxDoor, mailbox: Mailbox, session: MailboxSession, uid: int) -> None:
    """Store one message; one that is too big stays, marked for a person, and is counted."""
    async with door.db.tx(platform_context()) as tx:
        await store.keep_lease(tx, mailbox.name, LEASE_S)
    size = await asyncio.to_thread(session.size_of, uid)
    if size is not None and size > door.max_message_bytes:
        await _leave(mailbox, session, uid, size)
        return
    raw = None if size is None else await asyncio.to_thread(session.read, uid)
    if raw is None:
        return
    sender = await asyncio.to_thread(_envelope_from, raw)
    receipts = await receive_for_all(
        door.db,
        raw=raw,
        recipients=await _recipients(door, mailbox, raw),
        envelope_from=sender,
        source="imap",
        inbound_domain=door.inbound_domain,
        quarantine=door.quarantine,
    )
    for receipt in receipts:
        MESSAGES.labels(receipt.outcome.value).inc()


async def _leave(mailbox: Mailbox, session: MailboxSession, uid: int, size: int) -> None:
    await _mark(session.mark_for_a_person, uid)
    MESSAGES.labels("too_large").inc()
    log.warning("mailbox_message_too_large", mailbox=mailbox.name, uid=uid, size_bytes=size)


async def _mark(marking: Callable[[int], None], uid: int) -> None:
    try:
        await asyncio.to_thread(marking, uid)
    except MailboxError:  # a mailbox that only lets us read; the position says what was taken
        log.info("mailbox_not_marked", exc_info=True)


def _envelope_from(raw: bytes) -> str:
    """Who sent it, as the mail server noted; the writer where it did not. Empty for bounces."""
    noted = read_return_path(raw)
    return noted if noted is not None else read_headers(raw, envelope_from="-").from_address or "-"


async def _recipients(door: MailboxDoor, mailbox: Mailbox, raw: bytes) -> list[str]:
    """For whom a message is: what the delivering server noted first, then whom its writer named.

    The envelope is gone, so unlike at the other doors the message itself has a say. Whoever forges it reaches nobody
    whom a mail would not reach. A message for nobody goes to the quarantine under the first of these names.
    """
    if mailbox.tenant is not None:
        return [f"quotes+{mailbox.tenant}@{door.inbound_domain}"]
    groups = await asyncio.to_thread(written_recipients, raw)
    for group in groups:
        known = [name for name in group if await is_known_recipient(door.db, name, door.inbound_domain)]
        if known:
            return known
    return [next((name for group in groups for name in group), mailbox.username)]
