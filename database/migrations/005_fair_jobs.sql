-- The queue of 003, made fair between tenants, quick at any depth, and with a memory of what failed. It belongs to
-- procrastinate 3.10: the worker calls procrastinate_fetch_job_v2 by this name. See docs/decisions/005-fair-queue.md.
set lock_timeout = '5s';

-- Whose job it is, which turn it has, and since when it has waited. `turn` is null while a job waits for its time.
alter table procrastinate_jobs add column if not exists tenant_id uuid generated always as ((args ->> 'tenant_id')::uuid) stored;
alter table procrastinate_jobs add column if not exists turn bigint;
alter table procrastinate_jobs add column if not exists enqueued_at timestamptz not null default now();

-- The turn that was last begun. A sequence, because no transaction may wait for another one's to end.
create sequence if not exists job_turns minvalue 0 start 0;
grant select, update on sequence job_turns to tembea_app, tembea_operator;

create index if not exists idx_jobs_turn on procrastinate_jobs (turn, id) where status = 'todo' and turn is not null;
create index if not exists idx_jobs_tenant_turn on procrastinate_jobs (tenant_id, turn) where status = 'todo' and turn is not null;
create index if not exists idx_jobs_scheduled on procrastinate_jobs (scheduled_at) where status = 'todo' and turn is null;
create index if not exists idx_jobs_running on procrastinate_jobs (tenant_id) where status = 'doing';
create index if not exists idx_jobs_dead on procrastinate_jobs (id) where status = 'failed';

-- Indexes of the library that nothing here asks: each costs every change of a job.
drop index if exists procrastinate_jobs_priority_idx_v1;
drop index if exists procrastinate_jobs_id_lock_idx_v1;
drop index if exists procrastinate_jobs_queue_name_idx_v1;

-- The library's two unique ones, without the rows that they say nothing about. As they were they held every waiting job,
-- and a plan made on an empty queue read all of them to find one by its id.
do $smaller$
begin
  if (select indexdef from pg_indexes where indexname = 'procrastinate_jobs_queueing_lock_idx_v1') not like '%IS NOT NULL%' then
    drop index procrastinate_jobs_queueing_lock_idx_v1;
    create unique index procrastinate_jobs_queueing_lock_idx_v1 on procrastinate_jobs (queueing_lock)
      where status = 'todo' and queueing_lock is not null;
    drop index procrastinate_jobs_lock_idx_v1;
    create unique index procrastinate_jobs_lock_idx_v1 on procrastinate_jobs (lock) where status = 'doing' and lock is not null;
  end if;
end
$smaller$;

-- The library's diary, two rows a job that nobody reads; job_failures and enqueued_at say what people ask.
drop trigger if exists procrastinate_trigger_status_events_update_v1 on procrastinate_jobs;
drop trigger if exists procrastinate_trigger_status_events_insert_v1 on procrastinate_jobs;
drop trigger if exists procrastinate_trigger_scheduled_events_v1 on procrastinate_jobs;
drop trigger if exists procrastinate_trigger_abort_requested_events_v1 on procrastinate_jobs;

-- The table turns over thousands of rows a minute: cleaned by count, without pauses, not by a share of its size.
alter table procrastinate_jobs set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000
);
alter table procrastinate_workers set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0
);

-- Start-time fair queueing (Goyal, Vin, Cheng, 1996): behind the tenant's own last waiting job, and never before the
-- turn that is being served. Two tenants with work take turns one for one, whatever each has waiting. The planner's
-- settings keep the plan that a connection made on an almost empty queue good on a full one.
create or replace function next_job_turn(of_tenant uuid) returns bigint
language plpgsql volatile set enable_seqscan = off set enable_bitmapscan = off
  set enable_sort = off set enable_incremental_sort = off as $turn$
declare
  served bigint;
  own bigint;
begin
  select last_value into served from job_turns;
  select turn into own from procrastinate_jobs
  where tenant_id = of_tenant and status = 'todo' and turn is not null
  order by tenant_id desc, turn desc limit 1;
  return greatest(served, own) + 1;
end
$turn$;

-- A job takes its turn when it can run: at once, or when its time has come. One that a drained or dead worker gave back
-- keeps the turn it had.
create or replace function take_job_turn() returns trigger language plpgsql as $take$
begin
  if new.scheduled_at > now() then
    new.turn := null;
  elsif tg_op = 'INSERT' or old.status = 'failed' or new.turn is null then
    new.turn := next_job_turn((new.args ->> 'tenant_id')::uuid);
  end if;
  return new;
