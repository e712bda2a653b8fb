-- What became of a cover text that a language model was to write: when it was asked, why its words are not used, and
-- what it wrote, with placeholders. Pasteable into a SQL editor and safe to run twice.
set lock_timeout = '5s';

alter table quotes add column if not exists cover_outcome text;
alter table quotes add column if not exists cover_asked_at timestamptz;
alter table quotes add column if not exists cover_draft text;
grant update (cover_outcome, cover_asked_at, cover_draft) on quotes to tembea_app;
