"""Answers that are worth keeping for a moment: bounded, made once however many ask, and never older than they may be.

Values live in Redis where there is one, with a copy of at most a second in the process; without it, or while it is
away, in the process. Keys start with the tenant's id, so that no tenant meets another's value. A value that was begun
before something happened to its tenant is not served any more: at once to whoever did it (`told`), to the others within
a second (`heard`). What happened is known from the events of PostgreSQL, Redis or not.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar, get_args
from uuid import UUID

from prometheus_client import Counter

from tembea.kernel.db import Published
from tembea.kernel.redis import Away
from tembea.kernel.shared_values import Lease, SharedValues

T = TypeVar("T")
CacheStatus = Literal["hit", "miss", "stale"]
Key = tuple[UUID, str]

USES = Counter("tembea_cache_total", "Answers by where they came from", ["cache", "status"])

COPY_S = 1.0
"""How long a copy of what is in Redis is served before it is looked at again."""
GRACE_S = 0.5
"""How old an answer may be although something happened since, elsewhere: a busy agency is not worked out for ever."""
LEASE_POLL_S = 0.03
LEASE_WAIT_S = 3.0
"""How long another process's work is waited for; then this one does it too."""
CLOCKS_S = 0.1
"""How far an age that Redis tells may be off on the way here."""
MARKS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Cached(Generic[T]):
    """A value and where it came from: just loaded, still fresh, or kept beyond its time while it is renewed.

    `age_ms` counts from when its loading began.
    """

    value: T
    status: CacheStatus
    age_ms: int


@dataclass(frozen=True, slots=True)
class _Entry(Generic[T]):
    """A value; `begun_at` is when its loading began and `looked_at` when Redis last said so, by the cache's clock."""

    value: T
    begun_at: float
    ttl_s: float
    stale_s: float
    looked_at: float


@dataclass(frozen=True, slots=True)
class _Mark:
    """When something last happened to a tenant, done by this process and heard of."""

    done_at: float = float("-inf")
    heard_at: float = float("-inf")


@dataclass(frozen=True, slots=True)
class _Work(Generic[T]):
    task: asyncio.Task[Cached[T]]
    begun_at: float


@dataclass(frozen=True, slots=True)
class _Order(Generic[T]):
    """What was asked for: how long it may be kept, and how it is made."""

    key: Key
    ttl_s: float
    loader: Callable[[], Awaitable[T]]
    keep_s: Callable[[T], float | None]


