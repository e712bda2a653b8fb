"""What is counted: for each kind of thing, its facts as they are now and the entries that follow from facts.

Facts are worked out for the ids of a relation `wanted (id)`. Entries are `(dimension, key, currency, day, count,
amount)` of a row `f` of facts; an entry without a day is about now, whatever the period. Sums of entries up to a day
answer what stood on that day: an open balance is an entry when it begins and its opposite when it ends.
"""

from dataclasses import dataclass
from typing import LiteralString


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: its name in `rollup_marks`, its table of counted facts with the columns, and its queries."""

    name: LiteralString
    table: LiteralString
    base: LiteralString
    """Selects the ids of all there are."""
    columns: LiteralString
    facts: LiteralString
    entries: LiteralString
    also: LiteralString = ""
    """Selects further ids that marks of other kinds imply."""


# The quote's selected option, else its first one: what the view quote_values says, for one quote. A sub-select with an
# offset is worked out once for each id: a few marked things never read a whole table, whatever the planner believes.
_WORTH: LiteralString = """
    left join lateral (
      select o.hotel_name, o.currency, o.total from quote_options o
      where o.tenant_id = %(tenant_id)s and o.quote_id = q.id
      order by (o.id = q.selected_option_id) desc nulls last, o.position limit 1
    ) v on true
