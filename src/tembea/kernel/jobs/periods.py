"""Periodic jobs come into the queue: once a period, whichever worker looks first."""

from collections.abc import Sequence

import procrastinate

from tembea.kernel.context import PLATFORM_TENANT_ID
from tembea.kernel.ids import new_id
from tembea.kernel.jobs.kinds import Job

PERIOD_CHECK_INTERVAL_S = 5.0
"""How late a periodic job may come into the queue."""

# A period begins for each tenant at its own moment, so that a thousand tenants do not come at once. Only what is due is
# written: two workers that see the same period meet at its row, and the later one finds it taken.
_ENQUEUE_DUE = """
    with everybody as (
      select tenant_id, tenant from list_tenant_keys() where %(scope)s = 'tenant'
      union all select %(platform_id)s::uuid, 'platform' where %(scope)s = 'platform'
    ), current as (
      select tenant_id, tenant,
             floor((extract(epoch from now()) + abs(hashtext(tenant_id::text || %(name)s)) %% %(every_s)s)
                   / %(every_s)s)::bigint as period
      from everybody
    ), due as (
      insert into job_periods as known (name, tenant_id, period)
      select %(name)s, tenant_id, period from current
      where not exists (
        select from job_periods done
        where done.name = %(name)s and done.tenant_id = current.tenant_id and done.period >= current.period)
      on conflict (name, tenant_id) do update set period = excluded.period where known.period < excluded.period
      returning tenant_id
    )
    select count(*) from unnest(procrastinate_defer_jobs_v1(array(
      select row(%(queue)s, %(name)s, 0, null, 'periodic:' || %(name)s || ':' || tenant_id,
                 jsonb_build_object('tenant_id', tenant_id, 'tenant', tenant, 'request_id', %(request_id)s::text,
                                    'arguments', '{}'::jsonb), null)::procrastinate_job_to_defer_v1
      from due join current using (tenant_id)
      where not exists (
        select from procrastinate_jobs
        where status = 'todo' and queueing_lock = 'periodic:' || %(name)s || ':' || tenant_id::text))))
"""


async def enqueue_due(queue: procrastinate.App, kinds: Sequence[Job]) -> None:
    """Put every periodic job into the queue whose time has come."""
    for kind in kinds:
        if kind.period is not None:
            await queue.connector.execute_query_all_async(
                _ENQUEUE_DUE,
                name=kind.name,
                queue=kind.queue,
                scope=kind.period.scope,
                every_s=kind.period.every_s,
                platform_id=PLATFORM_TENANT_ID,
                request_id=str(new_id()),
            )
