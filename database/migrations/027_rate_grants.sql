-- Which agency's rates another agency may sell by: docs/decisions/022-granted-rates-are-copies.md. Pasteable and safe to run
-- twice.
set lock_timeout = '5s';

-- Operators' alone; the two agencies read of it in their trails. `shown` names the live versions that the grantee has now;
-- where the source's are others, they are brought over.
create table if not exists rate_grants (
  id uuid primary key,
  source_id uuid not null references tenants (id),
  grantee_id uuid not null references tenants (id),
  granted_by text not null,
  granted_at timestamptz not null default now(),
  revoked_at timestamptz,
  shown text not null default '',
  check (source_id <> grantee_id)
);
create unique index if not exists idx_rate_grants_active on rate_grants (source_id, grantee_id) where revoked_at is null;
alter table rate_grants enable row level security;
alter table rate_grants force row level security;
drop policy if exists operator_all on rate_grants;
create policy operator_all on rate_grants for all to tembea_operator using (true) with check (true);
revoke all on rate_grants from public, tembea_app;
grant select, insert, update on rate_grants to tembea_operator;

-- A hotel that stands here by a grant: the agency sells it and does not change it. Null where it is the agency's own.
alter table hotels add column if not exists granted_from text;
