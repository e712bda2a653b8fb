"""Live events over HTTP: one long answer for as long as somebody looks."""

from typing import Annotated, cast

from fastapi import APIRouter, Header, Request
from fastapi.responses import Response

from tembea.kernel.sse import MEDIA_TYPE, EventStreamResponse
from tembea.kernel.streams import EventStreams
from tembea.kernel.tokens import expiry_of
from tembea.kernel.web import Staff, caller_of

router = APIRouter(prefix="/api/v1", tags=["events"])


@router.get("/events", response_class=Response, responses={200: {"content": {MEDIA_TYPE: {}}}})
async def follow_events(
    request: Request, ctx: Staff, last_event_id: Annotated[str | None, Header(max_length=8_000)] = None
) -> Response:
    """What happens to your agency, as server-sent events.

    Each event's `data` names its `type` (`enquiry.received`, `enquiry.changed`, `quote.status`, `mail.status`,
    `client.changed`, `settings.changed` and others) and what it is about, by identifiers; ask for the thing itself to
    see it. `Last-Event-ID` goes on where a stream was cut off, up to a day later; `reset` says that something was
    missed and everything shown should be asked for anew. `end` is the last message, with its reason; come back after
    the `retry` time, with a fresh token where the old one ran out.
    """
    streams = cast("EventStreams", request.app.state.streams)
    token = request.headers.get("authorization", "").partition(" ")[2].strip()
    stream = await streams.open(
        ctx,
        session_id=caller_of(request).session_id,
        expires_at=expiry_of(token),
        last_event_id=last_event_id,
    )
    return EventStreamResponse(stream, finish=lambda: streams.close(stream))