"""

QUOTES = Kind(
    name="quote",
    table="counted_quotes",
    base="select id from quotes where tenant_id = %(tenant_id)s",
    columns="day, status, destination, hotel, currency, total",
    facts="""
      select w.id, (q.created_at at time zone %(zone)s)::date as day, q.status, q.destination,
             v.hotel_name as hotel, v.currency, v.total
      from wanted w
      cross join lateral (
        select id, created_at, status, destination, selected_option_id from quotes
        where tenant_id = %(tenant_id)s and id = w.id offset 0
      ) q
    """
    + _WORTH,
    entries="""
      select 'quotes.status' as dimension, f.status as key, '' as currency, f.day, 1 as count, 0::numeric as amount
      where f.status <> 'revised'
      union all
      select x.dimension, x.key, coalesce(f.currency, ''), f.day, 1, coalesce(f.total, 0)
      from (values ('quotes.value', ''), ('quotes.destination', f.destination), ('quotes.hotel', f.hotel))
           as x (dimension, key)
      where f.status not in ('draft', 'cancelled', 'revised') and x.key is not null
    """,
)

INVOICES = Kind(
    name="invoice",
    table="counted_invoices",
    base="select id from invoices where tenant_id = %(tenant_id)s",
    columns="day, status, currency, total, balance, due_date, payments",
    facts="""
      select w.id, coalesce(i.issued_on, (i.created_at at time zone %(zone)s)::date) as day, i.status, i.currency,
             i.total, i.total - i.paid as balance, i.due_date, coalesce(p.payments, '[]') as payments
      from wanted w
      cross join lateral (
        select id, issued_on, created_at, status, currency, total, paid, due_date from invoices
        where tenant_id = %(tenant_id)s and id = w.id offset 0
      ) i
      cross join lateral (
        select jsonb_agg(jsonb_build_object('day', received_on, 'currency', currency, 'amount', amount) order by id)
               as payments
        from invoice_payments where tenant_id = %(tenant_id)s and invoice_id = w.id
      ) p
    """,
    # A balance stood open, and was past due, from a first day on. A payment that came later stood open until it came.
    entries="""
      select 'invoices.status' as dimension, f.status as key, '' as currency, f.day, 1 as count, 0::numeric as amount
      union all
      select 'invoices.issued', '', f.currency, f.day, 1, f.total where f.status not in ('draft', 'void')
      union all
      select 'invoices.open', '', f.currency, f.due_date, 1, f.balance
      where f.status in ('sent', 'viewed', 'partially_paid', 'overdue') and f.balance > 0
      union all
      select s.dimension, '', f.currency, s.day, 1, f.balance
      from (values ('invoices.outstanding', f.day), ('invoices.overdue', greatest(f.day, f.due_date + 1)))
           as s (dimension, day)
      where f.status not in ('draft', 'void')
      union all
      select s.dimension, '', f.currency, e.day, 0, e.amount
      from (values ('invoices.outstanding', f.day), ('invoices.overdue', greatest(f.day, f.due_date + 1)))
           as s (dimension, day)
      cross join jsonb_to_recordset(f.payments) as p (day date, currency text, amount numeric)
      cross join lateral (values (s.day, p.amount), (p.day, -p.amount)) as e (day, amount)
      where f.status not in ('draft', 'void') and p.day > s.day
      union all
      select 'invoices.collected', '', p.currency, p.day, 1, p.amount
      from jsonb_to_recordset(f.payments) as p (day date, currency text, amount numeric)
      where f.status <> 'void'
    """,
)

CLIENTS = Kind(
    name="client",
    table="counted_clients",
    base="select id from clients where tenant_id = %(tenant_id)s",
    columns="day, stage, source, quoted, currency, total",
    facts="""
      select w.id, (c.created_at at time zone %(zone)s)::date as day, c.stage, c.source,
             exists (select from quotes s where s.tenant_id = %(tenant_id)s and s.client_id = w.id
                     and s.status not in ('draft', 'cancelled')) as quoted,
             v.currency, v.total
      from wanted w
      cross join lateral (
        select created_at, stage, source from clients where tenant_id = %(tenant_id)s and id = w.id offset 0
      ) c
      left join lateral (
        select id, selected_option_id from quotes n
        where n.tenant_id = %(tenant_id)s and n.client_id = w.id and n.status not in ('draft', 'cancelled', 'revised')
        order by n.created_at desc, n.id desc limit 1
      ) q on true
    """
    + _WORTH,
    entries="""
      select x.dimension, x.key, '' as currency, f.day, 1 as count, 0::numeric as amount
      from (values ('clients.new', ''), ('clients.stage', f.stage || case when f.quoted then ':quoted' else '' end),
                   ('clients.source', f.source),
                   ('clients.booked', case when f.stage in ('BOOKED', 'PAID', 'TRAVELLED') then f.source end))
           as x (dimension, key)
      where x.key is not null
      union all
      select 'clients.value', f.stage, coalesce(f.currency, ''), null::date, 1, coalesce(f.total, 0)
    """,
    # What a client is worth follows from its quotes, and whose a marked quote is now says the quote itself.
    also="""
      select q.client_id from marked_quotes m
      cross join lateral (
        select client_id from quotes where tenant_id = %(tenant_id)s and id = m.entity_id offset 0
      ) q
    """,
)

ACTIVE_WINDOWS_DAYS = (7, 30, 90, 365)
"""The lengths of periods for which it is counted how many clients had something on their timeline."""

ACTIVITY = Kind(
    name="activity",
    table="counted_activity",
    base="select distinct client_id as id from client_events where tenant_id = %(tenant_id)s",
    columns="days",
    facts="""
      select w.id, e.days from wanted w
      cross join lateral (
        select array_agg(distinct (occurred_at at time zone %(zone)s)::date order by
                         (occurred_at at time zone %(zone)s)::date) as days
        from client_events where tenant_id = %(tenant_id)s and client_id = w.id offset 0
      ) e
      where e.days is not null
    """,
    # A day makes its client count as active for as many days as the window has, or until the client's next day does.
    entries="""
      select 'clients.active.' || span as dimension, '' as key, '' as currency, e.day, e.count, 0::numeric as amount
      from unnest(array[7, 30, 90, 365]) span
      cross join lateral (select day, lead(day) over (order by day) as next from unnest(f.days) as day) d
      cross join lateral (values (d.day, 1), (least(d.day + span, d.next), -1)) as e (day, count)
      union all
      select 'clients.active.all', '', '', f.days[1], 1, 0
    """,
)

CALLS = Kind(
    name="call",
    table="counted_calls",
    base="select id from call_records where tenant_id = %(tenant_id)s",
    columns="day, status, outcome, duration_s",
    facts="""
      select w.id, (c.created_at at time zone %(zone)s)::date as day, c.status, c.outcome, c.duration_s
      from wanted w
      cross join lateral (
        select created_at, status, outcome, duration_s from call_records
        where tenant_id = %(tenant_id)s and id = w.id offset 0
      ) c
    """,
    entries="""
      select 'calls.status' as dimension, f.status as key, '' as currency, f.day, 1 as count, 0::numeric as amount
      union all
      select 'calls.now', f.status, '', null::date, 1, 0 where f.status in ('queued', 'in_progress', 'scheduled')
      union all
      select 'calls.outcome', f.outcome, '', f.day, 1, 0 where f.outcome is not null
      union all
      select 'calls.duration', '', '', f.day, 1, f.duration_s where f.status = 'completed' and f.duration_s is not null
    """,
)

KINDS = (QUOTES, INVOICES, CLIENTS, ACTIVITY, CALLS)
