-- The audit trail says from where, notes who looked at personal data, and keeps people's own values under keys that
-- erasing a person destroys: docs/decisions/014-audit-forgets-people.md. Pasteable into a SQL editor and safe to run twice.
set lock_timeout = '5s';

-- `person_id` is the client whose values `sealed` holds encrypted, or what stands for somebody who is none: their
-- enquiry, mail or suppression. `access` is an entry about reading, not about a change.
alter table audit_entries add column if not exists address text not null default '';
alter table audit_entries add column if not exists person_id uuid;
alter table audit_entries add column if not exists sealed text;
alter table audit_entries add column if not exists access boolean not null default false;

-- Whether somebody was noted as a reader within the last hour is asked for each reading.
create index if not exists idx_audit_entries_access on audit_entries (tenant_id, subject_id, at desc) where access;

-- A key is removed, never changed: what was sealed with it is then noise, here and in every copy that lacks the key.
create table if not exists personal_keys (
  tenant_id uuid not null references tenants (id),
  person_id uuid not null,
  key bytea not null check (octet_length(key) = 32),
  created_at timestamptz not null default now(),
  primary key (tenant_id, person_id)
);
select tembea_isolate('personal_keys', 'tenant_id', 'select, insert, delete');

-- Operators read what operators did, and no agency's trail.
drop policy if exists operator_reads on audit_entries;
create policy operator_reads on audit_entries for select to tembea_operator
  using (tenant_id = '00000000-0000-7000-8000-000000000001');
grant select on audit_entries to tembea_operator;
