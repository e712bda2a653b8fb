-- Knowledge as passages that can be searched, and what the helpdesk was asked and answered.
set lock_timeout = '5s';

-- What indexing found out about a document. `index_version` is how its passages were made: a newer way makes them anew.
alter table knowledge_documents add column if not exists language text not null default 'simple';
alter table knowledge_documents add column if not exists chunks integer not null default 0;
alter table knowledge_documents add column if not exists words integer not null default 0;
alter table knowledge_documents add column if not exists index_version integer not null default 0;
create index if not exists idx_knowledge_documents_filename on knowledge_documents (tenant_id, filename);

-- `language` is a text search configuration of PostgreSQL: the words of a question are stemmed as the passage's were.
-- No GIN index: `@@` is not leakproof, so that row level security lets no index answer it. The primary key finds the
-- tenant's passages, and each is looked at.
create table if not exists knowledge_chunks (
  tenant_id uuid not null,
  document_id uuid not null,
  position integer not null,
  heading text not null,
  passage text not null,
  language text not null,
  lexemes tsvector not null,
  words integer not null,
  primary key (tenant_id, document_id, position),
  foreign key (tenant_id, document_id) references knowledge_documents (tenant_id, id) on delete cascade
);
select tembea_isolate('knowledge_chunks');

-- A conversation belongs to the person who began it. Its exchanges are kept whole: what was asked, what was answered, and
-- the passages that stood behind it at the time.
create table if not exists helpdesk_conversations (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index if not exists idx_helpdesk_conversations_user on helpdesk_conversations (tenant_id, user_id, updated_at desc);
select tembea_isolate('helpdesk_conversations');

create table if not exists helpdesk_exchanges (
  tenant_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  question text not null,
  answer text not null,
  citations jsonb not null default '[]',
  abstained boolean not null,
  confidence double precision not null check (confidence between 0 and 1),
  asked_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, conversation_id) references helpdesk_conversations (tenant_id, id) on delete cascade
);
create index if not exists idx_helpdesk_exchanges_conversation on helpdesk_exchanges (tenant_id, conversation_id, id desc);
select tembea_isolate('helpdesk_exchanges');
