-- A floor for parties without children: docs/decisions/021-contracts-are-rows-too.md.
-- Pasteable and safe to run twice. Apart from 045, which fills it: the lock that a new column takes ends here.
set lock_timeout = '5s';

-- What each adult pays at least where no child keeps a lone one company; null in rows of before, where `least` counts.
alter table contract_floors add column if not exists childless numeric(18, 6) check (childless >= 0);
