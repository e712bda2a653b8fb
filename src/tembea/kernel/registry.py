"""The heavy parts of a tenant, built once: bounded, single flight, built anew when its configuration changes.

A feature keeps one `Registry` for each kind of part (agents, desks, compiled texts) at the level of its module. A part
belongs to one tenant and one version of what it was built from; asking with another version builds it anew, so nobody
is ever answered from settings that are no longer. `forget_tenant` only frees the memory sooner.

Parts are shared by everything in the process that asks for that tenant: they must be safe to use at the same time and
hold nothing of a request, a connection least of all.
"""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID
from weakref import WeakSet

from prometheus_client import Counter

from tembea.kernel.db import Published
from tembea.kernel.events import SETTINGS_CHANGED

T = TypeVar("T")

DEFAULT_MAX_TENANTS = 200
USES = Counter("tembea_registry_total", "Uses of the tenants' heavy parts", ["part", "status"])

_registries: "WeakSet[Registry[object]]" = WeakSet()


@dataclass(frozen=True, slots=True)
class _Part(Generic[T]):
    version: Hashable
    value: T


class Registry(Generic[T]):
    """Parts of one kind, at most one a tenant and `max_tenants` in all; the least recently used one leaves first.

    `name` is what the metrics call the kind.
    """

    def __init__(self, name: str, *, max_tenants: int = DEFAULT_MAX_TENANTS) -> None:
        self.name = name
        self.max_tenants = max_tenants
        self._parts: OrderedDict[UUID, _Part[T]] = OrderedDict()
        self._guard = threading.Lock()
        self._building: dict[tuple[UUID, Hashable], asyncio.Task[T]] = {}
        self._build_locks: dict[tuple[UUID, Hashable], threading.Lock] = {}
        _registries.add(self)  # pyright: ignore[reportArgumentType] - what is in it does not matter to the set

    def get(self, tenant_id: UUID, version: Hashable, build: Callable[[], T]) -> T:
        """The tenant's part of this version, built by whoever comes first; for what is built without waiting.

        May be called from threads: others wait for the one that builds. Raises what `build` raises, and keeps nothing.
        """
        found = self._find(tenant_id, version)
        if found is not None:
            return found.value
        key = (tenant_id, version)
        with self._guard:
            lock = self._build_locks.setdefault(key, threading.Lock())
        try:
            with lock:
                found = self._find(tenant_id, version)
                return found.value if found is not None else self._keep(tenant_id, version, build())
        finally:
            with self._guard:
                self._build_locks.pop(key, None)

    async def get_or_build(self, tenant_id: UUID, version: Hashable, build: Callable[[], Awaitable[T]]) -> T:
        """Like `get`, for parts whose building waits (for the database, for a file). Whoever gives up harms nobody."""
        found = self._find(tenant_id, version)
        if found is not None:
            return found.value
        key = (tenant_id, version)
        task = self._building.get(key)
        if task is None:
            task = self._building[key] = asyncio.create_task(self._build(tenant_id, version, build))
            task.add_done_callback(_retrieve)
        return await asyncio.shield(task)

    def forget(self, tenant_id: UUID) -> None:
        """Let go of the tenant's part."""
        with self._guard:
            self._parts.pop(tenant_id, None)

    def forget_all(self) -> None:
        """Let go of everything."""
        with self._guard:
            self._parts.clear()

    def __len__(self) -> int:
        return len(self._parts)

    async def _build(self, tenant_id: UUID, version: Hashable, build: Callable[[], Awaitable[T]]) -> T:
        try:
            return self._keep(tenant_id, version, await build())
        finally:
            self._building.pop((tenant_id, version), None)

    def _find(self, tenant_id: UUID, version: Hashable) -> _Part[T] | None:
        with self._guard:
            part = self._parts.get(tenant_id)
            if part is None or part.version != version:
                return None
            self._parts.move_to_end(tenant_id)
        USES.labels(self.name, "hit").inc()
        return part

    def _keep(self, tenant_id: UUID, version: Hashable, value: T) -> T:
        evicted = 0
        with self._guard:
            self._parts[tenant_id] = _Part(version, value)
            self._parts.move_to_end(tenant_id)
            while len(self._parts) > self.max_tenants:
                self._parts.popitem(last=False)
                evicted += 1
        USES.labels(self.name, "built").inc()
        if evicted:
            USES.labels(self.name, "evicted").inc(evicted)
        return value


def bound_registries(max_tenants: int) -> None:
    """Every registry of the process keeps the parts of at most so many tenants."""
    for registry in list(_registries):
        registry.max_tenants = max_tenants


def forget_tenant(tenant_id: UUID) -> None:
    """The tenant's settings changed: every registry lets go of its part."""
    for registry in list(_registries):
        registry.forget(tenant_id)


def forget_all_tenants() -> None:
    """Changes may have been missed: every registry lets go of everything."""
    for registry in list(_registries):
        registry.forget_all()


class RegistryKeeper:
    """Frees the parts of tenants whose settings changed; a `Subscriber` of the news."""

    async def told(self, published: Sequence[Published]) -> None:
        """See `Subscriber`."""
        for one in published:
            self.heard(one)

    def heard(self, published: Published) -> None:
        """See `Subscriber`."""
        if published.kind == SETTINGS_CHANGED:
            forget_tenant(published.tenant_id)

    def missed(self) -> None:
        """See `Subscriber`."""
        forget_all_tenants()


def _retrieve(task: "asyncio.Task[T]") -> None:
    """Look at a failure that nobody waits for any more, so that the loop does not report it as forgotten."""
    if not task.cancelled():
        task.exception()
