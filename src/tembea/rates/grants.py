"""One agency sells by another's rates: granted by an operator, copied, kept up, revoked; never by itself."""

from dataclasses import dataclass
from uuid import UUID

from tembea import audit
from tembea.kernel.context import Context
from tembea.kernel.db import Read, Tx, handed_over
from tembea.kernel.errors import Conflict, Invalid, NotFound
from tembea.kernel.ids import new_id
from tembea.rates import grants_store, service, store
from tembea.rates.grants_store import RateGrant
from tembea.rates.importing import PreparedContract, prepare
from tembea.rates.loading import load_values
from tembea.rates.model import fold
from tembea.tenants import TenantKey


class AlreadyGranted(Conflict):
    """The two agencies have an active grant."""

    code = "already_granted"


@dataclass(frozen=True, slots=True)
class Shared:
    """What a grant came to: hotels that the grantee now sells, and those it has under the same name already."""

    grant_id: UUID
    hotels: int
    left_out: int


async def list_grants(read: Read) -> list[RateGrant]:
    """Every grant, active ones first. Needs the operator's context, as all verbs here."""
    return await grants_store.list_grants(read)


async def grant_rates(tx: Tx, source: TenantKey, grantee: TenantKey) -> Shared:
    """Let `grantee` sell by the live contracts of `source`. Raises `Invalid` or `AlreadyGranted`."""
    if source.tenant_id == grantee.tenant_id:
        raise Invalid("An agency sells by its own rates without a grant. Name two agencies.")
    grant_id = new_id()
    if not await grants_store.insert_grant(tx, grant_id, source.tenant_id, grantee.tenant_id, tx.ctx.actor_name):
        raise AlreadyGranted(f"{grantee.tenant} sells by the rates of {source.tenant} already.")
    shared = await _bring_over(tx, grant_id, source, grantee)
    await _note(tx, "rates.granted", grant_id, source, grantee)
    return shared


async def revoke_grant(tx: Tx, grant_id: UUID) -> None:
    """Retire everything that stands at the grantee by this grant. Raises `NotFound` for any but an active one."""
    grant = next((one for one in await grants_store.list_grants(tx) if one.id == grant_id), None)
    if grant is None or not await grants_store.lock_grant(tx, grant_id):
        raise NotFound("There is no such active grant.")
    source, grantee = _parties(grant)
    async with handed_over(tx, _acting(tx.ctx, grantee)) as theirs:
        hotels = await grants_store.list_granted_hotels(theirs, source.tenant)
        for hotel in hotels:
            await store.retire_live(theirs, hotel.id)
        await grants_store.mark_granted(theirs, [hotel.id for hotel in hotels], None)
    await grants_store.revoke_grant(tx, grant_id)
    await _note(tx, "rates.grant_revoked", grant_id, source, grantee)


async def keep_up(tx: Tx, grant: RateGrant) -> bool:
    """Bring over what changed at the source since the last time; False where nothing did."""
    source, grantee = _parties(grant)
    async with handed_over(tx, _acting(tx.ctx, source)) as own:
        now_live = await grants_store.name_live(own)
    if now_live == grant.shown or not await grants_store.lock_grant(tx, grant.id):
        return False
    await _bring_over(tx, grant.id, source, grantee)
    return True


async def _bring_over(tx: Tx, grant_id: UUID, source: TenantKey, grantee: TenantKey) -> Shared:
    async with handed_over(tx, _acting(tx.ctx, source)) as own:
        contracts = [prepare(load_values(document)) for document in await service.list_live_documents(own)]
        shown = await grants_store.name_live(own)
    async with handed_over(tx, _acting(tx.ctx, grantee)) as theirs:
        taken = await _store_copies(theirs, source, contracts)
    await grants_store.set_shown(tx, grant_id, shown)
    return Shared(grant_id, taken, len(contracts) - taken)


async def _store_copies(theirs: Tx, source: TenantKey, contracts: list[PreparedContract]) -> int:
    """The grantee's copies: those it has under a name of its own are left out, those that ended are retired."""
    by_key = {fold(one.hotel.name): one for one in contracts}
    for key in await grants_store.list_foreign_keys(theirs, list(by_key), source.tenant):
        del by_key[key]
    stored = await service.import_granted(theirs, list(by_key.values()))
    await grants_store.mark_granted(theirs, [one.hotel_id for one in stored], source.tenant)
    kept = {one.hotel_id for one in stored}
    for hotel in await grants_store.list_granted_hotels(theirs, source.tenant):
        if hotel.id not in kept:
            await store.retire_live(theirs, hotel.id)
    return len(stored)


def _parties(grant: RateGrant) -> tuple[TenantKey, TenantKey]:
    return TenantKey(grant.source_id, grant.source, "active"), TenantKey(grant.grantee_id, grant.grantee, "active")


def _acting(ctx: Context, tenant: TenantKey) -> Context:
    return ctx.acting_for(tenant.tenant_id, tenant.tenant)


async def _note(tx: Tx, action: str, grant_id: UUID, source: TenantKey, grantee: TenantKey) -> None:
    """In the platform's trail with both names, in each agency's with the other's."""
    both: dict[str, object] = {"from": source.tenant, "to": grantee.tenant}
    await audit.record(tx, action, subject_kind="rate_grant", subject_id=str(grant_id), after=both)
    for tenant in (source, grantee):
        async with handed_over(tx, _acting(tx.ctx, tenant)) as own:
            await audit.record(own, action, subject_kind="rate_grant", subject_id=str(grant_id), after=both)
