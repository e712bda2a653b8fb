"""What is done with clients: finding or creating them, moving them through the stages, writing their timeline."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

import psycopg

from tembea import audit
from tembea.crm import store
from tembea.crm.model import (
    Client,
    ClientRow,
    EmailTaken,
    Event,
    LatestTrip,
    NewClient,
    Stage,
    StageSum,
    Totals,
    display_name,
    is_advance,
    is_contact,
    money_by_currency,
    normal_email,
    normal_phone,
)
from tembea.crm.store import ClientFilter
from tembea.kernel.db import Read, Tx
from tembea.kernel.errors import FieldError, Invalid, NotFound
from tembea.kernel.ids import new_id
from tembea.kernel.registry import Registry
from tembea.rollups import Ask, Rollups, open_rollups
from tembea.tenants import Tenant

ClientSort = Literal["name", "newest"]
NOTE = "note.added"


async def find_or_create_client(
    tx: Tx, *, name: str | None, email: str | None, phone: str | None, language: str | None, source: str
) -> Client:
    """The client who writes or calls, made when new; `phone` is E.164.

    An address belongs to one client, so however many transactions ask at once, one client comes of it. A number alone
    is a hint: a family shares one. It decides only where no address is known and the name is the same too; otherwise
    the new client's timeline says who else has the number.
    """
    address = normal_email(email) if email and email.strip() else None
    if address is None:
        found = await _find_by_phone_and_name(tx, phone, name)
    else:
        found = await store.find_by_email(tx, address)
    if found is not None:
        if phone and phone not in found.phones:
            await store.add_phone(tx, found.id, phone)
        return Client.of(await store.get_client(tx, found.id))
    phones = (phone,) if phone else ()
    wanted = NewClient(display_name(name, address, phone), phones=phones, language=language, source=source)
    return await _create_or_join(tx, wanted, address)


async def _find_by_phone_and_name(tx: Tx, phone: str | None, name: str | None) -> ClientRow | None:
    if not phone:
        return None
    await store.lock_phone(tx, phone)
    same_name = [row for row in await store.list_by_phone(tx, phone) if _same_name(row.name, name)]
    return same_name[0] if len(same_name) == 1 else None


def _same_name(left: str, right: str | None) -> bool:
    return right is not None and left.strip().casefold() == right.strip().casefold()


async def _create_or_join(tx: Tx, wanted: NewClient, address: str | None) -> Client:
    client_id = new_id()
    await store.insert_client(tx, client_id, wanted)
    if address is not None and not await store.claim_email(tx, client_id, address, 0):
        await store.delete_client(tx, client_id)
        winner = await store.find_by_email(tx, address)
        if winner is None:  # the other transaction gave the address up again between two of our statements
            raise EmailTaken("This address was just being changed. Please try again.")
        return Client.of(winner)
    await _note_creation(tx, client_id, wanted)
    return Client.of(await store.get_client(tx, client_id))


async def _note_creation(tx: Tx, client_id: UUID, wanted: NewClient) -> None:
    await audit.record(
        tx,
        "client.created",
        subject_kind="client",
        subject_id=str(client_id),
        after={"source": wanted.source, "name": wanted.name, "phones": list(wanted.phones)},
        person_id=client_id,
    )
    await record_event(tx, client_id, kind="client.created", title="First contact", detail=f"By {wanted.source}")
    for phone in wanted.phones:
        others = [row for row in await store.list_by_phone(tx, phone) if row.id != client_id]
        if others:
            names = ", ".join(row.name for row in others[:3])
            title = "Another client has the same number"
            link = f"/clients/{others[0].id}"
            await record_event(tx, client_id, kind="client.possible_duplicate", title=title, detail=names, link=link)


async def record_event(tx: Tx, client_id: UUID, *, kind: str, title: str, detail: str = "", link: str = "") -> None:
    """Write on the client's timeline. `kind` is what it is about, a dot and what happened: "quote.sent".

    The dashboard's activity shows the two halves as type and status. `link` is a path of the web app.
    """
    await store.insert_event(tx, client_id, kind=kind, title=title, detail=detail, link=link)
    if is_contact(kind):
        await store.touch_contact(tx, client_id)


async def advance_stage(tx: Tx, client_id: UUID, stage: Stage, *, reason: str) -> None:
    """Move a client because something happened; does nothing where that would be a step back (see `is_advance`)."""
    current = await _lock_stage(tx, client_id)
    if is_advance(current, stage):
        await _move(tx, client_id, current, stage, reason)


async def set_stage(tx: Tx, client_id: UUID, stage: Stage, *, reason: str = "By hand") -> Client:
    """Move a client to any stage, as a person decides."""
    current = await _lock_stage(tx, client_id)
    if current is not stage:
        await _move(tx, client_id, current, stage, reason)
    return await get_client(tx, client_id)


async def _lock_stage(tx: Tx, client_id: UUID) -> Stage:
    current = await store.lock_stage(tx, client_id)
    if current is None:
        raise NotFound
    return Stage(current)


async def _move(tx: Tx, client_id: UUID, current: Stage, stage: Stage, reason: str) -> None:
    await store.set_stage(tx, client_id, stage.value)
    await audit.record(
        tx,
        "client.stage_changed",
        subject_kind="client",
        subject_id=str(client_id),
        before={"stage": current.value},
        after={"stage": stage.value, "reason": reason},
        person_id=client_id,
    )
    title = f"{current.value.capitalize()} to {stage.value.capitalize()}"
    await store.insert_event(
        tx, client_id, kind=f"stage.{stage.value.lower()}", title=title, detail=reason, link=f"/clients/{client_id}"
    )


async def add_note(tx: Tx, client_id: UUID, text: str) -> Event:
    """Keep what a person wants to remember about a client; raises `NotFound`."""
    client = await store.get_client(tx, client_id)
    link = f"/clients/{client.id}"
    event_id = await store.insert_event(tx, client.id, kind=NOTE, title="Note", detail=text, link=link)
    await audit.record(tx, NOTE, subject_kind="client", subject_id=str(client.id), after={"event_id": str(event_id)})
    return await store.get_event(tx, event_id)


async def list_timeline(
    read: Read, client_id: UUID, *, kind: str | None = None, after: tuple[datetime, UUID] | None, limit: int
) -> list[Event]:
    """A client's timeline, the newest first; raises `NotFound` for an unknown client."""
    await store.get_client(read, client_id)
    return await store.list_events(read, client_id, kind, after, limit)


