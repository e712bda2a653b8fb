"""SendGrid's event webhook: what became of our mails beyond the first mail server.

Source: https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event (event types and their fields). It
comes in batches, in any order and more than once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, StringConstraints, TypeAdapter, ValidationError

from tembea.inbox.deliveries import note_report
from tembea.inbox.headers import one_line
from tembea.inbox.webhook import SignedRequest
from tembea.kernel.context import Context, anonymous_context
from tembea.kernel.db import Db
from tembea.kernel.errors import Invalid
from tembea.kernel.web import DbDep, Public, Wire, request_id_of
from tembea.notifications import DeliveryReport, MailKey, ReportKind, find_mails
from tembea.settings import Settings

EVENTS_MAX, EVENTS_A_TRANSACTION = 10_000, 50
DETAIL_MAX_CHARS = 1_000

router = APIRouter(tags=["webhooks"])

_KINDS = {
    "delivered": ReportKind.DELIVERED,
    "deferred": ReportKind.DEFERRED,
    "bounce": ReportKind.BOUNCED,
    "dropped": ReportKind.BOUNCED,
    "spamreport": ReportKind.COMPLAINED,
    "unsubscribe": ReportKind.UNSUBSCRIBED,
}
_SAID_OF_THE_ADDRESS = ("bounced address", "invalid")
"""Why SendGrid drops a mail without trying, as far as it is about the address and not about this mail."""


class SendGridEvent(BaseModel):
    """One event. Fields that say nothing here, and events such as `open` and `click`, are passed over."""

    event: str
    sg_event_id: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    smtp_id: Annotated[str, Field(alias="smtp-id", max_length=998)]
    timestamp: Annotated[int, Field(ge=0, le=253_402_300_799)]
    reason: str = ""
    response: str = ""
    status: str = ""
    type: str = ""

    @property
    def message_id(self) -> str:
        """The Message-ID with its brackets."""
        return f"<{self.smtp_id.strip().strip('<>')}>"

    def report(self, kind: ReportKind) -> DeliveryReport:
        """What it says. A bounce is permanent unless SendGrid calls it a block, which may pass."""
        said = self.reason or self.response
        if self.event == "dropped":
            permanent = said.lower().startswith(_SAID_OF_THE_ADDRESS)
        else:
            permanent = kind is ReportKind.BOUNCED and self.type != "blocked" and not self.status.startswith("4")
        words = said if self.status in said else f"{self.status} {said}"
        return DeliveryReport(
            event_id=f"sendgrid:{one_line(self.sg_event_id, 200)}",
            kind=kind,
            permanent=permanent,
            detail=one_line(words, DETAIL_MAX_CHARS),
            occurred_at=datetime.fromtimestamp(self.timestamp, UTC),
        )


_BATCH = TypeAdapter(list[object])


class EventsOut(Wire):
    """The events are stored. Nothing here tells which of them were about a mail of ours."""

    status: Literal["stored"] = "stored"


@router.post("/webhooks/email/events")
async def receive_events(_: Public, request: Request, db: DbDep) -> EventsOut:
    """What SendGrid reports about mails that left: 200 once it is stored, 503 while the database is down."""
    settings: Settings = request.app.state.settings
    signed = SignedRequest(request, settings, "sendgrid.events")
    body = b"".join([chunk async for chunk in signed.body()])
    if await signed.is_replay(db):
        return EventsOut()
    events = {event.sg_event_id: event for event in _parsed(body) if event.event in _KINDS}
    await take_events(db, list(events.values()), request_id=request_id_of(request))
    await signed.remember(db)
    return EventsOut()


def _parsed(body: bytes) -> Iterable[SendGridEvent]:
    """The events that can be understood; one that cannot must not keep the others from coming in."""
    try:
        batch = _BATCH.validate_json(body)
    except ValidationError as error:
        raise Invalid("This is not a batch of events: send a JSON array.") from error
    if len(batch) > EVENTS_MAX:
        raise Invalid(f"A batch holds at most {EVENTS_MAX} events. Send it in parts.")
    for item in batch:
        try:
            yield SendGridEvent.model_validate(item)
        except ValidationError:
            continue


async def take_events(db: Db, events: Sequence[SendGridEvent], *, request_id: str) -> None:
    """Bring each event to the mail that it names; what names none of ours is passed over."""
    anonymous = anonymous_context(request_id)
    async with db.read(anonymous) as read:
        mails = {mail.message_id: mail for mail in await find_mails(read, [event.message_id for event in events])}
    ours: defaultdict[tuple[UUID, str], list[tuple[MailKey, SendGridEvent]]] = defaultdict(list)
    for event in events:
        mail = mails.get(event.message_id)
        if mail is not None:
            ours[mail.tenant_id, mail.tenant].append((mail, event))
    for (tenant_id, tenant), found in ours.items():
        await _take_in_order(db, anonymous.acting_for(tenant_id, tenant), found)


async def _take_in_order(db: Db, ctx: Context, found: list[tuple[MailKey, SendGridEvent]]) -> None:
    # By mail: two deliveries of one batch then take their locks in the same order.
    found.sort(key=lambda pair: (pair[0].mail_id, pair[1].timestamp))
    for start in range(0, len(found), EVENTS_A_TRANSACTION):
        async with db.tx(ctx) as tx:
            for mail, event in found[start : start + EVENTS_A_TRANSACTION]:
                await note_report(tx, mail.mail_id, event.report(_KINDS[event.event]))
