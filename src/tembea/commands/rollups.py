"""`tembea rollups check|rebuild`."""

from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from tembea.commands.tenants import run, with_db
from tembea.kernel.context import Context, anonymous_context, system_context
from tembea.kernel.db import Db
from tembea.rollups import build, check
from tembea.settings import Settings
from tembea.tenants import TenantKey, list_tenant_keys

commands = typer.Typer(
    help="What the dashboard counts beforehand: compare it with the rows, or count anew.", no_args_is_help=True
)
Tenant = Annotated[str | None, typer.Option(help="The agency's short name; all agencies without it.")]


@commands.command("check")
def compare(ctx: typer.Context, tenant: Tenant = None) -> None:
    """Compare and change nothing; exit code 1 where something differs."""
    settings: Settings = ctx.obj()
    differing: list[str] = []

    async def one(key: TenantKey, tenant_ctx: Context, db: Db) -> None:
        found = await check(tenant_ctx, db)
        if found is None:
            typer.echo(f"{key.tenant}: not built yet")
        elif found.total == 0:
            typer.echo(f"{key.tenant}: in order")
        else:
            differing.append(key.tenant)
            things = ", ".join(f"{kind} {count}" for kind, count in found.things.items() if count)
            typer.echo(f"{key.tenant}: {things or 'no thing'} counted otherwise, {found.sums} sums wrong")

    run(with_db(settings, lambda db: _each(db, tenant, one)))
    if differing:
        raise typer.Exit(1)


@commands.command("rebuild")
def rebuild(ctx: typer.Context, tenant: Tenant = None) -> None:
    """Count everything anew; until it is done the dashboard shows the old sums."""
    settings: Settings = ctx.obj()

    async def one(key: TenantKey, tenant_ctx: Context, db: Db) -> None:
        await build(tenant_ctx, db, anew=True)
        typer.echo(f"{key.tenant}: counted anew")

    run(with_db(settings, lambda db: _each(db, tenant, one)))


async def _each(db: Db, slug: str | None, act: Callable[[TenantKey, Context, Db], Awaitable[None]]) -> None:
    async with db.read(anonymous_context("rollups")) as read:
        keys = [key for key in await list_tenant_keys(read) if slug in (None, key.tenant)]
    if not keys:
        typer.echo(f"There is no agency “{slug}”." if slug else "There is no agency yet.", err=True)
        raise typer.Exit(1)
    for key in keys:
        await act(key, system_context(key.tenant_id, key.tenant), db)
