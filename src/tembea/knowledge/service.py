"""What is done with knowledge: taking documents in, cutting them into passages, searching them."""

from uuid import UUID

from tembea import audit
from tembea.kernel.db import Read, Tx
from tembea.kernel.ids import new_id
from tembea.kernel.jobs import enqueue
from tembea.knowledge import store
from tembea.knowledge.chunking import cut
from tembea.knowledge.model import Findings
from tembea.knowledge.words import question_terms
from tembea.tenants import get_tenant

INDEX_JOB = "knowledge.index"

INDEX_VERSION = 2
"""How passages are made. Whoever changes `cut`, or what is kept of a passage, adds one: all documents are redone."""

MAX_CHUNKS = 5_000
"""A document of more passages than this is a library; it is refused rather than half searched."""

SAMPLE_CHARS = 6_000
LEAST_WORDS = 25
LEAST_SHARE = 0.25
"""Of a text in a language about two words in five are ones that it leaves out; of another language's text, few."""


async def put_document(tx: Tx, *, title: str, filename: str, content_type: str, text: str) -> UUID:
    """Add a document, or replace the one of the same file name, and promise its indexing; same words, no change.

    It is searched once the job is done; until then the passages of the words before stand.
    """
    known = await store.find_document_by_filename(tx, filename)
    if known and (known.title, known.body_text) == (title, text):
        return known.id
    document_id = known.id if known else new_id()
    await store.save_document(tx, document_id, title=title, filename=filename, content_type=content_type, text=text)
    await audit.record(
        tx,
        "knowledge.document_replaced" if known else "knowledge.document_added",
        subject_kind="knowledge_document",
        subject_id=str(document_id),
        after={"title": title, "filename": filename},
    )
    await enqueue(tx, INDEX_JOB, document_id=str(document_id))
    return document_id


async def index_document(tx: Tx, document_id: UUID) -> None:
    """Cut a document into passages, unless that is done; a document that is gone is no trouble."""
    source = await store.find_source(tx, document_id)
    if source is None or (source.status == "indexed" and source.indexed_as == INDEX_VERSION):
        return
    chunks = cut(source.body_text, source.content_type, title=source.title)
    if len(chunks) > MAX_CHUNKS:
        reason = f"The document has {len(chunks)} passages, and {MAX_CHUNKS} is the most. Divide it into several."
        await store.mark_failed(tx, document_id, reason)
        return
    language = await detect_language(tx, source.body_text)
    await store.replace_chunks(tx, source, language, chunks)
    await store.mark_indexed(tx, document_id, language, INDEX_VERSION)


async def detect_language(read: Read, text: str) -> str:
    """The configuration that leaves out most of a text's words, or `simple` where none leaves out enough of them.

    A few words give no language away: they count as the agency's own.
    """
    kept = await store.count_telling_words(read, text[:SAMPLE_CHARS])
    everything = kept.pop(store.SIMPLE)
    if everything < LEAST_WORDS:
        own = (await get_tenant(read)).config.languages[0]
        return store.LANGUAGES.get(own.partition("_")[0], store.SIMPLE)
    best = min(kept, key=lambda language: (kept[language], language))
    return best if kept[best] < (1 - LEAST_SHARE) * everything else store.SIMPLE


async def search(read: Read, q: str, k: int) -> Findings:
    """The `k` passages of the agency that answer best to the words of `q`; none where no word is known."""
    terms = question_terms(q)
    return await store.find_passages(read, terms, k) if terms else Findings((), {}, ())