class Cache(Generic[T]):
    """Holds at most `max_entries` values, the least recently used one leaving first; a `Subscriber` of the news.

    A value whose time is over is still served, up to `stale_s` longer, to those who come while somebody else renews it
    and when renewing it fails. `clock` answers in seconds and never goes back.
    """

    def __init__(
        self,
        name: str,
        *,
        max_entries: int,
        stale_s: float,
        shared: SharedValues[T] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.shared = shared
        self._uses = {status: USES.labels(name, status) for status in get_args(CacheStatus)}
        self._max_entries = max_entries
        self._stale_s = stale_s
        self._clock = clock
        self._entries: OrderedDict[Key, _Entry[T]] = OrderedDict()
        self._loading: dict[Key, _Work[T]] = {}
        self._marks: OrderedDict[UUID, _Mark] = OrderedDict()
        self._everybody = _Mark()

    async def get_or_load(
        self,
        tenant_id: UUID,
        part: str,
        ttl_s: float,
        loader: Callable[[], Awaitable[T]],
        *,
        keep_s: Callable[[T], float | None] = lambda _: None,
    ) -> Cached[T]:
        """The tenant's value called `part`, loaded once however many ask.

        `keep_s` says for how long a value is worth keeping where that is less than `ttl_s`; 0 keeps it not at all.
        Raises what `loader` raises, unless a value that may still be served is there.
        """
        key = (tenant_id, part)
        entry = self._entries.get(key)
        if entry is not None:
            self._entries.move_to_end(key)
            if self._is_fresh(entry, key) and (self.shared is None or self._clock() - entry.looked_at < COPY_S):
                return self._answer(entry, "hit")
            if key in self._loading and not self._is_in_time(entry) and self._may_serve_stale(entry, key):
                return self._answer(entry, "stale")
        work = self._loading.get(key)
        if work is None or not self._is_valid(work.begun_at, key):
            work = self._start(_Order(key, ttl_s, loader, keep_s))
        try:
            # Shielded: when the one who asked first goes away, the others still get their answer.
            return self._counted(await asyncio.shield(work.task))
        except Exception:
            if entry is not None and self._may_serve_stale(entry, key):
                return self._answer(entry, "stale")
            raise

    async def told(self, published: Sequence[Published]) -> None:
        """See `Subscriber`: whoever did it sees nothing older any more."""
        now = self._clock()
        for tenant_id in {one.tenant_id for one in published}:
            self._mark(tenant_id, _Mark(now, now))

    def heard(self, published: Published) -> None:
        """See `Subscriber`."""
        before = self._marks.get(published.tenant_id, _Mark())
        self._mark(published.tenant_id, _Mark(before.done_at, self._clock()))

    def missed(self) -> None:
        """See `Subscriber`."""
        self._everybody = _Mark(self._everybody.done_at, self._clock())

    def _mark(self, tenant_id: UUID, mark: _Mark) -> None:
        self._marks[tenant_id] = mark
        self._marks.move_to_end(tenant_id)
        while len(self._marks) > MARKS_KEPT:
            # What is forgotten about one tenant holds for everybody from then on.
            _, oldest = self._marks.popitem(last=False)
            done_at = max(self._everybody.done_at, oldest.done_at)
            self._everybody = _Mark(done_at, max(self._everybody.heard_at, oldest.heard_at))

    def _start(self, order: _Order[T]) -> _Work[T]:
        work = _Work(asyncio.create_task(self._renew(order)), self._clock())
        work.task.add_done_callback(lambda task: self._finish(order.key, task))
        self._loading[order.key] = work
        return work

    def _finish(self, key: Key, task: asyncio.Task[Cached[T]]) -> None:
        work = self._loading.get(key)
        if work is not None and work.task is task:
            del self._loading[key]
        if not task.cancelled():
            task.exception()  # looked at, so that the loop does not report a failure that nobody waits for

    async def _renew(self, order: _Order[T]) -> Cached[T]:
        """From Redis, by this process's work, or by waiting for another one's."""
        if self.shared is None:
            return await self._load(order)
        give_up_at = self._clock() + LEASE_WAIT_S
        while True:
            found = await self._look(self.shared, order.key, order.ttl_s)
            if isinstance(found, Away):
                return self._without_redis(order.key) or await self._load(order)
            entry, is_leased = found
            if entry is not None and self._is_fresh(entry, order.key):
                return Cached(entry.value, "hit", self._age_ms(entry))
            if not is_leased or self._clock() >= give_up_at:
                lease = await self.shared.lease(*order.key)
                if lease is not None or self._clock() >= give_up_at:
                    return await self._load(order, lease if isinstance(lease, Lease) else None)
            if entry is not None and self._may_serve_stale(entry, order.key):
                return Cached(entry.value, "stale", self._age_ms(entry))
            await asyncio.sleep(LEASE_POLL_S)

    async def _look(self, shared: SharedValues[T], key: Key, ttl_s: float) -> tuple[_Entry[T] | None, bool] | Away:
        asked_at = self._clock()
        look = await shared.look(*key)
        if isinstance(look, Away):
            return look
        if look.value is None:
            return None, look.is_leased
        # What was worth less than its time is worth nothing after it.
        stale_s = self._stale_s if look.ttl_s >= ttl_s else 0.0
        entry = _Entry(look.value, asked_at - look.age_s, look.ttl_s, stale_s, asked_at)
        known = self._entries.get(key)
        if known is None or known.begun_at <= entry.begun_at + CLOCKS_S:
            self._store(key, entry)
        return entry, look.is_leased

    def _without_redis(self, key: Key) -> Cached[T] | None:
        entry = self._entries.get(key)
        if entry is None or not self._is_fresh(entry, key):
            return None
        return Cached(entry.value, "hit", self._age_ms(entry))

    async def _load(self, order: _Order[T], lease: Lease | None = None) -> Cached[T]:
        begun_at = self._clock()
        try:
            value = await order.loader()
        except BaseException:
            if self.shared is not None and lease is not None:
                await self.shared.release(*order.key, lease)
            raise
        wanted_s = order.keep_s(value)
        ttl_s = order.ttl_s if wanted_s is None else min(wanted_s, order.ttl_s)
        stale_s = self._stale_s if wanted_s is None else 0.0
        known = self._entries.get(order.key)
        if ttl_s > 0 and (known is None or known.begun_at <= begun_at):
            self._store(order.key, _Entry(value, begun_at, ttl_s, stale_s, self._clock()))
        if self.shared is not None and lease is not None:
            if ttl_s > 0:
                await self.shared.put(*order.key, lease, value, ttl_s=ttl_s, stale_s=stale_s)
            else:
                await self.shared.release(*order.key, lease)
        return Cached(value, "miss", 0)

    def _store(self, key: Key, entry: _Entry[T]) -> None:
        self._entries[key] = entry
        self._entries.move_to_end(key)
        while len(self._entries) > self._max_entries:
            self._entries.popitem(last=False)

    def _is_valid(self, begun_at: float, key: Key) -> bool:
        """Whether what was begun then may be served after what has happened since."""
        mark, all_ = self._marks.get(key[0], _Mark()), self._everybody
        if begun_at < max(mark.done_at, all_.done_at):
            return False
        return begun_at > max(mark.heard_at, all_.heard_at) or self._clock() - begun_at < GRACE_S

    def _is_in_time(self, entry: _Entry[T]) -> bool:
        return self._clock() - entry.begun_at < entry.ttl_s

    def _is_fresh(self, entry: _Entry[T], key: Key) -> bool:
        return self._is_in_time(entry) and self._is_valid(entry.begun_at, key)

    def _may_serve_stale(self, entry: _Entry[T], key: Key) -> bool:
        in_time = self._clock() - entry.begun_at < entry.ttl_s + entry.stale_s
        return in_time and self._is_valid(entry.begun_at, key)

    def _answer(self, entry: _Entry[T], status: CacheStatus) -> Cached[T]:
        return self._counted(Cached(entry.value, status, self._age_ms(entry)))

    def _counted(self, cached: Cached[T]) -> Cached[T]:
        self._uses[cached.status].inc()
        return cached

    def _age_ms(self, entry: _Entry[T]) -> int:
        return max(0, round((self._clock() - entry.begun_at) * 1_000))
