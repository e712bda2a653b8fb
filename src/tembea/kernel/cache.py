"""A small cache inside one process: bounded, single flight, and able to serve a stale value while it is renewed.

Keys start with the tenant's id, so that no tenant meets another's value. Another process has a cache of its own, and
what it holds may be older or newer by up to the time to live.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

CacheStatus = Literal["hit", "miss", "stale"]


@dataclass(frozen=True, slots=True)
class Cached(Generic[T]):
    """A value and where it came from: just loaded, still fresh, or kept beyond its time while it is renewed.

    `age_ms` counts from when the value was loaded.
    """

    value: T
    status: CacheStatus
    age_ms: int


@dataclass(frozen=True, slots=True)
class _Entry(Generic[T]):
    value: T
    loaded_at: float


class Cache(Generic[T]):
    """Holds at most `max_entries` values, the least recently used one leaving first.

    A value whose time is over is still served, up to `stale_s` longer, to those who come while somebody else renews it
    and when renewing it fails. `clock` answers in seconds and never goes back.
    """

    def __init__(self, *, max_entries: int, stale_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._max_entries = max_entries
        self._stale_s = stale_s
        self._clock = clock
        self._entries: OrderedDict[Hashable, _Entry[T]] = OrderedDict()
        self._loading: dict[Hashable, asyncio.Task[T]] = {}

    async def get_or_load(
        self,
        key: Hashable,
        ttl_s: float,
        loader: Callable[[], Awaitable[T]],
        *,
        keep: Callable[[T], bool] = lambda _: True,
    ) -> Cached[T]:
        """The value of `key`, loaded once however many ask; what `keep` refuses is answered and not stored.

        Raises what `loader` raises, unless a value that may still be served is there.
        """
        entry = self._entries.get(key)
        if entry is not None:
            self._entries.move_to_end(key)
            if self._age_s(entry) < ttl_s:
                return self._as_cached(entry, "hit")
            if key in self._loading and self._may_serve_stale(entry, ttl_s):
                return self._as_cached(entry, "stale")
        task = self._loading.get(key) or self._start(key, loader, keep)
        try:
            # Shielded: when the one who asked first goes away, the others still get their answer.
            return Cached(await asyncio.shield(task), "miss", 0)
        except Exception:
            if entry is not None and self._may_serve_stale(entry, ttl_s):
                return self._as_cached(entry, "stale")
            raise

    def _start(self, key: Hashable, loader: Callable[[], Awaitable[T]], keep: Callable[[T], bool]) -> asyncio.Task[T]:
        async def load() -> T:
            try:
                value = await loader()
                if keep(value):
                    self._store(key, value)
                return value
            finally:
                self._loading.pop(key, None)

        task = asyncio.create_task(load())
        task.add_done_callback(_retrieve)
        self._loading[key] = task
        return task

    def _store(self, key: Hashable, value: T) -> None:
        self._entries[key] = _Entry(value, self._clock())
        self._entries.move_to_end(key)
        while len(self._entries) > self._max_entries:
            self._entries.popitem(last=False)

    def _age_s(self, entry: _Entry[T]) -> float:
        return self._clock() - entry.loaded_at

    def _may_serve_stale(self, entry: _Entry[T], ttl_s: float) -> bool:
        return self._age_s(entry) < ttl_s + self._stale_s

    def _as_cached(self, entry: _Entry[T], status: CacheStatus) -> Cached[T]:
        return Cached(entry.value, status, round(self._age_s(entry) * 1000))


def _retrieve(task: asyncio.Task[T]) -> None:
    """Look at a failure that nobody waits for any more, so that the loop does not report it as forgotten."""
    if not task.cancelled():
        task.exception()
