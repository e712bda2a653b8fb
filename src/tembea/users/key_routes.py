"""The agency's API keys over HTTP: made, looked at and revoked by its administrators."""

from datetime import UTC, datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, Field

from tembea.kernel.access import Scope
from tembea.kernel.cursors import newest_first_position
from tembea.kernel.errors import FieldError, Invalid
from tembea.kernel.paging import encode_cursor
from tembea.kernel.web import LIMIT_DEFAULT, ONE_LINE, Admin, Cursor, Limit, Page, ReadDep, TxDep, Wire
from tembea.users import api_keys, key_store

router = APIRouter(prefix="/api/v1/api-keys", tags=["api-keys"])


class ApiKeyIn(Wire):
    """What the key is for, what it may do, and until when; without an end it counts until it is revoked."""

    name: Annotated[str, Field(min_length=1, max_length=100, pattern=ONE_LINE)]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]
    expires_at: AwareDatetime | None = None


class ApiKeyOut(Wire):
    """A key without its secret; `hint` is how it ends. `last_used_at` is exact to a minute."""

    id: UUID
    name: str
    hint: str
    scopes: list[str]
    created_by: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, stored: key_store.ApiKey, **more: object) -> Self:
        """The wire form; `more` are the fields that a subclass adds."""
        same = (name for name in cls.model_fields if hasattr(stored, name))
        return cls.model_validate({**{name: getattr(stored, name) for name in same}, **more})


class NewApiKeyOut(ApiKeyOut):
    """A key that was just made. `key` is shown this once: keep it where your program finds it."""

    key: str = Field(examples=["tmb_..."])


@router.get("")
async def list_api_keys(
    _: Admin, read: ReadDep, limit: Limit = LIMIT_DEFAULT, cursor: Cursor = None
) -> Page[ApiKeyOut]:
    """The agency's keys, newest first, revoked ones too."""
    found = await key_store.list_keys(read, newest_first_position(cursor), limit + 1)
    page = found[:limit]
    more = encode_cursor([page[-1].created_at.isoformat(), str(page[-1].id)]) if len(found) > limit else None
    return Page(items=[ApiKeyOut.of(key) for key in page], next_cursor=more)


@router.post("", status_code=201)
async def make_api_key(_: Admin, tx: TxDep, body: ApiKeyIn) -> NewApiKeyOut:
    """Make a key. Nobody can show it again afterwards."""
    if body.expires_at is not None and body.expires_at <= datetime.now(UTC):
        problem = FieldError("body.expires_at", "Choose a time that is still to come, or leave it out.")
        raise Invalid("This key would have expired already.", errors=[problem])
    made, key = await api_keys.make_key(tx, name=body.name, scopes=body.scopes, expires_at=body.expires_at)
    return NewApiKeyOut.of(made, key=key)


@router.get("/{key_id}")
async def read_api_key(_: Admin, read: ReadDep, key_id: UUID) -> ApiKeyOut:
    """One key."""
    return ApiKeyOut.of(await key_store.get_key(read, key_id))


@router.delete("/{key_id}", status_code=204)
async def revoke_api_key(_: Admin, tx: TxDep, key_id: UUID) -> None:
    """Revoke a key: within seconds it opens nothing."""
    await api_keys.revoke_key(tx, key_id)
