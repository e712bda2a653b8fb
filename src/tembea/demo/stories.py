"""What each quote of the demonstration led to: the days of its steps, the stage of its client, and the timeline."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tembea.crm import ON_THE_WAY, Stage
from tembea.demo.model import Person, QuotePlan
from tembea.demo.store import ClientDates, EventRow, QuoteDates, QuoteRows
from tembea.quotes import QuoteOption
from tembea.tenants import Tenant


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works at the agency."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class MadeQuote:
    """A quote that the product priced for the story; `first` is the version that it superseded."""

    plan: QuotePlan
    client_id: UUID
    quote_id: UUID
    check_in: date
    check_out: date
    options: tuple[QuoteOption, ...]
    rows: QuoteRows
    first: "MadeQuote | None" = None

    @property
    def option(self) -> QuoteOption:
        """The option that the customer chose, else the first."""
        return self.options[(self.plan.option or 0) % len(self.options)]


@dataclass(frozen=True, slots=True)
class Told:
    """A quote with the days on which its steps happened."""

    made: MadeQuote
    dates: QuoteDates
    colleague: Colleague
    zone: ZoneInfo

    @property
    def issued_on(self) -> date:
        """The day on which a sold quote was invoiced: the agency's day of the acceptance."""
        return (self.dates.accepted_at or self.dates.created_at).astimezone(self.zone).date()


_ANSWERED_AFTER = timedelta(minutes=6)
_VIEWED_AFTER = timedelta(hours=5)
_ACCEPTED_AFTER = timedelta(hours=29)
_DECLINED_AFTER = timedelta(days=3)
_SENT = ("sent", "viewed", "accepted", "converted", "declined", "expired", "revised")
_VIEWED = ("viewed", "accepted", "converted", "declined", "revised")


def tell(made: Sequence[MadeQuote], colleagues: Sequence[Colleague], tenant: Tenant, now: datetime) -> list[Told]:
    """Every version of every quote on its days, numbered by the agency's day without gaps."""
    zone = tenant.config.zone
    versions = [(one, moment_of(one.plan, number, now, zone)) for number, one in enumerate(made)]
    firsts = [(one.first, at - timedelta(days=1)) for one, at in versions if one.first is not None]
    beginnings = [(one, at) for one, at in versions if one.first is None] + firsts
    numbers = _numbers([(one.quote_id, at) for one, at in beginnings], zone)
    told: list[Told] = []
    for position, (one, at) in enumerate([*firsts, *versions]):
        colleague = colleagues[position % len(colleagues)]
        number = numbers[one.first.quote_id if one.first else one.quote_id]
        told.append(Told(one, _dates(one, number, at, colleague, tenant, now), colleague, zone))
    return told


def moment_of(plan: QuotePlan, number: int, now: datetime, zone: ZoneInfo) -> datetime:
    """When a quote was made: within office hours of its day, and never in the future."""
    local = now.astimezone(zone)
    day = local.date() - timedelta(days=plan.days_ago)
    planned = datetime.combine(day, time(8 + number * 5 % 9, number * 13 % 60), tzinfo=zone)
    return min(planned, local - timedelta(minutes=17 * (1 + number % 5)))


def _numbers(beginnings: Sequence[tuple[UUID, datetime]], zone: ZoneInfo) -> dict[UUID, str]:
    taken: dict[date, int] = {}
    numbers: dict[UUID, str] = {}
    for quote_id, at in sorted(beginnings, key=lambda pair: pair[1]):
        day = at.astimezone(zone).date()
        taken[day] = taken.get(day, 0) + 1
        numbers[quote_id] = f"QT-{day:%Y%m%d}-{taken[day]:04d}"
    return numbers


def _dates(
    one: MadeQuote, number: str, at: datetime, colleague: Colleague, tenant: Tenant, now: datetime
) -> QuoteDates:
    status = one.plan.status
    day = at.astimezone(tenant.config.zone).date()
    valid_until = min(day + timedelta(days=tenant.config.quotes.validity_days), one.check_in)
    closed = {
        "declined": at + _DECLINED_AFTER,
        "cancelled": at + _ACCEPTED_AFTER,
        "revised": at + timedelta(days=1),
        "expired": datetime.combine(valid_until + timedelta(days=1), time(0, 5), tzinfo=tenant.config.zone),
    }.get(status)
    latest = now - timedelta(minutes=2)
    return QuoteDates(
        quote_id=one.quote_id,
        number=number,
        version=2 if one.first else 1,
        status=status,
        option_id=None if one.plan.option is None else one.option.id,
        consultant_id=colleague.id,
        valid_until=valid_until,
        created_at=at,
        sent_at=at + _ANSWERED_AFTER if status in _SENT else None,
        viewed_at=min(at + _VIEWED_AFTER, latest) if status in _VIEWED else None,
        accepted_at=min(at + _ACCEPTED_AFTER, latest) if status in ("accepted", "converted") else None,
        closed_at=min(closed, latest) if closed else None,
    )


