"""The registry of heavy parts: built once however many ask, anew for another version, bounded, one tenant's own."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tembea.kernel.registry import Registry, forget_all_tenants, forget_tenant


class Factory:
    """Counts what it builds."""

    def __init__(self) -> None:
        self.built = 0
        self.broken = False

    def __call__(self) -> int:
        self.built += 1
        if self.broken:
            raise RuntimeError("cannot be built")
        return self.built

    async def slowly(self) -> int:
        await asyncio.sleep(0.02)
        return self()


@pytest.fixture
def registry() -> Registry[int]:
    return Registry("test", max_tenants=2)


async def test_a_hundred_who_ask_at_once_share_one_building(registry: Registry[int]) -> None:
    tenant, factory = uuid4(), Factory()

    parts = await asyncio.gather(*(registry.get_or_build(tenant, 1, factory.slowly) for _ in range(100)))

    assert factory.built == 1
    assert set(parts) == {1}


def test_threads_that_ask_at_once_share_one_building(registry: Registry[int]) -> None:
    tenant, factory, together = uuid4(), Factory(), threading.Barrier(16)

    def ask() -> int:
        together.wait(10)
        return registry.get(tenant, 1, factory)

    with ThreadPoolExecutor(16) as threads:
        parts = [future.result(10) for future in [threads.submit(ask) for _ in range(16)]]

    assert factory.built == 1
    assert set(parts) == {1}


def test_another_version_is_built_anew_and_takes_the_place_of_the_one_before(registry: Registry[int]) -> None:
    tenant, factory = uuid4(), Factory()

    assert [registry.get(tenant, version, factory) for version in (1, 1, 2, 2)] == [1, 1, 2, 2]
    assert len(registry) == 1


def test_tenants_are_never_mixed(registry: Registry[int]) -> None:
    one, other, factory = uuid4(), uuid4(), Factory()

    assert registry.get(one, 1, factory) != registry.get(other, 1, factory)
    assert registry.get(one, 1, factory) == 1


def test_the_least_recently_used_tenant_leaves_at_the_bound(registry: Registry[int]) -> None:
    first, second, third, factory = uuid4(), uuid4(), uuid4(), Factory()
    for tenant in (first, second, first, third):
        registry.get(tenant, 1, factory)

    assert len(registry) == 2
    assert registry.get(first, 1, factory) == 1
    assert registry.get(second, 1, factory) == 4


def test_what_could_not_be_built_is_tried_again(registry: Registry[int]) -> None:
    tenant, factory = uuid4(), Factory()
    factory.broken = True
    with pytest.raises(RuntimeError):
        registry.get(tenant, 1, factory)
    factory.broken = False

    assert registry.get(tenant, 1, factory) == 2


async def test_whoever_gives_up_waiting_does_not_harm_the_others(registry: Registry[int]) -> None:
    tenant, factory = uuid4(), Factory()
    first = asyncio.create_task(registry.get_or_build(tenant, 1, factory.slowly))
    second = asyncio.create_task(registry.get_or_build(tenant, 1, factory.slowly))
    await asyncio.sleep(0)
    first.cancel()

    assert await second == 1


def test_forgetting_a_tenant_reaches_every_registry_and_no_other_tenant(registry: Registry[int]) -> None:
    changed, other, factory = uuid4(), uuid4(), Factory()
    registry.get(changed, 1, factory)
    registry.get(other, 1, factory)

    forget_tenant(changed)

    assert registry.get(other, 1, factory) == 2
    assert registry.get(changed, 1, factory) == 3
    forget_all_tenants()
    assert len(registry) == 0
