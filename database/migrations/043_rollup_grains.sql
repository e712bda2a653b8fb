-- Sums by dekad (a third of a month) and by year too, so that a long period is few rows: docs/decisions/009-rollups.md.
-- Pasteable and safe to run twice.
set lock_timeout = '5s';

do $grains$
begin
  if not exists (select from pg_constraint where conrelid = 'rollups'::regclass and conname = 'rollups_grain') then
    alter table rollups drop constraint if exists rollups_grain_check;
    alter table rollups add constraint rollups_grain check (grain in ('day', 'dekad', 'month', 'year', 'ever'));
  end if;
end
$grains$;

-- Of which grains an agency's sums were built. Those of an older layout nobody reads: the worker builds them anew within
-- half a minute, and until then the rows themselves answer.
alter table rollup_states add column if not exists layout integer not null default 1;
grant select (layout) on rollup_states to tembea_operator;
