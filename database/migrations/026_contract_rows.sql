-- Contracts as rows beside their documents: docs/decisions/021-contracts-are-rows-too.md. Pasteable and safe to run twice.
set lock_timeout = '5s';

-- A version never changes: the app may move its status along, and nothing else.
revoke update, delete on contracts from tembea_app;
grant update (status) on contracts to tembea_app;
alter table contracts add column if not exists commission_pct numeric(9, 6) not null default 0;

create or replace function tembea_contract_status() returns trigger
language plpgsql set search_path = pg_catalog, public as $status$
begin
  if new.status <> old.status and (old.status, new.status) not in (('draft', 'live'), ('draft', 'retired'), ('live', 'retired')) then
    raise exception 'a contract that is % does not become %', old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end
$status$;
create or replace trigger contract_status before update of status on contracts
  for each row execute function tembea_contract_status();

create table if not exists contract_rooms (
  tenant_id uuid not null,
  contract_id uuid not null,
  code text not null,
  position integer not null,
  name text not null,
  base_adults integer not null check (base_adults between 1 and max_adults),
  max_adults integer not null,
  max_children integer not null,
  max_guests integer not null,
  primary key (tenant_id, contract_id, code),
  foreign key (tenant_id, contract_id) references contracts (tenant_id, id)
);

create table if not exists contract_plans (
  tenant_id uuid not null,
  contract_id uuid not null,
  code text not null,
  position integer not null,
  board text not null check (board in ('RO', 'BB', 'HB', 'FB', 'AI')),
  basis text not null check (basis in ('per_person_night', 'per_room_night')),
  primary key (tenant_id, contract_id, code),
  foreign key (tenant_id, contract_id) references contracts (tenant_id, id)
);

-- Nights of one price. Within one priority no night has two seasons. Where weekdays tell seasons of a priority apart,
-- each of them has one row a weekday (Monday is 0), from its first to its last such day: two rows then overlap exactly
-- where two seasons share a night.
create table if not exists contract_seasons (
  tenant_id uuid not null,
  contract_id uuid not null,
  position integer not null,
  weekday integer not null check (weekday between -1 and 6),
  code text not null,
  priority integer not null,
  nights daterange not null check (not isempty(nights)),
  primary key (tenant_id, contract_id, position, weekday),
  foreign key (tenant_id, contract_id) references contracts (tenant_id, id),
  constraint contract_seasons_no_overlap exclude using gist (
    tenant_id with =, contract_id with =, priority with =,
    (case when weekday < 0 then int4range(0, 7) else int4range(weekday, weekday + 1) end) with &&,
    nights with &&
  )
);
comment on column contract_seasons.weekday is '-1: every day of the week';

-- One price. `least_per_adult` is the least that a night costs for each adult of a party, however it is roomed: adults
-- beyond a room's base may pay less than it, and a room's price is shared by all who fit.
create table if not exists contract_rates (
  tenant_id uuid not null,
  contract_id uuid not null,
  position integer not null,
  plan text not null,
  room text not null,
  season text not null,
  board text not null,
  amount numeric(18, 6) not null check (amount >= 0),
  least_per_adult numeric(18, 6) not null check (least_per_adult between 0 and amount),
  source_document text not null,
  source_sheet text,
  source_page integer,
  source_row integer,
  source_cell text,
  primary key (tenant_id, contract_id, position),
  unique (tenant_id, contract_id, plan, room, season),
  foreign key (tenant_id, contract_id, plan) references contract_plans (tenant_id, contract_id, code),
  foreign key (tenant_id, contract_id, room) references contract_rooms (tenant_id, contract_id, code)
);
create index if not exists idx_contract_rates_least on contract_rates (tenant_id, contract_id, season) include (least_per_adult);

create table if not exists contract_packages (
  tenant_id uuid not null,
  contract_id uuid not null,
  position integer not null,
  code text not null,
  room text not null,
  board text not null check (board in ('RO', 'BB', 'HB', 'FB', 'AI')),
  nights integer not null check (nights > 0),
  valid daterange not null check (not isempty(valid)),
  sharing numeric(18, 6) check (sharing >= 0),
  single numeric(18, 6) check (single >= 0),
  child numeric(18, 6) check (child >= 0),
  child_band text,
  infant numeric(18, 6) check (infant >= 0),
  least_per_adult numeric(18, 6) not null,
  source_document text not null,
  source_sheet text,
  source_page integer,
  source_row integer,
  source_cell text,
  primary key (tenant_id, contract_id, position),
  check (sharing is not null or single is not null),
  foreign key (tenant_id, contract_id, room) references contract_rooms (tenant_id, contract_id, code)
);

-- Supplements, restrictions and offers: what is asked of them stands in columns, all of an entry in `terms`.
create table if not exists contract_supplements (
  tenant_id uuid not null,
  contract_id uuid not null,
  position integer not null,
  kind text not null check (kind in ('single', 'extra_adult', 'board', 'event', 'room')),
  name text not null,
  board text,
  mandatory boolean not null,
  terms jsonb not null,
  primary key (tenant_id, contract_id, position),
  foreign key (tenant_id, contract_id) references contracts (tenant_id, id)
);

