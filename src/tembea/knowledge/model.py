"""What is known of documents, their passages and the words of a question."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class DocumentStatus(StrEnum):
    """How far a document has come: `queued` until a job cuts it into passages, `failed` with an error to read."""

    QUEUED = "queued"
    PROCESSING = "processing"
    INDEXED = "indexed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is listed; `chunks` is how many passages it has."""

    id: UUID
    title: str
    filename: str
    content_type: str
    size_bytes: int
    visibility: str
    status: DocumentStatus
    error: str | None
    language: str
    chunks: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """What indexing reads of a document; `indexed_as` is how its passages were made, 0 for a document without any."""

    id: UUID
    title: str
    content_type: str
    body_text: str
    status: DocumentStatus
    indexed_as: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a document under one heading: paragraphs, list items and rows of tables, each on a line."""

    heading: str
    passage: str


Term = tuple[str, ...]
"""A word of a question that says something, with the words that mean the same to an agency."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that answers to a question; `terms` are the numbers of the question's terms that it holds.

    `score` is BM25 over what it could be at most, between 0 and 1: 1 is every term, as often as counts.
    """

    document_id: UUID
    position: int
    title: str
    heading: str
    passage: str
    language: str
    score: float
    terms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """The best passages for a question, and how much each of its terms tells (inverse document frequency).

    A term that no passage holds tells most; one that every language of the agency leaves out is not in `weights`.
    """

    terms: tuple[Term, ...]
    weights: dict[int, float]
    passages: tuple[Passage, ...]
