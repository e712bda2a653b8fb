"""The incoming mail webhook."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Literal

from fastapi import APIRouter, Request

from tembea.inbox.form import read_form, read_message
from tembea.inbox.model import QuarantineLimits
from tembea.inbox.service import receive_for_all
from tembea.inbox.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER, SignedBody
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
    parts = await read_form(request.headers.get("content-type", ""), verified_body(request, settings))
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
    return ReceivedOut()


async def verified_body(request: Request, settings: Settings) -> AsyncGenerator[bytes]:
    """The body as it comes in; raises `WrongSignature` at its end where a key is configured and does not fit."""
    key = settings.sendgrid_verification_key
    headers = request.headers
    signed = key and SignedBody(
        key, signature=headers.get(SIGNATURE_HEADER, ""), timestamp=headers.get(TIMESTAMP_HEADER, "")
    )
    async for chunk in request.stream():
        if signed:
            signed.feed(chunk)
        yield chunk
    if signed:
        signed.check()