create table if not exists contract_restrictions (
  tenant_id uuid not null,
  contract_id uuid not null,
  position integer not null,
  kind text not null
    check (kind in ('min_stay', 'max_stay', 'closed_to_arrival', 'closed_to_departure', 'stop_sale', 'release')),
  mode text check (mode in ('arrival', 'through')),
  nights integer,
  days integer,
  terms jsonb not null,
  primary key (tenant_id, contract_id, position),
  foreign key (tenant_id, contract_id) references contracts (tenant_id, id)
);

create table if not exists contract_offers (
  tenant_id uuid not null,
  contract_id uuid not null,
  code text not null,
  position integer not null,
  kind text not null check (kind in ('early_bird', 'last_minute', 'long_stay', 'stay_pay', 'fixed', 'value_add')),
  percent numeric(9, 6) check (percent > 0 and percent <= 100),
  amount numeric(18, 6),
  stay integer,
  pay integer check (pay < stay),
  repeatable boolean not null,
  max_free integer,
  nights_min integer,
  lead_days_min integer,
  lead_days_max integer,
  booking daterange,
  terms jsonb not null,
  primary key (tenant_id, contract_id, code),
  foreign key (tenant_id, contract_id) references contracts (tenant_id, id)
);

-- Rows join a draft alone: once a version is live or retired, it has all it will ever have.
create or replace function tembea_contract_rows() returns trigger
language plpgsql set search_path = pg_catalog, public as $rows$
begin
  if current_user = 'tembea_app' and exists (
    select from (select distinct tenant_id, contract_id from added) a
    join contracts c on c.tenant_id = a.tenant_id and c.id = a.contract_id
    where c.status <> 'draft'
  ) then
    raise exception 'a contract that is live or retired takes no further rows' using errcode = 'check_violation';
  end if;
  return null;
end
$rows$;

do $tables$
declare
  name text;
begin
  foreach name in array array[
    'contract_rooms', 'contract_plans', 'contract_seasons', 'contract_rates', 'contract_packages',
    'contract_supplements', 'contract_restrictions', 'contract_offers'
  ] loop
    perform tembea_isolate(name::regclass, 'tenant_id', 'select, insert');
    execute format(
      'create or replace trigger contract_rows after insert on %I referencing new table as added'
      ' for each statement execute function tembea_contract_rows()', name);
  end loop;
end
$tables$;

-- The rows of one stored document, in the transaction that stores it. The document stays the truth that is priced.
create or replace function tembea_spread_contract(of_tenant uuid, of_contract uuid) returns void
language plpgsql set search_path = pg_catalog, public as $spread$
declare
  doc jsonb;
  source text;
  sheet text;
  page integer;
