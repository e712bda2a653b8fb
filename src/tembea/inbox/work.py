"""Whose an enquiry is and when it comes back: turns among the consultants at work, assigning by hand, snoozing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from tembea import audit
from tembea.inbox import store, work_store
from tembea.inbox.model import Enquiry
from tembea.inbox.work_store import Absence
from tembea.kernel.context import Context
from tembea.kernel.db import Db, Tx
from tembea.kernel.errors import FieldError, Invalid, NotFound
from tembea.kernel.ids import new_id
from tembea.tenants import Tenant, local_today, next_working_day

SNOOZE_MAX_DAYS = 366
ABSENCE_MAX_DAYS = 366


async def with_assignee(tx: Tx, tenant: Tenant, enquiry: Enquiry) -> Enquiry:
    """The enquiry with whoever is next in turn, where the agency wants turns and it is nobody's yet.

    Whoever is away on the agency's next working day, today included, is passed over.
    """
    if enquiry.assignee_id is not None or not tenant.config.inbox.round_robin:
        return enquiry
    await work_store.lock_rota(tx)
    day = next_working_day(tenant.config.working, local_today(tenant))
    colleague = await work_store.find_next(tx, day, enquiry.client_id)
    if colleague is None:
        return enquiry
    assigned = replace(enquiry, assignee_id=colleague.id, assignee_name=colleague.name)
    await _audit(tx, "enquiry.assigned", enquiry, assigned)
    return assigned


async def assign_enquiry(tx: Tx, enquiry_id: UUID, user_id: UUID | None) -> Enquiry:
    """Give an enquiry to somebody of the agency, or to nobody. Raises `NotFound`, and `Invalid` for anybody else."""
    enquiry = await store.lock_enquiry(tx, enquiry_id)
    colleague = None if user_id is None else await work_store.find_colleague(tx, user_id)
    if user_id is not None and colleague is None:
        problem = FieldError("body.user_id", "Choose one of your agency's people.")
        raise Invalid("This is nobody of your agency.", errors=[problem])
    if enquiry.assignee_id == user_id:
        return enquiry
    assigned = replace(enquiry, assignee_id=user_id, assignee_name=colleague and colleague.name)
    await store.save_enquiry(tx, assigned)
    await _audit(tx, "enquiry.assigned", enquiry, assigned)
    return assigned


async def snooze_enquiry(tx: Tx, enquiry_id: UUID, until: datetime | None) -> Enquiry:
    """Put an enquiry out of sight until then; a new message or the time brings it back. None wakes it now.

    Raises `NotFound`, and `Invalid` for a time that has passed or is more than a year away.
    """
    now = datetime.now(UTC)
    if until is not None and not now < until <= now + timedelta(days=SNOOZE_MAX_DAYS):
        problem = FieldError("body.until", "Give a time within a year from now.")
        raise Invalid("An enquiry comes back within a year, and not before now.", errors=[problem])
    enquiry = await store.lock_enquiry(tx, enquiry_id)
    snoozed = replace(enquiry, snoozed_until=until)
    await store.save_enquiry(tx, snoozed)
    await _audit(tx, "enquiry.snoozed" if until else "enquiry.woken", enquiry, snoozed)
    return snoozed


async def wake_enquiries(ctx: Context, db: Db) -> None:
    """Bring back what was snoozed until now."""
    async with db.tx(ctx) as tx:
        for enquiry_id in await work_store.wake_due(tx):
            await audit.record(tx, "enquiry.woken", subject_kind="enquiry", subject_id=str(enquiry_id))


async def add_absence(tx: Tx, user_id: UUID, first_day: date, last_day: date) -> Absence:
    """Note when somebody is away. Raises `Invalid`."""
    colleague = await work_store.find_colleague(tx, user_id)
    if colleague is None:
        problem = FieldError("body.user_id", "Choose one of your agency's people.")
        raise Invalid("This is nobody of your agency.", errors=[problem])
    if not first_day <= last_day <= first_day + timedelta(days=ABSENCE_MAX_DAYS):
        problem = FieldError("body.last_day", "Give a day from the first one to a year later.")
        raise Invalid("The absence ends before it begins, or lasts for more than a year.", errors=[problem])
    absence = Absence(new_id(), user_id, colleague.name, first_day, last_day)
    await work_store.insert_absence(tx, absence.id, user_id, first_day, last_day)
    after = {"user_id": str(user_id), "first_day": first_day.isoformat(), "last_day": last_day.isoformat()}
    await audit.record(tx, "absence.added", subject_kind="absence", subject_id=str(absence.id), after=after)
    return absence


async def remove_absence(tx: Tx, absence_id: UUID) -> None:
    """Forget an absence. Raises `NotFound`."""
    if not await work_store.delete_absence(tx, absence_id):
        raise NotFound
    await audit.record(tx, "absence.removed", subject_kind="absence", subject_id=str(absence_id))


async def _audit(tx: Tx, action: str, before: Enquiry, after: Enquiry) -> None:
    await audit.record(
        tx,
        action,
        subject_kind="enquiry",
        subject_id=str(after.id),
        before=_audited(before),
        after=_audited(after),
        person_id=after.client_id or after.id,
    )


def _audited(enquiry: Enquiry) -> dict[str, object]:
    return {
        "assignee_id": str(enquiry.assignee_id) if enquiry.assignee_id else None,
        "snoozed_until": enquiry.snoozed_until.isoformat() if enquiry.snoozed_until else None,
    }
