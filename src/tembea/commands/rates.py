"""`tembea rates import|list`."""

from pathlib import Path
from typing import Annotated

import typer

from tembea.commands.tenants import run, with_db
from tembea.kernel.context import Context, anonymous_context, system_context
from tembea.kernel.db import Db
from tembea.kernel.errors import NotFound
from tembea.rates import (
    ImportRefused,
    LoadedContract,
    import_contract,
    list_hotels,
    list_live_contracts,
    read_contract_file,
)
from tembea.settings import Settings
from tembea.tenants import find_tenant_by_slug, get_tenant

commands = typer.Typer(help="What hotels charge: import contracts and list them.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option(help="The agency's short name; CLIENT_ID without it.")]


class _DryRun(Exception):
    """Ends the transaction of a dry run, so that nothing of it stays."""


@commands.command("import")
def import_files(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Contract documents, YAML or JSON.")],
    tenant: Tenant = None,
    draft: Annotated[bool, typer.Option("--draft", help="Keep the version as a draft.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
) -> None:
    """Import contract documents, all of them or none."""
    settings: Settings = ctx.obj()

    async def act(db: Db) -> None:
        loaded = [(path, _read(path)) for path in files]
        try:
            async with db.tx(await _context(db, tenant or settings.client_id)) as tx:
                for path, contract in loaded:
                    result = await import_contract(tx, contract, draft=draft)
                    said = f"version {result.version}" if result.created else f"version {result.version} stands already"
                    typer.echo(f"{path}: {contract.contract.hotel.name}, {said}")
                if dry_run:
                    raise _DryRun
        except _DryRun:
            typer.echo("Nothing was changed.")

    run(with_db(settings, act))


@commands.command("list")
def list_contracts(ctx: typer.Context, tenant: Tenant = None) -> None:
    """List the hotels that have a live contract."""
    settings: Settings = ctx.obj()

    async def act(db: Db) -> None:
        async with db.read(await _context(db, tenant or settings.client_id)) as read:
            hotels = await list_hotels(read, (await get_tenant(read)).config)
            for live in await list_live_contracts(read, hotels):
                typer.echo(f"{live.hotel.destination}: {live.hotel.name}, version {live.version}")

    run(with_db(settings, act))


def _read(path: Path) -> LoadedContract:
    try:
        return read_contract_file(path.name, path.read_bytes())
    except ImportRefused as refused:
        for problem in refused.problems:
            typer.echo(f"{path}:{problem.row or 1}: {problem.column}: {problem.message}", err=True)
        raise typer.Exit(1) from refused


async def _context(db: Db, slug: str) -> Context:
    async with db.read(anonymous_context("command")) as read:
        key = await find_tenant_by_slug(read, slug)
    if key is None:
        raise NotFound(f"There is no agency called “{slug}”.")
    return system_context(key.tenant_id, key.tenant)
