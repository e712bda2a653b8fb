"""What the dashboard asks about quotes and invoices: plain SQL over indexed columns.

Everything is read; nothing here writes. A quote counts when it was ever sent and is not superseded or cancelled; an
invoice counts when it was issued and is not void.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from tembea.dashboard.period import Span
from tembea.kernel.db import Read


def within(read: Read, span: Span) -> dict[str, object]:
    """The bound values of a question about a span: instants for times, days for dates, and the zone between them."""
    return {
        "tenant_id": read.ctx.tenant_uuid,
        "starts_at": span.starts_at,
        "ends_at": span.ends_at,
        "first": span.first,
        "last": span.last,
        "zone": span.zone.key,
    }


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many are in one status."""

    status: str
    count: int


@dataclass(frozen=True, slots=True)
class QuoteCounts:
    """Quotes of a span that were ever sent."""

    total: int
    accepted: int
    pending: int


async def count_quotes(read: Read, span: Span) -> QuoteCounts:
    """The quotes made in the span that were ever sent, and what became of them."""
    return await read.get(
        QuoteCounts,
        """
        select count(*)::int as total,
               (count(*) filter (where status in ('accepted', 'converted')))::int as accepted,
               (count(*) filter (where status in ('sent', 'viewed')))::int as pending
        from quotes
        where tenant_id = %(tenant_id)s and created_at >= %(starts_at)s and created_at < %(ends_at)s
          and status not in ('draft', 'cancelled', 'revised')
        """,
        within(read, span),
    )


async def count_quotes_by_status(read: Read, span: Span) -> list[StatusCount]:
    """The quotes made in the span by status: drafts and cancelled ones too, superseded versions not."""
    return await read.list(
        StatusCount,
        """
        select status, count(*)::int as count from quotes
        where tenant_id = %(tenant_id)s and created_at >= %(starts_at)s and created_at < %(ends_at)s
          and status <> 'revised'
        group by status
        """,
        within(read, span),
    )


@dataclass(frozen=True, slots=True)
class QuoteGroup:
    """Quotes that share a name in one dimension and a currency; `day` is set in the dimension of that name."""

    dimension: Literal["all", "destination", "hotel", "day"]
    name: str | None
    day: date | None
    currency: str | None
    count: int
    total: Decimal | None


async def group_quotes(read: Read, span: Span) -> list[QuoteGroup]:
    """The counted quotes of the span in all, by destination, by hotel and by the tenant's day, each by currency.

    Grouping sets answer all four from one pass over the rows.
    """
    return await read.list(
        QuoteGroup,
        """
        with counted as (
          select q.destination, v.hotel_name, v.currency, v.total, (q.created_at at time zone %(zone)s)::date as day
          from quotes q left join quote_values v on v.tenant_id = q.tenant_id and v.quote_id = q.id
          where q.tenant_id = %(tenant_id)s and q.created_at >= %(starts_at)s and q.created_at < %(ends_at)s
            and q.status not in ('draft', 'cancelled', 'revised')
        )
        select case grouping(destination, hotel_name, day)
                 when 3 then 'destination' when 5 then 'hotel' when 6 then 'day' else 'all' end as dimension,
               coalesce(destination, hotel_name) as name, day, currency,
               count(*)::int as count, sum(total) as total
        from counted
        group by grouping sets ((currency), (destination, currency), (hotel_name, currency), (day, currency))
        """,
        within(read, span),
    )


@dataclass(frozen=True, slots=True)
class RevenueRow:
    """One currency's invoices: issued and collected within a span, open and past due as its last day ended."""

    currency: str
    issued: int
    invoiced: Decimal | None
    collected: Decimal | None
    outstanding: Decimal | None
    overdue: Decimal | None


async def sum_revenue(read: Read, span: Span) -> list[RevenueRow]:
    """Revenue by currency. What was paid after the span's last day still stood open on it."""
    return await read.list(
        RevenueRow,
        """
        with issued as (
          select i.currency, i.total, i.due_date, i.total - i.paid + coalesce(later.amount, 0) as balance,
                 coalesce(i.issued_on, (i.created_at at time zone %(zone)s)::date) as day
          from invoices i
          left join lateral (
            select sum(p.amount) as amount from invoice_payments p
            where p.tenant_id = i.tenant_id and p.invoice_id = i.id and p.received_on > %(last)s
          ) later on true
          where i.tenant_id = %(tenant_id)s and i.status not in ('draft', 'void')
        ), raised as (
          select currency, (count(*) filter (where day >= %(first)s))::int as issued,
                 sum(total) filter (where day >= %(first)s) as invoiced,
                 sum(balance) as outstanding, sum(balance) filter (where due_date < %(last)s) as overdue
          from issued where day <= %(last)s group by currency
        ), received as (
          select p.currency, sum(p.amount) as collected
          from invoice_payments p join invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
          where p.tenant_id = %(tenant_id)s and p.received_on between %(first)s and %(last)s and i.status <> 'void'
          group by p.currency
        )
        select currency, coalesce(issued, 0) as issued, invoiced, collected, outstanding, overdue
        from raised full join received using (currency)
        """,
        within(read, span),
    )


async def count_invoices_by_status(read: Read, span: Span) -> list[StatusCount]:
    """The invoices of the span by status; drafts by the tenant's day on which they were made."""
    return await read.list(
        StatusCount,
        """
        select status, count(*)::int as count from invoices
        where tenant_id = %(tenant_id)s
          and coalesce(issued_on, (created_at at time zone %(zone)s)::date) between %(first)s and %(last)s
        group by status
        """,
        within(read, span),
    )


@dataclass(frozen=True, slots=True)
class DaySum:
    """One day's invoices in one currency."""

    day: date
    currency: str
    count: int
    total: Decimal


async def sum_invoices_by_day(read: Read, span: Span) -> list[DaySum]:
    """The invoices issued in the span, by day and currency."""
    return await read.list(
        DaySum,
        """
        select coalesce(issued_on, (created_at at time zone %(zone)s)::date) as day, currency,
               count(*)::int as count, sum(total) as total
        from invoices
        where tenant_id = %(tenant_id)s and status not in ('draft', 'void')
          and coalesce(issued_on, (created_at at time zone %(zone)s)::date) between %(first)s and %(last)s
        group by 1, 2
        """,
        within(read, span),
    )


@dataclass(frozen=True, slots=True)
class AgeingRow:
    """Open invoices of one age in one currency."""

    bucket: str
    currency: str
    count: int
    balance: Decimal


async def sum_ageing(read: Read, today: date) -> list[AgeingRow]:
    """What is still to be paid, by days past due on `today`; an invoice due today is current."""
    return await read.list(
        AgeingRow,
        """
        select case when due_date >= %(today)s then 'current'
                    when %(today)s - due_date <= 30 then 'days_1_30'
                    when %(today)s - due_date <= 60 then 'days_31_60'
                    when %(today)s - due_date <= 90 then 'days_61_90'
                    else 'days_over_90' end as bucket,
               currency, count(*)::int as count, sum(total - paid) as balance
        from invoices
        where tenant_id = %(tenant_id)s and status in ('sent', 'viewed', 'partially_paid', 'overdue') and paid < total
        group by 1, 2
        """,
        {"tenant_id": read.ctx.tenant_uuid, "today": today},
    )
