"""Open views of a tenant's events (server-sent events): live, resumable, bounded, and without a database connection.

A stream is opened with a short transaction that answers what was missed; from then on one reader a tenant and process
reads what is new, once, for all of the tenant's streams. Each stream knows by its cursor exactly what it was given, so
that nothing is missed or doubled between what is replayed and what is live.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import psycopg
import structlog
from prometheus_client import Counter, Gauge

from tembea.kernel.context import Context, system_context
from tembea.kernel.db import DatabaseUnavailable, Db, Published
from tembea.kernel.errors import FieldError, Invalid, RateLimited
from tembea.kernel.events import Event, list_new, read_snapshot
from tembea.kernel.snapshots import Cursor, Snapshot
from tembea.kernel.sse import comment, end_message, message

log = structlog.stdlib.get_logger("tembea.streams")

OPEN = Gauge("tembea_event_streams", "Open streams of events", multiprocess_mode="livesum")
ENDED = Counter("tembea_event_streams_ended_total", "Streams of events by why they ended", ["reason"])

CHECK_INTERVAL_S = 2.0
"""How often it is looked whether the viewers of all streams may go on."""
REPLAY_LIMIT = 1_000
READ_LIMIT = 500
READ_RETRY_S = 0.5


class TooManyStreams(RateLimited):
    """The agency, or the process, has as many open streams as it may."""

    limit = "event_streams"
    title = "Too many open connections"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: a person and the sign-in, each None for an API key, and as what."""

    tenant_id: UUID
    user_id: UUID | None
    session_id: UUID | None
    role: str


FindEnded = Callable[[Sequence[Viewer]], Awaitable[set[Viewer]]]
"""Which of these viewers may not go on, because person, sign-in, role or agency came to an end."""


@dataclass(frozen=True, slots=True)
class StreamLimits:
    """Bounds of one process. A stream whose oldest waiting message is older than `slow_s` is dropped."""

    per_tenant: int = 200
    total: int = 2_000
    waiting_messages: int = 256
    slow_s: float = 20.0
    heartbeat_s: float = 15.0
    keep_s: float = 86_400.0


class Stream:
    """One open view: what waits to be sent to it, and how far it has been given."""

    __slots__ = (
        *("cursor", "end_reason", "expires_at", "pending", "viewer"),
        *("_changed", "_limits", "_since", "_waiting", "_when_ended"),
    )

    def __init__(self, viewer: Viewer, expires_at: float | None, limits: StreamLimits) -> None:
        self.viewer = viewer
        self.expires_at = expires_at
        """When the token ends, in seconds since 1970; None for one that does not."""
        self.cursor: Snapshot | None = None
        self.pending: list[_Batch] = []
        self.end_reason: str | None = None
        self._limits = limits
        self._waiting: deque[bytes] = deque()
        self._since = 0.0
        self._changed = asyncio.Event()
        self._when_ended: Callable[[], object] | None = None

    def when_ended(self, call: Callable[[], object]) -> None:
        """Have `call` called once the stream ends; at once where it has."""
        self._when_ended = call
        if self.end_reason is not None:
            call()

    def put(self, content: bytes) -> None:
        """Have `content` sent as soon as the viewer takes it."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(content)
        if len(self._waiting) > self._limits.waiting_messages:
            self.end("too_slow")
        self._changed.set()

    async def take(self) -> bytes | None:
        """What waits, once something does; None at the end, after the last words."""
        while not self._waiting and self.end_reason is None:
            await self._changed.wait()
            self._changed.clear()
        if self.end_reason is not None and not self._waiting:
            return None
        content = b"".join(self._waiting)
        self._waiting.clear()
        return content

    def end(self, reason: str) -> None:
        """Say goodbye and close; the first reason counts."""
        if self.end_reason is None:
            self.end_reason = reason
            self._waiting.append(end_message(reason))
            self._changed.set()
            if self._when_ended is not None:
                self._when_ended()

    @property
    def is_slow(self) -> bool:
        """Whether the viewer does not take what waits."""
        return bool(self._waiting) and time.monotonic() - self._since > self._limits.slow_s

    def give(self, batch: "_Batch") -> None:
        """Have the events of `batch` sent that it was not given before; before the replay is through, keep it."""
        if self.cursor is None:
            self.pending.append(batch)
            return
        fresh = [event for event in batch.events if not self.cursor.sees(event.xid)]
        latest = batch.snapshot if batch.snapshot.is_after(self.cursor) else self.cursor
        for position, event in enumerate(fresh, start=1):
            is_last = position == len(fresh)
            cursor = Cursor.now(latest) if is_last else Cursor.now(self.cursor, within=batch.snapshot, last_id=event.id)
            self.put(message(event, cursor))
        if batch.overflow:
            self.put(message(None, Cursor.now(latest), kind="reset"))
        self.cursor = latest


@dataclass(frozen=True, slots=True)
class _Batch:
    """What was new to the tenant's reader in one look; `overflow` where there was more than it may take."""

    events: list[Event]
    snapshot: Snapshot
    overflow: bool


