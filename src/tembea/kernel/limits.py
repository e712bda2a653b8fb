"""Rate limits: how many requests within a window, counted in Redis for all processes, or in this one.

The windows slide in 60 buckets, and the oldest bucket counts whole until all of it is older than the window: no window
of a limit's length ever holds more than the limit, for the price of a slot that comes back up to a sixtieth late. All
limits of a request are decided at once and taken together or not at all.

What this process has admitted it also remembers itself. Without Redis that is the whole truth; with it, it saves the
trip for a caller whom this process alone has already served enough, and it is what is left while Redis is away: each
limit then falls to `alone`, the share of one process, and what was admitted before counts.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha1
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from prometheus_client import Counter

from tembea.kernel.redis import Away, RedisLink

if TYPE_CHECKING:
    from redis.asyncio import Redis

BUCKETS = 60
KEYS_KEPT = 20_000
"""Windows that a process remembers; the one that was not asked for the longest leaves first."""

_SCRIPT = Path(__file__).with_suffix(".lua").read_text(encoding="utf-8")
_SHA = sha1(_SCRIPT.encode(), usedforsecurity=False).hexdigest()

DEGRADED = Counter(
    "tembea_limits_degraded_total", "Requests whose limits one process decided for want of Redis", ["class", "reason"]
)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `limit` requests in any `window_s` seconds by whoever `who` stands for: a tenant or an address.

    `member` narrows it to one of the tenant's people. `alone` is what a process may admit by itself while Redis is
    away: 0 closes. A limit that is not `shared` is counted by each process for itself, Redis or not.
    """

    name: str
    limit: int
    window_s: int
    who: str
    alone: int
    shared: bool = True
    member: str = ""
    width_ms: int = field(init=False)
    """How long a bucket is; rounded up, so that sixty of them are never less than the window."""
    key: str = field(init=False)
    """The key in Redis: the braces keep all limits of a request on one node of a cluster."""
    policy: str = field(init=False)
    """What every answer under this limit says of it, in the words of the header field RateLimit-Policy."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "width_ms", -(-self.window_s * 1_000 // BUCKETS))
        key = f"tembea:limit:{{{self.who}}}:{self.name}{self.member}:{self.window_s}"
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "policy", f'"{self.name}";q={self.limit};w={self.window_s}')


class Standing(NamedTuple):
    """How a limit stands after a decision; `frees_in_s` is when the oldest of what is used leaves (0: nothing is)."""

    limit: Limit
    used: int
    frees_in_s: float

    @property
    def remaining(self) -> int:
        """How many more would be admitted now."""
        return max(0, self.limit.limit - self.used)

    @property
    def reset_s(self) -> int:
        """`frees_in_s` in whole seconds, as answers say it.

        A slot comes back up to a sixtieth late. While others are free that is no news: nobody is told of more than the
        window. Whoever is refused is told the truth, and is admitted then.
        """
        whole_s = ceil(self.frees_in_s)
        return min(whole_s, self.limit.window_s) if self.used < self.limit.limit else whole_s


class Decision(NamedTuple):
    """Whether a request is admitted, and how each of its limits stands now. A refused request took nothing."""

    admitted: bool
    standings: tuple[Standing, ...]

    @property
    def binding(self) -> Standing:
        """The limit that refuses first: the one with the least left, and of several the one that takes longest."""
        if len(self.standings) == 1:
            return self.standings[0]
        return min(self.standings, key=lambda standing: (standing.remaining, -standing.frees_in_s))


class _Window:
    """What one process counts under one key."""

    __slots__ = ("counts", "used")

    def __init__(self) -> None:
        self.used = 0
        self.counts: dict[int, int] = {}

    def used_at(self, bucket: int) -> int:
        """What still counts at `bucket`; drops what does not."""
        while self.counts and (oldest := next(iter(self.counts))) < bucket - BUCKETS:
            self.used -= self.counts.pop(oldest)
        return self.used

    def take(self, bucket: int) -> None:
        self.used += 1
        self.counts[bucket] = self.counts.get(bucket, 0) + 1

    def standing(self, limit: Limit, now_ms: int) -> Standing:
        if not self.used:
            return Standing(limit, 0, 0.0)
        leaves_ms = (next(iter(self.counts)) + BUCKETS + 1) * limit.width_ms
        return Standing(limit, self.used, max(0, leaves_ms - now_ms) / 1_000)

    def give_back(self) -> None:
        if self.counts:
            newest = next(reversed(self.counts))
            self.used -= 1
            self.counts[newest] -= 1
            if not self.counts[newest]:
                del self.counts[newest]


class LocalWindows:
    """The windows of this process. `clock` answers in seconds and never goes back."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, max_keys: int = KEYS_KEPT) -> None:
        self._clock = clock
        self._max_keys = max_keys
        self._windows: OrderedDict[str, _Window] = OrderedDict()

    def decide(self, limits: Sequence[Limit], *, take: bool) -> Decision:
        """Admit a request that every limit has room for, and with `take` count it under all of them."""
        now_ms = self._now_ms()
        asked = self._asked(limits, now_ms)
        admitted = _admit(asked, take=take)
        return Decision(admitted, tuple([window.standing(limit, now_ms) for limit, window, _ in asked]))

    def reserve(self, limits: Sequence[Limit]) -> bool:
        """Count a request under every limit, if all have room."""
        return _admit(self._asked(limits, self._now_ms()), take=True)

    def give_back(self, limits: Sequence[Limit]) -> None:
        """Undo one `reserve`, of the newest bucket: what is older leaves when it should."""
        for limit in limits:
            self._window(limit).give_back()

    def _now_ms(self) -> int:
        return int(self._clock() * 1_000)

    def _asked(self, limits: Sequence[Limit], now_ms: int) -> "list[_Asked]":
        return [(limit, self._window(limit), now_ms // limit.width_ms) for limit in limits]

    def _window(self, limit: Limit) -> _Window:
        key = limit.key
        window = self._windows.get(key)
        if window is None:
            window = self._windows[key] = _Window()
            while len(self._windows) > self._max_keys:
                self._windows.popitem(last=False)
        else:
            self._windows.move_to_end(key)
        return window


_Asked = tuple[Limit, _Window, int]
"""A limit, what this process counts under it, and the bucket that it is now."""


def _admit(asked: Sequence[_Asked], *, take: bool) -> bool:
    """Whether every window has room; with `take`, the request is then counted in all of them."""
    has_room = True
    for limit, window, bucket in asked:
        has_room &= window.used_at(bucket) < limit.limit  # each drops what does not count any more
    if has_room and take:
        for _, window, bucket in asked:
            window.take(bucket)
    return has_room


class Limiter:
    """Decides for one process, with Redis where there is one."""

    def __init__(self, redis: RedisLink | None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis = redis
        self._local = LocalWindows(clock=clock)

    async def decide(self, limits: Sequence[Limit], *, kind: str) -> Decision:
        """Take one of each of `limits` or of none; `kind` names the class of request in the figures."""
        if self._redis is None or not all(limit.shared for limit in limits):
            return self._local.decide(limits, take=True)
        if not self._local.reserve(limits):
            return self._local.decide(limits, take=False)._replace(admitted=False)
        answer = await self._redis.run("limits", _Question(limits, take=True))
        if isinstance(answer, Decision) and answer.admitted:
            return answer
        self._local.give_back(limits)
        return answer if isinstance(answer, Decision) else self._alone(limits, answer, take=True, kind=kind)

    async def look(self, limits: Sequence[Limit]) -> Decision:
        """How the limits stand; takes nothing."""
        if self._redis is None:
            return self._local.decide(limits, take=False)
        answer = await self._redis.run("limits", _Question(limits, take=False))
        return answer if isinstance(answer, Decision) else self._alone(limits, answer, take=False, kind="look")

    def _alone(self, limits: Sequence[Limit], away: Away, *, take: bool, kind: str) -> Decision:
        DEGRADED.labels(kind, away.reason).inc()
        return self._local.decide([replace(limit, limit=limit.alone) for limit in limits], take=take)


class _Question:
    """One call of the script for all limits."""

    def __init__(self, limits: Sequence[Limit], *, take: bool) -> None:
        self._limits = limits
        self._keys = [limit.key for limit in limits]
        self._arguments: list[str | int] = [int(take)]
        for limit in limits:
            self._arguments += (limit.limit, limit.width_ms)

    async def __call__(self, client: "Redis") -> Decision:
        from redis.exceptions import NoScriptError

        count = len(self._keys)
        try:
            answer = await client.evalsha(_SHA, count, *self._keys, *self._arguments)  # pyright: ignore[reportArgumentType] - numbers go as text
        except NoScriptError:
            answer = await client.eval(_SCRIPT, count, *self._keys, *self._arguments)  # pyright: ignore[reportArgumentType] - numbers go as text
        return self._read(cast("list[int]", answer))

    def _read(self, answer: list[int]) -> Decision:
        """The decision; raises `TypeError` or `ValueError` for an answer that is not the script's."""
        admitted, *figures = map(int, answer)
        pairs = zip(self._limits, figures[::2], figures[1::2], strict=True)
        return Decision(admitted == 1, tuple(Standing(limit, used, frees / 1_000) for limit, used, frees in pairs))
