-- What an agency trades in: hotels and contracts, clients, enquiries, quotes, invoices, calls, knowledge.
-- Pasteable into a SQL editor and safe to run twice.
set lock_timeout = '5s';

create table if not exists hotels (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  name text not null,
  name_key text not null,
  destination text not null,
  country text not null,
  stars numeric(2, 1) check (stars between 0 and 7),
  time_zone text not null,
  description text not null default '',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name_key)
);
create index if not exists idx_hotels_destination on hotels (tenant_id, destination);
select tembea_isolate('hotels');

create table if not exists hotel_images (
  tenant_id uuid not null,
  hotel_id uuid not null,
  position integer not null,
  content_type text not null,
  content bytea not null,
  sha256 bytea not null,
  caption text not null default '',
  primary key (tenant_id, hotel_id, position),
  foreign key (tenant_id, hotel_id) references hotels (tenant_id, id)
);
select tembea_isolate('hotel_images');

-- A contract document as it was imported, canonical and whole. A live one is never changed: a change is a new version.
create table if not exists contracts (
  tenant_id uuid not null,
  id uuid not null,
  hotel_id uuid not null,
  version integer not null check (version > 0),
  status text not null check (status in ('draft', 'live', 'retired')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  document jsonb not null,
  document_sha256 text not null,
  source_document text not null default '',
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, hotel_id, version),
  foreign key (tenant_id, hotel_id) references hotels (tenant_id, id)
);
create unique index if not exists idx_contracts_one_live on contracts (tenant_id, hotel_id) where status = 'live';
select tembea_isolate('contracts');

create table if not exists clients (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  name text not null,
  stage text not null default 'NEW' check (stage in ('NEW', 'QUOTED', 'NEGOTIATING', 'BOOKED', 'PAID', 'TRAVELLED', 'LOST')),
  stage_changed_at timestamptz not null default now(),
  owner_id uuid,
  phones text[] not null default '{}',
  tags text[] not null default '{}',
  language text,
  source text not null default 'email',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_contact_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, owner_id) references users (tenant_id, id)
);
select tembea_isolate('clients');

create table if not exists client_emails (
  tenant_id uuid not null,
  client_id uuid not null,
  email citext not null,
  position integer not null default 0,
  primary key (tenant_id, email),
  foreign key (tenant_id, client_id) references clients (tenant_id, id) on delete cascade
);
create index if not exists idx_client_emails_client on client_emails (tenant_id, client_id);
select tembea_isolate('client_emails');

-- The client's timeline; upper features write here in their own transaction.
create table if not exists client_events (
  tenant_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  kind text not null,
  title text not null,
  detail text not null default '',
  link text not null default '',
  actor_name text not null,
  occurred_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id) on delete cascade
);
create index if not exists idx_client_events_client on client_events (tenant_id, client_id, occurred_at desc);
create index if not exists idx_client_events_recent on client_events (tenant_id, occurred_at desc);
select tembea_isolate('client_events');

create table if not exists enquiries (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  channel text not null check (channel in ('email', 'web', 'chat', 'phone')),
  status text not null check (status in ('received', 'parsed', 'waiting_for_customer', 'quoted', 'needs_review', 'ignored', 'failed')),
  kind text,
  from_name text,
  from_email text,
  phone text,
  subject text not null default '',
  body_text text not null default '',
  language text,
  trip_request jsonb,
  evidence jsonb not null default '{}',
  missing text[] not null default '{}',
  reasons text[] not null default '{}',
  client_id uuid,
  quote_id uuid,
  attempts integer not null default 0,
  received_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index if not exists idx_enquiries_received on enquiries (tenant_id, received_at desc, id desc);
create index if not exists idx_enquiries_client on enquiries (tenant_id, client_id);
select tembea_isolate('enquiries');

-- The raw message, stored before anybody is told that it was accepted.
create table if not exists inbound_messages (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  dedupe_key text not null,
  message_id text,
  source text not null check (source in ('smtp', 'webhook', 'api')),
  recipient text not null,
  envelope_from text not null,
  raw bytea not null,
  size_bytes integer not null,
  from_address text,
  subject text not null default '',
  body_text text not null default '',
  attachments jsonb not null default '[]',
  enquiry_id uuid,
  received_at timestamptz not null,
  understood_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, dedupe_key),
  foreign key (tenant_id, enquiry_id) references enquiries (tenant_id, id)
);
create index if not exists idx_inbound_messages_enquiry on inbound_messages (tenant_id, enquiry_id);
create index if not exists idx_inbound_messages_message_id on inbound_messages (tenant_id, message_id);
select tembea_isolate('inbound_messages');

