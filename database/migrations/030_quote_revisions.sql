-- A revision knows which version it takes the place of, and a quote how often its customer was reminded. Pasteable into
-- a SQL editor and safe to run twice.
set lock_timeout = '5s';

alter table quotes add column if not exists revises_id uuid;
alter table quotes add column if not exists reminders integer not null default 0;
alter table quotes add column if not exists reminded_at timestamptz;
grant update (reminders, reminded_at) on quotes to tembea_app;
create index if not exists idx_quotes_awaiting on quotes (tenant_id, sent_at) where status in ('sent', 'viewed');

-- Reminders are mails of their own kind.
alter table outgoing_mails drop constraint if exists outgoing_mails_kind_check;
alter table outgoing_mails add constraint outgoing_mails_kind_check
  check (kind in ('quote', 'clarification', 'reply', 'account', 'reminder')) not valid;
