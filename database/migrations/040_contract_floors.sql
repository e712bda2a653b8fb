-- What a night costs at least, worked out once when a contract is stored: docs/decisions/021-contracts-are-rows-too.md.
-- Pasteable and safe to run twice.
set lock_timeout = '5s';

-- `adults` is how many adults of one party may share a room at most (the largest of the contract stands for more).
-- `least` is the least that a night of the season then costs each of them, `sharing` the least that a child's
-- percentage is taken of, and `child_shares` the least part of it that a child pays, by age from 0 to 17.
create table if not exists contract_floors (
  tenant_id uuid not null,
  contract_id uuid not null,
  season text not null,
  adults integer not null check (adults > 0),
  least numeric(18, 6) not null check (least >= 0),
  sharing numeric(18, 6) not null check (sharing >= 0),
  child_shares numeric(9, 6)[] not null check (cardinality(child_shares) = 18),
  primary key (tenant_id, contract_id, season, adults),
  foreign key (tenant_id, contract_id) references contracts (tenant_id, id)
);

do $tables$
begin
  perform tembea_isolate('contract_floors'::regclass, 'tenant_id', 'select, insert');
end
$tables$;
create or replace trigger contract_rows after insert on contract_floors referencing new table as added
  for each statement execute function tembea_contract_rows();

-- The least part of a sharing adult's rate that a child of an age pays. An amount counts as nothing, and so does the
-- band of adults; a rate per room that a child shares as an adult is not paid a second time.
create or replace function tembea_child_shares(doc jsonb) returns numeric(9, 6)[]
language sql immutable set search_path = pg_catalog, public as $shares$
  select array_agg(
    case when doc ->> 'lone_adult_rule' = 'child_as_adult' and exists (
      select from jsonb_array_elements(coalesce(doc -> 'plans', '[]')) plan where plan ->> 'basis' = 'per_room_night'
    ) then 0 else coalesce((
      select min(case when rule ->> 'percent' is null then 0 else trunc(least((rule ->> 'percent')::numeric, 100) / 100, 6) end)
      from jsonb_array_elements(coalesce(doc -> 'age_bands', '[]')) band
      join jsonb_array_elements(coalesce(doc -> 'child_rules', '[]')) rule on rule ->> 'band' = band ->> 'code'
      where age between (band ->> 'from')::integer and (band ->> 'to')::integer and band ->> 'code' <> 'adult'
    ), 0) end order by age)
  from generate_series(0, 17) age
$shares$;

-- The floors of one stored version, from its rows. In a room of `max_adults` for `base_adults` further ones may be free.
create or replace function tembea_floor_contract(of_tenant uuid, of_contract uuid) returns void
language plpgsql set search_path = pg_catalog, public as $floors$
declare
  -- Asked once: inside the insert they would be asked for every row.
  shares numeric(9, 6)[] := (
    select tembea_child_shares(document) from contracts where tenant_id = of_tenant and id = of_contract
  );
  most integer := (select max(max_adults) from contract_rooms where tenant_id = of_tenant and contract_id = of_contract);
begin
  insert into contract_floors (tenant_id, contract_id, season, adults, least, sharing, child_shares)
  select of_tenant, of_contract, rated.season, n.adults,
         min(trunc(rated.amount * case rated.basis
             when 'per_room_night' then 1::numeric else least(rated.base_adults, n.adults, rated.max_adults) end
             / least(n.adults, rated.max_adults), 6)),
         min(trunc(rated.amount / case rated.basis when 'per_room_night' then rated.base_adults else 1 end, 6)),
         shares
  from (
    select r.season, r.amount, p.basis, b.base_adults, b.max_adults
    from contract_rates r
    join contract_plans p on p.tenant_id = of_tenant and p.contract_id = of_contract and p.code = r.plan
    join contract_rooms b on b.tenant_id = of_tenant and b.contract_id = of_contract and b.code = r.room
    where r.tenant_id = of_tenant and r.contract_id = of_contract
  ) rated
  cross join generate_series(1, most) as n (adults)
  group by rated.season, n.adults
  on conflict do nothing;
end
$floors$;
revoke all on function tembea_floor_contract(uuid, uuid) from public;
grant execute on function tembea_floor_contract(uuid, uuid) to tembea_app;

-- Versions stored before this file get theirs, one agency after the other: the owner, too, sees one at a time.
do $backfill$
declare
  agency uuid;
  version uuid;
begin
  for agency in select id from tenants order by id loop
    perform set_config('app.tenant_id', agency::text, true);
    for version in
      select c.id from contracts c
      where c.tenant_id = agency
        and not exists (select from contract_floors f where f.tenant_id = c.tenant_id and f.contract_id = c.id)
    loop
      perform tembea_floor_contract(agency, version);
    end loop;
  end loop;
  perform set_config('app.tenant_id', '', true);
end
$backfill$;