begin
  select document into strict doc from contracts where tenant_id = of_tenant and id = of_contract;
  source := doc #>> '{source,document}';
  sheet := doc #>> '{source,sheet}';
  page := (doc #>> '{source,page}')::integer;

  insert into contract_rooms (tenant_id, contract_id, code, position, name, base_adults, max_adults, max_children, max_guests)
  select of_tenant, of_contract, e ->> 'code', place, coalesce(e ->> 'name', e ->> 'code'),
         coalesce((e ->> 'base_adults')::integer, least(2, (e ->> 'max_adults')::integer)), (e ->> 'max_adults')::integer,
         coalesce((e ->> 'max_children')::integer, 0),
         coalesce((e ->> 'max_guests')::integer, (e ->> 'max_adults')::integer + coalesce((e ->> 'max_children')::integer, 0))
  from jsonb_array_elements(doc -> 'rooms') with ordinality as listed (e, place);

  insert into contract_plans (tenant_id, contract_id, code, position, board, basis)
  select of_tenant, of_contract, e ->> 'code', place, e ->> 'board', e ->> 'basis'
  from jsonb_array_elements(coalesce(doc -> 'plans', '[]')) with ordinality as listed (e, place);

  insert into contract_seasons (tenant_id, contract_id, position, weekday, code, priority, nights)
  with listed as (
    select place, e ->> 'code' as code, coalesce((e ->> 'priority')::integer, 0) as priority,
           (e ->> 'from')::date as first, (e ->> 'to')::date as last,
           case when jsonb_array_length(coalesce(e -> 'weekdays', '[]')) > 0 then e -> 'weekdays' end as weekdays
    from jsonb_array_elements(coalesce(doc -> 'seasons', '[]')) with ordinality as seasons (e, place)
  ), told_apart as (
    select *, bool_or(weekdays is not null) over (partition by priority) as by_weekday from listed
  ), by_day as (
    select s.*, day,
           s.first + (day + 7 - (extract(isodow from s.first)::integer - 1)) % 7 as from_day,
           s.last - (extract(isodow from s.last)::integer - 1 + 7 - day) % 7 as to_day
    from told_apart s cross join generate_series(0, 6) as day
    where s.by_weekday
      and (s.weekdays is null or s.weekdays ? (array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])[day + 1])
  )
  select of_tenant, of_contract, place, -1, code, priority, daterange(first, last, '[]') from told_apart where not by_weekday
  union all
  select of_tenant, of_contract, place, day, code, priority, daterange(from_day, to_day, '[]')
  from by_day where from_day <= to_day;

  insert into contract_rates (tenant_id, contract_id, position, plan, room, season, board, amount, least_per_adult,
                              source_document, source_sheet, source_page, source_row, source_cell)
  select of_tenant, of_contract, place, e ->> 'plan', e ->> 'room', e ->> 'season', p.board, (e ->> 'amount')::numeric,
         trunc((e ->> 'amount')::numeric * case p.basis when 'per_room_night' then 1 else r.base_adults end / r.max_adults, 6),
         source, coalesce(e ->> 'sheet', sheet), coalesce((e ->> 'page')::integer, page), (e ->> 'row')::integer, e ->> 'cell'
  from jsonb_array_elements(coalesce(doc -> 'rates', '[]')) with ordinality as listed (e, place)
  join contract_plans p on p.tenant_id = of_tenant and p.contract_id = of_contract and p.code = e ->> 'plan'
  join contract_rooms r on r.tenant_id = of_tenant and r.contract_id = of_contract and r.code = e ->> 'room';

  insert into contract_packages (tenant_id, contract_id, position, code, room, board, nights, valid, sharing, single, child,
                                 child_band, infant, least_per_adult,
                                 source_document, source_sheet, source_page, source_row, source_cell)
  select of_tenant, of_contract, place, e ->> 'code', e ->> 'room', e ->> 'board', (e ->> 'nights')::integer,
         daterange((e #>> '{valid,from}')::date, (e #>> '{valid,to}')::date, '[]'),
         (e ->> 'sharing')::numeric, (e ->> 'single')::numeric, (e ->> 'child')::numeric, e ->> 'child_band',
         (e ->> 'infant')::numeric,
         trunc(least((e ->> 'sharing')::numeric, (e ->> 'single')::numeric) * r.base_adults / r.max_adults, 6),
         source, coalesce(e ->> 'sheet', sheet), coalesce((e ->> 'page')::integer, page), (e ->> 'row')::integer, e ->> 'cell'
  from jsonb_array_elements(coalesce(doc -> 'packages', '[]')) with ordinality as listed (e, place)
  join contract_rooms r on r.tenant_id = of_tenant and r.contract_id = of_contract and r.code = e ->> 'room';

  insert into contract_supplements (tenant_id, contract_id, position, kind, name, board, mandatory, terms)
  select of_tenant, of_contract, place, e ->> 'kind', coalesce(e ->> 'name', ''), e ->> 'board',
         coalesce((e ->> 'mandatory')::boolean, true), e
  from jsonb_array_elements(coalesce(doc -> 'supplements', '[]')) with ordinality as listed (e, place);

  insert into contract_restrictions (tenant_id, contract_id, position, kind, mode, nights, days, terms)
  select of_tenant, of_contract, place, e ->> 'kind', e ->> 'mode', (e ->> 'nights')::integer, (e ->> 'days')::integer, e
  from jsonb_array_elements(coalesce(doc -> 'restrictions', '[]')) with ordinality as listed (e, place);

  insert into contract_offers (tenant_id, contract_id, code, position, kind, percent, amount, stay, pay, repeatable, max_free,
                               nights_min, lead_days_min, lead_days_max, booking, terms)
  select of_tenant, of_contract, e ->> 'code', place, e ->> 'kind', (e ->> 'percent')::numeric, (e ->> 'amount')::numeric,
         (e ->> 'stay')::integer, (e ->> 'pay')::integer, coalesce((e ->> 'repeatable')::boolean, false),
         (e ->> 'max_free')::integer, (e ->> 'nights_min')::integer, (e ->> 'lead_days_min')::integer,
         (e ->> 'lead_days_max')::integer,
         case when e -> 'booking' is null or e -> 'booking' = 'null' then null
              else daterange((e #>> '{booking,from}')::date, (e #>> '{booking,to}')::date, '[]') end, e
  from jsonb_array_elements(coalesce(doc -> 'offers', '[]')) with ordinality as listed (e, place);
end
$spread$;
revoke all on function tembea_spread_contract(uuid, uuid) from public;
grant execute on function tembea_spread_contract(uuid, uuid) to tembea_app;

-- Versions stored before this file get their rows, one agency after the other: the owner, too, sees one at a time.
do $backfill$
declare
  agency uuid;
  version record;
begin
  for agency in select id from tenants order by id loop
    perform set_config('app.tenant_id', agency::text, true);
    for version in
      select c.id, c.document from contracts c
      where c.tenant_id = agency
        and not exists (select from contract_rooms r where r.tenant_id = c.tenant_id and r.contract_id = c.id)
    loop
      perform tembea_spread_contract(agency, version.id);
      update contracts set commission_pct = (version.document ->> 'commission_pct')::numeric
      where tenant_id = agency and id = version.id and version.document ->> 'commission_pct' is not null;
    end loop;
  end loop;
  perform set_config('app.tenant_id', '', true);
end
$backfill$;
