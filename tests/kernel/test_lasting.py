"""What lasts is out of the collector's way, and a circle that was set aside by chance does not stay."""

import gc
from collections.abc import Iterator
from weakref import ref

import pytest

from tembea.kernel.lasting import LOOK_THROUGH_EVERY, Growth, set_aside


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


class Link:
    """Holds itself, so that only a collection can free it."""

    def __init__(self) -> None:
        self.itself = self


def test_what_a_process_has_loaded_is_not_looked_at_again() -> None:
    gc.unfreeze()
    loaded = [[number] for number in range(10_000)]
    set_aside()
    assert gc.get_freeze_count() > len(loaded)


def test_a_cache_is_set_aside_each_time_that_it_has_grown_by_a_step() -> None:
    gc.unfreeze()
    growth = Growth(step=3)
    growth.grown(2)
    assert gc.get_freeze_count() == 0
    growth.grown(1)
    assert gc.get_freeze_count() > 0


def test_a_circle_that_was_set_aside_goes_in_the_end() -> None:
    growth, link = Growth(step=1), Link()
    growth.grown(1)
    gone = ref(link)
    del link
    gc.collect()
    assert gone() is not None
    for _ in range(LOOK_THROUGH_EVERY - 1):
        growth.grown(1)
    assert gone() is None
