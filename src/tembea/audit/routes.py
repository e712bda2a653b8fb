"""The audit trail over HTTP: an administrator reads their agency's, an operator what operators did."""

from datetime import UTC, date, datetime, tzinfo
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from tembea.audit import service
from tembea.audit.model import Entry
from tembea.audit.store import EntryFilter
from tembea.kernel.context import Context, Role
from tembea.kernel.cursors import newest_first_position
from tembea.kernel.days import end_of, start_of
from tembea.kernel.db import Read
from tembea.kernel.paging import encode_cursor
from tembea.kernel.web import LIMIT_DEFAULT, NO_NUL, Cursor, Limit, Page, TxDep, Wire, requires
from tembea.tenants import get_tenant

router = APIRouter(prefix="/api/v1/audit", tags=["audit"])

AuditReader = Annotated[Context, Depends(requires(Role.ADMIN, Role.OPERATOR))]


class ActorOut(Wire):
    """Who did it; `id` is null for programs and for the platform itself."""

    id: UUID | None
    name: str


class AuditEntryOut(Wire):
    """One thing that somebody did, or looked at (`kind: access`).

    `before` and `after` hold what a change changed. Where `forgotten` is true they held values of a person whose data
    was erased since, and nobody can read them any more. `address` is empty for what no request asked for.
    """

    id: UUID
    at: datetime
    kind: Literal["change", "access"]
    actor: ActorOut
    action: str
    subject_kind: str
    subject_id: str
    before: dict[str, object] | None
    after: dict[str, object] | None
    forgotten: bool
    address: str
    request_id: str

    @classmethod
    def of(cls, entry: Entry) -> "AuditEntryOut":
        """The wire form."""
        stored = entry.stored
        return cls(
            id=stored.id,
            at=stored.at,
            kind="access" if stored.access else "change",
            actor=ActorOut(id=stored.actor_id, name=stored.actor_name),
            action=stored.action,
            subject_kind=stored.subject_kind,
            subject_id=stored.subject_id,
            before=None if entry.before is None else dict(entry.before),
            after=None if entry.after is None else dict(entry.after),
            forgotten=entry.forgotten,
            address=stored.address,
            request_id=stored.request_id,
        )


_Words = Annotated[str | None, Query(max_length=200, pattern=NO_NUL)]


@router.get("")
async def list_audit(
    _: AuditReader,
    tx: TxDep,
    q: Annotated[
        str | None,
        Query(max_length=200, pattern=NO_NUL, description="Part of any word; customers' own values are not searched"),
    ] = None,
    actor: _Words = None,
    action: Annotated[
        str | None, Query(max_length=100, pattern=NO_NUL, description="`quote.sent`, or `quote` for all about quotes")
    ] = None,
    kind: Literal["change", "access"] | None = None,
    subject_id: Annotated[str | None, Query(max_length=100, pattern=NO_NUL)] = None,
    since: Annotated[date | None, Query(alias="from", description="On this day or later")] = None,
    until: Annotated[date | None, Query(alias="to", description="On this day or before")] = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
) -> Page[AuditEntryOut]:
    """What was done, newest first; days are the agency's. A page of a search may be short and still have a next one."""
    after = newest_first_position(cursor)
    zone = await _zone(tx)
    wanted = EntryFilter(
        q=_tidy(q),
        actor=_tidy(actor),
        action=_tidy(action),
        kind=kind,
        subject_id=_tidy(subject_id),
        since=None if since is None else start_of(since, zone),
        until=None if until is None else end_of(until, zone),
    )
    entries, following = await service.list_entries(tx, wanted, after=after, limit=limit)
    await service.note_access(tx, "audit.read", subject_kind="audit", subject_id="")
    more = encode_cursor([following[0].isoformat(), str(following[1])]) if following else None
    return Page(items=[AuditEntryOut.of(entry) for entry in entries], next_cursor=more)


async def _zone(read: Read) -> tzinfo:
    return UTC if read.ctx.is_platform else (await get_tenant(read)).config.zone


def _tidy(text: str | None) -> str | None:
    return (text or "").strip() or None
