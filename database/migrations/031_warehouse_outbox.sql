-- What the warehouse has not been told yet. Whatever makes a quote or a contract puts it here in its own transaction; the
-- worker loads it and takes it out, and as long as the warehouse is away it stays.
set lock_timeout = '5s';

create table if not exists warehouse_outbox (
  tenant_id uuid not null references tenants (id),
  kind text not null check (kind in ('quote', 'contract')),
  entity_id uuid not null,
  waiting_since timestamptz not null default now(),
  primary key (tenant_id, kind, entity_id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
select tembea_isolate('warehouse_outbox', 'tenant_id', 'select, insert, delete');

-- The worker asks which tenants have something waiting, how much and since when, and nothing else.
drop policy if exists operator_backlog on warehouse_outbox;
create policy operator_backlog on warehouse_outbox for select to tembea_operator using (true);
grant select (tenant_id, waiting_since) on warehouse_outbox to tembea_operator;

create or replace function tell_warehouse_of_quotes() returns trigger language plpgsql set search_path = pg_catalog, public as $tell$
begin
  insert into warehouse_outbox (tenant_id, kind, entity_id) select tenant_id, 'quote', id from new_rows
  on conflict do nothing;
  return null;
end
$tell$;

-- A version counts once it sells; a draft may never do so.
create or replace function tell_warehouse_of_contracts() returns trigger language plpgsql set search_path = pg_catalog, public as $tell$
begin
  insert into warehouse_outbox (tenant_id, kind, entity_id) select tenant_id, 'contract', id from new_rows
  where status = 'live' on conflict do nothing;
  return null;
end
$tell$;

do $triggers$
begin
  -- Left as they are where they stand already: replacing a trigger locks a table that is being written to.
  if not exists (select from pg_trigger where tgrelid = 'quotes'::regclass and tgname = 'warehouse_insert') then
    create trigger warehouse_insert after insert on quotes referencing new table as new_rows
      for each statement execute function tell_warehouse_of_quotes();
  end if;
  if not exists (select from pg_trigger where tgrelid = 'contracts'::regclass and tgname = 'warehouse_insert') then
    create trigger warehouse_insert after insert on contracts referencing new table as new_rows
      for each statement execute function tell_warehouse_of_contracts();
    create trigger warehouse_update after update on contracts referencing new table as new_rows
      for each statement execute function tell_warehouse_of_contracts();
  end if;
end
$triggers$;
revoke all on function tell_warehouse_of_quotes() from public;
revoke all on function tell_warehouse_of_contracts() from public;