class _Hub:
    """The one reader of a tenant's events in this process, alive while the tenant has streams."""

    def __init__(self, db: Db, ctx: Context) -> None:
        self.streams: set[Stream] = set()
        self.seen: Snapshot | None = None
        self._db = db
        self._ctx = system_context(ctx.tenant_uuid, ctx.tenant_slug)
        self._news = asyncio.Event()
        self._reading: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """There may be something new."""
        self._news.set()

    def start(self, seen: Snapshot) -> None:
        """Read what `seen` could not see, and everything that comes."""
        if self.seen is None:
            self.seen = seen
            self._reading = asyncio.create_task(self._read())
        self.wake()

    def stop(self) -> None:
        """Nobody follows any more."""
        if self._reading is not None:
            self._reading.cancel()
            self.wake()

    async def _read(self) -> None:
        while self.streams:  # looked at too, since a cancellation may get lost: see `kernel.background`
            await self._news.wait()
            self._news.clear()
            try:
                self._give(await self._look())
            except (DatabaseUnavailable, psycopg.Error) as error:
                log.warning("events_not_read", error=type(error).__name__)
                self._news.set()
                await asyncio.sleep(READ_RETRY_S)

    async def _look(self) -> _Batch:
        assert self.seen is not None  # noqa: S101 - started with one
        async with self._db.read(self._ctx) as read:
            now = await read_snapshot(read)
            events = await list_new(read, Cursor(self.seen, 0), limit=READ_LIMIT)
        return _Batch(events, now, overflow=len(events) == READ_LIMIT)

    def _give(self, batch: _Batch) -> None:
        self.seen = batch.snapshot
        for stream in list(self.streams):
            stream.give(batch)


