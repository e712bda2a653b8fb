-- What becomes of a mail after it left, and whom no mail is sent to any more: docs/decisions/006-what-comes-back.md.
set lock_timeout = '5s';

-- Beside `status`, which says what we did, what others reported: a sent mail may come back weeks later.
alter table outgoing_mails add column if not exists queued_at timestamptz;
alter table outgoing_mails add column if not exists delivery_state text
  check (delivery_state in ('delivered', 'deferred', 'bounced', 'complained'));
alter table outgoing_mails add column if not exists delivery_detail text;
alter table outgoing_mails add column if not exists delivery_at timestamptz;
create index if not exists idx_outgoing_mails_created on outgoing_mails (tenant_id, created_at desc, id desc);
create index if not exists idx_outgoing_mails_message on outgoing_mails (message_id);

-- Every report about a mail, once: `event_id` is the reporter's own name of it.
create table if not exists mail_reports (
  tenant_id uuid not null,
  event_id text not null,
  mail_id uuid not null,
  kind text not null check (kind in ('delivered', 'deferred', 'bounced', 'complained', 'unsubscribed')),
  permanent boolean not null,
  detail text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  primary key (tenant_id, event_id),
  foreign key (tenant_id, mail_id) references outgoing_mails (tenant_id, id)
);
create index if not exists idx_mail_reports_mail on mail_reports (tenant_id, mail_id, occurred_at);
select tembea_isolate('mail_reports');

create table if not exists mail_suppressions (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  address citext not null,
  reason text not null check (reason in ('bounce', 'complaint', 'unsubscribe', 'manual')),
  evidence text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, address)
);
select tembea_isolate('mail_suppressions');

-- A report names a Message-ID; whose mail that was must be known before a tenant is.
drop policy if exists lookup on outgoing_mails;
create policy lookup on outgoing_mails for select to tembea_lookup using (true);
grant select (tenant_id, id, message_id) on outgoing_mails to tembea_lookup;

create or replace function find_mail_by_message_id(wanted text)
returns table (tenant_id uuid, tenant text, mail_id uuid)
language sql stable security definer set search_path = pg_catalog, public as $lookup$
  select m.tenant_id, t.slug, m.id from outgoing_mails m join tenants t on t.id = m.tenant_id
  where m.message_id = wanted limit 1
$lookup$;
grant create on schema public to tembea_lookup;
alter function find_mail_by_message_id(text) owner to tembea_lookup;
revoke all on function find_mail_by_message_id(text) from public;
grant execute on function find_mail_by_message_id(text) to tembea_app, tembea_operator;
revoke create on schema public from tembea_lookup;
