"""Letters of a test, and a mail server that keeps what it is given and answers as it is told."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from aiosmtpd.smtp import SMTP, Envelope, Session
from pydantic import SecretStr

from tembea.notifications import MailKind, NewMail, queue_mail
from tembea.providers import Providers, build_providers
from tembea.settings import Settings
from tembea.tenants import get_tenant
from tests.app_fixtures import Agency, Platform

Json = dict[str, Any]
Answer = Callable[["Sink"], Awaitable[str]]


async def _accept(sink: "Sink") -> str:
    return "250 2.0.0 taken"


@dataclass
class Sink:
    """The mail server; `answer` is what it says after DATA, `recipient_answer` after RCPT unless None."""

    answer: Answer = _accept
    recipient_answer: str | None = None
    received: list[bytes] = field(default_factory=list[bytes])
    connections: int = 0
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - the library finds hooks by these names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.connections += 1
        if self.recipient_answer:
            return self.recipient_answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.received.append(envelope.original_content or b"")
        answer = await self.answer(self)
        if answer == "hang up":
            assert server.transport is not None
            server.transport.close()
        return answer


@asynccontextmanager
async def mail_server(sink: Sink) -> AsyncGenerator[Sink]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(sink, hostname="sink", enable_SMTPUTF8=True, loop=loop), host="127.0.0.1", port=0
    )
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        server.close()


def smtp_providers(settings: Settings, sink: Sink, **more: object) -> Providers:
    """What sends to the sink; `more` are settings."""
    url = SecretStr(f"smtp://127.0.0.1:{sink.port}?starttls=never")
    return build_providers(settings.model_copy(update={"mail_smtp": url, **more}))


def letter(to: str = "naledi@example.net", **more: Any) -> NewMail:
    return NewMail(kind=MailKind.REPLY, to_address=to, subject="Your trip", text="Dear Naledi", **more)


async def queue(platform: Platform, agency: Agency, mail: NewMail | None = None, *, draft: bool = False) -> UUID:
    async with platform.db.tx(agency.ctx) as tx:
        return await queue_mail(tx, await get_tenant(tx), mail or letter(), draft=draft)


async def life(agency: Agency, mail_id: object) -> Json:
    """The mail as the agency's people see it."""
    answer = await agency.consultant.get(f"/api/v1/mail/{mail_id}")
    assert answer.status_code == 200, answer.text
    return answer.json()