def quote_events(told: Told) -> Iterator[EventRow]:
    """What the timeline says of one version of a quote."""
    dates, place = told.dates, told.made.plan.destination
    asked = f"{place}, {told.made.plan.nights} nights"
    if dates.version == 1:
        yield _event(
            told, "enquiry.received", f"Enquiry about {place}", asked, dates.created_at - timedelta(minutes=35)
        )
    yield _event(told, "quote.draft", f"Quote {dates.number}", f"{asked}, {told.made.option.price}", dates.created_at)
    for at, kind, words in (
        (dates.sent_at, "quote.sent", "sent"),
        (dates.viewed_at, "quote.viewed", "viewed"),
        (dates.accepted_at, "quote.accepted", "accepted"),
        (dates.closed_at, f"quote.{dates.status}", dates.status),
    ):
        if at is not None:
            yield _event(told, kind, f"Quote {dates.number} {words}", place, at)


def _event(told: Told, kind: str, title: str, detail: str, at: datetime) -> EventRow:
    by_customer = kind in ("enquiry.received", "quote.viewed", "quote.accepted", "quote.declined")
    actor = "Customer" if by_customer else told.colleague.name
    link = f"/clients/{told.made.client_id}" if kind == "enquiry.received" else f"/quotes/{told.made.quote_id}"
    return EventRow(told.made.client_id, kind, title, detail, link, actor, at)


_STAGES = {
    "draft": Stage.NEW,
    "sent": Stage.QUOTED,
    "viewed": Stage.NEGOTIATING,
    "accepted": Stage.BOOKED,
    "converted": Stage.BOOKED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a client stands and since when."""

    stage: Stage
    since: datetime


def standing_of(told: Sequence[Told], paid_on: Mapping[UUID, date], now: datetime) -> Standing | None:
    """Where a client's quotes leave them: the furthest of all; lost when none is left, None without any.

    `paid_on` are the days on which quotes were settled.
    """
    standings = [_standing(one, paid_on, now) for one in told if one.dates.status != "revised"]
    left = [one for one in standings if one.stage is not Stage.LOST]
    return max(left, key=lambda one: ON_THE_WAY.index(one.stage)) if left else standings[-1] if standings else None


def _standing(told: Told, paid_on: Mapping[UUID, date], now: datetime) -> Standing:
    dates, today = told.dates, now.astimezone(told.zone).date()
    if told.made.quote_id in paid_on and told.made.check_out < today:
        return Standing(Stage.TRAVELLED, _morning(told.made.check_out + timedelta(days=1), told.zone))
    if told.made.quote_id in paid_on:
        return Standing(Stage.PAID, _morning(paid_on[told.made.quote_id], told.zone))
    latest = dates.accepted_at or dates.closed_at or dates.viewed_at or dates.sent_at or dates.created_at
    return Standing(_STAGES.get(dates.status, Stage.LOST), latest + timedelta(minutes=1))


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(9), tzinfo=zone)


def client_dates(
    client_id: UUID, number: int, told: Sequence[Told], standing: Standing | None, colleague: Colleague, now: datetime
) -> ClientDates:
    """When a client came and was last in touch; one without a quote wrote in the last days."""
    moments = [
        at
        for one in told
        for at in (one.dates.created_at, one.dates.sent_at, one.dates.viewed_at, one.dates.accepted_at)
        if at is not None
    ]
    first = min(moments, default=now - timedelta(hours=5 + 21 * (number % 6))) - timedelta(minutes=36)
    tags = ["family"] if any(one.made.plan.children_ages for one in told) else []
    if sum(one.dates.status in ("accepted", "converted") for one in told) > 1:
        tags.append("regular")
    return ClientDates(
        client_id=client_id,
        stage=standing.stage.value if standing else Stage.NEW.value,
        stage_changed_at=min(standing.since, now) if standing else first,
        owner_id=colleague.id,
        tags=tags,
        created_at=first,
        last_contact_at=max(moments, default=first),
    )


def first_contact(client_id: UUID, person: Person, at: datetime) -> EventRow:
    """How a client came to the agency."""
    return EventRow(
        client_id, "client.created", "First contact", f"By {person.source}", f"/clients/{client_id}", "Customer", at
    )


def stage_event(dates: ClientDates, colleague: Colleague) -> EventRow:
    """The client's last step through the stages."""
    return EventRow(
        client_id=dates.client_id,
        kind=f"stage.{dates.stage.lower()}",
        title=f"Stage {dates.stage.capitalize()}",
        detail="By what happened",
        link=f"/clients/{dates.client_id}",
        actor_name=colleague.name,
        occurred_at=dates.stage_changed_at,
    )
