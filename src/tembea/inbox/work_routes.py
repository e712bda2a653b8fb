"""Assigning and snoozing enquiries over HTTP, and when people are away."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter, status
from pydantic import AwareDatetime

from tembea.inbox import store, work, work_store
from tembea.inbox.model import Enquiry
from tembea.inbox.thread import list_thread
from tembea.inbox.wire import EnquiryOut
from tembea.inbox.work_store import Absence
from tembea.kernel.db import Tx
from tembea.kernel.idempotency import KeyedRoute, KeyedTx
from tembea.kernel.web import ReadDep, Staff, TxDep, Wire
from tembea.tenants import get_tenant, local_today

router = APIRouter(prefix="/api/v1", tags=["enquiries"], route_class=KeyedRoute)


class AssignIn(Wire):
    """Whom an enquiry goes to; null: to nobody."""

    user_id: UUID | None


class SnoozeIn(Wire):
    """When an enquiry comes back; null: now."""

    until: AwareDatetime | None


class ColleagueOut(Wire):
    """Somebody who can work on enquiries."""

    id: UUID
    name: str


class ColleaguesOut(Wire):
    """Everybody who can work on enquiries, by name."""

    items: list[ColleagueOut]


class AbsenceIn(Wire):
    """The days on which somebody is away, both ends included."""

    user_id: UUID
    first_day: date
    last_day: date


class AbsenceOut(Wire):
    """Days on which somebody gets no new enquiries."""

    id: UUID
    user_id: UUID
    user_name: str
    first_day: date
    last_day: date

    @classmethod
    def of(cls, absence: Absence) -> "AbsenceOut":
        """The wire form of an absence."""
        return cls.model_validate({name: getattr(absence, name) for name in cls.model_fields})


class AbsencesOut(Wire):
    """Absences that are not over."""

    items: list[AbsenceOut]


@router.post("/enquiries/{enquiry_id}/assign")
async def assign(_: Staff, tx: KeyedTx, enquiry_id: UUID, body: AssignIn) -> EnquiryOut:
    """Give an enquiry to somebody of the agency, or to nobody."""
    return await _shown(tx, await work.assign_enquiry(tx, enquiry_id, body.user_id))


@router.post("/enquiries/{enquiry_id}/snooze")
async def snooze(_: Staff, tx: KeyedTx, enquiry_id: UUID, body: SnoozeIn) -> EnquiryOut:
    """Put an enquiry out of sight; the time or a new message of the customer brings it back."""
    return await _shown(tx, await work.snooze_enquiry(tx, enquiry_id, body.until))


@router.get("/colleagues")
async def list_colleagues(_: Staff, read: ReadDep) -> ColleaguesOut:
    """Who can work on enquiries."""
    found = await work_store.list_colleagues(read)
    return ColleaguesOut(items=[ColleagueOut(id=one.id, name=one.name) for one in found])


@router.get("/absences")
async def list_absences(_: Staff, read: ReadDep) -> AbsencesOut:
    """Who is away, now and later."""
    found = await work_store.list_absences(read, local_today(await get_tenant(read)))
    return AbsencesOut(items=[AbsenceOut.of(one) for one in found])


@router.post("/absences", status_code=status.HTTP_201_CREATED)
async def add_absence(_: Staff, tx: KeyedTx, body: AbsenceIn) -> AbsenceOut:
    """Note when somebody is away: new enquiries go to the others."""
    return AbsenceOut.of(await work.add_absence(tx, body.user_id, body.first_day, body.last_day))


@router.delete("/absences/{absence_id}", status_code=status.HTTP_204_NO_CONTENT)
async def remove_absence(_: Staff, tx: TxDep, absence_id: UUID) -> None:
    """Forget an absence."""
    await work.remove_absence(tx, absence_id)


async def _shown(tx: Tx, enquiry: Enquiry) -> EnquiryOut:
    return EnquiryOut.of(await store.get_enquiry(tx, enquiry.id), await list_thread(tx, enquiry.id))
