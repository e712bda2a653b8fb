"""The doors of the queue into knowledge."""

from uuid import UUID

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.kernel.jobs import job, periodic
from tembea.knowledge import service, store
from tembea.providers import Providers

WAITING_AT_ONCE = 50


@job(service.INDEX_JOB)
async def index_document(ctx: Context, db: Db, providers: Providers, *, document_id: str) -> None:
    """Make one document searchable."""
    del providers
    async with db.tx(ctx) as tx:
        await service.index_document(tx, UUID(document_id))


@periodic("knowledge.index_waiting", every_s=300)
async def index_waiting(ctx: Context, db: Db, providers: Providers) -> None:
    """Make documents searchable whose passages are missing, or were made in an older way."""
    del providers
    async with db.read(ctx) as read:
        waiting = await store.list_outdated(read, service.INDEX_VERSION, WAITING_AT_ONCE)
    for document_id in waiting:
        async with db.tx(ctx) as tx:
            await service.index_document(tx, document_id)
