-- Mail that can be taken back before it leaves, hand-overs whose sender shows that it lives, and mailboxes that are
-- looked into: docs/decisions/007-mail-waits-before-it-leaves.md. Safe to run twice.
set lock_timeout = '5s';

-- `held`: promised, and still to be taken back until `leaves_at`. `quota_day` is the day whose quota the mail took, so
-- that taking it back returns it there. `claim_renewed_at` is the last sign of life of whoever hands the mail over.
alter table outgoing_mails add column if not exists leaves_at timestamptz;
alter table outgoing_mails add column if not exists undone_at timestamptz;
alter table outgoing_mails add column if not exists quota_day date;
alter table outgoing_mails add column if not exists claim_renewed_at timestamptz;
alter table outgoing_mails drop constraint if exists outgoing_mails_status_check;
alter table outgoing_mails add constraint outgoing_mails_status_check check
  (status in ('draft', 'held', 'queued', 'sending', 'sent', 'failed', 'parked', 'discarded')) not valid;
alter table outgoing_mails validate constraint outgoing_mails_status_check;

-- At most one mail of a quote waits.
create unique index if not exists idx_outgoing_mails_held on outgoing_mails (tenant_id, quote_id)
  where status = 'held' and quote_id is not null;

-- Until when the sending of a quote that was asked for can be taken back; null while none was asked for.
alter table quotes add column if not exists leaves_at timestamptz;
grant update (leaves_at) on quotes to tembea_app;

-- Mail also comes from mailboxes, by IMAP.
alter table inbound_messages drop constraint if exists inbound_messages_source_check;
alter table inbound_messages add constraint inbound_messages_source_check check
  (source in ('smtp', 'webhook', 'api', 'imap')) not valid;
alter table inbound_messages validate constraint inbound_messages_source_check;

-- How far each mailbox was read. `mailbox` names it without its password; UIDs count within one `uid_validity` (RFC
-- 3501, 2.3.1.1). One worker at a time looks into it: `leased_until` ends by itself when that worker dies.
create table if not exists mailboxes (
  mailbox text primary key,
  uid_validity bigint,
  next_uid bigint not null default 1,
  read_at timestamptz,
  leased_until timestamptz,
  failing_since timestamptz,
  last_error text
);
alter table mailboxes enable row level security;
alter table mailboxes force row level security;
drop policy if exists operator_all on mailboxes;
create policy operator_all on mailboxes for all to tembea_operator using (true) with check (true);
grant select, insert, update, delete on mailboxes to tembea_operator;

-- The promise of service ends when a quote's mail was made: that it then waits is the agency's wish.
grant select (tenant_id, quote_id, queued_at) on outgoing_mails to tembea_lookup;
create or replace function measure_service()
returns table (
  oldest_unprocessed_mail_s double precision, quotes bigint, p50_s double precision, p95_s double precision,
  mails_failed bigint
)
language sql stable security definer set search_path = pg_catalog, public as $measure$
  with waits as (
    select extract(epoch from coalesce(made.queued_at, q.sent_at) - m.received_at)::double precision as s
    from tenants t
    cross join lateral (
      select tenant_id, id, enquiry_id, created_at, sent_at from quotes
      where tenant_id = t.id and created_at > now() - interval '1 day' and sent_at > now() - interval '1 hour'
        and enquiry_id is not null and version = 1 and send_requested_at = created_at
    ) q
    cross join lateral (
      select received_at, understood_at from inbound_messages
      where tenant_id = q.tenant_id and enquiry_id = q.enquiry_id and understood_at <= q.created_at
      order by received_at desc limit 1
    ) m
    left join lateral (
      select min(queued_at) as queued_at from outgoing_mails where tenant_id = q.tenant_id and quote_id = q.id
    ) made on true
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
