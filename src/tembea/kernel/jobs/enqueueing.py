"""Promising a job inside somebody's transaction."""

from datetime import datetime

import procrastinate
import psycopg
from procrastinate.exceptions import ConnectorException
from procrastinate.types import JSONValue

from tembea.kernel.db import Tx
from tembea.kernel.jobs.kinds import Job, JsonValue
from tembea.kernel.telemetry.work import current_trace_parent

# Deferring inside somebody's transaction needs the library's SQL and no connection of its own.
_deferring = procrastinate.App(connector=procrastinate.PsycopgConnector())


async def enqueue(
    tx: Tx, kind: Job | str, *, at: datetime | None = None, queue: str = "work", **arguments: JsonValue
) -> int:
    """Promise a job inside `tx`, for the tenant of `tx`; `at` delays it. Returns the queue's number for it.

    A `kind` given by its name is news that travels up: the layer above binds the job of that name in the worker.
    Raises what any statement on `tx` would, so that a lost database is answered as one everywhere.
    """
    name, queue_name = (kind, queue) if isinstance(kind, str) else (kind.name, kind.queue)
    trace_parent = current_trace_parent()
    deferrer = _deferring.configure_task(name, connection=tx.connection, queue=queue_name, schedule_at=at)
    try:
        return await deferrer.defer_async(
            tenant_id=str(tx.ctx.tenant_uuid),
            tenant=tx.ctx.tenant_slug,
            request_id=tx.ctx.request_id,
            arguments=dict[str, JSONValue](arguments),
            **({"trace_parent": trace_parent} if trace_parent else {}),
        )
    except ConnectorException as error:
        if isinstance(error.__cause__, psycopg.Error):
            raise error.__cause__ from None
        raise
