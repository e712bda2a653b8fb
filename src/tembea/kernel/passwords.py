"""Password hashing: argon2id (RFC 9106) with OWASP's second recommended setting, 19 MiB and two passes.

Hashing happens in a thread, two at a time: it costs about 25 ms of one core and must not hold up other requests.
"""

import anyio.to_thread
from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY = _hasher.hash("the password of nobody")
_threads = RunVar[CapacityLimiter]("password_threads")


def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    return _hasher.hash(password)


async def verify_password(password: str, hashed: str | None) -> bool:
    """Whether the password is right. Without a hash it works as long and says no, so that timing tells nothing."""
    return await anyio.to_thread.run_sync(_verify, password, hashed, limiter=_limiter())


def _verify(password: str, hashed: str | None) -> bool:
    try:
        return _hasher.verify(hashed or _NOBODY, password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def _limiter() -> CapacityLimiter:
    """Two threads for each event loop; anyio's limiters belong to the loop that they were made in."""
    try:
        return _threads.get()
    except LookupError:
        limiter = CapacityLimiter(2)
        _threads.set(limiter)
        return limiter
