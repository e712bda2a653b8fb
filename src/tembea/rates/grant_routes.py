"""Grants of rates between agencies over HTTP, for operators."""

import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, status
from pydantic import Field, StringConstraints

from tembea.kernel.errors import FieldError, Invalid
from tembea.kernel.web import Operator, Page, ReadDep, TxDep, Wire
from tembea.rates import grants
from tembea.rates.grants_store import RateGrant
from tembea.tenants import TenantKey, find_tenant_by_slug

router = APIRouter(prefix="/api/v1/operator/rate-grants", tags=["operator"])

_Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,62}$")]


class GrantIn(Wire):
    """Whose rates who may sell by: both by their short names."""

    source: Annotated[_Slug, Field(alias="from")]
    to: _Slug


class GrantedOut(Wire):
    """A new grant: how many hotels went over, and how many the grantee has under the same name already."""

    id: UUID
    hotels: int
    left_out: int


class GrantOut(Wire):
    """That one agency sells by another's rates, or did."""

    id: UUID
    source: Annotated[str, Field(alias="from")]
    to: str
    granted_by: str
    granted_at: datetime.datetime
    revoked_at: datetime.datetime | None

    @classmethod
    def of(cls, grant: RateGrant) -> "GrantOut":
        """The wire form."""
        return cls.model_validate(
            {
                "id": grant.id,
                "from": grant.source,
                "to": grant.grantee,
                "granted_by": grant.granted_by,
                "granted_at": grant.granted_at,
                "revoked_at": grant.revoked_at,
            }
        )


@router.get("")
async def list_grants(_: Operator, read: ReadDep) -> Page[GrantOut]:
    """Every grant, active ones first, all on one page."""
    return Page(items=[GrantOut.of(grant) for grant in await grants.list_grants(read)])


@router.post("", status_code=status.HTTP_201_CREATED)
async def grant_rates(_: Operator, tx: TxDep, asked: GrantIn) -> GrantedOut:
    """Let one agency sell by another's live contracts, read only, until it is revoked."""
    source, grantee = await _find(tx, "from", asked.source), await _find(tx, "to", asked.to)
    shared = await grants.grant_rates(tx, source, grantee)
    return GrantedOut(id=shared.grant_id, hotels=shared.hotels, left_out=shared.left_out)


@router.delete("/{grant_id}", status_code=status.HTTP_204_NO_CONTENT)
async def revoke_grant(_: Operator, tx: TxDep, grant_id: UUID) -> None:
    """End a grant: the grantee sells by it no longer, and quotes that were made stay."""
    await grants.revoke_grant(tx, grant_id)


async def _find(read: ReadDep, field: str, slug: str) -> TenantKey:
    found = await find_tenant_by_slug(read, slug)
    if found is None or found.status != "active":
        message = f"There is no active agency called {slug}."
        raise Invalid(message, errors=[FieldError(f"body.{field}", message)])
    return found
