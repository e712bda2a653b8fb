-- Exchange rates, the platform's for all agencies: docs/decisions/015-exchange-rates-are-the-platforms.md. Pasteable into
-- a SQL editor and safe to run twice.
set lock_timeout = '5s';

-- One `base` costs `rate` of `quote`, on a day, by a source. Quotes name a row by its id, so none is ever changed or
-- removed: a correction is another row, and of one day the last stored counts.
create table if not exists fx_rates (
  id uuid primary key,
  base text not null check (base ~ '^[A-Z]{3}$'),
  quote text not null check (quote ~ '^[A-Z]{3}$' and quote <> base),
  rate numeric(18, 8) not null check (rate > 0),
  as_of date not null,
  source text not null check (source <> ''),
  stored_at timestamptz not null default clock_timestamp(),
  unique (base, quote, as_of, source, rate)
);
create index if not exists idx_fx_rates_last on fx_rates (base, quote, as_of desc, stored_at desc);
alter table fx_rates enable row level security;
alter table fx_rates force row level security;
drop policy if exists everybody_reads on fx_rates;
create policy everybody_reads on fx_rates for select to tembea_app, tembea_operator using (true);
drop policy if exists operator_stores on fx_rates;
create policy operator_stores on fx_rates for insert to tembea_operator with check (true);
revoke all on fx_rates from tembea_app, tembea_operator;
grant select on fx_rates to tembea_app, tembea_operator;
grant insert on fx_rates to tembea_operator;
