"""Documents and passages in SQL. PostgreSQL stems: words are compared as the passage's own language writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tembea.kernel.db import Read, Tx
from tembea.knowledge.model import Chunk, Document, Findings, Passage, Source, Term

SIMPLE = "simple"
"""The configuration of PostgreSQL that stems nothing, for a language that is not known."""

LANGUAGES = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ru": "russian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""The configurations that come with words to leave out, by which a language is recognised."""


@dataclass(frozen=True, slots=True)
class _Known:
    id: UUID
    title: str
    body_text: str


async def find_document_by_filename(read: Read, filename: str) -> _Known | None:
    """What stands under a file's name, to be replaced or left alone."""
    return await read.find(
        _Known,
        "select id, title, body_text from knowledge_documents where tenant_id = %s and filename = %s"
        " order by id limit 1",
        [read.ctx.tenant_uuid, filename],
    )


async def save_document(tx: Tx, document_id: UUID, *, title: str, filename: str, content_type: str, text: str) -> None:
    """Add a document, or replace what it says; its passages stay those of the old words until it is indexed."""
    await tx.execute(
        """
        insert into knowledge_documents
          (tenant_id, id, title, filename, content_type, size_bytes, visibility, status, body_text)
        values (%(tenant_id)s, %(id)s, %(title)s, %(filename)s, %(type)s, %(size)s, 'tenant', 'queued', %(text)s)
        on conflict (tenant_id, id) do update
        set title = excluded.title, content_type = excluded.content_type, size_bytes = excluded.size_bytes,
            status = 'queued', body_text = excluded.body_text, error = null
        """,
        {
            "tenant_id": tx.ctx.tenant_uuid,
            "id": document_id,
            "title": title,
            "filename": filename,
            "type": content_type,
            "size": len(text.encode()),
            "text": text,
        },
    )


async def find_source(tx: Tx, document_id: UUID) -> Source | None:
    """The words of a document, held until this transaction ends: two jobs never cut the same one up at once."""
    return await tx.find(
        Source,
        """
        select id, title, content_type, body_text, status, index_version as indexed_as
        from knowledge_documents where tenant_id = %s and id = %s for update
        """,
        [tx.ctx.tenant_uuid, document_id],
    )


async def list_outdated(read: Read, index_version: int, limit: int) -> list[UUID]:
    """Documents whose passages were made in an older way, or never."""
    rows = await read.rows(
        """
        select id from knowledge_documents
        where tenant_id = %s and status <> 'failed' and index_version < %s order by id limit %s
        """,
        [read.ctx.tenant_uuid, index_version, limit],
    )
    return [row["id"] for row in rows if isinstance(row["id"], UUID)]


@dataclass(frozen=True, slots=True)
class _Kept:
    language: str
    words: int


async def count_telling_words(read: Read, text: str) -> dict[str, int]:
    """How many words of a text each language would keep; `simple` keeps all."""
    kept = await read.list(
        _Kept,
        """
        select l.language, coalesce(sum(cardinality(u.positions)), 0)::int as words
        from unnest(%s::text[]) as l(language)
        left join lateral unnest(to_tsvector(l.language::regconfig, %s)) u on true
        group by l.language
        """,
        [[*LANGUAGES.values(), SIMPLE], text],
    )
    return {row.language: row.words for row in kept}


CHUNKS_AT_ONCE = 500
"""A statement has two seconds; so many passages are stemmed in a fraction of one."""


async def replace_chunks(tx: Tx, document: Source, language: str, chunks: Sequence[Chunk]) -> None:
    """Put a document's passages in place of those that it had. Title and heading are found with every passage."""
    await tx.execute(
        "delete from knowledge_chunks where tenant_id = %s and document_id = %s", [tx.ctx.tenant_uuid, document.id]
    )
    for start in range(0, len(chunks), CHUNKS_AT_ONCE):
        await _insert_chunks(tx, document, language, start, chunks[start : start + CHUNKS_AT_ONCE])


