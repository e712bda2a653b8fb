"""The conversation of an enquiry: what came in and what went out, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from tembea.inbox import store
from tembea.kernel.db import Read
from tembea.notifications import list_mails_of_enquiry


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """One message of a conversation. `status` is "received", or where our own mail stands."""

    id: UUID
    direction: Literal["in", "out"]
    kind: str
    status: str
    sender: str | None
    recipient: str
    subject: str
    text: str
    at: datetime
    message_id: str | None
    attachments: Sequence[Mapping[str, object]]


async def list_thread(read: Read, enquiry_id: UUID) -> list[ThreadEntry]:
    """The conversation, oldest first, without drafts that were dropped."""
    received = [
        ThreadEntry(
            id=mail.id,
            direction="in",
            kind="message",
            status="received",
            sender=mail.from_address,
            recipient=mail.recipient,
            subject=mail.subject,
            text=mail.body_text,
            at=mail.received_at,
            message_id=mail.message_id,
            attachments=mail.attachments,
        )
        for mail in await store.list_received(read, enquiry_id)
    ]
    sent = [
        ThreadEntry(
            id=mail.id,
            direction="out",
            kind=mail.kind,
            status=mail.status,
            sender=mail.from_address,
            recipient=mail.to_address,
            subject=mail.subject,
            text=mail.body_text,
            at=mail.sent_at or mail.created_at,
            message_id=mail.message_id,
            attachments=mail.attachments,
        )
        for mail in await list_mails_of_enquiry(read, enquiry_id)
    ]
    return sorted([*received, *sent], key=lambda entry: (entry.at, entry.id))
