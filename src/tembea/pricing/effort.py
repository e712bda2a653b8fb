"""How much work one stay may cost: counted in steps and not in seconds, so that the same stay always ends the same way.

Rooms for forty that a mixed group may fill in thousands of ways, room types of which the hotel holds only a few, and
many sets of offers multiply. Without a bound one request would hold up the whole process, everybody's.
"""

MAX_STEPS = 1_500_000
"""A second or two. A family's stay takes thousands, a coach party's in ordinary rooms tens of thousands."""
STEPS_A_CHARGE = 15
"""What it takes to charge a guest a night, or to take an offer off it, beside looking at one way to fill a room."""
STEPS_A_PRODUCT = 600
"""What it takes to look at a plan or package at all."""


class TooMuchWork(Exception):
    """Raised inside the kernel when a stay has used up its steps; it becomes a rejection."""


class Effort:
    """The steps that are left to a stay."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = MAX_STEPS

    def spend(self, steps: int) -> None:
        """Count the steps before they are taken. Raises `TooMuchWork` when there are not so many left."""
        self._left -= steps
        if self._left < 0:
            raise TooMuchWork