async def _insert_chunks(tx: Tx, document: Source, language: str, start: int, chunks: Sequence[Chunk]) -> None:
    await tx.execute(
        """
        insert into knowledge_chunks
          (tenant_id, document_id, position, heading, passage, language, lexemes, words)
        select %(tenant_id)s, %(document_id)s, %(start)s + c.number, c.heading, c.passage, %(language)s, v.lexemes,
               (select coalesce(sum(cardinality(u.positions)), 0) from unnest(v.lexemes) u)
        from unnest(%(headings)s::text[], %(passages)s::text[]) with ordinality as c(heading, passage, number)
        cross join lateral (
          select to_tsvector(%(language)s::text::regconfig,
                             unaccent(concat_ws(E'\n', %(title)s::text, c.heading, c.passage))) as lexemes
        ) v
        """,
        {
            "tenant_id": tx.ctx.tenant_uuid,
            "document_id": document.id,
            "start": start,
            "title": document.title,
            "language": language,
            "headings": [chunk.heading for chunk in chunks],
            "passages": [chunk.passage for chunk in chunks],
        },
    )


async def mark_indexed(tx: Tx, document_id: UUID, language: str, index_version: int) -> None:
    """The document's passages are in place; its figures are those that a search weighs words by."""
    await tx.execute(
        """
        update knowledge_documents d
        set status = 'indexed', error = null, language = %(language)s, index_version = %(version)s,
            chunks = n.chunks, words = n.words
        from (select count(*)::int as chunks, coalesce(sum(words), 0)::int as words from knowledge_chunks
              where tenant_id = %(tenant_id)s and document_id = %(id)s) n
        where d.tenant_id = %(tenant_id)s and d.id = %(id)s
        """,
        {"tenant_id": tx.ctx.tenant_uuid, "id": document_id, "language": language, "version": index_version},
    )


async def mark_failed(tx: Tx, document_id: UUID, error: str) -> None:
    """The document cannot be indexed, and why; passages of older words stay."""
    await tx.execute(
        "update knowledge_documents set status = 'failed', error = %s where tenant_id = %s and id = %s",
        [error, tx.ctx.tenant_uuid, document_id],
    )


async def list_documents(read: Read, after: UUID | None, limit: int) -> list[Document]:
    """The agency's documents, the newest first, those older than `after`."""
    return await read.list(
        Document,
        """
        select id, title, filename, content_type, size_bytes, visibility, status, error, language, chunks, created_at
        from knowledge_documents
        where tenant_id = %(tenant_id)s and (%(after)s::uuid is null or id < %(after)s)
        order by id desc limit %(limit)s
        """,
        {"tenant_id": read.ctx.tenant_uuid, "after": after, "limit": limit},
    )


async def count_chunks(read: Read) -> int:
    """How many passages the agency has."""
    found = await read.value(
        int,
        "select coalesce(sum(chunks), 0)::int from knowledge_documents where tenant_id = %s",
        [read.ctx.tenant_uuid],
    )
    return found or 0


@dataclass(frozen=True, slots=True)
class _Hit:
    document_id: UUID
    position: int
    title: str
    heading: str
    passage: str
    language: str
    score: float
    terms: list[int]
    all_terms: list[int]
    all_weights: list[float]


SHORTLIST = 200
"""How many passages are scored exactly: those that hold the most telling terms."""


