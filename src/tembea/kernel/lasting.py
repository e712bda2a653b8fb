"""What lasts is set aside from the garbage collector, which would walk through all of it in the middle of a request.

Its fullest collection looks at every object that can be part of a circle: 140 ms for what a process loads at its start
and three hundred contracts, and nobody is answered meanwhile. What is set aside is not looked at (`gc.freeze`), and
still goes as soon as nothing holds it, unless it is in a circle.
"""

import gc

LOOK_THROUGH_EVERY = 20
"""Steps of growth until all that was set aside is looked through again."""


def set_aside() -> None:
    """Set aside all there is. Call it once, when a process has loaded what it lives with and nothing is under way."""
    gc.collect()
    gc.freeze()


class Growth:
    """Something that fills while a process works, such as a cache of large values; set aside each `step` entries.

    What happens to be in hand at such a moment is set aside with it, and a circle among that would stay for good. So
    once in a while everything is looked through: one long collection for so many entries.
    """

    def __init__(self, *, step: int) -> None:
        self._step = step
        self._entries = 0
        self._steps = 0

    def grown(self, entries: int) -> None:
        """So many entries have been added."""
        self._entries += entries
        if self._entries < self._step:
            return
        self._entries = 0
        self._steps += 1
        if self._steps % LOOK_THROUGH_EVERY == 0:
            gc.unfreeze()
            gc.collect()
        gc.freeze()
