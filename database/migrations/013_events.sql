-- What happens to a tenant, for live views and for caches: docs/decisions/010-events-by-snapshot.md. Written in the
-- transaction that does it, with a NOTIFY; kept for a day. Payloads hold identifiers and states, never personal data.
set lock_timeout = '5s';

-- `xid` is the transaction that wrote the event: ids are given out before transactions commit, so that what is new is
-- told by what a snapshot could not see yet, never by the highest id seen.
create table if not exists tenant_events (
  tenant_id uuid not null references tenants (id),
  id bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null check (kind ~ '^[a-z_]+[.][a-z_]+$' and length(kind) <= 60),
  payload jsonb not null default '{}' check (octet_length(payload::text) <= 2000),
  occurred_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index if not exists idx_tenant_events_tenant_xid on tenant_events (tenant_id, xid);
create index if not exists idx_tenant_events_xid on tenant_events (xid);
create index if not exists idx_tenant_events_tenant_occurred on tenant_events (tenant_id, occurred_at);
select tembea_isolate('tenant_events', 'tenant_id', 'select, insert, delete');

-- Where no connection can listen (only a pooler's address is known), each process asks once a second whom something
-- happened to; and for all the streams of a process at once, whose may not go on. Neither answers a row's content.
drop policy if exists lookup_events on tenant_events;
create policy lookup_events on tenant_events for select to tembea_lookup using (true);
grant select (tenant_id, id, xid, kind) on tenant_events to tembea_lookup;
drop policy if exists lookup_events on sessions;
create policy lookup_events on sessions for select to tembea_lookup using (true);
grant select (tenant_id, id, revoked_at) on sessions to tembea_lookup;

create or replace function list_event_news(seen pg_snapshot, most integer)
returns table (tenant_id uuid, id bigint, kind text)
language sql stable security definer set search_path = pg_catalog, public as $lookup$
  select e.tenant_id, e.id, e.kind from tenant_events e
  where e.xid >= pg_snapshot_xmin(seen) and e.xid < pg_snapshot_xmax(pg_current_snapshot())
    and not pg_visible_in_snapshot(e.xid, seen)
  order by e.id limit most
$lookup$;

create or replace function list_ended_viewers(tenant_ids uuid[], user_ids uuid[], session_ids uuid[])
returns table (tenant_id uuid, user_id uuid, session_id uuid)
language sql stable security definer set search_path = pg_catalog, public as $lookup$
  select v.tenant_id, v.user_id, v.session_id
  from unnest(tenant_ids, user_ids, session_ids) as v (tenant_id, user_id, session_id)
  where not exists (select from tenants t where t.id = v.tenant_id and t.status = 'active')
     or (v.user_id is not null and not exists (
           select from users u where u.tenant_id = v.tenant_id and u.id = v.user_id and u.active))
     or exists (select from sessions s
                where s.tenant_id = v.tenant_id and s.id = v.session_id and s.revoked_at is not null)
$lookup$;

grant create on schema public to tembea_lookup;
do $owners$
declare
  signature text;
begin
  foreach signature in array array[
    'list_event_news(pg_snapshot, integer)', 'list_ended_viewers(uuid[], uuid[], uuid[])'
  ] loop
    execute format('alter function %s owner to tembea_lookup', signature);
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to tembea_app, tembea_operator', signature);
  end loop;
end
$owners$;
revoke create on schema public from tembea_lookup;
