"""What happens to a tenant, told to whoever looks: live views, caches, other processes.

Owns `tenant_events`. Invariants: an event is written in the transaction that does the thing, so there is never one
without the other; it holds identifiers and states, never personal data; a NOTIFY names tenant, event and kind alone.
Verbs: `publish` inside a transaction; a `Newsroom` brings the news to its subscribers in this process.
"""

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

import psycopg
import structlog

from tembea.kernel.context import anonymous_context
from tembea.kernel.db import DatabaseUnavailable, Db, Published, Read, Tx
from tembea.kernel.listening import listen
from tembea.kernel.snapshots import Cursor, Snapshot

CHANNEL = "tembea_events"
POLL_INTERVAL_S = 1.0
NEWS_LIMIT = 1_000
"""Of news a poll takes; where there is more, everything counts as missed."""

SETTINGS_CHANGED = "settings.changed"

JsonValue = str | int | bool | None
log = structlog.stdlib.get_logger("tembea.events")

_NOTICE = re.compile(r"([0-9a-f-]{36}) (\d{1,18}) ([a-z_]+\.[a-z_]+)")
_NEW_TO = """
    select id, xid::text::bigint as xid, kind, payload, occurred_at from tenant_events
    where tenant_id = %(tenant_id)s and xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
      and not pg_visible_in_snapshot(xid, %(seen)s::pg_snapshot)
      and xid < pg_snapshot_xmax(pg_current_snapshot())
      and (%(within)s::pg_snapshot is null or id > %(last_id)s
           or not pg_visible_in_snapshot(xid, %(within)s::pg_snapshot))
    order by id limit %(limit)s
"""
_PRUNE = """
    delete from tenant_events where tenant_id = %(tenant_id)s and (
      occurred_at < now() - make_interval(secs => %(keep_s)s)
      or id <= (select id from tenant_events where tenant_id = %(tenant_id)s order by id desc
                offset %(keep_events)s limit 1))
"""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `xid` is the transaction that wrote it."""

    id: int
    xid: int
    kind: str
    payload: dict[str, JsonValue]
    occurred_at: datetime


def publish(tx: Tx, kind: str, **payload: JsonValue) -> None:
    """Tell, once `tx` commits, that something happened to its tenant.

    `kind` is what it is about, a dot and what happened ("quote.status"); `payload` holds identifiers and states. The
    very same event twice in one transaction is told once.
    """
    tx.publish(kind, json.dumps(payload, sort_keys=True))


async def read_snapshot(read: Read) -> Snapshot:
    """What this transaction sees."""
    return Snapshot.parse(await read.value(str, "select pg_current_snapshot()::text") or "")


async def list_new(read: Read, cursor: Cursor, *, limit: int) -> list[Event]:
    """The tenant's events that whoever stands at `cursor` has not read, at most `limit`, the oldest first."""
    params = {
        "tenant_id": read.ctx.tenant_uuid,
        "seen": str(cursor.seen),
        "within": str(cursor.within) if cursor.within else None,
        "last_id": cursor.last_id,
        "limit": limit,
    }
    return await read.list(Event, _NEW_TO, params)


async def prune(tx: Tx, *, keep_s: float, keep_events: int) -> int:
    """Forget the tenant's events that are older than `keep_s` or not among the newest `keep_events`; how many."""
    params = {"tenant_id": tx.ctx.tenant_uuid, "keep_s": keep_s, "keep_events": keep_events}
    return await tx.execute(_PRUNE, params)


class Subscriber(Protocol):
    """Somebody in this process who wants the news. None of these may raise."""

    async def told(self, published: Sequence[Published]) -> None:
        """This process committed them a moment ago; whoever asked for it has no answer yet and waits for this."""
        ...

    def heard(self, published: Published) -> None:
        """Some process committed it, perhaps this one. May come twice, and must not wait."""
        ...

    def missed(self) -> None:
        """Some events may have passed unheard."""
        ...


class Newsroom:
    """Brings the news of all processes to the subscribers in this one.

    It listens on `direct_dsn`; where only the address of a pooler may be known (None), it asks every second.
    """

    def __init__(self, db: Db, *, direct_dsn: str | None) -> None:
        self._db = db
        self._direct_dsn = direct_dsn
        self._subscribers: list[Subscriber] = []
        db.announce = self._tell

    def subscribe(self, subscriber: Subscriber) -> None:
        """From now on `subscriber` gets the news."""
        self._subscribers.append(subscriber)

    async def run(self) -> None:
        """Bring the news, until cancelled."""
        if self._direct_dsn is None:
            await self._poll()
        else:
            await listen(self._direct_dsn, {CHANNEL: self._hear}, missed=self._missed)

    async def _tell(self, published: Sequence[Published]) -> None:
        for subscriber in self._subscribers:
            await subscriber.told(published)

    def _hear(self, payload: str) -> None:
        match = _NOTICE.fullmatch(payload)
        if match is None:
            log.warning("event_notice_unreadable")
            return
        self._spread(Published(UUID(match[1]), int(match[2]), match[3]))

    def _spread(self, published: Published) -> None:
        for subscriber in self._subscribers:
            subscriber.heard(published)

    def _missed(self) -> None:
        for subscriber in self._subscribers:
            subscriber.missed()

    async def _poll(self) -> None:
        seen: Snapshot | None = None
        while True:
            try:
                seen = await self._look(seen)
            except (DatabaseUnavailable, psycopg.Error) as error:
                log.warning("event_poll_failed", error=type(error).__name__)
            await asyncio.sleep(POLL_INTERVAL_S)

    async def _look(self, seen: Snapshot | None) -> Snapshot:
        async with self._db.read(anonymous_context("events")) as read:
            now = await read_snapshot(read)
            found = [] if seen is None else await _list_news(read, seen)
        if seen is None or len(found) == NEWS_LIMIT:
            self._missed()
        for published in found:
            self._spread(published)
        return now


async def _list_news(read: Read, seen: Snapshot) -> list[Published]:
    return await read.list(
        Published,
        "select tenant_id, id, kind from list_event_news(%s::pg_snapshot, %s)",
        [str(seen), NEWS_LIMIT],
    )
