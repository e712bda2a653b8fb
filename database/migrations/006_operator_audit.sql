-- What an operator does is noted under the platform's own tenant, in the transaction that does it. Pasteable into a SQL
-- editor and safe to run twice. The operator's role may add there; it reads no audit trail, nor adds to an agency's.
set lock_timeout = '5s';

drop policy if exists operator_notes on audit_entries;
create policy operator_notes on audit_entries for insert to tembea_operator
  with check (tenant_id = '00000000-0000-7000-8000-000000000001');
grant insert on audit_entries to tembea_operator;

-- The quarantine is listed newest first, and what exceeds its bounds is found from the same end.
create index if not exists idx_quarantined_messages_received on quarantined_messages (received_at desc, id desc);
