-- non-transactional
-- The audit trail is read newest first. Alone in its file, so that it may be pasted too.
create index concurrently if not exists idx_audit_entries_at on audit_entries (tenant_id, at desc, id desc);
