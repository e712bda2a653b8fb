"""Sets the demonstration up: two agencies with hotels, people, trade and an inbox, one transaction an agency."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from tembea.commands.log_ins import DemoAgency, LogIn, LogIns
from tembea.crm import Stage, find_or_create_client
from tembea.demo import hotels_africastay, hotels_indigo, mails, people, store
from tembea.demo.calls import Called, story_calls
from tembea.demo.contracts import contract_document
from tembea.demo.hotels import DemoHotel
from tembea.demo.model import Person
from tembea.demo.plan import plan_quotes
from tembea.demo.stories import (
    Colleague,
    Told,
    client_dates,
    first_contact,
    quote_events,
    stage_event,
    standing_of,
    tell,
)
from tembea.demo.trade import KnownClient, invoice_events, make_quote, raise_invoices
from tembea.inbox import receive
from tembea.kernel.context import Role, system_context
from tembea.kernel.db import Db, Tx
from tembea.knowledge import put_pages
from tembea.rates import add_hotel_image, describe_hotel, import_contract, load_values
from tembea.settings import Settings
from tembea.tenants import Tenant, TenantKey, get_tenant, load_config, local_today, sync_tenant
from tembea.users import create_operator, create_user

OPERATOR_EMAIL = "operator@tembea.example"
_PICTURES = Path(__file__).parent / "images"


@dataclass(frozen=True, slots=True)
class _Script:
    """What makes the story of one agency its own."""

    slug: str
    hotels: tuple[DemoHotel, ...]
    people: tuple[Person, ...]
    letters: tuple[mails.Letter, ...]


_SCRIPTS = (
    _Script("africastay", hotels_africastay.HOTELS, people.AFRICASTAY, mails.AFRICASTAY),
    _Script("indigo-travel", hotels_indigo.HOTELS, people.INDIGO, mails.INDIGO),
)


async def seed(db: Db, settings: Settings, *, password_of: Callable[[str], str], now: datetime | None = None) -> LogIns:
    """Make both agencies, with an operator, and give their people the passwords of `password_of(email)`.

    Every day is counted from `now`. An agency that has hotels already keeps all it has and gets its passwords anew.
    """
    moment = now or datetime.now(UTC)
    password = password_of(OPERATOR_EMAIL)
    await create_operator(db, email=OPERATOR_EMAIL, name="Platform operator", password=password)
    agencies = [await _seed_agency(db, settings, script, password_of, moment) for script in _SCRIPTS]
    return LogIns(LogIn(OPERATOR_EMAIL, password, Role.OPERATOR.value), tuple(agencies))


async def _seed_agency(
    db: Db, settings: Settings, script: _Script, password_of: Callable[[str], str], now: datetime
) -> DemoAgency:
    folder = settings.clients_dir / script.slug
    config = load_config(folder / "config.yaml")
    key = await sync_tenant(db, script.slug, config, folder)
    async with db.tx(system_context(key.tenant_id, key.tenant)) as tx:
        tenant = await get_tenant(tx)
        users, colleagues = await _add_people(tx, tenant, password_of)
        fresh = not await store.is_seeded(tx)
        if fresh:
            await _add_hotels(tx, tenant, script.hotels, now)
            await put_pages(tx, config, folder)
            await _add_trade(tx, tenant, script, colleagues, now, settings.installation_secret)
    if fresh:
        await _fill_inbox(db, settings, tenant, script, key, now)
    return DemoAgency(script.slug, config.addresses[0], users)


async def _add_people(
    tx: Tx, tenant: Tenant, password_of: Callable[[str], str]
) -> tuple[tuple[LogIn, ...], list[Colleague]]:
    """Accounts for everybody whom the configuration names; the first of each role can sign in."""
    log_ins: dict[str, LogIn] = {}
    colleagues: list[Colleague] = []
    for person in tenant.config.consultants:
        password = None if person.role in log_ins else password_of(person.email)
        user_id = await create_user(
            tx, email=person.email, name=person.name, role=Role(person.role), password=password, phone=person.phone
        )
        colleagues.append(Colleague(user_id, person.name))
        if password is not None:
            log_ins[person.role] = LogIn(person.email, password, person.role)
    return tuple(log_ins.values()), colleagues


async def _add_hotels(tx: Tx, tenant: Tenant, hotels: Sequence[DemoHotel], now: datetime) -> None:
    today = local_today(tenant, now)
    seen: dict[str, int] = {}
    for hotel in hotels:
        loaded = load_values(contract_document(hotel, tenant.config.currency, today))
        imported = await import_contract(tx, loaded)
        await describe_hotel(tx, imported.hotel_id, hotel.text)
        number = seen[hotel.place.name] = seen.get(hotel.place.name, -1) + 1
        for position, name in enumerate(_pictures(hotel, number)):
            content = (_PICTURES / f"{name}.jpg").read_bytes()
            await add_hotel_image(tx, imported.hotel_id, content, "image/jpeg", caption=hotel.name, position=position)


def _pictures(hotel: DemoHotel, number: int) -> tuple[str, ...]:
    """The hotel's own picture of its place first, then another one."""
    names = hotel.place.pictures
    own, other = names[number % len(names)], names[(number + 1) % len(names)]
    return (own,) if own == other else (own, other)


