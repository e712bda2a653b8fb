"""One of several processes that hit the same limit at once: prints how many of its requests were admitted."""

import asyncio
import sys

from tembea.kernel.limits import Limit, Limiter
from tembea.kernel.redis import open_redis


async def main(url: str, hits: int, limit: int) -> None:
    link = open_redis(url, timeout_s=10, max_connections=20)
    assert link is not None
    limiter, limits = Limiter(link), [Limit("api", limit, 3_600, "a tenant", 0)]
    await limiter.look(limits)
    print("ready", flush=True)
    sys.stdin.readline()
    decisions = await asyncio.gather(*(limiter.decide(limits, kind="test") for _ in range(hits)))
    print(sum(decision.admitted for decision in decisions))
    await link.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
