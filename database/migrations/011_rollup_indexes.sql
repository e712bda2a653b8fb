-- non-transactional
-- A client's newest quote that counts: what the pipeline says it is worth. Alone in its file, so that it may be pasted too.
create index concurrently if not exists idx_quotes_client_newest on quotes (tenant_id, client_id, created_at desc, id desc)
  where status not in ('draft', 'cancelled', 'revised');
