"""Password hashing: argon2id (RFC 9106) with OWASP's second recommended setting, 19 MiB and two passes.

A hash costs some 25 ms of one core. Hashing has threads of its own, which step back for everything else, and a bounded
queue in front: a storm of log-ins waits there and leaves other requests, and their threads, alone.
"""

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tembea.kernel.errors import Unavailable

T = TypeVar("T")

THREADS = 2
WAITING_MAX = 1_000
"""Hashes that may wait; some 13 s of work on two cores, which is longer than anybody's request waits."""

_NICENESS = 3


class TooManyPasswords(Unavailable):
    """More passwords are waiting to be checked than can be checked in time."""

    code = "busy"

    def __init__(self) -> None:
        super().__init__(
            "Very many people are signing in at once. Please try again in a moment.", headers={"Retry-After": "5"}
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a password is right; `rehashed` is what to store instead where the hash's parameters are out of date."""

    right: bool
    rehashed: str | None = None


_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY = _hasher.hash("the password of nobody")
_waiting = 0


def hash_password(password: str) -> str:
    """The argon2id hash to store; for the command line and tests. Requests use `hash_password_aside`."""
    return _hasher.hash(password)


async def hash_password_aside(password: str) -> str:
    """The argon2id hash to store, made in the hashing threads; raises `TooManyPasswords`."""
    return await _aside(lambda: _hasher.hash(password))


async def check_password(password: str, hashed: str | None) -> Verdict:
    """Whether the password is right; raises `TooManyPasswords`.

    Without a hash it works as long and says no, so that timing tells nothing.
    """
    return await _aside(lambda: _check(password, hashed))


def _check(password: str, hashed: str | None) -> Verdict:
    try:
        right = _hasher.verify(hashed or _NOBODY, password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return Verdict(False)
    if right and hashed is not None and _hasher.check_needs_rehash(hashed):
        return Verdict(True, _hasher.hash(password))
    return Verdict(right)


async def _aside(work: Callable[[], T]) -> T:
    global _waiting  # one number a process, touched by its event loop alone
    if _waiting >= WAITING_MAX:
        raise TooManyPasswords
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, work)
    finally:
        _waiting -= 1


def _step_back() -> None:
    """On Linux a thread has a niceness of its own: hashing takes what the event loop leaves."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="passwords", initializer=_step_back)
