"""The one connection of a process that listens (LISTEN, NOTIFY), kept up for as long as the process lives.

It must lead past a transaction pooler, which would hand what is heard to whoever has the connection by then.
"""

import asyncio
import random
from collections.abc import Callable, Mapping

import psycopg
import structlog
from prometheus_client import Gauge
from psycopg import sql

log = structlog.stdlib.get_logger("tembea.listening")

LISTENING = Gauge("tembea_listening", "Whether this process hears of what others commit: 1, or 0 while it reconnects")

ALIVE_CHECK_S = 10.0
"""How long silence is believed; then the server is asked whether it is still there."""
ANSWER_TIMEOUT_S = 5.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 5.0

Heard = Callable[[str], None]


async def listen(dsn: str, channels: Mapping[str, Heard], *, missed: Callable[[], None]) -> None:
    """Call a channel's function with each payload, until cancelled.

    `missed` is called whenever listening begins, for the first time too: what was said before that was not heard. The
    functions must not wait; one that raises ends nothing.
    """
    pause_s = FIRST_PAUSE_S
    while True:
        try:
            async with await _connect(dsn) as connection:
                for channel in channels:
                    await connection.execute(sql.SQL("listen {}").format(sql.Identifier(channel)))
                LISTENING.set(1)
                pause_s = FIRST_PAUSE_S
                _call(missed)
                await _hear(connection, channels)
        except (psycopg.Error, OSError, TimeoutError) as error:
            log.warning("listening_lost", error=type(error).__name__, retry_in_s=round(pause_s, 1))
        finally:
            LISTENING.set(0)
        await asyncio.sleep(pause_s * random.uniform(0.5, 1.5))  # noqa: S311 - it spreads reconnects, guards nothing
        pause_s = min(2 * pause_s, LONGEST_PAUSE_S)


async def _connect(dsn: str) -> psycopg.AsyncConnection[tuple[object, ...]]:
    async with asyncio.timeout(ANSWER_TIMEOUT_S):
        return await psycopg.AsyncConnection.connect(
            dsn, autocommit=True, connect_timeout=2, application_name="tembea listening", prepare_threshold=None
        )


async def _hear(connection: psycopg.AsyncConnection[tuple[object, ...]], channels: Mapping[str, Heard]) -> None:
    while True:
        async for notify in connection.notifies(timeout=ALIVE_CHECK_S):
            heard = channels.get(notify.channel)
            if heard is not None:
                _call(heard, notify.payload)
        async with asyncio.timeout(ANSWER_TIMEOUT_S):
            await connection.execute("select 1")


def _call(function: Callable[..., None], *arguments: str) -> None:
    try:
        function(*arguments)
    except Exception:  # the edge of the process's ears: one deaf handler must not silence the others
        log.exception("listening_handler_failed")
