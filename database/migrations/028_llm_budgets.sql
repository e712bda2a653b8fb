-- What each agency's language model has used of its daily budget: docs/decisions/017-models-advise.md. Pasteable into a
-- SQL editor and safe to run twice.
set lock_timeout = '5s';

-- By the day in the agency's own time zone. A question reserves the most it can use, and gives back what it did not;
-- what a process that died had reserved stays counted until midnight. Costs are millionths of a US dollar.
create table if not exists llm_budgets (
  tenant_id uuid not null references tenants (id),
  day date not null,
  tokens bigint not null check (tokens >= 0),
  cost_micros bigint not null check (cost_micros >= 0),
  primary key (tenant_id, day)
);
select tembea_isolate('llm_budgets');
