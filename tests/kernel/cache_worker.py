"""One process of several that share a cache: so many clients ask at once, at a moment that is given to all."""

import asyncio
import json
import sys
import time
from uuid import UUID

from redis.asyncio import Redis

from tembea.kernel.cache import Cache
from tembea.kernel.redis import open_redis
from tembea.kernel.shared_values import Codec, SharedValues

CODEC: Codec[int] = Codec("1", lambda value: str(value).encode(), lambda content: int(content))


async def ask(url: str, tenant: UUID, clients: int, at: float) -> None:
    link = open_redis(url, timeout_s=2, max_connections=20)
    assert link is not None
    counter = Redis.from_url(url)  # pyright: ignore[reportUnknownMemberType]
    cache = Cache("test", max_entries=10, stale_s=60, shared=SharedValues(link, "test", CODEC, lease_s=10))

    async def load() -> int:
        made = int(await counter.incr("made"))
        await asyncio.sleep(0.3)
        return made

    await asyncio.sleep(max(0.0, at - time.time()))
    answers = await asyncio.gather(*(cache.get_or_load(tenant, "a", 1.0, load) for _ in range(clients)))
    print(json.dumps([[answer.value, answer.status] for answer in answers]))
    await link.close()
    await counter.aclose()


if __name__ == "__main__":
    asyncio.run(ask(sys.argv[1], UUID(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
