-- The platform's promise of service in figures: how long mail waits, and how soon it becomes a quote. Operators see no
-- tenant's rows, so a look-up function counts for them: it answers one row of figures over all tenants and never a
-- row's content. The look-up role reads times and states of just these columns.
set lock_timeout = '5s';

-- Both stay small: what is read leaves the first one, and hand-overs seldom fail.
create index if not exists idx_inbound_messages_unread on inbound_messages (received_at) where understood_at is null;
create index if not exists idx_outgoing_mails_failed on outgoing_mails (created_at) where status = 'failed';

drop policy if exists lookup_service on inbound_messages;
create policy lookup_service on inbound_messages for select to tembea_lookup using (true);
drop policy if exists lookup_service on enquiries;
create policy lookup_service on enquiries for select to tembea_lookup using (true);
drop policy if exists lookup_service on outgoing_mails;
create policy lookup_service on outgoing_mails for select to tembea_lookup using (status = 'failed');
grant select (tenant_id, enquiry_id, received_at, understood_at) on inbound_messages to tembea_lookup;
grant select (tenant_id, id, status) on enquiries to tembea_lookup;
grant select (status, created_at) on outgoing_mails to tembea_lookup;

-- Mail is unprocessed until it was read or stands before a person as failed. From mail to quote is measured from the
-- last message before the quote to the moment its mail was made, for quotes that no person had to touch: one made long
-- after its message was read waited for somebody, or for the next day's quota.
create or replace function measure_service()
returns table (
  oldest_unprocessed_mail_s double precision, quotes bigint, p50_s double precision, p95_s double precision,
  mails_failed bigint
)
language sql stable security definer set search_path = pg_catalog, public as $measure$
  with waits as (
    select extract(epoch from q.sent_at - m.received_at)::double precision as s
    from tenants t
    cross join lateral (
      select tenant_id, enquiry_id, created_at, sent_at from quotes
      where tenant_id = t.id and created_at > now() - interval '1 day' and sent_at > now() - interval '1 hour'
        and enquiry_id is not null and version = 1 and send_requested_at = created_at
    ) q
    cross join lateral (
      select received_at, understood_at from inbound_messages
      where tenant_id = q.tenant_id and enquiry_id = q.enquiry_id and understood_at <= q.created_at
      order by received_at desc limit 1
    ) m
    where q.created_at < m.understood_at + interval '15 minutes'
  )
  select
    (select extract(epoch from now() - min(m.received_at))::double precision
     from inbound_messages m join enquiries e on e.tenant_id = m.tenant_id and e.id = m.enquiry_id
     where m.understood_at is null and e.status <> 'failed'),
    count(*),
    percentile_cont(0.5) within group (order by s),
    percentile_cont(0.95) within group (order by s),
    (select count(*) from outgoing_mails where status = 'failed' and created_at > now() - interval '1 day')
  from waits
$measure$;
grant create on schema public to tembea_lookup;
alter function measure_service() owner to tembea_lookup;
revoke all on function measure_service() from public;
grant execute on function measure_service() to tembea_operator;
revoke create on schema public from tembea_lookup;
