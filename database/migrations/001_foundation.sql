-- Roles, tenants, people, audit and mail. Pasteable into a SQL editor and safe to run twice.
set lock_timeout = '5s';

create extension if not exists citext;
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists btree_gist;
create extension if not exists vector;

-- Three roles. The app's role owns nothing and cannot bypass row level security; the operator's sees tenants, the
-- quarantine and no tenant's rows; the look-up role owns the few functions that answer before a tenant is known.
do $roles$
begin
  if not exists (select from pg_roles where rolname = 'tembea_app') then
    create role tembea_app nologin noinherit nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'tembea_operator') then
    create role tembea_operator nologin noinherit nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'tembea_lookup') then
    create role tembea_lookup nologin nobypassrls;
  end if;
  grant tembea_operator to tembea_app;
  -- Whoever applies this becomes a member, so that it may act as the app and give the functions below their owner.
  execute format('grant tembea_app, tembea_operator, tembea_lookup to %I', current_user);
end
$roles$;

grant usage on schema public to tembea_app, tembea_operator, tembea_lookup;
grant create on schema public to tembea_lookup;

-- Every tenant table passes through here, in the file that makes it: forced row level security, one policy, and the
-- app's grants. The sub-select lets the planner evaluate the setting once a query instead of once a row.
create or replace function tembea_isolate(target regclass, key text default 'tenant_id', rights text default 'select, insert, update, delete')
returns void language plpgsql set search_path = pg_catalog, public as $isolate$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('drop policy if exists tenant_isolation on %s', target);
  execute format(
    'create policy tenant_isolation on %s for all to tembea_app'
    ' using (%I = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))'
    ' with check (%I = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))', target, key, key);
  execute format('revoke all on %s from public, tembea_app', target);
  execute format('grant %s on %s to tembea_app', rights, target);
end
$isolate$;
revoke all on function tembea_isolate(regclass, text, text) from public;

create table if not exists tenants (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  name text not null,
  status text not null default 'active' check (status in ('active', 'suspended')),
  platform boolean not null default false,
  settings jsonb not null default '{}',
  managed_keys text[] not null default '{}',
  settings_version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
select tembea_isolate('tenants', 'id', 'select, update');
drop policy if exists operator_all on tenants;
create policy operator_all on tenants for all to tembea_operator using (true) with check (true);
grant select, insert, update on tenants to tembea_operator;

create table if not exists tenant_assets (
  tenant_id uuid not null references tenants (id),
  name text not null,
  content_type text not null,
  content bytea not null,
  sha256 bytea not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, name)
);
select tembea_isolate('tenant_assets');

create table if not exists tenant_addresses (
  tenant_id uuid not null references tenants (id),
  address citext not null unique,
  primary key (tenant_id, address)
);
select tembea_isolate('tenant_addresses');

create table if not exists users (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  email citext not null,
  name text not null,
  role text not null check (role in ('admin', 'consultant', 'operator')),
  password_hash text,
  phone text,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, email)
);
select tembea_isolate('users');

create table if not exists sessions (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  token_hash bytea not null,
  created_at timestamptz not null default now(),
  rotated_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  user_agent text not null default '',
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index if not exists idx_sessions_user on sessions (tenant_id, user_id);
select tembea_isolate('sessions');

-- Append-only: the app may add and read, never change or remove.
create table if not exists audit_entries (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  actor_id uuid,
  actor_name text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  before jsonb,
  after jsonb,
  request_id text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, id)
);
select tembea_isolate('audit_entries', 'tenant_id', 'select, insert');

-- What a tenant has used of a daily quota, by the day in its own time zone.
create table if not exists usage_counters (
  tenant_id uuid not null references tenants (id),
  name text not null,
  day date not null,
  used integer not null check (used >= 0),
  primary key (tenant_id, name, day)
);
select tembea_isolate('usage_counters');

