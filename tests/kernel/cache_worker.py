"""One process of several that share a cache: so many clients ask at once, all at the same moment, twice."""

import asyncio
import json
import sys
from uuid import UUID

from redis.asyncio import Redis

from tembea.kernel.cache import Cache
from tembea.kernel.redis import open_redis
from tembea.kernel.shared_values import Codec, SharedValues

TTL_S = 3.0
CODEC: Codec[int] = Codec("1", lambda value: str(value).encode(), lambda content: int(content))


async def ask(url: str, tenant: UUID, clients: int, processes: int) -> None:
    link = open_redis(url, timeout_s=2, max_connections=20)
    assert link is not None
    counter = Redis.from_url(url)  # pyright: ignore[reportUnknownMemberType]
    cache = Cache("test", max_entries=10, stale_s=60, shared=SharedValues(link, "test", CODEC, lease_s=10))

    async def load() -> int:
        made = int(await counter.incr("made"))
        await asyncio.sleep(0.3)
        return made

    async def together(name: str) -> None:
        await counter.incr(name)
        while True:
            if int(await counter.get(name) or 0) >= processes:
                return
            await asyncio.sleep(0.01)

    for meeting in ("at first", "at expiry"):
        await together(meeting)
        answers = await asyncio.gather(*(cache.get_or_load(tenant, "a", TTL_S, load) for _ in range(clients)))
        print(json.dumps([[answer.value, answer.status] for answer in answers]))
        await asyncio.sleep(TTL_S + 0.2)
    await link.close()
    await counter.aclose()


if __name__ == "__main__":
    asyncio.run(ask(sys.argv[1], UUID(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