class EventStreams:
    """All open streams of this process; a `Subscriber` of the news."""

    def __init__(self, db: Db, *, find_ended: FindEnded, limits: StreamLimits) -> None:
        self.limits = limits
        self._db = db
        self._find_ended = find_ended
        self._hubs: dict[UUID, _Hub] = {}
        self._streams: set[Stream] = set()
        self._closing = False

    def __len__(self) -> int:
        return len(self._streams)

    async def open(
        self, ctx: Context, *, session_id: UUID | None, expires_at: float | None, last_event_id: str | None
    ) -> Stream:
        """A stream that begins behind `last_event_id`, or now. `close` it at the end.

        Raises `TooManyStreams`, and `Invalid` for an id that is none of ours.
        """
        cursor = _parse(last_event_id)
        hub = self._hubs.get(ctx.tenant_uuid) or _Hub(self._db, ctx)
        self._check_room(hub)
        self._hubs[ctx.tenant_uuid] = hub
        stream = Stream(Viewer(ctx.tenant_uuid, ctx.actor_id, session_id, ctx.role.value), expires_at, self.limits)
        hub.streams.add(stream)
        self._streams.add(stream)
        OPEN.set(len(self._streams))
        try:
            hub.start(await self._replay(ctx, stream, cursor))
        except BaseException:
            self.close(stream)
            raise
        if self._closing:
            stream.end("shutdown")
        return stream

    def close(self, stream: Stream) -> None:
        """Forget a stream that is over."""
        if stream in self._streams:
            self._streams.discard(stream)
            ENDED.labels(stream.end_reason or "left").inc()
            OPEN.set(len(self._streams))
        hub = self._hubs.get(stream.viewer.tenant_id)
        if hub is not None:
            hub.streams.discard(stream)
            if not hub.streams:
                hub.stop()
                del self._hubs[stream.viewer.tenant_id]

    def end_all(self, reason: str) -> None:
        """Say goodbye to everybody, and to whoever still comes."""
        self._closing = True
        for stream in list(self._streams):
            stream.end(reason)

    async def told(self, published: Sequence[Published]) -> None:
        """See `Subscriber`."""
        for one in published:
            self.heard(one)

    def heard(self, published: Published) -> None:
        """See `Subscriber`."""
        hub = self._hubs.get(published.tenant_id)
        if hub is not None:
            hub.wake()

    def missed(self) -> None:
        """See `Subscriber`: the readers look for themselves, and so miss nothing."""
        for hub in self._hubs.values():
            hub.wake()

    async def run(self) -> None:
        """Keep the streams' hearts beating, and end those that may not go on, until cancelled."""
        next_beat = time.monotonic() + self.limits.heartbeat_s
        while True:
            await asyncio.sleep(CHECK_INTERVAL_S)
            self._end_expired()
            await self._end_disallowed()
            if time.monotonic() >= next_beat:
                next_beat = time.monotonic() + self.limits.heartbeat_s
                for stream in list(self._streams):
                    stream.put(comment("still here"))

    async def _replay(self, ctx: Context, stream: Stream, cursor: Cursor | None) -> Snapshot:
        async with self._db.read(ctx) as read:
            now = await read_snapshot(read)
            too_old = cursor is not None and not self._can_follow(cursor, now)
            events = await list_new(read, cursor, limit=REPLAY_LIMIT) if cursor and not too_old else []
        stream.cursor = cursor.seen if cursor and not too_old else now
        stream.put(message(None, cursor or Cursor.now(now), kind="ready", retry=True))
        if too_old or len(events) == REPLAY_LIMIT:
            stream.cursor = now
            stream.put(message(None, Cursor.now(now), kind="reset"))
        else:
            stream.give(_Batch(events, now, overflow=False))
        batches, stream.pending = stream.pending, []
        for batch in batches:
            stream.give(batch)
        return now

    def _can_follow(self, cursor: Cursor, now: Snapshot) -> bool:
        """Whether what came after `cursor` is all still there; one of another database says nothing here."""
        return time.time() - cursor.at <= self.limits.keep_s and cursor.seen.xmax <= now.xmax

    def _check_room(self, hub: _Hub) -> None:
        if len(hub.streams) >= self.limits.per_tenant or len(self._streams) >= self.limits.total:
            raise TooManyStreams(
                "There are as many live connections as there may be. Close other windows, or come back in a minute.",
                headers={"Retry-After": "60"},
            )

    def _end_expired(self) -> None:
        now = time.time()
        for stream in list(self._streams):
            if stream.expires_at is not None and stream.expires_at <= now:
                stream.end("token_expired")
            elif stream.is_slow:
                stream.end("too_slow")

    async def _end_disallowed(self) -> None:
        viewers = list({stream.viewer for stream in self._streams})
        if not viewers:
            return
        try:
            ended = await self._find_ended(viewers)
        except (DatabaseUnavailable, psycopg.Error) as error:
            log.warning("viewers_not_checked", error=type(error).__name__)
            return
        for stream in list(self._streams):
            if stream.viewer in ended:
                stream.end("no_longer_allowed")


def _parse(last_event_id: str | None) -> Cursor | None:
    if not last_event_id:
        return None
    try:
        return Cursor.parse(last_event_id)
    except ValueError as error:
        hint = "Send the id of the last event that you were given, or leave it out."
        raise Invalid(
            "This Last-Event-ID is none of ours.", errors=[FieldError("header.last-event-id", hint)]
        ) from error
