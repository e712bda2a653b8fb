-- Answers to requests that carried an Idempotency-Key: docs/decisions/012-a-key-is-kept-with-its-effect.md. Safe to run
-- twice.
set lock_timeout = '5s';

-- The row is written in the transaction of the effect: either both are there, or neither.
create table if not exists idempotency_keys (
  tenant_id uuid not null references tenants (id),
  actor text not null,
  route text not null,
  key text not null,
  request_sha256 bytea not null,
  status integer,
  content_type text,
  body bytea,
  created_at timestamptz not null default now(),
  primary key (tenant_id, actor, route, key)
);
create index if not exists idx_idempotency_keys_created on idempotency_keys (created_at);
select tembea_isolate('idempotency_keys');

-- The platform removes what is out of date, for all agencies at once. It reads no answer, only how old each is.
drop policy if exists operator_prunes on idempotency_keys;
create policy operator_prunes on idempotency_keys for all to tembea_operator
  using (created_at < now() - interval '24 hours') with check (false);
grant delete on idempotency_keys to tembea_operator;
grant select (tenant_id, actor, route, key, created_at) on idempotency_keys to tembea_operator;
