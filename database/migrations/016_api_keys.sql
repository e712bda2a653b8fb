-- Keys with which an agency's own programs call. Pasteable into a SQL editor and safe to run twice. A key is 256 random
-- bits, so its SHA-256 is enough to find and to check it.
set lock_timeout = '5s';

create table if not exists api_keys (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  name text not null,
  hint text not null,
  key_hash bytea not null unique,
  scopes text[] not null check (cardinality(scopes) > 0),
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
select tembea_isolate('api_keys');

-- Whose key it is must be known before a tenant is.
drop policy if exists lookup on api_keys;
create policy lookup on api_keys for select to tembea_lookup using (true);
grant select (tenant_id, id, name, key_hash, scopes, expires_at, revoked_at) on api_keys to tembea_lookup;

create or replace function find_api_key(wanted bytea)
returns table (tenant_id uuid, tenant text, key_id uuid, name text, scopes text[])
language sql stable security definer set search_path = pg_catalog, public as $lookup$
  select t.id, t.slug, k.id, k.name, k.scopes
  from api_keys k join tenants t on t.id = k.tenant_id
  where k.key_hash = wanted and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
    and t.status = 'active'
$lookup$;
grant create on schema public to tembea_lookup;
alter function find_api_key(bytea) owner to tembea_lookup;
revoke all on function find_api_key(bytea) from public;
grant execute on function find_api_key(bytea) to tembea_app, tembea_operator;
revoke create on schema public from tembea_lookup;
