"""The incoming mail webhook."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Literal

from fastapi import APIRouter, Request

from tembea.inbox.form import read_form, read_message
from tembea.inbox.model import QuarantineLimits
from tembea.inbox.service import receive_for_all
from tembea.inbox.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER, SignedBody
from tembea.kernel.db import Db
from tembea.kernel.replays import is_replay, remember
from tembea.kernel.web import DbDep, Public, Wire
from tembea.settings import Settings

router = APIRouter(tags=["webhooks"])


class ReceivedOut(Wire):
    """The message is stored. Nothing here tells whose it is, or whether anybody's."""

    status: Literal["stored"] = "stored"


@router.post("/webhooks/email/inbound")
async def receive_mail(_: Public, request: Request, db: DbDep) -> ReceivedOut:
    """SendGrid's Inbound Parse: 200 once the message is stored, 503 while the database is down, to be sent again."""
    settings: Settings = request.app.state.settings
    signed = SignedRequest(request, settings, "sendgrid.inbound")
    parts = await read_form(request.headers.get("content-type", ""), signed.body())
    if await signed.is_replay(db):
        return ReceivedOut()
    form = await asyncio.to_thread(read_message, parts)
    await receive_for_all(
        db,
        raw=form.raw,
        recipients=form.recipients,
        envelope_from=form.envelope_from,
        source="webhook",
        inbound_domain=settings.inbound_domain,
        quarantine=QuarantineLimits(settings.quarantine_max_messages, settings.quarantine_max_bytes),
    )
    await signed.remember(db)
    return ReceivedOut()


class SignedRequest:
    """A webhook's request. Where no key is configured for it, everybody's is taken, and none is a replay."""

    def __init__(self, request: Request, settings: Settings, source: str) -> None:
        self._request = request
        self._settings = settings
        self._source = source
        self._digest: bytes | None = None

    async def body(self) -> AsyncGenerator[bytes]:
        """The body as it comes in; raises `WrongSignature` or `StaleSignature` at its end where a key is configured."""
        key, headers = self._settings.sendgrid_verification_key, self._request.headers
        signed = key and SignedBody(
            key, signature=headers.get(SIGNATURE_HEADER, ""), timestamp=headers.get(TIMESTAMP_HEADER, "")
        )
        async for chunk in self._request.stream():
            if signed:
                signed.feed(chunk)
            yield chunk
        if signed:
            self._digest = signed.check(tolerance_s=self._settings.webhook_tolerance_s)

    async def is_replay(self, db: Db) -> bool:
        """Whether all of it was done before; only once the body is read."""
        return self._digest is not None and await is_replay(db, self._source, self._digest)

    async def remember(self, db: Db) -> None:
        """All of it is done."""
        if self._digest is not None:
            await remember(db, self._source, self._digest)
