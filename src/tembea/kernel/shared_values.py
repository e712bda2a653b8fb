"""Values in Redis that all processes share, and the leases by which one of them makes the next one.

Times are Redis's own, so that clocks of different machines need not agree: a value comes back with its age. What does
not decode, has another shape or is too large counts as not there.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast
from uuid import UUID

from prometheus_client import Counter

from tembea.kernel.redis import Away, RedisLink

if TYPE_CHECKING:
    from redis.asyncio import Redis

T = TypeVar("T")

MAX_BYTES = 1_000_000
UNREADABLE = Counter("tembea_cache_unreadable_total", "Values in Redis that could not be used", ["cache"])

# Each script runs on Redis 6.2. KEYS: the value (a hash of start, time to live, content) and the lease.
_LOOK = """
local t = redis.call('TIME')
local found = redis.call('HMGET', KEYS[1], 's', 't', 'v')
return {t[1] * 1000000 + t[2], found[1] or '', found[2] or '', found[3] or '', redis.call('EXISTS', KEYS[2])}
"""
_LEASE = """
local t = redis.call('TIME')
local got = redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2])
return {t[1] * 1000000 + t[2], got and 1 or 0}
"""
_PUT = """
local known = tonumber(redis.call('HGET', KEYS[1], 's') or '0') or 0
if tonumber(ARGV[3]) > known then
  redis.call('HSET', KEYS[1], 's', ARGV[3], 't', ARGV[4], 'v', ARGV[5])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
return 1
"""
_RELEASE = "if redis.call('GET', KEYS[2]) == ARGV[1] then return redis.call('DEL', KEYS[2]) end return 0"


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """How a value is written (JSON, never pickle). `schema` changes when what is written does."""

    schema: str
    encode: Callable[[T], bytes]
    decode: Callable[[bytes], T]


@dataclass(frozen=True, slots=True)
class Look(Generic[T]):
    """What a look found: a value with its age and its time to live in seconds, or None; whether somebody makes one."""

    value: T | None
    age_s: float
    ttl_s: float
    is_leased: bool


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to make the next value. `started_us` is Redis's time when it was given."""

    token: str
    started_us: int


class SharedValues(Generic[T]):
    """The values of one cache, by tenant and part. Every call is bounded, and answers `Away` where Redis does not."""

    def __init__(self, link: RedisLink, name: str, codec: Codec[T], *, lease_s: float) -> None:
        self.name = name
        self._link = link
        self._codec = codec
        self._lease_ms = round(lease_s * 1_000)

    async def look(self, tenant_id: UUID, part: str) -> Look[T] | Away:
        """What is there."""
        answer = await self._run(_LOOK, tenant_id, part)
        if isinstance(answer, Away):
            return answer
        now_us, started, ttl_ms, content, leased = answer
        nothing: Look[T] = Look(None, 0.0, 0.0, bool(leased))
        if not isinstance(content, bytes) or not content:
            return nothing
        try:
            value = self._codec.decode(content)
            age_s = (_number(now_us) - _number(started)) / 1_000_000
            return Look(value, max(0.0, age_s), _number(ttl_ms) / 1_000, bool(leased))
        except (ValueError, TypeError):
            UNREADABLE.labels(self.name).inc()
            return nothing

    async def lease(self, tenant_id: UUID, part: str) -> Lease | Away | None:
        """The right to make the next value, or None while another process has it."""
        token = secrets.token_hex(8)
        answer = await self._run(_LEASE, tenant_id, part, token, self._lease_ms)
        if isinstance(answer, Away):
            return answer
        return Lease(token, _number(answer[0])) if answer[1] else None

    async def put(self, tenant_id: UUID, part: str, lease: Lease, value: T, *, ttl_s: float, stale_s: float) -> None:
        """Keep a value, unless one that was begun later is there, and give the lease back."""
        content = self._codec.encode(value)
        if len(content) > MAX_BYTES:
            await self.release(tenant_id, part, lease)
            return
        keep_ms = max(1, round((ttl_s + stale_s) * 1_000))
        ttl_ms = round(ttl_s * 1_000)
        await self._run(_PUT, tenant_id, part, lease.token, keep_ms, lease.started_us, ttl_ms, content)

    async def release(self, tenant_id: UUID, part: str, lease: Lease) -> None:
        """Give the lease back without a value."""
        await self._run(_RELEASE, tenant_id, part, lease.token)

    async def _run(self, script: str, tenant_id: UUID, part: str, *arguments: str | int | bytes) -> list[object] | Away:
        # The braces keep a tenant's keys in one place of a Redis cluster.
        base = f"tembea:cache:{{{tenant_id}}}:{self.name}:{self._codec.schema}:{part}"

        async def call(client: "Redis") -> list[object]:
            answer = await client.eval(script, 2, base, f"{base}:lease", *arguments)  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
            if isinstance(answer, list):
                return cast("list[object]", answer)
            if isinstance(answer, int):
                return [answer]
            raise TypeError("not an answer of ours")

        return await self._link.run("cache", call)


def _number(value: object) -> int:
    if isinstance(value, int | bytes | str):
        return int(value)
    raise TypeError("not a number")
