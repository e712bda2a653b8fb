"""Knowledge: what an agency knows, as documents cut into passages that can be searched.

Owns `knowledge_documents`, `knowledge_chunks`.
Invariants: a document's passages are replaced as a whole, so that a search sees the old ones or the new ones; a passage
and a question are stemmed by the passage's own language, where it is known, and not at all where it is not; a search
looks at one agency's passages alone, and at each of them.
Verbs: `put_document`, `put_pages`, `index_document`, `search`, `find_terms`, `sentences`. Jobs: `knowledge.index`,
`knowledge.index_waiting`.
"""

from tembea.knowledge.chunking import sentences
from tembea.knowledge.model import Document, Findings, Passage, Term
from tembea.knowledge.pages import put_pages
from tembea.knowledge.service import index_document, put_document, search
from tembea.knowledge.store import count_chunks, find_terms

__all__ = [
    "Document",
    "Findings",
    "Passage",
    "Term",
    "count_chunks",
    "find_terms",
    "index_document",
    "put_document",
    "put_pages",
    "search",
    "sentences",
]