-- The last number given out on a tenant's day. Taken in the transaction that makes the quote, so a rollback leaves no gap.
create table if not exists quote_numbers (
  tenant_id uuid not null references tenants (id),
  day date not null,
  last integer not null,
  primary key (tenant_id, day)
);
select tembea_isolate('quote_numbers');

create table if not exists quotes (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  number text not null,
  version integer not null default 1 check (version > 0),
  status text not null check (status in ('draft', 'sent', 'viewed', 'accepted', 'converted', 'declined', 'expired', 'cancelled', 'revised')),
  client_id uuid not null,
  enquiry_id uuid,
  consultant_id uuid,
  customer_name text not null,
  customer_email text,
  customer_phone text,
  language text not null default 'en',
  destination text not null,
  check_in date not null,
  check_out date not null,
  nights integer not null check (nights = check_out - check_in),
  adults integer not null,
  children_ages integer[] not null default '{}',
  cover_text text not null default '',
  selected_option_id uuid,
  valid_until date not null,
  snapshot jsonb not null,
  snapshot_sha256 text not null,
  public_token_sha256 bytea not null,
  reply_subject text,
  in_reply_to text,
  mail_references text[] not null default '{}',
  send_requested_at timestamptz,
  deliveries integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  sent_at timestamptz,
  viewed_at timestamptz,
  accepted_at timestamptz,
  closed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, number, version),
  foreign key (tenant_id, client_id) references clients (tenant_id, id),
  foreign key (tenant_id, enquiry_id) references enquiries (tenant_id, id),
  foreign key (tenant_id, consultant_id) references users (tenant_id, id)
);
create unique index if not exists idx_quotes_public_token on quotes (public_token_sha256);
create index if not exists idx_quotes_client on quotes (tenant_id, client_id);
create unique index if not exists idx_quotes_one_per_enquiry on quotes (tenant_id, enquiry_id) where version = 1 and status <> 'cancelled';
select tembea_isolate('quotes');

-- A version is what the customer was told: its inputs, dates, number and snapshot never change, and nobody can forget
-- that, because the app's role may not.
revoke update, delete on quotes from tembea_app;
grant update (status, client_id, consultant_id, customer_name, customer_email, customer_phone, language, cover_text,
  selected_option_id, valid_until, send_requested_at, deliveries, updated_at, sent_at, viewed_at, accepted_at, closed_at)
  on quotes to tembea_app;

-- The alternatives of a quote, each with its own total. Cost columns are for staff and never leave for the customer.
create table if not exists quote_options (
  tenant_id uuid not null,
  id uuid not null,
  quote_id uuid not null,
  position integer not null,
  hotel_id uuid not null,
  hotel_name text not null,
  hotel_stars numeric(2, 1),
  destination text not null,
  board text not null,
  rooms jsonb not null,
  lines jsonb not null,
  pay_local jsonb not null default '[]',
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  total numeric(18, 3) not null check (total >= 0),
  cost_currency text not null check (cost_currency ~ '^[A-Z]{3}$'),
  cost_total numeric(18, 3) not null,
  cost_lines jsonb not null,
  reasons jsonb not null default '[]',
  primary key (tenant_id, id),
  unique (tenant_id, quote_id, position),
  foreign key (tenant_id, quote_id) references quotes (tenant_id, id),
  foreign key (tenant_id, hotel_id) references hotels (tenant_id, id)
);
select tembea_isolate('quote_options', 'tenant_id', 'select, insert');

