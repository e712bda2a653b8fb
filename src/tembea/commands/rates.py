"""`tembea rates import|list`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from tembea.commands.tenants import run, with_db
from tembea.kernel.context import Context, anonymous_context, platform_context, system_context
from tembea.kernel.db import Db
from tembea.kernel.errors import NotFound
from tembea.rates import (
    ImportProblem,
    ImportRefused,
    ImportResult,
    PreparedFile,
    SheetDefaults,
    fold,
    grant_rates,
    import_contracts,
    list_grants,
    list_hotels,
    list_live_contracts,
    prepare_file,
    revoke_grant,
    sheet_defaults,
)
from tembea.settings import Settings
from tembea.tenants import TenantKey, find_tenant_by_slug, get_tenant

commands = typer.Typer(help="What hotels charge: import rates and list contracts.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option(help="The agency's short name; CLIENT_ID without it.")]


class _DryRun(Exception):
    """Ends the transaction of a dry run, so that nothing of it stays."""


@commands.command("import")
def import_files(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, help="Rate sheets (CSV, XLSX) or contracts (YAML, JSON)."),
    ],
    tenant: Tenant = None,
    draft: Annotated[bool, typer.Option("--draft", help="Keep the versions as drafts.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
    partial: Annotated[bool, typer.Option("--partial", help="Keep what is right, row by row.")] = False,
    currency: Annotated[str | None, typer.Option(help="Of sheets without a currency; the agency's without it.")] = None,
) -> None:
    """Import rate sheets and contract documents, all of them or none."""
    settings: Settings = ctx.obj()

    async def act(db: Db) -> None:
        context = await _context(db, tenant or settings.client_id)
        prepared = [(path, await _prepare(db, context, path, currency, partial=partial)) for path in files]
        try:
            async with db.tx(context) as tx:
                for path, file in prepared:
                    _report(path, file, await import_contracts(tx, file.contracts, draft=draft))
                if dry_run:
                    raise _DryRun
        except _DryRun:
            typer.echo("Nothing was changed.")

    run(with_db(settings, act))


async def _prepare(db: Db, context: Context, path: Path, currency: str | None, *, partial: bool) -> PreparedFile:
    async with db.read(context) as read:
        config = (await get_tenant(read)).config
        defaults = await sheet_defaults(read, config, document=path.name, currency=currency)
    try:
        prepared = _read(path, defaults)
        if not (partial and prepared.contracts):
            prepared.check()
    except ImportRefused as refused:
        _list_problems(path, refused.problems)
        raise typer.Exit(1) from refused
    _list_problems(path, prepared.problems)
    return prepared


def _read(path: Path, defaults: SheetDefaults) -> PreparedFile:
    return prepare_file(path.name, path.read_bytes(), defaults)


def _list_problems(path: Path, problems: Sequence[ImportProblem]) -> None:
    for problem in problems:
        sheet = f"{problem.sheet}!" if problem.sheet else ""
        place = f"{sheet}{problem.cell}" if problem.cell else str(problem.row or 1)
        typer.echo(f"{path}:{place}: {problem.column}: {problem.message}", err=True)


def _report(path: Path, file: PreparedFile, results: Sequence[ImportResult]) -> None:
    names = sorted((one.hotel.name for one in file.contracts), key=fold)
    for name, result in zip(names, results, strict=True):
        said = f"version {result.version}" if result.created else f"version {result.version} stands already"
        typer.echo(f"{path}: {name}, {said}")


@commands.command("grant")
def grant(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(help="The agency whose rates are sold.")],
    grantee: Annotated[str, typer.Argument(help="The agency that may sell by them.")],
) -> None:
    """Let one agency sell by another's live contracts, read only, until it is revoked."""
    settings: Settings = ctx.obj()

    async def act(db: Db) -> None:
        parties = [await _key(db, slug) for slug in (source, grantee)]
        async with db.tx(platform_context()) as tx:
            shared = await grant_rates(tx, *parties)
        left = f", {shared.left_out} left out: the agency has hotels of these names" if shared.left_out else ""
        typer.echo(f"{grantee} sells {shared.hotels} hotels by the rates of {source}{left}.")

    run(with_db(settings, act))


@commands.command("revoke")
def revoke(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(help="The agency whose rates were granted.")],
    grantee: Annotated[str, typer.Argument(help="The agency that may sell by them no longer.")],
) -> None:
    """End a grant."""
    settings: Settings = ctx.obj()

    async def act(db: Db) -> None:
        async with db.tx(platform_context()) as tx:
            for one in await list_grants(tx):
                if (one.source, one.grantee, one.revoked_at) == (source, grantee, None):
                    await revoke_grant(tx, one.id)
                    typer.echo(f"{grantee} sells no longer by the rates of {source}.")
                    return
        raise NotFound(f"{grantee} has no grant of the rates of {source}.")

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


async def _context(db: Db, slug: str) -> Context:
    key = await _key(db, slug)
    return system_context(key.tenant_id, key.tenant)


async def _key(db: Db, slug: str) -> TenantKey:
    async with db.read(anonymous_context("command")) as read:
        key = await find_tenant_by_slug(read, slug)
    if key is None:
        raise NotFound(f"There is no agency called “{slug}”.")
    return key
