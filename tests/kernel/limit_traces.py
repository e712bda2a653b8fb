"""Traffic for limits, and the plain truth about it: an exact log of what was admitted."""

import random
from bisect import bisect_right
from collections.abc import Sequence

MINUTE_S = 60


def edge(limit: int, *, window_s: int = MINUTE_S) -> list[float]:
    """A full limit just before a window's edge and another just after, at every phase of a bucket."""
    moments: list[float] = []
    for phase in range(12):
        start = phase * 10 * window_s + phase * window_s / 60 / 12
        moments.append(start)  # where windows begin with the first request, this is the edge
        for offset in (window_s - 0.002, window_s + 0.002, 2 * window_s - 0.002, 2 * window_s + window_s / 60 - 0.001):
            moments += [start + offset] * (limit + 5)
    return moments


def flood(limit: int, *, window_s: int = MINUTE_S) -> list[float]:
    """Twenty times the limit, evenly, for four windows."""
    count = 20 * limit * 4
    return [4 * window_s * index / count for index in range(count)]


def poisson(limit: int, *, window_s: int = MINUTE_S, seed: int = 7) -> list[float]:
    """Three times the limit on average, at random, for ten windows."""
    dice = random.Random(seed)
    moments, now_s = [0.0], 0.0
    while now_s < 10 * window_s:
        now_s += dice.expovariate(3 * limit / window_s)
        moments.append(now_s)
    return moments


def worst_window(admitted: Sequence[float], *, window_s: float = MINUTE_S) -> int:
    """The most that any half-open window of this length holds."""
    return max((index + 1 - bisect_right(admitted, at - window_s) for index, at in enumerate(admitted)), default=0)


def exact_log(moments: Sequence[float], limit: int, *, window_s: float = MINUTE_S) -> int:
    """How many an exact log of every request would admit."""
    admitted: list[float] = []
    for at in moments:
        if len(admitted) - bisect_right(admitted, at - window_s) < limit:
            admitted.append(at)
    return len(admitted)