create table if not exists outgoing_mails (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  kind text not null check (kind in ('quote', 'clarification', 'reply', 'account')),
  status text not null check (status in ('draft', 'queued', 'sending', 'sent', 'failed', 'parked', 'discarded')),
  message_id text not null,
  in_reply_to text,
  from_address text not null,
  to_address citext not null,
  subject text not null,
  body_text text not null,
  body_html text not null,
  attachments jsonb not null default '[]',
  raw bytea not null,
  enquiry_id uuid,
  quote_id uuid,
  client_id uuid,
  transport text,
  attempts integer not null default 0,
  claimed_at timestamptz,
  last_error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, message_id)
);
create index if not exists idx_outgoing_mails_enquiry on outgoing_mails (tenant_id, enquiry_id);
create index if not exists idx_outgoing_mails_quote on outgoing_mails (tenant_id, quote_id);
select tembea_isolate('outgoing_mails');

-- The embedded outbox shows the operator of a stand-alone installation what was sent, whole; it exists for demo and
-- trial use, and the route in front of it is closed wherever a real mail server is set.
drop policy if exists operator_outbox on outgoing_mails;
create policy operator_outbox on outgoing_mails for select to tembea_operator using (transport = 'embedded' and status = 'sent');
grant select on outgoing_mails to tembea_operator;

-- Mail for nobody we know: kept for the operator, never for a tenant.
create table if not exists quarantined_messages (
  id uuid primary key,
  dedupe_key text not null unique,
  recipient text not null,
  envelope_from text not null,
  subject text not null default '',
  source text not null,
  reason text not null,
  raw bytea not null,
  received_at timestamptz not null default now()
);
alter table quarantined_messages enable row level security;
alter table quarantined_messages force row level security;
drop policy if exists operator_all on quarantined_messages;
create policy operator_all on quarantined_messages for all to tembea_operator using (true) with check (true);
grant select, insert, update, delete on quarantined_messages to tembea_operator;

-- Look-ups before a tenant is known. Each answers one narrow question; the role that owns them can log in nowhere and
-- reads just these tables.
drop policy if exists lookup on tenants;
create policy lookup on tenants for select to tembea_lookup using (true);
drop policy if exists lookup on tenant_addresses;
create policy lookup on tenant_addresses for select to tembea_lookup using (true);
drop policy if exists lookup on users;
create policy lookup on users for select to tembea_lookup using (true);
grant select on tenants, tenant_addresses, users to tembea_lookup;

create or replace function find_tenant_by_slug(wanted text)
returns table (tenant_id uuid, tenant text, name text, status text)
language sql stable security definer set search_path = pg_catalog, public as $lookup$
  select id, slug, name, status from tenants where slug = wanted and not platform
$lookup$;

create or replace function find_tenant_by_address(wanted citext)
returns table (tenant_id uuid, tenant text, status text)
language sql stable security definer set search_path = pg_catalog, public as $lookup$
  select t.id, t.slug, t.status from tenant_addresses a join tenants t on t.id = a.tenant_id where a.address = wanted
$lookup$;

create or replace function find_logins(wanted citext)
returns table (tenant_id uuid, tenant text, tenant_name text, platform boolean, user_id uuid, email text, name text, role text, password_hash text)
language sql stable security definer set search_path = pg_catalog, public as $lookup$
  select t.id, t.slug, t.name, t.platform, u.id, u.email::text, u.name, u.role, u.password_hash
  from users u join tenants t on t.id = u.tenant_id
  where u.email = wanted and u.active and t.status = 'active'
  order by t.slug limit 20
$lookup$;

create or replace function list_tenant_keys()
returns table (tenant_id uuid, tenant text)
language sql stable security definer set search_path = pg_catalog, public as $lookup$
  select id, slug from tenants where status = 'active' and not platform order by slug
$lookup$;

do $owners$
declare
  signature text;
begin
  foreach signature in array array[
    'find_tenant_by_slug(text)', 'find_tenant_by_address(citext)', 'find_logins(citext)', 'list_tenant_keys()'
  ] loop
    execute format('alter function %s owner to tembea_lookup', signature);
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to tembea_app, tembea_operator', signature);
  end loop;
end
$owners$;

-- Needed only while a function changes its owner.
revoke create on schema public from tembea_lookup;
