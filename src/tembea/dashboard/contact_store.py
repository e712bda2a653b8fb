"""What the dashboard asks about clients, calls and what happened lately: plain SQL over indexed columns, only read."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tembea.dashboard.model import ClientStats
from tembea.dashboard.period import Span
from tembea.dashboard.store import StatusCount, within
from tembea.kernel.db import Read


async def count_clients(read: Read, span: Span) -> ClientStats:
    """All clients at the span's end, those new in it, and those with something on their timeline in it."""
    return await read.get(
        ClientStats,
        """
        select (select count(*) from clients where tenant_id = %(tenant_id)s
                and created_at < %(ends_at)s)::int as total,
               (select count(*) from clients where tenant_id = %(tenant_id)s
                and created_at >= %(starts_at)s and created_at < %(ends_at)s)::int as new,
               (select count(distinct client_id) from client_events where tenant_id = %(tenant_id)s
                and occurred_at >= %(starts_at)s and occurred_at < %(ends_at)s)::int as active
        """,
        within(read, span),
    )


async def count_calls_by_status(read: Read, span: Span) -> list[StatusCount]:
    """The span's calls by status."""
    return await read.list(
        StatusCount,
        """
        select status, count(*)::int as count from call_records
        where tenant_id = %(tenant_id)s and created_at >= %(starts_at)s and created_at < %(ends_at)s
        group by status
        """,
        within(read, span),
    )


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many calls ended one way."""

    outcome: str
    count: int


async def count_calls_by_outcome(read: Read, span: Span) -> list[OutcomeCount]:
    """The span's calls by what came of them, the most frequent first."""
    return await read.list(
        OutcomeCount,
        """
        select outcome, count(*)::int as count from call_records
        where tenant_id = %(tenant_id)s and created_at >= %(starts_at)s and created_at < %(ends_at)s
          and outcome is not null
        group by outcome order by count desc, outcome limit 50
        """,
        within(read, span),
    )


@dataclass(frozen=True, slots=True)
class CallDayRow:
    """One day's calls."""

    day: date
    count: int
    completed: int


async def count_calls_by_day(read: Read, span: Span) -> list[CallDayRow]:
    """The span's calls by the tenant's day."""
    return await read.list(
        CallDayRow,
        """
        select (created_at at time zone %(zone)s)::date as day, count(*)::int as count,
               (count(*) filter (where status = 'completed'))::int as completed
        from call_records
        where tenant_id = %(tenant_id)s and created_at >= %(starts_at)s and created_at < %(ends_at)s
        group by 1
        """,
        within(read, span),
    )


async def average_call_s(read: Read, span: Span) -> Decimal:
    """The mean length of the span's completed calls in seconds, one decimal; 0 without any."""
    mean = await read.value(
        Decimal,
        """
        select round(avg(duration_s), 1) from call_records
        where tenant_id = %(tenant_id)s and created_at >= %(starts_at)s and created_at < %(ends_at)s
          and status = 'completed'
        """,
        within(read, span),
    )
    return mean or Decimal(0)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """What is waiting in the telephone queue."""

    queued: int
    in_progress: int
    scheduled: int
    next_at: datetime | None


async def read_call_queue(read: Read) -> QueueRow:
    """The calls that wait, run and are planned now, and when the next one is due."""
    return await read.get(
        QueueRow,
        """
        select (count(*) filter (where status = 'queued'))::int as queued,
               (count(*) filter (where status = 'in_progress'))::int as in_progress,
               (count(*) filter (where status = 'scheduled'))::int as scheduled,
               min(scheduled_at) filter (where status = 'scheduled') as next_at
        from call_records
        where tenant_id = %(tenant_id)s and status in ('queued', 'in_progress', 'scheduled')
        """,
        {"tenant_id": read.ctx.tenant_uuid},
    )


async def find_next_call(read: Read) -> datetime | None:
    """When the next planned call is due."""
    return await read.value(
        datetime,
        "select min(scheduled_at) from call_records where tenant_id = %s and status = 'scheduled'",
        [read.ctx.tenant_uuid],
    )


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """New clients of a span who stand at one stage, by whether a quote was ever sent to them."""

    stage: str
    quoted: bool
    count: int


async def count_new_clients_by_stage(read: Read, span: Span) -> list[FunnelRow]:
    """Where the span's new clients stand now."""
    return await read.list(
        FunnelRow,
        """
        select stage, quoted, count(*)::int as count
        from (
          select c.stage, exists (
            select from quotes q where q.tenant_id = c.tenant_id and q.client_id = c.id
            and q.status not in ('draft', 'cancelled')) as quoted
          from clients c
          where c.tenant_id = %(tenant_id)s and c.created_at >= %(starts_at)s and c.created_at < %(ends_at)s
        ) newcomers
        group by stage, quoted
        """,
        within(read, span),
    )


@dataclass(frozen=True, slots=True)
class SourceRow:
    """New clients of a span who came one way."""

    source: str
    count: int
    booked: int


async def count_new_clients_by_source(read: Read, span: Span) -> list[SourceRow]:
    """How the span's new clients found the agency, the most frequent way first."""
    return await read.list(
        SourceRow,
        """
        select source, count(*)::int as count,
               (count(*) filter (where stage in ('BOOKED', 'PAID', 'TRAVELLED')))::int as booked
        from clients
        where tenant_id = %(tenant_id)s and created_at >= %(starts_at)s and created_at < %(ends_at)s
        group by source order by count desc, source limit 50
        """,
        within(read, span),
    )


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One entry of a timeline with its client's name, or an enquiry that has no client yet."""

    kind: str
    title: str
    subtitle: str
    link: str
    occurred_at: datetime


async def list_activity(read: Read, limit: int) -> list[ActivityRow]:
    """The newest entries of all timelines, and the newest enquiries that belong to nobody yet."""
    return await read.list(
        ActivityRow,
        """
        (select e.kind, e.title, c.name as subtitle,
                case when e.link = '' then '/clients/' || c.id else e.link end as link, e.occurred_at
         from client_events e join clients c on c.tenant_id = e.tenant_id and c.id = e.client_id
         where e.tenant_id = %(tenant_id)s order by e.occurred_at desc, e.id desc limit %(limit)s)
        union all
        (select 'enquiry.' || status, case when subject = '' then 'Enquiry without a subject' else subject end,
                coalesce(from_name, from_email, phone, ''), '/inbox/' || id, received_at
         from enquiries
         where tenant_id = %(tenant_id)s and client_id is null order by received_at desc, id desc limit %(limit)s)
        order by occurred_at desc limit %(limit)s
        """,
        {"tenant_id": read.ctx.tenant_uuid, "limit": limit},
    )
