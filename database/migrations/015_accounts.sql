-- How people come in, stay in and are kept out: invitations, new passwords, second factors and keys of programs.
-- Pasteable into a SQL editor and safe to run twice. Every secret in here is a hash or encrypted.
set lock_timeout = '5s';

alter table sessions add column if not exists address text not null default '';
alter table users add column if not exists password_changed_at timestamptz;

create table if not exists invitations (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  email citext not null,
  name text not null default '',
  role text not null check (role in ('admin', 'consultant')),
  token_hash bytea,
  invited_by text not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
create unique index if not exists idx_invitations_open on invitations (tenant_id, email)
  where accepted_at is null and revoked_at is null;
select tembea_isolate('invitations');

create table if not exists password_resets (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  token_hash bytea,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index if not exists idx_password_resets_user on password_resets (tenant_id, user_id, created_at desc);
select tembea_isolate('password_resets');

-- `secret` is encrypted with the installation's key; `last_step` is the newest time step whose code was used.
create table if not exists second_factors (
  tenant_id uuid not null,
  user_id uuid not null,
  secret text not null,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);
select tembea_isolate('second_factors');

create table if not exists recovery_codes (
  tenant_id uuid not null,
  user_id uuid not null,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (tenant_id, user_id, code_hash),
  foreign key (tenant_id, user_id) references second_factors (tenant_id, user_id) on delete cascade
);
select tembea_isolate('recovery_codes');
