-- Who works on an enquiry and when it comes back, what people corrected of it, and when they are away. Pasteable into a
-- SQL editor and safe to run twice.
set lock_timeout = '5s';

alter table enquiries add column if not exists assignee_id uuid;
alter table enquiries add column if not exists snoozed_until timestamptz;
alter table enquiries add column if not exists confidence double precision;
create index if not exists idx_enquiries_snoozed on enquiries (tenant_id, snoozed_until) where snoozed_until is not null;
create index if not exists idx_enquiries_assignee on enquiries (tenant_id, assignee_id) where assignee_id is not null;

do $constraint$
begin
  if not exists (select from pg_constraint where conname = 'enquiries_assignee_fkey') then
    alter table enquiries add constraint enquiries_assignee_fkey
      foreign key (tenant_id, assignee_id) references users (tenant_id, id) not valid;
  end if;
end
$constraint$;

-- What was read beside what a person made of it: how well the reading does, in the customers' own words.
create table if not exists enquiry_corrections (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  enquiry_id uuid not null,
  was_read jsonb,
  corrected jsonb not null,
  corrected_by text not null,
  corrected_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, enquiry_id) references enquiries (tenant_id, id) on delete cascade
);
create index if not exists idx_enquiry_corrections_enquiry on enquiry_corrections (tenant_id, enquiry_id, corrected_at);
select tembea_isolate('enquiry_corrections');

-- The days on which somebody gets no new enquiries, both ends included.
create table if not exists absences (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  user_id uuid not null,
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index if not exists idx_absences_user on absences (tenant_id, user_id, last_day);
select tembea_isolate('absences');
