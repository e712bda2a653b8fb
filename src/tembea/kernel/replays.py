"""Signed requests of others: how old one may be, and whether it was taken before.

A signature proves who wrote a request, not that it is new. Whoever copies one can send it again; so it counts only for
a few minutes, and once in these. What is remembered is the digest of what was signed and not the signature, of which
ECDSA lets anybody make a second one that holds too.
"""

import time
from typing import LiteralString

from tembea.kernel.context import platform_context
from tembea.kernel.db import Db
from tembea.kernel.errors import Unauthorized

PRUNED_AT_ONCE = 200


class StaleSignature(Unauthorized):
    """The request was signed too long ago, or in the future."""

    code = "stale_signature"
    title = "The signature is out of date"

    def __init__(self, tolerance_s: int) -> None:
        super().__init__(f"This request was not signed within {tolerance_s} seconds of now. Send it anew.")


def check_age(timestamp: str, *, tolerance_s: int) -> None:
    """Raises `StaleSignature` unless `timestamp` (seconds since 1970, digits alone) is now, give or take."""
    known = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12
    if not known or abs(time.time() - int(timestamp)) > tolerance_s:
        raise StaleSignature(tolerance_s)


async def is_replay(db: Db, source: str, digest: bytes) -> bool:
    """Whether everything that a request asks for was done before."""
    async with db.read(platform_context()) as read:
        return await read.value(int, _FIND, [source, digest]) is not None


async def remember(db: Db, source: str, digest: bytes) -> None:
    """Note a request whose effects are stored. Before they are, it must not be: the sender may have to come back.

    Removes some of what is too old to be taken anyway.
    """
    async with db.tx(platform_context()) as tx:
        await tx.execute(_REMEMBER, [source, digest])
        await tx.execute(_PRUNE, [PRUNED_AT_ONCE])


_FIND: LiteralString = "select 1 from webhook_replays where source = %s and digest = %s"
_REMEMBER: LiteralString = "insert into webhook_replays (source, digest) values (%s, %s) on conflict do nothing"
_PRUNE: LiteralString = """
    delete from webhook_replays where (source, digest) in (
      select source, digest from webhook_replays where received_at < now() - interval '1 hour'
      order by received_at limit %s
    )
"""
