"""Slows down guessing without locking anybody out.

Failures are counted by account, by address, by both together, and everywhere. Whoever comes from where the account has
been signed in before is held only to the count of both together, and whoever brings the token of its session to that of
this browser alone: a stranger's guesses never keep the owner out, not even from the same address. Addresses are counted
whether accounts stand behind them or not, so that being refused says nothing about them.
"""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `failures` within `window_s` seconds."""

    failures: int
    window_s: float


BOTH = Rule(10, 900)
ACCOUNT = Rule(20, 900)
ADDRESS = Rule(100, 900)
EVERYWHERE = Rule(2_000, 300)
MAILS = Rule(20, 3_600)
"""Mails about forgotten passwords that one address may ask for; what is asked beyond it is answered and not sent."""

KEYS_KEPT = 50_000

Key = tuple[str, ...]


class Throttle:
    """Failures within this process, newest kept. `clock` answers in seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[Key, deque[float]] = OrderedDict()

    def wait_s(self, email: str, address: str, *, trusted: bool) -> int:
        """Seconds until the next try is let through; 0: now."""
        rules = [(rule, key) for rule, key in _counted(email, address) if not trusted or rule is BOTH]
        return max(self._wait_s(rule, key) for rule, key in rules)

    def note_failure(self, email: str, address: str, *, browser: str = "") -> None:
        """Count a wrong password or code, for the browser's own session too where it brings one."""
        if browser:
            self._note(BOTH, ("both", email, browser))
        for rule, key in _counted(email, address):
            self._note(rule, key)

    def note_success(self, email: str, address: str) -> None:
        """Whoever got in is no guesser: what they mistyped here does not count against them."""
        self._failures.pop(("both", email, address), None)

    def take_mail(self, address: str) -> bool:
        """Whether this address may ask for one more mail, which is then counted."""
        key = ("mails", address)
        if self._wait_s(MAILS, key) > 0:
            return False
        self._note(MAILS, key)
        return True

    def _note(self, rule: Rule, key: Key) -> None:
        kept = self._failures.setdefault(key, deque(maxlen=rule.failures))
        kept.append(self._clock())
        self._failures.move_to_end(key)
        while len(self._failures) > KEYS_KEPT:
            self._failures.popitem(last=False)

    def _wait_s(self, rule: Rule, key: Key) -> int:
        kept = self._failures.get(key)
        if kept is None or len(kept) < rule.failures:
            return 0
        return max(0, int(kept[0] + rule.window_s - self._clock()) + 1)


def _counted(email: str, address: str) -> list[tuple[Rule, Key]]:
    return [
        (BOTH, ("both", email, address)),
        (ACCOUNT, ("account", email)),
        (ADDRESS, ("address", address)),
        (EVERYWHERE, ("everywhere",)),
    ]