-- What a quote is worth: its selected option's total, or the first option's. Clients, the pipeline and the dashboard all
-- read it here, so that they cannot differ. The view runs with its reader's rights: row level security stays in force.
create or replace view quote_values with (security_invoker = true) as
select q.tenant_id, q.id as quote_id, worth.hotel_id, worth.hotel_name, worth.currency, worth.total
from quotes q
cross join lateral (
  select o.hotel_id, o.hotel_name, o.currency, o.total
  from quote_options o
  where o.tenant_id = q.tenant_id and o.quote_id = q.id
  order by (o.id = q.selected_option_id) desc nulls last, o.position
  limit 1
) worth;
revoke all on quote_values from public;
grant select on quote_values to tembea_app;

create table if not exists invoices (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  number text not null,
  status text not null check (status in ('draft', 'sent', 'viewed', 'partially_paid', 'paid', 'overdue', 'void')),
  client_id uuid not null,
  quote_id uuid,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  lines jsonb not null default '[]',
  subtotal numeric(18, 3) not null,
  tax numeric(18, 3) not null default 0,
  total numeric(18, 3) not null,
  paid numeric(18, 3) not null default 0,
  due_date date not null,
  issued_on date,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, number),
  check (paid >= 0 and paid <= total),
  foreign key (tenant_id, client_id) references clients (tenant_id, id),
  foreign key (tenant_id, quote_id) references quotes (tenant_id, id)
);
select tembea_isolate('invoices');

create table if not exists invoice_payments (
  tenant_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  amount numeric(18, 3) not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  method text not null,
  reference text not null default '',
  received_on date not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, invoice_id) references invoices (tenant_id, id)
);
create index if not exists idx_invoice_payments_invoice on invoice_payments (tenant_id, invoice_id);
select tembea_isolate('invoice_payments');

create table if not exists call_records (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  status text not null check (status in ('scheduled', 'queued', 'in_progress', 'completed', 'failed', 'cancelled')),
  direction text not null check (direction in ('inbound', 'outbound')),
  phone text not null,
  client_id uuid,
  quote_id uuid,
  scheduled_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  duration_s integer,
  ended_reason text,
  outcome text,
  summary text not null default '',
  transcript jsonb not null default '[]',
  recording_url text,
  cost_amount numeric(18, 6),
  cost_currency text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id),
  foreign key (tenant_id, quote_id) references quotes (tenant_id, id)
);
select tembea_isolate('call_records');

create table if not exists knowledge_documents (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  title text not null,
  filename text not null,
  content_type text not null,
  size_bytes integer not null,
  visibility text not null default 'tenant' check (visibility in ('tenant', 'platform')),
  status text not null check (status in ('queued', 'processing', 'indexed', 'failed')),
  body_text text not null default '',
  error text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
select tembea_isolate('knowledge_documents');

-- A customer's link leads to one quote before any tenant is known.
drop policy if exists lookup on quotes;
create policy lookup on quotes for select to tembea_lookup using (true);
grant select on quotes to tembea_lookup;

create or replace function find_quote_by_token(wanted_sha256 bytea)
returns table (tenant_id uuid, tenant text, quote_id uuid)
language sql stable security definer set search_path = pg_catalog, public as $lookup$
  select q.tenant_id, t.slug, q.id from quotes q join tenants t on t.id = q.tenant_id
  where q.public_token_sha256 = wanted_sha256 and t.status = 'active'
$lookup$;
grant create on schema public to tembea_lookup;
alter function find_quote_by_token(bytea) owner to tembea_lookup;
revoke all on function find_quote_by_token(bytea) from public;
grant execute on function find_quote_by_token(bytea) to tembea_app, tembea_operator;
revoke create on schema public from tembea_lookup;
