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
-- nothing. Extra adults need a row, or the room does not take them. Supplements are looked up by season and room: going
-- through all of them for each rate is too much where there are 20,000 rates.
create or replace function tembea_floor_contract(of_tenant uuid, of_contract uuid) returns void
language plpgsql set search_path = pg_catalog, public set enable_nestloop = off as $floors$
-- The rows are as new as the transaction, and the planner takes them for a handful: joined one by one, as it would, those
-- of a large contract take a quarter of a minute instead of a second.
declare
  -- Asked once: inside the insert they would be asked for every row.
  doc jsonb := (select document from contracts where tenant_id = of_tenant and id = of_contract);
  shares numeric(9, 6)[] := tembea_child_shares(doc);
  pays_single boolean := doc ->> 'lone_adult_rule' = 'adult_single_plus_child';
  most integer := (select max(max_adults) from contract_rooms where tenant_id = of_tenant and contract_id = of_contract);
begin
  insert into contract_floors (tenant_id, contract_id, season, adults, least, childless, sharing, child_shares)
  with told as (
    select kind, nullif(terms -> 'seasons', '[]') as seasons, nullif(terms -> 'rooms', '[]') as rooms,
           terms ->> 'from' is null and terms ->> 'to' is null and coalesce(terms -> 'dates', '[]') = '[]' as always,
           coalesce(terms ->> 'per', 'person_night') as per, (terms ->> 'percent')::numeric / 100 as part,
           coalesce(terms ->> 'amount', terms #>> '{amounts,adult}')::numeric as amount,
           coalesce(terms -> 'pay_local', 'false') = 'true'
             or not (coalesce(terms -> 'bands', '[]') = '[]' or terms -> 'bands' ? 'adult') as is_free,
           sum(greatest(jsonb_array_length(terms -> 'seasons'), 1) * greatest(jsonb_array_length(terms -> 'rooms'), 1))
             over () > 100000 as too_many
    from contract_supplements
    where tenant_id = of_tenant and contract_id = of_contract and kind in ('single', 'extra_adult')
  ), supplements as (
    -- Where all of them name all seasons and rooms, each may be charged in any room and is certain in none.
    select kind, seasons, case when not too_many then rooms end as rooms, always and (rooms is null or not too_many) as always,
           case when is_free or (part is null and (amount is null or per not in ('person_night', 'room_night'))) then 0
                else part end as part,
           case when per = 'person_night' then amount end as each,
           case when per = 'room_night' then amount end as whole
    from told
  ), owed as materialized (
    select season, room,
           bool_or(always) filter (where kind = 'single') as is_single,
           min(part) filter (where kind = 'single') as single_part,
           min(least(each, whole)) filter (where kind = 'single') as single_amount,
           bool_or(true) filter (where kind = 'extra_adult') as is_extra,
           min(part) filter (where kind = 'extra_adult') as extra_part,
           min(each) filter (where kind = 'extra_adult') as extra_each,
           min(whole) filter (where kind = 'extra_adult') as extra_whole
    from supplements
    left join lateral jsonb_array_elements_text(seasons) season on true
    left join lateral jsonb_array_elements_text(rooms) room on true
    group by season, room
  ), anywhere as materialized (
    select * from owed where season is null and room is null
  ), rated as (
    select r.season, r.amount, p.basis = 'per_room_night' as by_room, b.base_adults, b.max_adults,
           coalesce((e ->> 'min_adults')::integer, 1) as min_adults,
           r.amount / case p.basis when 'per_room_night' then b.base_adults else 1 end as sharing,
           true in (o.is_single, s.is_single, m.is_single, n.is_single) as is_single,
           least(o.single_part, s.single_part, m.single_part, n.single_part) as single_part,
           least(o.single_amount, s.single_amount, m.single_amount, n.single_amount) as single_amount,
           true in (o.is_extra, s.is_extra, m.is_extra, n.is_extra) as is_extra,
           least(o.extra_part, s.extra_part, m.extra_part, n.extra_part) as extra_part,
           least(o.extra_each, s.extra_each, m.extra_each, n.extra_each) as extra_each,
           least(o.extra_whole, s.extra_whole, m.extra_whole, n.extra_whole) as extra_whole
    from contract_rates r
    join contract_plans p on p.tenant_id = of_tenant and p.contract_id = of_contract and p.code = r.plan
    join contract_rooms b on b.tenant_id = of_tenant and b.contract_id = of_contract and b.code = r.room
    join jsonb_array_elements(doc -> 'rooms') e on e ->> 'code' = r.room
    left join anywhere o on true
    left join owed s on s.season = r.season and s.room is null
    left join owed m on m.season is null and m.room = r.room
    left join owed n on n.season = r.season and n.room = r.room
    where r.tenant_id = of_tenant and r.contract_id = of_contract
  ), housed as (
    select season, adults, min(cost) as shared,
           min(cost + case when adults = 1 and base_adults > 1 and not by_room and is_single
                           then least(single_part * sharing, single_amount) else 0 end) as alone
    from rated
    cross join lateral (
      select adults,
             case when by_room then amount else amount * least(adults, base_adults) end
             + case when adults > base_adults
                    then least(extra_part * sharing * (adults - base_adults), extra_each * (adults - base_adults), extra_whole)
                    else 0 end as cost
      from generate_series(greatest(min_adults, 1), max_adults) adults
      where (adults <= 6 or adults in (base_adults, max_adults)) and (adults <= base_adults or is_extra)
    ) n
    group by season, adults
  ), seasons as (
    select season, min(trunc(sharing, 6)) as sharing from rated group by season
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
