"""The questions asked of who works on enquiries, of absences and of corrections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg.types.json import Jsonb
from pydantic import JsonValue

from tembea.kernel.db import Read, Tx
from tembea.kernel.events import publish

CORRECTIONS_MAX = 10_000
"""Corrections that one export holds, the newest."""

WOKEN_MAX = 500
"""Enquiries that come back in one round."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can work on enquiries."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which somebody gets no new enquiries, both ends included."""

    id: UUID
    user_id: UUID
    user_name: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Correction:
    """What was read of an enquiry beside what a person made of it, with the message's words."""

    id: UUID
    enquiry_id: UUID
    received_at: datetime
    from_name: str | None
    from_email: str | None
    subject: str
    body_text: str
    language: str | None
    corrected: dict[str, JsonValue]


async def lock_rota(tx: Tx) -> None:
    """One enquiry of the agency is given out at a time, so that turns are taken in order."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"inbox.rota:{tx.ctx.tenant_uuid}"])


async def find_next(tx: Tx, day: date, client_id: UUID | None) -> Colleague | None:
    """Who is at work on this day and next in turn; the client's own consultant goes first. None where nobody is.

    Consultants take turns; administrators stand in where no consultant is there.
    """
    return await tx.find(
        Colleague,
        """
        select u.id, u.name from users u
        where u.tenant_id = %(tenant_id)s and u.active and u.role in ('admin', 'consultant')
          and not exists (select from absences a where a.tenant_id = u.tenant_id and a.user_id = u.id
                          and %(day)s between a.first_day and a.last_day)
        order by (u.id in (select c.owner_id from clients c
                           where c.tenant_id = %(tenant_id)s and c.id = %(client_id)s::uuid)) desc,
                 (u.role = 'consultant') desc,
                 (select max(e.received_at) from enquiries e
                  where e.tenant_id = u.tenant_id and e.assignee_id = u.id) nulls first,
                 u.created_at, u.id
        limit 1
        """,
        {"tenant_id": tx.ctx.tenant_uuid, "day": day, "client_id": client_id},
    )


async def find_adults_of_last_trip(read: Read, email: str) -> int | None:
    """How many adults travelled on the last trip that this customer took, if that was one without children."""
    return await read.value(
        int,
        """
        select case when cardinality(children_ages) = 0 then adults end from quotes
        where tenant_id = %s and lower(customer_email) = lower(%s) and status in ('accepted', 'converted')
        order by accepted_at desc nulls last, created_at desc limit 1
        """,
        [read.ctx.tenant_uuid, email],
    )


async def find_colleague(read: Read, user_id: UUID) -> Colleague | None:
    """Somebody of the agency who can work on enquiries."""
    return await read.find(
        Colleague,
        """
        select id, name from users
        where tenant_id = %s and id = %s and active and role in ('admin', 'consultant')
        """,
        [read.ctx.tenant_uuid, user_id],
    )


async def list_colleagues(read: Read) -> list[Colleague]:
    """Everybody of the agency who can work on enquiries, by name."""
    return await read.list(
        Colleague,
        """
        select id, name from users where tenant_id = %s and active and role in ('admin', 'consultant')
        order by lower(name), id limit 500
        """,
        [read.ctx.tenant_uuid],
    )


async def wake_due(tx: Tx) -> Sequence[UUID]:
    """Let every enquiry whose time has come stand in the inbox again."""
    rows = await tx.rows(
        """
        update enquiries set snoozed_until = null, updated_at = now()
        where tenant_id = %(tenant_id)s and id in (
          select id from enquiries where tenant_id = %(tenant_id)s and snoozed_until <= now()
          order by snoozed_until limit %(limit)s for no key update skip locked)
        returning id, status
        """,
        {"tenant_id": tx.ctx.tenant_uuid, "limit": WOKEN_MAX},
    )
    for row in rows:
        publish(tx, "enquiry.changed", enquiry_id=str(row["id"]), status=str(row["status"]))
    return [UUID(str(row["id"])) for row in rows]


async def insert_correction(
    tx: Tx,
    correction_id: UUID,
    enquiry_id: UUID,
    was_read: dict[str, JsonValue] | None,
    corrected: dict[str, JsonValue],
) -> None:
    """Keep what a person made of what was read."""
    await tx.execute(
        """
        insert into enquiry_corrections (tenant_id, id, enquiry_id, was_read, corrected, corrected_by)
        values (%s, %s, %s, %s, %s, %s)
        """,
        [
            tx.ctx.tenant_uuid,
            correction_id,
            enquiry_id,
            None if was_read is None else Jsonb(was_read),
            Jsonb(corrected),
            str(tx.ctx.actor_id or tx.ctx.actor_name),
        ],
    )


async def list_corrections(read: Read) -> list[Correction]:
    """The last word on each corrected enquiry, the newest first."""
    return await read.list(
        Correction,
        """
        select c.id, c.enquiry_id, e.received_at, e.from_name, e.from_email, e.subject, e.body_text, e.language,
               c.corrected
        from (select distinct on (enquiry_id) * from enquiry_corrections where tenant_id = %(tenant_id)s
              order by enquiry_id, corrected_at desc, id desc) c
        join enquiries e on e.tenant_id = c.tenant_id and e.id = c.enquiry_id
        order by c.corrected_at desc, c.id desc limit %(limit)s
        """,
        {"tenant_id": read.ctx.tenant_uuid, "limit": CORRECTIONS_MAX},
    )


async def insert_absence(tx: Tx, absence_id: UUID, user_id: UUID, first_day: date, last_day: date) -> None:
    """Note when somebody is away."""
    await tx.execute(
        "insert into absences (tenant_id, id, user_id, first_day, last_day) values (%s, %s, %s, %s, %s)",
        [tx.ctx.tenant_uuid, absence_id, user_id, first_day, last_day],
    )


async def list_absences(read: Read, since: date) -> list[Absence]:
    """Absences that have not ended before this day, in order."""
    return await read.list(
        Absence,
        """
        select a.id, a.user_id, u.name as user_name, a.first_day, a.last_day
        from absences a join users u on u.tenant_id = a.tenant_id and u.id = a.user_id
        where a.tenant_id = %s and a.last_day >= %s order by a.first_day, a.id limit 500
        """,
        [read.ctx.tenant_uuid, since],
    )


async def delete_absence(tx: Tx, absence_id: UUID) -> bool:
    """Forget an absence; false where there is none."""
    deleted = await tx.execute(
        "delete from absences where tenant_id = %s and id = %s", [tx.ctx.tenant_uuid, absence_id]
    )
    return deleted > 0
