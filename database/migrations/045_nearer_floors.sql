-- Floors that know single use, extra adults and who shares with whom: docs/decisions/021-contracts-are-rows-too.md.
-- Pasteable and safe to run twice. From here on `adults` is how many adults a party has (the largest stands for more) and
-- `least` what each of them pays at least, however they are roomed.
set lock_timeout = '5s';

-- What so many adults pay at least a night, each: of a party of one up to six, then of any larger one. `costs` are what
-- a room costs with one adult, two, and so on; null where no room takes so many. Whoever is listed as a child may be an
-- adult by the contract, so a party never costs more than a larger one.
create or replace function tembea_least_each(costs numeric[]) returns numeric[]
language plpgsql immutable set search_path = pg_catalog, public as $least$
declare
  totals numeric[];
  each numeric := (select min(cost / adults) from unnest(costs) with ordinality as room (cost, adults));
  found numeric[] := array[trunc(coalesce(each, 0), 6)];
  further numeric := 7 * each;
begin
  for party in 1..6 loop
    totals[party] := (
      select min(cost + case when adults = party then 0 else totals[party - adults] end)
      from unnest(costs[:party]) with ordinality as room (cost, adults)
    );
  end loop;
  for party in reverse 6..1 loop
    further := least(further, totals[party]);
    found := trunc(coalesce(further, 0) / party, 6) || found;
  end loop;
  return found;
end
$least$;

-- The floors of one stored version, from its rows. A supplement counts for a season where it is certain to be charged
-- on each of its nights, by the least that any row could charge: what is charged once a stay or at the hotel counts as
-- nothing. Extra adults need a row, or the room does not take them.
create or replace function tembea_floor_contract(of_tenant uuid, of_contract uuid) returns void
language plpgsql set search_path = pg_catalog, public as $floors$
declare
  -- Asked once: inside the insert they would be asked for every row.
  doc jsonb := (select document from contracts where tenant_id = of_tenant and id = of_contract);
  shares numeric(9, 6)[] := tembea_child_shares(doc);
  pays_single boolean := doc ->> 'lone_adult_rule' = 'adult_single_plus_child';
  most integer := (select max(max_adults) from contract_rooms where tenant_id = of_tenant and contract_id = of_contract);
begin
  insert into contract_floors (tenant_id, contract_id, season, adults, least, childless, sharing, child_shares)
  with supplements as materialized (
    select kind, coalesce(terms -> 'seasons', '[]') as seasons, coalesce(terms -> 'rooms', '[]') as rooms,
           terms ->> 'from' is null and terms ->> 'to' is null and coalesce(terms -> 'dates', '[]') = '[]' as always,
           coalesce(terms ->> 'per', 'person_night') = 'room_night' as once_a_room,
           case when counts then (terms ->> 'percent')::numeric / 100 end as part,
           case when counts and coalesce(terms ->> 'per', 'person_night') in ('person_night', 'room_night')
                then coalesce(terms ->> 'amount', terms #>> '{amounts,adult}')::numeric end as amount
    from contract_supplements
    cross join lateral (select coalesce(terms -> 'pay_local', 'false') <> 'true'
                               and (coalesce(terms -> 'bands', '[]') = '[]' or terms -> 'bands' ? 'adult') as counts) c
    where tenant_id = of_tenant and contract_id = of_contract and kind in ('single', 'extra_adult')
  ), rated as (
    select r.season, r.amount, p.basis = 'per_room_night' as by_room, b.code as room, b.base_adults, b.max_adults,
           coalesce((e ->> 'min_adults')::integer, 1) as min_adults,
           r.amount / case p.basis when 'per_room_night' then b.base_adults else 1 end as sharing
    from contract_rates r
    join contract_plans p on p.tenant_id = of_tenant and p.contract_id = of_contract and p.code = r.plan
    join contract_rooms b on b.tenant_id = of_tenant and b.contract_id = of_contract and b.code = r.room
    join jsonb_array_elements(doc -> 'rooms') e on e ->> 'code' = r.room
    where r.tenant_id = of_tenant and r.contract_id = of_contract
  ), housed as (
    select rated.season, n.adults, min(n.cost) as shared, min(n.cost + n.single) as alone
    from rated
    cross join lateral (
      select bool_or(always) filter (where kind = 'single') as is_single,
             min(coalesce(part * sharing, amount, 0)) filter (where kind = 'single') as single,
             bool_or(true) filter (where kind = 'extra_adult') as takes_extra
      from supplements s
      where (s.seasons = '[]' or s.seasons ? rated.season) and (s.rooms = '[]' or s.rooms ? rated.room)
    ) owed
    cross join lateral (
      select adults,
             case when by_room then rated.amount else rated.amount * least(adults, base_adults) end + coalesce((
               select min(coalesce(part * sharing * (adults - base_adults),
                                   s.amount * case when once_a_room then 1 else adults - base_adults end, 0))
               from supplements s
               where adults > base_adults and kind = 'extra_adult'
                 and (s.seasons = '[]' or s.seasons ? rated.season) and (s.rooms = '[]' or s.rooms ? rated.room)
             ), 0) as cost,
             case when adults = 1 and base_adults > 1 and not by_room and owed.is_single then owed.single else 0 end as single
      from generate_series(greatest(min_adults, 1), max_adults) adults
      where adults <= base_adults or owed.takes_extra
    ) n
    group by rated.season, n.adults
  ), seasons as (
    select rated.season, min(trunc(sharing, 6)) as sharing from rated group by rated.season
  ), costs as (
    select s.season, s.sharing, array_agg(h.shared order by n.adults) as shared, array_agg(h.alone order by n.adults) as alone
    from seasons s
    cross join generate_series(1, most) as n (adults)
    left join housed h on h.season = s.season and h.adults = n.adults
    group by s.season, s.sharing
  )
  select of_tenant, of_contract, c.season, each.adults, each.least, each.childless, c.sharing, shares
  from costs c
  cross join lateral (select tembea_least_each(c.alone) as childless) a
  cross join lateral unnest(
    case when pays_single then a.childless else tembea_least_each(c.shared) end, a.childless
  ) with ordinality as each (least, childless, adults)
  on conflict do nothing;
end
$floors$;

-- Every version gets its floors anew, one agency after the other: the owner, too, sees one at a time.
do $backfill$
declare
  agency uuid;
  version uuid;
begin
  for agency in select id from tenants order by id loop
    perform set_config('app.tenant_id', agency::text, true);
    for version in
      select distinct contract_id from contract_floors where tenant_id = agency and childless is null
    loop
      delete from contract_floors where tenant_id = agency and contract_id = version;
      perform tembea_floor_contract(agency, version);
    end loop;
  end loop;
  perform set_config('app.tenant_id', '', true);
end
$backfill$;
