"""Clients over HTTP."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, status
from fastapi.responses import Response, StreamingResponse
from pydantic import AfterValidator, BaseModel, EmailStr, Field

from tembea.audit import note_access
from tembea.crm import service
from tembea.crm.exporting import export_lines
from tembea.crm.model import Client, Event, LatestTrip, NewClient, Stage, StageSum, Totals
from tembea.crm.store import ClientFilter
from tembea.kernel.errors import Invalid
from tembea.kernel.idempotency import KeyedRoute, KeyedTx
from tembea.kernel.ids import find_uuid
from tembea.kernel.paging import decode_cursor, encode_cursor
from tembea.kernel.web import (
    LIMIT_DEFAULT,
    ClientsRead,
    ClientsWrite,
    Cursor,
    DbDep,
    Limit,
    MoneyOut,
    Page,
    ReadDep,
    Staff,
    TxDep,
    Wire,
)
from tembea.tenants import get_tenant

router = APIRouter(prefix="/api/v1/crm", tags=["crm"], route_class=KeyedRoute)


class OwnerOut(Wire):
    """The consultant who looks after a client."""

    id: UUID
    name: str


class TotalsOut(Wire):
    """What a client has come to; money in lists, one entry a currency."""

    quotes: int = Field(description="Quotes ever sent; a revised one counts once")
    quoted: list[MoneyOut]
    booked: list[MoneyOut]
    invoiced: list[MoneyOut]
    paid: list[MoneyOut]
    outstanding: list[MoneyOut]

    @classmethod
    def of(cls, totals: Totals) -> "TotalsOut":
        """The wire form."""
        return cls(
            quotes=totals.quotes,
            quoted=[MoneyOut.of(m) for m in totals.quoted],
            booked=[MoneyOut.of(m) for m in totals.booked],
            invoiced=[MoneyOut.of(m) for m in totals.invoiced],
            paid=[MoneyOut.of(m) for m in totals.paid],
            outstanding=[MoneyOut.of(m) for m in totals.outstanding],
        )


class TripOut(Wire):
    """The trip of a client's newest quote."""

    quote_id: UUID
    number: str
    status: str
    destination: str
    check_in: date
    check_out: date
    value: MoneyOut

    @classmethod
    def of(cls, trip: LatestTrip) -> "TripOut":
        """The wire form."""
        return cls(
            quote_id=trip.quote_id,
            number=trip.number,
            status=trip.status,
            destination=trip.destination,
            check_in=trip.check_in,
            check_out=trip.check_out,
            value=MoneyOut.of(trip.value),
        )


class ClientOut(Wire):
    """A client of the agency."""

    id: UUID
    name: str
    emails: list[str]
    phones: list[str]
    stage: Stage
    stage_changed_at: datetime
    owner: OwnerOut | None
    tags: list[str]
    language: str | None
    source: str
    created_at: datetime
    last_contact_at: datetime | None
    totals: TotalsOut
    trip: TripOut | None

    @classmethod
    def of(cls, client: Client) -> "ClientOut":
        """The wire form."""
        return cls(
            id=client.id,
            name=client.name,
            emails=list(client.emails),
            phones=list(client.phones),
            stage=client.stage,
            stage_changed_at=client.stage_changed_at,
            owner=OwnerOut(id=client.owner.id, name=client.owner.name) if client.owner else None,
            tags=list(client.tags),
            language=client.language,
            source=client.source,
            created_at=client.created_at,
            last_contact_at=client.last_contact_at,
            totals=TotalsOut.of(client.totals),
            trip=TripOut.of(client.trip) if client.trip else None,
        )


class EventOut(Wire):
    """One entry of a client's timeline."""

    id: UUID
    kind: str = Field(examples=["quote.sent", "note.added"])
    title: str
    detail: str
    link: str
    actor: str
    occurred_at: datetime

    @classmethod
    def of(cls, event: Event) -> "EventOut":
        """The wire form."""
        return cls(
            id=event.id,
            kind=event.kind,
            title=event.title,
            detail=event.detail,
            link=event.link,
            actor=event.actor_name,
            occurred_at=event.occurred_at,
        )