end
$take$;
create or replace trigger job_takes_turn before insert or update of status, scheduled_at on procrastinate_jobs
  for each row when (new.status = 'todo') execute function take_job_turn();

-- Jobs that waited before this file was applied.
update procrastinate_jobs set turn = next_job_turn(tenant_id)
where status = 'todo' and turn is null and (scheduled_at is null or scheduled_at <= now());

-- In place of the library's. First whatever has become due takes its turn. Then, among the 32 whose turn is nearest,
-- the tenant with the fewest running jobs goes first: whose jobs are long does not keep the others out. Locks and
-- priorities of the library are not used here and not looked at.
create or replace function procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint)
returns procrastinate_jobs language plpgsql set enable_seqscan = off set enable_bitmapscan = off
  set enable_sort = off set enable_incremental_sort = off as $fetch$
declare
  found_job procrastinate_jobs;
begin
  if exists (select from procrastinate_jobs where status = 'todo' and turn is null and scheduled_at <= now()) then
    update procrastinate_jobs set turn = next_job_turn(tenant_id) where id in (
      select id from procrastinate_jobs where status = 'todo' and turn is null and scheduled_at <= now()
      order by scheduled_at limit 100 for update skip locked);
  end if;

  with heads as materialized (
    select id, tenant_id, turn from procrastinate_jobs
    where status = 'todo' and turn is not null and (target_queue_names is null or queue_name = any (target_queue_names))
    order by turn, id limit 32
  ), running as materialized (
    select tenant_id, count(*) as jobs from procrastinate_jobs where status = 'doing' group by tenant_id
  ), chosen as materialized (
    select job.id from heads
    join procrastinate_jobs job on job.id = heads.id and job.status::text = 'todo' -- a cast keeps partial indexes out
    left join running on running.tenant_id = heads.tenant_id
    order by coalesce(running.jobs, 0), heads.turn, heads.id
    limit 1 for update of job skip locked
  )
  update procrastinate_jobs job set status = 'doing', worker_id = p_worker_id
  from chosen where job.id = chosen.id
  returning job.* into found_job;

  -- Transactions that could not see each other gave the same turn to several jobs of one tenant: those still waiting
  -- move behind this one, one turn each.
  if exists (
    select from procrastinate_jobs
    where tenant_id = found_job.tenant_id and status = 'todo' and turn is not null and turn <= found_job.turn
  ) then
    with line as materialized (
      select id, turn from procrastinate_jobs
      where tenant_id = found_job.tenant_id and status = 'todo' and turn is not null
      order by turn limit 32 for update skip locked
    ), spread as materialized (
      select id, found_job.turn + row_number() over (order by turn, id) as turn from line
    )
    update procrastinate_jobs job set turn = spread.turn from spread
    where job.id = spread.id and job.status::text = 'todo' and job.turn < spread.turn;
  end if;

  if found_job.turn > (select last_value from job_turns) then
    perform setval('job_turns', found_job.turn);
  end if;
  return found_job;
end
$fetch$;

-- One signal a statement instead of two a job: a worker that hears one looks for all. The payload is what it parses.
create or replace function procrastinate_notify_queue_job_inserted_v1() returns trigger language plpgsql as $notify$
begin
  perform pg_notify('procrastinate_any_queue_v1', '{"type": "job_inserted", "job_id": 0}');
  return null;
end
$notify$;
create or replace trigger procrastinate_jobs_notify_queue_job_inserted_v1 after insert on procrastinate_jobs
  for each statement execute function procrastinate_notify_queue_job_inserted_v1();

-- Why a job failed last: class, place and a text without anybody's data. Gone with its job.
create table if not exists job_failures (
  job_id bigint primary key references procrastinate_jobs (id) on delete cascade,
  tenant_id uuid not null,
  error_class text not null,
  error_message text not null,
  failed_at timestamptz not null default now()
);
alter table job_failures enable row level security;
alter table job_failures force row level security;
drop policy if exists queue on job_failures;
create policy queue on job_failures for all to tembea_app, tembea_operator using (true) with check (true);
grant select, insert, update, delete on job_failures to tembea_app, tembea_operator;

-- Which period of a periodic job was last enqueued, for each tenant or for the platform.
create table if not exists job_periods (
  name text not null,
  tenant_id uuid not null,
  period bigint not null,
  primary key (name, tenant_id)
);
alter table job_periods enable row level security;
alter table job_periods force row level security;
drop policy if exists queue on job_periods;
create policy queue on job_periods for all to tembea_app, tembea_operator using (true) with check (true);
grant select, insert, update, delete on job_periods to tembea_app, tembea_operator;
