"""The SMTP door: a listener in the process's own event loop that says 250 only when the message is in the database.

It takes mail for anybody (nobody learns here which agencies exist; strangers' mail goes to the quarantine), speaks no
AUTH, and bounds connections, recipients, sizes and waiting. Sources: RFC 5321 (SMTP), RFC 1870 (SIZE), RFC 2920
(pipelining), RFC 6531 (SMTPUTF8).
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import cast

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from tembea.inbox.model import MAX_MESSAGE_BYTES, QuarantineLimits
from tembea.inbox.service import RECIPIENTS_MAX, receive_for_all
from tembea.kernel.db import Db
from tembea.kernel.errors import Unavailable

log = structlog.stdlib.get_logger("tembea.smtp")

_BUSY = b"421 4.3.2 Too many connections at once, please come back in a moment\r\n"
_LATER = "451 4.3.0 Not stored, please try again later"


@dataclass(frozen=True, slots=True)
class SmtpLimits:
    """Bounds of the listener.

    A connection is closed `timeout_s` seconds after its last command. Lines may be longer than RFC 5321 allows (998),
    because a sender who errs there should not lose a customer's mail.
    """

    max_message_bytes: int = MAX_MESSAGE_BYTES
    max_connections: int = 50
    max_line_bytes: int = 262_144
    timeout_s: float = 120.0
    close_timeout_s: float = 5.0


class Connections:
    """The open connections, so that they can be bounded and, at the end, awaited."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._open: set[asyncio.Transport] = set()
        self._empty = asyncio.Event()

    def admit(self, transport: asyncio.Transport) -> bool:
        """Whether this one may talk."""
        if len(self._open) >= self._limit:
            return False
        self._open.add(transport)
        self._empty.clear()
        return True

    def leave(self, transport: asyncio.Transport | None) -> None:
        """This one has gone."""
        if transport is not None:
            self._open.discard(transport)
        if not self._open:
            self._empty.set()

    async def drain(self, timeout_s: float) -> None:
        """Wait for the open ones to finish, then cut the rest: they had no 250 yet and come back."""
        if self._open:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._empty.wait(), timeout_s)
        for transport in tuple(self._open):
            transport.abort()


class Door:
    """What happens to a message, in the form of the library's hooks."""

    def __init__(self, db: Db, *, inbound_domain: str, quarantine: QuarantineLimits) -> None:
        self._db = db
        self._inbound_domain = inbound_domain
        self._quarantine = quarantine

    async def handle_EHLO(  # noqa: N802 - the library finds hooks by these names
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Say what is spoken here."""
        del server, envelope
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", "250-ENHANCEDSTATUSCODES", responses[-1]]

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take every recipient, up to the bound that RFC 5321 wants at least."""
        del server, session
        if len(envelope.rcpt_tos) >= RECIPIENTS_MAX:
            return "452 4.5.3 Too many recipients, send the rest in another message"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Store the message for each recipient; only then it is accepted."""
        del server
        try:
            receipts = await receive_for_all(
                self._db,
                raw=cast("bytes", envelope.original_content),
                recipients=envelope.rcpt_tos,
                envelope_from=(envelope.mail_from or "").strip("<>"),
                source="smtp",
                inbound_domain=self._inbound_domain,
                quarantine=self._quarantine,
            )
        except Unavailable:
            log.warning("mail_deferred", peer=str(session.peer))
            return _LATER
        return f"250 2.0.0 Kept for {len(receipts)}"

    async def handle_exception(self, error: Exception) -> str:
        """Whatever else goes wrong is ours, and the sender shall keep the message and come back."""
        log.error("smtp_failed", exc_info=error)
        return _LATER


class Listener(SMTP):
    """One connection."""

    def __init__(self, door: Door, limits: SmtpLimits, connections: Connections) -> None:
        # The library keeps both of these on the class, where one connection's EHLO changes them for all the others.
        self.command_size_limits: dict[str, int] = defaultdict(lambda: 1_024)
        self.line_length_limit = limits.max_line_bytes
        self._connections = connections
        super().__init__(
            door,
            data_size_limit=limits.max_message_bytes,
            enable_SMTPUTF8=True,
            hostname="tembea",
            ident="ready",
            timeout=limits.timeout_s,
            auth_exclude_mechanism=("LOGIN", "PLAIN"),
            loop=asyncio.get_running_loop(),
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let a connection in while there is room for it."""
        connected = cast("asyncio.Transport", transport)
        if not self._connections.admit(connected):
            connected.write(_BUSY)
            connected.close()
            connected.set_protocol(asyncio.Protocol())
            return
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Make room for the next one."""
        self._connections.leave(cast("asyncio.Transport | None", self.transport))
        super().connection_lost(error)


@asynccontextmanager
async def listening(
    db: Db,
    *,
    host: str,
    port: int,
    inbound_domain: str,
    limits: SmtpLimits | None = None,
    quarantine: QuarantineLimits | None = None,
) -> AsyncGenerator[asyncio.Server]:
    """Listen until the block ends; port 0 takes a free one. Mail in flight then gets its time to finish."""
    limits = limits or SmtpLimits()
    connections = Connections(limits.max_connections)
    door = Door(db, inbound_domain=inbound_domain, quarantine=quarantine or QuarantineLimits())
    server = await asyncio.get_running_loop().create_server(
        lambda: Listener(door, limits, connections), host=host, port=port, backlog=200
    )
    log.info("smtp_listening", host=host, port=server.sockets[0].getsockname()[1])
    try:
        yield server
    finally:
        server.close()
        await connections.drain(limits.close_timeout_s)