class StageOut(Wire):
    """A stage with its clients; `value` is what the newest quote of each is worth."""

    stage: Stage
    count: int
    value: list[MoneyOut]

    @classmethod
    def of(cls, total: StageSum) -> "StageOut":
        """The wire form."""
        return cls(stage=total.stage, count=total.count, value=[MoneyOut.of(m) for m in total.value])


class PipelineOut(Wire):
    """Every stage in order, the empty ones too."""

    stages: list[StageOut]


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("leave out the NUL character")
    return text


Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S"), AfterValidator(_without_nul)]
Short = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_without_nul)]
Note = Annotated[str, Field(min_length=1, max_length=10_000, pattern=r"\S"), AfterValidator(_without_nul)]
Emails = Annotated[list[EmailStr], Field(max_length=20)]
Phones = Annotated[list[Short], Field(max_length=20)]
Tags = Annotated[list[Short], Field(max_length=50)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]


class ClientIn(BaseModel):
    """A client to be made."""

    name: Name
    emails: Emails = []
    phones: Phones = []
    tags: Tags = []
    language: Language | None = None
    owner_id: UUID | None = None

    def parsed(self) -> NewClient:
        """What the service takes."""
        return NewClient(
            name=self.name,
            emails=tuple(self.emails),
            phones=tuple(self.phones),
            tags=tuple(self.tags),
            language=self.language,
            owner_id=self.owner_id,
        )


class ClientChange(BaseModel):
    """What is to change; a field left out stays as it is. Lists replace the ones before."""

    name: Name = ""
    emails: Emails = []
    phones: Phones = []
    tags: Tags = []
    language: Language | None = None
    owner_id: UUID | None = None

    def applied_to(self, client: Client) -> NewClient:
        """The client as it is to be afterwards."""
        given = self.model_fields_set
        return NewClient(
            name=self.name if "name" in given else client.name,
            emails=tuple(self.emails) if "emails" in given else client.emails,
            phones=tuple(self.phones) if "phones" in given else client.phones,
            tags=tuple(self.tags) if "tags" in given else client.tags,
            language=self.language if "language" in given else client.language,
            owner_id=self.owner_id if "owner_id" in given else client.owner.id if client.owner else None,
        )


class StageIn(BaseModel):
    """Where a client is moved by hand, and why."""

    stage: Stage
    reason: Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_without_nul)] = "By hand"


class NoteIn(BaseModel):
    """What somebody wants to remember about a client."""

    text: Note


Search = Annotated[
    str | None,
    Query(max_length=200, description="Part of a name, an address or a number"),
    AfterValidator(lambda q: _without_nul(q).strip() or None if q else None),
]


@router.get("/clients")
async def list_clients(
    _: ClientsRead,
    tx: TxDep,
    q: Search = None,
    stage: Stage | None = None,
    sort: Literal["name", "newest"] = "name",
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
) -> Page[ClientOut]:
    """The agency's clients, by name or the newest first."""
    wanted = ClientFilter(q, stage.value if stage else None)
    if sort == "name":
        clients, after = await service.list_clients_by_name(tx, wanted, after=_after_text(cursor), limit=limit)
        following = encode_cursor([after[0], str(after[1])]) if after else None
    else:
        clients, since = await service.list_newest_clients(tx, wanted, after=_after_time(cursor), limit=limit)
        following = encode_cursor([since[0].isoformat(), str(since[1])]) if since else None
    await note_access(tx, "client.listed", subject_kind="client", subject_id="")
    return Page[ClientOut](items=[ClientOut.of(client) for client in clients], next_cursor=following)


@router.post("/clients", status_code=status.HTTP_201_CREATED)
async def create_client(_: ClientsWrite, tx: KeyedTx, body: ClientIn) -> ClientOut:
    """Enter a client by hand."""
    desk = service.get_crm_service(await get_tenant(tx))
    return ClientOut.of(await desk.add_client(tx, body.parsed()))


