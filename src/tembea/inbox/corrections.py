"""What people corrected, as data on which the reading is measured: the form of `evals/mails`."""

from email.utils import formataddr

from pydantic import JsonValue

from tembea.inbox.work_store import Correction, list_corrections
from tembea.kernel.db import Read


async def read_corrections(read: Read) -> list[dict[str, JsonValue]]:
    """One evaluation record for each corrected enquiry, the last correction of each, the newest first.

    The records hold customers' words and names: whoever exports them looks after them.
    """
    return [_record(one) for one in await list_corrections(read)]


def _record(one: Correction) -> dict[str, JsonValue]:
    sender = formataddr((one.from_name or "", one.from_email)) if one.from_email else one.from_name or ""
    return {
        "id": str(one.enquiry_id),
        "received_at": one.received_at.isoformat(),
        "from": sender,
        "to": "",
        "subject": one.subject,
        "body": one.body_text,
        "expected": one.corrected,
        "tags": ["corrected", f"lang:{one.language or 'en'}"],
    }
