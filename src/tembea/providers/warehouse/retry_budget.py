"""How many retries are allowed: a share of what succeeds, so that a warehouse in trouble is not asked ever more.

Source: the retry throttling of gRPC (gRFC A6), a bucket that a retry empties and a success fills a little.
"""

import threading

CAPACITY = 10.0
EARNED_PER_SUCCESS = 0.1


class RetryBudget:
    """A bucket of retries, shared by all calls of a process; safe between threads."""

    def __init__(self, capacity: float = CAPACITY) -> None:
        self._capacity = capacity
        self._left = capacity
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Whether one more retry may be made; it is then used up."""
        with self._lock:
            if self._left < 1:
                return False
            self._left -= 1
            return True

    def earn(self) -> None:
        """A call succeeded."""
        with self._lock:
            self._left = min(self._capacity, self._left + EARNED_PER_SUCCESS)
