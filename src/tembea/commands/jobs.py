"""`tembea jobs list|retry|discard`."""

from typing import Annotated

import typer

from tembea.commands.tenants import run, with_db
from tembea.kernel.context import platform_context
from tembea.kernel.db import Db
from tembea.operations import JobFilter, JobStatus, discard_job, get_totals, list_jobs, retry_job
from tembea.settings import Settings
from tembea.users import ensure_platform_tenant

commands = typer.Typer(help="The queue: what waits, and the dead letters.", no_args_is_help=True)
Numbers = Annotated[list[int], typer.Argument(min=1, help="Numbers of dead letters, as `tembea jobs list` shows them.")]


@commands.command("list")
def list_queue(
    ctx: typer.Context,
    status: Annotated[JobStatus | None, typer.Option(help="Only jobs in this state.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind, such as mail.send.")] = None,
    tenant: Annotated[str | None, typer.Option(help="Only this agency's, by its short name.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="How many at most, the youngest first.")] = 50,
) -> None:
    """Show how full the queue is, and its jobs."""
    settings: Settings = ctx.obj()

    async def act(db: Db) -> None:
        async with db.read(platform_context()) as read:
            all_jobs = (await get_totals(read)).all
            jobs = await list_jobs(read, JobFilter(status, kind, tenant), before=None, limit=limit)
        typer.echo(
            f"{all_jobs.waiting} waiting, {all_jobs.running} running, "
            f"{all_jobs.scheduled} scheduled, {all_jobs.dead} dead"
        )
        for job in jobs:
            error = f"  {job.error_class}: {job.error_message}" if job.error_class else ""
            typer.echo(f"{job.id}  {job.status}  {job.kind}  {job.tenant}  attempts {job.attempts}{error}")

    run(with_db(settings, act))


@commands.command("retry")
def retry(ctx: typer.Context, numbers: Numbers) -> None:
    """Try dead letters again, with all their attempts."""
    settings: Settings = ctx.obj()

    async def act(db: Db) -> None:
        await ensure_platform_tenant(db)
        for number in numbers:
            await retry_job(db, platform_context(), number)
            typer.echo(f"{number}: waiting again")

    run(with_db(settings, act))


@commands.command("discard")
def discard(ctx: typer.Context, numbers: Numbers) -> None:
    """Give dead letters up; the audit keeps what they were."""
    settings: Settings = ctx.obj()

    async def act(db: Db) -> None:
        await ensure_platform_tenant(db)
        for number in numbers:
            await discard_job(db, platform_context(), number)
            typer.echo(f"{number}: discarded")

    run(with_db(settings, act))
