"""The suppression list over HTTP: everybody of the agency reads it, an administrator changes it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, status
from pydantic import EmailStr, StringConstraints

from tembea.kernel.cursors import newest_first_position
from tembea.kernel.paging import encode_cursor
from tembea.kernel.web import LIMIT_DEFAULT, NO_NUL, Admin, Cursor, Limit, Page, ReadDep, Staff, TxDep, Wire
from tembea.notifications import suppression_store
from tembea.notifications.model import Suppression, SuppressionReason
from tembea.notifications.suppressions import EVIDENCE_MAX_CHARS, lift_suppression, suppress_by_hand

router = APIRouter(prefix="/api/v1/mail/suppressions", tags=["mail"])

_Note = Annotated[str, StringConstraints(max_length=EVIDENCE_MAX_CHARS, pattern=NO_NUL, strip_whitespace=True)]


class SuppressionIn(Wire):
    """An address that nothing is to be sent to, and why."""

    address: EmailStr
    evidence: _Note = ""


class SuppressionOut(Wire):
    """An address that nothing is sent to. `evidence` is what was reported or noted."""

    id: UUID
    address: str
    reason: SuppressionReason
    evidence: str
    created_by: str
    created_at: datetime

    @classmethod
    def of(cls, entry: Suppression) -> "SuppressionOut":
        """The wire form."""
        return cls(
            id=entry.id,
            address=entry.address,
            reason=SuppressionReason(entry.reason),
            evidence=entry.evidence,
            created_by=entry.created_by,
            created_at=entry.created_at,
        )


@router.get("")
async def list_suppressions(
    _: Staff,
    read: ReadDep,
    q: Annotated[str | None, Query(max_length=200, pattern=NO_NUL)] = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
) -> Page[SuppressionOut]:
    """Whom the agency does not write to, newest first; `q` is part of an address."""
    before = newest_first_position(cursor)
    found = await suppression_store.list_suppressions(read, (q or "").strip() or None, before, limit + 1)
    page = found[:limit]
    more = encode_cursor([page[-1].created_at.isoformat(), str(page[-1].id)]) if len(found) > limit else None
    return Page(items=[SuppressionOut.of(entry) for entry in page], next_cursor=more)


@router.post("", status_code=status.HTTP_201_CREATED)
async def add_suppression(_: Admin, tx: TxDep, body: SuppressionIn) -> SuppressionOut:
    """Send nothing to an address any more."""
    return SuppressionOut.of(await suppress_by_hand(tx, body.address, body.evidence))


@router.delete("/{suppression_id}", status_code=status.HTTP_204_NO_CONTENT)
async def remove_suppression(_: Admin, tx: TxDep, suppression_id: UUID) -> None:
    """Write to an address again. Mails that failed meanwhile stay failed."""
    await lift_suppression(tx, suppression_id)
