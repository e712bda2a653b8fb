-- The indexes that the dashboard, the pipeline and the reports live on. Plain and idempotent while the tables are empty;
-- on tables that are full already, later files build theirs concurrently.
set lock_timeout = '5s';

-- Date ranges of quotes, newest first: lists, trends and the period of the dashboard.
create index if not exists idx_quotes_tenant_created on quotes (tenant_id, created_at desc, id desc);

-- Quotes by status: what is pending, what expires.
create index if not exists idx_quotes_tenant_status on quotes (tenant_id, status, valid_until);

-- The ageing report: open invoices by due date.
create index if not exists idx_invoices_tenant_status on invoices (tenant_id, status, due_date);

-- The pipeline: clients of one stage, longest there first.
create index if not exists idx_clients_tenant_stage on clients (tenant_id, stage, stage_changed_at);

-- Call analytics by date.
create index if not exists idx_call_records_tenant_created on call_records (tenant_id, created_at desc, id desc);

-- Mail that is still to be sent.
create index if not exists idx_outgoing_mails_open on outgoing_mails (tenant_id, created_at) where status in ('queued', 'sending');
