-- Signed webhooks whose effects are stored: the same one again is answered and done no more. Pasteable into a SQL editor
-- and safe to run twice. No tenant: whose it is shows only inside. Digests, nobody's data; kept for an hour.
set lock_timeout = '5s';

create table if not exists webhook_replays (
  source text not null,
  digest bytea not null,
  received_at timestamptz not null default now(),
  primary key (source, digest)
);
create index if not exists idx_webhook_replays_received on webhook_replays (received_at);
alter table webhook_replays enable row level security;
alter table webhook_replays force row level security;
drop policy if exists operator_all on webhook_replays;
create policy operator_all on webhook_replays for all to tembea_operator using (true) with check (true);
grant select, insert, delete on webhook_replays to tembea_operator;
