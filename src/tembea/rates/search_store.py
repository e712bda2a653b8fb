"""The question which hotels a stay could be cheapest at, asked of the rows of their contracts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import LiteralString
from uuid import UUID

from tembea.kernel.db import Read


@dataclass(frozen=True, slots=True)
class FloorRow:
    """What a live contract can charge at least, before what lowers it.

    `nightly` is the sum over the nights of what one adult pays at least, `dearest` the most of one night; both are None
    where a night has no rate. `package` is one adult's least total. `percents` are reductions that may apply, `free`
    the nights that may be free, and `takes_amounts` says that an offer takes fixed amounts off.
    """

    hotel_id: UUID
    currency: str
    commission_pct: Decimal
    nightly: Decimal | None
    dearest: Decimal | None
    package: Decimal | None
    percents: list[Decimal]
    free: int
    takes_amounts: bool


_FLOORS: LiteralString = """
  with live as materialized (
    select id, hotel_id, currency, commission_pct from contracts
    where tenant_id = %(tenant_id)s and status = 'live' and hotel_id = any(%(hotel_ids)s)
  ), nights as (
    select day::date as night, extract(isodow from day)::integer - 1 as weekday
    from generate_series(%(check_in)s::date, %(check_out)s::date - 1, interval '1 day') as day
  ), owned as (
    select distinct on (s.contract_id, n.night) s.contract_id, s.code
    from live l
    join contract_seasons s on s.tenant_id = %(tenant_id)s and s.contract_id = l.id
      and s.nights && daterange(%(check_in)s, %(check_out)s)
    join nights n on s.nights @> n.night and s.weekday in (-1, n.weekday)
    order by s.contract_id, n.night, s.priority desc
  ), stretches as (
    select contract_id, code, count(*) as nights from owned group by contract_id, code
  ), priced as (
    select contract_id, nights,
           (select min(r.least_per_adult) from contract_rates r
            where r.tenant_id = %(tenant_id)s and r.contract_id = stretches.contract_id
              and r.season = stretches.code) as least
    from stretches
  ), nightly as (
    select contract_id, sum(nights * least) as total, max(least) as dearest from priced
    group by contract_id having sum(nights) = %(nights)s and bool_and(least is not null)
  ), packaged as (
    select p.contract_id, min(p.least_per_adult) as total
    from live l
    join contract_packages p on p.tenant_id = %(tenant_id)s and p.contract_id = l.id and p.nights = %(nights)s
      and p.valid @> daterange(%(check_in)s, %(check_out)s)
    group by p.contract_id
  ), offered as (
    select o.contract_id, coalesce(array_agg(o.percent) filter (where o.percent is not null), '{}') as percents,
           bool_or(o.amount is not null) as takes_amounts,
           coalesce(sum(least(
             o.max_free, (o.stay - o.pay) * case when o.repeatable then %(nights)s / o.stay else 1 end
           )), 0) as free
    from live l
    join contract_offers o on o.tenant_id = %(tenant_id)s and o.contract_id = l.id
    where coalesce(o.stay, 1) <= %(nights)s and coalesce(o.nights_min, 1) <= %(nights)s
      and coalesce(o.lead_days_min, 0) <= %(lead)s + 1 and coalesce(o.lead_days_max, %(lead)s) >= %(lead)s - 1
      and (o.booking is null or o.booking && daterange(%(booked)s::date - 1, %(booked)s::date + 1, '[]'))
    group by o.contract_id
  )
  select l.hotel_id, l.currency, l.commission_pct, n.total as nightly, n.dearest, p.total as package,
         coalesce(o.percents, '{}') as percents, coalesce(o.free, 0)::integer as free,
         coalesce(o.takes_amounts, false) as takes_amounts
  from live l
  left join nightly n on n.contract_id = l.id
  left join packaged p on p.contract_id = l.id
  left join offered o on o.contract_id = l.id
"""


async def list_floors(
    read: Read, hotel_ids: Sequence[UUID], *, check_in: date, check_out: date, booked: date
) -> list[FloorRow]:
    """A row for the live contract of each of the hotels, whatever board it sells.

    `booked` may be a day off where the hotel lives, so offers are counted in that apply a day before or after.
    """
    nights = (check_out - check_in).days
    return await read.list(
        FloorRow,
        _FLOORS,
        {
            "tenant_id": read.ctx.tenant_uuid,
            "hotel_ids": list(hotel_ids),
            "check_in": check_in,
            "check_out": check_out,
            "booked": booked,
            "nights": nights,
            "lead": (check_in - booked).days,
        },
    )