async def get_client(read: Read, client_id: UUID) -> Client:
    """One client with totals; raises `NotFound`."""
    return (await _with_totals(read, [await store.get_client(read, client_id)]))[0]


async def list_clients_by_name(
    read: Read, wanted: ClientFilter, *, after: tuple[str, UUID] | None, limit: int
) -> tuple[list[Client], tuple[str, UUID] | None]:
    """A page of clients by name, and where the next one starts, if there is one."""
    rows = await store.list_by_name(read, wanted, after, limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    return await _with_totals(read, rows[:limit]), (last.name_key, last.id) if last else None


async def list_newest_clients(
    read: Read, wanted: ClientFilter, *, after: tuple[datetime, UUID] | None, limit: int
) -> tuple[list[Client], tuple[datetime, UUID] | None]:
    """A page of clients, the newest first, and where the next one starts, if there is one."""
    rows = await store.list_newest(read, wanted, after, limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    return await _with_totals(read, rows[:limit]), (last.created_at, last.id) if last else None


async def _with_totals(read: Read, rows: Sequence[ClientRow]) -> list[Client]:
    ids = [row.id for row in rows]
    quotes = await store.list_quote_sums(read, ids) if ids else []
    invoices = await store.list_invoice_sums(read, ids) if ids else []
    trips: dict[UUID, LatestTrip] = {t.client_id: t for t in await store.list_latest_trips(read, ids)} if ids else {}
    return [
        Client.of(
            row,
            _totals([q for q in quotes if q.client_id == row.id], [i for i in invoices if i.client_id == row.id]),
            trips.get(row.id),
        )
        for row in rows
    ]


def _totals(quotes: Sequence[store.QuoteSum], invoices: Sequence[store.InvoiceSum]) -> Totals:
    return Totals(
        quotes=sum(q.quotes for q in quotes),
        quoted=money_by_currency({q.currency: q.quoted for q in quotes}),
        booked=money_by_currency({q.currency: q.booked for q in quotes}),
        invoiced=money_by_currency({i.currency: i.invoiced for i in invoices}),
        paid=money_by_currency({i.currency: i.paid for i in invoices}),
        outstanding=money_by_currency({i.currency: i.invoiced - i.paid for i in invoices}),
    )


async def read_pipeline(read: Read) -> list[StageSum]:
    """Every stage in order, the empty ones too, with its clients and what their latest quotes are worth."""
    rollups = await open_rollups(read, None, ("client",))
    return _stage_sums(await store.list_stages(read)) if rollups is None else await sum_stages(rollups)


async def sum_stages(rollups: Rollups) -> list[StageSum]:
    """What `read_pipeline` answers, from rollups that are open for clients."""
    (sums,) = await rollups.sums([Ask("clients.value")])
    return _stage_sums([store.StageRow(one.key, one.currency or None, one.count, one.amount) for one in sums])


def _stage_sums(rows: Sequence[store.StageRow]) -> list[StageSum]:
    return [_stage_sum(stage, [row for row in rows if row.stage == stage.value]) for stage in Stage]


def _stage_sum(stage: Stage, rows: Sequence[store.StageRow]) -> StageSum:
    values = {row.currency: row.value for row in rows if row.currency is not None and row.value is not None}
    return StageSum(stage, sum(row.clients for row in rows), money_by_currency(values))


@dataclass(frozen=True, slots=True)
class CRMService:
    """The clients' desk of one agency: what its staff enter is read the way the agency's country writes it."""

    country: str

    async def add_client(self, tx: Tx, new: NewClient) -> Client:
        """A client as staff enter one; raises `EmailTaken`, and `Invalid` for an owner who does not work here."""
        client_id, tidy = new_id(), self._tidy(new)
        await _with_known_owner(store.insert_client(tx, client_id, tidy))
        await _claim_all(tx, client_id, tidy.emails)
        await _note_creation(tx, client_id, tidy)
        return await get_client(tx, client_id)

    async def change_client(self, tx: Tx, client_id: UUID, changed: NewClient) -> Client:
        """Write a client anew; raises `NotFound`, `EmailTaken`, and `Invalid` as `add_client`."""
        before, tidy = await get_client(tx, client_id), self._tidy(changed)
        await _with_known_owner(store.update_client(tx, client_id, tidy))
        if tidy.emails != before.emails:
            await store.delete_emails(tx, client_id)
            await _claim_all(tx, client_id, tidy.emails)
        after = await get_client(tx, client_id)
        await audit.record(
            tx,
            "client.changed",
            subject_kind="client",
            subject_id=str(client_id),
            before=_audited(before),
            after=_audited(after),
            person_id=client_id,
        )
        return after

    def _tidy(self, new: NewClient) -> NewClient:
        return replace(
            new,
            name=new.name.strip(),
            emails=tuple(dict.fromkeys(normal_email(email) for email in new.emails)),
            phones=tuple(dict.fromkeys(normal_phone(phone, self.country) for phone in new.phones)),
            tags=tuple(dict.fromkeys(tag.strip() for tag in new.tags if tag.strip())),
        )


async def _with_known_owner(write: Awaitable[None]) -> None:
    try:
        await write
    except psycopg.errors.ForeignKeyViolation as error:
        msg = "Choose one of your agency's people."
        raise Invalid("The owner is nobody of your agency.", errors=[FieldError("body.owner_id", msg)]) from error


async def _claim_all(tx: Tx, client_id: UUID, emails: Sequence[str]) -> None:
    for position, email in enumerate(emails):
        if not await store.claim_email(tx, client_id, email, position):
            raise EmailTaken(f"{email} belongs to another client. Open that one, or leave the address out.")


def _audited(client: Client) -> dict[str, object]:
    return {
        "name": client.name,
        "emails": list(client.emails),
        "phones": list(client.phones),
        "tags": list(client.tags),
        "language": client.language,
        "owner_id": str(client.owner.id) if client.owner else None,
    }


_desks: Registry[CRMService] = Registry("crm_service")


def get_crm_service(tenant: Tenant) -> CRMService:
    """The clients' desk of an agency, built once for each version of its settings."""
    return _desks.get(tenant.id, tenant.settings_version, lambda: CRMService(tenant.config.country))
