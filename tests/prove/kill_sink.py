"""A mail server that takes what it is given, keeps it, and answers after a moment, as one across a network would."""

import asyncio
import email
import random
import threading
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.prove.kill_senders import DOMAIN

_ANSWERS_AFTER_S = (0.0, 0.25)


@dataclass
class Received:
    """How often each mail came, by recipient and Message-ID."""

    times: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])

    @property
    def mails(self) -> int:
        """Different mails."""
        return len(self.times)

    @property
    def repeated(self) -> int:
        """Times a mail came again under the Message-ID it had."""
        return sum(self.times.values()) - len(self.times)

    def failures(self, expected: int, uncertain: int) -> list[str]:
        """What breaks the rule: none lost, another Message-ID never, a repetition only where it was counted."""
        recipients = {recipient for recipient, _ in self.times}
        found: list[str] = []
        if len(recipients) != expected:
            found.append(f"answers lost: {expected - len(recipients)}")
        if len(recipients) != self.mails:
            found.append(f"answers doubled under another Message-ID: {self.mails - len(recipients)}")
        if self.repeated > uncertain:
            found.append(f"{self.repeated} repetitions, only {uncertain} counted as uncertain")
        return found


class _Keeper:
    def __init__(self, received: Received) -> None:
        self._received = received

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        message_id = str(email.message_from_bytes(envelope.original_content or b"")["Message-ID"])
        for recipient in envelope.rcpt_tos:
            if recipient.endswith(f"@{DOMAIN}"):  # the demonstration's customers get their answers here too
                self._received.times[recipient.lower(), message_id] += 1
        await asyncio.sleep(random.uniform(*_ANSWERS_AFTER_S))
        return "250 2.0.0 Kept"


@dataclass(frozen=True, slots=True)
class MailSink:
    """A running one: where it listens, and what it has."""

    url: str
    received: Received


@contextmanager
def mail_sink() -> Generator[MailSink]:
    """Listen in a thread of its own until the block ends."""
    loop, received = asyncio.new_event_loop(), Received()

    def connection() -> SMTP:
        return SMTP(_Keeper(received), loop=loop)

    server = loop.run_until_complete(loop.create_server(connection, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield MailSink(f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}", received)
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