async def _add_trade(
    tx: Tx, tenant: Tenant, script: _Script, colleagues: Sequence[Colleague], now: datetime, signing_key: bytes
) -> None:
    """Clients, quotes, invoices, calls and what the timelines say of them."""
    today = local_today(tenant, now)
    clients = [await _add_client(tx, person) for person in script.people]
    plans = plan_quotes([place.name for place in tenant.config.destinations], len(clients))
    made = [await make_quote(tx, tenant, plan, clients[plan.person], today, signing_key) for plan in plans]
    told = tell(made, colleagues, tenant, now)
    await store.insert_quotes(tx, [(one.made.rows, one.dates) for one in told])
    await _count_numbers(tx, tenant, told, now)
    invoices = list(raise_invoices([one for one in told if one.dates.status == "converted"], today))
    await store.insert_invoices(tx, invoices)
    paid_on = {invoice.quote_id: invoice.payments[-1][1] for invoice in invoices if invoice.status == "paid"}
    events = [event for one in told for event in quote_events(one)]
    events += invoice_events(invoices, told, colleagues[0])
    events += await _place_clients(tx, clients, told, paid_on, colleagues, now)
    events += await _add_calls(tx, tenant, clients, told, colleagues, now)
    await store.replace_events(tx, [event for event in events if event.occurred_at <= now])


async def _add_client(tx: Tx, person: Person) -> KnownClient:
    client = await find_or_create_client(
        tx,
        name=person.name,
        email=person.email,
        phone=person.phone,
        language=person.language,
        source=person.source,
    )
    return KnownClient(client.id, person)


async def _count_numbers(tx: Tx, tenant: Tenant, told: Sequence[Told], now: datetime) -> None:
    days = [one.dates.created_at.astimezone(one.zone).date() for one in told if one.dates.version == 1]
    await store.set_numbers_taken(tx, {day: days.count(day) for day in days})
    today = local_today(tenant, now)
    made_today = sum(one.dates.created_at.astimezone(one.zone).date() == today for one in told)
    await store.set_quota_used(tx, today, made_today)


async def _place_clients(
    tx: Tx,
    clients: Sequence[KnownClient],
    told: Sequence[Told],
    paid_on: Mapping[UUID, date],
    colleagues: Sequence[Colleague],
    now: datetime,
) -> list[store.EventRow]:
    """Put every client where their quotes leave them; answers how each of them came."""
    placed: list[store.ClientDates] = []
    events: list[store.EventRow] = []
    for number, client in enumerate(clients):
        own = [one for one in told if one.made.client_id == client.id]
        colleague = colleagues[number % len(colleagues)]
        dates = client_dates(client.id, number, own, standing_of(own, paid_on, now), colleague, now)
        placed.append(dates)
        events.append(first_contact(client.id, client.person, dates.created_at))
        if dates.stage != Stage.NEW.value:
            events.append(stage_event(dates, colleague))
    await store.date_clients(tx, placed)
    return events


async def _add_calls(
    tx: Tx,
    tenant: Tenant,
    clients: Sequence[KnownClient],
    told: Sequence[Told],
    colleagues: Sequence[Colleague],
    now: datetime,
) -> list[store.EventRow]:
    by_id = {client.id: client for client in clients}
    viewed = [one for one in told if one.dates.status in ("viewed", "accepted", "converted")]
    called = [
        Called(one.made.client_id, by_id[one.made.client_id].person.name, phone, one.made.plan.destination)
        for one in reversed(viewed)
        if (phone := by_id[one.made.client_id].person.phone)
    ]
    calls = list(story_calls(called, tenant.name, now))
    await store.insert_calls(tx, calls)
    return [
        store.EventRow(
            call.client_id,
            "call.completed",
            "Call",
            call.summary,
            f"/clients/{call.client_id}",
            colleagues[0].name,
            call.created_at,
        )
        for call in calls
        if call.status == "completed"
    ]


async def _fill_inbox(
    db: Db, settings: Settings, tenant: Tenant, script: _Script, key: TenantKey, now: datetime
) -> None:
    """Drop the letters into the inbox by the way that all mail takes; the worker reads and answers them."""
    recipient = tenant.config.addresses[0]
    for sender, raw in mails.write_mails(script.letters, recipient, local_today(tenant, now), now):
        await receive(
            db,
            raw=raw,
            recipient=recipient,
            envelope_from=sender,
            source="smtp",
            inbound_domain=settings.inbound_domain,
            request_id=f"demo-{key.tenant}",
        )