@router.get("/clients/export", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def export_clients(ctx: Staff, db: DbDep) -> Response:
    """All clients as CSV, by name; no cell is a formula. Who took them is noted in the audit trail."""
    async with db.tx(ctx) as tx:
        await note_access(tx, "client.exported", subject_kind="client", subject_id="")
    headers = {"Content-Disposition": 'attachment; filename="clients.csv"'}
    return StreamingResponse(export_lines(db, ctx), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/clients/{client_id}")
async def get_client(_: ClientsRead, tx: TxDep, client_id: UUID) -> ClientOut:
    """One client. Who looked is noted in the audit trail."""
    client = await service.get_client(tx, client_id)
    await note_access(tx, "client.read", subject_kind="client", subject_id=str(client_id))
    return ClientOut.of(client)


@router.patch("/clients/{client_id}")
async def change_client(_: ClientsWrite, tx: TxDep, client_id: UUID, body: ClientChange) -> ClientOut:
    """Correct a client."""
    desk = service.get_crm_service(await get_tenant(tx))
    client = await service.get_client(tx, client_id)
    return ClientOut.of(await desk.change_client(tx, client_id, body.applied_to(client)))


@router.post("/clients/{client_id}/stage")
async def move_client(_: ClientsWrite, tx: TxDep, client_id: UUID, body: StageIn) -> ClientOut:
    """Move a client to any stage."""
    return ClientOut.of(await service.set_stage(tx, client_id, body.stage, reason=body.reason))


@router.get("/clients/{client_id}/timeline")
async def list_timeline(
    _: Staff, tx: TxDep, client_id: UUID, limit: Limit = LIMIT_DEFAULT, cursor: Cursor = None
) -> Page[EventOut]:
    """What happened with a client, the newest first."""
    return await _events(tx, client_id, None, limit, cursor)


@router.get("/clients/{client_id}/activities")
async def list_activities(
    _: Staff, tx: TxDep, client_id: UUID, limit: Limit = LIMIT_DEFAULT, cursor: Cursor = None
) -> Page[EventOut]:
    """The notes that people wrote about a client, the newest first."""
    return await _events(tx, client_id, service.NOTE, limit, cursor)


@router.post("/clients/{client_id}/activities", status_code=status.HTTP_201_CREATED)
async def add_note(_: ClientsWrite, tx: KeyedTx, client_id: UUID, body: NoteIn) -> EventOut:
    """Write a note."""
    return EventOut.of(await service.add_note(tx, client_id, body.text))


@router.get("/pipeline")
async def get_pipeline(_: ClientsRead, read: ReadDep) -> PipelineOut:
    """How many clients stand at each stage, and what their newest quotes are worth."""
    return PipelineOut(stages=[StageOut.of(total) for total in await service.read_pipeline(read)])


async def _events(tx: TxDep, client_id: UUID, kind: str | None, limit: int, cursor: str | None) -> Page[EventOut]:
    events = await service.list_timeline(tx, client_id, kind=kind, after=_after_time(cursor), limit=limit + 1)
    await note_access(tx, "client.read", subject_kind="client", subject_id=str(client_id))
    last = events[limit - 1] if len(events) > limit else None
    following = encode_cursor([last.occurred_at.isoformat(), str(last.id)]) if last else None
    return Page[EventOut](items=[EventOut.of(event) for event in events[:limit]], next_cursor=following)


def _after_text(cursor: str | None) -> tuple[str, UUID] | None:
    if cursor is None:
        return None
    text, row_id = decode_cursor(cursor, parts=2)
    return text, _row_id(row_id)


def _after_time(cursor: str | None) -> tuple[datetime, UUID] | None:
    if cursor is None:
        return None
    text, row_id = decode_cursor(cursor, parts=2)
    try:
        return datetime.fromisoformat(text), _row_id(row_id)
    except ValueError as error:
        raise Invalid("This cursor belongs to another order of the list. Start at the beginning.") from error


def _row_id(text: str) -> UUID:
    found = find_uuid(text)
    if found is None:
        raise Invalid("This cursor is not one of ours. Start at the beginning.")
    return found
