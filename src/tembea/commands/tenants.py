"""`tembea tenant sync|validate|create|schema`."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Annotated

import typer

from tembea.kernel.context import Role, system_context
from tembea.kernel.db import Db, DbLimits, open_pool
from tembea.kernel.errors import AppError
from tembea.knowledge import put_pages
from tembea.settings import Settings
from tembea.tenants import (
    ConfigError,
    TenantConfig,
    TenantKey,
    config_schema,
    get_tenant,
    load_config,
    parse_config,
    sync_tenant,
)
from tembea.users import create_user, ensure_people

commands = typer.Typer(
    help="Agencies: bring their files into the database, check them, make new ones.", no_args_is_help=True
)
CONFIG_FILE = "config.yaml"


def client_folders(clients_dir: Path, names: list[str]) -> list[Path]:
    """The named agencies' folders, or all that hold a configuration."""
    if names:
        return [clients_dir / name for name in names]
    return sorted(path.parent for path in clients_dir.glob(f"*/{CONFIG_FILE}"))


async def sync_folder(db: Db, folder: Path) -> TenantKey:
    """Bring one agency's folder into the database, with its people’s accounts and its knowledge; safe to repeat."""
    config = load_config(folder / CONFIG_FILE)
    key = await sync_tenant(db, folder.name, config, folder)
    async with db.tx(system_context(key.tenant_id, key.tenant)) as tx:
        await ensure_people(tx, await get_tenant(tx))
        await put_pages(tx, config, folder)
    return key


async def create_agency(db: Db, slug: str, config: TenantConfig, *, admin_email: str, password: str) -> TenantKey:
    """Make a new, empty agency with one administrator."""
    key = await sync_tenant(db, slug, config)
    async with db.tx(system_context(key.tenant_id, key.tenant)) as tx:
        await create_user(tx, email=admin_email, name="Administrator", role=Role.ADMIN, password=password)
    return key


async def with_db(settings: Settings, act: Callable[[Db], Awaitable[None]]) -> None:
    """Run `act` with a database that a command needs for a moment."""
    pool = await open_pool(settings.app_dsn, DbLimits(max_size=2, acquire_timeout_s=10, statement_timeout_ms=60_000))
    try:
        await act(Db(pool))
    finally:
        await pool.close()


@commands.command("sync")
def sync(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="Folders under clients/; all without one.")] = None,
) -> None:
    """Bring clients/<tenant>/config.yaml into the database; its keys become read-only in the product."""
    settings: Settings = ctx.obj()

    async def act(db: Db) -> None:
        for folder in client_folders(settings.clients_dir, names or []):
            key = await sync_folder(db, folder)
            typer.echo(f"{key.tenant}: in step with {folder / CONFIG_FILE}")

    run(with_db(settings, act))


@commands.command("validate")
def validate(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Folders under clients/, or files; all without one.")
    ] = None,
) -> None:
    """Check configuration files without a database; every mistake is named with its line and key."""
    settings: Settings = ctx.obj()
    given = [Path(name) for name in names or []]
    files = [path if path.suffix else settings.clients_dir / path / CONFIG_FILE for path in given]
    failed = False
    for file in files or [folder / CONFIG_FILE for folder in client_folders(settings.clients_dir, [])]:
        try:
            load_config(file)
            typer.echo(f"{file}: correct")
        except ConfigError as error:
            failed = True
            typer.echo(error.detail, err=True)
    raise typer.Exit(1 if failed else 0)


@commands.command("create")
def create(
    ctx: typer.Context,
    slug: Annotated[str, typer.Argument(help="The agency's short name: small letters, digits and hyphens.")],
    name: Annotated[str, typer.Option(help="What the agency is called.")],
    admin: Annotated[str, typer.Option(help="The first administrator's e-mail address.")],
    address: Annotated[str, typer.Option(help="The address that its enquiries come to.")],
    currency: Annotated[str, typer.Option()] = "ZAR",
    country: Annotated[str, typer.Option(help="Two letters, such as ZA.")] = "ZA",
    time_zone: Annotated[str, typer.Option()] = "Africa/Johannesburg",
) -> None:
    """Make a new, empty agency and print its administrator's password, once."""
    settings: Settings = ctx.obj()
    password = secrets.token_urlsafe(12)

    async def act(db: Db) -> None:
        config = parse_config(
            {
                "company": {"name": name, "email": admin},
                "country": country,
                "time_zone": time_zone,
                "currency": currency,
                "addresses": [address],
                "mail": {"sender_address": address, "sender_name": name},
            },
            origin=f"agency “{slug}”",
        )
        key = await create_agency(db, slug, config, admin_email=admin, password=password)
        typer.echo(f"{key.tenant}: sign in as {admin} with the password {password}")

    run(with_db(settings, act))


@commands.command("schema")
def schema() -> None:
    """Print the JSON Schema of config.yaml."""
    typer.echo(json.dumps(config_schema(), indent=2))


def run(work: Coroutine[None, None, None]) -> None:
    """Do a command's work; a broken rule ends it with one message and exit code 1."""
    try:
        asyncio.run(work)
    except AppError as error:
        typer.echo(error.detail, err=True)
        raise typer.Exit(1) from error
