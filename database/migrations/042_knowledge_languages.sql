-- How knowledge is stemmed is one of the configurations that the search knows: any other word in this column failed every
-- search of its agency. Pasteable into a SQL editor and safe to run twice.
set lock_timeout = '5s';

-- First nothing else comes in, then what is there is put right, then all of it is vouched for.
do $check$
begin
  if not exists (select from pg_constraint where conname = 'knowledge_documents_language_check') then
    alter table knowledge_documents add constraint knowledge_documents_language_check check (language in (
      'simple', 'danish', 'dutch', 'english', 'finnish', 'french', 'german', 'hungarian', 'italian', 'norwegian',
      'portuguese', 'russian', 'spanish', 'swedish', 'turkish')) not valid;
  end if;
  if not exists (select from pg_constraint where conname = 'knowledge_chunks_language_check') then
    alter table knowledge_chunks add constraint knowledge_chunks_language_check check (language in (
      'simple', 'danish', 'dutch', 'english', 'finnish', 'french', 'german', 'hungarian', 'italian', 'norwegian',
      'portuguese', 'russian', 'spanish', 'swedish', 'turkish')) not valid;
  end if;
end
$check$;

-- The codes of languages become their configurations, unknown words `simple`; the documents are indexed anew. One agency
-- after the other: the owner, too, sees one at a time.
do $backfill$
declare
  agency uuid;
  known constant jsonb := '{
    "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish", "fr": "french", "de": "german",
    "hu": "hungarian", "it": "italian", "no": "norwegian", "pt": "portuguese", "ru": "russian", "es": "spanish",
    "sv": "swedish", "tr": "turkish"}';
  configurations constant text[] := array(select value from jsonb_each_text(known)) || 'simple'::text;
  word text;
  meant text;
begin
  for agency in select id from tenants order by id loop
    perform set_config('app.tenant_id', agency::text, true);
    for word in
      select language from knowledge_documents where tenant_id = agency and language <> all (configurations)
      union
      select language from knowledge_chunks where tenant_id = agency and language <> all (configurations)
    loop
      meant := case when lower(word) = any (configurations) then lower(word)
                    else coalesce(known ->> substring(lower(word) from '^([a-z]{2})(?:[-_].*)?$'), 'simple') end;
      update knowledge_chunks set language = meant where tenant_id = agency and language = word;
      update knowledge_documents set language = meant, index_version = 0 where tenant_id = agency and language = word;
    end loop;
  end loop;
  perform set_config('app.tenant_id', '', true);
end
$backfill$;

alter table knowledge_documents validate constraint knowledge_documents_language_check;
alter table knowledge_chunks validate constraint knowledge_chunks_language_check;