async def find_passages(read: Read, terms: Sequence[Term], k: int) -> Findings:
    """The `k` best passages by BM25 (Robertson and Zaragoza 2009; k1 1.2, b 0.75), the best first.

    A word that one of the agency's languages leaves out counts in none: "the" is rare only where nobody removed it.
    Every passage of the agency is looked at; how often a word stands in it is counted for the shortlist alone, since
    taking a `tsvector` apart costs far more than asking it (docs/decisions/013-knowledge-is-searched-exactly.md).
    """
    hits = await read.list(
        _Hit,
        """
        with corpus as (
          select greatest(sum(chunks), 1)::float8 as passages, greatest(sum(words)::float8 / sum(chunks), 1) as length
          from knowledge_documents where tenant_id = %(tenant_id)s and chunks > 0
        ), parsed as materialized (
          select l.language, w.term, array_agg(x.lexeme) filter (where x.lexeme is not null) as lexemes,
                 string_agg('''' || x.lexeme || '''', '|')::tsquery as query
          from (select distinct language from knowledge_documents where tenant_id = %(tenant_id)s and chunks > 0) l
          cross join unnest(%(words)s::text[], %(numbers)s::int[]) as w(word, term)
          left join lateral unnest(to_tsvector(l.language::regconfig, unaccent(w.word))) x on true
          group by l.language, w.term
        ), asked as materialized (
          select * from parsed
          where term not in (select term from parsed where lexemes is null)
        ), held as materialized (
          select c.document_id, c.position, c.words, a.term
          from knowledge_chunks c join asked a on a.language = c.language and c.lexemes @@ a.query
          where c.tenant_id = %(tenant_id)s
        ), weights as materialized (
          select a.term, ln(1 + (c.passages - count(h.term) + 0.5) / (count(h.term) + 0.5)) as weight
          from (select distinct term from asked) a cross join corpus c left join held h on h.term = a.term
          group by a.term, c.passages
        ), shortlist as materialized (
          select h.document_id, h.position, h.words
          from held h join weights w on w.term = h.term
          group by h.document_id, h.position, h.words
          order by sum(w.weight) desc, h.words, h.document_id, h.position limit %(shortlist)s
        )
        select s.document_id, s.position, d.title, c.heading, c.passage, c.language,
               sum(w.weight * n.uses / (n.uses + 1.2 * (0.25 + 0.75 * s.words / corpus.length)))
                 / (select sum(weight) from weights) as score,
               array_agg(a.term order by a.term) as terms,
               (select array_agg(term order by term) from weights) as all_terms,
               (select array_agg(weight order by term) from weights) as all_weights
        from shortlist s
        cross join corpus
        join knowledge_documents d on d.tenant_id = %(tenant_id)s and d.id = s.document_id
        join knowledge_chunks c
          on c.tenant_id = %(tenant_id)s and c.document_id = s.document_id and c.position = s.position
        join asked a on a.language = c.language and c.lexemes @@ a.query
        join weights w on w.term = a.term
        cross join lateral (
          select sum(cardinality(u.positions))::float8 as uses from unnest(c.lexemes) u where u.lexeme = any (a.lexemes)
        ) n
        group by s.document_id, s.position, d.title, c.heading, c.passage, c.language
        order by score desc, s.document_id, s.position limit %(k)s
        """,
        {"tenant_id": read.ctx.tenant_uuid, "k": k, "shortlist": max(k, SHORTLIST), **_numbered(terms)},
    )
    weights = dict(zip(hits[0].all_terms, hits[0].all_weights, strict=True)) if hits else {}
    return Findings(tuple(terms), weights, tuple(_passage(hit) for hit in hits))


def _passage(hit: _Hit) -> Passage:
    score = round(min(1.0, hit.score), 4)
    return Passage(
        hit.document_id, hit.position, hit.title, hit.heading, hit.passage, hit.language, score, tuple(hit.terms)
    )


@dataclass(frozen=True, slots=True)
class _Covered:
    number: int
    terms: list[int]


async def find_terms(read: Read, terms: Sequence[Term], texts: Sequence[tuple[str, str]]) -> list[frozenset[int]]:
    """Which of the terms each text holds; a text comes with its language."""
    rows = await read.list(
        _Covered,
        """
        with texts as materialized (
          select number, language, to_tsvector(language::regconfig, unaccent(body)) as lexemes
          from unnest(%(languages)s::text[], %(texts)s::text[]) with ordinality as t(language, body, number)
        ), asked as materialized (
          select l.language, w.term, string_agg('''' || x.lexeme || '''', '|')::tsquery as query
          from (select distinct language from texts) l
          cross join unnest(%(words)s::text[], %(numbers)s::int[]) as w(word, term)
          cross join lateral unnest(to_tsvector(l.language::regconfig, unaccent(w.word))) x
          group by l.language, w.term
        )
        select t.number::int as number, array_agg(a.term) as terms
        from texts t join asked a on a.language = t.language and t.lexemes @@ a.query
        group by t.number
        """,
        {"languages": [language for language, _ in texts], "texts": [text for _, text in texts], **_numbered(terms)},
    )
    covered = {row.number: frozenset(row.terms) for row in rows}
    return [covered.get(number, frozenset()) for number in range(1, len(texts) + 1)]


def _numbered(terms: Sequence[Term]) -> dict[str, object]:
    pairs = [(word, number) for number, term in enumerate(terms) for word in term]
    return {"words": [word for word, _ in pairs], "numbers": [number for _, number in pairs]}
