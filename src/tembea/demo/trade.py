"""Prices the quotes of the story and raises the invoices of the sold ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from tembea.demo import store
from tembea.demo.model import Person, QuotePlan
from tembea.demo.plan import plan_invoices
from tembea.demo.stories import Colleague, MadeQuote, Told
from tembea.kernel.db import Tx
from tembea.kernel.ids import new_id
from tembea.kernel.money import round_half_up
from tembea.quotes import Customer, Quote, TripRequest, create_quote, get_quote_agent
from tembea.quotes.trip import Board, Kind
from tembea.tenants import Tenant


@dataclass(frozen=True, slots=True)
class KnownClient:
    """A client of the story with the person behind it."""

    id: UUID
    person: Person


async def make_quote(
    tx: Tx, tenant: Tenant, plan: QuotePlan, client: KnownClient, today: date, signing_key: bytes
) -> MadeQuote:
    """Price a quote by the agency's own policy as of its day, and its superseded first version where it has one."""
    made = await _price(tx, tenant, plan, client, today, signing_key)
    if not plan.revised:
        return made
    longer = replace(plan, status="revised", nights=plan.nights + 1, option=None, revised=False)
    return replace(made, first=await _price(tx, tenant, longer, client, today, signing_key))


async def _price(
    tx: Tx, tenant: Tenant, plan: QuotePlan, client: KnownClient, today: date, signing_key: bytes
) -> MadeQuote:
    trip, booked_on = _trip(plan, client.person, today), plan.made_on(today)
    agent = get_quote_agent(tenant)
    offer = await agent.offer(tx, trip, today=booked_on)
    if not offer.options:  # nobody there sells this board; the customer takes what there is
        trip = replace(trip, board=None)
        offer = await agent.offer(tx, trip, today=booked_on)
    # The product dates and numbers what it makes today, and that cannot be changed: so it makes the quote on trial, and
    # the rows are stored on their own day afterwards.
    await store.begin_trial(tx)
    quote = await create_quote(
        tx,
        tenant,
        customer=Customer(client.person.name, client.person.email, client.person.phone),
        client_id=client.id,
        enquiry_id=None,
        trip=trip,
        offer=offer,
        cover_text="",
        language=client.person.language,
        signing_key=signing_key,
    )
    rows = await store.copy_quote(tx, quote.id)
    await store.end_trial(tx)
    return _made(plan, client, quote, rows)


def _trip(plan: QuotePlan, person: Person, today: date) -> TripRequest:
    check_in = plan.check_in(today)
    return TripRequest(
        kind=Kind.NEW_ENQUIRY,
        customer_name=person.name,
        customer_email=person.email,
        customer_phone=person.phone,
        destinations=(plan.destination,),
        check_in=check_in,
        check_out=check_in + timedelta(days=plan.nights),
        nights=plan.nights,
        adults=plan.adults,
        children_ages=plan.children_ages,
        children_count=len(plan.children_ages),
        board=None if plan.board is None else Board(plan.board),
    )


def _made(plan: QuotePlan, client: KnownClient, quote: Quote, rows: store.QuoteRows) -> MadeQuote:
    return MadeQuote(
        plan=plan,
        client_id=client.id,
        quote_id=quote.id,
        check_in=quote.check_in,
        check_out=quote.check_out,
        options=tuple(quote.options),
        rows=rows,
    )


def raise_invoices(sold: Sequence[Told], today: date) -> Iterator[store.InvoiceRow]:
    """An invoice for each converted quote, the oldest first, numbered by year in the order of issue."""
    ordered = sorted(sold, key=lambda told: told.issued_on)
    numbers: dict[int, int] = {}
    for told, plan in zip(ordered, plan_invoices(len(ordered)), strict=True):
        year = told.issued_on.year
        numbers[year] = numbers.get(year, 0) + 1
        option = told.made.option
        due = today + timedelta(days=plan.due_in_days)
        days = (told.issued_on + timedelta(days=2), due)
        shares = _shares(option.total, option.currency, plan.paid_percent)
        yield store.InvoiceRow(
            id=new_id(),
            number=f"INV-{year}-{numbers[year]:05d}",
            status=plan.status,
            client_id=told.made.client_id,
            quote_id=told.made.quote_id,
            currency=option.currency,
            lines=[{"description": _words(told), "quantity": 1, "amount": str(option.total)}],
            total=option.total,
            due_date=due,
            issued_on=told.issued_on,
            created_at=told.dates.accepted_at or told.dates.created_at,
            payments=list(zip(shares, days, strict=False)),
        )


def _shares(total: Decimal, currency: str, percents: tuple[int, ...]) -> list[Decimal]:
    """The payments; the last of a hundred percent is what remains, so that they add up."""
    shares = [round_half_up(total * percent / 100, currency) for percent in percents]
    if sum(percents) == 100:
        shares[-1] = total - sum(shares[:-1], Decimal(0))
    return shares


def _words(told: Told) -> str:
    option, made = told.made.option, told.made
    return f"{option.hotel_name}, {option.destination}, {made.check_in} to {made.check_out}, {option.board}"


def invoice_events(
    invoices: Sequence[store.InvoiceRow], told: Sequence[Told], by: Colleague
) -> Iterator[store.EventRow]:
    """What the timeline says of invoices and payments."""
    steps = {one.made.quote_id: one for one in told}
    for invoice in invoices:
        if invoice.status == "draft":
            continue
        at = steps[invoice.quote_id].dates.accepted_at or invoice.created_at
        detail, link = f"{invoice.currency} {invoice.total:.2f}", f"/invoices/{invoice.id}"
        title = f"Invoice {invoice.number} sent"
        yield store.EventRow(
            invoice.client_id, "invoice.sent", title, detail, link, by.name, at + timedelta(minutes=40)
        )
        for amount, day in invoice.payments:
            paid_at = at + (day - invoice.issued_on)
            words = f"Payment on {invoice.number}"
            money = f"{invoice.currency} {amount:.2f}"
            yield store.EventRow(invoice.client_id, "payment.received", words, money, link, "Customer", paid_at)
