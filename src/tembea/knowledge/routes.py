"""Knowledge over HTTP: what is indexed, and what is found in it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from tembea.kernel.errors import FieldError, Invalid
from tembea.kernel.ids import find_uuid
from tembea.kernel.paging import decode_cursor, encode_cursor
from tembea.kernel.web import LIMIT_DEFAULT, NO_NUL, Cursor, Limit, Page, ReadDep, Staff, Wire
from tembea.knowledge import store
from tembea.knowledge.model import DocumentStatus
from tembea.knowledge.service import search

router = APIRouter(prefix="/api/v1/knowledge", tags=["knowledge"])

K_DEFAULT, K_MAX = 8, 50


class DocumentOut(Wire):
    """A document; `chunks` is how many passages it has, `language` how they are stemmed (`simple`: not at all)."""

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


class PassageOut(Wire):
    """A stretch of a document that answers to the words; `score` is between 0 and 1."""

    document_id: UUID
    title: str
    heading: str
    passage: str
    score: float


class PassagesOut(Wire):
    """The best passages, the best first."""

    items: list[PassageOut]


@router.get("/documents")
async def list_documents(
    _: Staff, read: ReadDep, limit: Limit = LIMIT_DEFAULT, cursor: Cursor = None
) -> Page[DocumentOut]:
    """The agency's documents, the newest first, with how far each has come."""
    found = await store.list_documents(read, _position(cursor), limit + 1)
    page = found[:limit]
    more = encode_cursor([str(page[-1].id)]) if len(found) > limit else None
    items = [DocumentOut.model_validate(document, from_attributes=True) for document in page]
    return Page(items=items, next_cursor=more)


@router.get("/search")
async def search_knowledge(
    _: Staff,
    read: ReadDep,
    q: Annotated[str, Query(min_length=1, max_length=400, pattern=NO_NUL)],
    k: Annotated[int, Query(ge=1, le=K_MAX)] = K_DEFAULT,
) -> PassagesOut:
    """The passages that answer best to some words; an empty list where none of them is known."""
    found = await search(read, q, k)
    fields = PassageOut.model_fields
    return PassagesOut(items=[PassageOut(**{name: getattr(one, name) for name in fields}) for one in found.passages])


def _position(cursor: str | None) -> UUID | None:
    if cursor is None:
        return None
    position = find_uuid(decode_cursor(cursor, parts=1)[0])
    if position is None:
        problem = FieldError("query.cursor", "Leave it out to start at the beginning.")
        raise Invalid("This cursor is not one of ours.", errors=[problem])
    return position
