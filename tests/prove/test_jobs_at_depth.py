"""The queue at its full depth: nobody waits longer than twofold, and no job costs more than at a shallow one."""

import time

import pytest

from tembea.kernel.embedded import Dsns
from tembea.kernel.ids import new_id
from tests.kernel.queue_parts import QueueTables, fill, last_position, served

pytestmark = pytest.mark.prove
DEEP = 100_000


@pytest.fixture
def queue(database: Dsns) -> QueueTables:
    return QueueTables(database.app)


@pytest.mark.parametrize("light_jobs", [10, 1_000])
def test_a_hundred_thousand_jobs_delay_another_tenant_at_most_twofold(queue: QueueTables, light_jobs: int) -> None:
    heavy, light = new_id(), new_id()
    fill(queue, heavy, DEEP)
    served(queue, jobs=200, slots=4)
    fill(queue, light, light_jobs)
    order = served(queue, jobs=2 * light_jobs + 50, slots=4)
    last = last_position(order, light)
    print(f"{light_jobs} jobs beside {DEEP}: the last began at position {last}, {last / light_jobs:.2f} times alone")
    assert order.count(light) == light_jobs
    assert last <= 2 * light_jobs + 4


def test_depth_and_number_of_tenants_cost_nothing(queue: QueueTables) -> None:
    """Threefold leaves room for a busy machine; a fetch that reads the table is some hundred times slower."""
    shallow, deep = new_id(), new_id()
    fill(queue, shallow, 500)
    costs_ms = {"500 waiting": cost_ms(queue, 400)}
    for _ in range(1_000):
        fill(queue, new_id(), 1)
    costs_ms["1,000 tenants with one each"] = cost_ms(queue, 400)
    fill(queue, deep, DEEP)
    costs_ms["100,000 waiting"] = cost_ms(queue, 400)
    print({name: f"{cost:.2f} ms" for name, cost in costs_ms.items()})
    assert max(costs_ms.values()) <= 3 * costs_ms["500 waiting"]


def cost_ms(queue: QueueTables, jobs: int) -> float:
    """Milliseconds to begin and finish a job."""
    started = time.perf_counter()
    served(queue, jobs=jobs, slots=4)
    return (time.perf_counter() - started) / jobs * 1_000
