"""`tembea warehouse reload`."""

from typing import Annotated

import typer

from tembea.commands.tenants import run, with_db
from tembea.kernel.context import anonymous_context, system_context
from tembea.kernel.db import Db
from tembea.settings import Settings
from tembea.tenants import list_tenant_keys
from tembea.warehouse import reload_everything

commands = typer.Typer(help="Rates and prices over years, in BigQuery or in DuckDB.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option(help="The agency's short name; all agencies without it.")]


@commands.callback()
def warehouse() -> None:
    """Rates and prices over years, in BigQuery or in DuckDB."""
    # Without this, typer would take the only command for the group itself.


@commands.command("reload")
def reload(ctx: typer.Context, tenant: Tenant = None) -> None:
    """Tell a warehouse that is new or was lost everything again; the worker does it from the next half minute on."""
    settings: Settings = ctx.obj()
    run(with_db(settings, lambda db: _reload(db, tenant)))


async def _reload(db: Db, slug: str | None) -> None:
    async with db.read(anonymous_context("warehouse")) as read:
        keys = [key for key in await list_tenant_keys(read) if slug in (None, key.tenant)]
    if not keys:
        typer.echo(f"There is no agency “{slug}”." if slug else "There is no agency yet.", err=True)
        raise typer.Exit(1)
    for key in keys:
        added = await reload_everything(system_context(key.tenant_id, key.tenant), db)
        typer.echo(f"{key.tenant}: {added} quotes and contracts will be loaded")
